"""Running text becomes statements at the right coordinates, and its lists and repeats become ties."""

from dataclasses import replace
from pathlib import Path

import pytest
from small_department import small_material, small_store

from mingzhang import pipeline
from mingzhang.catalogue.loading import editions
from mingzhang.read.reading import Reading


def reading(text: str) -> Reading:
    return pipeline.understand(pipeline.read(text))[0]


def said(text: str, heading: str = "一、收入支出决算总体情况说明") -> list[tuple[str, str]]:
    whole = f"云岭区水务局2022年度部门决算\n\n{heading}\n\n{text}\n"
    return [
        (statement.shown, str(statement.coordinate).replace("@云岭区水务局/2022", ""))
        for statement in reading(whole).statements
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "2022年度收入总计80万元，支出总计80万元，与2021年度相比各减少20万元，下降20%。",
            [
                ("80万元", "total_resources#actual"),
                ("80万元", "total_uses#actual"),
                ("20万元", "total_uses#change(of=2021)"),
                ("20%", "total_uses#growth(of=2021)"),
            ],
        ),
        (
            "机关运行经费支出9.5万元，较上年10万元减少0.5万元，降低5%。",
            [
                ("9.5万元", "operating_costs#actual"),
                ("10万元", "operating_costs@云岭区水务局/2021#actual"),
                ("0.5万元", "operating_costs#change(of=2021)"),
                ("5%", "operating_costs#growth(of=2021)"),
            ],
        ),
        (
            "一般公共预算财政拨款支出80万元，完成年初预算的160%，决算数大于年初预算数30万元。",
            [
                ("80万元", "expenditure[fund=general_public_budget]#actual"),
                ("160%", "expenditure[fund=general_public_budget]#completion(of=initial_budget)"),
                ("30万元", "expenditure[fund=general_public_budget]#change(of=initial_budget)"),
            ],
        ),
        (
            "政府采购支出总额9万元，其中：政府采购货物支出4万元、政府采购服务支出5万元。",
            [
                ("9万元", "procurement_spending#actual"),
                ("4万元", "procurement_spending[procurement=goods]#actual"),
                ("5万元", "procurement_spending[procurement=services]#actual"),
            ],
        ),
        (
            "灌区维护项目全年预算数为50万元，执行数为40万元，完成预算的80%。",
            [
                ("50万元", "灌区维护项目#adjusted_budget"),
                ("40万元", "灌区维护项目#actual"),
                ("80%", "灌区维护项目#completion(of=adjusted_budget)"),
            ],
        ),
        (
            "公务用车购置费20万元，主要是购置公务用车1辆；公务用车保有量为3辆。",
            [
                ("20万元", "official_vehicle_purchase#actual"),
                ("1辆", "official_vehicles_purchased#actual"),
                ("3辆", "official_vehicles_kept#actual"),
            ],
        ),
    ],
)
def test_words_say_what_a_figure_is(text: str, expected: list[tuple[str, str]]):
    assert said(text) == expected


def test_the_section_says_which_money_bare_words_mean():
    text = "本年支出80万元，其中：基本支出60万元，项目支出20万元。"
    assert ("60万元", "expenditure[nature=basic]#actual") in said(text, "三、支出决算情况说明")
    fiscal = said(text, "五、一般公共预算财政拨款支出决算情况说明")
    assert ("60万元", "expenditure[fund=general_public_budget,nature=basic]#actual") in fiscal


def ties(text: str) -> list[tuple[str, bool, list[str]]]:
    found = reading(text)
    shown = {statement.id: statement.shown for statement in found.statements}
    return [(tie.rule, tie.certain, [shown[each] for each in tie.variables]) for tie in found.ties]


def test_a_list_of_unknown_things_is_a_sum_where_it_comes_out():
    assert ties("巡查河道共59次，其中：日巡55次，夜巡4次。") == [("total", True, ["59次", "55次", "4次"])]


def test_a_list_that_names_some_parts_only_states_no_sum():
    assert ties("巡查河道共590次，其中：夜巡105次，雨天巡查77次。") == []


def test_a_list_that_misses_its_sum_by_one_digit_is_a_doubt():
    """One wrong digit is likelier than a list that leaves out exactly so much."""
    assert ties("巡查河道共590次，其中：日巡553次，夜巡47次。") == [
        ("total", False, ["590次", "553次", "47次"])
    ]


def test_numbered_paragraphs_under_a_colon_add_up():
    text = """项目支出年初预算为30万元，支出决算为25万元，其中：

1.灌区维护。年初预算为10万元，支出决算为9万元。

2.泵站改造。年初预算为20万元，支出决算为16万元。
"""
    assert ("total", True, ["25万元", "9万元", "16万元"]) in ties(text)
    assert ("total", True, ["30万元", "10万元", "20万元"]) in ties(text)


def test_a_rate_is_held_to_the_denominator_that_its_sibling_has():
    """28 of 112 are 25 %; that 24 of 112 come out as printed says which whole is meant."""
    text = "全年办结申请112件，其中调解28件，调解率为22.9%；纠错24件，纠错率为21.43%。"
    assert ("share", True, ["22.9%", "28件", "112件"]) in ties(text)
    assert ("share", True, ["21.43%", "24件", "112件"]) in ties(text)


def test_local_names_meet_only_where_equal_or_one_digit_apart():
    text = "办结来信1234件。\n\n有效处置来电75件。\n\n办结来信1284件。\n\n有效处置来电1344件。\n"
    assert [tie for tie in ties(text) if tie[0] == "same"] == [("same", False, ["1234件", "1284件"])]


@pytest.mark.parametrize("name", editions())
def test_our_own_text_comes_back_as_the_facts_it_was_written_from(name: str, tmp_path: Path):
    """Every figure of the text whose subject the reader knows is the fact that the writer put there."""
    store, material = small_store(), small_material()
    written = pipeline.publish(store, name, tmp_path, material, formats=("docx",))
    found = pipeline.understand(pipeline.read(written.files[0]))[0]
    wrong, count = [], 0
    for statement in found.statements:
        at = replace(statement.coordinate, entity=material.entity)
        fact = store.get(at) if at.concept.isascii() and statement.source == "text" else None
        if fact is not None:
            count += 1
            if not (statement.strict or statement.fact.interval).meets(fact.interval):
                wrong.append((statement.shown, str(at)))
    assert wrong == []
    assert count > 30


@pytest.mark.parametrize("name", editions())
def test_our_own_report_audits_clean(name: str, tmp_path: Path):
    """What is computed from facts contradicts itself nowhere; at most last digits differ."""
    written = pipeline.publish(small_store(), name, tmp_path, small_material(), formats=("docx",))
    assert [
        each.message for each in pipeline.audit(written.files[0]).remarks if each.severity != "notice"
    ] == []


def test_counts_named_behind_them_meet_where_the_same_sentence_stands_twice():
    said_twice = "今年来，我局{}篇法律援助案例入选司法部法律服务案例库，居全市第一。\n\n"
    both = [tie for tie in ties(said_twice.format(4) + said_twice.format(4)) if tie[0] == "same"]
    assert both == [("same", True, ["4篇", "4篇"])]
    slip = [tie for tie in ties(said_twice.format(4) + said_twice.format(7)) if tie[0] == "same"]
    assert slip == [("same", False, ["4篇", "7篇"])]


def test_other_things_counted_in_like_words_do_not_meet():
    """Short names, other clauses before them and other units tell of other things."""
    for one, other in (
        ("对标5个先进城市。", "对标6个先进城市。"),
        ("计划开展3次机关党风廉政建设专题教育。", "全年开展4次机关党风廉政建设专题教育。"),
        ("今年我局确定3个为群众办实事服务项目。", "今年我局确定3项为群众办实事服务项目。"),
    ):
        assert [tie for tie in ties(f"{one}\n\n{other}\n") if tie[0] == "same"] == []


def test_what_is_done_and_what_is_not_yet_are_all_there_is():
    """More than there is cannot be; less may leave out what the sentence does not tell."""
    for text in (
        "自评中共发现问题{}个，已经完成整改的2个，正在整改的1个。",
        "受理来信{}件，已办结2件，未办结1件。",
    ):
        unit = "个" if "个" in text else "件"
        assert ties(text.format(3)) == [("total", True, [f"3{unit}", f"2{unit}", f"1{unit}"])]
        assert ties(text.format(5)) == []
    text = "受理来信{}件，已办结130件，未办结20件。"
    assert ties(text.format(130)) == [("total", False, ["130件", "130件", "20件"])]
    assert ties(text.format(170)) == []
    assert ties("受理来信3件，已办结2件。未走访1件。") == []
