"""The nine printed tables of two real departments, cell by cell, at the coordinates that their forms give them."""

from __future__ import annotations

import re
from collections import Counter, defaultdict

import pytest
from raw_documents import paragraph, report, understood

from mingzhang.documents import Paragraph, Table, TableCell, TableRow
from mingzhang.facts import Cell
from mingzhang.forms import Form, meeting_cell
from real_tables.leaf_books import edition_of
from real_tables.printed_tables import Address, GridCell, addressed, printed_cells

NAMES = {"social_work": "上海市云岭区委社会工作部", "finance": "上海市云岭区财政局"}
FIGURES = {"social_work": 205, "finance": 195}


def tables_of(department: str) -> dict[str, list[GridCell]]:
    cells = printed_cells(department)
    return {
        name: [cell for cell in cells if cell.table == name] for name in dict.fromkeys(c.table for c in cells)
    }


def as_report(department: str) -> list[Paragraph | Table]:
    """The transcribed pages as a reader gives them: title, unit, grid with spans, notes."""
    blocks: list[Paragraph | Table] = [paragraph(f"{NAMES[department]}2024年度"), paragraph("部门决算")]
    for cells in tables_of(department).values():
        blocks += [paragraph(cell.text) for cell in cells if cell.kind in ("title", "unit")]
        blocks.append(grid(cells))
        notes = [cell.text.replace("{部门}", NAMES[department]) for cell in cells if cell.kind == "note"]
        blocks += [paragraph(note) for note in notes]
    return blocks


def grid(cells: list[GridCell]) -> Table:
    paths = {cell.column: cell.row.split("/") for cell in cells if cell.kind == "header"}
    lines: dict[int, dict[int, str]] = defaultdict(dict)
    for cell in cells:
        if cell.kind in ("label", "value"):
            lines[cell.line][cell.column] = cell.text
    body = [
        TableRow(tuple(TableCell(line.get(column, "")) for column in sorted(paths)))
        for line in lines.values()
    ]
    return Table("", (), (*head(paths), *body), ())


def head(paths: dict[int, list[str]]) -> list[TableRow]:
    """Rows of head cells: a text over neighbouring columns of one upper path is one cell, the last text reaches down."""
    height = max(map(len, paths.values()))
    rows = []
    for level in range(height):
        cells, columns = [], sorted(paths)
        while columns:
            first, path = columns[0], paths[columns[0]]
            same = [column for column in columns if paths[column][: level + 1] == path[: level + 1]]
            last = len(path) == level + 1
            wide = 1
            while not last and columns[0] + wide in same:
                wide += 1
            if level < len(path):
                cells.append(TableCell(path[level], columns=wide, rows=height - level if last else 1))
            columns = [column for column in columns if column >= first + wide]
        rows.append(TableRow(tuple(cells)))
    return rows


def expected_cell(form: Form, address: Address) -> Cell | None:
    """The cell that the form itself gives a printed value."""
    if form.layout == "two_sided":
        rows = form.rows if address.block == "left" else form.right_rows
        same = [row for row in rows if shortened(row.label) == shortened(address.row)]
        values = [column for column in form.columns if (column.side, column.role) == (address.block, "value")]
        return meeting_cell(same[address.nth - 1], values[address.place - 1])
    if form.layout == "economic_groups":
        rows = tuple(row for group in form.groups for row in group.rows) + form.footer
        return next(row.cell for row in rows if address.row in (row.code, row.label))
    column = form.columns[address.place - 1]
    assert column.cell is not None
    return column.cell.where(function=address.row) if address.row.isdigit() else column.cell


def shortened(label: str) -> str:
    return re.sub(r"（含.*）", "", label)


@pytest.mark.parametrize("department", NAMES)
def test_every_printed_figure_stands_at_the_coordinate_of_its_form(department, capsys):
    """All figures of the nine tables, none lost, none misplaced, none invented; blank cells state nothing."""
    form_of = {form.title: form for form in edition_of(department).forms}
    reading, _ = understood(report(as_report(department)))
    compared = expected_figures = 0
    for cells in tables_of(department).values():
        form = form_of[next(cell.text for cell in cells if cell.kind == "title")]
        values = {at: text for at, text in addressed(cells).items() if at.kind == "value"}
        wanted = Counter(
            (str(expected_cell(form, at)), text.replace(",", "")) for at, text in values.items() if text
        )
        found = Counter(
            (str(each.coordinate.cell), each.printed.text.replace(",", ""))
            for each in reading.statements
            if each.context == form.title
        )
        assert found == wanted
        compared += len(values)
        expected_figures += len([text for text in values.values() if text])
    with capsys.disabled():
        print(f"\n{department}: {expected_figures} figures at their coordinates, {compared} cells compared")
    assert expected_figures == FIGURES[department]
    assert not reading.problems


@pytest.mark.parametrize("department", NAMES)
def test_department_year_and_edition_are_recognised(department):
    """The cover names department and year; place and rows tell the edition."""
    reading, _ = understood(report(as_report(department)))
    metadata = reading.document.metadata
    assert (metadata.department, metadata.year) == (NAMES[department], 2024)
    assert metadata.edition == "shanghai_fy2024_26_classes"
