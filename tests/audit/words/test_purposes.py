"""A purpose that only has another class's words was copied; a purpose in its own or in general words was not."""

import pytest
from worded_reports import said

from mingzhang.audit.words.purposes import check

HOUSING = "住房保障支出（类）住房改革支出（款）住房公积金（项）"
HEALTH = "卫生健康支出（类）行政事业单位医疗（款）行政单位医疗（项）"
PENSION = "社会保障和就业支出（类）行政事业单位养老支出（款）行政单位离退休（项）"
WATER = "农林水支出（类）水利（款）行政运行（项）"


def item(subject: str, purpose: str) -> list[tuple[str, list[str]]]:
    """What is said of one item with a purpose."""
    text = f"五、支出情况说明\n\n1、{subject}。主要用于：{purpose}。年初预算为2万元，支出决算为2万元。\n"
    return said(check, text)


@pytest.mark.parametrize(
    ("subject", "purpose"),
    [
        (HOUSING, "缴纳在职人员公积金"),
        (HOUSING, "单位按规定为职工缴存的部分"),
        (HEALTH, "在职人员和退休人员的医疗保险"),
        (PENSION, "离退休人员的医疗补助"),
        (WATER, "局机关的工资、医疗保险和公积金"),
    ],
)
def test_a_purpose_of_its_own_raises_nothing(subject: str, purpose: str):
    assert item(subject, purpose) == []


@pytest.mark.parametrize(
    ("subject", "purpose"),
    [(HOUSING, "在职人员医疗保险支出"), (HEALTH, "缴纳住房公积金"), (PENSION, "发放购房补贴")],
)
def test_a_purpose_of_another_class_is_told_at_its_words(subject: str, purpose: str):
    assert item(subject, purpose) == [("warning", [purpose])]


def test_an_item_torn_into_two_paragraphs_is_read_as_one():
    """PDF files end a paragraph where a line happens to end with a full stop."""
    text = f"五、支出情况说明\n\n1、{HOUSING}。\n\n主要用于：在职人员医疗保险支出。年初预算为2万元。\n"
    assert said(check, text) == [("warning", ["在职人员医疗保险支出"])]
