"""Days of a month as a sheet writes them (月表中的日): `1-5、8、15`; what a judicial office keeps by hand or a platform exports for a month."""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Iterable
from datetime import date

_PART = re.compile(r"(\d{1,2})(?:\s*[-–—至]\s*(\d{1,2}))?")
_BETWEEN = re.compile(r"[、,，;；\s]+")


def days_of_month(text: str, month: date) -> tuple[date, ...]:
    """The days that the text names, in order, each once. Raises ValueError for what names no day of the month.

    >>> [day.day for day in days_of_month("1-3、8", date(2021, 2, 1))]
    [1, 2, 3, 8]
    """
    last = monthrange(month.year, month.month)[1]
    found: set[int] = set()
    for part in filter(None, _BETWEEN.split(text.strip())):
        stated = _PART.fullmatch(part)
        if stated is None:
            raise ValueError(part)
        first = int(stated[1])
        end = int(stated[2] or first)
        if not 1 <= first <= end <= last:
            raise ValueError(part)
        found.update(range(first, end + 1))
    return tuple(month.replace(day=day) for day in sorted(found))


def as_text(days: Iterable[date]) -> str:
    """The days of one month as a sheet writes them.

    >>> as_text(days_of_month("8 1 2 3", date(2021, 2, 1)))
    '1-3、8'
    """
    runs: list[list[int]] = []
    for day in sorted({each.day for each in days}):
        if runs and runs[-1][1] == day - 1:
            runs[-1][1] = day
        else:
            runs.append([day, day])
    return "、".join(f"{first}-{last}" if first < last else f"{first}" for first, last in runs)
