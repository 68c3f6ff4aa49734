"""The official calendar of the books (工作日历): the table of days as the engine's calendar; seeding and editing it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from functools import lru_cache

from django.db import transaction

from mingzhang.casework.calendar import Calendar, DayKind
from mingzhang.casework.official_calendar import official_days, official_years
from mingzhang.records.casework.heads import head_of
from mingzhang.records.casework.models import CalendarDay
from mingzhang.records.trail import content, enter, record

BOOK = "calendar"
"""The calendar's chain of the trail."""


def calendar() -> Calendar:
    """The calendar as it stands; seeded from the official years when it is asked for the first time.

    The table has the days that differ from the ordinary week; a year with any of them is known.
    """
    head = head_of(BOOK)
    if not head:
        seed(official_years())
        head = head_of(BOOK)
    return _read(head)


@lru_cache(maxsize=4)
def _read(head: str) -> Calendar:
    """The table as it stands under a head, read once."""
    kinds = {day: DayKind(kind) for day, kind in CalendarDay.objects.values_list("date", "kind")}
    return Calendar(kinds, frozenset(day.year for day in kinds))


def seed(years: Iterable[int]) -> int:
    """Put in the official days of years that the table does not know yet; how many days they were."""
    with transaction.atomic():
        known = {day.year for day in CalendarDay.objects.values_list("date", flat=True)}
        rows = [
            CalendarDay(date=each.day, kind=each.kind.value, name=each.name, source=each.source)
            for year in years
            if year not in known
            for each in official_days(year)
            if each.kind in (DayKind.HOLIDAY, DayKind.MAKEUP)
        ]
        enter(rows, "载入", reason="国务院办公厅关于部分节假日安排的通知")
    return len(rows)


def set_days(days: Mapping[date, tuple[str, str]], source: str) -> list[CalendarDay]:
    """Set days (kind, name) by a notice named in `source`; deadlines are computed anew by `deadlines.recompute`."""
    made: list[CalendarDay] = []
    with transaction.atomic():
        for day, (kind, name) in sorted(days.items()):
            row = CalendarDay.objects.select_for_update().filter(date=day).first() or CalendarDay(date=day)
            before = content(row) if row.pk else None
            row.kind, row.name, row.source = DayKind(kind).value, name[:40], source[:200]
            row.save()
            record(
                BOOK,
                "修改" if before else "登记",
                f"{day}",
                of=row,
                before=before,
                after=content(row),
                reason=source,
            )
            made.append(row)
    return made
