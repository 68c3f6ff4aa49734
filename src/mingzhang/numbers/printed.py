"""A printed number: its digits kept as text, and the interval of exact values that print so."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from mingzhang.numbers.interval import Interval
from mingzhang.numbers.units import RATIO, Unit

_DIGITS = str.maketrans("０１２３４５６７８９．，－＋％", "0123456789.,-+%")


@dataclass(frozen=True, slots=True)
class Printed:
    """A number as printed: `3.30` and `3.3` are equal values and different statements.

    `value` is in the printed unit; `interval` is in base units (元, ratio, the thing counted).
    """

    text: str
    value: Decimal
    decimals: int
    unit: Unit

    @property
    def interval(self) -> Interval:
        """All exact values that round (half-up) to these digits, ends included.

        Counts are integers: they stand for themselves alone.
        """
        if self.unit.kind.startswith("count:") and self.unit.scale == 1 and self.decimals == 0:
            return Interval.of(self.value)
        half = Fraction(1, 2 * 10**self.decimals)
        exact = Fraction(self.value)
        return Interval(exact - half, exact + half).scaled(self.unit.scale)

    @property
    def exact(self) -> Fraction:
        """The printed value itself in base units, as if the digits were all."""
        return Fraction(self.value) * self.unit.scale

    def meets(self, other: Printed | Interval) -> bool:
        """Whether one exact value can stand behind both."""
        return self.interval.meets(other if isinstance(other, Interval) else other.interval)

    def __add__(self, other: Printed | Interval) -> Interval:
        return self.interval + (other if isinstance(other, Interval) else other.interval)

    def __radd__(self, other: Interval | int) -> Interval:
        return self.interval if isinstance(other, int) else other + self.interval

    def __sub__(self, other: Printed | Interval) -> Interval:
        return self.interval - (other if isinstance(other, Interval) else other.interval)


def printed(text: str, unit: Unit = RATIO) -> Printed:
    """Read the digits of one printed number; separators and full-width digits are allowed.

    Raises ValueError where the text is not one plain number.

    >>> items = printed("3.33") + printed("3.33") + printed("3.34")
    >>> items.meets(printed("10.01").interval), items.meets(printed("10.03").interval)
    (True, False)
    >>> printed("3.30").decimals
    2
    """
    digits = text.strip().translate(_DIGITS).replace(",", "").replace(" ", "")
    if not _plain(digits):
        raise ValueError(f"“{text}”不是一个数")
    value = Decimal(digits)
    return Printed(text, value, len(digits.partition(".")[2]), unit)


def _plain(digits: str) -> bool:
    body = digits[1:] if digits[:1] in "+-" else digits
    whole, _, fraction = body.partition(".")
    return whole.isdigit() and (fraction.isdigit() or not fraction) and len(digits) <= 40
