"""The calendar of working days (工作日历维护): days that differ from the ordinary week, set by a notice; for administrators."""

from __future__ import annotations

from datetime import date, timedelta

from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone

from mingzhang.documents import Problem
from mingzhang.portal.access import Here, page
from mingzhang.portal.showing import done, show
from mingzhang.portal.typed import day, whole_number
from mingzhang.records.administration.scope import must_administer
from mingzhang.records.casework.calendars import calendar, set_days
from mingzhang.records.casework.deadlines import recompute
from mingzhang.records.casework.models import CalendarDay
from mingzhang.records.policy import Action
from mingzhang.records.proposals.kind import RefusedError

_EARLIEST, _LATEST = 2000, 2100


@page(Action.ADMINISTER)
def days(here: Here) -> HttpResponse:
    """The days of a year, and a form to set one; what is due is computed anew."""
    refused: RefusedError | None = None
    stated = here.request.POST
    if here.request.method == "POST":
        try:
            must_administer(here.access, None)
            on, kind, name, source = _asked(stated)
        except RefusedError as raised:
            refused = raised
        else:
            set_days({on: (kind, name)}, source)
            moved = recompute((on.year,))
            done(here, f"已保存{on}的安排，{moved}个期限重新计算。")
            return redirect(f"{reverse('casework_days')}?year={on.year}")
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
        problems=refused.problems if refused else (),
    )


def _asked(stated) -> tuple[date, str, str, str]:
    on, kind, source = day(stated.get("date", "")), stated.get("kind", ""), stated.get("source", "").strip()
    problems = []
    if on is None or not _EARLIEST <= on.year <= _LATEST:
        problems.append(Problem("E-DATE", "没有填写日期", "日期", "填写日期，如 2026-02-17。"))
    if kind not in CalendarDay.Kind.values:
        problems.append(Problem("E-CODE", "没有选择安排", "安排", "从列表中选择。"))
    if not source:
        problems.append(Problem("E-REQ", "没有写明依据的通知", "依据的通知", "写明文号或文件名。"))
    if problems or on is None:
        raise RefusedError(*problems)
    return on, kind, stated.get("name", "").strip(), source
