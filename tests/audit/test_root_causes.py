"""Contradictions are told once for each root cause, with the fewest changes that would mend them."""

from mingzhang.audit.remark import Remark
from mingzhang.pipeline import audit

THREE = """第三部分 云岭区水务局2022年度部门决算情况说明

八、“三公”经费支出决算情况说明

“三公”经费财政拨款年初预算数为{whole}万元，支出决算数为20.6万元，完成年初预算的{rate}，其中：

1.因公出国（境）费支出决算为0万元，比年初预算减少0万元。

2.公务用车购置及运行费支出决算为20.6万元，完成年初预算的{vehicles}。其中：

（1）公务用车购置费10.2万元，完成年初预算的{bought}，比年初预算增加{beyond}万元。

（2）公务用车运行费10.4万元，完成年初预算的{run}，比年初预算减少{less}万元。

3.公务接待费支出决算为0万元，比年初预算减少0万元。
"""
TRUE = {
    "whole": "50.2",
    "rate": "41%",
    "vehicles": "41%",
    "bought": "100%",
    "beyond": "0",
    "run": "26%",
    "less": "29.6",
}


def remarks(**changed: str) -> tuple[Remark, ...]:
    return audit(THREE.format(**{**TRUE, **changed})).remarks


def repairs(remark: Remark, **changed: str) -> list[list[str]]:
    by_id = {each.id: each.shown for each in audit(THREE.format(**{**TRUE, **changed})).statements}
    return [[f"{by_id[one.statement]}→{one.value}" for one in repair] for repair in remark.repairs]


def test_budgets_that_are_only_implied_add_up():
    assert remarks() == ()


def test_a_budget_that_leaves_no_room_for_its_parts_is_one_conflict_with_all_its_smallest_repairs():
    """The purchase took all of its budget, the running costs imply one as large as the whole."""
    wrong = {"whole": "40", "rate": "51.5%", "vehicles": "51.5%"}
    (remark,) = remarks(**wrong)
    assert (remark.rule, remark.severity) == ("joint", "error")
    told = [set(each) for each in repairs(remark, **wrong)]
    assert {"29.6万元→19.4万元", "26%→35%"} in told[:2]
    assert {"0万元→10.2万元", "100%→"} in told[:2]
    assert {"40万元→50.7万元", "51.5%→41.0%", "51.5%→40.6%"} in told[2:]


def test_no_single_figure_is_named_where_several_would_do():
    (remark,) = remarks(run="29%")
    assert {len(repair) for repair in remark.repairs} == {1}
    assert "29%" in {place.quote for place in remark.places}


def test_one_wrong_part_is_one_remark_with_all_its_places():
    """The sum of the parts and the two comparisons with its budget fail for one figure."""
    text = THREE.format(**TRUE).replace("公务用车运行费10.4万元", "公务用车运行费70.4万元")
    (remark,) = audit(text).remarks
    assert remark.severity == "error"
    assert (remark.published, remark.computed) == ("70.4万元", "10.4万元")
    assert remark.places[0].quote == "70.4万元"


def test_a_figure_printed_twice_is_judged_by_what_the_others_say():
    text = """三、支出决算情况说明

2022年度支出合计1200.00万元。其中：基本支出900.50万元，占本年支出75.04%；项目支出299.50万元，占本年支出24.96%。

四、财政拨款支出决算情况说明

2022年度支出合计1300.00万元。
"""
    (remark,) = audit(text).remarks
    assert (remark.rule, remark.severity, remark.published, remark.computed) == (
        "same",
        "error",
        "1300.00万元",
        "",
    )


def test_a_rate_without_a_base_is_said_to_have_none():
    text = """一、收入支出决算总体情况说明

2022年度收、支总计300.00万元。与2021年度相比，收、支总计各增加300.00万元，增长100%。
"""
    (remark,) = audit(text).remarks
    assert (remark.severity, remark.rule) == ("warning", "growth")
    assert "没有基数" in remark.message


def test_the_order_of_paragraphs_changes_nothing():
    text = THREE.format(**{**TRUE, "run": "29%"})
    head, *items = text.split("\n\n")
    turned = "\n\n".join([head, items[0], items[1], items[6], items[2], items[3], items[4], items[5]])
    assert [each.rule for each in audit(turned).remarks] == [each.rule for each in audit(text).remarks]
