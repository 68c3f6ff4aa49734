"""Whose turn it is (轮值): who has the skill comes first, then who waited longest; everybody else stays in the list, with the reason."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class Entrant:
    """Somebody who takes part: the day of the last turn, how many turns there were, whether the wanted skill is there."""

    key: str
    order: str
    last_on: date | None = None
    times: int = 0
    skilled: bool = True


def in_turn(entrants: Iterable[Entrant]) -> list[Entrant]:
    """The entrants, the next one first. Who never had a turn goes before all who had; ties go by fewer turns, then by the fixed order.

    >>> from datetime import date
    >>> names = [Entrant("a", "1", date(2021, 3, 1)), Entrant("b", "2", date(2021, 1, 5)), Entrant("c", "3"), Entrant("d", "4", skilled=False)]
    >>> [each.key for each in in_turn(names)]
    ['c', 'b', 'a', 'd']
    """
    return sorted(
        entrants,
        key=lambda each: (not each.skilled, each.last_on or date.min, each.times, each.order, each.key),
    )
