"""A plane in metres (高斯—克吕格投影): the transverse Mercator projection that Chinese surveying uses, with a central meridian of one's own.

Each shape is measured in the plane of its own middle, so that a metre is a metre to 3 in 10,000 within 150 km of it. Krüger's series to the third power of the
flattening, exact to a millimetre there (Karney 2011, equations 7–11).
"""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike

from mingzhang.casework.positions.datums import Degrees, Pair

_AXIS, _FLATTENING = 6378137.0, 1 / 298.257223563
_N = _FLATTENING / (2 - _FLATTENING)
_RADIUS = _AXIS / (1 + _N) * (1 + _N**2 / 4 + _N**4 / 64)
_SERIES = (_N / 2 - 2 * _N**2 / 3 + 5 * _N**3 / 16, 13 * _N**2 / 48 - 3 * _N**3 / 5, 61 * _N**3 / 240)
_E = 2 * np.sqrt(_N) / (1 + _N)

METRES_A_DEGREE = 111_320.0
"""Of longitude at the equator; good enough where a per mille does not matter."""


def projected(longitude: Degrees, latitude: Degrees, meridian: ArrayLike) -> Pair:
    """Places (degrees of WGS-84) in metres east of the meridian and north of the equator; `meridian` one for all or one for each.

    >>> east, north = projected(np.array([114.0]), np.array([30.0]), 114.0)
    >>> float(east[0]), round(float(north[0]), 3)
    (0.0, 3320113.398)
    """
    sine = np.sin(np.radians(latitude))
    away = np.radians(longitude - np.asarray(meridian))
    conformal = np.sinh(np.arctanh(sine) - _E * np.arctanh(_E * sine))
    north, east = (
        np.arctan2(conformal, np.cos(away)),
        np.arcsinh(np.sin(away) / np.hypot(conformal, np.cos(away))),
    )
    east_sum, north_sum = east, north
    for power, factor in enumerate(_SERIES, 1):
        east_sum = east_sum + factor * np.cos(2 * power * north) * np.sinh(2 * power * east)
        north_sum = north_sum + factor * np.sin(2 * power * north) * np.cosh(2 * power * east)
    return _RADIUS * east_sum, _RADIUS * north_sum


def rough_metres(
    longitude: Degrees, latitude: Degrees, from_longitude: Degrees, from_latitude: Degrees
) -> Degrees:
    """Distances in metres to within half a per cent over tens of kilometres: enough for speeds."""
    east = (longitude - from_longitude) * np.cos(np.radians(latitude))
    return np.hypot(east, latitude - from_latitude) * METRES_A_DEGREE
