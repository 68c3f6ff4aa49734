"""A form laid out to be filled in: header texts, fixed labels, input cells, and which cells add up to which."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from itertools import zip_longest

from mingzhang.facts import Cell, Vocabulary
from mingzhang.forms import Column, Form, Row, meeting_cell

EMPTY_ROWS = 60
"""Rows for functional codes in an empty form."""

_PARTLY_PRINTED = ("function", "economic", "nature")
"""Dimensions of which a form prints only the codes that occur: what is printed is the whole."""

Place = tuple[int, int]
"""Body row and grid column, from 0."""


@dataclass(slots=True)
class BlankForm:
    """A form before it is filled.

    `headers` are the header texts of each grid column; `labels` fixed texts; `cells` what of the cube stands where;
    `inputs` further places to fill (codes and names); `sums` the parts of each total; `class_sums` the columns
    whose total adds up the 类 rows of the functional rows `rows`.
    """

    headers: list[tuple[str, ...]]
    numbers: list[str]
    labels: dict[Place, str] = field(default_factory=dict)
    cells: dict[Place, Cell] = field(default_factory=dict)
    inputs: set[Place] = field(default_factory=set)
    sums: dict[Place, list[Place]] = field(default_factory=dict)
    class_sums: dict[Place, range] = field(default_factory=dict)


def blank_form(form: Form, vocabulary: Vocabulary) -> BlankForm:
    """Lay out a form without figures."""
    if form.layout == "functional":
        return _functional(form, vocabulary)
    blank = {
        "two_sided": _two_sided,
        "economic_groups": _economic_groups,
        "single_row": _single_row,
        "list": _list,
    }[form.layout](form)
    blank.sums = totals(blank.cells, vocabulary)
    return blank


def totals(cells: dict[Place, Cell], vocabulary: Vocabulary) -> dict[Place, list[Place]]:
    """The cells that add up to each cell, where the structure of the accounts says so and all of them are there."""
    places: dict[Cell, Place] = {}
    for place, cell in cells.items():
        places.setdefault(cell, place)
    sums = {}
    for place, cell in cells.items():
        parts = _parts(cell, places, vocabulary)
        if parts:
            sums[place] = sorted(places[part] for part in parts)
    return sums


def _parts(cell: Cell, present: dict[Cell, Place], vocabulary: Vocabulary) -> list[Cell]:
    concept = vocabulary.concepts[cell.concept]
    stated = dict(cell.dimensions)
    for name in concept.dimensions:
        found, whole = _below(cell, name, stated.get(name), present, vocabulary)
        if len(found) > 1 and (whole or name in _PARTLY_PRINTED):
            return found
    parts = [
        replace(cell, concept=part)
        for part in vocabulary.parts(cell.concept)
        if stated.keys() <= set(vocabulary.concepts[part].dimensions)
    ]
    return parts if len(parts) > 1 and all(part in present for part in parts) else []


def _below(
    cell: Cell, name: str, code: str | None, present: dict[Cell, Place], vocabulary: Vocabulary
) -> tuple[list[Cell], bool]:
    """The printed cells nearest under a code, and whether nothing under it is left out."""
    found: list[Cell] = []
    whole = True
    for child in vocabulary.dimensions[name].children(code):
        part = cell.where({name: child})
        if part in present:
            found.append(part)
            continue
        deeper, complete = _below(cell, name, child, present, vocabulary)
        found += deeper
        whole = whole and complete and bool(deeper)
    return found, whole


def _numbers(form: Form, columns: Iterable[Column]) -> list[str]:
    if not form.column_numbers:
        return []
    return ["栏次" if c.role == "label" else "" if c.number is None else str(c.number) for c in columns]


def _two_sided(form: Form) -> BlankForm:
    blank = BlankForm([column.header for column in form.columns], _numbers(form, form.columns))
    for line, sides in enumerate(zip_longest(*_level(form.rows, form.right_rows))):
        for place, column in enumerate(form.columns):
            row = sides[0 if column.side == "left" else 1]
            if row is None:
                continue
            if column.role == "label":
                blank.labels[line, place] = row.label
            elif column.role == "line_number":
                blank.labels[line, place] = "" if row.line is None else str(row.line)
            elif cell := meeting_cell(row, column):
                blank.cells[line, place] = cell
    return blank


def _level(left: Sequence[Row], right: Sequence[Row]) -> tuple[list[Row | None], list[Row | None]]:
    """Both sides as high as the higher: items from the top, subtotals and what follows them from the bottom."""
    height = max(len(left), len(right))

    def spaced(rows: Sequence[Row]) -> list[Row | None]:
        first = next((index for index, row in enumerate(rows) if row.style != "item"), len(rows))
        return [*rows[:first], *[None] * (height - len(rows)), *rows[first:]]

    return spaced(left), spaced(right)


def _functional(form: Form, vocabulary: Vocabulary) -> BlankForm:
    heads = [("项目", form.code_header or "功能分类科目编码"), ("项目", "科目名称")]
    blank = BlankForm([*heads, *(column.header for column in form.columns)], [])
    if form.column_numbers:
        blank.numbers = ["", "栏次", *_numbers(form, form.columns)]
    first = form.total_row == "first"
    rows = range(1, EMPTY_ROWS + 1) if first else range(EMPTY_ROWS)
    total = 0 if first else EMPTY_ROWS
    blank.labels[total, 1] = "合计"
    columns = {(0, place): column.cell for place, column in enumerate(form.columns, start=2) if column.cell}
    across = totals(columns, vocabulary)
    for (_, place), cell in columns.items():
        blank.cells[total, place] = cell
        blank.class_sums[total, place] = rows
        for row in rows:
            blank.cells[row, place] = cell
            if (0, place) in across:
                blank.sums[row, place] = [(row, part) for _, part in across[0, place]]
    blank.inputs.update((row, place) for row in rows for place in (0, 1))
    return blank


def _economic_groups(form: Form) -> BlankForm:
    parts = sorted({group.part for group in form.groups})
    texts = [column.header[-1] for column in form.columns if column.header] or [
        "科目编码",
        "科目名称",
        "金额",
    ]
    blank = BlankForm([], [])
    height = 0
    for place, part in enumerate(parts):
        groups = [group for group in form.groups if group.part == part]
        blank.headers += [(groups[0].label, text) for text in texts]
        rows = [row for group in groups for row in group.rows]
        height = max(height, len(rows))
        for line, row in enumerate(rows):
            blank.labels[line, 3 * place] = row.code
            blank.labels[line, 3 * place + 1] = row.label
            if row.cell:
                blank.cells[line, 3 * place + 2] = row.cell
    for line, row in enumerate(form.footer, start=height):
        blank.labels[line, 1] = row.label
        if row.cell:
            blank.cells[line, 2] = row.cell
    return blank


def _single_row(form: Form) -> BlankForm:
    blank = BlankForm([column.header for column in form.columns], _numbers(form, form.columns))
    blank.cells = {(0, place): column.cell for place, column in enumerate(form.columns) if column.cell}
    return blank


def _list(form: Form) -> BlankForm:
    blank = BlankForm([("项目",), *(column.header for column in form.columns)], [])
    for line, row in enumerate(form.rows):
        blank.labels[line, 0] = row.label
        for place, column in enumerate(form.columns, start=1):
            if cell := meeting_cell(row, column):
                blank.cells[line, place] = cell
    return blank
