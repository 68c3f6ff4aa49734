"""The scale of an axis: round ends, a handful of round steps, and their labels."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from math import ceil, floor, log10, sqrt

_ENDS, _TICKS = 10, 5
"""About how many steps the ends are rounded to, and how many are labelled."""


@dataclass(frozen=True, slots=True)
class Axis:
    """A linear scale from `low` to `high` with a tick every `step`."""

    low: Fraction
    high: Fraction
    step: Fraction

    @classmethod
    def around(cls, low: Fraction, high: Fraction) -> Axis:
        """The axis that holds everything from `low` to `high`, with round ends.

        >>> axis = Axis.around(Fraction(0), Fraction(3773))
        >>> int(axis.high), [axis.label(tick) for tick in axis.ticks()]
        (4000, ['0', '1000', '2000', '3000', '4000'])
        """
        step = Fraction(0)
        while step != (wider := _round_step(high - low, _ENDS)):
            step = wider
            low, high = floor(low / step) * step, ceil(high / step) * step
        return cls(low, high, _round_step(high - low, _TICKS))

    def ticks(self) -> list[Fraction]:
        """The labelled values, from low to high."""
        return [
            place * self.step for place in range(ceil(self.low / self.step), floor(self.high / self.step) + 1)
        ]

    def label(self, tick: Fraction, *, thousands: bool = False) -> str:
        """The digits of a tick.

        >>> axis = Axis.around(Fraction(-1), Fraction(0))
        >>> axis.label(Fraction(-1, 5)), axis.label(Fraction(-1200), thousands=True)
        ('−0.2', '−1,200')
        """
        decimals = max(0, -floor(log10(self.step)))
        digits = f"{float(abs(tick)):{',' if thousands else ''}.{decimals}f}"
        if "." in digits:
            digits = digits.rstrip("0").rstrip(".")
        return f"−{digits}" if tick < 0 else digits

    def part(self, value: Fraction) -> float:
        """How far up the axis a value stands: 0 at the lower end, 1 at the upper."""
        return float((value - self.low) / (self.high - self.low))


def _round_step(span: Fraction, count: int) -> Fraction:
    """The step of 1, 2 or 5 times a power of ten nearest to `count` steps in a span."""
    power = Fraction(10) ** floor(log10(span / count))
    error = float(span / count / power)
    factor = 10 if error >= sqrt(50) else 5 if error >= sqrt(10) else 2 if error >= sqrt(2) else 1
    return factor * power
