"""The official days of a year as the package `chinesecalendar` states them: what the calendar's table is seeded with."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from functools import cache
from importlib.metadata import version

import chinese_calendar

from mingzhang.casework.calendar import DAY, Calendar, CalendarDay, DayKind

FIRST_YEAR = 2004
_NAMES = {str(each.value): str(each.chinese) for each in chinese_calendar.Holiday}


def official_days(year: int) -> Iterator[CalendarDay]:
    """All days of a year in order; none where the package does not know the year (yet)."""
    if not is_official(year):
        return
    source = f"chinesecalendar {version('chinesecalendar')}"
    day = date(year, 1, 1)
    while day.year == year:
        is_off, name = chinese_calendar.get_holiday_detail(day)
        yield CalendarDay(day, _kind(day, is_off, name), _NAMES.get(name or "", ""), source)
        day += DAY


def is_official(year: int) -> bool:
    """Whether the package knows the year: it raises beyond the last notice, it never guesses."""
    try:
        chinese_calendar.get_holiday_detail(date(year, 12, 31))
    except NotImplementedError:
        return False
    return True


def official_years() -> range:
    """The years known to the package, from 2004 on."""
    last = FIRST_YEAR
    while is_official(last):
        last += 1
    return range(FIRST_YEAR, last)


@cache
def official_calendar() -> Calendar:
    """The calendar of all official years."""
    return Calendar.of(day for year in official_years() for day in official_days(year))


def _kind(day: date, is_off: bool, name: str | None) -> DayKind:
    if is_off:
        return DayKind.HOLIDAY if name else DayKind.REST
    return DayKind.WORK if day.weekday() < 5 else DayKind.MAKEUP
