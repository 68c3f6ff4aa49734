"""Rounding half-up, and money between fen and yuan."""

from decimal import ROUND_HALF_UP, Context, Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mingzhang.numbers import (
    PERCENT,
    TEN_THOUSAND_YUAN,
    fen_from_yuan,
    print_value,
    round_half_up,
    yuan_from_fen,
)

_WIDE = Context(prec=200)


@given(
    st.decimals(allow_nan=False, allow_infinity=False, places=8, min_value=-(10**12), max_value=10**12),
    st.integers(0, 6),
)
def test_half_up_equals_the_standard_library(value, places):
    """round_half_up is Decimal's ROUND_HALF_UP: half goes away from zero, zeros are kept."""
    expected = value.quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP, context=_WIDE)
    assert round_half_up(value, places) == expected
    assert round_half_up(value, places).as_tuple().exponent == -places


@given(st.fractions(), st.integers(0, 8))
def test_a_rounded_value_is_within_half_a_digit(value, places):
    """|rounded − exact| ≤ ½·10^−places."""
    assert abs(Fraction(round_half_up(value, places)) - value) <= Fraction(1, 2 * 10**places)


def test_long_numbers_lose_no_digit():
    """Decimal's own arithmetic stops at 28 digits; ours does not."""
    assert str(round_half_up(Fraction(10**35 + 1), 2)) == f"{10**35 + 1}.00"
    assert str(yuan_from_fen(10**35 + 7)) == f"{10**33}.07"


@given(st.integers(-(10**18), 10**18))
def test_fen_and_yuan_are_one_amount(fen):
    """yuan_from_fen and fen_from_yuan undo each other."""
    assert fen_from_yuan(yuan_from_fen(fen)) == fen
    assert fen_from_yuan(str(yuan_from_fen(fen))) == fen


@pytest.mark.parametrize(
    ("text", "fen"), [("12.30", 1230), ("-0.01", -1), ("1e3", 100_000), ("5.000", 500), (7, 700), ("0", 0)]
)
def test_yuan_are_read_exactly(text, fen):
    """Zeros after the fen do not matter."""
    assert fen_from_yuan(text) == fen


@pytest.mark.parametrize(
    "text", ["0.001", "12.345", "nan", "inf", "-Infinity", "abc", "", "1e1000000", "9" * 50]
)
def test_what_is_not_money_is_refused_in_chinese(text):
    """No amount is rounded on the way in, and none is absurd."""
    with pytest.raises(ValueError, match="金额"):
        fen_from_yuan(text)


@pytest.mark.parametrize(
    ("value", "unit", "options", "text"),
    [
        (28_510_000, TEN_THOUSAND_YUAN, {}, "2851.00"),
        (28_510_000, TEN_THOUSAND_YUAN, {"strip_zeros": True}, "2851"),
        (12_345_678_901, TEN_THOUSAND_YUAN, {"thousands": True}, "1,234,567.89"),
        (-49, TEN_THOUSAND_YUAN, {}, "0.00"),
        (-50, TEN_THOUSAND_YUAN, {}, "-0.01"),
        (Fraction(1, 3), PERCENT, {}, "33.3"),
        (Fraction(1, 2), PERCENT, {"decimals": 0}, "50"),
        (100_000, TEN_THOUSAND_YUAN, {"decimals": 0, "strip_zeros": True}, "10"),
    ],
)
def test_values_print_in_their_unit(value, unit, options, text):
    """Printed once, half-up, from the exact value; a zero has no sign."""
    assert print_value(value, unit, **options) == text
