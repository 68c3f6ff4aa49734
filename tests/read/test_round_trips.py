"""What we write we can read: any department's facts, through any edition's workbook or the JSON file, come back."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from fractions import Fraction

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from mingzhang.catalogue.loading import edition, editions, vocabulary
from mingzhang.compose import Printer, compose_table
from mingzhang.documents import Document, Metadata
from mingzhang.facts import Coordinate, FactStore, Point
from mingzhang.read.json import read_facts
from mingzhang.read.nine_tables import read_nine_tables
from mingzhang.write.json import write_json
from mingzhang.write.xlsx import write_xlsx

WORDS = vocabulary(2021).with_entities([("bureau", None, "青岚区档案局"), ("office", "bureau", "本级")])
FUNDS = st.sampled_from(
    [
        "general_public_budget",
        "government_managed_funds",
        "state_capital_operations",
        "superior_subsidy",
        "business",
        "other",
    ]
)
FUNCTIONS = st.sampled_from([code for code in WORDS.dimensions["function"].leaves() if len(code) == 7])
ECONOMIC = st.sampled_from(["30101", "30113", "30201", "30231", "30302", "30799", "31002", "31013", "39999"])
FEN = st.integers(-(10**11), 10**13).map(lambda fen: Fraction(fen, 100))
THREE_PUBLIC = st.sampled_from(
    [
        "overseas_travel_spending",
        "official_vehicle_purchase",
        "official_vehicle_running",
        "official_reception_spending",
    ]
)


def points(concept, dimensions, measures=("actual",)) -> st.SearchStrategy[Point]:
    """Points of a concept: each dimension drawn on its own."""
    return st.builds(
        lambda codes, value, measure: Point(
            concept, tuple(sorted(codes.items())), "office", "2021", value, measure
        ),
        st.fixed_dictionaries(dimensions),
        FEN,
        st.sampled_from(measures),
    )


SPENT = points(
    "expenditure",
    {
        "fund": FUNDS,
        "function": FUNCTIONS,
        "economic": ECONOMIC,
        "nature": st.sampled_from(["basic", "project", "operating"]),
    },
)
EARNED = points(
    "revenue", {"fund": FUNDS, "function": FUNCTIONS, "nature": st.sampled_from(["basic", "project"])}
)
OPENED = points("opening_balance", {"fund": FUNDS, "function": FUNCTIONS})
CLOSED = points("closing_balance", {"fund": FUNDS, "function": FUNCTIONS})
PUBLIC = THREE_PUBLIC.flatmap(
    lambda concept: points(concept, {"fund": FUNDS}, ("actual", "initial_budget", "adjusted_budget"))
)
BOOKS = st.lists(st.one_of(SPENT, SPENT, EARNED, OPENED, CLOSED, PUBLIC), max_size=25)


def document_of(name: str, books: list[Point]) -> tuple[Document, FactStore]:
    """Every table of an edition over generated books, as a document."""
    form = edition(name)
    store = FactStore(WORDS)
    store.add_points(books)
    printer = Printer(store, form.style)
    tables = tuple(compose_table(each, printer, "bureau", 2021, "青岚区档案局") for each in form.forms)
    metadata = Metadata("青岚区档案局", 2021, name, date(2022, 9, 1))
    return Document("青岚区档案局2021年度部门决算", metadata, tables), store


@pytest.mark.parametrize("name", sorted(editions()))
@settings(max_examples=6, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(books=BOOKS)
def test_what_is_written_as_a_workbook_is_read_as_the_same_facts(name, books, tmp_path):
    """For any books: every figure of every table comes back at its coordinate, exact, and nothing else does."""
    document, _ = document_of(name, books)
    path = tmp_path / "公开表.xlsx"
    write_xlsx(document, path)
    back, problems = read_nine_tables(path, edition(name), WORDS, "bureau", 2021)
    assert [problem.in_chinese() for problem in problems] == []
    printed = {figure.coordinate: figure.value for figure in document.figures()}
    stated = {str(fact.coordinate): fact.value for fact in back.statements()}
    assert {name: value for name, value in stated.items() if value} == {
        name: value for name, value in printed.items() if value
    }
    assert all(printed[name] == value for name, value in stated.items())


@settings(max_examples=10, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(books=BOOKS)
def test_what_is_written_as_json_is_read_as_the_same_facts(books, tmp_path):
    """For any books: the facts of a document and the facts of its JSON file are equal."""
    document, store = document_of("shanghai_fy2024", books)
    coordinates = {figure.coordinate for figure in document.figures()}
    facts = {store.get(Coordinate.parse(coordinate)) for coordinate in coordinates}
    write_json(document, facts, tmp_path / "facts.json", WORDS)
    assert set(read_facts(tmp_path / "facts.json", WORDS).statements()) == facts


@settings(max_examples=4, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(books=BOOKS)
def test_tables_composed_from_read_facts_print_the_same(books, tmp_path):
    """Workbook → facts → tables again: every figure that is not zero prints as before, without any voucher."""
    name = "hubei_wuhan_fy2021"
    document, _ = document_of(name, books)
    write_xlsx(document, tmp_path / "公开表.xlsx")
    back, _ = read_nine_tables(tmp_path / "公开表.xlsx", edition(name), WORDS, "bureau", 2021)
    printer = Printer(back, edition(name).style)
    again = [compose_table(form, printer, "bureau", 2021, "青岚区档案局") for form in edition(name).forms]
    before = {figure.coordinate: figure.text for figure in document.figures() if figure.value}
    after = replace(document, blocks=tuple(again))
    assert {figure.coordinate: figure.text for figure in after.figures() if figure.value} == before
