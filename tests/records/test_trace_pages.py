"""The records behind a figure, page by page: the same rows as all at once."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from mingzhang.records.live import live
from mingzhang.records.trace import vouchers_of
from mingzhang.records.trace_pages import rows_behind
from records.bookkeeping import accept, at_bureau, book, fill

pytestmark = pytest.mark.django_db

FIGURES = (
    "expenditure",
    "expenditure[nature=project]",
    "expenditure@bureau-eliminations/2021",
    "expenditure@centre/2021",
    "expenditure#change(of=2020)",
    "three_public_spending",
    "self_evaluated_amount",
    "closing_balance",
)


def known(rows):
    return sorted((type(row.record).__name__, row.record.pk, row.value) for row in rows)


@pytest.mark.parametrize("text", FIGURES)
@pytest.mark.parametrize("size", [1, 3, 50])
def test_pages_together_are_the_whole_trace(bureau, text, size):
    """Whatever the page's size, no row is lost or shown twice."""
    fill(bureau)
    coordinate, words = at_bureau(text), live(bureau.department, 2021).store.vocabulary
    rows, after, turns = [], "", 0
    while turns == 0 or after:
        page = rows_behind(coordinate, words, after, size)
        assert len(page.rows) <= size
        rows += page.rows
        after, turns = page.after, turns + 1
    assert known(rows) == known(vouchers_of(coordinate))


def test_a_page_reads_no_more_lines_than_it_shows(bureau):
    """Keyset paging: however many vouchers there are, a page asks for its own."""
    accept(*(book(bureau.office, "V03", 1_00 + place, economic="30201") for place in range(130)))
    words = live(bureau.department, 2021).store.vocabulary
    first = rows_behind(at_bureau("expenditure"), words)
    second = rows_behind(at_bureau("expenditure"), words, first.after)
    assert len(first.rows) == len(second.rows) == 50
    with CaptureQueriesContext(connection) as asked:
        rows_behind(at_bureau("expenditure"), words, second.after)
    fetched = [each["sql"] for each in asked if "LIMIT 51" in each["sql"]]
    assert fetched
    assert all("OFFSET" not in sql and "COUNT(" not in sql for sql in fetched)


def test_a_mark_that_nobody_wrote_is_the_beginning(bureau):
    """An address typed by hand harms nothing."""
    fill(bureau)
    words = live(bureau.department, 2021).store.vocabulary
    whole = rows_behind(at_bureau("expenditure"), words).rows
    for mark in ("x", "1~2", "0~~~", "0~office~a~b", "²~office~1~1"):
        assert known(rows_behind(at_bureau("expenditure"), words, mark).rows) == known(whole)
