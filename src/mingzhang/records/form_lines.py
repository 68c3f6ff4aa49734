"""Forms as plain lines (表内项目): every row of a form with the cells of its value columns, to be asked of any entity, year or measure."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from mingzhang.facts import Cell, Coordinate, FactStore
from mingzhang.forms import Form, Row, meeting_cell

Place = tuple[str, str]
"""An entity's code and a period."""


@dataclass(frozen=True, slots=True)
class FormLine:
    """One line: its label, how deep it stands, and by the name of a value column what of the cube stands there."""

    label: str
    cells: Mapping[str, Cell]
    level: int = 0
    style: str = "item"
    code: str = ""
    group: str = ""
    """The side or block of the form that it belongs to."""

    def cell(self, column: str) -> Cell:
        """The cell of a column; the first one where the line does not have that column."""
        return self.cells.get(column) or next(iter(self.cells.values()))


def columns_of(form: Form) -> list[str]:
    """The names of the value columns that a reader may choose from; a single one where lines have no more."""
    if form.layout in ("functional", "list"):
        return [_heading(column.header) for column in form.columns]
    if form.layout == "two_sided":
        values = [column.header[-1] for column in form.columns if column.role == "value"]
        return list(dict.fromkeys(values))
    return ["金额"]


def lines_of(form: Form, store: FactStore, places: Iterable[Place]) -> list[FormLine]:
    """The lines of a form; of a functional one those of every code that is not zero at any of the places."""
    make = {"two_sided": _two_sided, "economic_groups": _groups, "single_row": _items, "list": _rows}
    if form.layout == "functional":
        return list(_functional(form, store, list(places)))
    return list(make[form.layout](form))


def _heading(header: Sequence[str]) -> str:
    return "·".join(header)


def _functional(form: Form, store: FactStore, places: Sequence[Place]) -> Iterator[FormLine]:
    columns = [(_heading(column.header), column.cell) for column in form.columns if column.cell is not None]
    tree = store.vocabulary.dimensions[form.dimension]
    found = {
        code
        for entity, period in places
        for _, cell in columns
        for code in store.codes(cell, form.dimension, entity, period)
    }
    total = FormLine("合计", dict(columns), style="total")
    if form.total_row == "first":
        yield total
    for code in tree.walk():
        if code in found:
            cells = {name: cell.where({form.dimension: code}) for name, cell in columns}
            level = tree.level(code) - 1
            yield FormLine(tree.label(code), cells, level, "class" if level == 0 else "item", code)
    if form.total_row == "last":
        yield total


def _two_sided(form: Form) -> Iterator[FormLine]:
    for side, rows, title in (("left", form.rows, "收入"), ("right", form.right_rows, "支出")):
        columns = [column for column in form.columns if column.side == side and column.role == "value"]
        for row in rows:
            met = {column.header[-1]: meeting_cell(row, column) for column in columns}
            if cells := {name: cell for name, cell in met.items() if cell is not None}:
                yield FormLine(row.label, cells, style=row.style, group=title)


def _groups(form: Form) -> Iterator[FormLine]:
    for group in form.groups:
        for row in group.rows:
            if row.cell is not None:
                level = 0 if row.style == "class" else 1
                yield FormLine(row.label, {"金额": row.cell}, level, row.style, row.code, group.label)
    for row in form.footer:
        if row.cell is not None:
            yield FormLine(row.label, {"金额": row.cell}, style="total", group="合计")


def _items(form: Form) -> Iterator[FormLine]:
    for column in form.columns:
        if column.cell is not None:
            yield FormLine(column.header[-1], {"金额": column.cell}, group="·".join(column.header[:-1]))


def _rows(form: Form) -> Iterator[FormLine]:
    for row in form.rows:
        if cells := dict(_met(row, form)):
            yield FormLine(row.label, cells, style=row.style)


def _met(row: Row, form: Form) -> Iterator[tuple[str, Cell]]:
    for column in form.columns:
        cell = meeting_cell(row, column)
        if cell is not None:
            yield _heading(column.header), cell


def is_known(line: FormLine, column: str, store: FactStore, places: Iterable[Place]) -> bool:
    """Whether the line is other than zero at any of the places."""
    cell = line.cell(column)
    return any(
        store.value(Coordinate(cell.concept, cell.dimensions, *place, cell.measure)) for place in places
    )
