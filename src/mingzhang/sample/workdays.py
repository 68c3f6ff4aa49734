"""Working days of the sample years: weekdays without the public holidays (法定节假日) that fell on them."""

from __future__ import annotations

from calendar import monthrange
from datetime import date, timedelta
from functools import cache

HOLIDAYS = (
    (date(2020, 1, 1), date(2020, 1, 1)),
    (date(2020, 1, 24), date(2020, 2, 2)),
    (date(2020, 4, 4), date(2020, 4, 6)),
    (date(2020, 5, 1), date(2020, 5, 5)),
    (date(2020, 6, 25), date(2020, 6, 27)),
    (date(2020, 10, 1), date(2020, 10, 8)),
    (date(2021, 1, 1), date(2021, 1, 3)),
    (date(2021, 2, 11), date(2021, 2, 17)),
    (date(2021, 4, 3), date(2021, 4, 5)),
    (date(2021, 5, 1), date(2021, 5, 5)),
    (date(2021, 6, 12), date(2021, 6, 14)),
    (date(2021, 9, 19), date(2021, 9, 21)),
    (date(2021, 10, 1), date(2021, 10, 7)),
)
"""First and last day of each holiday. Working weekends (调休) are left out: nothing is booked on them."""


@cache
def workdays(year: int, month: int) -> tuple[date, ...]:
    """Working days of a month in order."""
    days = (date(year, month, day) for day in range(1, monthrange(year, month)[1] + 1))
    return tuple(day for day in days if is_workday(day))


def is_workday(day: date) -> bool:
    """Whether offices are open."""
    return day.weekday() < 5 and not any(first <= day <= last for first, last in HOLIDAYS)


def workday_from(day: date) -> date:
    """The day itself if offices are open, else the next one they are."""
    while not is_workday(day):
        day += timedelta(days=1)
    return day
