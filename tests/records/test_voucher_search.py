"""Finding vouchers by words and by any mixture of conditions (凭证检索)."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from bookkeeping import accept, book
from django.db import connection
from hypothesis import given, settings
from hypothesis import strategies as st

from mingzhang.records import search
from mingzhang.records.adjusting import adjusting
from mingzhang.records.classifications import Selection
from mingzhang.records.models import Voucher, VoucherLine
from mingzhang.records.voucher_list import Wanted, all_vouchers, voucher_page

pytestmark = pytest.mark.django_db


@pytest.fixture
def kept(bureau):
    """Six vouchers of the office, one of the centre."""
    accept(
        book(bureau.office, "V02", 100_00, date(2021, 3, 1), economic="30202", summary="支付印刷费", prepared_by="甲"),
        book(bureau.office, "V02", 200_00, date(2021, 3, 2), economic="30201", summary="购办公用品", prepared_by="乙"),
        book(bureau.office, "V02", 300_00, date(2021, 4, 1), economic="30202", summary="法治宣传印刷", prepared_by="甲"),
        book(bureau.office, "V02", 400_00, date(2021, 4, 2), economic="30211", summary="印制工作刷新", prepared_by="甲乙"),
        book(bureau.office, "V02", 500_00, date(2021, 5, 1), economic="30227", project="P1-1", summary="委托业务 ABC-7"),
        book(bureau.office, "V02", 600_00, date(2021, 6, 1), economic="30227", project="P1-2", summary="委托业务"),
        book(bureau.centre, "V03", 700_00, date(2021, 3, 1), economic="30202", summary="中心印刷费"),
    )  # fmt: skip
    return bureau


def amounts(unit, year=2021, **asked):
    """Debits, in yuan, of the vouchers found, in their order."""
    page = voucher_page(Wanted(unit, year, newest_first=False, **asked))
    debits = VoucherLine.objects.filter(debit=True).order_by("sequence")
    return [debits.filter(voucher=voucher.pk).first().fen // 100 for voucher in page.vouchers]


def test_a_word_of_two_characters_finds_its_vouchers(kept):
    """印刷 stands in two summaries of the office, not in 印制工作刷新, and not in another unit's books."""
    assert amounts(kept.office, text="印刷") == [100, 300]
    assert amounts(kept.centre, text="印刷") == [700]


def test_all_words_must_stand_there(kept):
    """Words between blanks; letters in either case; a single character is looked for by walking the list."""
    assert amounts(kept.office, text="印刷 宣传") == [300]
    assert amounts(kept.office, text="abc-7") == [500]
    assert amounts(kept.office, text="品") == [200]
    assert amounts(kept.office, text="印刷 委托") == []


def test_what_is_posted_later_is_found_at_the_next_search(kept):
    """The index follows by its watermark; importing and posting do not wait for it."""
    assert amounts(kept.office, text="印刷") == [100, 300]
    accept(book(kept.office, "V02", 800_00, date(2021, 7, 1), economic="30202", summary="补印刷费"))
    assert amounts(kept.office, text="印刷") == [100, 300, 800]


def test_a_word_in_most_vouchers_is_found_without_the_index(kept, monkeypatch):
    """More matches than are worth naming: the list is walked, and nothing is counted."""
    monkeypatch.setattr("mingzhang.records.search.index.AT_MOST", 1)
    monkeypatch.setattr("mingzhang.records.search.AT_MOST", 1)
    assert search.voucher_ids(kept.office, 2021, "印刷", at_most=1) is None
    assert amounts(kept.office, text="印刷", lines=Selection(accounts=("5001",))) == [100, 300]


def test_a_search_that_cannot_index_yet_still_finds_everything(kept, monkeypatch):
    """While another holds the index or the database, the list is walked."""
    monkeypatch.setattr("mingzhang.records.search.index.catch_up", lambda limit=None: False)
    assert amounts(kept.office, text="印刷") == [100, 300]


def test_conditions_on_lines_are_found_by_the_classifications(kept):
    """Accounts, functions and economic codes by their beginnings, projects whole, amounts between bounds."""
    office = kept.office
    assert amounts(office, lines=Selection(economics=("30202",))) == [100, 300]
    assert amounts(office, lines=Selection(economics=("302",)), month=4) == [300, 400]
    assert amounts(office, lines=Selection(accounts=("7101", "7201"), projects=("P1-2",))) == [600]
    assert amounts(office, low=200_00, high=400_00) == [200, 300, 400]
    assert amounts(office, low=200_00, high=400_00, text="印刷") == [300]
    assert amounts(office, lines=Selection(economics=("30299",))) == []


def test_many_lines_of_few_vouchers_are_not_taken_for_all(kept, monkeypatch):
    """A correction has every line twice: whether few fit is counted in lines, so that no voucher is lost."""
    posted = Voucher.objects.filter(entity=kept.office).order_by("id")[1:4]
    accept(
        *(
            replace(adjusting(voucher, "correct"), date=date(2021, month, 20), reason="更正")
            for month, voucher in enumerate(posted, 7)
        )
    )
    monkeypatch.setattr("mingzhang.records.search.AT_MOST", 2)
    page = voucher_page(Wanted(kept.office, 2021, lines=Selection(accounts=("5001",), kind="adjusting")))
    assert [voucher.month for voucher in page.vouchers] == [9, 8, 7]


def test_who_prepared_is_meant_exactly(kept):
    """甲 is not 甲乙."""
    assert amounts(kept.office, prepared_by="甲") == [100, 300]


def test_pages_follow_each_other_without_gap_or_overlap(kept):
    """Keyset paging in both directions gives every voucher once."""
    for newest_first in (True, False):
        seen, after = [], ""
        while True:
            page = voucher_page(Wanted(kept.office, 2021, newest_first=newest_first), after, size=2)
            seen += [voucher.number for voucher in page.vouchers]
            after = page.after
            if not after:
                break
        assert seen == sorted(seen, reverse=newest_first)
        assert len(seen) == 6
        assert seen == [
            v.number for v in all_vouchers(Wanted(kept.office, 2021, newest_first=newest_first), 4)
        ]


def test_the_list_is_read_in_the_order_of_an_index(kept):
    """Neither the whole year nor one month is sorted: no temporary tree in SQLite's plan."""
    if connection.vendor != "sqlite":
        pytest.skip("a plan of SQLite; PostgreSQL plans by the size of tables")
    year = Voucher.objects.filter(entity=kept.office, year=2021, number_order__lt="记").order_by(
        "-number_order"
    )
    for found, index in ((year, "voucher_order"), (year.filter(month=3), "voucher_month")):
        plan = found.explain()
        assert "TEMP B-TREE" not in plan
        assert index in plan


def test_the_index_is_taken_in_batches(kept):
    """A search indexes a bounded number of vouchers; a few calls finish the rest."""
    assert search.catch_up(3) is False
    assert search.catch_up() is True
    assert len(search.voucher_ids(kept.office, 2021, "印刷")) == 2


@settings(max_examples=30, deadline=None)
@given(
    st.text(alphabet="印刷办公费3aA（、 ", max_size=12),
    st.text(alphabet="印刷办公费3aA（、", min_size=1, max_size=4),
)
def test_a_summary_that_contains_a_word_has_all_its_bigrams(summary, word):
    """So the index never loses a voucher that reading would find."""
    if word.lower() in summary.lower():
        assert set(search.bigrams(word)) <= set(search.bigrams(summary))
