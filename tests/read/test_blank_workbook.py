"""The empty workbook: nothing in it is a fact; filled in and recalculated, every figure is."""

from __future__ import annotations

import shutil
import subprocess
from fractions import Fraction

import pytest
from openpyxl import load_workbook

from mingzhang.catalogue.loading import edition, editions, vocabulary
from mingzhang.facts import Cell, Vocabulary
from mingzhang.read.nine_tables import read_nine_tables
from mingzhang.write.blank import empty_workbook
from mingzhang.write.blank_form import blank_form

WORDS = vocabulary(2021).with_entities([("bureau", None, "青岚区档案局")])


def blank(tmp_path, name="hubei_wuhan_fy2021"):
    path = tmp_path / "空白.xlsx"
    empty_workbook(edition(name), WORDS, path, "bureau", 2021)
    return path


@pytest.mark.parametrize("name", sorted(editions()))
def test_an_empty_workbook_of_any_edition_holds_no_facts_and_no_problems(name, tmp_path):
    """Zeros that only add up blank cells state nothing, and every sheet, column and row is recognised."""
    store, problems = read_nine_tables(blank(tmp_path, name), edition(name), WORDS, "bureau", 2021)
    assert problems == []
    assert list(store.statements()) == []


def test_the_same_call_writes_the_same_bytes(tmp_path):
    """No clock, no machine: an empty workbook is reproducible."""
    first = blank(tmp_path).read_bytes()
    assert blank(tmp_path).read_bytes() == first


def test_totals_are_live_and_locked_and_inputs_are_open(tmp_path):
    """A total is a protected formula with a value; the cells it adds up may be typed into."""
    book = load_workbook(blank(tmp_path))
    shown = load_workbook(blank(tmp_path), data_only=True)
    sheet = book.worksheets[1]
    assert sheet.protection.sheet
    formulas = [cell for row in sheet.iter_rows() for cell in row if cell.data_type == "f"]
    assert len(formulas) == 4
    for cell in formulas:
        assert cell.protection.locked
        assert shown[sheet.title][cell.coordinate].value == 0
    open_cells = [cell for row in sheet.iter_rows() for cell in row if not cell.protection.locked]
    assert len(open_cells) == 8 + 26 + 2 + 2


def test_every_formula_adds_up_parts_that_the_structure_knows():
    """A total and its parts agree in everything but the one dimension or concept that is summed."""
    for form in edition("hubei_wuhan_fy2021").forms:
        layout = blank_form(form, WORDS)
        for place, parts in layout.sums.items():
            total, cells = layout.cells[place], [layout.cells[part] for part in parts]
            assert place not in parts
            assert len(set(cells)) == len(cells)
            if {cell.concept for cell in cells} == {total.concept}:
                assert all(is_below(cell, total, WORDS) for cell in cells)
            else:
                assert {cell.concept for cell in cells} == set(WORDS.parts(total.concept)) & {
                    cell.concept for cell in layout.cells.values()
                }


def is_below(cell: Cell, total: Cell, words: Vocabulary) -> bool:
    own, whole = dict(cell.dimensions), dict(total.dimensions)
    differing = [name for name in own.keys() | whole.keys() if own.get(name) != whole.get(name)]
    (name,) = differing
    return name in own and (name not in whole or words.dimensions[name].covers(whole[name], own[name]))


@pytest.mark.office
@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not installed")
def test_filled_in_and_recalculated_by_an_office_program_the_totals_are_facts_too(tmp_path):
    """Three numbers typed in; saved by LibreOffice; the totals come back as statements of the cells they stand in."""
    path = blank(tmp_path)
    book = load_workbook(path)
    sheet = book["03 支出决算表"]
    for row, (code, basic, project) in enumerate(
        [("204", 12.5, 3.25), ("20406", 12.5, 3.25), ("2040601", 12.5, 3.25)], start=9
    ):
        sheet.cell(row, 1, code)
        sheet.cell(row, 4, basic)
        sheet.cell(row, 5, project)
    book.save(path)
    _, unsaved = read_nine_tables(path, edition("hubei_wuhan_fy2021"), WORDS, "bureau", 2021)
    assert {problem.code for problem in unsaved} == {"formula_without_value"}
    profile = f"-env:UserInstallation=file://{tmp_path}/profile"
    save = [
        "soffice",
        profile,
        "--headless",
        "--convert-to",
        "xlsx",
        "--outdir",
        str(tmp_path / "saved"),
        str(path),
    ]
    subprocess.run(save, check=True, capture_output=True, timeout=120)
    store, problems = read_nine_tables(
        tmp_path / "saved" / path.name, edition("hubei_wuhan_fy2021"), WORDS, "bureau", 2021
    )
    assert [problem.in_chinese() for problem in problems] == []
    stated = {str(fact.coordinate): fact.value for fact in store.statements()}
    assert stated["expenditure@bureau/2021#actual"] == 157_500
    assert stated["expenditure[function=204,nature=project]@bureau/2021#actual"] == Fraction(32_500)
    assert len(stated) == 4 * 3
