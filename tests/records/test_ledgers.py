"""Balances, general, detailed and columnar ledgers agree with each other and with the vouchers (账账相符、账证相符)."""

from __future__ import annotations

from datetime import date

import pytest
from bookkeeping import accept, book, opened
from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from mingzhang.records.classifications import Selection, used_classifications
from mingzhang.records.closing import close_month
from mingzhang.records.ledgers import detail
from mingzhang.records.ledgers.balances import balances, one_account
from mingzhang.records.ledgers.columns import columns
from mingzhang.records.ledgers.detail import Key, all_rows, detail_page
from mingzhang.records.ledgers.general import general_ledger
from mingzhang.records.models import Voucher, VoucherLine

pytestmark = pytest.mark.django_db

SPENT = Selection(accounts=("7101",))


@pytest.fixture
def office(bureau):
    """An opening, quota and four payments in March and April."""
    unit = bureau.office
    accept(
        opened(unit),
        book(unit, "V01", 9_000_00, date(2021, 3, 1), group="public"),
        book(unit, "V02", 100_00, date(2021, 3, 2), economic="30202", summary="印刷费"),
        book(unit, "V02", 200_00, date(2021, 3, 2), economic="30201", summary="办公费"),
        book(unit, "V02", 300_00, date(2021, 4, 1), economic="30202"),
        book(unit, "V02", 400_00, date(2021, 4, 9), economic="30211", project="P1-1"),
    )
    return unit


def account(systems, code):
    return next(row for system in systems for row in system.rows if row.account.code == code)


def test_both_systems_balance_before_within_and_after(office):
    """试算平衡: debits equal credits in openings, turnover and closings, over any span."""
    for first, last in ((1, 12), (3, 3), (4, 12)):
        for system in balances(office, 2021, first, last):
            assert system.rows
            assert system.total.balances, (system.total, first, last)
            assert sum(system.total.closing) > 0


def test_an_account_stands_after_april_where_it_stood_before_plus_what_moved(office):
    """零余额账户用款额度: 9,000 in, 300 out in March, 700 in April."""
    row = account(balances(office, 2021, 4, 4), "1011")
    assert (row.amounts.opening, row.amounts.debit, row.amounts.credit) == (8_700_00, 0, 700_00)
    assert row.amounts.closing == 8_000_00
    assert one_account(office, 2021, Selection(accounts=("1011",)), 4, 4) == row.amounts


def test_details_add_up_to_the_account_above(office):
    """7101 is the sum of its details, each level once."""
    systems = balances(office, 2021)
    assert account(systems, "7101").amounts.debit == 1_000_00
    assert account(systems, "7101").has_details
    assert account(systems, "71010101").amounts.debit == 600_00
    assert account(systems, "71010102").amounts.debit == 400_00
    assert account(systems, "71010102").parent == "710101"


def test_before_closing_leaves_the_closing_vouchers_out(office):
    """The monthly close empties 5001; before it, the year's costs are seen."""
    close_month(office, 2021, 3)
    after = account(balances(office, 2021, 3, 3), "5001").amounts
    before = account(balances(office, 2021, 3, 3, closing=False), "5001").amounts
    assert (after.closing, before.closing) == (0, 300_00)


def test_the_general_ledger_ends_where_the_table_of_balances_does(office):
    """Every account, from the opening over the months."""
    for system in balances(office, 2021):
        for row in system.rows:
            ledger = general_ledger(office, 2021, Selection(accounts=(row.account.code,)))
            assert ledger.opening == row.amounts.opening
            assert ledger.months[-1].balance == row.amounts.closing
            assert ledger.months[-1].debit_so_far == row.amounts.debit


def test_the_detailed_ledger_lists_each_line_with_the_balance_after_it(office):
    """By day and number; narrowed by codes; opening stands before the first."""
    page = detail_page(office, 2021, Selection(accounts=("1011",)), 3, 4)
    assert [row.balance for row in page.rows] == [9_000_00, 8_900_00, 8_700_00, 8_400_00, 8_000_00]
    assert page.before == 0
    narrow = detail_page(office, 2021, Selection(accounts=("7101",), economics=("30202",)), 1, 12)
    assert [row.fen for row in narrow.rows] == [100_00, 300_00]
    assert {month: sums.debit for month, sums in narrow.months.items()} == {3: 100_00, 4: 300_00}
    opening = detail_page(office, 2021, Selection(accounts=("120102",)), 2, 12)
    assert (opening.before, opening.rows) == (8_000, [])


@pytest.mark.parametrize("few", [0, 2_000], ids=["walked", "sorted"])
@pytest.mark.parametrize("size", [1, 2, 3, 10])
def test_pages_of_the_detailed_ledger_carry_the_balance_on(office, size, few, monkeypatch):
    """Whatever the page, the lines and the balances after them are the same; so they are where vouchers are walked through."""
    monkeypatch.setattr(detail, "_FEW", few)
    chosen = Selection(accounts=("1011",))
    rows, after = [], None
    while True:
        page = detail_page(office, 2021, chosen, 1, 12, after, size=size)
        assert page.before == (rows[-1].balance if rows else 0)
        rows += page.rows
        after = page.after
        if after is None:
            break
        assert Key.parse(str(after)) == after
    monkeypatch.undo()
    whole = detail_page(office, 2021, chosen)
    assert [(row.key, row.balance) for row in rows] == [(row.key, row.balance) for row in whole.rows]
    assert [row.key for row in all_rows(office, 2021, chosen, 1, 12)] == [row.key for row in whole.rows]


@pytest.mark.parametrize("text", ["", "x", "2021-03-05", "2021-13-05 1 记", "2021-03-05 a 记"])
def test_an_address_that_is_no_place_in_the_ledger_is_passed_over(text):
    """Such an address shows the first page."""
    assert Key.parse(text) is None


def test_columns_part_an_account_by_its_codes(office):
    """多栏账: the codes' months add up to the account."""
    found = columns(office, 2021, SPENT, "economic")
    assert {code: (months[2], months[3]) for code, months in found.rows.items()} == {
        "30201": (200_00, 0),
        "30202": (100_00, 300_00),
        "30211": (0, 400_00),
    }
    assert sum(found.totals) == 1_000_00
    assert list(columns(office, 2021, SPENT, "project").rows) == ["", "P1-1"]
    assert columns(office, 2021, Selection(accounts=("7301",)), "economic").totals == [0] * 12


def test_sums_are_made_without_reading_the_lines_and_once_until_something_is_booked(office, bureau):
    """The head of the trail, the classifications and one grouping; then the head alone; a booking is seen at once."""
    with CaptureQueriesContext(connection) as asked:
        before = account(balances(office, 2021), "1011").amounts.closing
    assert len(asked) == 3
    with CaptureQueriesContext(connection) as asked:
        balances(office, 2021)
    assert len(asked) == 1
    accept(book(office, "V02", 1_00, date(2021, 5, 1), economic="30201"))
    assert account(balances(office, 2021), "1011").amounts.closing == before - 1_00
    assert balances(bureau.centre, 2021)[0].rows == []


def test_the_classifications_in_use_are_those_of_the_lines(office, bureau):
    """Found by steps through the index, they are what reading every line finds."""
    read = VoucherLine.plain.filter(entity=office, year=2021).values_list("classification_id", flat=True)
    assert set(used_classifications(office, 2021)) == set(read)
    assert used_classifications(bureau.centre, 2021) == {}


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.tuples(st.integers(1, 12), st.integers(1, 10_000)), min_size=1, max_size=6))
def test_any_payments_leave_the_books_in_balance(bureau, payments):
    """Turnover is what was paid, both systems balance, the ledger ends at the same amount."""
    Voucher.objects.all().delete()
    accept(
        *(book(bureau.office, "V02", fen, date(2021, month, 1), economic="30201") for month, fen in payments)
    )
    systems = balances(bureau.office, 2021)
    assert all(system.total.balances for system in systems)
    total = sum(fen for _, fen in payments)
    assert account(systems, "5001").amounts.debit == total
    assert list(all_rows(bureau.office, 2021, Selection(accounts=("5001",)), 1, 12))[-1].balance == total
