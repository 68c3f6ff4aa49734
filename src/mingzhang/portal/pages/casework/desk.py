"""Desks (业务工作台): over all lines, and of one line."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import islice

from django.http import HttpResponse
from django.utils import timezone

from mingzhang.casework.definitions import Line
from mingzhang.portal.access import Here, casework
from mingzhang.portal.navigation import line_home
from mingzhang.portal.pages.casework.entry import openings_of
from mingzhang.portal.pages.casework.shown import Row, kinds_of, rows_of
from mingzhang.portal.pages.casework.tabs import READING, shown
from mingzhang.records.casework.calendars import calendar
from mingzhang.records.casework.looking import desk as desks
from mingzhang.records.casework.models import Record
from mingzhang.records.casework.searching import find
from mingzhang.records.casework.stuck import stuck_records

_MOST = 20
_LONGEST_WORDS = 60


@casework()
def home(here: Here) -> HttpResponse:
    """Every line in which the person has a post, and a search over all of them."""
    today, days = timezone.localdate(), calendar()
    words = here.request.GET.get("q", "").strip()[:_LONGEST_WORDS]
    reading = [line for line in _lines(here) if any(here.case.may(line.id, letter) for letter in READING)]
    scope = here.case.records()
    pressing: list[Row] = []
    own: list[Row] = []
    for line in reading:
        pressing += rows_of(desks.late(scope, line, today)[:_MOST], today, days)
        pressing += rows_of(desks.due_soon(scope, line, today, days)[:_MOST], today, days)
        own += rows_of(desks.mine(scope, here.user, line)[:_MOST], today, days)
    return shown(
        here,
        "casework/home.html",
        words=words,
        found=rows_of(find(here.user, words)[:_MOST], today, days) if words else [],
        lines=[
            (line, line_home(here, line), _tally(here, line, today, days) if line in reading else [])
            for line in _lines(here)
        ],
        mine=own,
        pressing=pressing,
    )


@casework(*READING)
def of_line(here: Here) -> HttpResponse:
    """What one has in hand in a line, what presses, what stands still, what waits for a second person."""
    today, days, line = timezone.localdate(), calendar(), here.line
    assert line is not None
    scope = here.case.records()
    stuck = list(islice(stuck_records(today, scope.filter(line=line.id)), _MOST))
    second = desks.for_second_person(here.case.records(line.id, "A"), here.user)[:_MOST]
    boards = (
        ("已超期", rows_of(desks.late(scope, line, today)[:_MOST], today, days), "没有超期的。"),
        (
            "快到期",
            rows_of(desks.due_soon(scope, line, today, days)[:_MOST], today, days),
            "三个工作日内没有到期的。",
        ),
        ("等我批准", rows_of(second, today, days, _drafts(second)), "没有等您批准的。"),
        ("我承办的", rows_of(desks.mine(scope, here.user, line)[:_MOST], today, days), "没有在办的事项。"),
        (
            "停滞的",
            rows_of(
                [each.record for each in stuck],
                today,
                days,
                {each.record.pk: f"{each.what}。{each.remedy}" for each in stuck},
            ),
            "没有停滞的。",
        ),
    )
    return shown(
        here,
        "casework/desk.html",
        boards=boards,
        most=_MOST,
        kinds=[
            (kind, scope.filter(line=line.id, kind=kind.id).count(), openings_of(here, kind))
            for kind in kinds_of(line)
        ],
    )


def _drafts(records: Iterable[Record]) -> dict[int, str]:
    return {each.pk: f"{each.draft['name']}提出：{each.draft['chinese']}" for each in records}


def _lines(here: Here) -> list[Line]:
    return here.case.lines()


def _tally(here: Here, line: Line, today, days) -> list[tuple[str, int, str]]:
    scope = here.case.records()
    return [
        ("在办", scope.filter(desks.is_open(line)).count(), ""),
        ("我的", desks.mine(scope, here.user, line).count(), ""),
        ("快到期", desks.due_soon(scope, line, today, days).count(), ""),
        ("超期", desks.late(scope, line, today).count(), "late"),
    ]
