"""Leaves (请假外出): how many days one takes, and who decides on it; the limits are the regime's data."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, timedelta

from mingzhang.casework.deadlines import added_months
from mingzhang.casework.supervision.regimes import LeaveLevel
from mingzhang.casework.supervision.spans import Span


def days_of(leave: Span) -> int:
    """The days of a leave, first and last included. Raises ValueError for one without an end.

    >>> days_of(Span("外出", date(2021, 3, 1), date(2021, 3, 7)))
    7
    """
    if leave.until is None:
        raise ValueError("a leave has a last day")
    return (leave.until - leave.since).days + 1


def level_of(levels: Sequence[LeaveLevel], leave: Span, earlier: Iterable[Span]) -> LeaveLevel:
    """Who decides on a leave: the lowest level whose limits it keeps, alone and together with the earlier leaves that were approved. The last level has no limit.

    What counts together are days away within any span of so many months that the leave touches (实施办法第二十七条：两个月内外出时间累计超过三十日).
    """
    away = sorted({day for each in (leave, *earlier) for day in _days(each)})
    return next(level for level in levels if _keeps(level, leave, away))


def overlapping(leave: Span, earlier: Iterable[Span]) -> list[Span]:
    """Approved leaves that a new one overlaps: it is a change of them, not a second one."""
    return [each for each in earlier if set(_days(each)) & set(_days(leave))]


def _keeps(level: LeaveLevel, leave: Span, away: Sequence[date]) -> bool:
    if level.days and days_of(leave) > level.days:
        return False
    if not level.cumulative_days:
        return True
    own = _days(leave)
    most = 0
    for first in away:
        end = added_months(first, level.cumulative_months)
        within = [day for day in away if first <= day < end]
        if any(first <= day < end for day in own):
            most = max(most, len(within))
    return most <= level.cumulative_days


def _days(leave: Span) -> list[date]:
    return [leave.since + timedelta(days=number) for number in range(days_of(leave))]
