"""Leaves: days counted, and who decides, at the edges of the limits."""

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as some
from regime import REGIME

from mingzhang.casework.supervision import Span, days_of, level_of, overlapping

DAY = date(2021, 6, 1)


def leave(days, *, after=0):
    since = DAY + timedelta(days=after)
    return Span("外出", since, since + timedelta(days=days - 1))


def decides(asked, *earlier):
    return level_of(REGIME.leave_levels, asked, earlier).id


@pytest.mark.parametrize(
    ("days", "level"), [(1, "司法所"), (7, "司法所"), (8, "县级"), (30, "县级"), (31, "上一级")]
)
def test_who_decides_by_the_days_of_one_leave(days, level):
    assert decides(leave(days)) == level


@pytest.mark.parametrize(
    ("earlier", "days", "level"),
    [
        ([leave(25, after=-40)], 5, "司法所"),
        ([leave(25, after=-40)], 6, "上一级"),
        ([leave(15, after=-50), leave(11, after=-20)], 5, "上一级"),
        ([leave(30, after=-95)], 7, "司法所"),
        ([leave(26, after=20)], 5, "上一级"),
    ],
)
def test_days_within_two_months_count_together(earlier, days, level):
    """Thirty together are within, thirty-one are not; what lies more than two months back counts no more, and one approved for later does."""
    assert decides(leave(days), *earlier) == level


def test_an_overlapping_leave_is_named():
    first, second = leave(5), leave(5, after=10)
    assert overlapping(leave(3, after=4), [first, second]) == [first]
    assert overlapping(leave(3, after=5), [first, second]) == []


def test_a_leave_without_an_end_is_none():
    with pytest.raises(ValueError, match="last day"):
        days_of(Span("外出", DAY))


@given(
    days=some.integers(1, 40),
    more=some.integers(1, 20),
    earlier=some.lists(some.integers(-90, -1), max_size=3),
)
@settings(max_examples=30, deadline=None)
def test_a_longer_leave_is_never_decided_lower(days, more, earlier):
    ranks = [level.id for level in REGIME.leave_levels]
    before = [leave(6, after=start) for start in earlier]
    assert ranks.index(decides(leave(days), *before)) <= ranks.index(decides(leave(days + more), *before))
