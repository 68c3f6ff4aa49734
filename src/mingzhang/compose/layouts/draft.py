"""A form being laid out: its rows, with a slot where a figure will stand."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from mingzhang.documents import TableCell, TableRow
from mingzhang.facts import Cell, Vocabulary

BLANK = TableCell(align="right")
"""The cell of a figure that there is not."""


@dataclass(frozen=True, slots=True)
class Slot:
    """Where a figure stands: its place in the body grid, and what of the cube it shows."""

    row: int
    column: int
    cell: Cell
    bold: bool = False


@dataclass
class Draft:
    """A form being laid out. `codes` are those that a form with a row for each has rows for, in their order."""

    vocabulary: Vocabulary
    codes: Sequence[str] = ()
    header: list[TableRow] = field(default_factory=list)
    body: list[tuple[tuple[TableCell | Slot, ...], str]] = field(default_factory=list)
    """Cells and kind of each row."""

    def number(self, cell: Cell | None, column: int, *, bold: bool = False) -> TableCell | Slot:
        """The place of a cube cell's figure, in the next body row at a grid column; blank where there is none."""
        return BLANK if cell is None else Slot(len(self.body), column, cell, bold)

    def add(self, cells: Iterable[TableCell | Slot], kind: str = "body") -> None:
        """Append a body row."""
        self.body.append((tuple(cells), kind))
