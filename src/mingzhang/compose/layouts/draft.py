"""A table being filled."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from mingzhang.compose.printer import Printer
from mingzhang.compose.sums import Grid
from mingzhang.documents import TableCell, TableRow
from mingzhang.facts import Cell


@dataclass
class Draft:
    """A table being filled: its rows, and where in the body grid each coordinate stands."""

    printer: Printer
    entity: str
    year: int
    header: list[TableRow] = field(default_factory=list)
    body: list[TableRow] = field(default_factory=list)
    grid: Grid = field(default_factory=dict)
    figures: int = 0

    def number(self, cell: Cell | None, column: int, *, bold: bool = False) -> TableCell:
        """The table cell for a cube cell, to stand in the next body row at a grid column."""
        if cell is None:
            return TableCell(align="right")
        coordinate = cell.at(self.entity, str(self.year))
        figure = self.printer.figure(coordinate, in_table=True)
        if figure is None:
            return TableCell(align="right")
        self.grid[len(self.body), column] = coordinate
        zero = figure.value == 0
        self.figures += not zero
        text = "" if zero and self.printer.style.blank_zero_cells else figure.text
        return TableCell(text, figure, align="right", bold=bold)

    def add(self, cells: Iterable[TableCell], kind: str = "body") -> None:
        """Append a body row."""
        self.body.append(TableRow(tuple(cells), kind))
