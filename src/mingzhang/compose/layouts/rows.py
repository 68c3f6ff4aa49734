"""Plain rows: a single row of cells (“三公”), or one row per item."""

from __future__ import annotations

from mingzhang.compose.layouts.draft import Draft
from mingzhang.compose.layouts.headers import header_rows, numbers_row
from mingzhang.documents import TableCell
from mingzhang.forms import Form, meeting_cell


def single_row(form: Form, draft: Draft) -> list[float]:
    """One row, a cell per column. Returns relative column widths."""
    draft.header.extend(header_rows([column.header for column in form.columns]))
    if form.column_numbers:
        draft.header.append(numbers_row(form.columns, ""))
    draft.add(draft.number(column.cell, place) for place, column in enumerate(form.columns))
    return [1.0] * len(form.columns)


def listed(form: Form, draft: Draft) -> list[float]:
    """One row per item, a cell per column. Returns relative column widths."""
    draft.header.extend(header_rows([("项目",), *(column.header for column in form.columns)]))
    for row in form.rows:
        cells = [
            draft.number(meeting_cell(row, column), place + 1) for place, column in enumerate(form.columns)
        ]
        draft.add([TableCell(row.label), *cells])
    return [4.0, *[1.6] * len(form.columns)]
