"""The calendar of working days (工作日历): which days are worked, with make-up workdays, and what is counted by it.

A year is known once each of its days is stated; in other years only weekends rest, and whatever is computed by them is provisional.
Source: the State Council's yearly notice on holidays (国务院办公厅关于部分节假日安排的通知).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from enum import StrEnum

DAY = timedelta(days=1)


class DayKind(StrEnum):
    """What a day is: worked (工作日), weekend (休息日), statutory holiday (节假日), weekend worked instead (调休上班)."""

    WORK = "WORK"
    REST = "REST"
    HOLIDAY = "HOLIDAY"
    MAKEUP = "MAKEUP"

    @property
    def is_worked(self) -> bool:
        """Whether offices are open."""
        return self in (DayKind.WORK, DayKind.MAKEUP)


@dataclass(frozen=True, slots=True)
class CalendarDay:
    """One stated day, with the holiday's name where it has one and where it is stated."""

    day: date
    kind: DayKind
    name: str = ""
    source: str = ""


@dataclass(frozen=True)
class Calendar:
    """Stated days by date; `known` are the years stated completely."""

    kinds: Mapping[date, DayKind] = field(default_factory=dict)
    known: frozenset[int] = frozenset()

    @classmethod
    def of(cls, days: Iterable[CalendarDay]) -> Calendar:
        """The calendar that the days state.

        >>> Calendar.of([CalendarDay(date(2021, 2, 7), DayKind.MAKEUP)]).known
        frozenset()
        """
        kinds = {entry.day: entry.kind for entry in days}
        stated = Counter(day.year for day in kinds)
        return cls(kinds, frozenset(year for year, count in stated.items() if count == _length(year)))

    def kind(self, day: date) -> DayKind:
        """What the day is; by the week where it is not stated."""
        return self.kinds.get(day) or (DayKind.WORK if day.weekday() < 5 else DayKind.REST)

    def is_working(self, day: date) -> bool:
        """Whether offices are open.

        >>> Calendar().is_working(date(2021, 2, 7)), Calendar().is_working(date(2021, 2, 8))
        (False, True)
        """
        return self.kind(day).is_worked

    def knows(self, first: date, last: date) -> bool:
        """Whether all years from the first day's to the last day's are known."""
        return all(year in self.known for year in range(first.year, last.year + 1))

    def rolled(self, day: date) -> date:
        """The day itself where offices are open, else the next one they are (顺延)."""
        while not self.is_working(day):
            day += DAY
        return day

    def after(self, day: date, count: int) -> date:
        """The `count`-th working day after the day, which itself is not counted; the day itself for 0."""
        return self._stepped(day, count, DAY)

    def before(self, day: date, count: int) -> date:
        """The `count`-th working day before the day, which itself is not counted; the day itself for 0."""
        return self._stepped(day, count, -DAY)

    def working_days(self, after: date, until: date) -> int:
        """How many working days come after `after`, `until` included; 0 where `until` is not later.

        >>> Calendar().working_days(date(2021, 3, 5), date(2021, 3, 9))
        2
        """
        days = (after + DAY * number for number in range(1, (until - after).days + 1))
        return sum(self.is_working(day) for day in days)

    def _stepped(self, day: date, count: int, step: timedelta) -> date:
        while count > 0:
            day += step
            count -= self.is_working(day)
        return day


def _length(year: int) -> int:
    return (date(year + 1, 1, 1) - date(year, 1, 1)).days
