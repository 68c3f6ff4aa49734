"""Sums of the ledger (科目汇总): grouping queries over the lines' index, answered without touching the lines."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import product
from typing import NamedTuple

from django.db import connection
from django.db.models import Q

from mingzhang.records.models import BUDGETARY, Classification, Entity, VoucherKind, VoucherLine

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


def ledger_sums(
    units: Iterable[Entity], years: Iterable[int], chosen: Q = EVERYTHING, up_to_month: int = 12
) -> Iterator[LedgerSum]:
    """Sums per unit, year and classification, debits and credits apart, over the classifications chosen."""
    kept = Classification.objects.filter(chosen)
    stated = {key: Stated(*rest) for key, *rest in kept.values_list("id", *Stated._fields)}
    query, parameters = grouping_query(chosen, up_to_month)
    with connection.cursor() as cursor:
        for unit, year in product(units, sorted(years)):
            cursor.execute(query, (unit.pk, year, *parameters))
            for key, debit, fen, rows in cursor.fetchall():
                yield LedgerSum(unit.code, year, key, stated[key], int(fen if debit else -fen), rows)


def grouping_query(chosen: Q, up_to_month: int) -> tuple[str, tuple[object, ...]]:
    """The grouping query of one unit and year, and its parameters after those two.

    By hand, because unit and year held constant leave the database fewer columns to compare: a fifth faster.
    """
    lines = VoucherLine._meta.db_table
    conditions, parameters = ["entity_id = %s", "year = %s"], ()
    if chosen != EVERYTHING:
        keys, parameters = Classification.objects.filter(chosen).values("id").query.sql_with_params()
        conditions.append(f"classification_id IN ({keys})")
    if up_to_month < 12:
        conditions.append("month <= %s")
        parameters = (*parameters, up_to_month)
    return (
        f"SELECT classification_id, debit, SUM(fen), COUNT(*) FROM {lines} "
        f"WHERE {' AND '.join(conditions)} GROUP BY classification_id, debit",
        parameters,
    )
