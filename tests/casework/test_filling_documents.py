"""Documents out of templates: values as documents write them, and what is missing is told."""

from datetime import date, datetime
from decimal import Decimal

import pytest
from bookshop_line import bookshop

from mingzhang.casework.documents import fill, slot_mistakes, slots, written

LINE = bookshop()
SLIP, FIELDS = LINE.documents["slip"], LINE.kinds["loan"].fields
VIEW = {"book": "会计史", "deposit": 5000_00, "readers": [{"name": "甲"}, {"name": "乙"}]}
ISSUING = {"due_on": date(2021, 7, 1), "organisation": "某馆", "issued_on": date(2021, 6, 1), "number": "1"}


def test_slots_are_filled_as_documents_write():
    filled = fill(SLIP, VIEW, ISSUING, FIELDS)
    assert filled.problems == ()
    assert filled.text == (
        "甲、乙：\n你借的《会计史》押金5,000.00元，应于2021年7月1日前归还。\n\n某馆\n2021年6月1日"
    )


def test_what_is_missing_is_a_problem_and_a_blank():
    filled = fill(SLIP, {**VIEW, "deposit": None, "readers": [{"name": ""}]}, ISSUING, FIELDS)
    assert [problem.code for problem in filled.problems] == ["E-REQ", "E-REQ"]
    assert "“姓名”" in filled.problems[0].what
    assert "“押金”" in filled.problems[1].what
    assert "押金____，" in filled.text


def test_what_the_issuing_states_goes_first():
    assert (
        "第二馆"
        in fill(SLIP, {**VIEW, "organisation": "某馆"}, {**ISSUING, "organisation": "第二馆"}, FIELDS).text
    )


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        (date(2021, 3, 5), "2021年3月5日"),
        (datetime(2021, 3, 5, 9, 5), "2021年3月5日09:05"),
        (False, "否"),
        (Decimal("1.50"), "1.50"),
        (0, "0"),
        (["上门", "延时"], "上门、延时"),
    ],
)
def test_values(value, shown):
    assert written(value) == shown


def test_slots_without_a_field_are_told():
    assert slots("{a}{b.c}{a}") == ["a", "b.c"]
    assert list(slot_mistakes("{book}{issued_on}", {"book"})) == []
    assert len(list(slot_mistakes("{bok}{book", {"book"}))) == 2
