"""Positions against fences, all at once (围栏判定): inside or not in degrees by prepared shapes; how far, in metres, only for the few where it matters."""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum
from typing import TypeAlias

import numpy as np
import shapely
from numpy.typing import NDArray

from mingzhang.casework.fences.planes import projected
from mingzhang.casework.fences.plans import Plan, Spans
from mingzhang.casework.fences.rules import Rules
from mingzhang.casework.positions.tables import Positions

Numbers: TypeAlias = NDArray[np.int64]


class Level(IntEnum):
    """What one position says of one fence."""

    RIGHT = 0
    UNSURE = 1
    """On the wrong side by less than the position knows."""
    POINTING = 2
    """In a forbidden area, but not deeper than the position knows: worth a check."""
    WRONG = 3


@dataclass(frozen=True, slots=True)
class Judgement:
    """What positions say: of permissions a level each (`Level`), of forbidden areas the hits only, ordered by position."""

    permitted: NDArray[np.int8]
    hit_rows: Numbers
    hit_keys: NDArray[np.object_]
    hit_levels: NDArray[np.int8]


def judge(rows: Positions, plan: Plan, rules: Rules) -> Judgement:
    """Levels of positions (POSITION rows, in any order) against all fences of their persons and all shared ones, as in force at their times."""
    accuracy = np.where(np.isfinite(rows["accuracy"]), rows["accuracy"], rules.assumed_accuracy)
    hits = [_personal_hits(rows, plan), _shared_hits(rows, plan)]
    hit_rows = np.concatenate([each[0] for each in hits])
    shapes = np.concatenate([each[1] for each in hits])
    keys = np.concatenate([each[2] for each in hits])
    order = np.argsort(hit_rows, kind="stable")
    hit_rows, shapes, keys = hit_rows[order], shapes[order], keys[order]
    depth = _metres(rows, hit_rows, shapes, plan, boundary=True)
    deep = depth > accuracy[hit_rows] + rules.zone_buffer
    return Judgement(
        _permitted(rows, accuracy, plan, rules),
        hit_rows,
        keys,
        np.where(deep, Level.WRONG, Level.POINTING).astype(np.int8),
    )


def _permitted(rows: Positions, accuracy: NDArray[np.float64], plan: Plan, rules: Rules) -> NDArray[np.int8]:
    """Right inside any permission in force, or where none is; wrong beyond accuracy and buffer from all of them."""
    level = np.zeros(len(rows), np.int8)
    of_row, shapes, _ = _pairs(rows, plan.permitted)
    within = _contains(rows, of_row, shapes, plan)
    if within.all():
        return level
    inside = np.zeros(len(rows), bool)
    inside[of_row[within]] = True
    doubtful = ~inside[of_row]
    of_row, shapes = of_row[doubtful], shapes[doubtful]
    away = np.full(len(rows), np.inf)
    np.minimum.at(away, of_row, _metres(rows, of_row, shapes, plan, boundary=False))
    outside = np.unique(of_row)
    far = away[outside] > accuracy[outside] + rules.buffer
    level[outside] = np.where(far, Level.WRONG, Level.UNSURE)
    return level


def _pairs(rows: Positions, spans: Spans) -> tuple[Numbers, Numbers, Numbers]:
    """Each position beside each fence of its person in force at its time: rows, shapes, places in the spans."""
    first = np.searchsorted(spans.person, rows["person"], "left")
    count = np.searchsorted(spans.person, rows["person"], "right") - first
    of_row = np.repeat(np.arange(len(rows)), count)
    place = np.arange(len(of_row)) - np.repeat(np.cumsum(count) - count, count) + np.repeat(first, count)
    at = rows["at"][of_row]
    in_force = (spans.valid_from[place] <= at) & (at < spans.valid_to[place])
    if not in_force.all():
        of_row, place = of_row[in_force], place[in_force]
    return of_row, spans.shape[place], place


def _contains(rows: Positions, of_row: Numbers, shapes: Numbers, plan: Plan) -> NDArray[np.bool_]:
    found: NDArray[np.bool_] = shapely.intersects_xy(
        plan.degrees[shapes], rows["longitude"][of_row], rows["latitude"][of_row]
    )
    return found


def _personal_hits(rows: Positions, plan: Plan) -> tuple[Numbers, Numbers, NDArray[np.object_]]:
    of_row, shapes, place = _pairs(rows, plan.forbidden)
    within = _contains(rows, of_row, shapes, plan)
    return of_row[within], shapes[within], plan.forbidden.keys[place[within]]


def _shared_hits(rows: Positions, plan: Plan) -> tuple[Numbers, Numbers, NDArray[np.object_]]:
    """Only positions in a cell of the grid that an area touches are asked of the tree."""
    shared = plan.shared
    near = plan.grid.near(rows["longitude"], rows["latitude"])
    points = shapely.points(rows["longitude"][near], rows["latitude"][near])
    found, place = plan.tree.query(points, predicate="intersects")
    of_row = near[found]
    at = rows["at"][of_row]
    in_force = (shared.valid_from[place] <= at) & (at < shared.valid_to[place])
    place, of_row = place[in_force], of_row[in_force]
    return of_row, shared.shape[place], shared.keys[place]


def _metres(
    rows: Positions, of_row: Numbers, shapes: Numbers, plan: Plan, *, boundary: bool
) -> NDArray[np.float64]:
    """How far each position is from its shape (or its boundary), in the plane of the shape."""
    plane = projected(rows["longitude"][of_row], rows["latitude"][of_row], plan.meridians[shapes])
    targets = plan.metres[shapes]
    found: NDArray[np.float64] = shapely.distance(
        shapely.boundary(targets) if boundary else targets, shapely.points(*plane)
    )
    return found
