"""Sums of the ledger (科目汇总): grouping queries over the lines' index, answered without touching the lines."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import product
from typing import NamedTuple

from django.db import connection
from django.db.models import Count, Q, QuerySet, Sum
from django.db.models.expressions import RawSQL

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
    codes = {unit.pk: unit.code for unit in units}
    kept = Classification.objects.filter(chosen)
    stated = {key: Stated(*rest) for key, *rest in kept.values_list("id", *Stated._fields)}
    grouped = _unit_by_unit if connection.vendor == "sqlite" else grouped_lines
    for unit, year, key, debit, fen, rows in grouped(list(codes), sorted(years), chosen, up_to_month):
        yield LedgerSum(codes[unit], year, key, stated[key], int(fen if debit else -fen), rows)


def grouped_lines(units: list[int], years: list[int], chosen: Q, up_to_month: int) -> QuerySet:
    """(unit, year, classification, debit, fen, rows) in one query, which PostgreSQL spreads over its processes."""
    lines = VoucherLine.plain.filter(entity_id__in=units, year__in=years)
    if chosen != EVERYTHING:
        lines = lines.filter(classification_id__in=Classification.objects.filter(chosen).values("id"))
    if up_to_month < 12:
        lines = lines.filter(month__lte=up_to_month)
    grouped = lines.order_by().values_list("entity_id", "year", "classification_id", "debit")
    return grouped.annotate(total=Sum("fen"), rows=Count("*"))


def _unit_by_unit(units: list[int], years: list[int], chosen: Q, up_to_month: int) -> Iterator[Sequence[int]]:
    """The same for SQLite, a query for each unit and year: held constant, they need not be compared for every line."""
    query, parameters = unit_query(chosen, up_to_month)
    with connection.cursor() as cursor:
        for unit, year in product(units, years):
            cursor.execute(query.format(unit=int(unit), year=int(year)), parameters)
            for row in cursor.fetchall():
                yield (unit, year, *row)


def unit_query(chosen: Q, up_to_month: int) -> tuple[str, tuple[object, ...]]:
    """The grouping query with `{unit}` and `{year}` to be filled in, and its parameters.

    The classifications that the unit used are found by steps through the index, each to the next greater one, so
    that books of many units, each with projects of its own, are not asked for every classification there is.
    """
    lines, own, used, parameters = VoucherLine._meta.db_table, "entity_id = {unit} AND year = {year}", "", ()
    conditions = [own]
    if chosen != EVERYTHING:
        first = f"SELECT MIN(classification_id) FROM {lines} WHERE {own}"
        used = (
            f"WITH RECURSIVE used(id) AS ({first} UNION ALL "
            f"SELECT ({first} AND classification_id > used.id) FROM used WHERE used.id IS NOT NULL) "
        )
        among_used = Classification.objects.filter(chosen, id__in=RawSQL("SELECT id FROM used", ()))
        keys, parameters = among_used.values("id").query.sql_with_params()
        conditions.append(f"classification_id IN ({keys})")
    if up_to_month < 12:
        conditions.append("month <= %s")
        parameters = (*parameters, up_to_month)
    return (
        f"{used}SELECT classification_id, debit, SUM(fen), COUNT(*) FROM {lines} "
        f"WHERE {' AND '.join(conditions)} GROUP BY classification_id, debit",
        parameters,
    )
