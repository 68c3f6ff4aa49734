"""The columnar ledger (多栏账): an account by month and by one of its codes, debits or credits net of the other side."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass

from mingzhang.records.classifications import Selection
from mingzhang.records.models import Entity
from mingzhang.records.monthly_sums import monthly_sums

DIMENSIONS = {
    "function": "功能分类",
    "economic": "经济分类",
    "project": "项目",
    "nature": "支出性质",
    "fund": "资金来源",
    "detail": "费用明细",
    "account": "明细科目",
}
"""What an account may be parted by."""


@dataclass(frozen=True, slots=True)
class Columns:
    """Fen by code and month, debits positive; closing vouchers are left out, since they empty the account."""

    rows: dict[str, list[int]]
    """Twelve months by code."""

    @property
    def totals(self) -> list[int]:
        """All codes together, month by month."""
        return [sum(months) for months in zip(*self.rows.values(), strict=True)] or [0] * 12


def columns(unit: Entity, year: int, selection: Selection, dimension: str) -> Columns:
    """The months of every code of a dimension under a selection, in the order of the codes."""
    rows: dict[str, list[int]] = defaultdict(lambda: [0] * 12)
    for row in monthly_sums(unit, year, selection, closing=False):
        if row.month:
            rows[getattr(row.stated, dimension)][row.month - 1] += row.debit_fen
    return Columns({code: rows[code] for code in sorted(rows) if any(rows[code])})
