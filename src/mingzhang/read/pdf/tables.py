"""Ruled grids with their text → raw tables; a table that goes on over pages is one table."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass

from mingzhang.documents import Table, TableCell
from mingzhang.read.pdf.glyphs import Glyph
from mingzhang.read.pdf.grids import Ruled, Spot
from mingzhang.read.pdf.lines import PageWriter, visual_lines
from mingzhang.read.reports.pages import table
from mingzhang.read.reports.plain import located_text

_NEAR = 4.0
_LITTLE = 14.0
"""A table drawn in two pieces leaves no more than this between them, in points."""
_MOST_HEAD_ROWS = 8
_FULL = 0.7
_NOTHING = located_text(())


@dataclass(frozen=True, slots=True)
class PlacedTable:
    """A table of one or more pages: where it stands, its columns' edges, its cells row by row.

    `start` and `end` are document-wide offsets of its text; `top` and `bottom` its edges in points.
    """

    page: int
    last_page: int
    start: int
    end: int
    top: float
    bottom: float
    xs: tuple[float, ...]
    rows: tuple[tuple[tuple[int, TableCell], ...], ...]
    """Each row's cells with the column that they begin in."""

    def block(self) -> Table:
        """The raw table."""
        cells = [[cell for _, cell in sorted(row, key=lambda each: each[0])] for row in self.rows]
        return table(cells, len(self.xs) - 1)


def sorted_in(
    glyphs: Sequence[Glyph], grids: Sequence[Ruled]
) -> tuple[list[dict[Spot, list[Glyph]]], list[Glyph]]:
    """The characters of each grid by cell, and those that stand in no table.

    Of grids inside each other the smallest takes a character; a grid with text in fewer than two cells is no table.
    """
    inside: list[dict[Spot, list[Glyph]]] = [{} for _ in grids]
    order = sorted(range(len(grids)), key=lambda each: grids[each].area)
    outside: list[Glyph] = []
    places = [(grids[number].xs, grids[number].ys, grids[number].owner, inside[number]) for number in order]
    for glyph in glyphs:
        x, y = (glyph[1] + glyph[3]) / 2, (glyph[2] + glyph[4]) / 2
        for xs, ys, owner, cells in places:
            if spot := owner.get((bisect_right(ys, y) - 1, bisect_right(xs, x) - 1)):
                if spot in cells:
                    cells[spot].append(glyph)
                else:
                    cells[spot] = [glyph]
                break
        else:
            outside.append(glyph)
    for number, cells in enumerate(inside):
        if len(cells) < 2 or (len(grids[number].xs) == 2 and len(cells) < 3):
            outside.extend(glyph for found in cells.values() for glyph in found)
            inside[number] = {}
    return inside, outside


def placed(grid: Ruled, cells: dict[Spot, list[Glyph]], writer: PageWriter) -> PlacedTable:
    """Write a grid's text into the page, row by row, and make its cells."""
    start = writer.first + writer.length
    rows: list[list[tuple[int, TableCell]]] = [[] for _ in range(len(grid.ys) - 1)]
    for spot in sorted(grid.spots, key=lambda each: (each.row, each.column)):
        located = _NOTHING
        if held := cells.get(spot):
            width = grid.xs[spot.column + spot.columns] - grid.xs[spot.column]
            lines = visual_lines(held)
            full = any(line[-1][3] - line[0][1] >= _FULL * width for line in lines)
            located = located_text([writer.line(line) for line in lines], wrapped=full)
        made = TableCell(located.text, columns=spot.columns, rows=spot.rows, located=located)
        rows[spot.row].append((spot.column, made))
    end = writer.first + writer.length
    return PlacedTable(
        writer.number,
        writer.number,
        start,
        end,
        grid.ys[0],
        grid.ys[-1],
        grid.xs,
        tuple(tuple(row) for row in rows),
    )


def goes_on(before: PlacedTable, after: PlacedTable) -> bool:
    """Whether a table, with no text between, is the rest of the one before it."""
    same_sides = abs(before.xs[0] - after.xs[0]) <= _NEAR and abs(before.xs[-1] - after.xs[-1]) <= _NEAR
    if after.page == before.last_page:
        return same_sides and 0 <= after.top - before.bottom <= _LITTLE
    return (
        after.page == before.last_page + 1
        and same_sides
        and (_among(after.xs, before.xs) or _among(before.xs, after.xs))
    )


def _among(few: Sequence[float], many: Sequence[float]) -> bool:
    return all(any(abs(one - other) <= _NEAR for other in many) for one in few)


def continued(before: PlacedTable, after: PlacedTable) -> PlacedTable:
    """Both as one table; a head that the second page repeats stands once."""
    xs: list[float] = []
    for x in sorted((*before.xs, *after.xs)):
        if not xs or x - xs[-1] > _NEAR:
            xs.append(x)
    skipped = 0
    if after.page != before.last_page:
        limit = min(len(before.rows), len(after.rows) - 1, _MOST_HEAD_ROWS)
        while skipped < limit and _said(before.rows[skipped]) == _said(after.rows[skipped]):
            skipped += 1
    rows = (*_over(before, xs, 0), *_over(after, xs, skipped))
    return PlacedTable(
        before.page, after.last_page, before.start, after.end, before.top, after.bottom, tuple(xs), rows
    )


def _said(row: Sequence[tuple[int, TableCell]]) -> list[str]:
    return [cell.text for _, cell in row]


def _over(
    found: PlacedTable, xs: Sequence[float], skipped: int
) -> tuple[tuple[tuple[int, TableCell], ...], ...]:
    """The rows of a table over more columns."""
    at = [min(range(len(xs)), key=lambda each: abs(xs[each] - x)) for x in found.xs]
    return tuple(
        tuple(
            (
                at[column],
                TableCell(
                    cell.text,
                    columns=at[column + cell.columns] - at[column],
                    rows=cell.rows,
                    located=cell.located,
                ),
            )
            for column, cell in row
        )
        for row in found.rows[skipped:]
    )
