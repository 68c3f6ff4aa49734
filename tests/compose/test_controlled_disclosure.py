"""With controlled rounding the printed figures add up everywhere, each within a last digit of its exact value."""

from fractions import Fraction

from hypothesis import given, settings
from hypothesis import strategies as st
from small_department import small_material, small_store

from mingzhang import pipeline
from mingzhang.facts import Coordinate, Point
from mingzhang.facts.structure import exact_sums

CODES = ("2040601", "2040602", "2040607", "2050101", "2070101", "2210201")
ITEMS = ("30101", "30102", "30201", "30202", "30301")


@settings(max_examples=8, deadline=None)
@given(
    st.lists(
        st.tuples(st.sampled_from(CODES), st.sampled_from(ITEMS), st.integers(1, 9_999_999)),
        min_size=3,
        max_size=20,
    )
)
def test_controlled_figures_add_up_and_stay_within_a_last_digit(lines):
    store = small_store()
    for function, economic, fen in lines:
        codes = {
            "economic": economic,
            "fund": "general_public_budget",
            "function": function,
            "nature": "basic",
        }
        store.add_points(
            [Point("expenditure", tuple(sorted(codes.items())), "office", "2021", Fraction(fen, 100))]
        )
    document = pipeline.disclose(
        store, "hubei_wuhan_fy2021", small_material(), rounding="controlled"
    ).document
    printed = {}
    for figure in document.figures():
        if figure.unit == "万元":
            sign = -1 if figure.value < 0 and not figure.text.startswith("-") else 1
            printed[Coordinate.parse(figure.coordinate)] = sign * Fraction(figure.text)
            assert abs(sign * Fraction(figure.text) - figure.value / 10_000) < Fraction(1, 100)
    for total, parts in exact_sums(sorted(printed, key=str), store):
        assert printed[total] == sum(sign * printed[part] for part, sign in parts.items()), str(total)
