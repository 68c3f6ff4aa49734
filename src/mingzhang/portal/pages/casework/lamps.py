"""Deadlines as traffic lights (期限灯): how long is left, by which rule, and how sure the rule is."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.utils import timezone

from mingzhang.casework.calendar import Calendar
from mingzhang.casework.deadlines import Alarm
from mingzhang.casework.definitions import DeadlineRule
from mingzhang.records.casework.deadlines import alarm_of, moment_on
from mingzhang.records.casework.models import Deadline

_COLOURS = {Alarm.YELLOW: "yellow", Alarm.ORANGE: "orange", Alarm.RED: "red", None: "green"}
_UNITS = {"D": "日", "WD": "个工作日", "M": "个月", "Y": "年", "H": "小时"}
UNSURE = ("源", "知", "参")
"""Sureness of rules that the bureau has still to check against the official text."""


@dataclass(frozen=True, slots=True)
class Lamp:
    """A light and what it says."""

    colour: str
    text: str


@dataclass(frozen=True, slots=True)
class Shown:
    """A deadline with its rule."""

    action: str
    lamp: Lamp
    how: str
    basis: str
    unsure: bool
    provisional: bool


def lamp(deadline: Deadline, today: date, calendar: Calendar) -> Lamp:
    """The light of a deadline on a day."""
    standing = deadline.standing
    if standing == Deadline.Standing.VOID:
        return Lamp("none", "不再适用")
    if standing == Deadline.Standing.PAUSED:
        return Lamp("paused", "已暂停计算")
    if deadline.done_on is not None:
        late = standing == Deadline.Standing.DONE_LATE
        when = minute(deadline.done_at) if deadline.done_at else deadline.done_on
        return Lamp("red" if late else "green", f"{deadline.get_standing_display()} {when}")
    colour = _COLOURS[alarm_of(deadline, today, calendar)]
    if deadline.due_at is not None:
        return Lamp(colour, _clock(deadline.due_at, moment_on(today)))
    left = (deadline.due_on - today).days
    if left < 0:
        return Lamp(colour, f"已超期{-left}天（{deadline.due_on}）")
    return Lamp(colour, "今天到期" if not left else f"还有{left}天（{deadline.due_on}）")


def _clock(due_at: datetime, now: datetime) -> str:
    """How long is left of hours, or has gone by since."""
    minutes = abs(due_at - now) // timedelta(minutes=1)
    length = f"{minutes // 60}小时{minutes % 60}分" if minutes >= 60 else f"{minutes}分钟"
    return f"{'已超时' if now > due_at else '还有'}{length}（{minute(due_at)}）"


def minute(moment: datetime) -> str:
    """A moment to the minute, in the department's time."""
    return f"{timezone.localtime(moment):%Y-%m-%d %H:%M}"


def shown(
    deadlines: list[Deadline], rules: Mapping[str, DeadlineRule], today: date, calendar: Calendar
) -> list[Shown]:
    """The deadlines of a record, open ones first."""
    ordered = sorted(deadlines, key=lambda each: (each.standing not in Deadline.OPEN, each.due_on, each.pk))
    return [_shown(each, rules.get(each.rule_id), lamp(each, today, calendar)) for each in ordered]


def _shown(deadline: Deadline, rule: DeadlineRule | None, light: Lamp) -> Shown:
    parts = [f"自{minute(deadline.started_at) if deadline.started_at else deadline.started_on}起算"]
    if rule is not None:
        parts.append(amount(rule))
    if deadline.extension:
        parts.append(f"延长{deadline.extension}日（{deadline.extended_by} {deadline.extended_on}）")
    parts += [
        f"{_pause(after)}后暂停{f'至{_pause(until)}' if until else ''}" for after, until in deadline.pauses
    ]
    if deadline.base_due_on != deadline.due_on:
        parts.append(f"{deadline.base_due_on}遇休息日顺延")
    return Shown(
        action=(in_chinese(rule.action) if rule else deadline.family)
        + (f"（{deadline.party}）" if deadline.party else ""),
        lamp=light,
        how="，".join(parts),
        basis=f"{in_chinese(rule.basis)}（{rule.rule_id}）" if rule else deadline.rule_id,
        unsure=rule is not None and rule.sureness in UNSURE,
        provisional=deadline.provisional,
    )


def _pause(kept: str) -> str:
    """Where a pause begins or ends: a day, or a moment to the minute."""
    return minute(datetime.fromisoformat(kept)) if "T" in kept else kept


def in_chinese(text: str) -> str:
    """A text of the rules without the English remarks in brackets that its collectors put there.

    >>> in_chinese("法律援助法 第四十三条 (law gives no working-day clause)")
    '法律援助法 第四十三条'
    """
    return _REMARK.sub("", text).strip()


_REMARK = re.compile(r"\s*[(（][^()（）]*[A-Za-z]{2,}[^()（）]*[)）]")


def amount(rule: DeadlineRule) -> str:
    """How long a rule gives, in words."""
    return f"{rule.amount}{_UNITS.get(rule.unit, rule.unit)}{'前' if rule.bound == 'BEFORE' else ''}"
