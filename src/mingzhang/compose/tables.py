"""Forms × facts → tables: the nine public tables, cell by cell, with live totals where the structure gives them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from mingzhang.compose.printer import Printer
from mingzhang.compose.sums import Grid, live_sums, tails
from mingzhang.documents import Table, TableCell, TableRow
from mingzhang.facts import Cell, Coordinate
from mingzhang.forms import Column, Form, Row

TAIL_NOTE = "注：本表金额单位转换时可能存在尾数误差。"


@dataclass
class _Draft:
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


def compose_table(
    form: Form, printer: Printer, entity: str, year: int, name: str, body: str = "部门"
) -> Table:
    """Fill a form for an entity and a year.

    The body has one grid column per form column; cells of unknown figures stay empty. `Table.empty` is set where
    no figure is other than zero; then the form's statement is added to the notes. `name` is the publisher's name,
    `body` what it is: notes speak of 部门 or 单位 accordingly.
    """
    draft = _Draft(printer, entity, year)
    widths = _LAYOUTS[form.layout](form, draft)
    empty = draft.figures == 0
    statement = [form.empty_statement] if empty and form.empty_statement else []
    notes = [_worded(note, name, body) for note in (*form.notes, *statement)]
    sums = live_sums(draft.grid, printer.store)
    if tails(draft.grid, sums, printer) and not any("尾数" in note for note in notes):
        notes.append(TAIL_NOTE)
    return Table(
        title=form.title,
        header=tuple(draft.header),
        body=tuple(draft.body),
        widths=tuple(widths),
        number=form.number,
        entity=name,
        unit=form.unit,
        notes=tuple(notes),
        landscape=form.landscape,
        empty=empty,
        name=form.name,
        sums=sums,
    )


def _worded(note: str, name: str, body: str) -> str:
    return name.join(part.replace("部门", body) for part in note.split("{部门}"))


# -- layouts -------------------------------------------------------------------------------------------------


def _two_sided(form: Form, draft: _Draft) -> list[float]:
    draft.header.extend(_header_rows([column.header for column in form.columns]))
    if form.column_numbers:
        draft.header.append(_numbers_row(form.columns, "栏次"))
    left, right = _level(form.rows, form.right_rows)
    for left_row, right_row in zip(left, right, strict=True):
        cells = []
        for place, column in enumerate(form.columns):
            row = left_row if column.side == "left" else right_row
            cells.append(_side_cell(row, column, place, draft))
        styles = {row.style for row in (left_row, right_row) if row is not None}
        draft.add(cells, "total" if styles & {"subtotal", "total"} else "body")
    return [{"label": 3.4, "line_number": 0.7}.get(column.role, 1.7) for column in form.columns]


def _side_cell(row: Row | None, column: Column, place: int, draft: _Draft) -> TableCell:
    if row is None:
        return TableCell()
    strong = row.style in ("subtotal", "total")
    if column.role == "label":
        return TableCell(row.label, align="center" if strong else "left", bold=strong)
    if column.role == "line_number":
        return TableCell("" if row.line is None else str(row.line), align="center")
    cell = row.cell.where(dict(column.dimensions)) if row.cell else None
    return draft.number(cell, place, bold=strong)


def _level(left: tuple[Row, ...], right: tuple[Row, ...]) -> tuple[list[Row | None], list[Row | None]]:
    """Print the closing rows of both sides level: items from the top, subtotals and what follows from the bottom."""
    height = max(len(left), len(right))

    def place(rows: tuple[Row, ...]) -> list[Row | None]:
        first = next((index for index, row in enumerate(rows) if row.style != "item"), len(rows))
        head, tail = rows[:first], rows[first:]
        return [*head, *([None] * (height - len(rows))), *tail]

    return place(left), place(right)


def _functional(form: Form, draft: _Draft) -> list[float]:
    code_columns = 3 if form.split_codes else 1
    heads = (
        [(form.code_header, part) for part in ("类", "款", "项")]
        if form.split_codes
        else [(form.code_header,)]
    )
    headers: list[tuple[str, ...]] = [("项目", *head) for head in heads]
    headers.append(("项目", "科目名称"))
    headers.extend(column.header for column in form.columns)
    draft.header.extend(_header_rows(headers))
    if form.column_numbers:
        empty = (TableCell("栏次", columns=code_columns + 1, align="center"),)
        numbers = tuple(
            TableCell("" if c.number is None else str(c.number), align="center") for c in form.columns
        )
        draft.header.append(TableRow(empty + numbers, "numbers"))
    if form.total_row == "first":
        _total_row(form, draft, code_columns)
    tree = draft.printer.store.vocabulary.dimensions[form.dimension]
    for code in _codes(form, draft):
        level = tree.level(code)
        if form.split_codes:
            codes = [TableCell(part, align="center") for part in _split(code)]
        else:
            codes = [TableCell(code)]
        name = TableCell(tree.label(code), indent=level - 1, bold=level == 1)
        cells = [
            draft.number(
                column.cell and column.cell.where({form.dimension: code}),
                code_columns + 1 + place,
                bold=level == 1,
            )
            for place, column in enumerate(form.columns)
        ]
        draft.add([*codes, name, *cells])
    if form.total_row == "last":
        _total_row(form, draft, code_columns)
    return [*([0.6] * 3 if form.split_codes else [1.3]), 4.0, *[1.7] * len(form.columns)]


def _total_row(form: Form, draft: _Draft, code_columns: int) -> None:
    cells = [
        draft.number(column.cell, code_columns + 1 + place, bold=True)
        for place, column in enumerate(form.columns)
    ]
    draft.add([TableCell("合计", columns=code_columns + 1, align="center", bold=True), *cells], "total")


def _codes(form: Form, draft: _Draft) -> list[str]:
    """Codes under which any column is not zero, in tree order."""
    store = draft.printer.store
    found: set[str] = set()
    for column in form.columns:
        if column.cell is not None:
            found.update(store.codes(column.cell, form.dimension, draft.entity, str(draft.year)))
    return [code for code in store.vocabulary.dimensions[form.dimension].walk() if code in found]


def _split(code: str) -> tuple[str, str, str]:
    return code[:3], code[3:5], code[5:7]


def _economic_groups(form: Form, draft: _Draft) -> list[float]:
    parts = sorted({group.part for group in form.groups})
    columns = [[row for group in form.groups if group.part == part for row in group.rows] for part in parts]
    titles = [next(group.label for group in form.groups if group.part == part) for part in parts]
    spans: list[TableCell] = []
    for title, same in _runs(titles):
        spans.append(TableCell(title, columns=3 * same, align="center", bold=True))
    if form.group_heads:
        draft.header.append(TableRow(tuple(spans), "header"))
    heads = [column.header[-1] for column in form.columns]
    draft.header.append(
        TableRow(tuple(TableCell(h, align="center", bold=True) for _ in parts for h in heads), "header")
    )
    for line in range(max(map(len, columns))):
        cells: list[TableCell] = []
        for place, rows in enumerate(columns):
            row = rows[line] if line < len(rows) else None
            if row is None:
                cells.extend((TableCell(), TableCell(), TableCell(align="right")))
                continue
            strong = row.style == "class"
            cells.append(TableCell(row.code, bold=strong))
            cells.append(TableCell(row.label, indent=0 if strong else 1, bold=strong))
            cells.append(draft.number(row.cell, 3 * place + 2, bold=strong))
        draft.add(cells)
    _group_footer(form, draft, len(parts))
    return [1.1, 3.2, 1.5] * len(parts)


def _group_footer(form: Form, draft: _Draft, parts: int) -> None:
    """人员经费合计 under the first block, 公用经费合计 under the rest."""
    if len(form.footer) != 2 or parts < 2:
        for row in form.footer:
            cells = [TableCell(row.label, columns=3 * parts - 1, align="center", bold=True)]
            draft.add([*cells, draft.number(row.cell, 3 * parts - 1, bold=True)], "total")
        return
    first, rest = form.footer
    width = 3 * parts
    draft.add(
        [
            TableCell(first.label, columns=2, align="center", bold=True),
            draft.number(first.cell, 2, bold=True),
            TableCell(rest.label, columns=width - 4, align="center", bold=True),
            draft.number(rest.cell, width - 1, bold=True),
        ],
        "total",
    )


def _runs(titles: list[str]) -> list[tuple[str, int]]:
    runs: list[tuple[str, int]] = []
    for title in titles:
        if runs and runs[-1][0] == title:
            runs[-1] = (title, runs[-1][1] + 1)
        else:
            runs.append((title, 1))
    return runs


def _single_row(form: Form, draft: _Draft) -> list[float]:
    draft.header.extend(_header_rows([column.header for column in form.columns]))
    if form.column_numbers:
        draft.header.append(_numbers_row(form.columns, ""))
    draft.add(draft.number(column.cell, place) for place, column in enumerate(form.columns))
    return [1.0] * len(form.columns)


def _list(form: Form, draft: _Draft) -> list[float]:
    draft.header.extend(_header_rows([("项目",), *(column.header for column in form.columns)]))
    for row in form.rows:
        cells = [
            draft.number(row.cell and _joined(row.cell, column), place + 1)
            for place, column in enumerate(form.columns)
        ]
        draft.add([TableCell(row.label), *cells])
    return [4.0, *[1.6] * len(form.columns)]


def _joined(cell: Cell, column: Column) -> Cell:
    joined = cell.where(dict(column.dimensions))
    return joined.measured(column.cell.measure) if column.cell else joined


_LAYOUTS = {
    "two_sided": _two_sided,
    "functional": _functional,
    "economic_groups": _economic_groups,
    "single_row": _single_row,
    "list": _list,
}


# -- headers -------------------------------------------------------------------------------------------------


def _numbers_row(columns: tuple[Column, ...], label: str) -> TableRow:
    cells = []
    for column in columns:
        text = label if column.role == "label" else "" if column.number is None else str(column.number)
        cells.append(TableCell(text, align="center"))
    return TableRow(tuple(cells), "numbers")


def _header_rows(headers: list[tuple[str, ...]]) -> list[TableRow]:
    """Header rows from each column's texts, top down: equal neighbours are joined, short columns reach down."""
    depth = max(map(len, headers))
    rows = []
    for level in range(depth):
        cells: list[TableCell] = []
        place = 0
        while place < len(headers):
            own = headers[place]
            if level >= len(own):
                place += 1
                continue
            width = 1
            while place + width < len(headers) and headers[place + width][: level + 1] == own[: level + 1]:
                width += 1
            last = level == len(own) - 1
            cells.append(
                TableCell(
                    own[level], columns=width, rows=depth - level if last else 1, align="center", bold=True
                )
            )
            place += width
        rows.append(TableRow(tuple(cells), "header"))
    return rows


def table_coordinates(table: Table) -> list[Coordinate]:
    """Every coordinate that a table prints."""
    return [
        Coordinate.parse(cell.figure.coordinate) for row in table.body for cell in row.cells if cell.figure
    ]
