"""Duties generated (义务生成): from class, category and the rules in force, each with its span; the same for the same data, so that they can be made anew."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from mingzhang.casework.deadlines import added_months
from mingzhang.casework.supervision.regimes import DutyRule, Regime
from mingzhang.casework.supervision.spans import Episode, class_on


@dataclass(frozen=True, slots=True)
class Duty:
    """One duty of one person in one period (义务): so many contacts, or a sum of an amount, from a day to a day, both included."""

    rule: str
    since: date
    until: date
    times: int
    amount: int = 0
    measure: str = ""

    @property
    def key(self) -> str:
        """Its name within the episode, the same whenever it is generated: rule and first day of its period."""
        return f"{self.rule}@{self.since.isoformat()}"


def duties_between(episode: Episode, regime: Regime, since: date, until: date) -> list[Duty]:
    """The duties whose period ends from `since` to `until` (days), by last day and rule.

    Weeks begin on Monday, months on the first; the first and the last period of an episode or class may be cut short, and ask for as much of their times and amount
    as they have days of the whole, rounded down, at least one contact; a period wholly suspended, or cut to less than a third, asks for nothing.
    """
    found = [duty for rule in regime.duties for duty in _of_rule(episode, rule, since, until)]
    return sorted(found, key=lambda duty: (duty.until, duty.rule, duty.since))


def _of_rule(episode: Episode, rule: DutyRule, since: date, until: date) -> Iterator[Duty]:
    start, end = _period(rule, episode, max(since, episode.since))
    while start <= until:
        days = [day for day in _days(start, end) if _owed(episode, rule, day)]
        whole = (end - start).days + 1
        if days and since <= days[-1] <= until and len(days) * 3 >= whole:
            yield Duty(
                rule.id,
                days[0],
                days[-1],
                max(1, rule.times * len(days) // whole) if rule.times else 0,
                rule.amount * len(days) // whole,
                rule.measure,
            )
        if episode.until is not None and end >= episode.until:
            return
        start, end = _period(rule, episode, end + timedelta(days=1))


def _owed(episode: Episode, rule: DutyRule, day: date) -> bool:
    of_class = class_on(episode, day)
    if of_class is None or not rule.holds(day, of_class, episode.categories):
        return False
    return not any(span.covers(day) for span in episode.suspended)


def _period(rule: DutyRule, episode: Episode, day: date) -> tuple[date, date]:
    """The period of a rule that holds a day; longer ones than one week or month count from the beginning of the episode."""
    if rule.unit == "month":
        if rule.every == 1:
            first = day.replace(day=1)
            return first, added_months(first, 1) - timedelta(days=1)
        number = 0
        while added_months(episode.since, rule.every * (number + 1)) <= day:
            number += 1
        return (
            added_months(episode.since, rule.every * number),
            added_months(episode.since, rule.every * (number + 1)) - timedelta(days=1),
        )
    length = rule.every * (7 if rule.unit == "week" else 1)
    origin = episode.since - timedelta(days=episode.since.weekday()) if rule.unit == "week" else episode.since
    first = origin + timedelta(days=(day - origin).days // length * length)
    return first, first + timedelta(days=length - 1)


def _days(first: date, last: date) -> Iterator[date]:
    for number in range((last - first).days + 1):
        yield first + timedelta(days=number)
