"""Dimensions as trees, and the vocabulary that holds them."""

import pytest

from facts.small_world import WORLD, tree
from mingzhang.facts import Cell, CoordinateError

FUNCTION = WORLD.dimensions["function"]


def test_a_tree_knows_what_is_above_and_below():
    """Paths go up, leaves and walks go down, in the order of the data."""
    assert FUNCTION.path("2040201") == ("2040201", "20402", "204")
    assert FUNCTION.children() == ("204", "205")
    assert FUNCTION.leaves("204") == ("20401", "2040201")
    assert tuple(FUNCTION.walk()) == ("204", "20401", "20402", "2040201", "205", "20501")
    assert FUNCTION.level("20402") == 2
    assert FUNCTION.covers("204", "2040201")
    assert not FUNCTION.covers("205", "2040201")
    assert FUNCTION.path("unknown") == ("unknown",)


def test_books_add_their_own_codes_without_changing_the_original():
    """The copy keeps what the dimension says of itself."""
    more = WORLD.dimensions["project"].extended([("law-day", None, "宣传日")])
    assert more.label("law-day") == "宣传日"
    assert not more.whole
    assert "law-day" not in WORLD.dimensions["project"]


@pytest.mark.parametrize(
    ("parents", "message"), [({"a": "b"}, "unknown parent b"), ({"a": "b", "b": "a"}, "its own ancestor")]
)
def test_a_broken_tree_is_refused(parents, message):
    """No orphan and no circle."""
    with pytest.raises(ValueError, match=message):
        tree("broken", parents)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("spendin", "did you mean 'spending'"),
        ("spending[functions=204]", "did you mean 'function'"),
        ("spending[function=999]", "'999' is not a code of dimension function"),
    ],
)
def test_a_cell_outside_the_vocabulary_is_refused_with_the_nearest_name(text, message):
    """check() says what is wrong and what was probably meant."""
    with pytest.raises(CoordinateError, match=message):
        WORLD.check(Cell.parse(text))


def test_a_cell_of_the_vocabulary_passes():
    """check() returns it."""
    cell = Cell.parse("spending[function=204,nature=basic]")
    assert WORLD.check(cell) is cell
