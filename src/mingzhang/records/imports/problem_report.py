"""The list of everything wrong (错误清单) as a table: XLSX or CSV, one problem a row."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator
from pathlib import Path

from mingzhang.documents.problems import SEVERITIES
from mingzhang.records.imports.problems import RowProblem, Trouble

HEADER = ("文件", "工作表", "行", "列", "所填", "程度", "问题", "建议", "代码")
_WIDTHS = (24, 14, 7, 20, 24, 7, 50, 50, 22)


def write_problems(problems: Iterable[Trouble], path: Path) -> None:
    """Write the problems into a file, CSV or XLSX by its extension. No text becomes a formula."""
    rows = [HEADER, *_rows(problems)]
    if path.suffix.lower() == ".csv":
        with path.open("w", encoding="utf-8-sig", newline="") as file:
            csv.writer(file).writerows([_harmless(value) for value in row] for row in rows)
        return
    import xlsxwriter

    options = {"strings_to_formulas": False, "strings_to_urls": False, "constant_memory": False}
    with xlsxwriter.Workbook(str(path), options) as book:
        sheet = book.add_worksheet("错误清单")
        bold = book.add_format({"bold": True, "bg_color": "#E8EDF3", "border": 1})
        wrapped = book.add_format({"text_wrap": True, "valign": "top"})
        for row, values in enumerate(rows):
            for column, value in enumerate(values):
                sheet.write(row, column, value, bold if row == 0 else wrapped)
        for column, width in enumerate(_WIDTHS):
            sheet.set_column(column, column, width)
        sheet.freeze_panes(1, 0)
        sheet.autofilter(0, 0, len(rows) - 1, len(HEADER) - 1)


def _rows(problems: Iterable[Trouble]) -> Iterator[tuple[str | int, ...]]:
    for problem in problems:
        severity = SEVERITIES[problem.severity]
        if isinstance(problem, RowProblem):
            place: tuple[str | int, ...] = (
                problem.file,
                problem.sheet,
                problem.row,
                problem.column,
                problem.value,
            )
        else:
            place = (problem.where, "", "", "", "")
        yield (*place, severity, problem.what, problem.remedy, problem.code)


def _harmless(value: str | int) -> str | int:
    """The value so that no spreadsheet takes it for a formula."""
    return f"'{value}" if isinstance(value, str) and value[:1] in ("=", "+", "-", "@") else value
