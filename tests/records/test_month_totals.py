"""The database keeps the totals of its lines by month, whoever writes lines."""

from datetime import date

import pytest
from django.db import connection
from django.db.models import Count, Sum
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from mingzhang.records import month_totals
from mingzhang.records.models import MonthTotal, Voucher, VoucherLine
from mingzhang.records.month_totals import KEY
from mingzhang.records.sums import EVERYTHING, ledger_sums
from records.bookkeeping import accept, book
from records.tampering import findings

pytestmark = pytest.mark.django_db


def totals():
    return sorted(MonthTotal.objects.values_list(*KEY, "fen", "rows"))


def added_up():
    lines = VoucherLine.plain.order_by().values_list(*KEY)
    return sorted(lines.annotate(total=Sum("fen"), count=Count("*")))


@pytest.fixture
def lines(bureau):
    """Lines of two units in three months."""
    for unit in (bureau.office, bureau.centre):
        accept(
            *(
                book(unit, "V02", 100 * month, date(2021, month, 3), economic="30201", function="2040601" if unit == bureau.office else "2040650")
                for month in (1, 1, 2, 12)
            )
        )  # fmt: skip
    assert len(totals()) > 10
    return bureau


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.lists(
        st.tuples(
            st.sampled_from(["fen", "month", "debit", "voucher", "line"]),
            st.integers(0, 50),
            st.integers(1, 12),
        ),
        max_size=8,
    )
)
def test_whatever_is_done_to_lines_the_totals_follow(lines, changes):
    """Lines added, changed in any counted column and removed, one by one and many at once: totals are their sums."""
    for what, place, value in changes:
        if not VoucherLine.plain.exists():
            break
        line = VoucherLine.plain.order_by("id")[place % VoucherLine.plain.count()]
        if what == "voucher":
            Voucher.objects.filter(pk=line.voucher_id).delete()
        elif what == "line":
            line.delete()
        elif what == "debit":
            VoucherLine.plain.filter(voucher=line.voucher_id).update(debit=not line.debit)
        else:
            VoucherLine.plain.filter(month=line.month).update(**{what: value})
        assert totals() == added_up()
    VoucherLine.plain.all().delete()
    assert totals() == []


def test_totals_of_lines_that_were_there_before_are_made_with_the_table(lines):
    before = totals()
    month_totals.drop(connection)
    month_totals.create(connection)
    assert totals() == before == added_up()


def test_the_triggers_come_back_where_a_migration_lost_them(lines):
    """SQLite drops a table's triggers with the table, when a migration makes it anew."""
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            for name in ("in", "out", "changed"):
                cursor.execute(f"DROP TRIGGER records_monthtotal_{name}")
    month_totals.keep_after_migrating("default")
    VoucherLine.plain.filter(month=1).delete()
    assert totals() == added_up()


def test_sums_of_the_ledger_never_read_the_lines(lines):
    with CaptureQueriesContext(connection) as asked:
        sums = list(ledger_sums([lines.office], [2021], EVERYTHING))
    assert sum(row.rows for row in sums) == VoucherLine.plain.filter(entity=lines.office).count()
    assert not any("records_voucherline" in query["sql"] for query in asked)


@pytest.mark.parametrize(
    "change",
    [
        "UPDATE records_monthtotal SET fen = fen + 1 WHERE month = 2",
        "DELETE FROM records_monthtotal WHERE month = 2",
    ],
)
def test_totals_changed_behind_the_trail_are_named_by_unit_and_month(lines, change):
    with connection.cursor() as cursor:
        cursor.execute(change)
    found = findings()
    assert {problem.code for problem in found} == {"total_differs"}
    assert sorted(problem.where for problem in found) == sorted(
        f"{unit.name}2021年2月" for unit in (lines.office, lines.centre)
    )
