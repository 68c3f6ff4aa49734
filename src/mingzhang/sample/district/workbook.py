"""A department's filled final-accounts workbook (填好的决算公开表), as an office hands it in: plain numbers, now and then one mistyped."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from itertools import pairwise

from mingzhang.catalogue.loading import edition
from mingzhang.compose import Printer, compose_table
from mingzhang.documents import Document, Metadata, Table, TableCell, TableRow
from mingzhang.facts import FactStore
from mingzhang.numbers import read_figure
from mingzhang.sample.district.plan import EDITION, DepartmentPlan
from mingzhang.write.xlsx import tables_bytes

SLIPS = {
    "total_mistyped": "expenditure@{code}/{year}#actual",
    "part_mistyped": "expenditure[nature=project]@{code}/{year}#actual",
}
"""What was mistyped, by the name of the slip: every cell that states this figure."""


def filled_workbook(plan: DepartmentPlan, store: FactStore, year: int, slip: str = "") -> bytes:
    """The nine tables of a year as XLSX; with a slip, one figure has two digits swapped wherever it stands."""
    form = edition(EDITION)
    printer = Printer(store, form.style)
    tables = [compose_table(each, printer, plan.code, year, plan.full_name) for each in form.forms]
    mistyped = SLIPS[slip].format(code=plan.code, year=year) if slip else ""
    typed = tuple(_typed(table, mistyped) for table in tables)
    metadata = Metadata(plan.full_name, year, EDITION, date(year + 1, 7, 1))
    return tables_bytes(Document(f"{plan.full_name}{year}年度部门决算公开表", metadata, typed))


def _typed(table: Table, mistyped: str) -> Table:
    """The table as numbers alone, without live totals."""
    return replace(table, sums={}, body=tuple(_row(row, mistyped) for row in table.body))


def _row(row: TableRow, mistyped: str) -> TableRow:
    return replace(row, cells=tuple(_cell(cell, mistyped) for cell in row.cells))


def _cell(cell: TableCell, mistyped: str) -> TableCell:
    figure = cell.figure
    if figure is None or not mistyped or figure.coordinate != mistyped:
        return cell
    text = swapped(figure.text)
    value = read_figure(f"{text}{figure.unit}").exact
    return replace(cell, text=text, figure=replace(figure, value=value, text=text))


def swapped(digits: str) -> str:
    """The digits with the first two unlike neighbours swapped, as a hurried hand types them.

    >>> swapped("3369.44"), swapped("11.20")
    ('3639.44', '11.02')
    """
    for place, (one, other) in enumerate(pairwise(digits)):
        if place and one.isdecimal() and other.isdecimal() and one != other:
            return f"{digits[:place]}{other}{one}{digits[place + 2 :]}"
    raise ValueError(f"no two unlike digits in {digits}")
