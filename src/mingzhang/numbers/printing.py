"""Print exact values as official reports do."""

from __future__ import annotations

from fractions import Fraction

from mingzhang.numbers.interval import Exact
from mingzhang.numbers.rounding import rounded_units
from mingzhang.numbers.units import Unit


def print_value(
    value: Exact,
    unit: Unit,
    *,
    decimals: int | None = None,
    strip_zeros: bool = False,
    thousands: bool = False,
) -> str:
    """Digits of a value given in base units, printed in `unit`, without the unit's name.

    >>> from decimal import Decimal
    >>> from mingzhang.numbers.units import PERCENT, TEN_THOUSAND_YUAN
    >>> print_value(Decimal("28510000"), TEN_THOUSAND_YUAN)
    '2851.00'
    >>> print_value(Decimal("28510000"), TEN_THOUSAND_YUAN, strip_zeros=True)
    '2851'
    >>> print_value(Decimal("0.15386"), PERCENT)
    '15.4'
    """
    places = unit.decimals if decimals is None else decimals
    exact, scale = value if isinstance(value, Fraction) else Fraction(value), unit.scale
    digits = _digits(
        rounded_units(exact.numerator * scale.denominator, exact.denominator * scale.numerator, places),
        places,
    )
    if strip_zeros and "." in digits:
        digits = digits.rstrip("0").rstrip(".")
    return group_thousands(digits) if thousands else digits


def _digits(units: int, places: int) -> str:
    """units ÷ 10^places, with all its places."""
    if not places:
        return str(units)
    body = f"{abs(units):0{places + 1}d}"
    return f"{'-' if units < 0 else ''}{body[:-places]}.{body[-places:]}"


def group_thousands(digits: str) -> str:
    """Put separators into printed digits.

    >>> group_thousands("-1234567.80")
    '-1,234,567.80'
    """
    sign, body = ("-", digits[1:]) if digits.startswith("-") else ("", digits)
    whole, dot, fraction = body.partition(".")
    return f"{sign}{int(whole):,}{dot}{fraction}"
