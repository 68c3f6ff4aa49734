"""Payments between units of one department."""

from mingzhang.records.internal import internal_differences
from records.bookkeeping import AID, accept, book


def test_both_sides_of_an_internal_payment_must_agree(bureau):
    """One-sided booking is listed with both amounts; once the other side is booked nothing is left to say."""
    accept(book(bureau.office, "V03", 1_234_00, economic="30227", counterparty="centre"))
    [problem] = internal_differences("bureau", 2021)
    assert problem.what == "示例局本级列支付给示例中心1,234.00元，示例中心列收到0.00元"
    accept(
        book(bureau.centre, "V29", 1_234_00, function=AID, accounts=["4301"], counterparty="office"),
    )
    assert internal_differences("bureau", 2021) == []


def test_payments_to_others_are_no_concern(bureau):
    """Without a counterparty inside the department there is nothing to compare."""
    accept(book(bureau.office, "V03", 1_234_00, economic="30227"))
    assert internal_differences("bureau", 2021) == []
