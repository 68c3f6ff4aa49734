"""Sentences of many provinces' shapes, all figures invented: what is true is not accused, one wrong digit is found."""

from __future__ import annotations

import pytest

from mingzhang import pipeline

BUDGET = """云岭区绿化管理所2023年“三公”经费预算
2023年“三公”经费支出预算情况说明
云岭区绿化管理所2023年“三公”经费支出预算为36.20万元，比2022年预算减少3.80万元，下降9.5%。
其中：公务接待费支出预算为12.20万元，公务用车购置及运行费支出预算为24.00万元。
（二）公务接待费支出12.20万元，比2022年预算减少3.8万元，下降23.75%，下降原因主要是严控接待支出。
（三）公务用车购置及运行费支出24.00万元，与2022年预算持平。"""
PARTS = """青岚县档案馆2022年度“三公”经费决算情况说明
2022年度一般公共预算财政拨款“三公”经费支出决算数为6,000.00元，比上年减少54,000.00元，下降90%。其中：公务用车运行维护费支出决算为1,500.00元，公务接待费支出决算为4,500.00元。
2022年度一般公共预算财政拨款“三公”经费支出决算数比上年减少54,000.00元，下降90%。其中：公务用车运行维护费支出决算减少41,500.00元，下降96.51%；公务接待费支出决算减少12,500.00元，下降73.53%。"""
WHOLE = """云岭区民政局2025年预算公开
（一）机关运行情况
所属事业单位事业运行经费总预算安排37337407.64元，其中：基本支出预算488180.64元，项目支出预算36849227.00元，同比增加27125219.46元，增长265.62%，主要原因是提高待遇。"""
LIST = """云岭镇人民政府2022年决算报告
（一）一般公共预算收支情况
一般公共预算收入111.11万元，加上级补助收入、上年结余、动用预算稳定调节基金等1756.37万元，收入总计1867.48万元。
（二）政府性基金收支情况
上级补助收入0万元，支出总计0万元。"""
CENTRAL = """某部2024年度部门决算
某部2024年度本年收入合计4282.81万元，比2023年的4061.61万元，增加221.20万元，增长5.4%。其中：财政拨款1722.95万元，占40.2%；事业收入1851.22万元，占43.2%；经营收入1.63万元，附属单位上缴收入0.34万元，两项合计占0.05%；其他收入706.67万元，占16.5%。"""
AVERAGES = """青岚县民政局2023年度部门决算
项目支出绩效
值班经费95万元，主要成效是保障值班：咨询13817件（平均每件68.76元）、站点180个（平均每个5277.78元）；
宣传经费15万元，主要成效是开展宣传：发放资料30.7万份（平均每万份4885.99元）；
服务经费28.85万元，主要成效是提供服务：审核协议93件（平均每件3102.15元）、出具意见75份（平均每份3846.67元）。"""
SCALE = """青岚县民政局2023年度部门决算
定性指标依次按100%—80%（含80%）、80%—50%（含50%）、50%—0%记分，汇总时加权平均。"""
LOCAL = """青岚县光荣院2021年度决算说明
社会福利支出467.99万元：主要用于福利。较2020年度决算数减少91.91万元，下降16.4%，主要原因是人员减少。"""
GRADES = """青岚县财政局绩效评价情况说明
从各项目中选取7个项目开展评价，涉及金额2298万元。经过评审，等级为优良的项目有4个，占57%，等级为中的项目有3个，占43%。"""

ITEMS = """云岭区科技所2021年预算公开
2021年一般公共预算支出情况说明
机构运行1100.5元，其中：基本支出1100.5元，项目支出0元。
其他技术研究经费537.5元，其中：基本支出0元，项目支出537.5元。主要用于所属单位基本支出；科学技术425.5元，用于研究；
2021年一般公共预算支出1638元，其中：基本支出1100.5元，项目支出537.5元。"""
COMPLETED = """青岚县幼儿园2022年度部门决算
五、一般公共预算财政拨款支出决算情况说明
一般公共预算财政拨款支出1741.75万元，完成年初预算的103.32%，决算数大于年初预算数的主要原因是工资调标。
"""

PROJECTS = """青岚县民政局2023年度部门决算
五、一般公共预算财政拨款支出决算情况说明
2023年度支出合计1392万元，其中：基本支出980万元，项目支出412万元。
项目支出主要用于：运转经费89.45万元，服务经费28.85万元，宣传经费130万元，值班经费163.7万元。
（二）单位整体支出自评
组织开展单位整体支出绩效自评，涉及资金1392.00万元。"""

GUESTS = """青岚县水利局2022年度“三公”经费决算情况说明
2022年度国内公务接待共30批次（其中外事接待2批次），279人次（其中外事接待15人次）。
2022年度公务接待费用于接待上级检查组和兄弟单位来访的工作餐，没有超标准接待的情况。"""

ECONOMIC = """云岭区绿化管理所2023年预算公开
1.基本支出预算880000.50元，占一般公共预算支出的96.74%，同比减少166000.40元，下降15.87%。其中：工资福利支出预算716000.50元，占基本支出预算81.36%，同比减少148900.40元，下降17.22%；商品和服务支出预算164000.00元，占基本支出预算18.64%，同比减少17100.00元，下降9.44%。
2.项目支出29654.50元，占一般公共预算支出的3.26%。"""

SIDES = """青岚县水利局2022年度部门决算
一、收入支出决算总体情况说明
2022年度收、支总计分别为1234.56万元和1234.56万元，与上年相比分别增加34.56万元、34.56万元，分别增长2.88%、2.88%。"""


def told(text: str) -> list[str]:
    """The errors and warnings of an audit of a text."""
    audit = pipeline.audit(text)
    assert audit.error is None
    return [f"{each.rule}: {each.message}" for each in audit.remarks if each.severity != "notice"]


@pytest.mark.parametrize(
    "text",
    [
        BUDGET,
        PARTS,
        WHOLE,
        LIST,
        CENTRAL,
        AVERAGES,
        SCALE,
        LOCAL,
        GRADES,
        ITEMS,
        COMPLETED,
        PROJECTS,
        GUESTS,
        ECONOMIC,
    ],
    ids=lambda text: text[:12],
)
def test_what_is_true_is_not_accused(text: str):
    assert told(text) == []


@pytest.mark.parametrize(
    ("text", "right", "wrong", "rule"),
    [
        (BUDGET, "下降23.75%", "下降28.75%", "growth"),
        (PARTS, "减少41,500.00元", "减少47,500.00元", ""),
        (PARTS, "下降96.51%", "下降76.51%", "growth"),
        (WHOLE, "增长265.62%", "增长235.62%", "growth"),
        (CENTRAL, "占43.2%", "占48.2%", "share"),
        (CENTRAL, "增加221.20万元", "增加271.20万元", ""),
        (AVERAGES, "平均每件68.76元", "平均每件63.76元", "average"),
        (AVERAGES, "平均每万份4885.99元", "平均每万份4385.99元", "average"),
        (AVERAGES, "宣传经费15万元", "宣传经费35万元", "average"),
        (SCALE, "80%—50%", "80%—60%", "bands"),
        (SCALE, "（含50%）", "（含60%）", "bands"),
        (LOCAL, "下降16.4%", "下降18.4%", "growth"),
        (PROJECTS, "宣传经费130万元", "宣传经费730万元", "total"),
        (PROJECTS, "涉及资金1392.00", "涉及资金1352.00", "same"),
        (GUESTS, "外事接待2批次", "外事接待32批次", "part_within_whole"),
        (GUESTS, "情况。", f"情况。\n{GUESTS.splitlines()[-1]}", "repeated_paragraph"),
        (ECONOMIC, "下降17.22%", "下降12.22%", "growth"),
        (SIDES, "和1234.56万元", "和1284.56万元", ""),
        (SIDES, "、2.88%", "、2.38%", "growth"),
        (COMPLETED, "大于年初预算数", "小于年初预算数", "direction"),
        (COMPLETED, "103.32%", "93.32%", "direction"),
        (BUDGET, "减少3.8万元，下降23.75%", "减少万元，下降%", "template_residue"),
    ],
)
def test_one_wrong_figure_is_found(text: str, right: str, wrong: str, rule: str):
    assert text.count(right) == 1
    assert any(each.startswith(rule) for each in told(text.replace(right, wrong)))


def test_averages_of_another_amount_are_nobodys_error():
    """Where averages are mostly not of the amount before them, none is doubted."""
    text = AVERAGES.replace("95万元", "45万元").replace("15万元", "35万元")
    assert told(text) == []


def test_a_share_of_two_figures_together_is_of_neither():
    """The share behind 两项合计 is compared with nothing."""
    assert told(CENTRAL.replace("占0.05%", "占0.5%")) == []


def test_a_title_without_年度_tells_the_year_and_the_section():
    """A page of one section alone says in its title what its bare words are of."""
    audit = pipeline.audit(
        "青岚县水利局2019年“三公”经费决算情况说明\n国内公务接待批次39个，接待人次286人；公务用车保有量3辆。"
    )
    assert audit.year == 2019
    assert audit.department == "青岚县水利局"
    assert [each.coordinate.concept for each in audit.statements] == [
        "official_reception_batches",
        "official_reception_guests",
        "official_vehicles_kept",
    ]
