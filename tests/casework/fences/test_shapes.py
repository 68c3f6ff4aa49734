"""Shapes of fences: circles are as large as they say, any datum is carried over, what is no shape is refused with a remedy."""

import numpy as np
import pytest
import shapely

from mingzhang.casework.fences import circle, from_geojson, polygon
from mingzhang.casework.fences.planes import projected
from mingzhang.casework.fences.shapes import in_metres
from mingzhang.casework.positions import Datum, from_wgs84
from mingzhang.documents.problems import ProblemError


@pytest.mark.parametrize("radius", [50, 800, 50_000])
def test_a_circle_is_as_large_as_it_says(radius):
    corners = shapely.get_coordinates(circle(114.3, 30.5, radius))
    plane = projected(*np.vstack([corners, [(114.3, 30.5)]]).T, 114.3)
    distances = np.hypot(plane[0][:-1] - plane[0][-1], plane[1][:-1] - plane[1][-1])
    assert np.abs(distances / radius - 1).max() < 1e-3


def test_a_shape_drawn_on_a_chinese_map_lies_where_it_is():
    there = [
        tuple(map(float, from_wgs84(*place, Datum.GCJ02)))
        for place in [(114.3, 30.4), (114.4, 30.4), (114.4, 30.5)]
    ]
    assert polygon(there, Datum.GCJ02).equals_exact(
        polygon([(114.3, 30.4), (114.4, 30.4), (114.4, 30.5)]), 1e-12
    )
    assert shapely.distance(circle(*there[0], 10, Datum.GCJ02).centroid, shapely.Point(114.3, 30.4)) < 1e-9


def test_long_edges_run_as_in_degrees():
    """An edge of 200 km along a parallel bends on the plane."""
    [shape] = in_metres(
        [polygon([(113.0, 30.0), (115.0, 30.0), (115.0, 31.0), (113.0, 31.0)])], np.array([114.0])
    )
    middle = projected(np.array([114.0]), np.array([30.0]), 114.0)
    assert shapely.distance(shapely.boundary(shape), shapely.Point(middle[0][0], middle[1][0])) < 0.1


def test_geojson_of_a_map_is_read():
    text = '{"type": "Feature", "properties": {}, "geometry": {"type": "Polygon", "coordinates": [[[114,30],[115,30],[115,31],[114,30]]]}}'
    assert from_geojson(text).area == pytest.approx(0.5)


@pytest.mark.parametrize(
    ("make", "word"),
    [
        (lambda: polygon([(114, 30), (115, 30)]), "三个点"),
        (lambda: polygon([(114, 30), (115, 31), (115, 30), (114, 31)]), "自相交"),
        (lambda: polygon([(114, 30), (115, 30), (116, 30)]), "自相交|没有面积"),
        (lambda: polygon([(30, 114), (30, 115), (31, 115)]), "经纬度"),
        (lambda: circle(114, 30, 0), "半径"),
        (lambda: circle(114, 30, 60_000), "半径"),
        (lambda: from_geojson("不是"), "不能读取"),
        (lambda: from_geojson("[]"), "不能读取"),
        (lambda: from_geojson('{"type": "Point", "coordinates": [114, 30]}'), "面状"),
    ],
)
def test_what_is_no_shape_is_refused_with_a_remedy(make, word):
    with pytest.raises(ProblemError, match=word) as refused:
        make()
    assert refused.value.problem.remedy
