"""Workbooks as offices fill them: composed tables laid into sheets with merges, unit line and column numbers."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from fractions import Fraction
from pathlib import Path

from openpyxl import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from mingzhang.compose import Printer, compose_table
from mingzhang.documents import Table, TableRow
from mingzhang.facts import FactStore
from mingzhang.forms import Edition
from mingzhang.numbers import unit_named

NAME = "青岚区档案局"


def tables_of(edition: Edition, store: FactStore, entity: str, year: int) -> list[Table]:
    """Every table of an edition, filled from a store."""
    printer = Printer(store, edition.style)
    return [compose_table(form, printer, entity, year, NAME) for form in edition.forms]


def save_tables(
    path: Path, tables: Iterable[Table], *, unit: str = "万元", year: int = 2021, merged: bool = True
) -> Path:
    """Save tables, one sheet each; `merged=False` leaves the cells beside and below a spanning cell blank."""
    book = Workbook()
    book.remove(book.active)
    for number, table in enumerate(tables, start=1):
        fill_sheet(book.create_sheet(f"表{number}"), table, unit=unit, year=year, merged=merged)
    book.save(path)
    return path


def fill_sheet(sheet: Worksheet, table: Table, *, unit: str, year: int, merged: bool) -> None:
    """Lay one table into a sheet."""
    sheet.cell(1, 1, f"{year}年度{table.title}")
    sheet.cell(2, 1, table.number)
    sheet.cell(3, 1, f"部门：{table.entity}")
    sheet.cell(3, 4, f"金额单位：{unit}")
    taken: set[tuple[int, int]] = set()
    for offset, row in enumerate((*table.header, *table.body)):
        _lay(sheet, row, 4 + offset, taken, unit, merged)
    for offset, note in enumerate(table.notes):
        sheet.cell(5 + len(table.header) + len(table.body) + offset, 1, note)


def _lay(
    sheet: Worksheet, row: TableRow, number: int, taken: set[tuple[int, int]], unit: str, merged: bool
) -> None:
    column = 1
    for cell in row.cells:
        while (number, column) in taken:
            column += 1
        if cell.figure is not None and (cell.text or cell.figure.value):
            sheet.cell(number, column, as_number(cell.figure.value, unit))
        elif cell.text and row.kind == "numbers" and cell.text.isdigit():
            sheet.cell(number, column, int(cell.text))
        elif cell.text:
            sheet.cell(number, column, cell.text)
        right, bottom = column + cell.columns - 1, number + cell.rows - 1
        if merged and (right, bottom) != (column, number):
            sheet.merge_cells(start_row=number, start_column=column, end_row=bottom, end_column=right)
        taken.update(
            (down, across) for down in range(number, bottom + 1) for across in range(column, right + 1)
        )
        column = right + 1


def as_number(value: Fraction, unit: str) -> float:
    """The number a spreadsheet holds for an amount in yuan."""
    shown = value / unit_named(unit).scale
    return float(Decimal(shown.numerator) / Decimal(shown.denominator))
