"""Sums of a unit's year by classification and month (按月汇总), as the database keeps them."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from django.db import connection

from mingzhang.records.classifications import Selection, ledger_heads, used_classifications
from mingzhang.records.models import Entity, MonthTotal, VoucherKind
from mingzhang.records.sums import Stated

_YEARS_KEPT = 48
"""So many units' years are kept in memory: a few thousand sums each."""


class MonthlySum(NamedTuple):
    """What one side has in one month under one classification. The opening of the year stands in month 0."""

    stated: Stated
    month: int
    debit: bool
    fen: int
    rows: int

    @property
    def debit_fen(self) -> int:
        """The amount, negative on the credit side."""
        return self.fen if self.debit else -self.fen


def monthly_sums(
    unit: Entity, year: int, selection: Selection | None = None, *, closing: bool = True
) -> Iterator[MonthlySum]:
    """Sums of the lines selected, in the order of classifications; without `closing`, as the close finds the books.

    They are kept in memory until the unit books something: each booking is an entry of its trail, whose head changes.
    """
    heads = ledger_heads(unit)
    database = str(connection.settings_dict["NAME"])
    sums = _kept(database, unit.pk, year, heads) if heads else _read(unit.pk, year, heads)
    selection = selection or Selection()
    for row in sums:
        if selection.covers(row.stated) and (closing or row.stated.kind != VoucherKind.CLOSING):
            yield row


def _read(unit: int, year: int, heads: tuple[str, ...]) -> tuple[MonthlySum, ...]:
    used = used_classifications(unit, year, heads)
    totals = MonthTotal.objects.filter(entity=unit, year=year).order_by("classification", "debit", "month")
    return tuple(
        MonthlySum(used[key], 0 if used[key].kind == VoucherKind.OPENING else month, debit, fen, rows)
        for key, debit, month, fen, rows in totals.values_list(
            "classification_id", "debit", "month", "fen", "rows"
        )
    )


@lru_cache(maxsize=_YEARS_KEPT)
def _kept(database: str, unit: int, year: int, heads: tuple[str, ...]) -> tuple[MonthlySum, ...]:
    return _read(unit, year, heads)
