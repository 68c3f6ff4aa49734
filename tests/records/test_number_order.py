"""Vouchers stand in the order of their numbers as people count them (凭证号的先后): 9999 before 10000."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from bookkeeping import accept, book
from hypothesis import given
from hypothesis import strategies as st

from mingzhang.records.classifications import Selection
from mingzhang.records.ledgers.detail import all_rows, detail_page
from mingzhang.records.models import Voucher
from mingzhang.records.models.number_order import number_order
from mingzhang.records.voucher_list import Wanted, all_vouchers, voucher_page

NUMBERS = ["记-2021-03-9998", "记-2021-03-9999", "记-2021-03-10000", "记-2021-03-10001"]
APRIL = "记-2021-04-0001"
numbers = st.text(st.sampled_from("0123459记调-"), max_size=40)


@pytest.fixture
def busy(bureau):
    """A month with more than ten thousand numbers, and the next month; booked in another order."""
    drafts = [
        replace(book(bureau.office, "V02", 100 * place, date(2021, 3, 31), economic="30202"), number=number)
        for place, number in enumerate(NUMBERS, 1)
    ]
    april = replace(book(bureau.office, "V02", 900, date(2021, 4, 1), economic="30202"), number=APRIL)
    accept(april, *reversed(drafts))
    return bureau.office


@given(one=numbers, other=numbers)
def test_different_numbers_have_different_orders(one, other):
    """A page of a list goes on behind a number: none may be passed over, none come twice."""
    assert (number_order(one) == number_order(other)) == (one == other)
    assert len(number_order(one)) <= Voucher._meta.get_field("number_order").max_length


@given(first=st.integers(0, 10**12), second=st.integers(0, 10**12), width=st.integers(1, 6))
def test_what_is_counted_first_stands_first(first, second, width):
    """However wide numbers are written."""
    orders = [number_order(f"记-{each:0{width}}") for each in (first, second)]
    assert (orders[0] < orders[1]) == (first < second)


@pytest.mark.django_db
@pytest.mark.parametrize("newest_first", [True, False])
@pytest.mark.parametrize("month", [0, 3])
def test_lists_count_on_beyond_9999(busy, newest_first, month):
    """Page by page and as a download, of a month and of the year."""
    expected = NUMBERS if month else [*NUMBERS, APRIL]
    expected = expected[::-1] if newest_first else expected
    wanted = Wanted(busy, 2021, month=month, newest_first=newest_first)
    assert [each.number for each in all_vouchers(wanted, size=2)] == expected
    page = voucher_page(wanted, after=expected[1], size=2)
    assert [each.number for each in page.vouchers] == expected[2:4]


@pytest.mark.django_db
@pytest.mark.parametrize("size", [1, 2, 3, 50])
def test_the_detailed_ledger_counts_on_beyond_9999(busy, size):
    """Pages follow each other, each with its balance."""
    spent = Selection(accounts=("7101",))
    every = [row.key.number for row in all_rows(busy, 2021, spent, 1, 12)]
    assert every == [*NUMBERS, APRIL]
    found, after, balance = [], None, 0
    while True:
        page = detail_page(busy, 2021, spent, 1, 12, after, size)
        assert page.before == balance
        found += [row.key.number for row in page.rows]
        after, balance = page.after, page.rows[-1].balance
        if after is None:
            break
    assert found == every
    assert balance == 100 + 200 + 300 + 400 + 900


@pytest.mark.django_db
def test_the_next_voucher_is_numbered_behind_10001(busy):
    accept(book(busy, "V02", 100, date(2021, 3, 31), economic="30202"))
    assert (
        Voucher.objects.get(number_order__gt=number_order(NUMBERS[-1]), month=3).number == "记-2021-03-10002"
    )
