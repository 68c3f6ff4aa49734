"""Sheets of a workbook as they are shown: texts by number format, merged areas, nothing hidden."""

from __future__ import annotations

import warnings
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from io import BytesIO
from typing import Any

from openpyxl import load_workbook

from mingzhang.documents import Problem
from mingzhang.read.limits import LIMITS, check_parts
from mingzhang.read.reports.number_format import as_printed
from mingzhang.read.reports.pages import MOST_CELLS
from mingzhang.read.unreadable import UnreadableFileError

Spot = tuple[int, int]
"""Row and column among those shown, both from 0."""

_LONGEST = 20_000
"""Characters of one cell that are read."""


@dataclass(slots=True)
class ShownSheet:
    """One visible sheet. `spans` gives the rows and columns of merged areas by their first spot."""

    name: str
    height: int = 0
    width: int = 0
    texts: dict[Spot, str] = field(default_factory=dict)
    spans: dict[Spot, tuple[int, int]] = field(default_factory=dict)
    covered: set[Spot] = field(default_factory=set)
    """Spots of merged areas other than their first."""


def shown_sheets(raw: bytes, name: str) -> tuple[list[ShownSheet], list[Problem]]:
    """Every visible sheet, and what was left out; raises UnreadableFileError for what is no sound workbook."""
    has_formulas = _checked(raw, name)
    notes: list[Problem] = []
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            shown = load_workbook(BytesIO(raw), data_only=True)
            _measured(shown, name)
            written = load_workbook(BytesIO(raw)) if has_formulas else None
            sheets = [
                _sheet(sheet, written[sheet.title] if written else None, f"{name}，“{sheet.title}”表", notes)
                for sheet in shown.worksheets
                if _visible(sheet, name, notes)
            ]
    except UnreadableFileError:
        raise
    except Exception as failure:  # openpyxl raises many kinds on broken files
        remedy = f"用 Excel 或 WPS 打开后另存为 .xlsx 再核对；仍不行请告诉技术人员：{type(failure).__name__}"
        problem = Problem("workbook_broken", "工作簿内容已损坏，无法读取", name, remedy)
        raise UnreadableFileError(problem) from None
    return sheets, notes


def _checked(raw: bytes, name: str) -> bool:
    """Refuse bombs and broken archives; say whether any sheet has a formula."""
    found = False

    def look(part: str, piece: bytes) -> None:
        nonlocal found
        found = found or (part.startswith("xl/worksheets/") and (b"<f>" in piece or b"<f " in piece))

    try:
        with zipfile.ZipFile(BytesIO(raw)) as archive:
            problems = check_parts(archive, name, LIMITS, look)
    except Exception:  # zipfile passes on many kinds from zlib, lzma, struct and the file itself
        problems = [Problem("file_broken", "文件已损坏，无法解开", name, "重新下载或导出后再核对")]
    for problem in problems:
        remedy = problem.remedy.replace("再导入", "再核对")
        raise UnreadableFileError(Problem(problem.code, problem.what, problem.where, remedy))
    return found


def _measured(book: Any, name: str) -> None:
    area = 0
    for sheet in book.worksheets:
        area += sheet.max_row * sheet.max_column
        if area > LIMITS.area:
            what = "工作表的范围过大，表格之外很远处还有内容或格式"
            remedy = "按 Ctrl+End 找到最末单元格，删除表格之外的行和列后保存，再核对"
            raise UnreadableFileError(Problem("sheet_too_wide", what, f"{name}，“{sheet.title}”表", remedy))


def _visible(sheet: Any, name: str, notes: list[Problem]) -> bool:
    if sheet.sheet_state == "visible":
        return True
    where = f"{name}，“{sheet.title}”表"
    notes.append(
        Problem("sheet_hidden", "隐藏的工作表没有读取", where, "如应公开，取消隐藏后再核对", "notice")
    )
    return False


def _sheet(shown: Any, written: Any, where: str, notes: list[Problem]) -> ShownSheet:
    texts = {
        (each.row, each.column): text
        for row in shown.iter_rows()
        for each in row
        if each.value is not None and (text := as_printed(each.value, each.number_format)[:_LONGEST]).strip()
    }
    if written is not None:
        _say_formulas(shown, written, where, notes)
    hidden_rows = {number for number, each in shown.row_dimensions.items() if each.hidden}
    hidden_columns = set(_hidden_columns(shown))
    for hidden, at, kind in ((hidden_rows, 0, "行"), (hidden_columns, 1, "列")):
        count = len({place[at] for place in texts} & hidden)
        if count:
            what = f"{count} 个隐藏的{kind}没有读取"
            notes.append(Problem("cells_hidden", what, where, "如应公开，取消隐藏后再核对", "notice"))
    last_row = max((row for row, _ in texts), default=0)
    last_column = max((column for _, column in texts), default=0)
    rows = {row: at for at, row in enumerate(row for row in range(1, last_row + 1) if row not in hidden_rows)}
    columns = {
        column: at
        for at, column in enumerate(each for each in range(1, last_column + 1) if each not in hidden_columns)
    }
    sheet = ShownSheet(shown.title, len(rows), len(columns))
    sheet.texts = {
        (rows[row], columns[column]): text
        for (row, column), text in texts.items()
        if row in rows and column in columns
    }
    _merge(sheet, shown, texts, rows, columns)
    return sheet


def _hidden_columns(shown: Any) -> Iterator[int]:
    for each in shown.column_dimensions.values():
        if each.hidden and each.min:
            yield from range(each.min, min(each.max or each.min, shown.max_column) + 1)


def _merge(
    sheet: ShownSheet, shown: Any, texts: dict[Spot, str], rows: dict[int, int], columns: dict[int, int]
) -> None:
    area = 0
    for merged in shown.merged_cells.ranges:
        down = [
            rows[row]
            for row in range(merged.min_row, min(merged.max_row, max(rows, default=0)) + 1)
            if row in rows
        ]
        across = [
            columns[column]
            for column in range(merged.min_col, min(merged.max_col, max(columns, default=0)) + 1)
            if column in columns
        ]
        area += len(down) * len(across)
        if area > MOST_CELLS:
            return
        if len(down) * len(across) < 2:
            continue
        first = (down[0], across[0])
        text = texts.get((merged.min_row, merged.min_col))
        if text is not None:
            sheet.texts[first] = text
        sheet.spans[first] = (len(down), len(across))
        sheet.covered.update((row, column) for row in down for column in across if (row, column) != first)


def _say_formulas(shown: Any, written: Any, where: str, notes: list[Problem]) -> None:
    """Formulas without a stored value could not be read: neither missing nor zero."""
    without = [
        each.coordinate
        for row in written.iter_rows()
        for each in row
        if each.data_type == "f" and shown.cell(each.row, each.column).value is None
    ]
    if without:
        some = "、".join(without[:5]) + ("等" if len(without) > 5 else "")
        what = f"{len(without)} 个公式没有保存计算结果，未能读取（{some}）"
        remedy = "用 Excel 或 WPS 打开并保存后再核对"
        notes.append(Problem("formula_without_value", what, where, remedy, "warning"))
