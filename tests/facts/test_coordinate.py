"""Coordinates and their written form."""

import pytest

from mingzhang.facts import Cell, Coordinate, CoordinateError, Measure


def test_equal_addresses_are_equal_objects_however_their_dimensions_were_given():
    """Dimensions are kept sorted."""
    given = Coordinate("spending", (("nature", "basic"), ("function", "204")), "office", "2021")
    assert given == Coordinate.parse("spending[function=204,nature=basic]@office/2021")
    assert str(given) == "spending[function=204,nature=basic]@office/2021#actual"
    assert Cell("spending", (("nature", "basic"), ("function", "204"))) == given.cell
    assert given.cell.at("office", "2021") == given


def test_stating_a_dimension_again_replaces_its_code():
    """where() states one code a dimension."""
    where = Coordinate.parse("spending[function=204]@office/2021").where(function="205", nature="basic")
    assert str(where) == "spending[function=205,nature=basic]@office/2021#actual"
    assert where.get("function") == "205"
    assert where.get("project") is None


@pytest.mark.parametrize(
    "text",
    [
        "",
        "spending",
        "spending@office",
        "spending@/2021",
        "spending[function]@office/2021",
        "spending[function=204,function=205]@office/2021",
        "spending[function=204@office/2021",
        "spending@office/2021#nonsense",
        "spending@office/2021#growth",
        "spending@office/2021#actual(of=2020)",
        "spending@office/2021#growth(2020)",
    ],
)
def test_what_is_not_a_coordinate_is_refused(text):
    """The message quotes the text and shows the form."""
    with pytest.raises(CoordinateError, match=r"坐标|口径|维度"):
        Coordinate.parse(text)


@pytest.mark.parametrize(("kind", "of"), [("nonsense", ""), ("growth", ""), ("actual", "2020")])
def test_a_measure_has_a_base_exactly_when_it_compares(kind, of):
    """growth needs one, actual has none."""
    with pytest.raises(ValueError, match="measure"):
        Measure(kind, of)
