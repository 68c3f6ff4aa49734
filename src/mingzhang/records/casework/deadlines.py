"""Deadlines of records (期限): started, stopped, paused, resumed, extended as rows that events state; alarms; computed anew when the calendar is edited."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, datetime, time, timedelta
from typing import NamedTuple

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import timezone

from mingzhang.casework.calendar import Calendar
from mingzhang.casework.deadlines import (
    Alarm,
    Due,
    Pause,
    Standing,
    alarm,
    alarm_of_moment,
    due,
    due_moment,
    in_force,
    standing,
)
from mingzhang.casework.definitions import DeadlineRule
from mingzhang.records.casework.calendars import calendar
from mingzhang.records.casework.events import Before, Deed, append
from mingzhang.records.casework.models import Deadline, Record
from mingzhang.records.casework.rules import rule_of, rules


def start(
    record: Record, family: str, on: date, *, party: str = "", at: datetime | None = None
) -> Deadline | None:
    """A deadline of the family's rule in force on the record's rule date, running from a day; None where there is no such duty then.

    A rule in hours runs from the moment `at`, or from the day's end where only the day is known: nobody is late by what is not known.
    """
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
        row.started_at = at or end_of(on)
        row.started_on = timezone.localtime(row.started_at).date()
    _compute(row, rule, calendar())
    return row


def end(row: Deadline, on: date, at: datetime | None = None) -> Deadline:
    """An open deadline as it is once it was met on a day, one in hours at a moment where that is known; not saved."""
    rule = rule_of(row.rule_id)
    row.pauses = [[after, until or _stated(rule, on, at)] for after, until in row.pauses]
    _compute(row, rule, calendar())
    row.done_on = on
    if rule.unit == "H" and at is not None:
        row.done_at, row.done_on = at, timezone.localtime(at).date()
    row.standing = stands(row.due_on, row.due_at, row.done_on, row.done_at, on, bound=rule.bound).value
    return row


def stand_still(row: Deadline, on: date, at: datetime | None = None) -> Deadline:
    """A running deadline as it is once paused after a day, one in hours from a moment; not saved."""
    row.pauses = [*row.pauses, [_stated(rule_of(row.rule_id), on, at), None]]
    row.standing = Deadline.Standing.PAUSED
    return row


def run_on(row: Deadline, on: date, at: datetime | None = None) -> Deadline:
    """A paused deadline as it is once it runs on after a day, one in hours from a moment; not saved."""
    stated = _stated(rule_of(row.rule_id), on, at)
    row.pauses = [[after, until or stated] for after, until in row.pauses]
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
        breaks = [(_moment(after), _moment(until)) for after, until in row.pauses if until]
        row.due_at = due_moment(rule, row.started_at, breaks) + timedelta(days=row.extension)
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
        Pause(date.fromisoformat(after[:10]), date.fromisoformat(until[:10]) if until else None)
        for after, until in row.pauses
    ]


def _stated(rule: DeadlineRule, on: date, at: datetime | None) -> str:
    """Where a pause begins or ends, as it is kept: the moment of a rule in hours where it is known, else the day."""
    return timezone.localtime(at).isoformat() if rule.unit == "H" and at is not None else on.isoformat()


def _moment(kept: str) -> datetime:
    return datetime.fromisoformat(kept) if "T" in kept else end_of(date.fromisoformat(kept))


def end_of(day: date) -> datetime:
    """The last moment of a day."""
    return timezone.make_aware(datetime.combine(day, time.max))


def moment_on(day: date, now: datetime | None = None) -> datetime:
    """At which moment deadlines in hours are asked for on a day: now today, at its end on every other day."""
    now = now or timezone.now()
    return now if timezone.localtime(now).date() == day else end_of(day)


def stands(
    due_on: date,
    due_at: datetime | None,
    done_on: date | None,
    done_at: datetime | None,
    today: date,
    *,
    paused: bool = False,
    void: bool = False,
    bound: str = "MAX",
) -> Standing:
    """How a kept deadline stands on a day: by moments where its rule counts hours, but by days where it was met and only the day of that is known."""
    if due_at is None or (done_on is not None and done_at is None):
        return standing(due_on, today, done_on=done_on, paused=paused, void=void, bound=bound)
    return standing(due_at, moment_on(today), done_on=done_at, paused=paused, void=void, bound=bound)


def is_over(today: date, now: datetime | None = None) -> Q:
    """Deadlines whose due day, of rules in hours whose due moment, is over."""
    over = Q(due_at=None, due_on__lt=today) | Q(due_at__lt=moment_on(today, now))
    return Q(due_on__lte=today) & over


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


def alarm_of(row: Deadline, today: date, days: Calendar, now: datetime | None = None) -> Alarm | None:
    """The alarm of an open deadline on a day, of a rule in hours at the moment of `moment_on`."""
    if row.due_at is None:
        return alarm(row.due_on, today, days)
    return alarm_of_moment(rule_of(row.rule_id), row.due_at, moment_on(today, now))


def alarms(records: QuerySet[Record], today: date, now: datetime | None = None) -> Iterator[Alarmed]:
    """Open deadlines of records in scope that are near or past, each once, the earliest first."""
    days = calendar()
    near = Deadline.objects.filter(
        standing=Deadline.Standing.RUNNING, due_on__lte=today + timedelta(days=31), record__in=records
    )
    for row in near.select_related("record").order_by("due_on", "id"):
        found = alarm_of(row, today, days, now)
        if found is not None and not (found is Alarm.RED and rule_of(row.rule_id).bound == "MIN"):
            yield Alarmed(row, found)
