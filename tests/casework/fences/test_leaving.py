"""Leaving and entering: said only beyond accuracy and buffer, confirmed, ended with hysteresis; what is weak opens a check and no more."""

import pytest
from scenes import AT_SCHOOL, INSIDE, MINUTE, OUTSIDE, START, city, played, row, rows

from mingzhang.casework.fences import (
    AlarmKind,
    Effect,
    Fence,
    Rules,
    alarms_of,
    begun,
    circle,
    evaluate,
    plan_of,
    standing,
    watch_silence,
)
from mingzhang.casework.fences.planes import projected
from mingzhang.casework.positions import Flag

METRE = 1 / 95_600
"""A metre of longitude at 30.5°, in degrees."""


def alarms(*each, plan=None, now=None, rules=None):
    _, changes = played([rows(*each)], plan or city(), now=now, rules=rules or Rules())
    return [
        (
            alarm.kind,
            (alarm.began - START) / MINUTE,
            None if alarm.ended is None else (alarm.ended - START) / MINUTE,
        )
        for alarm in alarms_of(standing(changes))
    ]


def test_three_positions_outside_are_an_alarm_and_two_back_end_it():
    track = [
        row(0),
        row(1, OUTSIDE),
        row(2, OUTSIDE),
        row(3, OUTSIDE),
        row(4),
        row(5, OUTSIDE),
        row(6),
        row(7),
    ]
    assert alarms(*track) == [(AlarmKind.LEFT, 1, 6)]


def test_two_positions_over_twenty_minutes_are_enough():
    assert alarms(row(0), row(1, OUTSIDE), row(20, OUTSIDE)) == []
    assert alarms(row(0), row(1, OUTSIDE), row(21, OUTSIDE)) == [(AlarmKind.LEFT, 1, None)]


def test_one_back_drops_a_suspicion():
    assert alarms(row(1, OUTSIDE), row(2, OUTSIDE), row(3), row(4, OUTSIDE), row(5, OUTSIDE)) == []


def test_a_burst_within_seconds_is_one_witness():
    assert alarms(*(row(1 + second / 60, OUTSIDE) for second in range(20))) == []


@pytest.mark.parametrize(
    ("metres", "accuracy", "said"), [(190, 5, False), (210, 5, True), (240, 60, False), (270, 60, True)]
)
def test_outside_counts_beyond_accuracy_and_buffer(metres, accuracy, said):
    """200 m and what the position knows of itself."""
    place = (115.0 + metres * METRE, 30.5)
    track = [row(minute, place, accuracy=accuracy) for minute in range(5)]
    assert bool(alarms(*track)) is said


@pytest.mark.parametrize("flags", [Flag.NETWORK, Flag.COARSE, Flag.UNSTATED])
def test_weak_positions_open_a_check_and_nothing_else(flags):
    far = [
        row(minute, OUTSIDE, accuracy=float("inf") if flags is Flag.UNSTATED else 800.0, flags=flags)
        for minute in (1, 11, 21)
    ]
    assert [kind for kind, _, _ in alarms(*far)] == [AlarmKind.LEFT_UNVERIFIED]
    assert alarms(*far, row(25)) == [(AlarmKind.LEFT_UNVERIFIED, 1, None)]
    assert alarms(*far, row(25), row(26)) == [(AlarmKind.LEFT_UNVERIFIED, 1, 25)]


def test_positions_without_sound_time_or_place_and_mocked_ones_decide_nothing():
    bad = [row(minute, OUTSIDE, flags=Flag.CLOCK_AHEAD) for minute in (1, 2, 3)]
    bad += [row(minute, (0, 0), flags=Flag.NO_PLACE) for minute in (4, 5, 6)]
    assert alarms(row(0), *bad) == []
    assert alarms(row(0), *(row(minute, OUTSIDE, flags=Flag.MOCKED) for minute in (1, 2, 3)), row(9)) == [
        (AlarmKind.MOCKED, 1, 9)
    ]


def test_a_jump_decides_nothing_until_enough_agree():
    shanghai = (121.5, 31.2)
    assert alarms(row(0), row(1, shanghai), row(2), row(3)) == []
    said = alarms(row(0), *(row(minute, shanghai) for minute in (1, 2, 3, 4, 5)))
    assert said == [(AlarmKind.JUMPED, 1, 3), (AlarmKind.LEFT, 3, None)]


def test_a_leave_widens_where_one_may_be_for_its_days():
    """While it runs one may be at both places; when it is over, staying is leaving."""
    hometown = Fence(
        "leave", Effect.PERMITTED, circle(*OUTSIDE, 3000), 1, START + 5 * MINUTE, START + 60 * MINUTE
    )
    track = [row(minute, OUTSIDE if minute >= 10 else INSIDE) for minute in range(0, 80, 5)]
    assert alarms(*track, plan=city((1,), hometown)) == [(AlarmKind.LEFT, 60, None)]
    assert alarms(*track) == [(AlarmKind.LEFT, 10, None)]


def test_a_leave_approved_afterwards_takes_the_alarm_back():
    states, said = played([rows(*(row(minute, OUTSIDE) for minute in range(0, 30, 5)))])
    assert standing(said)
    leave = Fence("leave", Effect.PERMITTED, circle(*OUTSIDE, 3000), 1)
    outcome = evaluate(states, rows(), city((1,), leave), Rules(), again=[1])
    assert standing([*said, *outcome.changes]) == frozenset()
    assert outcome.states[1].head.calm


def test_nobody_may_enter_a_shared_area_and_only_its_person_a_personal_one():
    shop = Fence("shop", Effect.FORBIDDEN, circle(114.6, 30.6, 200), 2)
    plan = city((1, 2), shop)
    in_shop, at_school = (
        [row(minute, (114.6, 30.6)) for minute in (1, 2, 3)],
        [row(minute, AT_SCHOOL) for minute in (1, 2, 3)],
    )
    assert alarms(*in_shop, plan=plan) == []
    for each in in_shop:
        each["person"] = 2
    assert alarms(*in_shop, plan=plan) == [(AlarmKind.ENTERED, 1, None)]
    assert alarms(*at_school, row(4), row(5), plan=plan) == [(AlarmKind.ENTERED, 1, 4)]


def test_in_a_forbidden_area_no_deeper_than_the_position_knows_is_a_check():
    edge = (114.97 + 280 * METRE, 30.5)
    track = [row(minute, edge, accuracy=50) for minute in (1, 2, 3)]
    assert alarms(*track) == [(AlarmKind.ENTERED_UNVERIFIED, 1, None)]
    assert alarms(*track, row(4), row(5)) == [(AlarmKind.ENTERED_UNVERIFIED, 1, 4)]


def test_silence_counts_within_hours_of_duty_and_ends_with_a_position():
    assert alarms(row(0), now=119) == []
    assert alarms(row(0), now=121) == [(AlarmKind.SILENT, 0, None)]
    assert alarms(row(0), row(200)) == [(AlarmKind.SILENT, 0, 200)]
    evening, morning = row(12.5 * 60), row((24 + 6 - 9 + 1.2) * 60)
    assert alarms(evening, morning) == []


def test_a_dead_zone_that_is_filled_takes_the_silence_back():
    states, said = played([rows(row(0))], now=150)
    outcome = evaluate(states, rows(*(row(minute) for minute in range(10, 160, 10))), city(), Rules())
    assert standing([*said, *outcome.changes]) == frozenset()


def test_a_device_that_never_speaks_is_silent():
    outcome = watch_silence({5: begun(START)}, Rules(), START + 180 * MINUTE)
    assert [change.event.kind for change in outcome.changes] == [AlarmKind.SILENT]
    assert not watch_silence(outcome.states, Rules(), START + 240 * MINUTE).changes
    assert len(evaluate({5: begun(START)}, row(-5, person=5), city(), Rules()).too_late) == 1


def test_a_strap_cut_and_a_low_battery_are_said_once():
    track = [
        row(0),
        row(1, worn=0),
        row(2, worn=0),
        row(3),
        row(4, battery=15),
        row(5, battery=20),
        row(6, battery=25),
    ]
    assert alarms(*track) == [(AlarmKind.REMOVED, 1, 3), (AlarmKind.LOW_BATTERY, 4, 6)]


def test_without_a_permission_nowhere_is_outside():
    assert alarms(*(row(minute, OUTSIDE) for minute in range(9)), plan=plan_of([])) == []


def test_a_permission_names_its_person():
    with pytest.raises(ValueError, match="names its person"):
        Fence("city", Effect.PERMITTED, circle(114, 30, 10))


def test_metres_are_metres():
    """Distances on the plane against those along the ellipsoid: a degree of the meridian from 30° to 31° is 110,860.6 m, of the parallel 30° 96,486.2 m."""
    (east, west), (north, south) = (
        projected([113.5 + 1, 113.5], [30.0, 30.0], 114.0)[0],
        projected([114.0, 114.0], [31.0, 30.0], 114.0)[1],
    )
    assert north - south == pytest.approx(110_860.6, abs=1)
    assert east - west == pytest.approx(96_486.2, abs=6)
