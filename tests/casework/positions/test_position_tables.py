"""Positions as arrays: order and repetition of uploads make no difference."""

import random
from datetime import UTC, datetime, timedelta

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as some

from mingzhang.casework.positions import Datum, Flag, Position, QualityRules, in_order, table_of, to_wgs84
from mingzhang.casework.positions.tables import milliseconds, moment

START = datetime(2021, 3, 5, tzinfo=UTC)


def position(device, minute, *, longitude=114.3, delay=0, datum=Datum.WGS84, ahead=0):
    at = START + timedelta(minutes=minute + ahead)
    return Position(device, at, START + timedelta(minutes=minute + delay), longitude, 30.5, datum, 10.0)


def table(positions):
    return table_of(positions, lambda each: int(each.device), lambda each: int(each.device), QualityRules())


def test_places_are_carried_to_wgs84_each_by_its_datum():
    rows = table([position("1", 0, datum=datum) for datum in Datum])
    for row, datum in zip(rows, Datum, strict=True):
        assert (row["longitude"], row["latitude"]) == tuple(map(float, to_wgs84(114.3, 30.5, datum)))


def test_a_moment_comes_back_from_a_row():
    odd = START + timedelta(milliseconds=1)
    assert moment(milliseconds(odd)) == odd


def test_of_two_copies_the_one_with_fewer_flags_stays():
    """The same position sent again later is no longer ahead of our clock."""
    early = Position("1", START + timedelta(minutes=9), START, 114.3, 30.5, accuracy=10.0)
    late = Position(
        "1", START + timedelta(minutes=9), START + timedelta(minutes=9), 114.3, 30.5, accuracy=10.0
    )
    rows = in_order(table([early, late]))
    assert [(row["flags"], moment(row["received"])) for row in rows] == [(Flag.NONE, late.received_at)]


@given(
    minutes=some.lists(some.tuples(some.integers(1, 3), some.integers(0, 30)), max_size=30),
    seed=some.integers(0, 99),
)
@settings(max_examples=40)
def test_order_and_repetition_make_no_difference(minutes, seed):
    once = [position(str(person), minute) for person, minute in dict.fromkeys(minutes)]
    again = once + [position(str(person), minute, delay=7) for person, minute in minutes]
    random.Random(seed).shuffle(again)
    expected = in_order(table(once))
    found = in_order(table(again))
    assert np.array_equal(found, expected)
    assert sorted(zip(found["person"], found["at"], strict=True)) == list(
        zip(found["person"], found["at"], strict=True)
    )
