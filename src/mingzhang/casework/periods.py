"""Periods that figures are asked for (统计期间): a year, its first months, one month, or as at a day."""

from __future__ import annotations

import calendar
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta


@dataclass(frozen=True, slots=True, order=True)
class Period:
    """From the first day to the last, both included; a stock is asked as at the last."""

    first: date
    last: date

    def __post_init__(self) -> None:
        if self.last < self.first:
            raise ValueError(f"the period ends on {self.last}, before {self.first}")

    def __contains__(self, day: date) -> bool:
        return self.first <= day <= self.last

    @property
    def chinese(self) -> str:
        """As reports write it.

        >>> year(2021).chinese, months(2021, 1, 11).chinese, as_at(date(2021, 12, 31)).chinese
        ('2021年', '2021年1—11月', '截至2021年12月31日')
        """
        first, last = self.first, self.last
        if first == last:
            return f"截至{last.year}年{last.month}月{last.day}日"
        if self == year(first.year):
            return f"{first.year}年"
        if first.year == last.year and self == months(first.year, first.month, last.month):
            months_written = f"{first.month}" if first.month == last.month else f"{first.month}—{last.month}"
            return f"{first.year}年{months_written}月"
        return f"{first}至{last}"

    def months(self) -> Iterator[Period]:
        """The calendar months that the period touches, whole."""
        day = self.first.replace(day=1)
        while day <= self.last:
            found = months(day.year, day.month, day.month)
            yield found
            day = found.last + timedelta(days=1)


def year(number: int) -> Period:
    """The whole year."""
    return Period(date(number, 1, 1), date(number, 12, 31))


def months(number: int, first: int, last: int) -> Period:
    """Months of a year, both included: `months(2021, 1, 11)` is 1—11月."""
    return Period(date(number, first, 1), date(number, last, calendar.monthrange(number, last)[1]))


def as_at(day: date) -> Period:
    """A day, for stocks."""
    return Period(day, day)
