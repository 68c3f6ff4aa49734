"""The wording of several provinces' explanations, each sentence with figures of an invented department."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from elsewhere.blocks import Block, Heading, Paragraph
from elsewhere.department import WAN, YUAN, Amount, Department, Item, percent, shown
from elsewhere.tables import Look

REASON = "主要原因是工作任务变化。"


@dataclass(frozen=True)
class Style:
    """A province's look and its words."""

    name: str
    look: Look
    words: Callable[[Department], list[Block]]
    tables_first: bool = True


def w(fen: int) -> str:
    """An amount in 万元."""
    return shown(fen)


def more(now: int, before: int, up: str = "增加", down: str = "减少") -> str:
    """增加…万元 or 减少…万元."""
    return f"{up if now >= before else down}{w(abs(now - before))}万元"


def rate(now: int, before: int, up: str = "增长", down: str = "下降") -> str:
    """，增长…% or nothing where there is no base."""
    if not before or now == before:
        return ""
    return f"，{up if now > before else down}{percent(abs(now - before), before)}"


def year_on_year(now: int, before: int, **words: str) -> str:
    """增加…万元，增长…%; 与上年持平 where nothing changed."""
    return "持平" if now == before else more(now, before, **words) + rate(now, before)


def against_budget(now: int, budget: int) -> str:
    """决算数大于预算数 and the like."""
    if now == budget:
        return "决算数等于预算数"
    return f"决算数{'大于' if now > budget else '小于'}预算数，{REASON.rstrip('。')}"


def path(item: Item) -> str:
    """The three names of an item, 类款项."""
    return f"{item.names[0]}（类）{item.names[1]}（款）{item.names[2]}（项）"


def classes(d: Department) -> list[tuple[str, int]]:
    """Classes of general public budget expenditure with their amounts."""
    found: dict[str, int] = {}
    for item in d.items:
        found[item.names[0]] = found.get(item.names[0], 0) + item.total
    return list(found.items())


def blocks(text: str) -> list[Block]:
    """Lines into blocks: # part, ## section, ### sub-section, else a paragraph."""
    made: list[Block] = []
    for line in text.strip().splitlines():
        mark, _, words = line.strip().partition(" ")
        if mark and set(mark) == {"#"}:
            made.append(Heading(words, len(mark)))
        elif line.strip():
            made.append(Paragraph(line.strip()))
    return made


def _names(d: Department, heads: tuple[str, ...]) -> str:
    return "、".join(name for code, (name, fen) in d.economic.items() if code[:3] in heads and fen)


def sichuan(d: Department) -> list[Block]:
    """Sums of both sides in one phrase, charts named in brackets, every source listed with 0."""
    y = d.year
    shares = "；".join(f"{name}{w(fen)}万元，占{percent(fen, d.general)}" for name, fen in classes(d))
    items = "\n".join(
        f"{n}.{path(i)}：支出决算为{w(i.total)}万元，完成预算{percent(i.total, i.budget)}，{against_budget(i.total, i.budget)}。"
        for n, i in enumerate(d.items, 1)
    )
    three, car = d.three, d.vehicle
    return blocks(f"""
# 第二部分 {y}年度部门决算情况说明
## 一、收入支出决算总体情况说明
{y}年度收、支总计均为{w(d.total)}万元。与{y - 1}年度相比，收、支总计各{more(d.total, d.prior_total)}{rate(d.total, d.prior_total)}。主要变动原因是项目变化。
（图1：收、支决算总计变动情况图）
## 二、收入决算情况说明
{y}年度本年收入合计{w(d.revenue)}万元，其中：一般公共预算财政拨款收入{w(d.general)}万元，占{percent(d.general, d.revenue)}；政府性基金预算财政拨款收入{w(d.fund_total)}万元，占{percent(d.fund_total, d.revenue)}；国有资本经营预算财政拨款收入0万元，占0%；上级补助收入0万元，占0%；事业收入{w(d.business)}万元，占{percent(d.business, d.revenue)}；经营收入0万元，占0%；附属单位上缴收入0万元，占0%；其他收入{w(d.other)}万元，占{percent(d.other, d.revenue)}。
（图2：收入决算结构图）
## 三、支出决算情况说明
{y}年度本年支出合计{w(d.spent)}万元，其中：基本支出{w(d.basic)}万元，占{percent(d.basic, d.spent)}；项目支出{w(d.project)}万元，占{percent(d.project, d.spent)}；上缴上级支出0万元，占0%；经营支出0万元，占0%；对附属单位补助支出0万元，占0%。
（图3：支出决算结构图）
## 四、财政拨款收入支出决算总体情况说明
{y}年度财政拨款收、支总计均为{w(d.fiscal)}万元。与{y - 1}年度相比，财政拨款收、支总计各{more(d.fiscal, d.prior_fiscal)}{rate(d.fiscal, d.prior_fiscal)}。主要变动原因是项目变化。
（图4：财政拨款收、支决算总计变动情况）
## 五、一般公共预算财政拨款支出决算情况说明
### （一）一般公共预算财政拨款支出决算总体情况
{y}年度一般公共预算财政拨款支出{w(d.general)}万元，占本年支出合计的{percent(d.general, d.spent)}。与{y - 1}年度相比，一般公共预算财政拨款支出{year_on_year(d.general, d.prior_general)}。主要变动原因是项目变化。
### （二）一般公共预算财政拨款支出决算结构情况
{y}年度一般公共预算财政拨款支出{w(d.general)}万元，主要用于以下方面：{shares}。
### （三）一般公共预算财政拨款支出决算具体情况
{y}年度一般公共预算财政拨款支出决算数为{w(d.general)}万元，完成预算{percent(d.general, d.budget)}。其中：
{items}
## 六、一般公共预算财政拨款基本支出决算情况说明
{y}年度一般公共预算财政拨款基本支出{w(d.basic)}万元，其中：
人员经费{w(d.personnel)}万元，主要包括：{_names(d, ("301", "303"))}。
公用经费{w(d.public)}万元，主要包括：{_names(d, ("302",))}。
## 七、财政拨款“三公”经费支出决算情况说明
### （一）“三公”经费财政拨款支出决算总体情况说明
{y}年度“三公”经费财政拨款支出决算为{w(three.actual)}万元，完成预算{percent(three.actual, three.budget)}，较上年度{year_on_year(three.actual, three.prior)}。决算数小于预算数的主要原因是厉行节约。
### （二）“三公”经费财政拨款支出决算具体情况说明
{y}年度“三公”经费财政拨款支出决算中，因公出国（境）费支出决算{w(d.travel.actual)}万元，占{percent(d.travel.actual, three.actual)}；公务用车购置及运行维护费支出决算{w(car.actual)}万元，占{percent(car.actual, three.actual)}；公务接待费支出决算{w(d.reception.actual)}万元，占{percent(d.reception.actual, three.actual)}。具体情况如下：
1.因公出国（境）经费支出{w(d.travel.actual)}万元，完成预算{percent(d.travel.actual, d.travel.budget)}。全年安排因公出国（境）团组{1 if d.travel.actual else 0}次，出国（境）{2 if d.travel.actual else 0}人。
2.公务用车购置及运行维护费支出{w(car.actual)}万元，完成预算{percent(car.actual, car.budget)}。公务用车购置及运行维护费支出决算比{y - 1}年度{year_on_year(car.actual, car.prior)}。主要原因是车辆使用变化。
其中：公务用车购置支出{w(d.purchase.actual)}万元。全年按规定更新购置公务用车{1 if d.purchase.actual else 0}辆。截至{y}年12月31日，单位共有公务用车{sum(d.vehicles.values())}辆。
公务用车运行维护费支出{w(d.running.actual)}万元。主要用于下乡等所需的公务用车燃料费、维修费、过路过桥费、保险费等支出。
3.公务接待费支出{w(d.reception.actual)}万元，完成预算{percent(d.reception.actual, d.reception.budget)}。公务接待费支出决算比{y - 1}年度{year_on_year(d.reception.actual, d.reception.prior)}。主要原因是接待次数变化。其中：
国内公务接待支出{w(d.reception.actual)}万元，主要用于执行公务、开展业务活动开支的交通费、住宿费、用餐费等。国内公务接待{d.batches}批次，{d.guests}人次（不包括陪同人员），共计支出{w(d.reception.actual)}万元，具体内容包括：上级检查{d.guests - 10}人次，兄弟单位10人次。
外事接待支出0万元，外事接待0批次，0人，共计支出0万元。
## 八、政府性基金预算支出决算情况说明
{y}年度政府性基金预算财政拨款支出{w(d.fund_total)}万元。
## 九、国有资本经营预算支出决算情况说明
{y}年度国有资本经营预算财政拨款支出0万元。
## 十、其他重要事项的情况说明
### （一）机关运行经费支出情况
{y}年度，{d.name}机关运行经费支出{w(d.operating)}万元，比{y - 1}年度{year_on_year(d.operating, d.prior_operating)}。主要原因是办公费变化。
### （二）政府采购支出情况
{y}年度，{d.name}政府采购支出总额{w(d.procurement)}万元，其中：政府采购货物支出{w(d.goods)}万元、政府采购工程支出{w(d.works)}万元、政府采购服务支出{w(d.services)}万元。主要用于业务开展。授予中小企业合同金额{w(d.sme)}万元，占政府采购支出总额的{percent(d.sme, d.procurement)}，其中：授予小微企业合同金额{w(d.small)}万元，占政府采购支出总额的{percent(d.small, d.procurement)}。
### （三）国有资产占有使用情况
截至{y}年12月31日，{d.name}共有车辆{sum(d.vehicles.values())}辆，其中：应急保障用车{d.vehicles["应急保障用车"]}辆、其他用车{d.vehicles["其他用车"]}辆。单价100万元以上设备（不含车辆）0台（套）。
""")


def beijing(d: Department) -> list[Block]:
    """Years in every clause, comparisons with the initial budget in amounts, cost a car."""
    y = d.year

    def budgeted(each: Amount) -> str:
        change = each.actual - each.budget
        return f"比{y}年年初预算{w(each.budget)}万元{'增加' if change > 0 else '减少'}{w(abs(change))}万元"

    d_classes = "；".join(
        f"“{name}”{w(fen)}万元，占本年财政拨款支出{percent(fen, d.fiscal, True)}" for name, fen in classes(d)
    )
    kept = sum(d.vehicles.values())
    details = [d.running.actual // 2, d.running.actual // 4, d.running.actual // 8]
    details.append(d.running.actual - sum(details))
    return blocks(f"""
# 第三部分 {y}年度部门决算说明
## 一、收入支出决算总体情况说明
{y}年度收、支总计{w(d.total)}万元，比上年{year_on_year(d.total, d.prior_total)}。
### （一）收入决算说明
{y}年度本年收入合计{w(d.revenue)}万元，其中：财政拨款收入{w(d.fiscal)}万元，占收入合计的{percent(d.fiscal, d.revenue, True)}；事业收入{w(d.business)}万元，占收入合计的{percent(d.business, d.revenue, True)}；经营收入0万元，占收入合计的0%；其他收入{w(d.other)}万元，占收入合计的{percent(d.other, d.revenue, True)}。
### （二）支出决算说明
{y}年度本年支出合计{w(d.spent)}万元，其中：基本支出{w(d.basic)}万元，占支出合计的{percent(d.basic, d.spent, True)}；项目支出{w(d.project)}万元，占支出合计的{percent(d.project, d.spent, True)}；经营支出0万元，占支出合计的0%。
## 二、财政拨款收入支出决算总体情况说明
{y}年度财政拨款收、支总计{w(d.fiscal)}万元，比上年{year_on_year(d.fiscal, d.prior_fiscal)}。主要原因：人员经费变化。
## 三、一般公共预算财政拨款支出决算情况说明
### （一）一般公共预算财政拨款支出决算总体情况
{y}年度一般公共预算财政拨款支出主要用于以下方面（按大类）：{d_classes if not d.fund else "社会保障和就业支出等"}。
### （二）一般公共预算财政拨款支出决算具体情况
{chr(10).join(f"{n}、“{i.names[0]}”（类）“{i.names[1]}”（款）“{i.names[2]}”（项）{y}年度决算{w(i.total)}万元，比{y}年年初预算{more(i.total, i.budget)}{rate(i.total, i.budget)}。主要原因：据实支出。" for n, i in enumerate(d.items, 1) if i.total != i.budget)}
## 四、政府性基金预算财政拨款支出决算情况说明
{f"{y}年度政府性基金预算财政拨款支出{w(d.fund_total)}万元。" if d.fund else "本年度无此项支出。"}
## 五、国有资本经营预算财政拨款支出决算情况说明
本年度无此项支出。
## 六、财政拨款基本支出决算情况说明
{y}年度使用一般公共预算财政拨款安排基本支出{w(d.basic)}万元，使用政府性基金财政拨款安排基本支出0万元，使用国有资本经营预算财政拨款安排基本支出0万元，其中：（1）工资福利支出包括基本工资、津贴补贴等；（2）商品和服务支出包括办公费、印刷费等。
# 第四部分 {y}年度其他重要事项的情况说明
## 一、“三公”经费财政拨款决算情况
“三公”经费包括本部门所属1个行政单位、2个事业单位。{y}年“三公”经费财政拨款决算数{w(d.three.actual)}万元，{budgeted(d.three)}。其中：
1、因公出国（境）费用。{y}年决算数{w(d.travel.actual)}万元，{budgeted(d.travel)}。主要原因：据实支出。
2、公务接待费。{y}年决算数{w(d.reception.actual)}万元，{budgeted(d.reception)}。主要原因：厉行节约。{y}年公务接待费主要用于会议。公务接待{d.batches}批次，公务接待{d.guests}人次。
3、公务用车购置及运行维护费。{y}年决算数{w(d.vehicle.actual)}万元，{budgeted(d.vehicle)}。其中，公务用车购置费{y}年决算数{w(d.purchase.actual)}万元，{budgeted(d.purchase)}。{y}年购置（更新）{1 if d.purchase.actual else 0}辆，车均购置费{w(d.purchase.actual)}万元。公务用车运行维护费{y}年决算数{w(d.running.actual)}万元，{budgeted(d.running)}，主要原因：严控用车。{y}年公务用车运行维护费中，公务用车加油{w(details[0])}万元，公务用车维修{w(details[1])}万元，公务用车保险{w(details[2])}万元，公务用车其他支出{w(details[3])}万元。{y}年公务用车保有量{kept}辆，车均运行维护费{w(d.running.actual // kept)}万元。
## 二、机关运行经费支出情况
{y}年行政单位（含参照公务员法管理的事业单位）使用财政拨款安排的基本支出中的日常公用经费支出，合计{w(d.operating)}万元，比上年{year_on_year(d.operating, d.prior_operating)}，增减原因：人员变化。
## 三、政府采购支出情况
{y}年政府采购支出总额{w(d.procurement)}万元，其中：政府采购货物支出{w(d.goods)}万元，政府采购工程支出{w(d.works)}万元，政府采购服务支出{w(d.services)}万元。授予中小企业合同金额{w(d.sme)}万元，占政府采购支出总额的{percent(d.sme, d.procurement, True)}，其中：授予小微企业合同金额{w(d.small)}万元，占政府采购支出总额的{percent(d.small, d.procurement, True)}。
## 四、国有资产占用情况
{y}年车辆{kept}台，{w(9_876_543)}万元；单位价值100万元（含）以上的设备0台（套），0万元。
""")


def hunan(d: Department) -> list[Block]:
    """Budget, actual and completion of each item, then last year, in one sentence each."""
    y = d.year

    def spent(name: str, each: Amount, why: str = "厉行节约") -> str:
        base = f"{name}支出预算为{w(each.budget)}万元，支出决算为{w(each.actual)}万元，完成预算的{percent(each.actual, each.budget)}，"
        known = (
            "决算数等于预算数"
            if each.actual == each.budget
            else f"决算数{'大于' if each.actual > each.budget else '小于'}预算数"
        )
        past = (
            "与上年持平"
            if each.actual == each.prior
            else f"与上年相比{year_on_year(each.actual, each.prior)}"
        )
        return f"{base}{known}的主要原因是{why}，{past}。"

    items = "\n".join(
        f"{n}、{path(i)}。年初预算为{w(i.budget)}万元，支出决算为{w(i.total)}万元，完成年初预算的{percent(i.total, i.budget)}，"
        f"{against_budget(i.total, i.budget)}。"
        for n, i in enumerate(d.items, 1)
    )
    return blocks(f"""
# 第三部分 {y}年度部门决算情况说明
## 一、收入支出决算总体情况说明
{y}年度收、支总计{w(d.total)}万元。与上年相比，{year_on_year(d.total, d.prior_total)}，主要是因为项目经费变化。
## 二、收入决算情况说明
{y}年度收入合计{w(d.revenue)}万元，其中：财政拨款收入{w(d.fiscal)}万元，占{percent(d.fiscal, d.revenue)}；上级补助收入0万元，占0%；事业收入{w(d.business)}万元，占{percent(d.business, d.revenue)}；经营收入0万元，占0%；附属单位上缴收入0万元，占0%；其他收入{w(d.other)}万元，占{percent(d.other, d.revenue)}。
## 三、支出决算情况说明
{y}年度支出合计{w(d.spent)}万元，其中：基本支出{w(d.basic)}万元，占{percent(d.basic, d.spent)}；项目支出{w(d.project)}万元，占{percent(d.project, d.spent)}；上缴上级支出0万元，占0%；经营支出0万元，占0%；对附属单位补助支出0万元，占0%。
## 四、财政拨款收入支出决算总体情况说明
{y}年度财政拨款收、支总计{w(d.fiscal)}万元，与上年相比，{year_on_year(d.fiscal, d.prior_fiscal)}，主要是因为项目经费变化。
## 五、一般公共预算财政拨款支出决算情况说明
### （一）财政拨款支出决算总体情况
{y}年度财政拨款支出{w(d.general)}万元，占本年支出合计的{percent(d.general, d.spent)}，与上年相比，财政拨款支出{year_on_year(d.general, d.prior_general)}，主要是因为项目经费变化。
### （二）财政拨款支出决算结构情况
{y}年度财政拨款支出{w(d.general)}万元，主要用于以下方面：{"；".join(f"{name}（类）支出{w(fen)}万元，占{percent(fen, d.general)}" for name, fen in classes(d))}。
### （三）财政拨款支出决算具体情况
{y}年度财政拨款支出年初预算数为{w(d.budget)}万元，支出决算数为{w(d.general)}万元，完成年初预算的{percent(d.general, d.budget)}，其中：
{items}
## 六、一般公共预算财政拨款基本支出决算情况说明
{y}年度财政拨款基本支出{w(d.basic)}万元，其中：人员经费{w(d.personnel)}万元，占基本支出的{percent(d.personnel, d.basic)}，主要包括{_names(d, ("301", "303"))}；公用经费{w(d.public)}万元，占基本支出的{percent(d.public, d.basic)}，主要包括{_names(d, ("302",))}。
## 七、财政拨款三公经费支出决算情况说明
### （一）“三公”经费财政拨款支出决算总体情况说明
{spent("“三公”经费财政拨款", d.three)}其中：
{spent("因公出国（境）费", d.travel, "据实支出")}
{spent("公务接待费", d.reception)}
{spent("公务用车购置费", d.purchase, "据实支出")}
{spent("公务用车运行维护费", d.running)}
### （二）“三公”经费财政拨款支出决算具体情况说明
{y}年度“三公”经费财政拨款支出决算中，公务接待费支出决算{w(d.reception.actual)}万元，占{percent(d.reception.actual, d.three.actual)}，因公出国（境）费支出决算{w(d.travel.actual)}万元，占{percent(d.travel.actual, d.three.actual)}，公务用车购置费及运行维护费支出决算{w(d.vehicle.actual)}万元，占{percent(d.vehicle.actual, d.three.actual)}。其中：
1、因公出国（境）费支出决算为{w(d.travel.actual)}万元，全年安排因公出国（境）团组{1 if d.travel.actual else 0}个，累计{3 if d.travel.actual else 0}人次。
2、公务接待费支出决算为{w(d.reception.actual)}万元，全年共接待来访团组{d.batches}个，来宾{d.guests}人次，主要是上级检查发生的接待支出。
3、公务用车购置费及运行维护费支出决算为{w(d.vehicle.actual)}万元，其中：公务用车购置费{w(d.purchase.actual)}万元，更新公务用车{1 if d.purchase.actual else 0}辆。公务用车运行维护费{w(d.running.actual)}万元，主要是油料、维修等支出，截止{y}年12月31日，我单位开支财政拨款的公务用车保有量为{sum(d.vehicles.values())}辆。
## 八、政府性基金预算收入支出决算情况
{f"{y}年度政府性基金预算财政拨款收入{w(d.fund_total)}万元；支出{w(d.fund_total)}万元，其中基本支出0万元，项目支出{w(d.fund_total)}万元。" if d.fund else "本单位无政府性基金收支。"}
## 九、国有资本经营预算收入支出决算情况
本单位无国有资本经营预算收支。
## 十、关于机关运行经费支出说明
本部门{y}年度机关运行经费支出{w(d.operating)}万元，比上年决算数{year_on_year(d.operating, d.prior_operating)}。{REASON}
## 十一、一般性支出情况说明
{y}年本部门开支会议费0万元，用于召开会议，人数0人；开支培训费0万元，用于开展培训，人数0人。
## 十二、关于政府采购支出说明
本部门{y}年度政府采购支出总额{w(d.procurement)}万元，其中：政府采购货物支出{w(d.goods)}万元、政府采购工程支出{w(d.works)}万元、政府采购服务支出{w(d.services)}万元。授予中小企业合同金额{w(d.sme)}万元，占政府采购支出总额的{percent(d.sme, d.procurement)}，其中：授予小微企业合同金额{w(d.small)}万元，占授予中小企业合同金额的{percent(d.small, d.sme)}。
## 十三、关于国有资产占用情况说明
截至{y}年12月31日，本单位共有车辆{sum(d.vehicles.values())}辆，其中，主要领导干部用车0辆，机要通信用车0辆、应急保障用车{d.vehicles["应急保障用车"]}辆、执法执勤用车0辆、特种专业技术用车0辆、其他用车{d.vehicles["其他用车"]}辆；单位价值50万元以上通用设备0台（套）；单位价值100万元以上专用设备0台（套）。
""")


def jiangsu(d: Department) -> list[Block]:
    """Both totals broken up in numbered sentences, each with its change over the year before."""
    y = d.year
    prior_revenue = d.prior_total - d.opening
    items = "\n".join(
        f"{n}.{i.names[1]}（款）{i.names[2]}（项）。年初预算为{w(i.budget)}万元，支出决算为{w(i.total)}万元，完成年初预算的{percent(i.total, i.budget, True)}。{against_budget(i.total, i.budget)}。"
        for n, i in enumerate(d.items, 1)
    )
    return blocks(f"""
# 第三部分 {y}年度部门决算情况说明
## 一、收入支出决算总体情况说明
{y}年度收入、支出决算总计{w(d.total)}万元。与上年相比，收、支总计各{more(d.total, d.prior_total)}{rate(d.total, d.prior_total)}。其中：
（一）收入决算总计{w(d.total)}万元。包括：
1.本年收入决算合计{w(d.revenue)}万元。与上年相比，{year_on_year(d.revenue, prior_revenue)}，变动原因：项目变化。
2.使用非财政拨款结余0万元。与上年决算数相同。
3.年初结转和结余{w(d.opening)}万元。与上年决算数相同。
（二）支出决算总计{w(d.total)}万元。包括：
1.本年支出决算合计{w(d.spent)}万元。
2.结余分配0万元。与上年决算数相同。
3.年末结转和结余{w(d.closing)}万元。结转和结余事项：尚未完成的项目。
## 二、收入决算情况说明
{y}年度本年收入决算合计{w(d.revenue)}万元，其中：财政拨款收入{w(d.fiscal)}万元，占{percent(d.fiscal, d.revenue, True)}；上级补助收入0万元，占0%；事业收入{w(d.business)}万元，占{percent(d.business, d.revenue, True)}；其他收入{w(d.other)}万元，占{percent(d.other, d.revenue, True)}。
## 三、支出决算情况说明
{y}年度本年支出决算合计{w(d.spent)}万元，其中：基本支出{w(d.basic)}万元，占{percent(d.basic, d.spent, True)}；项目支出{w(d.project)}万元，占{percent(d.project, d.spent, True)}；经营支出0万元，占0%。
## 四、财政拨款收入支出决算总体情况说明
{y}年度财政拨款收入、支出决算总计{w(d.fiscal)}万元。与上年相比，收、支总计各{more(d.fiscal, d.prior_fiscal)}{rate(d.fiscal, d.prior_fiscal)}，变动原因：项目变化。
## 五、财政拨款支出决算情况说明
{y}年度财政拨款支出决算{w(d.fiscal)}万元，占本年支出合计的{percent(d.fiscal, d.spent, True)}。与上年相比，财政拨款支出{year_on_year(d.fiscal, d.prior_fiscal)}，变动原因：项目变化。其中：
{items}
## 六、财政拨款基本支出决算情况说明
{y}年度财政拨款基本支出决算{w(d.basic)}万元，其中：
（一）人员经费{w(d.personnel)}万元。主要包括：{_names(d, ("301", "303"))}。
（二）公用经费{w(d.public)}万元。主要包括：{_names(d, ("302",))}。
## 七、一般公共预算财政拨款支出决算情况说明
{y}年度一般公共预算财政拨款支出决算{w(d.general)}万元。与上年相比，{year_on_year(d.general, d.prior_general)}，变动原因：项目变化。
## 八、一般公共预算财政拨款基本支出决算情况说明
{y}年度一般公共预算财政拨款基本支出决算{w(d.basic)}万元，其中：人员经费{w(d.personnel)}万元，公用经费{w(d.public)}万元。
## 九、财政拨款“三公”经费、会议费、培训费支出情况说明
### （一）“三公”经费支出总体情况说明
{y}年度财政拨款“三公”经费支出决算{w(d.three.actual)}万元（其中：一般公共预算支出{w(d.three.actual)}万元；政府性基金预算支出0万元；国有资本经营预算支出0万元）。与上年相比，{year_on_year(d.three.actual, d.three.prior)}，变动原因：用车变化。其中，因公出国（境）费支出{w(d.travel.actual)}万元，占“三公”经费的{percent(d.travel.actual, d.three.actual, True)}；公务用车购置及运行维护费支出{w(d.vehicle.actual)}万元，占“三公”经费的{percent(d.vehicle.actual, d.three.actual, True)}；公务接待费支出{w(d.reception.actual)}万元，占“三公”经费的{percent(d.reception.actual, d.three.actual, True)}。
### （二）“三公”经费支出具体情况说明
1.因公出国（境）费支出预算{w(d.travel.budget)}万元，支出决算{w(d.travel.actual)}万元，完成调整预算的{percent(d.travel.actual, d.travel.budget, True)}。全年使用财政拨款涉及的出国（境）团组{1 if d.travel.actual else 0}个，累计{2 if d.travel.actual else 0}人次。
2.公务用车购置及运行维护费支出预算{w(d.vehicle.budget)}万元（其中：一般公共预算支出{w(d.vehicle.budget)}万元；政府性基金预算支出0万元），支出决算{w(d.vehicle.actual)}万元，完成调整预算的{percent(d.vehicle.actual, d.vehicle.budget, True)}。其中：
（1）公务用车购置支出预算{w(d.purchase.budget)}万元，支出决算{w(d.purchase.actual)}万元，完成调整预算的{percent(d.purchase.actual, d.purchase.budget, True)}。本年度使用财政拨款购置公务用车{1 if d.purchase.actual else 0}辆。
（2）公务用车运行维护费支出预算{w(d.running.budget)}万元，支出决算{w(d.running.actual)}万元，完成调整预算的{percent(d.running.actual, d.running.budget, True)}，决算数与预算数差异原因：压缩用车。公务用车运行维护费主要用于下乡。截至{y}年12月31日，使用财政拨款开支的公务用车保有量为{sum(d.vehicles.values())}辆。
3.公务接待费支出预算{w(d.reception.budget)}万元，支出决算{w(d.reception.actual)}万元，完成调整预算的{percent(d.reception.actual, d.reception.budget, True)}，决算数与预算数差异原因：压缩接待。其中：国内公务接待支出{w(d.reception.actual)}万元，接待{d.batches}批次，{d.guests}人次，开支内容：来访接待；国（境）外公务接待支出0万元，接待0批次，0人次。
### （三）会议费支出决算情况说明
{y}年度财政拨款会议费支出预算2.5万元，支出决算1.25万元，完成调整预算的50%，决算数与预算数差异原因：合并会议。{y}年度全年召开会议4个，参加会议120人次，开支内容：业务会议。
## 十、机关运行经费支出决算情况说明
{y}年度机关运行经费支出决算{w(d.operating)}万元。与上年相比，{year_on_year(d.operating, d.prior_operating)}，变动原因：人员变化。
## 十一、政府采购支出决算情况说明
{y}年度政府采购支出总额{w(d.procurement)}万元，其中：政府采购货物支出{w(d.goods)}万元、政府采购工程支出{w(d.works)}万元、政府采购服务支出{w(d.services)}万元。政府采购授予中小企业合同金额{w(d.sme)}万元，占政府采购支出总额的{percent(d.sme, d.procurement, True)}，其中：授予小微企业合同金额{w(d.small)}万元，占授予中小企业合同金额的{percent(d.small, d.sme, True)}。
## 十二、国有资产占用情况说明
截至{y}年12月31日，本部门共有车辆{sum(d.vehicles.values())}辆，其中：应急保障用车{d.vehicles["应急保障用车"]}辆、其他用车{d.vehicles["其他用车"]}辆；单价100万元（含）以上的设备（不含车辆）0台（套）。
## 十三、预算绩效评价工作开展情况
本部门{y}年度共0个项目开展了财政重点绩效评价，涉及财政性资金合计0万元；本部门共开展{len(d.items)}项项目绩效自评，涉及财政性资金合计{w(d.general_project)}万元。
""")


def yunnan(d: Department) -> list[Block]:
    """Shares of total income and spending, in 元 where tables are in 元."""
    y = d.year

    def yuan(fen: int) -> str:
        return f"{shown(fen, YUAN, True)}元"

    def moved(now: int, before: int) -> str:
        if now == before:
            return "与上年持平"
        up = now > before
        return f"与上年相比{'增加' if up else '减少'}{yuan(abs(now - before))}，{'增长' if up else '下降'}{percent(abs(now - before), before)}"

    return blocks(f"""
# 第三部分 {y}年度部门决算情况说明
## 一、收入决算情况说明
{d.name}{y}年度收入合计{yuan(d.revenue)}。其中：财政拨款收入{yuan(d.fiscal)}，占总收入的{percent(d.fiscal, d.revenue)}；上级补助收入0元，占总收入的0%；事业收入{yuan(d.business)}（含教育收费0元），占总收入的{percent(d.business, d.revenue)}；经营收入0元，占总收入的0%；附属单位缴款收入0元，占总收入的0%；其他收入{yuan(d.other)}，占总收入的{percent(d.other, d.revenue)}。
## 二、支出决算情况说明
{d.name}{y}年度支出合计{yuan(d.spent)}。其中：基本支出{yuan(d.basic)}，占总支出的{percent(d.basic, d.spent)}；项目支出{yuan(d.project)}，占总支出的{percent(d.project, d.spent)}；上缴上级支出、经营支出、对附属单位补助支出共0元，占总支出的0%。
### （一）基本支出情况
{y}年度用于保障机关正常运转的日常支出{yuan(d.basic)}。其中：基本工资、津贴补贴等人员经费支出{yuan(d.personnel)}，占基本支出的{percent(d.personnel, d.basic)}；办公费、印刷费、水电费等公用经费{yuan(d.public)}，占基本支出的{percent(d.public, d.basic)}。
### （二）项目支出情况
{y}年度用于保障机构为完成特定的行政工作任务或事业发展目标，用于专项业务工作的经费支出{yuan(d.project)}。
## 三、一般公共预算财政拨款支出决算情况说明
### （一）一般公共预算财政拨款支出决算总体情况
{d.name}{y}年度一般公共预算财政拨款支出{yuan(d.general)}，占本年支出合计的{percent(d.general, d.spent)}。{moved(d.general, d.prior_general)}，{REASON}
### （二）一般公共预算财政拨款支出决算具体情况
{chr(10).join(f"{n}.{name}（类）支出{yuan(fen)}，占一般公共预算财政拨款总支出的{percent(fen, d.general)}。主要用于保障运转；" for n, (name, fen) in enumerate(classes(d), 1))}
## 四、财政拨款“三公”经费支出决算情况说明
### （一）“三公”经费财政拨款支出决算总体情况
{d.name}{y}年度财政拨款“三公”经费支出年初预算为{yuan(d.three.budget)}，支出决算为{yuan(d.three.actual)}，完成年初预算的{percent(d.three.actual, d.three.budget)}。其中：因公出国（境）费支出年初预算为{yuan(d.travel.budget)}，支出决算为{yuan(d.travel.actual)}，完成年初预算的{percent(d.travel.actual, d.travel.budget)}；公务用车购置费支出年初预算为{yuan(d.purchase.budget)}，支出决算为{yuan(d.purchase.actual)}，完成年初预算的{percent(d.purchase.actual, d.purchase.budget)}；公务用车运行维护费支出年初预算为{yuan(d.running.budget)}，支出决算为{yuan(d.running.actual)}，完成年初预算的{percent(d.running.actual, d.running.budget)}；公务接待费支出年初预算为{yuan(d.reception.budget)}，支出决算为{yuan(d.reception.actual)}，完成年初预算的{percent(d.reception.actual, d.reception.budget)}，国内接待费支出决算{yuan(d.reception.actual)}（其中：外事接待费支出决算0元），国（境）外接待费支出决算0元。
{y}年度“三公”经费支出决算数比上年{"增加" if d.three.actual > d.three.prior else "减少"}{yuan(abs(d.three.actual - d.three.prior))}，{"增长" if d.three.actual > d.three.prior else "下降"}{percent(abs(d.three.actual - d.three.prior), d.three.prior)}。
### （二）一般公共预算财政拨款“三公”经费支出决算具体情况
1.因公出国（境）费支出{yuan(d.travel.actual)}，共安排因公出国（境）团组{1 if d.travel.actual else 0}个，累计{2 if d.travel.actual else 0}人次。
2.公务用车购置及运行维护费支出{yuan(d.vehicle.actual)}。其中：
公务用车购置支出{yuan(d.purchase.actual)}，购置车辆{1 if d.purchase.actual else 0}辆。
公务用车运行维护支出{yuan(d.running.actual)}，开支财政拨款的公务用车保有量为{sum(d.vehicles.values())}辆。主要用于开展工作所需车辆燃料费、维修费、过路过桥费、保险费等。
3.公务接待费支出{yuan(d.reception.actual)}。其中：
国内接待费支出{yuan(d.reception.actual)}（其中：外事接待费支出0元），共安排国内公务接待{d.batches}批次（其中：外事接待0批次），接待人次{d.guests}人（其中：外事接待人次0人）。主要用于业务考察发生的接待支出。
国（境）外接待费支出0元，共安排国（境）外公务接待0批次，接待人次0人。
# 第四部分 其他重要事项及相关口径情况说明
## 一、机关运行经费支出情况
{d.name}{y}年机关运行经费支出{yuan(d.operating)}，{moved(d.operating, d.prior_operating)}。{REASON}
## 二、国有资产占用情况
截至{y}年12月31日，{d.name}资产总额{yuan(987_654_321)}，其中，流动资产{yuan(187_654_321)}，固定资产{yuan(700_000_000)}，对外投资及有价证券0元，在建工程0元，无形资产{yuan(100_000_000)}，其他资产0元。
## 三、政府采购支出情况
{y}年度，部门政府采购支出总额{yuan(d.procurement)}，其中：政府采购货物支出{yuan(d.goods)}；政府采购工程支出{yuan(d.works)}；政府采购服务支出{yuan(d.services)}。授予中小企业合同金额{yuan(d.sme)}，占政府采购支出总额的{percent(d.sme, d.procurement)}。
""")


def guangxi(d: Department) -> list[Block]:
    """Comparisons with budget and year in a row without naming the subject again."""
    y = d.year

    def both(each: Amount) -> str:
        budget, past = each.actual - each.budget, each.actual - each.prior
        first = "与预算持平" if not budget else f"比预算{more(each.actual, each.budget)}"
        second = "与上年持平" if not past else f"比上年{year_on_year(each.actual, each.prior)}"
        return f"{first}，{second}"

    return blocks(f"""
# 第三部分 {y}年度部门决算情况说明
## 一、{y}年度收入支出决算总体情况
### （一）收入支出决算总体情况
本部门{y}年度总收入{w(d.total)}万元，其中本年收入{w(d.revenue)}万元，年初结转和结余{w(d.opening)}万元；总支出{w(d.total)}万元，其中本年支出{w(d.spent)}万元，年末结转和结余{w(d.closing)}万元。与{y - 1}年度决算相比，收、支总计各{more(d.total, d.prior_total)}{rate(d.total, d.prior_total)}，主要原因是项目变化。
### （二）收入决算情况
本部门{y}年度本年收入合计{w(d.revenue)}万元，其中：
1.财政拨款收入{w(d.fiscal)}万元，为本级财政当年拨付的资金，占本年收入的{percent(d.fiscal, d.revenue)}。
2.事业收入{w(d.business)}万元，占本年收入的{percent(d.business, d.revenue)}。
3.其他收入{w(d.other)}万元，为预算单位在“财政拨款收入”“事业收入”之外取得的收入，占本年收入的{percent(d.other, d.revenue)}。
### （三）支出决算情况
本部门{y}年度本年支出合计{w(d.spent)}万元，其中：
1.基本支出{w(d.basic)}万元，占本年支出合计的{percent(d.basic, d.spent)}。
2.项目支出{w(d.project)}万元，占本年支出合计的{percent(d.project, d.spent)}。
## 二、{y}年度一般公共预算财政拨款支出决算情况
本部门{y}年度一般公共预算财政拨款支出{w(d.general)}万元，完成年初预算{w(d.budget)}万元的{percent(d.general, d.budget)}，比上年{year_on_year(d.general, d.prior_general)}。按支出功能分类科目分：
{chr(10).join(f"（{n}）{i.names[2]}支出{w(i.total)}万元，完成年初预算的{percent(i.total, i.budget)}，{against_budget(i.total, i.budget)}。" for n, i in enumerate(d.items, 1))}
## 三、{y}年度一般公共预算财政拨款基本支出决算情况
{y}年度一般公共预算财政拨款基本支出{w(d.basic)}万元。其中：人员经费{w(d.personnel)}万元，公用经费{w(d.public)}万元。
## 四、{y}年度政府性基金支出决算情况
{f"本部门{y}年度政府性基金支出{w(d.fund_total)}万元。" if d.fund else "本部门没有政府性基金支出。"}
## 五、一般公共预算财政拨款安排的“三公”经费支出决算情况说明
{y}年度一般公共预算财政拨款安排的“三公”经费支出决算总额为{w(d.three.actual)}万元，{both(d.three)}，原因是厉行节约。其中：因公出国（境）费支出决算{w(d.travel.actual)}万元，{both(d.travel)}；公务用车购置费支出决算{w(d.purchase.actual)}万元，{both(d.purchase)}；公务用车运行维护费支出决算{w(d.running.actual)}万元，{both(d.running)}；公务接待费支出决算{w(d.reception.actual)}万元，{both(d.reception)}。具体情况如下：
（一）因公出国（境）费支出{w(d.travel.actual)}万元。全年使用一般公共预算财政拨款安排出国（境）团组{1 if d.travel.actual else 0}个，累计{2 if d.travel.actual else 0}人次。
（二）公务用车购置及运行费支出{w(d.vehicle.actual)}万元。其中：公务用车购置支出{w(d.purchase.actual)}万元；公务用车运行支出{w(d.running.actual)}万元，主要用于机要文件交换、市内因公出行等。{y}年，本部门开支一般公共预算财政拨款的公务用车保有量为{sum(d.vehicles.values())}辆，全年运行费支出{w(d.running.actual)}万元，平均每辆{w(d.running.actual // sum(d.vehicles.values()))}万元。
（三）公务接待费支出{w(d.reception.actual)}万元。其中：国内接待费支出{w(d.reception.actual)}万元，接待{d.batches}批次、{d.guests}人次。
## 六、其他重要事项情况说明
### （一）机关运行经费支出情况说明
本部门{y}年度机关运行经费支出{w(d.operating)}万元，比{y - 1}年{year_on_year(d.operating, d.prior_operating)}。{REASON}
### （二）政府采购支出情况说明
本部门{y}年度政府采购支出总额{w(d.procurement)}万元，其中：政府采购货物支出{w(d.goods)}万元、政府采购工程支出{w(d.works)}万元、政府采购服务支出{w(d.services)}万元。授予中小企业合同金额{w(d.sme)}万元，占政府采购支出总额的{percent(d.sme, d.procurement)}；货物采购授予中小企业合同金额占货物支出金额的100%。
### （三）国有资产占用情况说明
截至{y}年12月31日，本部门共有车辆{sum(d.vehicles.values())}辆，其中：应急保障用车{d.vehicles["应急保障用车"]}辆，其他用车{d.vehicles["其他用车"]}辆，其他用车主要是公务用车。
""")


def xinjiang(d: Department) -> list[Block]:
    """Totals broken up with every part, staff by kind, completion against 年初预算数 and differences."""
    y = d.year
    staff = sum(d.staff)
    return blocks(f"""
# 第一部分 单位概况
## 二、机构设置及人员情况
{d.name}{y}年度，实有人数{staff + sum(d.retired)}人，其中：在职人员{staff}人，离休人员{d.retired[0]}人，退休人员{d.retired[1]}人。
# 第二部分 部门决算情况说明
## 一、收入支出决算总体情况说明
{y}年度收入总计{w(d.total)}万元，其中：本年收入合计{w(d.revenue)}万元，使用非财政拨款结余0.00万元，年初结转和结余{w(d.opening)}万元。
{y}年度支出总计{w(d.total)}万元，其中：本年支出合计{w(d.spent)}万元，结余分配0.00万元，年末结转和结余{w(d.closing)}万元。
收入支出总体与上年相比，{year_on_year(d.total, d.prior_total)}，主要原因是：项目变化。
## 二、收入决算情况说明
本年收入{w(d.revenue)}万元，其中：财政拨款收入{w(d.fiscal)}万元，占{percent(d.fiscal, d.revenue)}；上级补助收入0.00万元，占0.00%；事业收入{w(d.business)}万元，占{percent(d.business, d.revenue)}；经营收入0.00万元，占0.00%；附属单位上缴收入0.00万元，占0.00%；其他收入{w(d.other)}万元，占{percent(d.other, d.revenue)}。
## 三、支出决算情况说明
本年支出{w(d.spent)}万元，其中：基本支出{w(d.basic)}万元，占{percent(d.basic, d.spent)}；项目支出{w(d.project)}万元，占{percent(d.project, d.spent)}；上缴上级支出0.00万元，占0.00%；经营支出0.00万元，占0.00%；对附属单位补助支出0.00万元，占0.00%。
## 四、财政拨款收入支出决算总体情况说明
{y}年度财政拨款收入总计{w(d.fiscal)}万元，其中：年初财政拨款结转和结余0.00万元，本年财政拨款收入{w(d.fiscal)}万元。财政拨款支出总计{w(d.fiscal)}万元，其中：年末财政拨款结转和结余0.00万元，本年财政拨款支出{w(d.fiscal)}万元。
财政拨款收入支出总体与上年相比，{year_on_year(d.fiscal, d.prior_fiscal)}，主要原因是：项目变化。
## 五、一般公共预算财政拨款支出决算情况说明
### （一）一般公共预算财政拨款支出决算总体情况
{y}年度一般公共预算财政拨款支出{w(d.general)}万元，占本年支出合计的{percent(d.general, d.spent)}。与上年相比，{year_on_year(d.general, d.prior_general)}，主要原因是：项目变化。与年初预算{w(d.budget)}万元相比，{more(d.general, d.budget)}，预算执行率{percent(d.general, d.budget)}，主要原因是：项目变化。
### （二）一般公共预算财政拨款支出决算结构情况
{chr(10).join(f"{n}.{name}（类）{w(fen)}万元，占{percent(fen, d.general)}。" for n, (name, fen) in enumerate(classes(d), 1))}
### （三）一般公共预算财政拨款支出决算具体情况
{chr(10).join(f"{n}.{path(i)}：支出决算数为{w(i.total)}万元，比年初预算数{more(i.total, i.budget)}{rate(i.total, i.budget)}，主要原因是：据实支出。" for n, i in enumerate(d.items, 1) if i.total != i.budget)}
## 六、一般公共预算财政拨款基本支出决算情况说明
{y}年度一般公共预算财政拨款基本支出{w(d.basic)}万元，其中：人员经费{w(d.personnel)}万元，包括：{_names(d, ("301", "303"))}。公用经费{w(d.public)}万元，包括：{_names(d, ("302",))}。
## 七、一般公共预算财政拨款“三公”经费支出决算情况说明
{y}年度“三公”经费支出全年预算{w(d.three.budget)}万元，支出决算{w(d.three.actual)}万元，完成预算的{percent(d.three.actual, d.three.budget)}，比上年{year_on_year(d.three.actual, d.three.prior)}，主要原因是：用车变化。
其中：因公出国（境）费支出{w(d.travel.actual)}万元，占{percent(d.travel.actual, d.three.actual)}；公务用车购置及运行维护费支出{w(d.vehicle.actual)}万元，占{percent(d.vehicle.actual, d.three.actual)}，比上年{year_on_year(d.vehicle.actual, d.vehicle.prior)}，主要原因是：用车变化；公务接待费支出{w(d.reception.actual)}万元，占{percent(d.reception.actual, d.three.actual)}。
具体情况如下：
因公出国（境）费支出{w(d.travel.actual)}万元，开支内容包括：考察。单位全年安排的因公出国（境）团组{1 if d.travel.actual else 0}个，因公出国（境）{2 if d.travel.actual else 0}人次。
公务用车购置及运行维护费{w(d.vehicle.actual)}万元，其中：公务用车购置费{w(d.purchase.actual)}万元，公务用车运行维护费{w(d.running.actual)}万元。公务用车运行维护费开支内容包括：燃油费、维修费、保险费等。公务用车购置数{1 if d.purchase.actual else 0}辆，公务用车保有量{sum(d.vehicles.values())}辆。国有资产占用情况中固定资产车辆{sum(d.vehicles.values())}辆，与公务用车保有量差异原因是：无差异。
公务接待费{w(d.reception.actual)}万元，开支内容包括：来访接待。单位全年安排的国内公务接待{d.batches}批次，{d.guests}人次。
与全年预算相比，“三公”经费支出全年预算数{w(d.three.budget)}万元，决算数{w(d.three.actual)}万元，预算执行率{percent(d.three.actual, d.three.budget)}，主要原因是：厉行节约。其中：因公出国（境）费全年预算数{w(d.travel.budget)}万元，决算数{w(d.travel.actual)}万元，预算执行率{percent(d.travel.actual, d.travel.budget)}；公务用车购置费全年预算数{w(d.purchase.budget)}万元，决算数{w(d.purchase.actual)}万元，预算执行率{percent(d.purchase.actual, d.purchase.budget)}；公务用车运行维护费全年预算数{w(d.running.budget)}万元，决算数{w(d.running.actual)}万元，预算执行率{percent(d.running.actual, d.running.budget)}；公务接待费全年预算数{w(d.reception.budget)}万元，决算数{w(d.reception.actual)}万元，预算执行率{percent(d.reception.actual, d.reception.budget)}。
## 八、政府性基金预算财政拨款收入支出决算情况说明
{f"政府性基金预算财政拨款收入{w(d.fund_total)}万元，支出{w(d.fund_total)}万元。" if d.fund else f"{d.name}{y}年度无政府性基金预算财政拨款收入、支出。政府性基金预算财政拨款收入支出决算表为空表。"}
## 九、其他重要事项的情况说明
### （一）机关运行经费及公用经费支出情况
{y}年度{d.name}（行政单位和参照公务员法管理事业单位）机关运行经费支出{w(d.operating)}万元，比上年{year_on_year(d.operating, d.prior_operating)}，主要原因是：人员变化。
### （二）政府采购情况
{y}年度政府采购支出总额{w(d.procurement)}万元，其中：政府采购货物支出{w(d.goods)}万元、政府采购工程支出{w(d.works)}万元、政府采购服务支出{w(d.services)}万元。
授予中小企业合同金额{w(d.sme)}万元，占政府采购支出总额的{percent(d.sme, d.procurement)}，其中：授予小微企业合同金额{w(d.small)}万元，占政府采购支出总额的{percent(d.small, d.procurement)}。
### （三）国有资产占用情况说明
截至{y}年12月31日，房屋2,345.67平方米，价值{w(123_456_789)}万元。车辆{sum(d.vehicles.values())}辆，价值{w(23_456_789)}万元，其中：应急保障用车{d.vehicles["应急保障用车"]}辆、其他用车{d.vehicles["其他用车"]}辆，其他用车主要是：公务用车；单价100万元（含）以上设备（不含车辆）0台（套）。
""")


def guangdong(d: Department) -> list[Block]:
    """Standard sections with thousands separators and changes of each source."""
    y = d.year

    def c(fen: int) -> str:
        return shown(fen, WAN, True)

    return blocks(f"""
# 第三部分 {y}年度部门决算情况说明
## 一、{y}年度收入支出决算总体情况说明
### （一）收入支出总体情况
{d.name}{y}年度总收入{c(d.total)}万元，总支出{c(d.total)}万元。与上年相比，收支总计{year_on_year(d.total, d.prior_total)}，主要原因是项目变化。
### （二）收入决算情况说明
{y}年度本年收入合计{c(d.revenue)}万元，具体包括：
1.财政拨款收入{c(d.fiscal)}万元，占比{percent(d.fiscal, d.revenue)}。
2.事业收入{c(d.business)}万元，占比{percent(d.business, d.revenue)}。
3.其他收入{c(d.other)}万元，占比{percent(d.other, d.revenue)}。
### （三）支出决算情况说明
{y}年度本年支出合计{c(d.spent)}万元，具体包括：基本支出{c(d.basic)}万元，占比{percent(d.basic, d.spent)}，其中：工资福利支出{c(sum(f for k, (_, f) in d.economic.items() if k.startswith("301")))}万元，商品和服务支出{c(sum(f for k, (_, f) in d.economic.items() if k.startswith("302")))}万元，对个人和家庭的补助支出{c(sum(f for k, (_, f) in d.economic.items() if k.startswith("303")))}万元；项目支出{c(d.project)}万元，占比{percent(d.project, d.spent)}。
## 二、{y}年度财政拨款收入支出决算总体情况说明
### （一）财政拨款收入支出决算总体情况
{y}年度财政拨款总收入{c(d.fiscal)}万元，总支出{c(d.fiscal)}万元，与上年相比，财政拨款收、支总计各{more(d.fiscal, d.prior_fiscal)}{rate(d.fiscal, d.prior_fiscal)}。
### （二）一般公共预算财政拨款支出决算结构情况
{y}年度一般公共预算财政拨款支出{c(d.general)}万元，占本年支出合计的{percent(d.general, d.spent)}。主要用于以下方面：{"；".join(f"{name}（类）支出{c(fen)}万元，占{percent(fen, d.general)}" for name, fen in classes(d))}。
### （三）一般公共预算财政拨款基本支出情况
{y}年度一般公共预算财政拨款基本支出{c(d.basic)}万元，其中：人员经费支出{c(d.personnel)}万元，公用经费支出{c(d.public)}万元。
## 三、“三公”经费支出决算情况说明
### （一）财政拨款“三公”经费支出总体情况说明
{d.name}{y}年度“三公”经费支出年初预算{c(d.three.budget)}万元，支出决算为{c(d.three.actual)}万元，完成预算的{percent(d.three.actual, d.three.budget)}，比上年{year_on_year(d.three.actual, d.three.prior)}。其中：
1.因公出国（境）费决算为{c(d.travel.actual)}万元，占“三公”经费的{percent(d.travel.actual, d.three.actual)}。
2.公务用车购置及运行维护费决算为{c(d.vehicle.actual)}万元，占“三公”经费的{percent(d.vehicle.actual, d.three.actual)}，其中：公务用车购置费{c(d.purchase.actual)}万元，公务用车运行维护费{c(d.running.actual)}万元。
3.公务接待费决算为{c(d.reception.actual)}万元，占“三公”经费的{percent(d.reception.actual, d.three.actual)}。
### （二）“三公”经费实物量情况说明
1.因公出国（境）费支出{c(d.travel.actual)}万元。全年使用财政拨款安排机关及下属预算单位出国团组{1 if d.travel.actual else 0}个、累计{2 if d.travel.actual else 0}人次。
2.公务用车购置支出{c(d.purchase.actual)}万元，公务用车购置数{1 if d.purchase.actual else 0}辆。公务用车运行维护支出{c(d.running.actual)}万元，公务用车保有量{sum(d.vehicles.values())}辆。
3.公务接待费支出{c(d.reception.actual)}万元，主要用于来访接待，其中国内接待{d.batches}批次，{d.guests}人次；外宾接待0批次，0人次。
## 四、其他重要事项情况说明
### （一）机关运行经费支出情况
{y}年机关运行经费支出{c(d.operating)}万元，比上年决算数{year_on_year(d.operating, d.prior_operating)}，{REASON}
### （二）政府采购支出情况
{y}年政府采购支出总额{c(d.procurement)}万元，其中：政府采购货物支出{c(d.goods)}万元、政府采购工程支出{c(d.works)}万元、政府采购服务支出{c(d.services)}万元。授予中小企业合同金额{c(d.sme)}万元，占政府采购支出总额的{percent(d.sme, d.procurement)}，其中：授予小微企业合同金额{c(d.small)}万元，占授予中小企业合同金额的{percent(d.small, d.sme)}。
### （三）国有资产占用情况
截至{y}年12月31日，本部门共有车辆{sum(d.vehicles.values())}辆，其中，省级领导干部用车0辆、一般公务用车{d.vehicles["其他用车"]}辆、应急保障用车{d.vehicles["应急保障用车"]}辆；单价50万元以上通用设备0台（套），单价100万元以上专用设备0台（套）。
""")


STYLES = (
    Style("四川", Look(zero="0.00", columns_numbered=True), sichuan, tables_first=False),
    Style("北京", Look(separators=True, rows_numbered=True), beijing),
    Style("湖南", Look(columns_numbered=True, rows_numbered=True), hunan),
    Style("江苏", Look(), jiangsu),
    Style("云南", Look(unit=YUAN, separators=True, zero="0.00", code_cells=3, columns_numbered=True), yunnan),
    Style("广西", Look(zero="0.00"), guangxi),
    Style("新疆", Look(zero="0.00", rows_numbered=True), xinjiang),
    Style("广东", Look(separators=True, columns_numbered=True), guangdong),
)
