"""Sums of the ledger (科目汇总), from the totals by month that the database keeps beside the lines."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sized
from typing import NamedTuple

from django.db import connection
from django.db.models import Q, Sum

from mingzhang.records.batches import chunks
from mingzhang.records.models import BUDGETARY, Classification, Entity, MonthTotal, VoucherKind

CASH_OF_THE_BUDGET = "8001"
REVENUE_AND_EXPENDITURE = (
    Q(system=BUDGETARY)
    & (Q(account__startswith="6") | Q(account__startswith="7"))
    & ~Q(kind=VoucherKind.CLOSING)
)
"""Revenue and expenditure of a year as its closing vouchers find them."""
BUDGET_BALANCES = (
    Q(system=BUDGETARY, account__startswith="8")
    & ~Q(account__startswith=CASH_OF_THE_BUDGET)
    & ~Q(kind=VoucherKind.CLOSING)
)
CLOSING = Q(system=BUDGETARY, kind=VoucherKind.CLOSING, account="820203")
"""What the close itself decides: surplus of finished special projects kept by the unit."""
EVERYTHING = Q()


class Stated(NamedTuple):
    """What the lines under one classification state."""

    kind: str
    system: str
    account: str
    function: str
    economic: str
    nature: str
    fund: str
    project: str
    source: str
    detail: str
    counterparty: str


class LedgerSum(NamedTuple):
    """What one unit has in one year under one classification: fen, debits positive, and how many lines."""

    entity: str
    year: int
    classification: int
    stated: Stated
    fen: int
    rows: int


_SHARED = ", ".join(f"c.{name}" for name in Stated._fields)


def budgetary_sums(
    units: Iterable[Entity], years: Iterable[int]
) -> Iterator[tuple[int, int, int, int, tuple[str, ...]]]:
    """(unit's key, year, fen, rows, what is stated) of everything budgetary, debits positive, debits and credits apart.

    What is stated are the fields of `Stated`. One query: the database joins totals and classifications.
    """
    keys, wanted = [unit.pk for unit in units], sorted(years)
    if not keys or not wanted:
        return
    totals, shared = MonthTotal._meta.db_table, Classification._meta.db_table
    query = (
        f"SELECT t.entity_id, t.year, t.debit, SUM(t.fen), SUM(t.rows), {_SHARED} "
        f"FROM {totals} t JOIN {shared} c ON c.id = t.classification_id "
        f"WHERE t.entity_id IN ({_marks(keys)}) AND t.year IN ({_marks(wanted)}) AND c.system = %s "
        "GROUP BY t.entity_id, t.year, c.id, t.debit"
    )
    with connection.cursor() as cursor:
        cursor.execute(query, [*keys, *wanted, BUDGETARY])
        for unit, year, debit, fen, rows, *stated in cursor.fetchall():
            yield unit, year, int(fen if debit else -fen), int(rows), tuple(stated)


def _marks(values: Sized) -> str:
    return ", ".join(["%s"] * len(values))


def ledger_sums(
    units: Iterable[Entity], years: Iterable[int], chosen: Q = EVERYTHING, up_to_month: int = 12
) -> Iterator[LedgerSum]:
    """Sums per unit, year and classification, debits and credits apart, over the classifications chosen."""
    codes = {unit.pk: unit.code for unit in units}
    totals = MonthTotal.objects.filter(entity__in=list(codes), year__in=sorted(years))
    if up_to_month < 12:
        totals = totals.filter(month__lte=up_to_month)
    grouped = totals.order_by().values_list("entity_id", "year", "classification_id", "debit")
    found = list(grouped.annotate(total=Sum("fen"), lines=Sum("rows")))
    stated = _stated({row[2] for row in found}, chosen)
    for unit, year, key, debit, fen, rows in found:
        if key in stated:
            yield LedgerSum(codes[unit], year, key, stated[key], int(fen if debit else -fen), int(rows))


def _stated(used: set[int], chosen: Q) -> dict[int, Stated]:
    """What those of the classifications used state that are chosen."""
    return {
        key: Stated(*rest)
        for chunk in chunks(sorted(used))
        for key, *rest in Classification.objects.filter(chosen, pk__in=chunk).values_list(
            "pk", *Stated._fields
        )
    }
