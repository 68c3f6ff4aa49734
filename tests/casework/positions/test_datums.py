"""Datums: points known to both sides, and the way back exact to a hundredth of a micrometre."""

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as some

from mingzhang.casework.positions import Datum, from_wgs84, to_wgs84

METRES_A_DEGREE = 111_320.0
INVERTED = [Datum.GCJ02, Datum.BD09]


def metres(one, other):
    """The distance of two places near each other."""
    east = (one[0] - other[0]) * METRES_A_DEGREE * np.cos(np.radians(one[1]))
    return np.hypot(east, (one[1] - other[1]) * METRES_A_DEGREE)


@pytest.mark.parametrize(
    ("datum", "wgs84", "known"),
    [
        # what the usual published implementations print
        (Datum.GCJ02, (116.404, 39.915), (116.41024449916938, 39.91640428150164)),
        (Datum.BD09, (116.404, 39.915), (116.41662724378733, 39.922699552216216)),
        # the vectors of eviltransform's own tests
        (Datum.GCJ02, (121.5272106, 31.1774276), (121.531541859215, 31.17530398364597)),
        (Datum.GCJ02, (113.912316, 22.543847), (113.9171764808363, 22.540796131694766)),
        (Datum.GCJ02, (116.377817, 39.911954), (116.38404722455657, 39.91334545536069)),
    ],
)
def test_known_places_come_out_as_published(datum, wgs84, known):
    assert metres(from_wgs84(*wgs84, datum), known) < 1e-8


@given(longitude=some.floats(74, 134), latitude=some.floats(18, 53), datum=some.sampled_from(INVERTED))
def test_the_way_back_is_exact(longitude, latitude, datum):
    """To 1e-8 m, anywhere in China; nothing is more than two kilometres away."""
    assume(abs(longitude - 105) > 1e-11)
    there = from_wgs84(longitude, latitude, datum)
    back = to_wgs84(*there, datum)
    assert metres(back, (longitude, latitude)) <= 1e-8
    assert metres(there, (longitude, latitude)) < 2000


@pytest.mark.parametrize("datum", INVERTED)
def test_on_the_meridian_of_the_shift_the_way_back_is_exact_to_a_micrometre(datum):
    """The shift has a root of the distance from 105°, steep without bound there: the last digit of a longitude moves the latitude."""
    latitudes = np.linspace(20, 50, 301)
    place = (np.full(301, 105.0), latitudes)
    assert metres(to_wgs84(*from_wgs84(*place, datum), datum), place).max() < 1e-6


def test_arrays_are_converted_as_their_places_are():
    places = np.array([[114.3, 30.5], [116.4, 39.9], [87.6, 43.8]])
    together = from_wgs84(places[:, 0], places[:, 1], Datum.BD09)
    for number, (longitude, latitude) in enumerate(places):
        alone = from_wgs84(longitude, latitude, Datum.BD09)
        assert (together[0][number], together[1][number]) == pytest.approx(
            (float(alone[0]), float(alone[1])), abs=1e-13
        )


@pytest.mark.parametrize("datum", list(Datum))
def test_nothing_is_shifted_abroad_and_nothing_is_an_array_too(datum):
    empty = to_wgs84(np.array([]), np.array([]), datum)
    assert [each.shape for each in empty] == [(0,), (0,)]
    if datum is Datum.GCJ02:
        assert [float(each) for each in from_wgs84(2.35, 48.85, datum)] == [2.35, 48.85]
