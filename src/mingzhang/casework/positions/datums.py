"""Datums of coordinates (坐标系): WGS-84 as satellites say it, GCJ-02 (国测局) of Chinese maps and phones, BD-09 (百度).

GCJ-02 and BD-09 shift WGS-84 by a fixed function of the place, some 500 m within China and nothing outside of it. The functions are known in one
direction only; the way back iterates them until it stands still, which is exact to 1e-8 m
(to 1e-6 m within a micrometre of the meridian 105° E, where the shift is steep without bound). CGCS2000, the national datum of 天地图, differs
from WGS-84 by centimetres and is taken as WGS-84.
"""

from __future__ import annotations

from collections.abc import Callable
from enum import StrEnum
from typing import TypeAlias

import numpy as np
from numpy.typing import ArrayLike, NDArray

Degrees: TypeAlias = NDArray[np.float64]
"""Longitudes or latitudes in degrees, of any shape."""

Pair: TypeAlias = tuple[Degrees, Degrees]
"""Longitudes and latitudes of one shape."""

KRASOVSKY_AXIS = 6378245.0
KRASOVSKY_ECCENTRICITY_SQUARED = 0.00669342162296594323
"""The ellipsoid (1940) that the shift of GCJ-02 is stated on."""

_WEST, _EAST, _SOUTH, _NORTH = 72.004, 137.8347, 0.8293, 55.8271
_BAIDU_WAVE = np.pi * 3000.0 / 180.0
_STILL = 1e-14
_MOST_ROUNDS = 30


class Datum(StrEnum):
    """A datum, by the name that uploads and files give it."""

    WGS84 = "WGS-84"
    GCJ02 = "GCJ-02"
    BD09 = "BD-09"


def to_wgs84(longitude: ArrayLike, latitude: ArrayLike, datum: Datum) -> Pair:
    """Coordinates of a datum (degrees, arrays of one shape) in WGS-84.

    >>> longitude, latitude = to_wgs84(*from_wgs84(114.3, 30.5, Datum.GCJ02), Datum.GCJ02)
    >>> bool(abs(longitude - 114.3) < 1e-13), bool(abs(latitude - 30.5) < 1e-13)
    (True, True)
    """
    place = _pair(longitude, latitude)
    if datum is Datum.BD09:
        place = _inverse(_baidu, place, (-0.0065, -0.006))
    return place if datum is Datum.WGS84 else _inverse(_shifted, place, (0.0, 0.0))


def from_wgs84(longitude: ArrayLike, latitude: ArrayLike, datum: Datum) -> Pair:
    """WGS-84 coordinates (degrees, arrays of one shape) in a datum.

    >>> [round(float(each), 6) for each in from_wgs84(116.404, 39.915, Datum.GCJ02)]
    [116.410244, 39.916404]
    """
    place = _pair(longitude, latitude)
    if datum is Datum.WGS84:
        return place
    place = _shifted(*place)
    return _baidu(*place) if datum is Datum.BD09 else place


def _pair(longitude: ArrayLike, latitude: ArrayLike) -> Pair:
    return np.asarray(longitude, np.float64), np.asarray(latitude, np.float64)


def _inverse(function: Callable[[Degrees, Degrees], Pair], wanted: Pair, start: tuple[float, float]) -> Pair:
    """The place that the function carries to the wanted one: the guess is moved by what is missing until it stands still."""
    longitude, latitude = wanted[0] + start[0], wanted[1] + start[1]
    for _ in range(_MOST_ROUNDS):
        found = function(longitude, latitude)
        east, north = wanted[0] - found[0], wanted[1] - found[1]
        longitude, latitude = longitude + east, latitude + north
        if max(np.max(np.abs(east), initial=0.0), np.max(np.abs(north), initial=0.0)) < _STILL:
            break
    return longitude, latitude


def _shifted(longitude: Degrees, latitude: Degrees) -> Pair:
    """WGS-84 to GCJ-02; as it is outside the rectangle around China."""
    east, north = longitude - 105.0, latitude - 35.0
    root = np.sqrt(np.abs(east))
    common = (20.0 * np.sin(6.0 * east * np.pi) + 20.0 * np.sin(2.0 * east * np.pi)) * 2.0 / 3.0
    north_metres = -100.0 + 2.0 * east + 3.0 * north + 0.2 * north * north + 0.1 * east * north + 0.2 * root
    north_metres += common + (20.0 * np.sin(north * np.pi) + 40.0 * np.sin(north / 3.0 * np.pi)) * 2.0 / 3.0
    north_metres += (160.0 * np.sin(north / 12.0 * np.pi) + 320.0 * np.sin(north * np.pi / 30.0)) * 2.0 / 3.0
    east_metres = 300.0 + east + 2.0 * north + 0.1 * east * east + 0.1 * east * north + 0.1 * root
    east_metres += common + (20.0 * np.sin(east * np.pi) + 40.0 * np.sin(east / 3.0 * np.pi)) * 2.0 / 3.0
    east_metres += (150.0 * np.sin(east / 12.0 * np.pi) + 300.0 * np.sin(east / 30.0 * np.pi)) * 2.0 / 3.0
    radians = latitude / 180.0 * np.pi
    flattened = 1.0 - KRASOVSKY_ECCENTRICITY_SQUARED * np.sin(radians) ** 2
    meridian = KRASOVSKY_AXIS * (1.0 - KRASOVSKY_ECCENTRICITY_SQUARED) / (flattened * np.sqrt(flattened))
    parallel = KRASOVSKY_AXIS / np.sqrt(flattened) * np.cos(radians)
    within = (longitude >= _WEST) & (longitude <= _EAST) & (latitude >= _SOUTH) & (latitude <= _NORTH)
    return (
        np.where(within, longitude + east_metres * 180.0 / (parallel * np.pi), longitude),
        np.where(within, latitude + north_metres * 180.0 / (meridian * np.pi), latitude),
    )


def _baidu(longitude: Degrees, latitude: Degrees) -> Pair:
    """GCJ-02 to BD-09."""
    radius = np.hypot(longitude, latitude) + 0.00002 * np.sin(latitude * _BAIDU_WAVE)
    angle = np.arctan2(latitude, longitude) + 0.000003 * np.cos(longitude * _BAIDU_WAVE)
    return radius * np.cos(angle) + 0.0065, radius * np.sin(angle) + 0.006
