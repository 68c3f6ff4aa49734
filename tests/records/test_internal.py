"""Payments between units of one department."""

from mingzhang.records.internal import internal_differences
from records.bookkeeping import AID, accept, book


def test_both_sides_of_an_internal_payment_must_agree(bureau):
    """One-sided booking is listed with both amounts; once the other side is booked nothing is left to say."""
    accept(book(bureau.centre, "V30", 1_234_00, function=AID, counterparty="managed"))
    [problem] = internal_differences("bureau", 2021)
    assert problem.what == "示例中心列支付给示例参公单位1,234.00元，示例参公单位列收到0.00元"
    accept(
        book(bureau.managed, "V29", 1_234_00, function=AID, accounts=["4201"], counterparty="centre"),
    )
    assert internal_differences("bureau", 2021) == []


def test_payments_to_others_are_no_concern(bureau):
    """Without a counterparty inside the department there is nothing to compare."""
    accept(book(bureau.office, "V03", 1_234_00, economic="30227"))
    assert internal_differences("bureau", 2021) == []
