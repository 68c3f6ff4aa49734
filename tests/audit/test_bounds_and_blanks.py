"""Figures that no amounts can have, amounts where the table is blank, and doubts about figures that should be alike."""

import pytest

from mingzhang.pipeline import audit

HEAD = "云岭区水务局2022年度部门决算\n\n"
THREE = "七、财政拨款“三公”经费支出决算情况说明\n\n"


def told(text: str, *, head: str = HEAD) -> list[tuple[str, str]]:
    return [(each.severity, each.rule) for each in audit(head + text).remarks]


@pytest.mark.parametrize(
    ("text", "bounded"),
    [
        ("四、工作情况\n\n普法活动覆盖率达120%，群众满意度98%。", True),
        ("四、工作情况\n\n普法活动覆盖率达100%，任务完成率120%，收入增长率150%。", False),
        (THREE + "公务接待费支出决算为2.00万元，比上年下降160.00%。", True),
        (THREE + "公务接待费支出决算为2.00万元，比上年下降60.00%。", False),
        (THREE + "公务接待费支出决算为2.00万元，比上年增加5.00万元。", True),
        (THREE + "公务接待费支出决算为2.00万元，比上年增加2.00万元。", False),
        (THREE + "公务接待费支出决算为0.00万元，完成预算的7%。", True),
        (THREE + "公务接待费支出决算为0.00万元，完成预算的0%。", False),
        (THREE + "公务接待费支出决算为0.00万元，完成预算的100%。", False),
    ],
)
def test_a_figure_beyond_its_whole_is_a_warning(text: str, bounded: bool):
    assert (("warning", "out_of_bounds") in told(text)) is bounded


LEDGER = """<h1>云岭区水务局2022年度部门决算</h1><p>财政拨款“三公”经费支出决算表</p><table>
<tr><td rowspan=2>合计</td><td rowspan=2>因公出国（境）费</td><td colspan=3>公务用车购置及运行费</td><td rowspan=2>公务接待费</td></tr>
<tr><td>小计</td><td>公务用车购置费</td><td>公务用车运行费</td></tr>
<tr><td>5.00</td><td></td><td>5.00</td><td></td><td>5.00</td><td></td></tr></table>
<h2>七、财政拨款“三公”经费支出决算情况说明</h2><p>因公出国（境）费支出决算为{travel}万元。</p>"""


@pytest.mark.parametrize(("travel", "found"), [("3.00", True), ("0.00", False), ("0", False)])
def test_an_amount_where_the_table_is_blank_is_a_warning(travel: str, found: bool):
    page = audit(LEDGER.format(travel=travel).encode())
    assert (("warning", "blank_row") in [(each.severity, each.rule) for each in page.remarks]) is found
    if not found:
        assert "unverified" not in [page.status[each.id] for each in page.statements if each.source == "text"]


@pytest.mark.parametrize(("other", "doubted"), [("33.63", False), ("38.63", True), ("12.40", False)])
def test_changes_of_equal_figures_that_differ_by_one_digit_are_doubted(other: str, doubted: bool):
    text = (
        "一、收入支出决算总体情况说明\n\n2022年度收、支总计3369.44万元。与2021年度相比，收、支总计各增加33.63万元。\n\n"
        "四、财政拨款收入支出决算总体情况说明\n\n2022年度财政拨款收、支总计3369.44万元。与2021年度相比，"
        f"财政拨款收、支总计各增加{other}万元。"
    )
    assert (("warning", "alike") in told(text)) is doubted


@pytest.mark.parametrize(("other", "doubted"), [("598.42", False), ("598.12", True), ("301.00", False)])
def test_amounts_of_equally_many_projects_are_doubted_by_one_digit(other: str, doubted: bool):
    text = (
        "十、预算绩效情况说明\n\n编报绩效目标的2022年度项目4个，涉及预算金额598.42万元；"
        f"绩效自评的2022年度项目4个，涉及预算金额{other}万元。"
    )
    assert (("warning", "alike") in told(text)) is doubted


BUDGETS = (
    "五、一般公共预算财政拨款支出决算情况说明\n\n"
    "一般公共预算财政拨款支出年初预算为100.00万元，支出决算为90.00万元，完成年初预算的90.00%。\n\n"
    "1.农林水支出（类）水利（款）行政运行（项）。年初预算为{first}万元，支出决算为50.00万元。\n\n"
    "2.农林水支出（类）水利（款）水利工程建设（项）。年初预算为{second}万元，支出决算为{spent}万元。\n"
)


@pytest.mark.parametrize(
    ("first", "second", "spent", "doubted"),
    [
        ("60.00", "40.00", "40.00", False),
        ("60.00", "45.00", "40.00", True),
        ("60.00", "45.00", "30.00", False),
    ],
)
def test_budgets_of_the_items_add_up_where_all_items_are_told(first, second, spent, doubted):
    found = told(BUDGETS.format(first=first, second=second, spent=spent))
    assert bool({("warning", "total"), ("warning", "joint")} & set(found)) is doubted


@pytest.mark.parametrize(
    ("amount", "share", "found"),
    [
        ("40.00", "100", False),
        ("48.00", "100", True),
        ("40.00", "80", True),
        ("20.00", "50", False),
        ("25.00", "70", False),
    ],
)
def test_an_amount_that_is_a_share_of_project_spending(amount: str, share: str, found: bool):
    text = (
        "五、一般公共预算财政拨款支出决算情况说明\n\n一般公共预算财政拨款支出90.00万元，其中：基本支出50.00万元，项目支出40.00万元。\n\n"
        f"十、预算绩效情况说明\n\n对一般公共预算项目支出开展绩效自评，共涉及项目2个，资金{amount}万元，占一般公共预算项目支出总额的{share}%。"
    )
    assert any(rule == "share" for _, rule in told(text)) is found


def test_a_list_that_opens_a_paragraph_is_of_the_figure_it_names():
    head = "七、财政拨款“三公”经费支出决算情况说明\n\n公务用车运行费支出13.12万元，主要原因是车辆老旧。\n\n"
    listed = "公务用车运行费支出主要用于：保险费1.57万元；维修费{repairs}万元；卫星定位费0.67万元。"
    assert told(head + listed.format(repairs="10.88")) == []
    assert told(head + listed.format(repairs="19.88")) == [("warning", "total")]


def test_a_project_named_before_a_colon_has_its_own_rate():
    text = "二、项目绩效自评结果\n\n1. 社会工作服务经费：项目预算金额为440.24万元，实际使用金额为385.14万元，资金执行率为{rate}%。"
    assert told(text.format(rate="87.48")) == []
    assert [rule for _, rule in told(text.format(rate="97.48"))] == ["completion"]


@pytest.mark.parametrize(("part", "whole", "found"), [(112, 134, False), (142, 134, True), (134, 134, False)])
def test_the_first_months_have_no_more_than_the_year(part: int, whole: int, found: bool):
    text = f"四、工作情况\n\n1至11月办结行政复议申请{part}件。\n\n全年共办结行政复议申请{whole}件，均已归档。"
    assert (("warning", "nested_periods") in told(text)) is found


@pytest.mark.parametrize(
    ("whole", "found"), [("16.57", []), ("16.97", [("warning", "total")]), ("12.30", [])]
)
def test_changes_of_the_parts_add_up_decreases_below_zero(whole: str, found: list):
    text = (
        f"七、财政拨款“三公”经费支出决算情况说明\n\n“三公”经费财政拨款支出比2021年度增加{whole}万元，其中："
        "公务用车购置及运行费支出增加16.65万元；公务接待费支出减少0.08万元。"
    )
    assert told(text) == found
