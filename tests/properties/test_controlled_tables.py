"""Controlled rounding of random tables."""

from fractions import Fraction
from itertools import product

from hypothesis import given, settings
from hypothesis import strategies as st

from mingzhang.numbers import controlled_rounding, round_half_up

cents = st.integers(-(10**7), 10**9)


@st.composite
def two_way_tables(draw):
    """Exact fen of a table with row totals, column totals and a grand total; and its sums."""
    rows, columns = draw(st.integers(1, 6)), draw(st.integers(1, 6))
    fen = {place: draw(cents) for place in product(range(rows), range(columns))}
    for row in range(rows):
        fen[row, "all"] = sum(fen[row, column] for column in range(columns))
    for column in [*range(columns), "all"]:
        fen["all", column] = sum(fen[row, column] for row in range(rows))
    sums = [((row, "all"), {(row, column): 1 for column in range(columns)}) for row in [*range(rows), "all"]]
    sums += [
        (("all", column), {(row, column): 1 for row in range(rows)}) for column in [*range(columns), "all"]
    ]
    return {place: Fraction(value, 100) for place, value in fen.items()}, sums


@given(two_way_tables(), st.integers(0, 3))
@settings(max_examples=60, deadline=None)
def test_every_two_way_table_has_a_printing_that_adds_up(table, places):
    """All row and column sums hold, every figure is less than one last digit off, whole figures stay."""
    values, sums = table
    rounded = controlled_rounding(values, sums, places, 10_000)
    assert isinstance(rounded, dict)
    assert rounded.keys() == values.keys()
    for total, parts in sums:
        assert rounded[total] == sum(rounded[part] for part in parts)
    for place, value in values.items():
        exact = value / 10_000
        assert abs(Fraction(rounded[place]) - exact) < Fraction(1, 10**places)
        assert rounded[place].as_tuple().exponent == -places
        if exact * 10**places % 1 == 0:
            assert Fraction(rounded[place]) == exact


@given(two_way_tables())
@settings(max_examples=30, deadline=None)
def test_half_up_is_kept_wherever_it_already_adds_up(table):
    """The result is half-up itself where that has no tails."""
    values, sums = table
    nearest = {place: round_half_up(value / 10_000, 2) for place, value in values.items()}
    if all(nearest[total] == sum(nearest[part] for part in parts) for total, parts in sums):
        assert controlled_rounding(values, sums, 2, 10_000) == nearest
