"""Fit a table into a width: the largest type size, and column widths that keep numbers whole, in points."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from mingzhang.documents import Table
from mingzhang.write.plain_text import ems
from mingzhang.write.table_grid import Demand, Placed, grid_of, relative_widths

SIZES = (10.5, 10.0, 9.5, 9.0, 8.5, 8.0, 7.5)
"""Type sizes in points, from 五号 down to 六号."""
EQUAL, UNWRAPPED, ANY = "equal", "unwrapped", "any"
"""How strictly columns are fitted, strictest first."""
PADDING = 7.0
"""Both side margins of a cell, with half a point to spare, in points."""
_READABLE = 9.0
"""小五: the smallest size to which a table shrinks only to keep its labels on one line."""
_LEADING = 1.25
_TIGHT_LEADING = 1.12
"""Leading of a table that just misses its page; only labels of several lines show it."""
_ABOVE_AND_BELOW, _TIGHTLY = 1.5, 1.0
"""Room above and below the text of a row."""
_TALLEST_ROW = 21.0
_SLACK = 1.02
"""Real type is a little wider than counted in em."""


@dataclass(frozen=True, slots=True)
class Fit:
    """A table laid out: type size, leading, column widths and row heights, all in points."""

    size: float
    leading: float
    widths: tuple[float, ...]
    header_heights: tuple[float, ...]
    body_heights: tuple[float, ...]
    header: list[list[Placed]]
    body: list[list[Placed]]

    @property
    def height(self) -> float:
        """Height of the whole table."""
        return sum(self.header_heights) + sum(self.body_heights)


def fit_table(table: Table, width: float, height: float) -> Fit:
    """Lay a table out for a page area of this width and height.

    Takes the largest size at which the table stays on one page with its numbers whole, on one line a row where that
    stays readable; one that just misses its page is set tightly; a table too long for a page is set comfortably and
    flows on.
    """
    grid = grid_of(table)
    demands, header, body = grid.demands, grid.header, grid.body
    relative = relative_widths(table, grid.columns)
    for strictness in (EQUAL, UNWRAPPED, ANY):
        for size in SIZES:
            widths = fit_columns(demands, relative, width, size, strictness)
            if widths is not None and (strictness == ANY or size >= _READABLE):
                fit = _laid_out(header, body, widths, size, height)
                if fit.height <= height:
                    return fit
    for size in SIZES:
        widths = fit_columns(demands, relative, width, size)
        if widths is not None:
            fit = _laid_out(header, body, widths, size, height, tight=True)
            if fit.height <= height:
                return fit
    for size in (_READABLE, *SIZES):
        widths = fit_columns(demands, relative, width, size)
        if widths is not None:
            return _laid_out(header, body, widths, size, height)
    widths = _shares([demand.least for demand in demands], width)
    return _laid_out(header, body, widths, SIZES[-1], height)


def fit_columns(
    demands: Sequence[Demand],
    relative: Sequence[float],
    width: float,
    size: float,
    strictness: str = ANY,
) -> tuple[float, ...] | None:
    """Column widths that sum to `width`; None where the demands do not fit at this size.

    `UNWRAPPED` asks for every label on its line, `EQUAL` besides for columns of equal relative width to stay equal.
    """
    least = [demand.least * size * _SLACK + PADDING for demand in demands]
    if sum(least) > width:
        return None
    wish = [demand.wish * size * _SLACK + PADDING for demand in demands]
    level = [
        max(other for other, share in zip(wish, relative, strict=True) if share == own) for own in relative
    ]
    for wanted, accepted in ((level, True), (wish, strictness != EQUAL)):
        if accepted and sum(wanted) <= width:
            return _grown(wanted, relative, width)
    if strictness != ANY:
        return None
    room = (width - sum(least)) / (sum(wish) - sum(least))
    return tuple(low + (high - low) * room for low, high in zip(least, wish, strict=True))


def _grown(wanted: Sequence[float], relative: Sequence[float], width: float) -> tuple[float, ...]:
    """Give the columns their relative share of the width, none less than it wants."""
    fixed: set[int] = set()
    while True:
        rest = width - sum(wanted[index] for index in fixed)
        free = [index for index in range(len(wanted)) if index not in fixed]
        unit = rest / sum(relative[index] for index in free)
        short = [index for index in free if wanted[index] > unit * relative[index] + 1e-9]
        if not short:
            return tuple(
                wanted[index] if index in fixed else unit * relative[index] for index in range(len(wanted))
            )
        fixed.update(short)


def _shares(weights: Sequence[float], width: float) -> tuple[float, ...]:
    return tuple(weight * width / sum(weights) for weight in weights)


def _laid_out(
    header: list[list[Placed]],
    body: list[list[Placed]],
    widths: Sequence[float],
    size: float,
    height: float,
    *,
    tight: bool = False,
) -> Fit:
    leading = round(size * (_TIGHT_LEADING if tight else _LEADING) * 2) / 2
    air = _TIGHTLY if tight else _ABOVE_AND_BELOW
    natural_header = [_row_height(line, widths, size, leading, air) for line in header]
    natural_body = [_row_height(line, widths, size, leading, air) for line in body]
    rows = len(natural_header) + len(natural_body)
    spare = (height - 3.0 - sum(natural_header) - sum(natural_body)) / max(rows, 1)
    grown = min(max(spare, 0.0) + leading + air, _TALLEST_ROW)
    return Fit(
        size,
        leading,
        tuple(widths),
        tuple(max(own, grown) for own in natural_header),
        tuple(max(own, grown) for own in natural_body),
        header,
        body,
    )


def _row_height(
    line: Sequence[Placed], widths: Sequence[float], size: float, leading: float, air: float
) -> float:
    """Height of a row by its longest one-row cell; a cell over several rows finds room in all of them."""
    most = 1
    for placed in line:
        if not placed.cell.text:
            continue
        first, columns = placed.column, placed.columns
        whole = widths[first] if columns == 1 else sum(widths[first : first + columns])
        lines = wrapped_lines(placed.cell.text, placed.cell.indent, whole - PADDING + 1.5, size)
        if lines > most:
            most = max(most, -(-lines // placed.rows))
    return most * leading + air


def wrapped_lines(text: str, indent: float, room: float, size: float) -> int:
    """How many lines a text takes in a cell `room` points wide."""
    per_line = max(1.0, room / size - indent)
    if "\n" not in text:
        return max(1, -int(-ems(text) // per_line))
    return sum(max(1, -int(-ems(line) // per_line)) for line in text.split("\n"))
