"""Whether exact numbers add up to another, without a fraction for every step."""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction


def add_up(parts: Iterable[Fraction], total: Fraction) -> bool:
    """Whether the parts make the total exactly.

    >>> add_up([Fraction(1, 3), Fraction(1, 6), Fraction(-1, 100)], Fraction(49, 100))
    True
    >>> add_up([], Fraction(0)), add_up([Fraction(1, 100)], Fraction(0))
    (True, False)
    """
    top, bottom = 0, 1
    for part in parts:
        own_top, own_bottom = part.numerator, part.denominator
        if own_bottom != bottom:
            if bottom % own_bottom == 0:
                own_top *= bottom // own_bottom
            elif own_bottom % bottom == 0:
                top, bottom = top * (own_bottom // bottom), own_bottom
            else:
                top, own_top, bottom = top * own_bottom, own_top * bottom, bottom * own_bottom
        top += own_top
    return top * total.denominator == total.numerator * bottom
