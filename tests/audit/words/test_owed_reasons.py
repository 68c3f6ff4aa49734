"""A difference without a reason is told as a notice; a reason in the same sentence or the next is enough."""

import pytest
from worded_reports import said

from mingzhang.audit.words.owed_reasons import check

GIVEN = "2、乙经费支出10.00万元，决算数小于预算数的主要原因是节约开支。"


def test_a_difference_without_a_reason_is_told_where_others_have_one():
    text = f"五、支出\n\n1、甲经费支出12.00万元，决算数大于预算数。\n\n{GIVEN}\n"
    assert said(check, text) == [("notice", ["决算数大于预算数"])]


@pytest.mark.parametrize(
    "item",
    [
        "1、甲经费支出12.00万元，决算数大于预算数，主要原因是追加。",
        "1、甲经费支出12.00万元，决算数大于预算数。主要是追加经费。",
        "1、甲经费支出12.00万元，决算数等于预算数。",
    ],
)
def test_a_reason_or_no_difference_raises_nothing(item: str):
    assert said(check, f"五、支出\n\n{item}\n\n{GIVEN}\n") == []


def test_a_report_that_gives_no_reasons_at_all_is_not_lectured_here():
    assert said(check, "五、支出\n\n1、甲经费支出12.00万元，决算数大于预算数。\n") == []
