"""Deadlines of records (期限): started, stopped, paused, resumed, extended as rows that events state; alarms; computed anew when the calendar is edited."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, datetime, time, timedelta
from typing import NamedTuple

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from mingzhang.casework.calendar import Calendar
from mingzhang.casework.deadlines import Alarm, Due, Pause, alarm, due, due_moment, in_force, standing
from mingzhang.casework.definitions import DeadlineRule
from mingzhang.records.casework.calendars import calendar
from mingzhang.records.casework.events import Before, Deed, append
from mingzhang.records.casework.models import Deadline, Record
from mingzhang.records.casework.rules import rule_of, rules


def start(
    record: Record, family: str, on: date, *, party: str = "", at: datetime | None = None
) -> Deadline | None:
    """A deadline of the family's rule in force on the record's rule date, running from a day; None where there is no such duty then."""
    row = begun(record, family, on, party=party, at=at)
    if row is not None:
        row.save()
    return row


def begun(
    record: Record, family: str, on: date, *, party: str = "", at: datetime | None = None
) -> Deadline | None:
    """The same, not saved."""
    rule = in_force(rules(), family, record.rule_date)
    if rule is None:
        return None
    row = Deadline(record=record, rule_id=rule.rule_id, family=family, party=party[:80], started_on=on)
    if rule.unit == "H":
        row.started_at = at or timezone.make_aware(datetime.combine(on, time()))
    _compute(row, rule, calendar())
    return row


def end(row: Deadline, on: date) -> Deadline:
    """An open deadline as it is once it was met on a day; not saved."""
    row.pauses = [[after, until or on.isoformat()] for after, until in row.pauses]
    _compute(row, rule_of(row.rule_id), calendar())
    row.done_on = on
    row.standing = standing(row.due_on, on, done_on=on, bound=rule_of(row.rule_id).bound).value
    return row


def stand_still(row: Deadline, on: date) -> Deadline:
    """A running deadline as it is once paused after a day; not saved."""
    row.pauses = [*row.pauses, [on.isoformat(), None]]
    row.standing = Deadline.Standing.PAUSED
    return row


def run_on(row: Deadline, on: date) -> Deadline:
    """A paused deadline as it is once it runs on after a day; not saved."""
    row.pauses = [[after, until or on.isoformat()] for after, until in row.pauses]
    row.standing = Deadline.Standing.RUNNING
    _compute(row, rule_of(row.rule_id), calendar())
    return row


def lengthen(row: Deadline, days: int, by: str, on: date) -> Deadline:
    """An open deadline as it is once extended; not saved."""
    row.extension += days
    row.extended_by, row.extended_on = by[:60], on
    _compute(row, rule_of(row.rule_id), calendar())
    return row


def _compute(row: Deadline, rule: DeadlineRule, days: Calendar) -> None:
    """Put base and due day where rule, start, pauses and extension have them."""
    if rule.unit == "H":
        assert row.started_at is not None
        row.due_at = due_moment(rule, row.started_at) + timedelta(days=row.extension)
        row.base_due_on = row.due_on = timezone.localtime(row.due_at).date()
        return
    found = due_of(row, rule, days)
    row.base_due_on, row.due_on, row.provisional = found.base, found.on, found.provisional


def due_of(row: Deadline, rule: DeadlineRule, days: Calendar, today: date | None = None) -> Due:
    """When a deadline in days is due; an open pause counts up to `today`."""
    return due(rule, row.started_on, days, pauses=pauses_of(row), extension=row.extension, today=today)


def pauses_of(row: Deadline) -> list[Pause]:
    """Its pauses as the engine has them."""
    return [
        Pause(date.fromisoformat(after), date.fromisoformat(until) if until else None)
        for after, until in row.pauses
    ]


def recompute(years: Iterable[int] = ()) -> int:
    """Compute anew, by the calendar as it is now, what is open and provisional or may touch a year; an event tells what moved. How many did."""
    days, moved = calendar(), 0
    wanted = set(years)
    open_ones = Deadline.objects.filter(standing__in=Deadline.OPEN)
    keys = {
        record
        for record, provisional, started, due_on in open_ones.values_list(
            "record_id", "provisional", "started_on", "due_on"
        )
        if provisional or wanted & set(range(started.year, due_on.year + 1))
    }
    for key in sorted(keys):
        with transaction.atomic():
            moved += _recomputed(Record.objects.select_for_update().get(pk=key), days)
    return moved


def _recomputed(record: Record, days: Calendar) -> int:
    changed: list[Deadline] = []
    for row in record.deadlines.select_for_update().filter(standing__in=Deadline.OPEN):
        before = (row.base_due_on, row.due_on, row.provisional)
        _compute(row, rule_of(row.rule_id), days)
        if before != (row.base_due_on, row.due_on, row.provisional):
            row.save()
            changed.append(row)
    if changed:
        today = timezone.localdate()
        append(
            record,
            Before.of(record),
            Deed("recompute", None, today, reason="工作日历有变动，期限重新计算"),
            rows=changed,
        )
    return len(changed)


class Alarmed(NamedTuple):
    """An open deadline that alarms."""

    deadline: Deadline
    alarm: Alarm


def alarms(records: QuerySet[Record], today: date) -> Iterator[Alarmed]:
    """Open deadlines of records in scope that are near or past, the earliest first."""
    days = calendar()
    near = Deadline.objects.filter(
        standing=Deadline.Standing.RUNNING, due_on__lte=today + timedelta(days=31), record__in=records
    )
    for row in near.select_related("record").order_by("due_on", "id"):
        found = alarm(row.due_on, today, days)
        if found is not None and not (found is Alarm.RED and rule_of(row.rule_id).bound == "MIN"):
            yield Alarmed(row, found)
