"""Closed intervals of exact numbers: what a printed figure says about the exact value behind it."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import Protocol

Exact = int | Decimal | Fraction


class Bounded(Protocol):
    """Whatever stands for an interval of exact values: an interval, a printed number, a fact."""

    @property
    def interval(self) -> Interval:
        """The interval of exact values."""


@dataclass(frozen=True, slots=True)
class Interval:
    """The closed interval [low, high], in base units (元, ratio, the thing counted), exact.

    >>> a, b = Interval.of(1, 2), Interval.of(2, 3)
    >>> a.meets(b), (a + b).low, (b - a).high
    (True, Fraction(3, 1), Fraction(2, 1))
    """

    low: Fraction
    high: Fraction

    def __post_init__(self) -> None:
        if self.low is not self.high and self.low > self.high:
            raise ValueError(f"an interval needs low ≤ high, got [{self.low}, {self.high}]")

    @classmethod
    def of(cls, low: Exact, high: Exact | None = None) -> Interval:
        """Make an interval from exact numbers; one number alone is a point."""
        return cls(Fraction(low), Fraction(low if high is None else high))

    @property
    def interval(self) -> Interval:
        """The interval itself, as everything that is bounded has one."""
        return self

    @property
    def exact(self) -> Fraction | None:
        """The value, where only one is possible."""
        return self.low if self.low is self.high or self.low == self.high else None

    @property
    def width(self) -> Fraction:
        """Length of the interval."""
        return self.high - self.low

    def meets(self, other: Bounded) -> bool:
        """Whether some exact value lies in both."""
        bounds = other.interval
        return self.low <= bounds.high and bounds.low <= self.high

    def contains(self, value: Exact) -> bool:
        """Whether the exact value lies inside, ends included."""
        return self.low <= value <= self.high

    def intersection(self, other: Interval) -> Interval | None:
        """Common part, or None where the two are disjoint."""
        if not self.meets(other):
            return None
        return Interval(max(self.low, other.low), min(self.high, other.high))

    def distance(self, other: Interval) -> Fraction:
        """Smallest difference between a value of each; 0 where they meet."""
        return max(Fraction(0), other.low - self.high, self.low - other.high)

    def __add__(self, other: Bounded) -> Interval:
        bounds = other.interval
        return Interval(self.low + bounds.low, self.high + bounds.high)

    def __radd__(self, other: int) -> Interval:
        """Support `sum()`, which starts from 0."""
        return self if other == 0 else Interval(self.low + other, self.high + other)

    def __sub__(self, other: Bounded) -> Interval:
        bounds = other.interval
        return Interval(self.low - bounds.high, self.high - bounds.low)

    def __neg__(self) -> Interval:
        return Interval(-self.high, -self.low)

    def __mul__(self, other: Interval) -> Interval:
        corners = (self.low * other.low, self.low * other.high, self.high * other.low, self.high * other.high)
        return Interval(min(corners), max(corners))

    def scaled(self, factor: Exact) -> Interval:
        """Multiply both ends by an exact factor of either sign."""
        if factor == 1:
            return self
        if factor == -1:
            return -self
        ends = (self.low * Fraction(factor), self.high * Fraction(factor))
        return Interval(min(ends), max(ends))

    def ratio(self, base: Interval) -> Interval | None:
        """Return self ÷ base, or None where the base may be zero."""
        if base.low <= 0 <= base.high:
            return None
        corners = (self.low / base.low, self.low / base.high, self.high / base.low, self.high / base.high)
        return Interval(min(corners), max(corners))
