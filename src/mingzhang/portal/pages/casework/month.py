"""A month as weeks (月历): days from Monday to Sunday, with what falls on each."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta


@dataclass(frozen=True, slots=True)
class Entry:
    """Something on a day: a deadline, a hearing, an activity."""

    text: str
    sort: str
    address: str = ""


@dataclass(slots=True)
class Day:
    """A day of the month; `off` where nobody works, `word` says why (清明节, 调休上班)."""

    on: date
    off: bool
    word: str = ""
    entries: list[Entry] = field(default_factory=list)


def month_asked(text: str, today: date) -> date:
    """The first day of the month that an address names; of the current month where it names none.

    >>> month_asked("2021-02", date(2026, 1, 9)), month_asked("x", date(2026, 1, 9))
    (datetime.date(2021, 2, 1), datetime.date(2026, 1, 1))
    """
    try:
        return date.fromisoformat(f"{text[:7]}-01")
    except ValueError:
        return today.replace(day=1)


def last_day(first: date) -> date:
    """The last day of a month."""
    return first.replace(day=monthrange(first.year, first.month)[1])


def neighbours(first: date) -> tuple[str, str]:
    """The months before and after, as addresses name them.

    >>> neighbours(date(2021, 12, 1))
    ('2021-11', '2022-01')
    """
    return f"{first - timedelta(days=1):%Y-%m}", f"{last_day(first) + timedelta(days=1):%Y-%m}"


def weeks(
    first: date, off: Mapping[date, tuple[bool, str]], entries: Iterable[tuple[date, Entry]]
) -> list[list[Day | None]]:
    """The weeks of the month that begins on this day; `off` says of each day whether it is free, and its word."""
    days = {
        on: Day(on, *off[on])
        for on in (first + timedelta(days=place) for place in range(last_day(first).day))
    }
    for on, entry in entries:
        days[on].entries.append(entry)
    found: list[Day | None] = [None] * first.weekday() + list(days.values())
    found += [None] * (-len(found) % 7)
    return [found[place : place + 7] for place in range(0, len(found), 7)]
