"""Interval arithmetic."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mingzhang.numbers import Interval, printed

numbers = st.fractions(-1000, 1000, max_denominator=100)


@st.composite
def interval_and_member(draw):
    low, member, high = sorted(draw(st.tuples(numbers, numbers, numbers)))
    return Interval(low, high), member


@given(interval_and_member(), interval_and_member(), numbers)
def test_results_contain_what_the_members_give(first, second, factor):
    """For x in a and y in b: x+y, x−y, x·y, −x, k·x and x÷y lie in a+b, a−b, a·b, −a, k·a and a÷b."""
    (a, x), (b, y) = first, second
    assert (a + b).contains(x + y)
    assert (a - b).contains(x - y)
    assert (a * b).contains(x * y)
    assert (-a).contains(-x)
    assert a.scaled(factor).contains(x * factor)
    ratio = a.ratio(b)
    assert ratio is None if b.contains(0) else ratio.contains(x / y)


@given(interval_and_member(), interval_and_member())
def test_meeting_is_the_same_from_both_sides_and_as_distance_zero(first, second):
    """meets, distance and intersection say one thing."""
    a, b = first[0], second[0]
    assert a.meets(b) == b.meets(a) == (a.distance(b) == 0) == (a.intersection(b) is not None)


def test_an_interval_the_wrong_way_round_is_refused():
    """low ≤ high, always."""
    with pytest.raises(ValueError, match="low ≤ high"):
        Interval.of(2, 1)


def test_three_printed_items_may_add_up_to_a_total_off_by_a_tail():
    """Each printed item hides up to half a digit: the sum 10.00 meets 10.01 and not 10.03."""
    items = sum([printed("3.33"), printed("3.33"), printed("3.34")])
    assert items == Interval.of(Fraction("9.985"), Fraction("10.015"))
    assert printed("10.01").meets(items)
    assert not printed("10.03").meets(items)
