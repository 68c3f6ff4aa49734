"""A printed number: its digits kept as text, and the interval of exact values that print so."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from functools import lru_cache

from mingzhang.numbers.interval import Bounded, Interval
from mingzhang.numbers.units import RATIO, Unit

_PLAIN = str.maketrans("０１２３４５６７８９．，－−–＋％", "0123456789.,---+%", " \u00a0\u2009\u3000\t\n")
_NUMBER = re.compile(r"[-+]?(?:[0-9]+|[0-9]{1,3}(?:,[0-9]{3})+)(?:\.[0-9]+)?\Z")
_LONGEST = 40


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
        half = _step(self.unit.scale, self.decimals) / 2
        exact = self.exact
        return Interval(exact - half, exact + half)

    @property
    def exact(self) -> Fraction:
        """The printed value itself in base units, as if the digits were all."""
        return Fraction(self.value) * self.unit.scale

    @property
    def step(self) -> Fraction:
        """One unit of the last digit, in base units."""
        return _step(self.unit.scale, self.decimals)

    def meets(self, other: Bounded) -> bool:
        """Whether one exact value can stand behind both."""
        return self.interval.meets(other)

    def __add__(self, other: Bounded) -> Interval:
        return self.interval + other

    def __radd__(self, other: int) -> Interval:
        """Support `sum()`, which starts from 0."""
        return other + self.interval

    def __sub__(self, other: Bounded) -> Interval:
        return self.interval - other


@lru_cache(maxsize=1024)
def _step(scale: Fraction, decimals: int) -> Fraction:
    return scale * Fraction(1, 10**decimals)


def printed(text: str, unit: Unit = RATIO) -> Printed:
    """Read the digits of one printed number; separators and full-width digits are allowed.

    Raises ValueError where the text is not one plain number, or has over forty digits.

    >>> items = printed("3.33") + printed("3.33") + printed("3.34")
    >>> items.meets(printed("10.01")), items.meets(printed("10.03"))
    (True, False)
    >>> printed("3.30").decimals
    2
    """
    digits = plain_digits(text)
    if len(digits) > _LONGEST or not _NUMBER.match(digits):
        raise ValueError(f"“{text}”不是一个数")
    digits = digits.replace(",", "")
    return Printed(text, Decimal(digits), len(digits.partition(".")[2]), unit)


def plain_digits(text: str) -> str:
    """The text with full-width digits and signs made plain and spaces taken out; far too long a text is refused.

    >>> plain_digits("－３，３６９．４４ ％")
    '-3,369.44%'
    """
    if len(text) > 2 * _LONGEST:
        raise ValueError(f"“{text[:12]}…”有{len(text)}个字，过长，不是一个数")
    return text.translate(_PLAIN)
