"""Several units or sub-projects as one (汇总): funds add up, absolute values add up, rates weigh by funds.

Source: note 2 of the Hubei form: aggregate first, then score.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from mingzhang.performance.scoring import Actual


@dataclass(frozen=True, slots=True)
class Part:
    """One unit's or sub-project's share: funds in yuan, and what it reached of an indicator."""

    budget: Fraction
    executed: Fraction
    actual: Actual


def funds(parts: Sequence[Part]) -> tuple[Fraction, Fraction]:
    """Budget and executed of the whole: the sums of the parts'."""
    return sum((part.budget for part in parts), Fraction(0)), sum(
        (part.executed for part in parts), Fraction(0)
    )


def together(parts: Sequence[Part], *, relative: bool) -> Actual:
    """What the parts reached together: the sum, or for rates the mean weighed by executed funds (plain where none was).

    A part that does not know its value leaves the whole unknown: nothing is guessed.

    >>> together([Part(Fraction(1), Fraction(3), Actual(Fraction(90))), Part(Fraction(1), Fraction(1), Actual(Fraction(98)))], relative=True).value
    Fraction(92, 1)
    """
    values = [part.actual.value for part in parts]
    known = [value for value in values if value is not None]
    if not parts or len(known) < len(values):
        return Actual()
    if not relative:
        return Actual(sum(known, Fraction(0)))
    weights = [part.executed for part in parts]
    whole = sum(weights, Fraction(0))
    if not whole:
        weights, whole = [Fraction(1)] * len(parts), Fraction(len(parts))
    weighed = (value * weight for value, weight in zip(known, weights, strict=True))
    return Actual(sum(weighed, Fraction(0)) / whole)
