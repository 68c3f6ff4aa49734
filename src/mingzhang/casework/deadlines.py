"""Deadlines (期限): due days counted, rolled, paused and extended; how one stands on a day; when it alarms.

The day of the trigger is not counted. Extensions and pauses are added to the unrolled base, which then rolls anew.
Source: 民事诉讼法 第八十五条; 行政复议法 第八十八条; 行政诉讼法 第一百零一条.
"""

from __future__ import annotations

import calendar as months
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from enum import StrEnum

from mingzhang.casework.calendar import DAY, Calendar
from mingzhang.casework.definitions import DeadlineRule
from mingzhang.casework.service_hours import BEIJING, STATED, ServiceHours


class Standing(StrEnum):
    """How a deadline stands."""

    RUNNING = "RUNNING"
    PAUSED = "PAUSED"
    DONE_ON_TIME = "DONE_ON_TIME"
    DONE_LATE = "DONE_LATE"
    DONE_EARLY = "DONE_EARLY"
    """Done before a shortest time (MIN) was over."""
    OVERDUE = "OVERDUE"
    VOID = "VOID"


class Alarm(StrEnum):
    """What a desk shows of an open deadline: yellow from three working days before, orange from one, red after."""

    YELLOW = "YELLOW"
    ORANGE = "ORANGE"
    RED = "RED"


ALARMS = ((1, Alarm.ORANGE), (3, Alarm.YELLOW))
"""Working days left at which an alarm begins; the nearest first."""


@dataclass(frozen=True, slots=True, order=True)
class Pause:
    """A time that does not count: the days after `after`, `until` included; still open where `until` is None."""

    after: date
    until: date | None = None


@dataclass(frozen=True, slots=True)
class Due:
    """A due day: before rolling, after it, and whether a year's calendar was not known for it."""

    base: date
    on: date
    provisional: bool = False


def due(
    rule: DeadlineRule,
    started: date,
    calendar: Calendar,
    *,
    pauses: Iterable[Pause] = (),
    extension: int = 0,
    amount: int | None = None,
    today: date | None = None,
) -> Due:
    """When the rule's duty is due. `extension` is in working days for WD rules, else in natural days; `amount` stands for the rule's own where
    a matter states one. An open pause counts up to `today`, or not at all without it. Raises ValueError for rules in hours: see `due_moment`.
    """
    if rule.unit == "H":
        raise ValueError(f"{rule.rule_id} runs in hours")
    count = int(rule.amount) if amount is None else amount
    base = _base(rule, started, count, calendar)
    if rule.bound != "BEFORE":
        base = _further(rule, base, extension, calendar)
        closed = (Pause(max(pause.after, started), pause.until or today) for pause in pauses)
        for pause in merged(closed):
            base = _paused(rule, base, pause, calendar)
    on = calendar.rolled(base) if rule.roll else base
    return Due(base, on, _is_provisional(rule, started, base, on, calendar))


def due_moment(
    rule: DeadlineRule, started: datetime, pauses: Iterable[tuple[datetime, datetime]] = ()
) -> datetime:
    """When a duty in hours is due: exact, nothing rolls; in service hours of Beijing where the rule says so. What was left when a pause began is
    left when it ends; a pause that began after the due moment mends nothing. Raises ValueError for rules in days.
    """
    due_at = _hours_on(rule, started, rule.amount)
    since = started
    for after, until in sorted(pauses):
        begun = max(after, since)
        if begun < until and begun < due_at:
            due_at = _hours_on(rule, until, _hours_between(rule, begun, due_at))
            since = until
    return due_at


def alarm_of_moment(rule: DeadlineRule, due_at: datetime, now: datetime) -> Alarm | None:
    """The alarm of an open duty in hours: yellow from half of its time before, orange from a quarter, red after the due moment. Its time is
    service time where the rule runs in that. Raises ValueError for rules in days.
    """
    if now > due_at:
        return Alarm.RED
    left = _hours_between(rule, now, due_at)
    if left * 4 <= rule.amount:
        return Alarm.ORANGE
    return Alarm.YELLOW if left * 2 <= rule.amount else None


def merged(pauses: Iterable[Pause]) -> tuple[Pause, ...]:
    """Closed pauses in order, with those that meet or overlap made one; empty ones are left out.

    >>> merged([Pause(date(2021, 3, 5), date(2021, 3, 9)), Pause(date(2021, 3, 1), date(2021, 3, 6))])
    (Pause(after=datetime.date(2021, 3, 1), until=datetime.date(2021, 3, 9)),)
    """
    spans: list[tuple[date, date]] = []
    for after, until in sorted((pause.after, pause.until or pause.after) for pause in pauses):
        if until <= after:
            continue
        if spans and after <= spans[-1][1]:
            spans[-1] = (spans[-1][0], max(spans[-1][1], until))
        else:
            spans.append((after, until))
    return tuple(Pause(after, until) for after, until in spans)


def standing(
    due_on: date,
    today: date,
    *,
    done_on: date | None = None,
    paused: bool = False,
    void: bool = False,
    bound: str = "MAX",
) -> Standing:
    """How a deadline stands on a day, or at a moment where all three are moments. A shortest time (MIN) is never overdue."""
    if void:
        return Standing.VOID
    if done_on is not None:
        if bound == "MIN":
            return Standing.DONE_EARLY if done_on < due_on else Standing.DONE_ON_TIME
        return Standing.DONE_LATE if done_on > due_on else Standing.DONE_ON_TIME
    if paused:
        return Standing.PAUSED
    return Standing.OVERDUE if today > due_on and bound != "MIN" else Standing.RUNNING


def alarm(due_on: date, today: date, calendar: Calendar) -> Alarm | None:
    """The alarm of an open deadline on a day; none while more than three working days are left.

    >>> [alarm(date(2021, 3, 12), date(2021, 3, day), Calendar()) for day in (8, 9, 11, 13)]
    [None, <Alarm.YELLOW: 'YELLOW'>, <Alarm.ORANGE: 'ORANGE'>, <Alarm.RED: 'RED'>]
    """
    if today > due_on:
        return Alarm.RED
    if (due_on - today).days > _FAR:
        return None
    left = calendar.working_days(today, due_on)
    return next((kind for most, kind in ALARMS if left <= most), None)


def in_force(rules: Sequence[DeadlineRule], family: str, rule_date: date) -> DeadlineRule | None:
    """The family's version for matters of that day; none where the duty did not exist then."""
    return next(
        (
            rule
            for rule in rules
            if rule.family == family
            and rule.valid_from <= rule_date
            and (rule.valid_to is None or rule_date <= rule.valid_to)
        ),
        None,
    )


def added_months(day: date, count: int) -> date:
    """The same day of the month that many months later (earlier, where negative), else that month's last day.

    >>> added_months(date(2021, 1, 31), 1), added_months(date(2024, 2, 29), -12)
    (datetime.date(2021, 2, 28), datetime.date(2023, 2, 28))
    """
    year, month = divmod(day.year * 12 + day.month - 1 + count, 12)
    return date(year, month + 1, min(day.day, months.monthrange(year, month + 1)[1]))


_FAR = 31
"""Natural days among which there are more than three working days, whatever the holidays."""


def _hours_on(rule: DeadlineRule, moment: datetime, hours: Decimal) -> datetime:
    """So many hours of the rule's clock after a moment."""
    if rule.unit != "H":
        raise ValueError(f"{rule.rule_id} runs in days")
    if rule.pause_extend.startswith(STATED):
        return ServiceHours().due(_in_beijing(moment), hours)
    return moment + timedelta(seconds=round(hours * 3600))


def _hours_between(rule: DeadlineRule, first: datetime, last: datetime) -> Decimal:
    """The hours of the rule's clock between two moments."""
    if rule.unit != "H":
        raise ValueError(f"{rule.rule_id} runs in days")
    length = last - first
    if rule.pause_extend.startswith(STATED):
        length = ServiceHours().elapsed(_in_beijing(first), _in_beijing(last))
    return Decimal(length // timedelta(seconds=1)) / 3600


def _in_beijing(moment: datetime) -> datetime:
    return moment.astimezone(BEIJING) if moment.tzinfo else moment


def _base(rule: DeadlineRule, started: date, count: int, calendar: Calendar) -> date:
    """The last day before extensions, pauses and rolling; counted backwards for BEFORE."""
    backwards = rule.bound == "BEFORE"
    if rule.unit == "WD":
        return (calendar.before if backwards else calendar.after)(started, count)
    signed = -count if backwards else count
    if rule.unit == "D":
        return started + DAY * signed
    return added_months(started, signed * (12 if rule.unit == "Y" else 1))


def _further(rule: DeadlineRule, base: date, days: int, calendar: Calendar) -> date:
    return calendar.after(base, days) if rule.unit == "WD" else base + DAY * days


def _paused(rule: DeadlineRule, base: date, pause: Pause, calendar: Calendar) -> date:
    """The base after a pause. One that began after the last day mends nothing; one that began on a rest day before the rolled last day leaves that
    last working day to come, so that no pause takes away time that was left.
    """
    last, until = calendar.rolled(base) if rule.roll else base, pause.until or pause.after
    if pause.after > last:
        return base
    if rule.unit == "WD":
        return calendar.rolled(calendar.after(until, calendar.working_days(pause.after, base)))
    if pause.after > base:
        return until + DAY if pause.after < last else until
    return base + (until - pause.after)


def _is_provisional(rule: DeadlineRule, started: date, base: date, on: date, calendar: Calendar) -> bool:
    """Whether a year was asked of the calendar that it does not know."""
    if rule.unit == "WD":
        first = min(started + DAY, on)
        return not calendar.knows(first, max(first, on))
    return rule.roll and not calendar.knows(base, on)
