"""Where each figure of a document is printed: table, row and column; section; or chart, series and category."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from mingzhang.documents import Chart, Document, Figure, Heading, Paragraph, Table, TableCell, TableRow
from mingzhang.remembering import once_for_each


@dataclass(frozen=True, slots=True)
class Place:
    """One place of one figure. `kind` is `table`, `text` or `chart`; `row` and `column` are printed texts."""

    kind: str
    title: str
    row: str = ""
    column: str = ""

    def in_chinese(self) -> str:
        """The place in words."""
        return "，".join(filter(None, (self.title, self.row, self.column)))


@once_for_each(4)
def printed_places(document: Document) -> tuple[tuple[Figure, Place], ...]:
    """Every printed figure with its place, in reading order; found once for all formats."""
    return tuple(_printed_places(document))


def _printed_places(document: Document) -> Iterator[tuple[Figure, Place]]:
    headings: dict[int, str] = {}
    for block in document.blocks:
        if isinstance(block, Heading):
            headings = {level: text for level, text in headings.items() if level < block.level}
            headings[block.level] = block.text
        elif isinstance(block, Paragraph):
            place = Place("text", "／".join(text for _, text in sorted(headings.items())))
            yield from ((span.figure, place) for span in block.spans if span.figure)
        elif isinstance(block, Table):
            yield from _in_table(block)
        elif isinstance(block, Chart):
            for series in block.series:
                for category, figure in zip(block.categories, series.figures, strict=True):
                    yield figure, Place("chart", block.caption, category, series.name)


def grid(rows: tuple[TableRow, ...]) -> dict[tuple[int, int], TableCell]:
    """The cells of rows by grid place (from 0); a spanning cell stands at every place it covers."""
    taken: dict[tuple[int, int], TableCell] = {}
    for number, row in enumerate(rows):
        column = 0
        for cell in row.cells:
            while (number, column) in taken:
                column += 1
            for down in range(cell.rows):
                for right in range(cell.columns):
                    taken[number + down, column + right] = cell
            column += cell.columns
    return taken


def column_titles(table: Table) -> dict[int, tuple[str, ...]]:
    """The header texts over each grid column from the top down, rows of column numbers left out."""
    cells = grid(tuple(row for row in table.header if row.kind != "numbers"))
    titles: dict[int, tuple[str, ...]] = {}
    for (_, column), cell in sorted(cells.items()):
        path = titles.get(column, ())
        if cell.text and path[-1:] != (cell.text,):
            path = (*path, cell.text)
        titles[column] = path
    return titles


def _in_table(table: Table) -> Iterator[tuple[Figure, Place]]:
    titles = column_titles(table)
    cells = grid(table.body)
    seen: set[int] = set()
    for (row, column), cell in sorted(cells.items()):
        if cell.figure and id(cell) not in seen:
            seen.add(id(cell))
            label = _row_label(cells, row, column)
            yield cell.figure, Place("table", table.title, label, "／".join(titles.get(column, ())))


def _row_label(cells: dict[tuple[int, int], TableCell], row: int, column: int) -> str:
    """The nearest words on the left, with the code before them where there is one."""
    words = ""
    for place in range(column - 1, -1, -1):
        cell = cells.get((row, place))
        if cell is None or not cell.text:
            continue
        if cell.figure:
            if words:
                break
            continue
        if words:
            return f"{cell.text} {words}" if cell.text.isdigit() and len(cell.text) >= 3 else words
        if not cell.text.isdigit():
            words = cell.text
    return words
