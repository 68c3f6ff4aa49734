"""Relations derived from the coordinates, and their verdicts."""

from collections import Counter

import pytest

from facts.small_world import WORLD, stated
from mingzhang.facts import Comparison, Same, Total, Verdict, relations
from mingzhang.numbers import HUNDRED_MILLION_YUAN, PERSON, TEN_THOUSAND_YUAN, YUAN


def facts(*rows):
    return [stated(f"{place}@bureau/2021" if "@" not in place else place, digits) for place, digits in rows]


def derived(*rows, **options):
    return list(relations(facts(*rows), WORLD, **options))


def totals(*rows, **options):
    """(dimension, total, parts) of each total found, as texts without entity and year."""
    return [
        (
            each.dimension,
            str(each.total.coordinate.cell),
            sorted(str(part.coordinate.cell) for part in each.parts),
        )
        for each in derived(*rows, **options)
        if isinstance(each, Total)
    ]


def only(found):
    assert len(found) == 1
    return found[0]


def test_members_that_exhaust_a_code_add_up_to_it():
    """类 = Σ款, and the figure that states no code = Σ类, once all are stated."""
    rows = [("spending", "6"), ("spending[function=204]", "3"), ("spending[function=205]", "3")]
    inner = [("spending[function=20401]", "1"), ("spending[function=20402]", "2")]
    outer = ("function", "spending", ["spending[function=204]", "spending[function=205]"])
    assert totals(*rows) == [outer]
    assert sorted(totals(*rows, *inner)) == sorted(
        [
            outer,
            ("function", "spending[function=204]", ["spending[function=20401]", "spending[function=20402]"]),
        ]
    )


def test_a_missing_member_is_zero_only_where_the_table_prints_every_other():
    """Running text leaves things out; a table of the rows that are not zero does not."""
    rows = [("spending", "3"), ("spending[function=204]", "3"), ("spending[function=20402]", "3")]
    assert totals(*rows) == []
    assert sorted(totals(*rows, absent_is_zero=True)) == [
        ("function", "spending", ["spending[function=204]"]),
        ("function", "spending[function=204]", ["spending[function=20402]"]),
    ]


def test_a_level_that_is_not_printed_is_bridged():
    """The nearest members below stand for it."""
    rows = [
        ("spending[function=204]", "3"),
        ("spending[function=20401]", "1"),
        ("spending[function=2040201]", "2"),
    ]
    bridged = (
        "function",
        "spending[function=204]",
        ["spending[function=20401]", "spending[function=2040201]"],
    )
    assert totals(*rows) == [bridged]


def test_totals_hold_within_each_other_dimension():
    """A row and a column of a table are totals too."""
    rows = [
        ("spending[function=204]", "3"),
        ("spending[function=204,nature=basic]", "1"),
        ("spending[function=204,nature=project]", "2"),
    ]
    assert totals(*rows) == [
        (
            "nature",
            "spending[function=204]",
            ["spending[function=204,nature=basic]", "spending[function=204,nature=project]"],
        )
    ]


def test_projects_add_up_to_their_first_level_and_not_to_all_spending():
    """Basic expenditure belongs to no project: the top codes do not exhaust the whole."""
    rows = [
        ("spending", "9"),
        ("spending[project=aid]", "3"),
        ("spending[project=aid-city]", "1"),
        ("spending[project=aid-rural]", "2"),
    ]
    parts = ["spending[project=aid-city]", "spending[project=aid-rural]"]
    for flag in (False, True):
        assert totals(*rows, absent_is_zero=flag) == [("project", "spending[project=aid]", parts)]


def test_parts_of_a_concept_add_up_to_it_where_they_have_its_dimensions():
    """resources = revenue + opening + reserve; by function the reserve, which has none, does not belong."""
    whole = [("resources", "6"), ("revenue", "3"), ("opening", "2"), ("reserve", "1")]
    assert totals(*whole) == [("concept", "resources", ["opening", "reserve", "revenue"])]
    assert totals(*whole[:3]) == []
    by_function = [
        ("resources[function=204]", "5"),
        ("revenue[function=204]", "3"),
        ("opening[function=204]", "2"),
    ]
    assert totals(*by_function) == [
        ("concept", "resources[function=204]", ["opening[function=204]", "revenue[function=204]"])
    ]


def test_functions_do_not_add_up_to_a_concept_of_which_a_part_has_no_function():
    """resources holds a reserve that lies under no function."""
    rows = [("resources", "6"), ("resources[function=204]", "2"), ("resources[function=205]", "3")]
    assert totals(*rows, absent_is_zero=True) == []


def test_units_with_their_eliminations_add_up_to_the_department():
    """Where the eliminations are not stated, only the flag makes them zero."""
    rows = [
        ("spending@bureau/2021", "5.00"),
        ("spending@office/2021", "3.00"),
        ("spending@centre/2021", "3.00"),
    ]
    eliminations = ("spending@bureau-eliminations/2021", "-1.00")
    assert totals(*rows) == []
    assert only(derived(*rows, absent_is_zero=True)).verdict is Verdict.CONTRADICTION
    found = only(derived(*rows, eliminations))
    assert (found.dimension, found.verdict) == ("entity", Verdict.CONSISTENT)


@pytest.mark.parametrize("measure", ["initial_budget", "change(of=2020)", "share(of=spending)"])
def test_budgets_changes_and_shares_add_up_too(measure):
    """They are linear; shares of one whole."""
    rows = [
        (f"spending[function={code}]#{measure}", digits)
        for code, digits in (("204", "3"), ("20401", "1"), ("20402", "2"))
    ]
    assert [
        each[0]
        for each in totals(
            *[(f"{place.split('#')[0]}@bureau/2021#{measure}", digits) for place, digits in rows]
        )
    ] == ["function"]


@pytest.mark.parametrize(
    "rows",
    [
        [("mark[function=204]", "3"), ("mark[function=20401]", "1"), ("mark[function=20402]", "2")],
        [
            ("spending[function=204]@bureau/2021#growth(of=2020)", "3"),
            ("spending[function=20401]@bureau/2021#growth(of=2020)", "1"),
            ("spending[function=20402]@bureau/2021#growth(of=2020)", "2"),
        ],
        [
            ("spending@bureau/2021#share(of=uses)", "90"),
            ("spending@office/2021#share(of=uses)", "60"),
            ("spending@centre/2021#share(of=uses)", "95"),
            ("spending@bureau-eliminations/2021#share(of=uses)", "95"),
        ],
        [("spending[colour=red]", "1"), ("nonsense[function=204]", "1"), ("nonsense", "2")],
    ],
)
def test_what_does_not_add_up_is_not_added(rows):
    """Ratios, growth, units' shares of their own wholes, and what is not in the vocabulary."""
    assert derived(*rows, absent_is_zero=True) == []


@pytest.mark.parametrize(
    ("digits", "verdict"),
    [
        ("10.00", Verdict.CONSISTENT),
        ("10.01", Verdict.TAIL),
        ("9.99", Verdict.TAIL),
        ("10.02", Verdict.TAIL),
        ("9.98", Verdict.TAIL),
        ("10.03", Verdict.CONTRADICTION),
        ("9.97", Verdict.CONTRADICTION),
        ("10.0", Verdict.CONSISTENT),
        ("10", Verdict.CONSISTENT),
    ],
)
def test_a_total_is_judged_by_the_intervals_of_its_parts(digits, verdict):
    """3.33 + 3.33 + 3.34 is 9.985 to 10.015, and 10.02 may be 10.015."""
    rows = [
        ("resources", digits),
        ("revenue", "3.33"),
        ("opening", "3.33"),
        ("reserve", "3.34"),
    ]
    assert only(derived(*rows)).verdict is verdict


@pytest.mark.parametrize(
    ("digits", "verdict"),
    [
        ("5.03", Verdict.TAIL),
        ("5.04", Verdict.ROUNDING),
        ("5.05", Verdict.CONTRADICTION),
        ("4.96", Verdict.CONTRADICTION),
    ],
)
def test_a_total_that_only_cut_off_parts_explain_is_a_matter_of_rounding(digits, verdict):
    """Five parts of 1.00 hide up to 0.025 when rounded, almost 0.05 when cut off, and then never downwards."""
    part = stated("revenue@bureau/2021", "1.00")
    assert Total(stated("resources@bureau/2021", digits), (part,) * 5, "concept").verdict is verdict


@pytest.mark.parametrize(
    ("first", "second", "verdict"),
    [
        (("3369.44", TEN_THOUSAND_YUAN), ("3369.44", TEN_THOUSAND_YUAN), Verdict.CONSISTENT),
        (("3369.44", TEN_THOUSAND_YUAN), ("3,369.4", TEN_THOUSAND_YUAN), Verdict.CONSISTENT),
        (("3369.44", TEN_THOUSAND_YUAN), ("0.34", HUNDRED_MILLION_YUAN), Verdict.CONSISTENT),
        (("3369.44", TEN_THOUSAND_YUAN), ("33694400.00", YUAN), Verdict.CONSISTENT),
        (("3369.44", TEN_THOUSAND_YUAN), ("3369.45", TEN_THOUSAND_YUAN), Verdict.TAIL),
        (("3369.48", TEN_THOUSAND_YUAN), ("3369.4", TEN_THOUSAND_YUAN), Verdict.ROUNDING),
        (("3369.44", TEN_THOUSAND_YUAN), ("3369.54", TEN_THOUSAND_YUAN), Verdict.CONTRADICTION),
        (("-0.18", TEN_THOUSAND_YUAN), ("-0.1", TEN_THOUSAND_YUAN), Verdict.ROUNDING),
        (("12", PERSON), ("13", PERSON), Verdict.CONTRADICTION),
    ],
)
def test_one_coordinate_printed_twice_is_one_number(first, second, verdict):
    """At any precision and in any unit; counts are exact."""
    place = "staff@bureau/2021" if first[1] is PERSON else "spending@bureau/2021"
    pair = [stated(place, *first), stated(place, *second)]
    found = only(list(relations(pair, WORLD)))
    assert isinstance(found, Same)
    assert found.facts == tuple(pair)
    assert found.verdict is verdict
    assert only(list(relations(pair[::-1], WORLD))).verdict is verdict


@pytest.mark.parametrize(
    ("measure", "digits", "own", "base", "verdict"),
    [
        ("growth(of=2020)", "0.8", "3369.44", "3343.61", Verdict.CONSISTENT),
        ("growth(of=2020)", "0.7", "3369.44", "3343.61", Verdict.ROUNDING),
        ("growth(of=2020)", "0.9", "3369.44", "3343.61", Verdict.CONTRADICTION),
        ("growth(of=2020)", "-25.0", "-12.50", "-10.00", Verdict.CONSISTENT),
        ("growth(of=2020)", "25.0", "-12.50", "-10.00", Verdict.CONTRADICTION),
        ("growth(of=2020)", "100.0", "12.50", "0.00", Verdict.UNDECIDED),
        ("share(of=uses)", "7.1", "239.31", "3369.44", Verdict.CONSISTENT),
        ("share(of=uses)", "7.2", "239.31", "3369.44", Verdict.CONTRADICTION),
        ("share(of=uses)", "33.3", "0.01", "0.03", Verdict.CONSISTENT),
        ("completion(of=initial_budget)", "95.1", "95.09", "100.00", Verdict.CONSISTENT),
        ("completion(of=initial_budget)", "95.0", "95.09", "100.00", Verdict.ROUNDING),
        ("change(of=2020)", "25.83", "3369.44", "3343.61", Verdict.CONSISTENT),
        ("change(of=2020)", "25.84", "3369.44", "3343.61", Verdict.TAIL),
        ("change(of=2020)", "25.85", "3369.44", "3343.61", Verdict.CONTRADICTION),
        ("change(of=2020)", "52.83", "3369.44", "3343.61", Verdict.CONTRADICTION),
    ],
)
def test_a_comparison_is_judged_by_the_figures_it_compares(measure, digits, own, base, verdict):
    """l·b ≤ a ≤ u·b for ratios, a difference for changes; with a base that may be zero nothing is said."""
    bases = {"uses": "uses@bureau/2021", "2020": "spending@bureau/2020"}
    place = next(
        (where for name, where in bases.items() if name in measure), "spending@bureau/2021#initial_budget"
    )
    rows = [(f"spending@bureau/2021#{measure}", digits), ("spending@bureau/2021", own), (place, base)]
    found = only([each for each in derived(*rows) if isinstance(each, Comparison)])
    assert found.kind == measure.partition("(")[0]
    assert [str(each.printed.text) for each in found.facts] == [digits, own, base]
    assert found.verdict is verdict


def test_a_comparison_needs_both_figures():
    """Growth alone says nothing that could be checked."""
    assert derived(("spending@bureau/2021#growth(of=2020)", "3"), ("spending", "5")) == []


def test_of_several_statements_the_most_precise_enters_the_totals():
    """A rounded mention in the text does not widen the check of a table."""
    rows = [("uses", "10"), ("uses", "10.00"), ("spending", "10.03")]
    found = derived(*rows)
    assert Counter(type(each) for each in found) == {Same: 1, Total: 1}
    assert next(each for each in found if isinstance(each, Total)).verdict is Verdict.CONTRADICTION


def test_every_verdict_has_its_severity():
    """The grades of a finding; 一致 and 无法判断 are none."""
    assert {verdict.value: verdict.severity for verdict in Verdict} == {
        "矛盾": "error",
        "舍入": "warning",
        "文字": "warning",
        "尾差": "notice",
        "无法判断": None,
        "一致": None,
    }
