"""Clocks of service hours: by hand at the edges, and due and elapsed agree whatever the start."""

from datetime import UTC, datetime, time, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as some

from mingzhang.casework.deadlines import due_moment
from mingzhang.casework.service_hours import ServiceHours
from mingzhang.lines import deadline_rules

HOURS = ServiceHours()


@pytest.mark.parametrize(
    ("started", "hours", "due"),
    [
        ("2021-03-05 10:00", "2", "2021-03-05 12:00"),
        ("2021-03-05 19:00", "2", "2021-03-05 21:00"),
        ("2021-03-05 20:59", "0.5", "2021-03-06 08:59"),
        ("2021-03-05 23:00", "2", "2021-03-06 10:30"),
        ("2021-03-05 03:00", "2", "2021-03-05 10:30"),
        ("2021-02-28 20:00", "14", "2021-03-02 09:00"),
    ],
)
def test_due_moments(started, hours, due):
    """In hours 8:30 to 21:00; what is asked at night begins in the morning."""
    assert HOURS.due(datetime.fromisoformat(started), Decimal(hours)) == datetime.fromisoformat(due)


@given(minute=some.integers(0, 3 * 1440), asked=some.integers(0, 60 * 40))
def test_due_and_elapsed_agree(minute, asked):
    """Exactly so much service time lies between a start and what is due, and time never runs backwards."""
    started = datetime(2021, 3, 5) + timedelta(minutes=minute)
    due = HOURS.due(started, Decimal(asked) / 60)
    assert HOURS.elapsed(started, due) == timedelta(minutes=asked)
    assert due >= started
    assert HOURS.elapsed(due, started - timedelta(days=1)) == timedelta()


def test_a_rule_that_says_so_runs_in_service_hours():
    """A question asked at ten in the evening is to be answered by half past ten next morning; a danger within half an hour, day or night."""
    rules = {rule.rule_id: rule for rule in deadline_rules()}
    asked = datetime(2021, 3, 5, 14, 0, tzinfo=UTC)
    assert due_moment(rules["DR09-01"], asked) == datetime(2021, 3, 6, 2, 30, tzinfo=UTC)
    assert due_moment(rules["DR09-04"], asked) == datetime(2021, 3, 5, 14, 30, tzinfo=UTC)


def test_a_day_that_closes_before_it_opens_is_refused():
    with pytest.raises(ValueError, match="before it opens"):
        ServiceHours(time(9), time(9))
