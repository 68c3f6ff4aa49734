"""Clocks that run in service hours only (服务时间): when so many hours are over, and how much of a span counts. Days of the week make no difference."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta, timezone
from decimal import Decimal

BEIJING = timezone(timedelta(hours=8))
STATED = "只计服务时间"
"""What a rule of deadline_rules.csv says of its clock (`pause_extend`) where it runs in service hours."""


@dataclass(frozen=True, slots=True)
class ServiceHours:
    """Open from a time to a time every day, in the zone of the moments given. Raises ValueError where it closes before it opens."""

    opens: time = time(8, 30)
    closes: time = time(21, 0)

    def __post_init__(self) -> None:
        if self.closes <= self.opens:
            raise ValueError(f"closes at {self.closes}, before it opens at {self.opens}")

    def due(self, started: datetime, hours: Decimal) -> datetime:
        """When so many service hours after the start are over.

        >>> ServiceHours().due(datetime(2021, 3, 5, 20, 0), Decimal(2))
        datetime.datetime(2021, 3, 6, 9, 30)
        """
        left = timedelta(seconds=round(hours * 3600))
        day = started.date()
        while True:
            opens, closes = self._on(day, started)
            start = max(opens, started)
            if closes - start >= left:
                return start + left
            left -= max(closes - start, timedelta())
            day += timedelta(days=1)

    def elapsed(self, started: datetime, ended: datetime) -> timedelta:
        """How much service time lies between two moments.

        >>> ServiceHours().elapsed(datetime(2021, 3, 5, 20, 0), datetime(2021, 3, 6, 9, 30))
        datetime.timedelta(seconds=7200)
        """
        days = (ended.date() - started.date()).days
        if days < 0:
            return timedelta()
        first = self._within(started.date(), started, ended)
        if not days:
            return first
        whole = datetime.combine(date.min, self.closes) - datetime.combine(date.min, self.opens)
        return first + whole * (days - 1) + self._within(ended.date(), started, ended)

    def _on(self, day: date, like: datetime) -> tuple[datetime, datetime]:
        return (
            datetime.combine(day, self.opens, tzinfo=like.tzinfo),
            datetime.combine(day, self.closes, tzinfo=like.tzinfo),
        )

    def _within(self, day: date, started: datetime, ended: datetime) -> timedelta:
        opens, closes = self._on(day, started)
        return max(min(closes, ended) - max(opens, started), timedelta())
