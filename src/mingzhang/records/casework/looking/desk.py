"""A desk (工作台): what is open, mine, due soon, late, and what waits for a second person."""

from __future__ import annotations

from datetime import date

from django.db.models import Q, QuerySet

from mingzhang.casework.calendar import Calendar
from mingzhang.casework.definitions import Line, Shape
from mingzhang.records.casework.deadlines import is_over
from mingzhang.records.casework.lines import kind_of
from mingzhang.records.casework.models import Deadline, Record
from mingzhang.records.people.models import User

SOON_WORKING_DAYS = 3
MOST = 500
"""Drafted steps that are looked through; those of one's own among them are left out afterwards."""


def is_open(line: Line) -> Q:
    """What a line still works on: its matters in states that are not final."""
    found = Q(pk__in=())
    for each in line.kinds.values():
        table = kind_of(each.name).states
        if each.shape is Shape.MATTER and table is not None:
            found |= Q(kind=each.id, state__in=[state.id for state in table.states if not state.final])
    return Q(line=line.id) & found


def mine(scope: QuerySet[Record], user: User, line: Line) -> QuerySet[Record]:
    """Open records that the person is answerable for, the oldest first."""
    return scope.filter(is_open(line), owner=user).order_by("occurred_on", "id")


def due_soon(scope: QuerySet[Record], line: Line, today: date, calendar: Calendar) -> QuerySet[Record]:
    """Records with a running deadline within three working days that is not over, the nearest first."""
    last = calendar.after(today, SOON_WORKING_DAYS)
    return _by_deadline(scope, line, Q(due_on__gte=today, due_on__lte=last) & ~is_over(today))


def late(scope: QuerySet[Record], line: Line, today: date) -> QuerySet[Record]:
    """Records with a running deadline that is over, the longest first."""
    return _by_deadline(scope, line, is_over(today))


def for_second_person(scope: QuerySet[Record], user: User) -> list[Record]:
    """Records with a step that another person drafted, of those over which the person may decide, the oldest first."""
    waiting = scope.exclude(draft={}).select_related("owner").order_by("occurred_on", "id")[:MOST]
    return [record for record in waiting if record.draft["by"] != user.username]


def _by_deadline(scope: QuerySet[Record], line: Line, when: Q) -> QuerySet[Record]:
    running = Deadline.objects.filter(when, standing=Deadline.Standing.RUNNING, record__line=line.id)
    return scope.filter(line=line.id, pk__in=running.values("record")).order_by("occurred_on", "id")
