"""The open data package: valid by Frictionless, typed, safe in spreadsheets, the same bytes for the same facts."""

from __future__ import annotations

import csv
import json
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction

import pytest
from frictionless import Package
from published import published

from mingzhang.documents import TableCell
from mingzhang.facts import Records
from mingzhang.numbers import Interval
from mingzhang.write.csv_files import csv_text
from mingzhang.write.package import write_package

DOCUMENT, FACTS, STORE = published()


@pytest.fixture
def directory(tmp_path):
    write_package(DOCUMENT, FACTS, tmp_path / "data", STORE.vocabulary)
    return tmp_path / "data"


def rows_of(path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


def test_frictionless_finds_no_fault_in_the_package(directory):
    """Types, primary keys and foreign keys hold in every file."""
    report = Package(str(directory / "datapackage.json")).validate()
    assert report.flatten(["type", "message"]) == []
    assert len(report.tasks) == 5 + 9


def test_frictionless_notices_when_a_key_is_broken(directory):
    """The keys are really checked: a fact of an unlisted concept is an error."""
    path = directory / "facts.csv"
    path.write_text(
        path.read_text(encoding="utf-8").replace(",expenditure,", ",unlisted,", 1), encoding="utf-8"
    )
    assert not Package(str(directory / "datapackage.json")).validate().valid


def test_the_package_says_what_it_is_and_under_which_licence(directory):
    """Title, licence, source, version and date come from the publication record."""
    content = json.loads((directory / "datapackage.json").read_text(encoding="utf-8"))
    assert content["title"] == DOCUMENT.title
    assert content["licenses"][0]["name"] == "CC-BY-4.0"
    assert content["sources"] == [{"title": "青岚区档案局2021年度部门决算"}]
    assert content["created"].startswith(DOCUMENT.metadata.published_on.isoformat())
    schemas = {resource["name"]: resource["schema"] for resource in content["resources"]}
    assert schemas["facts"]["foreignKeys"][0]["reference"] == {"resource": "concepts", "fields": ["concept"]}


def test_every_fact_and_every_printed_figure_is_in_the_files(directory):
    """facts.csv holds each fact exactly; printed.csv each figure in reading order, pointing at its fact."""
    facts = {row["fact"]: row for row in rows_of(directory / "facts.csv")}
    exact = {row["coordinate"]: Fraction(row["fraction"] or row["value"]) for row in facts.values()}
    assert exact == {str(fact.coordinate): fact.value for fact in FACTS}
    shown = [(facts[row["fact"]]["coordinate"], row["text"]) for row in rows_of(directory / "printed.csv")]
    guarded = [(figure.coordinate, figure.text) for figure in DOCUMENT.figures()]
    assert sorted(shown) == sorted(
        (coordinate, f"'{text}" if text[:1] == "-" else text) for coordinate, text in guarded
    )


def test_the_public_tables_hold_numbers_in_their_own_unit(directory):
    """The total of the expenditure table is the exact amount in 万元."""
    rows = rows_of(directory / "table_03_expenditure.csv")
    assert rows[0]["本年支出合计"] == "1000.00005"
    codes = [row["项目／功能分类科目编码"] for row in rows]
    assert codes[0] == "合计"
    assert "2040601" in codes


def test_text_that_a_spreadsheet_would_run_is_disarmed_and_numbers_stay_numbers():
    """Only texts get the apostrophe; negative numbers keep their type."""
    text = csv_text(["a", "b"], [["=HYPERLINK(1)", Decimal("-5.00")], ["+1", -3], ["@x", None], ["\tx", 0]])
    assert text == "a,b\n'=HYPERLINK(1),-5.00\n'+1,-3\n'@x,\n'\tx,0\n"


def test_a_hostile_label_reaches_no_file_undisarmed(tmp_path):
    """A label that begins with an equals sign is guarded wherever it is printed, and the package stays valid."""
    table = next(DOCUMENT.tables())
    body = (
        replace(table.body[0], cells=(TableCell("=cmd|' /C calc'!A0"), *table.body[0].cells[1:])),
        *table.body[1:],
    )
    blocks = tuple(replace(block, body=body) if block is table else block for block in DOCUMENT.blocks)
    write_package(replace(DOCUMENT, blocks=blocks), FACTS, tmp_path, STORE.vocabulary)
    for path in tmp_path.glob("*.csv"):
        with path.open(encoding="utf-8", newline="") as stream:
            assert not [cell for row in csv.reader(stream) for cell in row if cell.startswith("=")]
    assert Package(str(tmp_path / "datapackage.json")).validate().valid


def test_files_are_utf8_with_line_feeds_and_the_same_for_facts_in_any_order(directory, tmp_path):
    """Same facts, same bytes; no carriage returns, no byte order mark."""
    paths = write_package(DOCUMENT, reversed(FACTS), tmp_path / "again", STORE.vocabulary)
    assert {path.name for path in paths} == {path.name for path in directory.iterdir()}
    for path in paths:
        content = path.read_bytes()
        assert content == (directory / path.name).read_bytes()
        assert b"\r" not in content
        assert not content.startswith(b"\xef\xbb\xbf")


def test_two_statements_of_one_number_stay_two_rows(tmp_path):
    """A second statement of a coordinate is a second row of facts.csv."""
    twice = replace(FACTS[0], interval=Interval.of(7), provenance=Records("other", "q", 1))
    write_package(DOCUMENT, [*FACTS, twice], tmp_path, STORE.vocabulary)
    rows = rows_of(tmp_path / "facts.csv")
    assert len(rows) == len(FACTS) + 1
    assert len([row for row in rows if row["coordinate"] == str(twice.coordinate)]) == 2
