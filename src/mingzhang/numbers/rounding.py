"""Rounding half-up (四舍五入), once, from the exact value; money between fen (分) and yuan (元)."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

from mingzhang.numbers.interval import Exact


def round_half_up(value: Exact, places: int) -> Decimal:
    """Round half away from zero to `places` decimals, keeping trailing zeros.

    >>> round_half_up(Fraction(5, 1000), 2), round_half_up(Decimal("-0.005"), 2), round_half_up(3, 2)
    (Decimal('0.01'), Decimal('-0.01'), Decimal('3.00'))
    """
    scaled = Fraction(value) * 10**places
    magnitude = (2 * abs(scaled.numerator) + scaled.denominator) // (2 * scaled.denominator)
    return Decimal(-magnitude if scaled < 0 else magnitude).scaleb(-places)


def fen_from_yuan(yuan: Decimal | int | str) -> int:
    """Yuan to integer fen; more than two decimals is an error, not a rounding.

    >>> fen_from_yuan("12.30")
    1230
    """
    fen = Decimal(yuan) * 100
    if fen != fen.to_integral_value():
        raise ValueError(f"金额 {yuan} 元不足一分，请核对")
    return int(fen)


def yuan_from_fen(fen: int) -> Decimal:
    """Integer fen to exact yuan.

    >>> yuan_from_fen(1230)
    Decimal('12.30')
    """
    return Decimal(fen).scaleb(-2)
