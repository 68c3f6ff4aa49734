"""Relations between facts that follow from their coordinates (勾稽关系), each with its verdict.

A verdict compares intervals: a contradiction is certain, whatever the exact values are. Sums are linear, and as
l ≤ a ÷ b ≤ u is l·b ≤ a ≤ u·b for a base that is not zero, so are shares, growth and completion.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction
from itertools import combinations

from mingzhang.facts.coordinate import Coordinate
from mingzhang.facts.fact import Fact
from mingzhang.facts.verdict import Verdict, if_truncated, overlap, same_digits, step
from mingzhang.numbers import Interval


@dataclass(frozen=True, slots=True)
class Same:
    """One coordinate stated more than once is one number."""

    coordinate: Coordinate
    facts: tuple[Fact, ...]

    @property
    def verdict(self) -> Verdict:
        """The gravest verdict of any two of the statements."""
        verdicts = {_pair(one, other) for one, other in combinations(self.facts, 2)}
        return next(verdict for verdict in Verdict if verdict in verdicts or verdict is Verdict.CONSISTENT)


@dataclass(frozen=True, slots=True)
class Total:
    """A figure is the sum of its members along a dimension, of its units (`entity`) or its parts (`concept`)."""

    total: Fact
    parts: tuple[Fact, ...]
    dimension: str

    @property
    def facts(self) -> tuple[Fact, ...]:
        """The total, then its parts."""
        return (self.total, *self.parts)

    @property
    def sum(self) -> Interval:
        """The interval in which the total must lie if all parts are right."""
        return _sum(part.interval for part in self.parts)

    @property
    def verdict(self) -> Verdict:
        """Whether the parts can add up to the total, and do so in their printed digits."""
        if self.sum.meets(self.total):
            exact = sum((part.value for part in self.parts), Fraction(0))
            same = same_digits(exact, self.total.value, map(step, self.facts))
            return Verdict.CONSISTENT if same else Verdict.TAIL
        if overlap(_sum(if_truncated(part) for part in self.parts), if_truncated(self.total)):
            return Verdict.ROUNDING
        return Verdict.CONTRADICTION


@dataclass(frozen=True, slots=True)
class Comparison:
    """A change, growth, share or completion follows from the two figures it compares."""

    stated: Fact
    own: Fact
    base: Fact

    @property
    def kind(self) -> str:
        """`change`, `growth`, `share` or `completion`."""
        return self.stated.coordinate.measure.kind

    @property
    def facts(self) -> tuple[Fact, ...]:
        """The comparison, the figure compared, the base."""
        return (self.stated, self.own, self.base)

    @property
    def verdict(self) -> Verdict:
        """Whether the comparison can be true; undecided where the base may be zero."""
        if self.kind == "change":
            return self._change()
        if self.base.interval.contains(0):
            return Verdict.UNDECIDED
        if self._own_if(self.stated.interval).meets(self.own):
            return Verdict.CONSISTENT
        return (
            Verdict.ROUNDING
            if overlap(self._own_if(if_truncated(self.stated)), self.own.interval)
            else Verdict.CONTRADICTION
        )

    def _change(self) -> Verdict:
        if (self.own.interval - self.base).meets(self.stated):
            same = same_digits(self.own.value - self.base.value, self.stated.value, map(step, self.facts))
            return Verdict.CONSISTENT if same else Verdict.TAIL
        if overlap(if_truncated(self.own) - if_truncated(self.base), if_truncated(self.stated)):
            return Verdict.ROUNDING
        return Verdict.CONTRADICTION

    def _own_if(self, ratio: Interval) -> Interval:
        """Where the figure must lie, given the ratio: l·b to u·b; growth is a = b + g·|b|."""
        base = self.base.interval
        if self.kind != "growth":
            return ratio * base
        return (Interval.of(1) + (ratio if base.low > 0 else -ratio)) * base


def _sum(intervals: Iterable[Interval]) -> Interval:
    return sum(intervals, start=Interval.of(0))


Relation = Same | Total | Comparison


def _pair(one: Fact, other: Fact) -> Verdict:
    if one.interval.meets(other):
        same = same_digits(one.value, other.value, (step(one), step(other)))
        return Verdict.CONSISTENT if same else Verdict.TAIL
    coarse, fine = (one, other) if step(one) >= step(other) else (other, one)
    return Verdict.ROUNDING if overlap(if_truncated(coarse), fine.interval) else Verdict.CONTRADICTION
