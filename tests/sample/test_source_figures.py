"""Every figure of Parts 1 and 3 of the source comes out of the books at its own precision; the differences are a closed list."""

import re
from decimal import Decimal

import pytest

from mingzhang.facts import Coordinate
from mingzhang.numbers import print_value, unit_named
from mingzhang.records.models import Goals, Project
from mingzhang.records.performance.values import found_values
from mingzhang.sample.vouchers import vouchers
from sample.figures_of_the_source import FIGURES, OF_EVENTS, OF_THE_BOOKS, OF_THE_INDICATORS

pytestmark = pytest.mark.django_db


def as_printed(store, figure):
    """What the books print at the figure's coordinate: sign and digits, or nothing."""
    coordinate = Coordinate.parse(figure["coordinate"])
    value = store.value(coordinate)
    if value is None:
        return "", ""
    digits = print_value(
        abs(value), unit_named(figure["unit"]), decimals=figure.get("decimals"), strip_zeros=True
    )
    return "-" if value < 0 and digits != "0" else "", digits


def test_every_figure_of_the_source_comes_out(sample_store):
    """Walk the whole list: printed equals computed, except where the list itself says otherwise."""
    wrong = []
    for figure in OF_THE_BOOKS:
        sign, digits = as_printed(sample_store, figure)
        expected = (figure.get("sign", ""), figure.get("computed", figure["printed"]))
        if (sign, digits) != expected:
            wrong.append(f"{figure['place']} {figure['coordinate']}: {sign}{digits}, not {''.join(expected)}")
    assert wrong == []


def test_the_differences_are_a_closed_list(sample_store):
    """Five places print something else, each by a stated rule, and each really differs."""
    different = [figure for figure in FIGURES if "computed" in figure]
    assert [(figure["printed"], figure["computed"]) for figure in different] == [
        ("0.7", "0.8"),
        ("7.2", "7.1"),
        ("95", "95.1"),
        ("100", ""),
        ("0", "12.39"),
    ]
    assert all(figure["rule"] for figure in different)
    assert all(as_printed(sample_store, figure)[1] != figure["printed"] for figure in different)


@pytest.mark.parametrize(
    "figure",
    OF_THE_INDICATORS,
    ids=lambda figure: f"{figure['indicator']}{figure['printed']}{figure['unit']}",
)
def test_figures_of_performance_are_values_of_indicators(figure, sample_store):
    """What the source says of its projects' work is the value of an indicator: of a record, or reported with evidence."""
    goals = Goals.objects.get(year=2021, project=Project.objects.filter(code=figure["project"]).first())
    found = found_values(goals, sample_store)[figure["indicator"]]
    value = found.reported.value if figure.get("reported") else found.actual.value
    assert value == Decimal(figure["printed"])
    assert found.source


def test_the_fifty_mediators_are_events():
    """Fifty mediators, paid from May to December 2020."""
    months, streets = set(), set()
    for draft in vouchers("bureau", 2020):
        if any(entry.detail == "街乡调解员" for entry in draft.budgetary):
            months.add(draft.date.month)
            found = re.fullmatch(r"(.+?)\d+月专职调解员(\d+)人劳务费", draft.summary)
            streets.add((found[1], int(found[2])))
    computed = {
        "mediators": sum(count for _, count in streets),
        "mediators_first_month": min(months),
        "mediators_last_month": max(months),
    }
    assert {figure["event"]: int(figure["printed"]) for figure in OF_EVENTS} == computed


def test_the_list_of_figures_is_whole():
    """Each entry says where its figure comes from, in exactly one way."""
    assert len(FIGURES) == len(OF_THE_BOOKS) + len(OF_THE_INDICATORS) + len(OF_EVENTS) == 179
