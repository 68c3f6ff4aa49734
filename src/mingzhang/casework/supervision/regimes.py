"""A regime (监管规则) as a line states it: classes, duties by class, sanctions and their grounds; dated, each with its article and how sure it is."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class SupervisionClass:
    """A class of management (管理类别); new persons stay `entrant_months` in theirs at least."""

    id: str
    chinese: str
    entrant_months: int = 0


@dataclass(frozen=True, slots=True)
class DutyRule:
    """So many contacts of a kind per period (义务频次): `times` in every `every` days, weeks or months.

    `classes` and `categories` empty: all. `amount` with `measure` where a period asks for a sum (十二小时学习) instead of a number of contacts.
    """

    id: str
    contact: str
    """The kind of contact that fulfils it (报到, 通话, 学习)."""
    chinese: str
    classes: tuple[str, ...]
    categories: tuple[str, ...]
    times: int
    every: int
    unit: str
    amount: int
    measure: str
    basis: str
    sureness: str
    valid_from: date
    valid_to: date | None = None

    def holds(self, day: date, of_class: str, words: Collection[str]) -> bool:
        """Whether it holds on a day for the class and the category's words."""
        in_force = self.valid_from <= day and (self.valid_to is None or day <= self.valid_to)
        return in_force and of_class in (self.classes or (of_class,)) and fits(self.categories, words)


@dataclass(frozen=True, slots=True)
class SanctionKind:
    """A rung of the ladder (奖惩种类); a higher `rank` is graver. `review`: only after collective review; `hearing`: the person is heard before."""

    id: str
    chinese: str
    rank: int
    review: bool = False
    hearing: bool = True
    categories: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Ground:
    """A ground of a sanction (事由): all that is stated must hold.

    Of one verified incident: its kind, severity, days lost more than `days_over` and at most `days_up_to`, longer than `months_over` months, after
    `educated`. Of the record: `prior` sanctions of a kind at least so often, all within the
    same episode, and an incident after the last of them.
    `open`: “other” grounds, which need words and are never found by the machine.
    """

    id: str
    sanction: str
    chinese: str
    article: str
    sureness: str
    incidents: tuple[str, ...] = ()
    severities: tuple[str, ...] = ()
    categories: tuple[str, ...] = ()
    days_over: int | None = None
    days_up_to: int | None = None
    months_over: int | None = None
    educated: bool = False
    prior: str = ""
    prior_times: int = 0
    open: bool = False


@dataclass(frozen=True, slots=True)
class LeaveLevel:
    """Who decides on leaves (批准权限): of at most so many days, and so many together within so many months; 0: without limit."""

    id: str
    chinese: str
    basis: str
    sureness: str
    days: int = 0
    cumulative_days: int = 0
    cumulative_months: int = 0


@dataclass(frozen=True, slots=True)
class Regime:
    """All of it."""

    classes: Mapping[str, SupervisionClass]
    duties: tuple[DutyRule, ...]
    sanctions: Mapping[str, SanctionKind]
    grounds: tuple[Ground, ...]
    leave_levels: tuple[LeaveLevel, ...]
    """From the lowest up."""
    incidents: tuple[str, ...]
    severities: tuple[str, ...]
    categories: tuple[str, ...]


def fits(asked: Collection[str], words: Collection[str]) -> bool:
    """Whether any of the categories asked for is among the words of a person's category; nothing asked fits all.

    >>> fits((), ("缓刑",)), fits(("保外就医",), ("暂予监外执行", "保外就医")), fits(("假释",), ("缓刑",))
    (True, True, False)
    """
    return not asked or not set(asked).isdisjoint(words)
