"""Functional forms: one row per functional code (支出功能分类)."""

from __future__ import annotations

from mingzhang.compose.layouts.draft import Draft
from mingzhang.compose.layouts.headers import header_rows
from mingzhang.documents import TableCell, TableRow
from mingzhang.facts import FactStore
from mingzhang.forms import Form


def functional(form: Form, draft: Draft) -> list[float]:
    """One row per functional code that is not zero, 类 above 款 above 项. Returns relative column widths."""
    code_columns = 3 if form.split_codes else 1
    heads = (
        [(form.code_header, part) for part in ("类", "款", "项")]
        if form.split_codes
        else [(form.code_header,)]
    )
    headers: list[tuple[str, ...]] = [("项目", *head) for head in heads]
    headers.append(("项目", "科目名称"))
    headers.extend(column.header for column in form.columns)
    draft.header.extend(header_rows(headers))
    if form.column_numbers:
        empty = (TableCell("栏次", columns=code_columns + 1, align="center"),)
        numbers = tuple(
            TableCell("" if c.number is None else str(c.number), align="center") for c in form.columns
        )
        draft.header.append(TableRow(empty + numbers, "numbers"))
    if form.total_row == "first":
        _total_row(form, draft, code_columns)
    tree = draft.vocabulary.dimensions[form.dimension]
    for code in draft.codes:
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


def _total_row(form: Form, draft: Draft, code_columns: int) -> None:
    cells = [
        draft.number(column.cell, code_columns + 1 + place, bold=True)
        for place, column in enumerate(form.columns)
    ]
    draft.add([TableCell("合计", columns=code_columns + 1, align="center", bold=True), *cells], "total")


def codes_of(form: Form, store: FactStore, entity: str, period: str) -> tuple[str, ...]:
    """Codes under which any column is not zero, in tree order."""
    found: set[str] = set()
    for column in form.columns:
        if column.cell is not None:
            found.update(store.codes(column.cell, form.dimension, entity, period))
    return store.vocabulary.dimensions[form.dimension].ordered(found)


def _split(code: str) -> tuple[str, str, str]:
    return code[:3], code[3:5], code[5:7]
