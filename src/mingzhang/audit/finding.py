"""A finding (核对发现): a relation that does not hold, or on which nothing can be said."""

from __future__ import annotations

from dataclasses import dataclass

from mingzhang.documents import Problem
from mingzhang.facts import Coordinate, Verdict


@dataclass(frozen=True, slots=True)
class Finding:
    """What a user should know of one relation at one entity and period, in Chinese.

    `arithmetic` shows both sides with their figures, or the figures that are missing; `coordinates` are the terms.
    """

    rule: str
    verdict: Verdict
    severity: str
    what: str
    where: str
    arithmetic: str
    remedy: str
    law: str
    coordinates: tuple[Coordinate, ...]

    @property
    def message(self) -> str:
        """What, where, arithmetic, remedy, law: one a line."""
        return (
            f"{self.what}（{self.rule}）\n  位置  {self.where}\n  所载  {self.arithmetic}\n"
            f"  建议  {self.remedy}\n  依据  {self.law}"
        )

    def problem(self) -> Problem:
        """The finding among the problems of a disclosure; its code is the relation's name."""
        return Problem(
            self.rule,
            f"{self.what}：{self.arithmetic}",
            self.where,
            f"{self.remedy}依据：{self.law}。",
            self.severity,
        )
