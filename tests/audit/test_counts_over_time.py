"""Counts that moved, budgets that are split, sides told together; all figures invented."""

from __future__ import annotations

import pytest

from mingzhang import pipeline

HEAD = "青岚县民政局2023年度部门决算\n"
CASES = HEAD + "全年共受理救助申请120件，"
PLANNED = (
    HEAD
    + "七、“三公”经费支出决算情况说明\n2023年“三公”经费支出{spent}万元，预算执行率为80%。其中：因公出国（境）费8.00万元，"
    "公务用车购置及运行费3.00万元，公务接待费1.00万元。\n2023年“三公”经费预算15.00万元，其中：因公出国（境）费10.00万元，"
    "公务用车购置及运行费3.00万元，公务接待费2.00万元。"
)
SHARED = (
    HEAD
    + "2023年因公出国（境）费、公务用车购置及运行费和公务接待费的财政拨款预算数15.00万元、决算数12.00万元。\n"
    "2023年“三公”经费决算中，因公出国（境）费8.00万元，公务用车购置及运行费3.00万元，公务接待费1.00万元。"
)
SIDES = (
    HEAD
    + "一、收入支出决算总体情况说明\n2023年度收、支总计各是412.50、{uses}万元。与2022年相比，收、支总计各减少126.50、126.50万元，各下降23.47%、{rate}%。"
)
ANOTHER_YEAR = (
    HEAD
    + "七、“三公”经费支出决算情况说明\n2022年“三公”经费财政拨款支出决算为3.60万元，较上年增加2.40万元，增长{rate}%。"
)


def told(text: str) -> list[str]:
    """The errors and warnings of an audit of a text."""
    audit = pipeline.audit(text)
    assert audit.error is None
    return [f"{each.rule}: {each.message}" for each in audit.remarks if each.severity != "notice"]


@pytest.mark.parametrize(
    "text",
    [
        CASES + "比上年100件增长20%。",
        CASES + "同比增长20%，上年为100件。",
        CASES + "较上年增加20件，增长20%。",
        PLANNED.format(spent="12.00"),
        SHARED,
        SIDES.format(uses="412.50", rate="23.47"),
        ANOTHER_YEAR.format(rate="200"),
    ],
)
def test_what_is_true_is_not_accused(text: str) -> None:
    """A budget's parts are budgets, a shared figure is of no single name, last year's count is a base."""
    assert told(text) == []


@pytest.mark.parametrize(
    ("text", "rule", "words"),
    [
        (CASES + "比上年100件增长30%。", "growth", "20.00%，印作30%"),
        (CASES + "同比增长25%，上年为100件。", "growth", "（120件－100件）÷100件"),
        (CASES + "较上年增加20件，增长25%。", "growth", "（120件－100件）÷100件"),
        (PLANNED.format(spent="13.00"), "total", "印作13.00万元"),
        (SIDES.format(uses="414.30", rate="23.47"), "growth", "414.30万元"),
        (SIDES.format(uses="412.50", rate="38.28"), "growth", "印作38.28%"),
        (ANOTHER_YEAR.format(rate="2"), "growth", "印作2%"),
    ],
)
def test_one_wrong_figure_is_told(text: str, rule: str, words: str) -> None:
    """Also where the unit stands once for two figures, the base behind the rate, or the year is another one."""
    found = told(text)
    assert any(each.startswith(f"{rule}:") and words in each for each in found), found
