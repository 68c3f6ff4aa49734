"""Filled nine-table workbooks come back as facts, and what is not understood is said."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path

import pytest
from compose.small_department import DEPARTMENT, small_store
from openpyxl import load_workbook

from mingzhang.catalogue.loading import edition
from mingzhang.facts import Coordinate, Fact, FactStore, SheetCell
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
