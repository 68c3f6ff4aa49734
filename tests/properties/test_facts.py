"""Facts: written coordinates, order of adding, true figures in any print."""

from fractions import Fraction

from hypothesis import given, settings
from hypothesis import strategies as st

from facts.small_world import WORLD, stated
from mingzhang.facts import (
    Cell,
    Coordinate,
    Fact,
    FactStore,
    Measure,
    PrintedAt,
    Same,
    Verdict,
    relations,
)
from mingzhang.numbers import PERCENT, TEN_THOUSAND_YUAN, Interval, print_value, printed
from properties.cubes import COMPARED, PLACES, cube, points

words = st.text("abcdefghijklmnopqrstuvwxyz_0123456789-.经费", min_size=1, max_size=8)
plain_measures = st.sampled_from(["actual", "initial_budget", "adjusted_budget", "count"]).map(Measure)


def _cells(measures):
    dimensions = st.dictionaries(words, words, max_size=4).map(lambda stated: tuple(stated.items()))
    return st.builds(Cell, words, dimensions, measures)


def _comparing(cells):
    against = st.sampled_from(["2020", "initial_budget", "adjusted_budget"])
    compared = st.builds(Measure, st.sampled_from(["change", "growth", "completion"]), against)
    return _cells(st.one_of(plain_measures, compared, st.builds(Measure, st.just("share"), cells.map(str))))


cells = st.recursive(_cells(plain_measures), _comparing, max_leaves=3)


@given(cells, words, words)
def test_a_coordinate_reads_back_as_it_was_written(cell, entity, period):
    """parse(str(x)) == x, shares of shares included; the same for cells."""
    coordinate = cell.at(entity, period)
    assert Coordinate.parse(str(coordinate)) == coordinate
    assert Cell.parse(str(cell)) == cell


@given(st.lists(points, max_size=12), st.randoms())
@settings(deadline=None, max_examples=25)
def test_the_order_of_adding_facts_does_not_matter(given, random):
    """Any order, and one by one or together: the same answers."""
    one, other = cube(given), FactStore(WORLD)
    shuffled = random.sample(given, len(given))
    for point in shuffled:
        other.add_points([point])
    for year in ("2021", "2020"):
        other.cover("spending", year)
    for place in [*PLACES, *COMPARED]:
        assert one.value(place) == other.value(place)


def _as_printed(store, places, decimals):
    for place in places:
        value = store.value(place)
        if value is not None:
            unit = PERCENT if place.measure.kind in ("growth", "share") else TEN_THOUSAND_YUAN
            text = print_value(value, unit, decimals=decimals)
            number = printed(text, unit)
            yield Fact(place, number.interval, PrintedAt("report", 1, 0, len(text)), number)


@given(st.lists(points, min_size=1, max_size=12), st.integers(0, 3), st.integers(0, 3), st.booleans())
@settings(deadline=None, max_examples=25)
def test_true_figures_never_raise_a_finding_however_they_are_printed(given, decimals, again, flag):
    """Print the whole cube at any precision, twice: no relation of the structure is ever in doubt."""
    store = cube(given)
    report = [
        *_as_printed(store, [*PLACES, *[place.during("2020") for place in PLACES], *COMPARED], decimals),
        *_as_printed(store, PLACES[:20], again),
    ]
    found = list(relations(report, WORLD, absent_is_zero=flag))
    assert found
    doubtful = {Verdict.CONTRADICTION, Verdict.ROUNDING}
    assert [each for each in found if each.verdict in doubtful] == []
    if decimals == again:
        assert all(each.verdict is Verdict.CONSISTENT for each in found if isinstance(each, Same))


@given(st.lists(points, min_size=1, max_size=12))
@settings(deadline=None, max_examples=25)
def test_exact_facts_are_consistent_and_nothing_less(given):
    """Without rounding there is no tail either."""
    store = cube(given)
    exact = [fact for place in [*PLACES, *COMPARED] if (fact := store.get(place))]
    verdicts = {each.verdict for each in relations(exact, WORLD)}
    assert verdicts <= {Verdict.CONSISTENT, Verdict.UNDECIDED}


@given(st.lists(points, min_size=1, max_size=8), st.randoms())
@settings(deadline=None, max_examples=25)
def test_the_order_of_facts_does_not_change_the_relations(given, random):
    """The same relations with the same verdicts, whatever the reading order."""
    report = list(_as_printed(cube(given), [*PLACES, *COMPARED], 2))
    shuffled = random.sample(report, len(report))

    def seen(facts):
        return {
            (
                type(each).__name__,
                each.facts[0].coordinate,
                frozenset(map(str, (f.coordinate for f in each.facts))),
                each.verdict,
            )
            for each in relations(facts, WORLD)
        }

    assert seen(report) == seen(shuffled)


@given(st.integers(0, 10**9), st.integers(2, 10**6))
def test_a_wrong_total_is_always_seen(fen, off):
    """A total further from its parts than all their digits can hide is a contradiction."""
    parts = [
        stated(f"{name}@bureau/2021", print_value(fen, TEN_THOUSAND_YUAN))
        for name in ("revenue", "opening", "reserve")
    ]
    true = sum((part.value for part in parts), Fraction(0))
    slack = sum((part.interval for part in parts), start=Interval.of(0)).width
    total = stated("resources@bureau/2021", print_value(true + slack + 200 * off, TEN_THOUSAND_YUAN))
    assert [each.verdict for each in relations([*parts, total], WORLD)] == [Verdict.CONTRADICTION]
