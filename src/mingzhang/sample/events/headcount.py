"""Staff in post month by month, from the register of staff changes: what payroll is paid by."""

from __future__ import annotations

from calendar import monthrange
from datetime import date
from functools import cache

from mingzhang.sample.planned import rows

_IN_POST = ("administrative", "institution")


@cache
def headcount(unit: str, year: int, month: int) -> int:
    """Staff of a unit in post at the end of a month."""
    last = date(year, month, monthrange(year, month)[1])
    return sum(
        int(row["change"])
        for row in rows("staff")
        if row["unit"] == unit and row["kind"] in _IN_POST and date.fromisoformat(row["on"]) <= last
    )
