"""A form (公开表): a printed slice of the cube. Each printed cell is a row's cell joined with a column's."""

from __future__ import annotations

from dataclasses import dataclass

from mingzhang.facts import Cell


@dataclass(frozen=True, slots=True)
class Column:
    """A value column: its header texts from the top down, its 栏次, and what of the cube it shows.

    `cell` is what the column adds to the row: for functional forms concept, dimensions and measure; for
    two-sided forms only dimensions (the row brings the concept), so `cell` is None and `dimensions` says it.
    `side` is `left` or `right` in two-sided forms.
    """

    name: str
    header: tuple[str, ...]
    cell: Cell | None = None
    dimensions: tuple[tuple[str, str], ...] = ()
    number: int | None = None
    role: str = "value"
    """`value`, `label` or `line_number` (行次) in two-sided forms; `code`, `label` and `value` in economic groups."""
    side: str = ""


@dataclass(frozen=True, slots=True)
class Row:
    """A fixed row: label, 行次, what of the cube it shows (None for rows that print no figure), and its style."""

    label: str
    cell: Cell | None = None
    line: int | None = None
    style: str = "item"
    """`item`, `class`, `subtotal` or `total`."""
    code: str = ""


@dataclass(frozen=True, slots=True)
class RowGroup:
    """A block of rows set side by side with others (人员经费 | 公用经费); `part` is its place from the left, 0, 1, 2."""

    label: str
    part: int
    rows: tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class Form:
    """One public table of one edition.

    `layout`:
      - `two_sided`: `rows` (left) and `right_rows`, columns with sides; the subtotal rows are printed level;
      - `functional`: one row per functional code that is not zero (类 → 款 → 项), `columns` carry the cells;
        `total_row` is `first` or `last`;
      - `economic_groups`: `groups` of economic items side by side, their labels above them where `group_heads`,
        `footer` rows below;
      - `single_row`: one row, `columns` carry the cells;
      - `list`: one row per `rows`, `columns` add dimensions or measures.
    """

    name: str
    title: str
    layout: str
    columns: tuple[Column, ...] = ()
    rows: tuple[Row, ...] = ()
    right_rows: tuple[Row, ...] = ()
    groups: tuple[RowGroup, ...] = ()
    footer: tuple[Row, ...] = ()
    number: str = ""
    unit: str = "万元"
    notes: tuple[str, ...] = ()
    empty_statement: str = ""
    total_row: str = "first"
    column_numbers: bool = False
    dimension: str = "function"
    code_header: str = ""
    split_codes: bool = False
    group_heads: bool = True
    landscape: bool = False
    source: str = ""
    source_id: str = ""
    checked_on: str = ""
    """The day someone last compared the form with the official text, ISO, empty where nobody has."""
    verified: bool = True
    """Whether all of it is known from an official text; `source` says what is not."""


def meeting_cell(row: Row, column: Column) -> Cell | None:
    """What of the cube stands where a fixed row and a value column meet; None where nothing does.

    The column adds its dimensions to the row's cell, and its measure where it brings one.
    """
    if row.cell is None:
        return None
    cell = row.cell.where(dict(column.dimensions))
    return cell.measured(column.cell.measure) if column.cell else cell
