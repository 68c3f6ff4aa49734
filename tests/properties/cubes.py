"""Random small cubes of facts: points of spending, and every place of the cube."""

from fractions import Fraction
from itertools import product

from hypothesis import strategies as st

from facts.small_world import WORLD
from mingzhang.facts import Coordinate, FactStore, Measure, Point

FUNCTIONS, NATURES, UNITS = ("20401", "2040201", "20501"), ("basic", "project"), ("office", "centre")
points = st.builds(
    lambda function, nature, unit, period, fen: Point(
        "spending", (("function", function), ("nature", nature)), unit, period, Fraction(fen, 100)
    ),
    st.sampled_from(FUNCTIONS),
    st.sampled_from(NATURES),
    st.sampled_from(UNITS),
    st.sampled_from(("2020", "2021")),
    st.integers(-(10**9), 10**11),
)
PLACES = [
    Coordinate("spending", tuple(pair for pair in (function, nature) if pair[1]), unit, "2021")
    for function, nature, unit in product(
        [("function", code) for code in ("", "204", "20402", *FUNCTIONS)],
        [("nature", code) for code in ("", *NATURES)],
        ("bureau", *UNITS, "bureau-eliminations"),
    )
]
COMPARED = [
    place.measured(Measure(kind, of))
    for place in PLACES
    for kind, of in (("growth", "2020"), ("share", "spending"), ("change", "2020"))
]


def cube(given):
    store = FactStore(WORLD)
    for year in ("2020", "2021"):
        store.cover("spending", year)
    store.add_points(given)
    return store
