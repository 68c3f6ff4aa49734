"""Workbooks (工作簿) as plain grids: the value, the formula and the merge of each cell, with limits checked first."""

from __future__ import annotations

import re
import warnings
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from openpyxl import load_workbook
from openpyxl.utils import column_index_from_string, get_column_letter

from mingzhang.documents import Problem
from mingzhang.read.limits import LIMITS, Limits, check_workbook_file

Place = tuple[int, int]
"""Row and column, both from 1."""

_REFERENCE = re.compile(
    r"(?:'(?P<quoted>[^']+)'!|(?P<sheet>[^\s'!(),:;=+\-*/&<>\"]+)!)?"
    r"\$?(?P<left>[A-Z]{1,3})\$?(?P<top>\d{1,7})(?::\$?(?P<right>[A-Z]{1,3})\$?(?P<bottom>\d{1,7}))?(?![\w(])"
)


@dataclass(slots=True)
class Sheet:
    """One worksheet: values and formulas by place; blank cells are absent. `anchors` maps merged cells to their first."""

    file: str
    name: str
    values: dict[Place, Any] = field(default_factory=dict)
    formulas: dict[Place, str] = field(default_factory=dict)
    anchors: dict[Place, Place] = field(default_factory=dict)
    rows: int = 0
    columns: int = 0

    def text(self, row: int, column: int) -> str:
        """The cell's own text, stripped; whole numbers without a decimal point; empty where blank."""
        value = self.values.get((row, column))
        if value is None or isinstance(value, bool):
            return ""
        if isinstance(value, float) and value.is_integer():
            value = int(value)
        return str(value).strip()

    def merged_text(self, row: int, column: int) -> str:
        """The text of the cell, or of the merged area that it belongs to."""
        return self.text(*self.anchors.get((row, column), (row, column)))

    def label(self, row: int, column: int) -> str:
        """The text of the cell, or of the area merged downward over it in the same column."""
        anchor = self.anchors.get((row, column), (row, column))
        return self.text(*anchor) if anchor[1] == column else ""

    def where(self, row: int | None = None, column: int | None = None) -> str:
        """The place in words, for messages."""
        cell = f"，第{row}行" if row and not column else ""
        if row and column:
            cell = f"，{cell_name(row, column)}单元格"
        return f"{self.file}，“{self.name}”表{cell}"

    def has_numbers(self) -> bool:
        """Whether any cell holds a number."""
        return any(is_number(value) for value in self.values.values())


Opened = Callable[[Path], tuple[list[Sheet], list[Problem]]]
"""Something that opens a workbook: `open_workbook`, or the same in another process."""


def is_number(value: object) -> bool:
    """Whether a cell value is a number (truth values and dates are not)."""
    return isinstance(value, int | float) and not isinstance(value, bool)


def cell_name(row: int, column: int) -> str:
    """The name of a cell as spreadsheets write it.

    >>> cell_name(12, 6)
    'F12'
    """
    return f"{get_column_letter(column)}{row}"


def open_workbook(path: Path, limits: Limits = LIMITS) -> tuple[list[Sheet], list[Problem]]:
    """Read every worksheet of an XLSX file; problems instead where the file is not a workbook or is too large."""
    problems = check_workbook_file(path, limits)
    if problems:
        return [], problems
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            written = load_workbook(path, data_only=False)
            wide = [sheet for sheet in written.worksheets if sheet.max_row * sheet.max_column > limits.area]
            if wide:
                return [], [_too_wide(path.name, sheet.title) for sheet in wide]
            shown = load_workbook(path, data_only=True)
            return [_sheet(path.name, sheet, shown[sheet.title]) for sheet in written.worksheets], []
    except Exception as error:  # openpyxl raises many kinds on broken files
        remedy = f"用 Excel 或 WPS 打开后另存为 .xlsx 再导入；仍不行请把这条信息告诉技术人员：{type(error).__name__}"
        return [], [Problem("workbook_broken", "工作簿内容已损坏，无法读取", path.name, remedy)]


def _too_wide(file: str, sheet: str) -> Problem:
    remedy = "按 Ctrl+End 找到最末单元格，删除表格之外的行和列后保存，再导入"
    return Problem(
        "sheet_too_wide", "工作表的范围过大，表格之外很远处还有内容或格式", f"{file}，“{sheet}”表", remedy
    )


def _sheet(file: str, written: Any, shown: Any) -> Sheet:
    sheet = Sheet(file, written.title)
    for row in written.iter_rows():
        for cell in row:
            if cell.value is None or cell.value == "":
                continue
            place = (cell.row, cell.column)
            if cell.data_type == "f":
                sheet.formulas[place] = str(getattr(cell.value, "text", cell.value))
                cached = shown.cell(*place).value
                if cached is not None:
                    sheet.values[place] = cached
            else:
                sheet.values[place] = cell.value
    filled = [*sheet.values, *sheet.formulas]
    sheet.rows = max((row for row, _ in filled), default=0)
    sheet.columns = max((column for _, column in filled), default=0)
    for area in written.merged_cells.ranges:
        for row_number in range(area.min_row, min(area.max_row, sheet.rows) + 1):
            for column in range(area.min_col, min(area.max_col, sheet.columns) + 1):
                sheet.anchors[row_number, column] = (area.min_row, area.min_col)
    return sheet


def says_nothing(sheets: dict[str, Sheet], sheet: Sheet, place: Place) -> bool:
    """Whether a formula adds up blank cells only: then its 0 is no statement."""
    seen: set[tuple[str, Place]] = set()
    waiting = [(sheet, place)]
    while waiting:
        current, spot = waiting.pop()
        if (current.name, spot) in seen:
            continue
        seen.add((current.name, spot))
        formula = current.formulas.get(spot)
        if formula is None:
            if is_number(current.values.get(spot)):
                return False
        else:
            waiting.extend(_references(sheets, current, formula))
    return True


def _references(sheets: dict[str, Sheet], sheet: Sheet, formula: str) -> Iterator[tuple[Sheet, Place]]:
    for found in _REFERENCE.finditer(formula):
        target = sheets.get(found["quoted"] or found["sheet"] or sheet.name)
        if target is None:
            continue
        left, top = column_index_from_string(found["left"]), int(found["top"])
        right = column_index_from_string(found["right"]) if found["right"] else left
        bottom = int(found["bottom"]) if found["bottom"] else top
        for row in range(top, min(bottom, target.rows) + 1):
            for column in range(left, min(right, target.columns) + 1):
                yield target, (row, column)
