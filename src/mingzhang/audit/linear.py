"""Intervals for one tie: whether it can hold, and where one of its variables must lie given the others.

Every tie reads Σ coefficient × variable = 0 (or ≤ 0): a sum with exact coefficients, a ratio n − r·d with the printed
ratio's interval as coefficient, a growth own − (1 + g)·base.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from fractions import Fraction

from mingzhang.facts import Tie, Variable
from mingzhang.numbers import Interval

Lookup = Callable[[Variable], Interval]
ZERO, ONE = Interval.of(0), Interval.of(1)
FAR = Fraction(10) ** 24
ANYWHERE = Interval(-FAR, FAR)
"""No bound at all: wider than any amount."""


def coefficients(tie: Tie, at: Lookup) -> dict[Variable, Interval]:
    """What each variable but the printed ratio is multiplied with."""
    if tie.ratio is None:
        return {variable: Interval.of(factor) for factor, variable in tie.terms}
    ratio = at(tie.ratio)
    (own_factor, own), (base_factor, base) = tie.terms
    multiple = ONE + ratio if tie.kind == "growth" else ratio
    return {own: Interval.of(own_factor), base: -multiple.scaled(base_factor)}


def holds(tie: Tie, at: Lookup) -> bool:
    """Whether some values within the intervals make the tie true."""
    total = slack(tie, at)
    return total.low <= 0 if tie.comparison == "at_most" else total.contains(0)


def slack(tie: Tie, at: Lookup) -> Interval:
    """Where the two sides' difference lies."""
    if tie.ratio is None:
        return Interval.weighted((factor, at(variable)) for factor, variable in tie.terms)
    return _added(coefficients(tie, at), at)


def implied(tie: Tie, variable: Variable, at: Lookup) -> Interval:
    """Where the variable must lie for the tie to hold; `ANYWHERE` where the tie does not bound it."""
    if variable == tie.ratio:
        return _implied_ratio(tie, at)
    if tie.ratio is None:
        others = Interval.weighted((factor, at(name)) for factor, name in tie.terms if name != variable)
        own = next(factor for factor, name in tie.terms if name == variable)
        if tie.comparison == "equals" and abs(own) == 1:
            return -others if own == 1 else others
        return solved(Interval.of(own), others, tie.comparison == "at_most")
    parts = coefficients(tie, at)
    factor = parts.pop(variable)
    return solved(factor, _added(parts, at), tie.comparison == "at_most")


def solved(factor: Interval, rest: Interval, at_most: bool = False) -> Interval:
    """The x for which factor·x + rest = 0 (or ≤ 0) for some values in the intervals."""
    if factor.contains(0):
        return ANYWHERE
    bound = (-rest).ratio(factor)
    if bound is None or not at_most:
        return bound or ANYWHERE
    return Interval(-FAR, bound.high) if factor.low > 0 else Interval(bound.low, FAR)


def _implied_ratio(tie: Tie, at: Lookup) -> Interval:
    own, base = (at(name).scaled(factor) for factor, name in tie.terms)
    quotient = own.ratio(base) or _over_small(own, base)
    return quotient - ONE if tie.kind == "growth" else quotient


def _over_small(own: Interval, base: Interval) -> Interval:
    """The quotient over a base that may be zero but not negative, as amounts are: it is at least own ÷ largest base."""
    if own.low > 0 and base.high > 0:
        return Interval(own.low / base.high, FAR)
    return ANYWHERE


def _added(parts: Mapping[Variable, Interval], at: Lookup) -> Interval:
    total = ZERO
    for variable, factor in parts.items():
        exact = factor.exact
        total = total + (factor * at(variable) if exact is None else at(variable).scaled(exact))
    return total
