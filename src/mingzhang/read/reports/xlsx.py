"""Workbooks (XLSX) of published tables: one page a sheet, its tables and lines as printed."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from pathlib import Path

from mingzhang.documents import Block, Document, Page, TableCell
from mingzhang.read.reports.pages import Grid, PageText, cell, paragraph, raw_document
from mingzhang.read.reports.shown_sheets import ShownSheet, shown_sheets
from mingzhang.read.reports.sources import content

_TITLE = re.compile(
    r"表\s*(?:[（(].{1,20}[）)])?\s*\Z|公开\s*\d+\s*表|[一二三四五六七八九十]+、.{2,40}|附[表件]\s*\d*|\d{4}\s*年"
)


def read_xlsx(source: Path | bytes, name: str = "") -> Document:
    """Read a workbook: one page a sheet, cells as printed by their number formats, parted by tabs.

    Formulas without a stored value and hidden sheets, rows and columns are said in the document's problems.
    """
    raw, name = content(source, name)
    sheets, notes = shown_sheets(raw, name)
    pages: list[Page] = []
    blocks: list[Block] = []
    first = 0
    for number, sheet in enumerate(sheets, 1):
        page = PageText(first)
        for rows in _regions(sheet):
            blocks.extend(_region(sheet, rows, page, f"{name}，“{sheet.name}”表"))
        pages.append(page.page(number, sheet.name))
        first += page.length
    return raw_document(name, blocks, pages, "xlsx", notes)


def _regions(sheet: ShownSheet) -> Iterator[range]:
    """Rows that belong together: a blank row parts them only where the title of something new follows."""
    said: dict[int, list[int]] = {}
    for row, column in sheet.texts:
        said.setdefault(row, []).append(column)
    start = last = -1
    for row in sorted(said):
        if start >= 0 and row > last + 1:
            columns = said[row]
            if len(columns) == 1 and _TITLE.search(sheet.texts[row, columns[0]].strip()):
                yield range(start, last + 1)
                start = -1
        start = row if start < 0 else start
        last = row
    if start >= 0:
        yield range(start, last + 1)


def _region(sheet: ShownSheet, rows: Sequence[int], page: PageText, where: str) -> Iterator[Block]:
    filled = {row: [column for column in range(sheet.width) if (row, column) in sheet.texts] for row in rows}
    if any(len(columns) > 1 for columns in filled.values()):
        yield from _table(sheet, rows, page, where)
        return
    for row, columns in filled.items():
        block = paragraph([page.write(sheet.texts[row, columns[0]])]) if columns else None
        page.write("\n")
        if block:
            yield block


def _table(sheet: ShownSheet, rows: Sequence[int], page: PageText, where: str) -> Iterator[Block]:
    columns = range(max(column for row, column in sheet.texts if rows[0] <= row <= rows[-1]) + 1)
    grid = Grid()
    for at, row in enumerate(rows):
        cells: list[TableCell] = []
        for column in columns:
            if (row, column) in sheet.covered:
                continue
            down, across = sheet.spans.get((row, column), (1, 1))
            if cells:
                page.write("\t")
            piece = page.write(sheet.texts.get((row, column), ""))
            cells.append(cell([piece], min(across, len(columns) - column), min(down, len(rows) - at)))
        page.write("\n")
        grid.add(cells, where)
    found = grid.table()
    if found:
        yield found
