"""The calendar of working days (工作日历维护): days that differ from the ordinary week, proposed by a notice and decided by a second person."""

from __future__ import annotations

from datetime import date, timedelta

from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone

from mingzhang.documents import Problem
from mingzhang.portal.access import Here, setting_keepers
from mingzhang.portal.showing import done, show
from mingzhang.portal.typed import day, whole_number
from mingzhang.records.casework.calendars import calendar
from mingzhang.records.casework.models import CalendarDay
from mingzhang.records.casework.setting import may_decide, propose_day
from mingzhang.records.proposals.kind import RefusedError

_EARLIEST, _LATEST = 2000, 2100


@setting_keepers
def days(here: Here) -> HttpResponse:
    """The days of a year, and a form to propose one; once it is approved, what is due is computed anew."""
    refused: RefusedError | None = None
    stated = here.request.POST
    if here.request.method == "POST":
        try:
            on = day(stated.get("date", ""))
            if on is None or not _EARLIEST <= on.year <= _LATEST:
                raise RefusedError(Problem("E-DATE", "没有填写日期", "日期", "填写日期，如 2026-02-17。"))
            propose_day(
                here.user, on, stated.get("kind", ""), stated.get("name", ""), stated.get("source", "")
            )
            done(here, f"已提出{on}的安排，等局领导或另一位系统管理员批准。")
            return redirect("casework_changes")
        except RefusedError as raised:
            refused = raised
    year = whole_number(here.request.GET.get("year"), timezone.localdate().year)
    year = year if _EARLIEST <= year <= _LATEST else timezone.localdate().year
    known = calendar()
    first = date(year, 1, 1)
    return show(
        here,
        "casework/days.html",
        status=422 if refused else 200,
        year=year,
        known=year in known.known,
        workdays=sum(
            known.is_working(first + timedelta(days=place))
            for place in range((date(year + 1, 1, 1) - first).days)
        ),
        days=CalendarDay.objects.filter(date__year=year),
        kinds=CalendarDay.Kind.choices,
        stated=stated if refused else {},
        may_change=may_decide(here.user),
        problems=refused.problems if refused else (),
    )
