"""Closed intervals of exact numbers: what a printed figure says about the exact value behind it."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from fractions import Fraction
from typing import Protocol

Exact = int | Decimal | Fraction
_Number = int | Fraction
_WHOLE = 10**8
"""Ends are held as so many parts of one."""


class Bounded(Protocol):
    """Whatever stands for an interval of exact values: an interval, a printed number, a fact."""

    @property
    def interval(self) -> Interval:
        """The interval of exact values."""


class Interval:
    """The closed interval [low, high], in base units (元, ratio, the thing counted), exact and never changed.

    Ends of at most eight decimals, as digits give them, are held as whole numbers of hundred-millionths, which are added
    up twenty times as fast as fractions; all others as fractions of these. Told, they are fractions of one.

    >>> a, b = Interval.of(1, 2), Interval.of(2, 3)
    >>> a.meets(b), (a + b).low, (b - a).high
    (True, Fraction(3, 1), Fraction(2, 1))
    """

    __slots__ = ("_high", "_low")
    _low: _Number
    _high: _Number

    def __init__(self, low: Exact, high: Exact) -> None:
        self._low, self._high = _plain(low), _plain(high)
        if self._low > self._high:
            raise ValueError(f"an interval needs low ≤ high, got [{low}, {high}]")

    @classmethod
    def of(cls, low: Exact, high: Exact | None = None) -> Interval:
        """Make an interval from exact numbers; one number alone is a point."""
        if high is None:
            one = _plain(low)
            return _bounded(one, one)
        return cls(low, high)

    @staticmethod
    def weighted(terms: Iterable[tuple[Fraction, Interval]]) -> Interval:
        """Σ factor × interval; [0, 0] of nothing.

        >>> Interval.weighted([(Fraction(1), Interval.of(1, 2)), (Fraction(-1), Interval.of(0, 5))])
        Interval(low=Fraction(-4, 1), high=Fraction(2, 1))
        """
        low: _Number = 0
        high: _Number = 0
        for factor, each in terms:
            if factor == 1:
                low, high = low + each._low, high + each._high
            elif factor == -1:
                low, high = low - each._high, high - each._low
            else:
                part = each.scaled(factor)
                low, high = low + part._low, high + part._high
        return _bounded(low, high)

    @property
    def low(self) -> Fraction:
        """The least exact value."""
        return _told(self._low)

    @property
    def high(self) -> Fraction:
        """The greatest exact value."""
        return _told(self._high)

    @property
    def middle(self) -> Fraction:
        """The number in the middle: of an interval around printed digits, the printed number itself."""
        return _told(self._low + self._high) / 2

    def floats(self, per: int = 1) -> tuple[float, float]:
        """Both ends ÷ `per`, each as the nearest floating-point number."""
        whole = _WHOLE * per
        return float(self._low / whole), float(self._high / whole)

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Interval):
            return NotImplemented
        return self._low == other._low and self._high == other._high

    def __hash__(self) -> int:
        return hash((self._low, self._high))

    def __repr__(self) -> str:
        return f"Interval(low={self.low!r}, high={self.high!r})"

    @property
    def interval(self) -> Interval:
        """The interval itself, as everything that is bounded has one."""
        return self

    @property
    def exact(self) -> Fraction | None:
        """The value, where only one is possible."""
        return self.low if self._low is self._high or self._low == self._high else None

    @property
    def width(self) -> Fraction:
        """Length of the interval."""
        return _told(self._high - self._low)

    def meets(self, other: Bounded) -> bool:
        """Whether some exact value lies in both."""
        bounds = other.interval
        return self._low <= bounds._high and bounds._low <= self._high

    def contains(self, value: Exact) -> bool:
        """Whether the exact value lies inside, ends included."""
        return self._low <= _plain(value) <= self._high

    def intersection(self, other: Interval) -> Interval | None:
        """Common part, or None where the two are disjoint."""
        low = self._low if self._low >= other._low else other._low
        high = self._high if self._high <= other._high else other._high
        return _bounded(low, high) if low <= high else None

    def distance(self, other: Interval) -> Fraction:
        """Smallest difference between a value of each; 0 where they meet."""
        return _told(max(0, other._low - self._high, self._low - other._high))

    def __add__(self, other: Bounded) -> Interval:
        bounds = other.interval
        return _bounded(self._low + bounds._low, self._high + bounds._high)

    def __radd__(self, other: int) -> Interval:
        """Support `sum()`, which starts from 0."""
        return self if other == 0 else self + Interval.of(other)

    def __sub__(self, other: Bounded) -> Interval:
        bounds = other.interval
        return _bounded(self._low - bounds._high, self._high - bounds._low)

    def __neg__(self) -> Interval:
        return _bounded(-self._high, -self._low)

    def __mul__(self, other: Interval) -> Interval:
        if self._low >= 0 and other._low >= 0:
            return _bounded(_product(self._low, other._low), _product(self._high, other._high))
        corners = [
            _product(one, each) for one in (self._low, self._high) for each in (other._low, other._high)
        ]
        return _bounded(min(corners), max(corners))

    def scaled(self, factor: Exact) -> Interval:
        """Multiply both ends by an exact factor of either sign."""
        if factor == 1:
            return self
        if factor == -1:
            return -self
        plain = _plain(factor)
        ends = _product(self._low, plain), _product(self._high, plain)
        return _bounded(*ends) if plain >= 0 else _bounded(*ends[::-1])

    def ratio(self, base: Interval) -> Interval | None:
        """Return self ÷ base, or None where the base may be zero."""
        if base._low <= 0 <= base._high:
            return None
        if self._low >= 0 and base._low > 0:
            return _bounded(_quotient(self._low, base._high), _quotient(self._high, base._low))
        corners = [
            _quotient(own, part) for own in (self._low, self._high) for part in (base._low, base._high)
        ]
        return _bounded(min(corners), max(corners))


def _bounded(low: _Number, high: _Number) -> Interval:
    """The interval of ends that are known to be in order."""
    made = object.__new__(Interval)
    made._low, made._high = low, high
    return made


def _plain(number: Exact) -> _Number:
    """The number as it is held."""
    if isinstance(number, int):
        return number * _WHOLE
    exact = number if isinstance(number, Fraction) else Fraction(number)
    return _divided(exact.numerator * _WHOLE, exact.denominator)


def _told(held: _Number) -> Fraction:
    """The number that is held so."""
    return Fraction(held, _WHOLE) if isinstance(held, int) else held / _WHOLE


def _divided(one: int, other: int) -> _Number:
    whole, rest = divmod(one, other)
    return Fraction(one, other) if rest else whole


def _product(one: _Number, other: _Number) -> _Number:
    if isinstance(one, int) and isinstance(other, int):
        return _divided(one * other, _WHOLE)
    return one * other / Fraction(_WHOLE)


def _quotient(one: _Number, other: _Number) -> _Number:
    if isinstance(one, int) and isinstance(other, int):
        return Fraction(one * _WHOLE, other)
    return one * Fraction(_WHOLE) / other
