"""A plan (围栏方案): all fences of all persons compiled for judging, with prepared shapes; made anew when a fence changes, never edited."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

import numpy as np
import shapely
from numpy.typing import NDArray
from shapely.geometry.base import BaseGeometry

from mingzhang.casework.fences.grids import Grid, grid_of
from mingzhang.casework.fences.shapes import in_metres

_FROM, _TO = np.iinfo(np.int64).min, np.iinfo(np.int64).max


class Effect(StrEnum):
    """What a fence says."""

    PERMITTED = "permitted"
    """The person may be here; several permissions add up, so a leave widens where one may be."""
    FORBIDDEN = "forbidden"
    """The person, or where none is named anybody, may not be here."""


@dataclass(frozen=True, slots=True)
class Fence:
    """A fence (围栏) with its span of validity: from `valid_from` (milliseconds, included) to `valid_to` (not included), None: without end.

    The shape is in degrees of WGS-84. A permission names its person; a forbidden area without a person holds for all.
    """

    key: str
    effect: Effect
    shape: BaseGeometry
    person: int | None = None
    valid_from: int | None = None
    valid_to: int | None = None

    def __post_init__(self) -> None:
        if self.effect is Effect.PERMITTED and self.person is None:
            raise ValueError(f"a permission names its person: {self.key}")


@dataclass(frozen=True, slots=True)
class Spans:
    """Fences of one effect, sorted by person, as arrays of one length."""

    keys: NDArray[np.object_]
    person: NDArray[np.int64]
    shape: NDArray[np.int64]
    """The row of `Plan.degrees` and `Plan.metres`; persons who share a shape share its row."""
    valid_from: NDArray[np.int64]
    valid_to: NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Plan:
    """Permissions and forbidden areas; shapes once each, in degrees (prepared) and in metres of the plane of their meridian."""

    permitted: Spans
    forbidden: Spans
    shared: Spans
    degrees: NDArray[np.object_]
    metres: NDArray[np.object_]
    meridians: NDArray[np.float64]
    grid: Grid
    """Of the shared areas."""
    tree: shapely.STRtree
    """Of the shared areas, in their order."""


def plan_of(fences: Iterable[Fence]) -> Plan:
    """The fences compiled. Equal shapes (the city, of everybody) must be the same object to be kept once."""
    fences = list(fences)
    shapes: dict[int, int] = {}
    kept: list[BaseGeometry] = []
    for fence in fences:
        if id(fence.shape) not in shapes:
            shapes[id(fence.shape)] = len(kept)
            kept.append(fence.shape)
    degrees = np.empty(len(kept), object)
    degrees[:] = kept
    shapely.prepare(degrees)
    bounds: NDArray[np.float64] = shapely.bounds(degrees).reshape(-1, 4)
    meridians = (bounds[:, 0] + bounds[:, 2]) / 2
    metres = in_metres(kept, meridians) if kept else degrees
    shared = _spans(
        [each for each in fences if each.effect is Effect.FORBIDDEN and each.person is None], shapes
    )
    return Plan(
        _spans([each for each in fences if each.effect is Effect.PERMITTED], shapes),
        _spans(
            [each for each in fences if each.effect is Effect.FORBIDDEN and each.person is not None], shapes
        ),
        shared,
        degrees,
        metres,
        meridians,
        grid_of(bounds[shared.shape]),
        shapely.STRtree(degrees[shared.shape]),
    )


def _spans(fences: Sequence[Fence], shapes: dict[int, int]) -> Spans:
    def column(values: Iterable[Any]) -> NDArray[np.int64]:
        return np.fromiter(values, np.int64, len(fences))[order]

    order = np.arange(len(fences))
    order = np.argsort(column(each.person or 0 for each in fences), kind="stable")
    keys = np.empty(len(fences), object)
    keys[:] = [each.key for each in fences]
    return Spans(
        keys[order],
        column(each.person or 0 for each in fences),
        column(shapes[id(each.shape)] for each in fences),
        column(_FROM if each.valid_from is None else each.valid_from for each in fences),
        column(_TO if each.valid_to is None else each.valid_to for each in fences),
    )
