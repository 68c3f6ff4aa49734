"""A fact: a value at a coordinate, with its precision and its provenance."""

from __future__ import annotations

from dataclasses import dataclass, field
from fractions import Fraction

from mingzhang.facts.coordinate import Coordinate
from mingzhang.facts.provenance import Provenance
from mingzhang.numbers import Interval, Printed


@dataclass(frozen=True, slots=True)
class Fact:
    """One statement. `interval` is in base units (元, ratio, the thing counted); a point for exact facts.

    Two statements of one number stay two facts.
    """

    coordinate: Coordinate
    interval: Interval
    provenance: Provenance
    printed: Printed | None = None
    nominal: Fraction | None = field(default=None, compare=False)
    """What follows from the printed numbers as they stand, where the interval is derived from theirs: the middle of a ratio's interval is not it."""

    @property
    def value(self) -> Fraction:
        """The exact value, else what is printed or follows from it: the middle of the interval unless `nominal` says otherwise."""
        if self.nominal is not None:
            return self.nominal
        return self.interval.middle
