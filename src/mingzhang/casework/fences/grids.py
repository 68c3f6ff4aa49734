"""A grid over many shapes (网格): which cells any of them may touch, so that a position far from all of them is done with by one look."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from mingzhang.casework.positions.datums import Degrees

_CELL = 0.001
_MOST_CELLS = 4_000_000


@dataclass(frozen=True, slots=True)
class Grid:
    """Cells of `size` degrees east and north of a corner, row by row of latitude; True where a shape may be."""

    west: float
    south: float
    size: float
    touched: NDArray[np.bool_]

    def near(self, longitude: Degrees, latitude: Degrees) -> NDArray[np.int64]:
        """The places of those points that lie in a touched cell."""
        rows, columns = self.touched.shape
        east, north = (longitude - self.west) / self.size, (latitude - self.south) / self.size
        within = np.flatnonzero((east >= 0) & (east < columns) & (north >= 0) & (north < rows))
        cells = self.touched[north[within].astype(np.int64), east[within].astype(np.int64)]
        found: NDArray[np.int64] = within[cells]
        return found


def grid_of(bounds: NDArray[np.float64]) -> Grid:
    """The grid of shapes with these bounds (west, south, east, north; one row a shape); cells of some 100 m, larger where the shapes lie far apart."""
    if not len(bounds):
        return Grid(0.0, 0.0, _CELL, np.zeros((0, 0), bool))
    west, south = bounds[:, 0].min(), bounds[:, 1].min()
    width, height = bounds[:, 2].max() - west, bounds[:, 3].max() - south
    size = max(_CELL, float(np.sqrt(width * height / _MOST_CELLS)), width / _MOST_CELLS, height / _MOST_CELLS)
    touched = np.zeros((int(height / size) + 2, int(width / size) + 2), bool)
    for left, low, right, high in ((bounds - [west, south, west, south]) / size).astype(np.int64):
        touched[low : high + 1, left : right + 1] = True
    return Grid(float(west), float(south), size, touched)
