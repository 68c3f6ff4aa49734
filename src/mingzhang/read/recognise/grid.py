"""A raw table as a grid: which printed cell covers which place, and what its text says."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from mingzhang.documents import Table, TableCell, TableRow
from mingzhang.numbers import printed
from mingzhang.read.texts import plain

WIDEST = 400
"""Columns further right belong to no report's table."""

_PLACES = 2_000_000
"""So many places may be covered in all; spans beyond that are those of a hostile file."""

_BLANK = frozenset({"", "-", "--", "—", "——", "–", "/", "\\", "*", "…", "无"})
_FIGURE = re.compile(r"\(?[-−+]?\d[\d,]*(?:\.\d+)?\)?%?\Z")


def is_blank(text: str) -> bool:
    """Whether a cell's text says that nothing is stated."""
    return text in _BLANK


def figure_of(text: str) -> str | None:
    """The digits of a cell that is one figure and nothing else, without its percent sign; None otherwise.

    >>> figure_of("2,106.66"), figure_of("(3.5)"), figure_of("88.5%"), figure_of("九、其他"), figure_of("-")
    ('2,106.66', '-3.5', '88.5', None, None)
    """
    if not _FIGURE.match(text) or len(text) > 40:
        return None
    digits = text.rstrip("%").replace("−", "-")
    if digits.startswith("(") != digits.endswith(")"):
        return None
    if digits.startswith("("):
        digits = f"-{digits[1:-1].lstrip('-')}"
    try:
        printed(digits)
    except ValueError:
        return None
    return digits


@dataclass(frozen=True, slots=True, eq=False)
class Spot:
    """One printed cell in its grid; `text` is plain (one width, no white space)."""

    row: int
    column: int
    rows: int
    columns: int
    text: str
    cell: TableCell = field(repr=False)

    figure: str | None = None
    """The digits, where the cell is one figure."""

    @property
    def blank(self) -> bool:
        """Whether nothing is stated here."""
        return is_blank(self.text)


class Grid:
    """The places of a table, rows and columns counted from 0."""

    def __init__(self, rows: tuple[TableRow, ...]) -> None:
        self.rows = rows
        self.height = len(rows)
        self._room = _PLACES
        self._cover: dict[tuple[int, int], Spot] = {}
        self.anchored: list[list[Spot]] = [[] for _ in rows]
        for number, row in enumerate(rows):
            column = 0
            for cell in row.cells:
                while (number, column) in self._cover:
                    column += 1
                if column >= WIDEST:
                    break
                self._place(cell, number, column)
                column += max(cell.columns, 1)
        self.width = 1 + max((column for _, column in self._cover), default=-1)

    def _place(self, cell: TableCell, row: int, column: int) -> None:
        rows, columns = max(1, min(cell.rows, self.height - row)), max(1, min(cell.columns, WIDEST - column))
        if rows * columns > self._room:
            rows = columns = 1
        self._room -= rows * columns
        text = plain(cell.located.text if cell.located is not None else cell.text)
        spot = Spot(row, column, rows, columns, text, cell, figure_of(text))
        self.anchored[row].append(spot)
        for down in range(row, row + rows):
            for right in range(column, column + columns):
                self._cover.setdefault((down, right), spot)

    def at(self, row: int, column: int) -> Spot | None:
        """The cell that covers a place."""
        return self._cover.get((row, column))

    def text(self, row: int, column: int) -> str:
        """The text of the cell that covers a place."""
        spot = self._cover.get((row, column))
        return spot.text if spot else ""

    def said(self, row: int) -> list[Spot]:
        """The cells that begin in a row and are not blank, from the left."""
        return [spot for spot in self.anchored[row] if not spot.blank]

    def column(self, column: int, first: int, last: int) -> Iterator[Spot]:
        """The cells that begin in a column between two rows, the last not included."""
        for row in range(first, last):
            spot = self._cover.get((row, column))
            if spot is not None and (spot.row, spot.column) == (row, column):
                yield spot


def grid_of(table: Table) -> Grid:
    """The grid of a whole table as read: every printed row."""
    return Grid((*table.header, *table.body))
