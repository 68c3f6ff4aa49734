"""Machine-readable facts: valid by their own schema, complete, stable, and read back unchanged."""

from __future__ import annotations

import json
from dataclasses import replace
from fractions import Fraction

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator
from published import published

from mingzhang.documents import Document
from mingzhang.facts import (
    ACTUAL,
    Cell,
    Coordinate,
    Derivation,
    Fact,
    Measure,
    PrintedAt,
    Records,
    SheetCell,
)
from mingzhang.numbers import PERCENT, TEN_THOUSAND_YUAN, Interval, printed
from mingzhang.read.json import FactsFileError, read_facts
from mingzhang.write.json import facts_schema, facts_text, write_json

DOCUMENT, FACTS, STORE = published()
VALIDATOR = Draft202012Validator(facts_schema())
BARE = replace(DOCUMENT, blocks=())


def everything(store) -> set[Fact]:
    return set(store.statements())


def test_the_written_file_is_valid_by_the_schema_that_is_shipped():
    """The schema itself is valid, and so is a whole disclosure."""
    Draft202012Validator.check_schema(facts_schema())
    VALIDATOR.validate(json.loads(facts_text(DOCUMENT, FACTS, STORE.vocabulary)))


def test_every_printed_figure_stands_in_the_file_with_its_digits_and_places():
    """Each figure of the document is found under its coordinate, with its text, unit and at least one place."""
    content = json.loads(facts_text(DOCUMENT, FACTS, STORE.vocabulary))
    prints = {
        (entry["coordinate"], shown["text"], shown["unit"])
        for entry in content["facts"]
        for shown in entry["printed"]
    }
    assert {(figure.coordinate, figure.text, figure.unit) for figure in DOCUMENT.figures()} == prints
    total = next(
        entry for entry in content["facts"] if entry["coordinate"] == "expenditure@department/2021#actual"
    )
    assert total["value"] == "10000000.50"
    places = [place for shown in total["printed"] for place in shown["places"]]
    assert {"kind": "table", "title": "支出决算表", "row": "合计", "column": "本年支出合计"} in places
    assert {"table", "text"} <= {place["kind"] for place in places}


def test_the_same_facts_in_any_order_give_the_same_bytes(tmp_path):
    """Order of facts does not matter; the file is UTF-8 and ends with one line end."""
    write_json(DOCUMENT, FACTS, tmp_path / "a.json", STORE.vocabulary)
    write_json(DOCUMENT, reversed(FACTS), tmp_path / "b.json", STORE.vocabulary)
    first = (tmp_path / "a.json").read_bytes()
    assert first == (tmp_path / "b.json").read_bytes()
    assert first.endswith(b"}\n")
    assert b"\r" not in first
    assert "青岚区档案局" in first.decode("utf-8")


def test_a_printed_figure_without_a_fact_is_refused():
    """Nothing may be published whose origin is unknown."""
    with pytest.raises(ValueError, match="without a fact"):
        facts_text(DOCUMENT, FACTS[:3], STORE.vocabulary)


def test_a_whole_disclosure_is_read_back_fact_for_fact(tmp_path):
    """Coordinates, exact values, provenance and entities are those that were written."""
    path = tmp_path / "facts.json"
    write_json(DOCUMENT, FACTS, path, STORE.vocabulary)
    back = read_facts(
        path, replace(STORE.vocabulary, entities=replace(STORE.vocabulary.entities, parents={}, names={}))
    )
    assert everything(back) == set(FACTS)
    assert back.vocabulary.entities.names == {"department": "青岚区档案局"}


# -- any facts at all ----------------------------------------------------------------------------------------

CELLS = st.sampled_from(
    [
        Cell.parse("expenditure[function=2040601,nature=basic]"),
        Cell.parse("revenue[fund=fiscal]"),
        Cell.parse("official_reception_batches"),
    ]
)
BASES = st.sampled_from(
    [
        ACTUAL,
        Measure("initial_budget"),
        Measure("growth", "2020"),
        Measure("share", "expenditure[fund=fiscal]"),
    ]
)
NAMES = st.text(st.characters(codec="utf-8", exclude_characters="\x00"), min_size=1, max_size=12)
SMALL = st.integers(0, 10**6)
COORDINATES = st.builds(
    lambda cell, measure, year: cell.measured(measure).at("department", str(year)),
    CELLS,
    BASES,
    st.integers(2015, 2030),
)
PROVENANCES = st.one_of(
    st.builds(Records, NAMES, NAMES, SMALL),
    st.builds(Derivation, st.sampled_from(["sum", "difference", "ratio"]), st.lists(COORDINATES).map(tuple)),
    st.builds(SheetCell, NAMES, NAMES, st.sampled_from(["A1", "F12", "AB300"])),
    st.builds(
        PrintedAt,
        NAMES,
        st.none() | SMALL,
        SMALL,
        SMALL,
        st.none() | st.tuples(*[st.floats(0, 2000, width=32)] * 4),
    ),
)
EXACT = st.one_of(
    st.integers(-(10**14), 10**14).map(lambda fen: Fraction(fen, 100)),
    st.fractions(max_denominator=10**9),
)
PRINTED = st.builds(
    lambda value, unit: printed(f"{value / 100:.2f}", unit),
    st.integers(-(10**9), 10**9),
    st.sampled_from([TEN_THOUSAND_YUAN, PERCENT]),
)


@st.composite
def any_facts(draw) -> Fact:
    shown = draw(st.none() | PRINTED)
    interval = shown.interval if shown else Interval.of(draw(EXACT))
    return Fact(draw(COORDINATES), interval, draw(PROVENANCES), shown)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(facts=st.lists(any_facts(), max_size=8))
def test_any_facts_written_are_the_facts_read(facts, tmp_path):
    """Whatever the value, the measure and the provenance: written, valid, and read back equal."""
    path = tmp_path / "facts.json"
    write_json(BARE, facts, path, STORE.vocabulary)
    VALIDATOR.validate(json.loads(path.read_text(encoding="utf-8")))
    assert sorted(map(repr, read_facts(path, STORE.vocabulary).statements())) == sorted(map(repr, facts))


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("not json", "不是完整的"),
        ("[]", "不是决算公开数据文件"),
        ('{"schema": "mingzhang-facts", "schema_version": 9}', "版本 9"),
        ('{"schema": "mingzhang-facts", "schema_version": 1, "entities": []}', "缺少“facts”"),
        ("[" * 100_000, "不是完整的"),
    ],
)
def test_a_file_that_is_not_ours_is_refused_in_chinese(text, word, tmp_path):
    """Broken, foreign, newer and hostile files are one clear problem."""
    path = tmp_path / "facts.json"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(FactsFileError, match=word):
        read_facts(path, STORE.vocabulary)


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("value", "1e999999999"),
        ("coordinate", "nonsense"),
        ("coordinate", "unknown_concept@a/2021#actual"),
        ("provenance", {}),
    ],
)
def test_a_tampered_fact_is_named_by_its_number(key, value, tmp_path):
    """A number no person would write, an unknown concept or a lost provenance is refused with its place."""
    path = tmp_path / "facts.json"
    fact = Fact(Coordinate.parse("revenue@department/2021#actual"), Interval.of(5), Records("ledger", "q", 1))
    write_json(Document(DOCUMENT.title, DOCUMENT.metadata, ()), [fact], path, STORE.vocabulary)
    content = json.loads(path.read_text(encoding="utf-8"))
    content["facts"][0][key] = value
    path.write_text(json.dumps(content), encoding="utf-8")
    with pytest.raises(FactsFileError, match="第1条事实"):
        read_facts(path, STORE.vocabulary)
