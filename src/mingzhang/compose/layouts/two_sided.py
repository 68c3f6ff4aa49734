"""Two-sided forms: 收入支出决算总表, 财政拨款收入支出决算总表."""

from __future__ import annotations

from mingzhang.compose.layouts.draft import Draft, Slot
from mingzhang.compose.layouts.headers import header_rows, numbers_row
from mingzhang.documents import TableCell
from mingzhang.forms import Column, Form, Row, meeting_cell


def two_sided(form: Form, draft: Draft) -> list[float]:
    """Income left, expenditure right, the closing rows of both sides level. Returns relative column widths."""
    draft.header.extend(header_rows([column.header for column in form.columns]))
    if form.column_numbers:
        draft.header.append(numbers_row(form.columns, "栏次"))
    left, right = _level(form.rows, form.right_rows)
    for left_row, right_row in zip(left, right, strict=True):
        cells = []
        for place, column in enumerate(form.columns):
            row = left_row if column.side == "left" else right_row
            cells.append(_side_cell(row, column, place, draft))
        styles = {row.style for row in (left_row, right_row) if row is not None}
        draft.add(cells, "total" if styles & {"subtotal", "total"} else "body")
    return [{"label": 3.4, "line_number": 0.7}.get(column.role, 1.7) for column in form.columns]


def _side_cell(row: Row | None, column: Column, place: int, draft: Draft) -> TableCell | Slot:
    if row is None:
        return TableCell()
    strong = row.style in ("subtotal", "total")
    if column.role == "label":
        return TableCell(row.label, align="center" if strong else "left", bold=strong)
    if column.role == "line_number":
        return TableCell("" if row.line is None else str(row.line), align="center")
    return draft.number(meeting_cell(row, column), place, bold=strong)


def _level(left: tuple[Row, ...], right: tuple[Row, ...]) -> tuple[list[Row | None], list[Row | None]]:
    """Print the closing rows of both sides level: items from the top, subtotals and what follows from the bottom."""
    height = max(len(left), len(right))

    def place(rows: tuple[Row, ...]) -> list[Row | None]:
        first = next((index for index, row in enumerate(rows) if row.style != "item"), len(rows))
        head, tail = rows[:first], rows[first:]
        return [*head, *([None] * (height - len(rows))), *tail]

    return place(left), place(right)
