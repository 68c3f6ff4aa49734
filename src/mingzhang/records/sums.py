"""Sums of the ledger (科目汇总): one grouping query over the lines' index, answered without touching the lines."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from django.db.models import Count, Q, Sum

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
_STATED = (
    "id", "kind", "system", "account", "function", "economic", "nature", "fund", "project", "source", "detail", "counterparty",
)  # fmt: skip


class LedgerSum(NamedTuple):
    """What one unit has in one year under one classification: fen, debits positive, and how many lines."""

    entity: str
    year: int
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
    fen: int
    rows: int


def ledger_sums(
    units: Iterable[Entity], years: Iterable[int], chosen: Q = EVERYTHING, up_to_month: int = 12
) -> Iterator[LedgerSum]:
    """Sums per unit, year and classification, debits and credits apart, over the classifications chosen."""
    codes = {unit.pk: unit.code for unit in units}
    kept = Classification.objects.filter(chosen)
    stated = {key: rest for key, *rest in kept.values_list(*_STATED)}
    lines = VoucherLine.plain.filter(entity_id__in=list(codes), year__in=list(years))
    if chosen != EVERYTHING:
        lines = lines.filter(classification_id__in=kept.values("id"))
    if up_to_month < 12:
        lines = lines.filter(month__lte=up_to_month)
    grouped = lines.order_by().values_list("entity_id", "year", "classification_id", "debit")
    for unit, year, key, debit, fen, rows in grouped.annotate(total=Sum("fen"), rows=Count("*")):
        yield LedgerSum(codes[unit], year, *stated[key], int(fen if debit else -fen), rows)


def has_vouchers(units: Iterable[Entity], year: int) -> bool:
    """Whether any of the units has lines of its own, openings aside, in the year."""
    of_the_year = Classification.objects.exclude(kind=VoucherKind.OPENING).values("id")
    ids = [unit.pk for unit in units]
    return VoucherLine.plain.filter(entity_id__in=ids, year=year, classification_id__in=of_the_year).exists()
