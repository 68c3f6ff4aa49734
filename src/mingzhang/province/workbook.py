"""The summary as a workbook: one sheet a section, with filters."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from pathlib import Path

import xlsxwriter

from mingzhang.province.summary import Section

_WIDE = {
    "部门": 32,
    "例": 80,
    "违反的规则": 50,
    "报告": 14,
    "原因": 60,
    "指标": 34,
    "相邻年度": 30,
    "规则": 28,
}
_LONGEST = 32_000


def write_workbook(path: Path, sections: Sequence[Section]) -> None:
    """Write every section. Text from reports is never taken for a formula or a link."""
    plain = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    with xlsxwriter.Workbook(str(path), {**plain, "constant_memory": True}) as book:
        for section in sections:
            _sheet(book, section)


def _sheet(book: xlsxwriter.Workbook, section: Section) -> None:
    head = book.add_format({"bold": True, "bg_color": "#DDE6F0", "border": 1})
    formats = {
        "share": book.add_format({"num_format": "0.0%"}),
        "number": book.add_format({"num_format": "0.00####"}),
        "plain": book.add_format({}),
        "note": book.add_format({"italic": True}),
    }
    sheet = book.add_worksheet(section.title)
    first = 1 if section.note else 0
    if section.note:
        sheet.write_string(0, 0, section.note, formats["note"])
    for column, title in enumerate(section.heads):
        sheet.set_column(column, column, _WIDE.get(title, 12))
        sheet.write_string(first, column, title, head)
    for at, row in enumerate(section.rows, first + 1):
        for column, value in enumerate(row):
            if isinstance(value, float):
                kind = "share" if section.heads[column] in section.shares else "number"
                sheet.write_number(at, column, value, formats[kind])
            elif isinstance(value, (int, Decimal)):
                sheet.write_number(at, column, value, formats["plain"])
            elif value is not None:
                sheet.write_string(at, column, str(value)[:_LONGEST], formats["plain"])
    sheet.freeze_panes(first + 1, 0)
    sheet.autofilter(first, 0, first + max(len(section.rows), 1), len(section.heads) - 1)
