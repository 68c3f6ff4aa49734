"""The grid behind a table: where each cell stands once spans are resolved, and how wide its columns want to be."""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from dataclasses import dataclass

from mingzhang.documents import Table, TableCell, TableRow
from mingzhang.remembering import once_for_each
from mingzhang.write.plain_text import ems, number_ems

_WIDEST_WISH = 30.0
"""Em beyond which a label is prose and may wrap."""


_RUN = re.compile("[!-~]+")
_BREAKS_ANYWHERE = 20
"""Characters of Latin text from which on it is broken wherever a line ends."""


@dataclass(frozen=True, slots=True)
class Placed:
    """A cell at its top left grid place, with spans clipped to the grid."""

    cell: TableCell
    row: int
    column: int
    rows: int
    columns: int


@dataclass(frozen=True, slots=True)
class Demand:
    """What a column wants, in em: `least` keeps numbers whole, `wish` keeps labels on one line too."""

    least: float
    wish: float


@dataclass(frozen=True, slots=True)
class Grid:
    """A table as every format needs it: its columns, header and body on the grid, and what each column wants."""

    columns: int
    header: list[list[Placed]]
    body: list[list[Placed]]
    demands: list[Demand]


@once_for_each(64)
def grid_of(table: Table) -> Grid:
    """The grid of a table, made once for all formats; it is to be read only."""
    columns = column_count(table)
    header, body = place(table.header, columns), place(table.body, columns)
    return Grid(columns, header, body, column_demands(header, body, columns))


def column_count(table: Table) -> int:
    """Number of grid columns: the widths stated, or more where a row reaches further."""
    reach = [
        placed.column + placed.cell.columns
        for rows in (table.header, table.body)
        for line in _place(rows, None)
        for placed in line
    ]
    return max(1, len(table.widths), *reach)


def place(rows: Sequence[TableRow], columns: int) -> list[list[Placed]]:
    """Cells row by row, each with its grid column; places that no cell covers get an empty one.

    >>> rows = [TableRow((TableCell("a", rows=2), TableCell("b"))), TableRow((TableCell("c"),))]
    >>> [[(placed.column, placed.cell.text) for placed in line] for line in place(rows, 3)]
    [[(0, 'a'), (1, 'b'), (2, '')], [(1, 'c'), (2, '')]]
    """
    return _place(rows, columns)


def _place(rows: Sequence[TableRow], columns: int | None) -> list[list[Placed]]:
    if all(cell.rows <= 1 for row in rows for cell in row.cells):
        return [_place_alone(row, number, columns) for number, row in enumerate(rows)]
    return _place_together(rows, columns)


def _place_alone(row: TableRow, number: int, columns: int | None) -> list[Placed]:
    """A row into which no cell reaches from above."""
    line: list[Placed] = []
    column = 0
    for cell in row.cells:
        if columns is not None and column >= columns:
            break
        width = max(1, cell.columns) if columns is None else max(1, min(cell.columns, columns - column))
        line.append(Placed(cell, number, column, 1, width))
        column += width
    line.extend(Placed(TableCell(), number, empty, 1, 1) for empty in range(column, columns or 0))
    return line


def _place_together(rows: Sequence[TableRow], columns: int | None) -> list[list[Placed]]:
    taken: set[tuple[int, int]] = set()
    lines: list[list[Placed]] = []
    for row_index, row in enumerate(rows):
        line: list[Placed] = []
        column = 0
        for cell in row.cells:
            while (row_index, column) in taken:
                column += 1
            if columns is not None and column >= columns:
                break
            height = max(1, min(cell.rows, len(rows) - row_index))
            width = _free_width(taken, row_index, column, max(1, cell.columns), columns)
            line.append(Placed(cell, row_index, column, height, width))
            taken.update(
                (row_index + down, column + right) for down in range(height) for right in range(width)
            )
            column += width
        for empty in range(columns or 0):
            if (row_index, empty) not in taken:
                line.append(Placed(TableCell(), row_index, empty, 1, 1))
                taken.add((row_index, empty))
        lines.append(sorted(line, key=lambda placed: placed.column))
    return lines


def _free_width(taken: set[tuple[int, int]], row: int, column: int, wanted: int, columns: int | None) -> int:
    """How far a span may reach before the grid's edge or a cell reaching down from above."""
    limit = wanted if columns is None else min(wanted, columns - column)
    return next((width for width in range(1, limit) if (row, column + width) in taken), limit)


def column_demands(
    header: Sequence[Sequence[Placed]], body: Sequence[Sequence[Placed]], columns: int
) -> list[Demand]:
    """The demand of each grid column, from the cells that stand in it alone.

    Numbers and codes must stay whole; a header may wrap into three lines, and would like one of six characters or two; labels may wrap to
    half their length.
    """
    least = [1.0] * columns
    wish = [1.0] * columns
    for line in header:
        for placed in line:
            if placed.columns == 1:
                width = _longest_line(placed.cell.text)
                least[placed.column] = max(least[placed.column], min(width, max(2.0, math.ceil(width / 3))))
                wanted = width if width <= 6 else math.ceil(width / 2)
                wish[placed.column] = max(wish[placed.column], wanted)
    for line in body:
        for placed in line:
            if placed.columns == 1:
                cell = placed.cell
                whole = is_whole(cell)
                own = number_ems(cell.text, bold=cell.bold) if whole else _longest_line(cell.text)
                width = own + cell.indent
                least[placed.column] = max(
                    least[placed.column],
                    width if whole else max(min(width, 3.0 + cell.indent), _longest_run(cell.text)),
                )
                wish[placed.column] = max(wish[placed.column], width)
    return [Demand(low, max(low, high)) for low, high in zip(least, wish, strict=True)]


def relative_widths(table: Table, columns: int) -> list[float]:
    """The table's own relative widths, completed to the grid, none below a tenth of the widest."""
    stated = [width for width in table.widths if width > 0]
    usual = sum(stated) / len(stated) if stated else 1.0
    widths = [
        table.widths[index] if index < len(table.widths) and table.widths[index] > 0 else usual
        for index in range(columns)
    ]
    return [max(width, max(widths) / 10) for width in widths]


def is_whole(cell: TableCell) -> bool:
    """Whether a cell holds a number or a code, which no line break may divide."""
    return cell.figure is not None or cell.align == "right" or _is_code(cell.text)


def _longest_run(text: str) -> float:
    """Width of the longest run of Latin letters, which break nowhere; addresses and the like break anywhere."""
    runs = [run for run in _RUN.findall(text) if len(run) < _BREAKS_ANYWHERE]
    return max((0.6 * len(run) for run in runs), default=0.0)


def _longest_line(text: str) -> float:
    return max((ems(line) for line in text.split("\n")), default=0.0)


def _is_code(text: str) -> bool:
    return len(text) <= 20 and bool(text) and all(character in "0123456789.,-%" for character in text)
