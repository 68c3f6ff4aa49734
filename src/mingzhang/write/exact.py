"""Exact values as text: decimals where they end, fractions where they do not."""

from __future__ import annotations

from fractions import Fraction

from mingzhang.numbers import Unit, round_half_up


def decimal_text(value: Fraction, least: int = 0) -> str | None:
    """The decimal digits of a value, with at least so many decimals; None where the digits never end.

    >>> decimal_text(Fraction(33694400), 2), decimal_text(Fraction(1, 8)), decimal_text(Fraction(1, 3))
    ('33694400.00', '0.125', None)
    """
    rest, places = value.denominator, 0
    while rest % 10 == 0:
        rest, places = rest // 10, places + 1
    for prime in (2, 5):
        while rest % prime == 0:
            rest, places = rest // prime, places + 1
    return f"{round_half_up(value, max(places, least)):f}" if rest == 1 else None


def exact_texts(value: Fraction, unit: Unit, *, ratio: bool) -> tuple[str, str | None]:
    """(decimal digits, fraction): yuan with two decimals or more, ratios with the fraction `a/b` beside them.

    The digits are rounded to twelve decimals where they do not end; then the fraction alone is exact.
    """
    digits = decimal_text(value, 2 if unit.kind == "money" and not ratio else 0)
    fraction = f"{value.numerator}/{value.denominator}" if ratio or digits is None else None
    return digits or f"{round_half_up(value, 12):f}", fraction
