"""Invented questions of residents, for the benchmark of similar questions: a matter, told in one of several ways, with particulars that differ.

Every name, place and sum is made up. `generated(count)` gives (key, matter, text); two questions with the same matter ask the same.
"""

from __future__ import annotations

import random
from collections.abc import Iterator

WHO = [
    "我",
    "我爸",
    "我妈",
    "我姐姐",
    "我同事",
    "邻居家",
    "我朋友",
    "我表弟",
    "我婆婆",
    "我儿子",
    "我女儿",
    "老家的叔叔",
    "我爱人",
    "我们几个老乡",
]
PLACES = [
    "云岭街",
    "青松社区",
    "湖滨花园",
    "学府路",
    "三环边",
    "城南工地",
    "步行街",
    "开发区",
    "老机场小区",
    "梧桐苑",
    "和平新村",
    "东湖广场",
    "体育馆旁",
    "高铁站附近",
]
TIMES = [
    "上个月",
    "去年底",
    "前天",
    "三月份",
    "春节前",
    "半年前",
    "今年年初",
    "国庆节期间",
    "两周以前",
    "大概四十天前",
    "昨天晚上",
    "疫情那会儿",
]
SUMS = [
    "三千二百元",
    "一万五",
    "八万块",
    "六百多",
    "两个月工资",
    "4800元",
    "12万元",
    "三十万",
    "5600",
    "九百八",
    "一千七百块",
    "20000元",
]
ENDS = [
    "该怎么办？",
    "请问怎么处理",
    "可以要回来吗",
    "需要准备哪些材料",
    "能不能起诉",
    "有没有时效限制",
    "去哪个部门反映",
    "会不会坐牢？",
    "谁来承担责任呢",
    "律师帮忙看看",
    "急，求解答！",
    "",
]
BEGINS = ["律师您好，", "你好，", "想咨询一下：", "", "", "请教各位，", "麻烦问下，", "求助！"]

MATTERS = {
    "押金": ["租房到期房东不退押金", "退租以后房东扣着押金不给", "房屋租赁合同结束了押金一直要不回来"],
    "欠薪": ["公司拖欠工资不发", "老板欠着工钱跑了", "包工头一直不给结算劳务费"],
    "工伤": ["上班时候受伤单位不认工伤", "在工地摔断腿公司不肯申报工伤", "车间机器压伤手指，单位说不算工伤"],
    "离婚": ["想离婚对方不同意", "夫妻分居两年能判离婚吗", "起诉离婚被驳回了想再次起诉"],
    "抚养": ["离婚后对方不给孩子抚养费", "前夫拒绝支付孩子的抚养费", "小孩跟着我，前妻不肯出生活费"],
    "彩礼": ["退婚男方要求返还彩礼", "没领证分手彩礼要不要退", "订婚后悔婚，给出去的礼金能否要回"],
    "继承": ["父母去世房子怎么继承过户", "老人没留遗嘱，兄弟姐妹怎样分遗产", "爷爷的房产几个子女有继承权"],
    "漏水": ["楼上漏水把我家天花板泡坏了", "上层卫生间渗水导致墙面发霉", "楼上邻居家水管爆裂淹了房子不赔"],
    "噪音": ["楼上半夜跳绳噪音扰民", "邻居装修不分时间太吵", "楼下广场舞音响声音太大影响休息"],
    "物业": ["物业服务差可以拒交物业费吗", "物业公司起诉我欠物业费", "小区电梯老坏，物业只收费不维修"],
    "借款": ["借钱给朋友不还只有转账记录", "借条丢了还能把钱要回来吗", "对方写了欠条到期不还款还把我拉黑"],
    "网购": ["网购买到假货商家不退款", "直播间下单的东西是山寨货", "网店七天无理由退货被拒绝"],
    "健身卡": ["健身房关门跑路会员卡余额不退", "办的美容卡店铺转让不认账", "培训机构倒闭，剩余课时费用退不了"],
    "车祸": ["被电动车撞了对方全责不赔", "交通事故认定书不服怎样复核", "开车追尾保险公司拒绝理赔"],
    "家暴": ["丈夫打人怎么申请人身安全保护令", "遭遇家庭暴力报警后要保留哪些证据", "老公酒后动手打我和孩子"],
    "社保": ["单位不给缴社保可以辞职要补偿吗", "公司让签自愿放弃社保协议有效吗", "入职一年没买五险怎样补缴"],
    "辞退": ["公司无故辞退有什么赔偿", "怀孕期间被单位辞退", "试用期被口头开除没有给说法"],
    "诈骗": ["刷单被骗钱了怎么追回", "接到假冒客服电话转账被骗", "网上交友投资被骗能立案吗"],
    "宠物": ["被邻居家的狗咬伤谁赔", "小区有人遛狗不牵绳吓到老人摔倒", "流浪猫抓伤，喂养的人要不要负责"],
    "高空": ["楼上掉东西砸坏车找不到人", "高空抛物砸伤头部谁来负责", "阳台花盆坠落砸到行人"],
    "征地": ["土地征收补偿款没发到手", "村里征地补偿标准太低不签字行吗", "老宅拆迁户口不在能分钱吗"],
    "判缓": ["缓刑期间可以去外地打工吗", "社区矫正请假去外省需要谁批准", "缓刑人员想变更居住地怎么申请"],
    "低保": ["申请法律援助需要什么条件", "家庭困难打官司请不起律师", "农民工讨薪能不能免费请律师"],
    "处罚": ["交警罚款不服怎么行政复议", "城管没收三轮车合法吗", "对行政处罚决定不服，多少天内申请复议"],
}  # fmt: skip


def generated(count: int, seed: int = 14_0000) -> Iterator[tuple[str, str, str]]:
    """So many questions: key, matter, text. The same for the same seed."""
    draw = random.Random(seed)
    matters = sorted(MATTERS)
    for number in range(count):
        matter = draw.choice(matters)
        particulars = f"{draw.choice(WHO)}{draw.choice(TIMES)}在{draw.choice(PLACES)}{draw.choice(['', draw.choice('一二三四五六七八九') + '栋', str(draw.randrange(1, 33)) + '楼'])}"
        told = f"{draw.choice(BEGINS)}{particulars}，{draw.choice(MATTERS[matter])}，涉及{draw.choice(SUMS)}，{draw.choice(ENDS)}"
        yield f"q{number}", matter, told


def asked_otherwise(count: int, seed: int = 9) -> Iterator[tuple[str, str]]:
    """Questions to look up with, of residents who tell the same matters: matter and text, particulars cut or moved."""
    draw = random.Random(seed)
    for _, matter, text in generated(count, seed):
        parts = [part for part in text.rstrip("？！").split("，") if part]
        draw.shuffle(parts)
        yield matter, "，".join(parts)
