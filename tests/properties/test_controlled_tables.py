"""Controlled rounding of random tables."""

from fractions import Fraction
from itertools import product

from hypothesis import given, settings
from hypothesis import strategies as st

from mingzhang.facts import exact_sums
from mingzhang.numbers import Infeasible, controlled_rounding, round_half_up
from properties.cubes import COMPARED, PLACES, cube, points

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


@given(st.lists(points, min_size=1, max_size=12), st.integers(0, 2))
@settings(max_examples=25, deadline=None)
def test_a_whole_cube_prints_so_that_every_sum_holds(given, places):
    """All sums that follow from the structure, changes against last year too, or those that cannot are named."""
    store = cube(given)
    where = [*PLACES, *[place.during("2020") for place in PLACES], *COMPARED]
    amounts = {each: store.value(each) for each in where if each.measure.kind in ("actual", "change")}
    sums = exact_sums(amounts, store)
    assert {total.measure.kind for total, _ in sums} == {"actual", "change"}
    found = controlled_rounding(amounts, sums, places, 10_000)
    rounded = found.values if isinstance(found, Infeasible) else found
    excused = set(found.broken) if isinstance(found, Infeasible) else set()
    for number, (total, parts) in enumerate(sums):
        holds = rounded[total] == sum(sign * rounded[part] for part, sign in parts.items())
        assert holds is (number not in excused)
    for place, value in amounts.items():
        assert abs(Fraction(rounded[place]) - value / 10_000) < Fraction(1, 10**places)
