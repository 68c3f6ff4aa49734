"""The calendar of a line (业务日历): dues, hearings, activities; which days are worked."""

from __future__ import annotations

from collections import Counter
from datetime import date, timedelta

from django.http import HttpResponse
from django.utils import timezone

from mingzhang.casework.calendar import DayKind
from mingzhang.portal.access import Here, casework
from mingzhang.portal.pages.casework.month import Entry, last_day, month_asked, neighbours, weeks
from mingzhang.portal.pages.casework.shown import address_of
from mingzhang.portal.pages.casework.tabs import READING, shown
from mingzhang.records.casework.calendars import calendar
from mingzhang.records.casework.looking.month import falls
from mingzhang.records.casework.models import CalendarDay

_SHOWN = 4
_WORDS = {DayKind.HOLIDAY: "放假", DayKind.MAKEUP: "调休上班", DayKind.REST: "", DayKind.WORK: ""}


@casework(*READING)
def month(here: Here) -> HttpResponse:
    """A month as weeks."""
    line = here.line
    assert line is not None
    today = timezone.localdate()
    first = month_asked(here.request.GET.get("month", ""), today)
    last, days = last_day(first), calendar()
    names = dict(CalendarDay.objects.filter(date__gte=first, date__lte=last).values_list("date", "name"))
    off: dict[date, tuple[bool, str]] = {}
    for place in range(last.day):
        on = first + timedelta(days=place)
        kind = days.kind(on)
        off[on] = (not kind.is_worked, names.get(on) or _WORDS[kind])
    found = list(falls(here.case.records(), line, first, last))
    entries = [
        (
            fall.on,
            Entry(
                f"{fall.text}：{fall.record.title or fall.record.number}", fall.sort, address_of(fall.record)
            ),
        )
        for fall in found
    ]
    counts = Counter(fall.sort for fall in found)
    before, after = neighbours(first)
    return shown(
        here,
        "casework/calendar.html",
        first=first,
        weeks=weeks(first, off, entries),
        before=before,
        after=after,
        known=first.year in days.known,
        workdays=sum(not free for free, _ in off.values()),
        counts={name: counts[name] for name in ("due", "hearing", "activity")},
        most=_SHOWN,
    )
