"""Alarms (告警): what the evaluator says, as events that may be taken back; a person judges them, the machine closes none as a violation."""

from __future__ import annotations

from collections.abc import Iterable
from enum import StrEnum
from typing import NamedTuple


class AlarmKind(StrEnum):
    """What an alarm is of, with its name in `ALARM_WORDS`."""

    LEFT = "left"
    LEFT_UNVERIFIED = "left_unverified"
    ENTERED = "entered"
    ENTERED_UNVERIFIED = "entered_unverified"
    SILENT = "silent"
    REMOVED = "removed"
    MOCKED = "mocked"
    LOW_BATTERY = "low_battery"
    JUMPED = "jumped"


ALARM_WORDS = {
    AlarmKind.LEFT: "越界",
    AlarmKind.LEFT_UNVERIFIED: "疑似越界（待核）",
    AlarmKind.ENTERED: "进入禁区",
    AlarmKind.ENTERED_UNVERIFIED: "疑似进入禁区（待核）",
    AlarmKind.SILENT: "离线",
    AlarmKind.REMOVED: "设备脱落或拆除",
    AlarmKind.MOCKED: "疑似虚假定位",
    AlarmKind.LOW_BATTERY: "电量低",
    AlarmKind.JUMPED: "轨迹异常",
}
"""Kinds with their Chinese names."""


class Event(NamedTuple):
    """An alarm was raised, or ended. Its identity is person, kind, subject (the fence's key, or blank) and when it began; times in milliseconds.

    `at`: of a raised one the position that confirmed it, of an ended one the first position back.
    """

    person: int
    kind: AlarmKind
    subject: str
    began: int
    ended: bool
    at: int


class Change(NamedTuple):
    """An event that holds now, or one `withdrawn` because positions that came late, or a fence changed since, say otherwise."""

    event: Event
    withdrawn: bool = False


class Alarm(NamedTuple):
    """An alarm as all its events leave it; `ended` is None while it lasts."""

    person: int
    kind: AlarmKind
    subject: str
    began: int
    confirmed: int
    ended: int | None


def standing(changes: Iterable[Change]) -> frozenset[Event]:
    """The events that hold after all changes in their order. Raises ValueError where one is raised twice or withdrawn without being there."""
    held: set[Event] = set()
    for change in changes:
        if change.withdrawn is (change.event not in held):
            raise ValueError(f"doubled or lost: {change}")
        (held.remove if change.withdrawn else held.add)(change.event)
    return frozenset(held)


def alarms_of(events: Iterable[Event]) -> list[Alarm]:
    """The alarms that events tell of, by person, beginning and kind."""
    events = list(events)
    ends = {event[:4]: event.at for event in events if event.ended}
    raised = [Alarm(*event[:4], event.at, ends.get(event[:4])) for event in events if not event.ended]
    return sorted(raised, key=lambda alarm: (alarm.person, alarm.began, alarm.kind, alarm.subject))


def differences(before: Iterable[Event], after: Iterable[Event]) -> list[Change]:
    """What to take back and what to say where these events stand in place of those."""
    old, new = list(before), list(after)
    kept = set(old) & set(new)
    withdrawn = [Change(event, True) for event in reversed(old) if event not in kept]
    return withdrawn + [Change(event) for event in new if event not in kept]
