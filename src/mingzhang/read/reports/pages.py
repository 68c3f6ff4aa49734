"""Building a raw document: one page's text as it grows, and the paragraphs and tables that point into it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from mingzhang.documents import (
    Block,
    Document,
    Metadata,
    Page,
    Paragraph,
    Problem,
    Span,
    Table,
    TableCell,
    TableRow,
)
from mingzhang.read.reports.plain import Piece, located_text
from mingzhang.read.unreadable import UnreadableFileError

MOST_CELLS = 400_000
"""More places than this in one file's tables are refused."""


@dataclass(slots=True)
class PageText:
    """The text of a page while it is written. `first` is the document-wide offset of its first character."""

    first: int = 0
    parts: list[str] = field(default_factory=list)
    length: int = 0

    def write(self, text: str) -> Piece:
        """Append text; return it with its place."""
        piece = (self.first + self.length, text)
        self.parts.append(text)
        self.length += len(text)
        return piece

    def page(self, number: int, name: str = "", *, readable: bool = True) -> Page:
        """The finished page."""
        return Page(number, "".join(self.parts), self.first, name=name, readable=readable)


def paragraph(pieces: Iterable[Piece], *, wrapped: bool = False) -> Paragraph | None:
    """One logical paragraph of the pieces; None where they have no ink."""
    located = located_text(pieces, wrapped=wrapped)
    return Paragraph((Span(located.text),), located=located) if located.text else None


def cell(pieces: Iterable[Piece], columns: int = 1, rows: int = 1) -> TableCell:
    """One printed cell."""
    located = located_text(pieces)
    return TableCell(located.text, columns=columns, rows=rows, located=located)


def table(rows: Sequence[Sequence[TableCell]], columns: int) -> Table:
    """A raw table of the printed rows, nothing interpreted."""
    return Table("", (), tuple(TableRow(tuple(row)) for row in rows), (1.0,) * columns)


def raw_document(
    name: str, blocks: Iterable[Block], pages: Sequence[Page], medium: str, problems: Sequence[Problem] = ()
) -> Document:
    """A document as read: nobody's, of no year, until it is recognised."""
    metadata = Metadata("", 0, "", date.min)
    return Document(name, metadata, tuple(blocks), tuple(pages), medium, tuple(problems))


@dataclass(slots=True)
class Grid:
    """Spanning cells laid into a grid row by row: which columns of the next row are already covered from above."""

    columns: int = 0
    covered: dict[int, int] = field(default_factory=dict)
    """{column: rows still covered}."""
    rows: list[list[TableCell]] = field(default_factory=list)
    area: int = 0

    def free(self, column: int) -> int:
        """The first column from this one on that no cell above covers."""
        while self.covered.get(column, 0) > 0:
            column += 1
        return column

    def add(self, cells: Sequence[TableCell], where: str) -> None:
        """Lay one row; raises UnreadableFileError where the table grows beyond all measure."""
        column, taken = 0, dict(self.covered)
        for each in cells:
            column = self.free(column)
            if each.rows > 1:
                for across in range(column, column + each.columns):
                    taken[across] = each.rows
            column += each.columns
            self.columns = max(self.columns, column)
        self.covered = {across: left - 1 for across, left in taken.items() if left > 1}
        self.rows.append(list(cells))
        self.area += max(self.columns, 1)
        if self.area > MOST_CELLS:
            what = f"表格过大（上限 {MOST_CELLS} 格）"
            raise UnreadableFileError(
                Problem("too_many_cells", what, where, "删除多余的空行、空列后另存，再核对")
            )

    def table(self) -> Table | None:
        """The table with its spans cut at its last row and column; None where it says nothing at all."""
        height = len(self.rows)
        rows = [
            [replace(each, rows=min(each.rows, height - at)) if each.rows > 1 else each for each in row]
            for at, row in enumerate(self.rows)
        ]
        said = any(each.text for row in rows for each in row)
        return table(rows, self.columns) if said else None
