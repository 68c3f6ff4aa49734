"""Sums of a unit's year by classification and month (按月汇总), from the lines' index alone."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from django.db import connection

from mingzhang.records.classifications import Selection, chosen, used_classifications
from mingzhang.records.models import Entity, VoucherKind, VoucherLine
from mingzhang.records.sums import Stated


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
    """Sums of the lines selected, in the order of classifications; without `closing`, as the close finds the books."""
    used = used_classifications(unit, year)
    selection = selection or Selection()
    keys = chosen(
        used, lambda stated: selection.covers(stated) and (closing or stated.kind != VoucherKind.CLOSING)
    )
    conditions, parameters = "entity_id = %s AND year = %s", [unit.pk, year]
    if len(keys) < len(used):
        if not keys:
            return
        conditions += f" AND classification_id IN ({', '.join(['%s'] * len(keys))})"
        parameters += keys
    query = (
        f"SELECT classification_id, debit, month, SUM(fen), COUNT(*) FROM {VoucherLine._meta.db_table} "
        f"WHERE {conditions} GROUP BY classification_id, debit, month ORDER BY classification_id, debit, month"
    )
    with connection.cursor() as cursor:
        cursor.execute(query, parameters)
        for key, debit, month, fen, rows in cursor.fetchall():
            stated = used[key]
            at = 0 if stated.kind == VoucherKind.OPENING else month
            yield MonthlySum(stated, at, bool(debit), int(fen), rows)
