"""Filled nine-table workbooks come back as facts, and what is not understood is said."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

import pytest
from openpyxl import load_workbook

from compose.small_department import DEPARTMENT, small_store
from mingzhang.catalogue.loading import edition
from mingzhang.facts import Coordinate, FactStore, SheetCell
from mingzhang.read.nine_tables import read_nine_tables
from read.office_workbooks import save_tables, tables_of

EDITIONS = ("national_fy2021", "hubei_wuhan_fy2021", "national_fy2022plus", "shanghai_fy2024")


def printed_values(tables) -> dict[str, Fraction]:
    """What the tables print, zeros left out."""
    figures = (cell.figure for table in tables for row in table.body for cell in row.cells if cell.figure)
    return {figure.coordinate: figure.value for figure in figures if figure.value}


def stated(store: FactStore) -> dict[str, Fraction]:
    return {str(fact.coordinate): fact.value for fact in store.statements()}


@pytest.fixture(scope="module")
def small() -> FactStore:
    return small_store()


@pytest.mark.parametrize("name", EDITIONS)
@pytest.mark.parametrize("unit", ["万元", "元"])
@pytest.mark.parametrize("merged", [True, False])
def test_a_filled_workbook_of_every_edition_comes_back_as_its_facts(name, unit, merged, small, tmp_path):
    """Every figure that is not zero is read back, exact, whatever the unit line says, merged or not."""
    tables = tables_of(edition(name), small, DEPARTMENT, 2021)
    path = save_tables(tmp_path / "九张表.xlsx", tables, unit=unit, merged=merged)
    store, problems = read_nine_tables(path, edition(name), small.vocabulary, DEPARTMENT, 2021)
    assert [problem.in_chinese() for problem in problems] == []
    assert stated(store) == printed_values(tables)


# -- what offices do to workbooks ----------------------------------------------------------------------------

NATIONAL = edition("national_fy2021")


@pytest.fixture
def filled(small, tmp_path):
    """Save the national tables after a change to the workbook, and read them: (values, problems)."""

    def change_and_read(change, year: int = 2021, entity: str = DEPARTMENT):
        path = save_tables(tmp_path / "决算.xlsx", tables_of(NATIONAL, small, DEPARTMENT, 2021))
        book = load_workbook(path)
        change(book)
        book.save(path)
        return read_nine_tables(path, NATIONAL, small.vocabulary, entity, year)

    return change_and_read


def only(problems, code: str):
    """The problem with this code, which is the only one."""
    assert [problem.code for problem in problems] == [code], [problem.in_chinese() for problem in problems]
    return problems[0]


def row_of(sheet, text: str) -> int:
    return next(cell.row for row in sheet.iter_rows() for cell in row if cell.value == text)


def test_each_fact_knows_the_cell_it_was_read_from(filled):
    """Provenance is file, sheet and cell."""
    store, _ = filled(lambda book: None)
    fact = store.get(Coordinate.parse("expenditure[nature=basic]@department/2021#actual"))
    assert fact.provenance == SheetCell("决算.xlsx", "表3", "D7")


def test_a_blank_cell_states_nothing_and_a_typed_zero_states_zero(filled):
    """Blank is unknown; 0 is a statement."""

    def change(book):
        book["表3"]["F7"] = 0

    store, problems = filled(change)
    assert problems == []
    assert (
        store.value(Coordinate.parse("expenditure[nature=remittance_to_superior]@department/2021#actual"))
        == 0
    )
    assert store.value(Coordinate.parse("expenditure[nature=operating]@department/2021#actual")) is None


@pytest.mark.parametrize("mark", ["—", "-", "/", " "])
def test_a_dash_is_a_blank(filled, mark):
    """Marks that offices type for nothing state nothing and are no problem."""

    def change(book):
        book["表3"]["F7"] = mark

    store, problems = filled(change)
    assert problems == []
    assert (
        store.value(Coordinate.parse("expenditure[nature=remittance_to_superior]@department/2021#actual"))
        is None
    )


def test_numbers_stored_as_text_are_read(filled):
    """“1,000.00005” typed as text is the same amount as the number."""

    def change(book):
        book["表3"]["C7"] = "1,000.00005"

    store, problems = filled(change)
    assert problems == []
    assert store.value(Coordinate.parse("expenditure@department/2021#actual")) == Fraction("10000000.5")


def test_binary_noise_does_not_reach_the_fen(filled):
    """0.1 + 0.2 in a cell is 3000.00 yuan, not 3000.0000000000004."""

    def change(book):
        book["表3"]["F7"] = 0.1 + 0.2

    store, _ = filled(change)
    assert (
        store.value(Coordinate.parse("expenditure[nature=remittance_to_superior]@department/2021#actual"))
        == 3000
    )


def test_codes_in_three_cells_are_codes(small, tmp_path):
    """类、款、项 in a cell each, numbers or text, are put together."""
    form = replace(NATIONAL.form("expenditure"), split_codes=True)
    split = replace(NATIONAL, forms=(form,))
    tables = tables_of(split, small, DEPARTMENT, 2021)
    path = save_tables(tmp_path / "三格.xlsx", tables)
    book = load_workbook(path)
    for row in book["表1"].iter_rows(min_row=8, max_col=3):
        for cell in row:
            if isinstance(cell.value, str) and cell.value.isdigit():
                cell.value = int(cell.value)
    book.save(path)
    store, problems = read_nine_tables(path, split, small.vocabulary, DEPARTMENT, 2021)
    assert problems == []
    assert stated(store) == printed_values(tables)


def test_a_formula_without_a_saved_value_is_said_and_not_guessed(filled):
    """A formula that no program has calculated is a problem with its cell; nothing is stated for it."""

    def change(book):
        book["表3"]["C7"] = "=SUM(D7:H7)"

    store, problems = filled(change)
    problem = only(problems, "formula_without_value")
    assert "表3" in problem.where
    assert "C7" in problem.where
    assert store.value(Coordinate.parse("expenditure@department/2021#actual")) is None or "表3" not in str(
        store.get(Coordinate.parse("expenditure@department/2021#actual")).provenance
    )


@pytest.mark.parametrize(
    ("value", "code"), [("约3万", "not_a_number"), ("#REF!", "not_a_number"), (1e300, "number_too_large")]
)
def test_a_cell_that_holds_no_amount_is_named(filled, value, code):
    """Words, error values and absurd numbers are each a problem at their cell."""

    def change(book):
        book["表3"]["F7"] = value

    _, problems = filled(change)
    assert "F7单元格" in only(problems, code).where


def test_an_unknown_code_is_named_with_its_row(filled):
    """A code that the year does not know is a problem, and its figures are not read."""

    def change(book):
        sheet = book["表3"]
        sheet.cell(row_of(sheet, "2040602"), 1).value = "2990101"

    store, problems = filled(change)
    problem = only(problems, "row_unknown")
    assert "2990101" in problem.what
    assert "第" in problem.where
    assert not [fact for fact in store.statements() if fact.coordinate.get("function") == "2990101"]


def test_a_row_that_the_form_does_not_have_is_named(filled):
    """A renamed row with a figure is reported; without a figure it is nobody's loss."""

    def change(book):
        sheet = book["表1"]
        sheet.cell(row_of(sheet, "四、公共安全支出"), 4).value = "四、公安支出"
        sheet.cell(row_of(sheet, "二、外交支出"), 4).value = "二、外事支出"

    _, problems = filled(change)
    assert "公安支出" in only(problems, "row_unknown").what


def test_a_number_outside_the_form_is_mentioned(filled):
    """A stray number under the header is a warning with its cell."""

    def change(book):
        book["表3"]["K9"] = 12.5

    _, problems = filled(change)
    problem = only(problems, "number_unread")
    assert "K9" in problem.what
    assert problem.severity == "warning"


def test_a_sheet_without_a_unit_line_is_not_guessed(filled):
    """万元 or 元 differ by ten thousand: without the line nothing of the sheet is read."""

    def change(book):
        book["表3"]["D3"] = None

    store, problems = filled(change)
    only(problems, "unit_missing")
    assert not [fact for fact in store.statements() if fact.provenance.sheet == "表3"]


def test_a_workbook_of_another_year_is_refused(filled):
    """Figures of 2021 do not become figures of 2022."""
    store, problems = filled(lambda book: None, year=2022)
    assert {problem.code for problem in problems} == {"year_differs", "sheet_missing"}
    assert list(store.statements()) == []


def test_a_missing_and_an_unknown_sheet_are_both_mentioned(filled):
    """What is lacking and what is not understood are warnings; text-only sheets are neither."""

    def change(book):
        del book["表8"]
        book.create_sheet("封面")["A1"] = "部门决算"
        book.create_sheet("其他")["A1"] = 5

    _, problems = filled(change)
    assert {problem.code: problem.severity for problem in problems} == {
        "sheet_unknown": "warning",
        "sheet_missing": "warning",
    }
    assert "其他" in problems[0].where


def test_the_same_table_twice_is_read_once(filled):
    """A copied sheet is a problem; its figures do not enter a second time."""

    def change(book):
        book.copy_worksheet(book["表3"]).title = "副本"

    store, problems = filled(change)
    assert "副本" in only(problems, "sheet_repeated").where
    assert not [fact for fact in store.statements() if fact.provenance.sheet == "副本"]


def test_one_number_with_two_values_is_mentioned_with_both_cells(filled):
    """The total of table 3 and the total of table 1 are one number."""

    def change(book):
        book["表3"]["C7"] = 1000.01

    _, problems = filled(change)
    problem = only(problems, "cells_disagree")
    assert "表1" in problem.where
    assert "表3" in problem.where
    assert "10,000,100.00元" in problem.what


def test_a_header_that_is_not_the_forms_is_a_problem(filled):
    """A renamed column is named, and its figures are mentioned as unread."""

    def change(book):
        book["表3"]["E4"] = "别的"

    _, problems = filled(change)
    assert {problem.code for problem in problems} == {"column_missing", "number_unread"}


def test_a_contents_sheet_is_no_table(filled):
    """A list of all titles is not taken for one of the tables."""

    def change(book):
        sheet = book.create_sheet("目录", 0)
        for row, form in enumerate(NATIONAL.forms, start=1):
            sheet.cell(row, 1, form.title)

    _, problems = filled(change)
    assert problems == []
