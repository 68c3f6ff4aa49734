"""Duties in hours: due moments with pauses, standings to the minute, alarms by what is left of their own clock."""

from datetime import datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mingzhang.casework.deadlines import Alarm, Standing, alarm_of_moment, due_moment, standing
from mingzhang.lines import deadline_rules

RULES = {rule.rule_id: rule for rule in deadline_rules()}
DAY_AND_NIGHT, SERVICE = RULES["DR07-11"], RULES["DR09-01"]
"""Twenty-four hours, and two service hours (8:30 to 21:00)."""


def at(text):
    return datetime.fromisoformat(f"2021-03-{text}").replace(tzinfo=timezone(timedelta(hours=8)))


@pytest.mark.parametrize(
    ("rule", "started", "pauses", "expected"),
    [
        (DAY_AND_NIGHT, "05 22:30", [], "06 22:30"),
        (DAY_AND_NIGHT, "05 22:30", [("06 10:00", "08 10:00")], "08 22:30"),
        (DAY_AND_NIGHT, "05 22:30", [("06 22:30", "08 10:00")], "06 22:30"),
        (DAY_AND_NIGHT, "05 22:30", [("05 20:00", "05 23:00")], "06 23:00"),
        (DAY_AND_NIGHT, "05 22:30", [("06 12:00", "06 13:00"), ("06 10:00", "06 11:00")], "07 00:30"),
        (DAY_AND_NIGHT, "05 22:30", [("06 10:00", "06 12:00"), ("06 11:00", "06 13:00")], "07 01:30"),
        (SERVICE, "05 20:00", [], "06 09:30"),
        (SERVICE, "06 20:30", [], "07 10:00"),
        (SERVICE, "05 20:00", [("05 20:30", "06 12:00")], "06 13:30"),
        (SERVICE, "05 20:00", [("05 20:30", "06 07:00")], "06 10:00"),
        (SERVICE, "05 20:00", [("05 22:00", "06 07:00")], "06 09:30"),
        (SERVICE, "05 20:00", [("06 09:00", "06 20:45")], "07 08:45"),
    ],
)
def test_what_was_left_when_a_pause_began_is_left_when_it_ends(rule, started, pauses, expected):
    """Over midnight, over a weekend (2021-03-06 is a Saturday), pauses that meet, come late or lie outside service hours."""
    spans = [(at(after), at(until)) for after, until in pauses]
    assert due_moment(rule, at(started), spans) == at(expected)


@given(
    st.integers(0, 2879),
    st.integers(0, 2879),
    st.integers(0, 2880),
    st.sampled_from([DAY_AND_NIGHT, SERVICE]),
)
def test_a_pause_never_takes_time_away(started, after, length, rule):
    begun = at("05 00:00") + timedelta(minutes=started)
    pause = begun + timedelta(minutes=after)
    paused = due_moment(rule, begun, [(pause, pause + timedelta(minutes=length))])
    unpaused = due_moment(rule, begun)
    assert unpaused <= paused
    assert paused <= unpaused + timedelta(minutes=length) or rule is SERVICE


@pytest.mark.parametrize(
    ("done", "expected"),
    [
        ("06 09:29", Standing.DONE_ON_TIME),
        ("06 09:30", Standing.DONE_ON_TIME),
        ("06 09:31", Standing.DONE_LATE),
        ("06 12:30", Standing.DONE_LATE),
    ],
)
def test_a_minute_decides(done, expected):
    """Asked at eight in the evening, due by half past nine: an answer three hours later on that day is late."""
    due_at = due_moment(SERVICE, at("05 20:00"))
    assert standing(due_at, at("31 00:00"), done_on=at(done)) is expected
    waiting = standing(due_at, at(done))
    assert (waiting is Standing.OVERDUE) == (expected is Standing.DONE_LATE)


@pytest.mark.parametrize(
    ("rule", "started", "seen"),
    [
        (SERVICE, "05 20:00", {"05 20:00": None, "05 20:59": None, "05 21:00": Alarm.YELLOW, "06 08:59": Alarm.YELLOW, "06 09:00": Alarm.ORANGE,
                               "06 09:30": Alarm.ORANGE, "06 09:31": Alarm.RED}),
        (DAY_AND_NIGHT, "05 22:30", {"06 10:29": None, "06 10:30": Alarm.YELLOW, "06 16:29": Alarm.YELLOW, "06 16:30": Alarm.ORANGE, "06 22:31": Alarm.RED}),
    ],
)  # fmt: skip
def test_alarms_go_by_what_is_left_of_the_rules_own_clock(rule, started, seen):
    """The night leaves a clock of service hours as it stood."""
    due_at = due_moment(rule, at(started))
    assert {moment: alarm_of_moment(rule, due_at, at(moment)) for moment in seen} == seen


def test_rules_in_days_have_no_moments():
    for call in (due_moment, lambda rule, now: alarm_of_moment(rule, now, now)):
        with pytest.raises(ValueError, match="days"):
            call(RULES["DR09-03"], at("05 20:00"))
