"""Header rows of tables."""

from __future__ import annotations

from mingzhang.documents import TableCell, TableRow
from mingzhang.forms import Column


def numbers_row(columns: tuple[Column, ...], label: str) -> TableRow:
    """The row of column numbers (栏次); `label` stands in label columns."""
    cells = []
    for column in columns:
        text = label if column.role == "label" else "" if column.number is None else str(column.number)
        cells.append(TableCell(text, align="center"))
    return TableRow(tuple(cells), "numbers")


def header_rows(headers: list[tuple[str, ...]]) -> list[TableRow]:
    """Header rows from each column's texts, top down: equal neighbours are joined, short columns reach down."""
    depth = max(map(len, headers))
    rows = []
    for level in range(depth):
        cells: list[TableCell] = []
        place = 0
        while place < len(headers):
            own = headers[place]
            if level >= len(own):
                place += 1
                continue
            width = 1
            while place + width < len(headers) and headers[place + width][: level + 1] == own[: level + 1]:
                width += 1
            last = level == len(own) - 1
            cells.append(
                TableCell(
                    own[level], columns=width, rows=depth - level if last else 1, align="center", bold=True
                )
            )
            place += width
        rows.append(TableRow(tuple(cells), "header"))
    return rows
