"""Rounding half-up (四舍五入), once, from the exact value; money between fen (分) and yuan (元)."""

from __future__ import annotations

from decimal import Decimal, InvalidOperation
from fractions import Fraction

from mingzhang.numbers.interval import Exact

_LONGEST = 40
_CONTEXT_LIMIT = 10**28


def round_half_up(value: Exact, places: int) -> Decimal:
    """Round half away from zero to `places` decimals, keeping trailing zeros.

    >>> round_half_up(Fraction(5, 1000), 2), round_half_up(Decimal("-0.005"), 2), round_half_up(3, 2)
    (Decimal('0.01'), Decimal('-0.01'), Decimal('3.00'))
    """
    exact = value if isinstance(value, Fraction) else Fraction(value)
    return _shifted(rounded_units(exact.numerator, exact.denominator, places), places)


def rounded_units(dividend: int, divisor: int, places: int) -> int:
    """Round dividend ÷ divisor (positive) half away from zero: how many units of the last of so many decimals."""
    whole: int = 10**places
    magnitude = (2 * whole * abs(dividend) + divisor) // (2 * divisor)
    return -magnitude if dividend < 0 else magnitude


def fen_from_yuan(yuan: Decimal | int | str) -> int:
    """Yuan to integer fen; more than two decimals is an error, not a rounding.

    >>> fen_from_yuan("12.30")
    1230
    """
    if isinstance(yuan, str) and len(yuan) > _LONGEST:
        raise ValueError(f"“{yuan[:12]}…”有{len(yuan)}个字，过长，不是金额")
    try:
        sign, digits, exponent = Decimal(yuan).as_tuple()
    except InvalidOperation:
        raise ValueError(f"“{str(yuan)[:40]}”不是金额，请填写以元为单位的数字，如 1234.56") from None
    if not isinstance(exponent, int) or len(digits) + max(exponent, 0) > _LONGEST:
        raise ValueError(f"“{str(yuan)[:40]}”不是金额或位数过多，请核对")
    whole = int("".join(map(str, digits)))
    fen, rest = divmod(whole * 10 ** max(exponent + 2, 0), 10 ** max(-exponent - 2, 0)) if whole else (0, 0)
    if rest:
        raise ValueError(f"金额 {yuan} 元含有不足一分的尾数，请核对")
    return -fen if sign else fen


def yuan_from_fen(fen: int) -> Decimal:
    """Integer fen to exact yuan.

    >>> yuan_from_fen(1230)
    Decimal('12.30')
    """
    return _shifted(fen, 2)


def _shifted(units: int, places: int) -> Decimal:
    """units ÷ 10^places, exactly: the arithmetic of Decimal itself would round to 28 digits."""
    exact = Decimal(units)
    return exact.scaleb(-places) if abs(units) < _CONTEXT_LIMIT else Decimal((*exact.as_tuple()[:2], -places))
