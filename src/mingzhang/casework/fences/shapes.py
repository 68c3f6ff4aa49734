"""Shapes of fences (围栏图形): polygons and circles in degrees of WGS-84, from any datum; what is no shape is refused with what to do."""

from __future__ import annotations

import json
from collections.abc import Sequence

import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry

from mingzhang.casework.fences.planes import METRES_A_DEGREE, projected
from mingzhang.casework.positions.datums import Datum, Degrees, Pair, to_wgs84
from mingzhang.documents import Problem
from mingzhang.documents.problems import ProblemError

MOST_METRES = 50_000.0
"""The largest radius of a circle; a larger area is drawn as a polygon."""

MOST_POINTS = 20_000
_CORNERS = 64
_ROUNDS = 6


def polygon(points: Sequence[tuple[float, float]], datum: Datum = Datum.WGS84) -> BaseGeometry:
    """A polygon of (longitude, latitude) in the datum. Raises ProblemError where it is none."""
    if len(points) < 3:
        raise _refused("多边形不足三个点", "至少画三个点。")
    return _checked(shapely.polygons(list(points)), datum)


def circle(longitude: float, latitude: float, radius: float, datum: Datum = Datum.WGS84) -> BaseGeometry:
    """A circle of a radius in metres, as a polygon that strays from it by less than a thousandth of the radius. Raises ProblemError."""
    if not 0 < radius <= MOST_METRES:
        raise _refused(
            f"半径{radius:g}米超出范围",
            f"半径应大于0米，不超过{MOST_METRES / 1000:g}公里；更大的区域请画多边形。",
        )
    middle = to_wgs84(np.array([longitude]), np.array([latitude]), datum)
    angles = np.linspace(0, 2 * np.pi, _CORNERS, endpoint=False)
    reach = radius * (1 + 1 / np.cos(np.pi / _CORNERS)) / 2
    corners = _moved(middle, reach * np.cos(angles), reach * np.sin(angles))
    return _checked(shapely.polygons(np.column_stack(corners)), Datum.WGS84)


def from_geojson(text: str, datum: Datum = Datum.WGS84) -> BaseGeometry:
    """A Polygon or MultiPolygon, as maps write it. Raises ProblemError."""
    try:
        stated = json.loads(text)
        geometry = stated.get("geometry", stated) if isinstance(stated, dict) else stated
        found = shapely.from_geojson(json.dumps(geometry))
    except (ValueError, shapely.errors.ShapelyError) as error:
        raise _refused("不能读取的图形", "提供GeoJSON格式的Polygon或者MultiPolygon。") from error
    return _checked(found, datum)


def in_metres(
    shapes: Sequence[BaseGeometry], meridians: Degrees
) -> np.ndarray[tuple[int], np.dtype[np.object_]]:
    """The shapes each in the plane of its meridian, long edges broken every kilometre so that they run as they do in degrees."""
    broken = shapely.segmentize(np.asarray(shapes, object), 0.01)
    counts = shapely.get_num_coordinates(broken)
    places = shapely.get_coordinates(broken)
    plane = projected(places[:, 0], places[:, 1], np.repeat(meridians, counts))
    moved: np.ndarray[tuple[int], np.dtype[np.object_]] = shapely.set_coordinates(
        broken, np.column_stack(plane)
    )
    return moved


def _checked(shape: BaseGeometry, datum: Datum) -> BaseGeometry:
    if shape is None or shape.geom_type not in ("Polygon", "MultiPolygon"):
        raise _refused("不是面状图形", "画多边形或者圆。")
    count = int(shapely.get_num_coordinates(shape))
    if count > MOST_POINTS:
        raise _refused(f"图形有{count}个点，太多", f"简化到{MOST_POINTS}个点以内。")
    places = shapely.get_coordinates(shape)
    if (
        not np.isfinite(places).all()
        or np.abs(places[:, 0]).max(initial=0) > 180
        or np.abs(places[:, 1]).max(initial=0) > 85
    ):
        raise _refused("坐标不是经纬度", "经度在−180至180之间，纬度在−85至85之间，经度在前。")
    shape = shapely.set_coordinates(shape, np.column_stack(to_wgs84(places[:, 0], places[:, 1], datum)))
    if not shapely.is_valid(shape):
        raise _refused(f"图形自相交（{shapely.is_valid_reason(shape)}）", "重画，边线不要交叉。")
    if shape.area <= 0:
        raise _refused("图形没有面积", "至少画三个不在一条线上的点。")
    return shape


def _moved(middle: Pair, east: Degrees, north: Degrees) -> Pair:
    """The places so many metres east and north of the middle, in the plane of its meridian: a guess, corrected by what it misses."""
    longitude = middle[0] + east / METRES_A_DEGREE / np.cos(np.radians(middle[1]))
    latitude = middle[1] + north / METRES_A_DEGREE
    origin = projected(*middle, middle[0])
    for _ in range(_ROUNDS):
        found = projected(longitude, latitude, middle[0])
        longitude = longitude + (origin[0] + east - found[0]) / METRES_A_DEGREE / np.cos(
            np.radians(middle[1])
        )
        latitude = latitude + (origin[1] + north - found[1]) / METRES_A_DEGREE
    return longitude, latitude


def _refused(what: str, remedy: str) -> ProblemError:
    return ProblemError(Problem("E-RANGE", what, "围栏", remedy))
