"""The store of facts: sums of points, statements beside records, comparisons."""

from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from facts.small_world import WORLD, stated
from mingzhang.facts import (
    Cell,
    Coordinate,
    CoordinateError,
    Derivation,
    FactStore,
    Point,
    Records,
    Vocabulary,
)
from mingzhang.numbers import Interval


def point(value, entity="office", period="2021", concept="spending", measure="actual", rows=1, **codes):
    return Point(concept, tuple(sorted(codes.items())), entity, period, Fraction(value), measure, rows)


@pytest.fixture
def store():
    store = FactStore(WORLD)
    store.add_points(
        [
            point("100.10", function="20401", nature="basic", rows=3),
            point("20.05", function="2040201", nature="project", project="aid-city", rows=2),
            point("9.05", "centre", function="2040201", nature="project", project="aid-rural"),
            point("50", "centre", function="20501", nature="basic"),
            point("-50", "bureau-eliminations", function="20501", nature="basic"),
            point("80", "office", "2020", function="20401", nature="basic"),
            point("120", "office", measure="initial_budget", function="20401", nature="basic"),
        ]
    )
    return store


def value(store, text):
    return store.value(Coordinate.parse(text))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("spending@office/2021", "120.15"),
        ("spending[function=204]@office/2021", "120.15"),
        ("spending[function=20402]@bureau/2021", "29.10"),
        ("spending[function=2040201,nature=project]@bureau/2021", "29.10"),
        ("spending[function=204,nature=basic]@bureau/2021", "100.10"),
        ("spending[project=aid]@bureau/2021", "29.10"),
        ("spending@bureau/2021", "129.20"),
        ("spending[function=20501]@centre/2021", "50"),
    ],
)
def test_every_total_is_the_sum_of_its_points(store, text, expected):
    """Along the tree of each dimension, and of units."""
    assert value(store, text) == Fraction(expected)


def test_what_units_pay_each_other_is_eliminated_in_the_department_alone(store):
    """The department sees zero where a unit sees 50, and prints no row for it."""
    assert value(store, "spending[function=205]@bureau/2021") == 0
    assert store.codes(Cell("spending"), "function", "centre", "2021") == (
        "204",
        "20402",
        "2040201",
        "205",
        "20501",
    )
    assert store.codes(Cell("spending"), "function", "bureau", "2021") == ("204", "20401", "20402", "2040201")


def test_points_at_two_levels_of_a_tree_are_each_counted_once():
    """A code with points of its own also gathers those below it."""
    store = FactStore(WORLD)
    store.add_points([point(1, function="204"), point(10, function="20402"), point(100, function="2040201")])
    found = [value(store, f"spending[function={code}]@office/2021") for code in ("204", "20402", "2040201")]
    assert found == [111, 110, 100]


def test_a_point_without_a_code_counts_in_the_total_alone(store):
    """It lies under no code, so the codes add up to less than the total."""
    store.add_points([point(7, nature="basic")])
    assert value(store, "spending@office/2021") == Fraction("127.15")
    assert value(store, "spending[function=204]@office/2021") == Fraction("120.15")
    assert value(store, "spending[nature=basic]@office/2021") == Fraction("107.10")


def test_what_records_cover_and_do_not_hold_is_zero(store):
    """No point lies there: zero, from the same register."""
    fact = store.get(Coordinate.parse("spending[function=20501,nature=project]@office/2021"))
    assert fact.value == 0
    assert isinstance(fact.provenance, Records)
    store.cover("staff", "2021", register="staff register")
    assert store.get(Coordinate.parse("staff@office/2021")).provenance.register == "staff register"


@pytest.mark.parametrize(
    "text",
    [
        "spending@office/2019",
        "spending@office/2021#adjusted_budget",
        "revenue@office/2021",
        "nonsense@office/2021",
        "spending[colour=red]@office/2021",
        "spending[function=999]@office/2021",
        "spending@elsewhere/2021",
        "staff[function=204]@office/2021",
    ],
)
def test_what_nobody_knows_is_none(store, text):
    """Not covered, not in the vocabulary, or under a dimension the concept does not have: unknown, not zero."""
    store.cover("staff", "2021")
    assert value(store, text) is None


def test_covering_after_asking_is_noticed(store):
    """An answer is not kept beyond what it was based on."""
    where = "revenue@office/2021"
    assert value(store, where) is None
    store.cover("revenue", "2021")
    assert value(store, where) == 0
    store.add_points([point(3, concept="revenue", function="204")])
    assert value(store, where) == 3


def test_points_outside_the_vocabulary_are_refused_and_none_is_added(store):
    """A slip in a name is said at once, with the nearest name."""
    with pytest.raises(CoordinateError, match="did you mean 'spending'"):
        store.add_points([point(1, function="204"), point(1, concept="spendin")])
    with pytest.raises(CoordinateError, match="did you mean 'function'"):
        store.add_points([point(1, functoin="204")])
    assert value(store, "spending@office/2021") == Fraction("120.15")


def test_a_fact_says_how_many_rows_it_took(store):
    """Provenance counts the rows of the register."""
    assert store.get(Coordinate.parse("spending@office/2021")).provenance.rows == 5


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("spending[function=204]@office/2021#growth(of=2020)", Fraction("120.15") / 80 - 1),
        ("spending[function=204]@office/2021#change(of=2020)", Fraction("40.15")),
        ("spending[nature=basic]@office/2021#share(of=spending)", Fraction("100.10") / Fraction("120.15")),
        (
            "spending[function=20401]@office/2021#completion(of=initial_budget)",
            Fraction("100.10") / 120,
        ),
        ("spending[function=2040201]@office/2021#growth(of=2020)", None),
        ("spending[nature=project]@office/2020#share(of=spending[nature=project])", None),
        ("spending@office/2021#growth(of=2019)", None),
    ],
)
def test_comparisons_follow_from_their_two_figures(store, text, expected):
    """A zero or unknown base has no growth, share or completion."""
    fact = store.get(Coordinate.parse(text))
    assert (fact.value if fact else None) == expected
    assert fact is None or isinstance(fact.provenance, Derivation)


def test_growth_from_a_negative_base_has_the_sign_of_the_change():
    """From −80 to −40 is an increase of 50 %."""
    store = FactStore(WORLD)
    store.add_points([point(-80, period="2020"), point(-40)])
    assert value(store, "spending@office/2021#growth(of=2020)") == Fraction(1, 2)


def test_growth_from_a_rough_figure_is_that_of_the_printed_numbers():
    """10 after 8 grew by 25 %, however roughly 8 was printed; what is certain is the interval beside it."""
    store = FactStore(WORLD)
    for text, digits in (("spending@office/2020", "8"), ("spending@office/2021", "10")):
        store.state(stated(text, digits))
    found = store.get(Coordinate.parse("spending@office/2021#growth(of=2020)"))
    assert found.value == Fraction(1, 4)
    assert found.interval.low < Fraction(1, 4) < found.interval.high


def test_a_concept_is_the_sum_of_its_parts(store):
    """Parts that do not have the dimensions asked for do not belong; an unknown part makes the sum unknown."""
    store.add_points(
        [point(5, concept="revenue", function="204"), point(2, concept="opening", function="205")]
    )
    assert value(store, "resources[function=204]@office/2021") == 5
    assert value(store, "resources@office/2021") is None
    store.cover("reserve", "2021")
    assert value(store, "resources@office/2021") == 7
    assert value(store, "uses@office/2021") == Fraction("120.15")
    assert store.codes(Cell("resources"), "function", "office", "2021") == ("204", "205")


def test_records_speak_before_statements_and_the_difference_is_shown(store):
    """A statement never changes what records yield; where the two cannot be one number both are shown."""
    agrees = stated("spending@office/2021", "0.01")
    differs = stated("spending[function=204]@office/2021", "0.02")
    growth = stated("spending@office/2021#growth(of=2020)", "60.0")
    elsewhere = stated("revenue@office/2021", "7")
    for fact in (agrees, differs, growth, elsewhere):
        store.state(fact)
    assert value(store, "spending[function=204]@office/2021") == Fraction("120.15")
    assert value(store, "revenue@office/2021") == 70_000
    shown = store.differences()
    assert [pair[1] for pair in shown] == [differs, growth]
    assert [pair[0].value for pair in shown] == [Fraction("120.15"), Fraction("120.15") / 80 - 1]


def test_statements_alone_answer_and_what_is_absent_is_unknown():
    """A printed report gives intervals; comparisons are computed from them and carry their width."""
    store = FactStore(WORLD)
    facts = [
        stated("spending@bureau/2021", "3.00"),
        stated("spending@bureau/2020", "2.00"),
        stated("spending[function=20401]@bureau/2021", "0"),
        stated("spending[function=2040201]@bureau/2021", "3.00"),
        stated("spending@bureau/2021", "3.01"),
    ]
    for fact in facts:
        store.state(fact)
    assert store.get(Coordinate.parse("spending@bureau/2021")) is facts[0]
    assert [*store.statements(Coordinate.parse("spending@bureau/2021"))] == [facts[0], facts[4]]
    assert len([*store.statements()]) == 5
    assert value(store, "spending[function=205]@bureau/2021") is None
    growth = store.get(Coordinate.parse("spending@bureau/2021#growth(of=2020)"))
    assert growth.interval.contains(Fraction(1, 2))
    assert growth.interval == Interval.of(Fraction(29950, 20050) - 1, Fraction(30050, 19950) - 1)
    assert store.codes(Cell("spending"), "function", "bureau", "2021") == ("204", "20402", "2040201")
    assert store.differences() == []


def test_last_year_may_come_from_a_report_and_this_year_from_records(store):
    """Growth is then computed from both together."""
    store.state(stated("spending@bureau/2019", "0.01"))
    growth = store.get(Coordinate.parse("spending@bureau/2020#growth(of=2019)"))
    assert growth.interval == Interval.of(Fraction(80, 150) - 1, Fraction(80, 50) - 1)
    assert store.computed(growth.coordinate) is None


def test_a_store_may_speak_another_edition_of_its_vocabulary(store):
    """Facts stay, names change."""
    names = {"204": "公共安全"}
    other = store.speaking(WORLD.renamed("function", names))
    assert other.vocabulary.dimensions["function"].label("204") == "公共安全"
    assert value(other, "spending@office/2021") == value(store, "spending@office/2021")


def test_a_vocabulary_without_units_knows_every_unit():
    """Small uses need no tree of entities."""
    store = FactStore(Vocabulary(WORLD.concepts, WORLD.dimensions))
    store.cover("staff", "2021")
    assert value(store, "staff@anyone/2021") == 0


_FUNCTIONS = ("204", "20401", "20402", "2040201", "205", "20501")
_EVERY_CELL = [
    f"spending[{','.join(filter(None, (function, nature)))}]".replace("[]", "")
    for function in ("", *(f"function={code}" for code in _FUNCTIONS))
    for nature in ("", "nature=basic", "nature=project")
]


@given(
    st.lists(
        st.tuples(
            st.integers(-3, 3), st.sampled_from(("", *_FUNCTIONS)), st.sampled_from(("", "basic", "project"))
        ),
        max_size=8,
    )
)
@settings(deadline=None, max_examples=50)
def test_the_short_ways_answer_as_the_long_ones(points):
    """A value is that of the fact; a figure is split where its parts not zero make it; zero is zero one by one."""
    store = FactStore(WORLD)
    store.cover("spending", "2021")
    store.add_points(
        point(amount, **{name: code for name, code in (("function", function), ("nature", nature)) if code})
        for amount, function, nature in points
    )
    for text in _EVERY_CELL:
        whole = Coordinate.parse(f"{text}@office/2021")
        assert store.value(whole) == store.get(whole).value
        for name in ("function", "nature", "project"):
            children = WORLD.dimensions[name].children(whole.get(name))
            parts = [part for code in children if store.value(part := whole.where(**{name: code}))]
            true = bool(parts) and sum(map(store.value, parts)) == store.value(whole)
            assert store.split(whole, name) == (parts if true else [])
            assert store.is_zero_under(whole, name, set(children)) == (not parts)


def test_what_is_stated_is_split_as_well():
    """Statements that add up split a figure as records do; those that do not leave it whole."""
    store = FactStore(WORLD)
    for text, digits in (("", "30"), ("[nature=basic]", "10"), ("[nature=project]", "20")):
        store.state(stated(f"spending{text}@office/2021", digits))
    whole = Coordinate.parse("spending@office/2021")
    assert [part.get("nature") for part in store.split(whole, "nature")] == ["basic", "project"]
    assert store.split(whole, "function") == []
    store.state(stated("spending[function=204]@office/2021", "29"))
    assert store.split(whole, "function") == []
