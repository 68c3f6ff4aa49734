"""A tie: what must hold among figures of a report, all of them linear in the exact values behind the print.

A `sum` says Σ coefficient·variable = 0 (or ≤ 0). A `ratio` says numerator = ratio × denominator, a `growth`
own − base = growth × base; since the ratio is a printed interval l..u and the denominator is not negative, both are
two linear inequalities, l·d ≤ n ≤ u·d.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import Literal

Variable = str
"""The id of a statement (`f12`), or the written coordinate of a figure that is not printed but implied."""

Term = tuple[Fraction, Variable]


@dataclass(frozen=True, slots=True)
class Tie:
    """One thing that must hold.

    `rule` names it in findings: `total`, `same`, `share`, `growth`, `completion`, `change`, or a relation of the
    catalogue. `terms` of a `sum` are coefficients with variables, the total first with coefficient −1. Of a `ratio`
    they are numerator, then denominator; of a `growth` own figure, then base; the printed ratio is `ratio`.
    `certain` is False where words leave open whether it must hold (其中 need not name all parts): its failure is a
    warning at most. `severity` is the gravest that a failure may be.
    """

    rule: str
    kind: Literal["sum", "ratio", "growth"]
    terms: tuple[Term, ...]
    ratio: Variable | None = None
    comparison: Literal["equals", "at_most"] = "equals"
    certain: bool = True
    severity: Literal["error", "warning", "notice"] = "error"
    chinese: str = ""
    """What must hold, in words: 基本支出与项目支出之和等于本年支出合计."""
    basis: str = ""
    """The law or form behind it, in Chinese."""

    @property
    def variables(self) -> tuple[Variable, ...]:
        """All variables, the printed ratio first."""
        own = tuple(variable for _, variable in self.terms)
        return (self.ratio, *own) if self.ratio else own
