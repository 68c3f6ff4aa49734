"""Balances by place, and moving them from account to account (结转)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from mingzhang.records.drafts import Entry


class Place(NamedTuple):
    """An account with the attributes that its balance is kept by."""

    account: str
    function: str = ""
    economic: str = ""
    nature: str = ""
    fund: str = ""
    project: str = ""
    source: str = "current"
    detail: str = ""
    counterparty: str = ""


Balances = dict[Place, int]
"""Fen by place, debits positive."""


@dataclass(frozen=True, slots=True)
class Step:
    """One step with the entries it makes, none where there was nothing to move."""

    name: str
    chinese: str
    entries: tuple[Entry, ...]


@dataclass
class Mover:
    """Balances on their way from account to account; what is moved becomes entries."""

    balances: Balances
    _moved: dict[Place, int] = field(default_factory=lambda: defaultdict(int), init=False, repr=False)

    def total(self, account: str) -> int:
        """Balance of an account with all its details, debits positive."""
        return sum(fen for place, fen in self.balances.items() if place.account.startswith(account))

    def carry(self, wanted: Callable[[Place], bool], into: Callable[[Place], Place]) -> None:
        """Move the whole balance of every place wanted."""
        for place in [place for place, fen in self.balances.items() if fen and wanted(place)]:
            self.move(place, into(place), self.balances[place])

    def move(self, place: Place, into: Place, fen: int) -> None:
        """Move an amount, a debit where positive."""
        for to, amount in ((place, -fen), (into, fen)):
            self.balances[to] = self.balances.get(to, 0) + amount
            self._moved[to] += amount

    def step(self, name: str, chinese: str, action: Callable[[], None]) -> Step:
        """Do something and return the entries that it comes to."""
        self._moved.clear()
        action()
        return Step(name, chinese, entries(self._moved))


def entries(moved: Mapping[Place, int]) -> tuple[Entry, ...]:
    """Entries of what was moved, debits first, each place once."""
    places = sorted((place, fen) for place, fen in moved.items() if fen)
    debits = [Entry("D", place.account, fen, *place[1:]) for place, fen in places if fen > 0]
    credits = [Entry("C", place.account, -fen, *place[1:]) for place, fen in places if fen < 0]
    return (*debits, *credits)


def plain(account: str) -> Callable[[Place], Place]:
    """Into an account kept without attributes."""
    return lambda place: Place(account)
