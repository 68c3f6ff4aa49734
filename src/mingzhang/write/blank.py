"""The empty nine-table workbook (空白公开表): to be filled in by hand, totals live, then read as facts."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from io import BytesIO
from pathlib import Path
from typing import Any

import xlsxwriter
from xlsxwriter.utility import xl_rowcol_to_cell

from mingzhang.facts import Vocabulary
from mingzhang.forms import Edition, Form
from mingzhang.write.blank_form import BlankForm, Place, blank_form
from mingzhang.write.zip_times import with_fixed_times

_SONG = {"font_name": "宋体", "font_size": 10, "valign": "vcenter"}
_FRAME = {**_SONG, "border": 1}
_AMOUNT = "#,##0.00;-#,##0.00;;@"
_FORMATS: dict[str, dict[str, Any]] = {
    "title": {**_SONG, "font_size": 16, "bold": True, "align": "center"},
    "plain": {**_SONG, "text_wrap": True},
    "note": _SONG,
    "right": {**_SONG, "align": "right"},
    "header": {**_FRAME, "bold": True, "align": "center", "text_wrap": True, "bg_color": "#E8EDF3"},
    "label": {**_FRAME, "bg_color": "#F5F5F5"},
    "code": {**_FRAME, "num_format": "@", "locked": False},
    "input": {**_FRAME, "num_format": "#,##0.00####", "locked": False},
    "total": {**_FRAME, "num_format": _AMOUNT, "bold": True, "bg_color": "#F5F5F5"},
}


def empty_workbook(edition: Edition, vocabulary: Vocabulary, path: Path, entity: str, year: int) -> None:
    """Write an empty workbook of an edition's tables for a department and a year.

    `entity` is a code of the vocabulary's entities or a name. Cells to fill are unlocked; totals are formulas that
    follow from the structure of the accounts, with the value 0 written too. The same call gives the same bytes.
    """
    buffer = BytesIO()
    book = xlsxwriter.Workbook(buffer, {"in_memory": True})
    day = date(year, 12, 31)
    name = vocabulary.entities.label(entity)
    book.set_properties(
        {"title": f"{name}{year}年度部门决算公开表", "created": datetime(day.year, day.month, day.day)}
    )
    formats = {key: book.add_format(properties) for key, properties in _FORMATS.items()}
    _instructions(book, formats, edition, name, year)
    for number, form in enumerate(edition.forms, start=1):
        sheet = book.add_worksheet(f"{number:02} {form.title}"[:31])
        _Sheet(sheet, formats, form, blank_form(form, vocabulary)).write(name, year)
    book.close()
    path.write_bytes(with_fixed_times(buffer.getvalue(), day))


def _instructions(book: Any, formats: dict[str, Any], edition: Edition, name: str, year: int) -> None:
    sheet = book.add_worksheet("填写说明")
    sheet.set_column(0, 0, 90)
    lines = (
        f"{name}{year}年度",
        f"本工作簿按“{edition.chinese}”的样式，每张公开表一页，共{len(edition.forms)}页。",
        "1. 只填白色的单元格；灰底的合计由公式算出，不用填。",
        "2. 金额单位见各表右上角，可以填到分（万元为单位时保留六位小数）。",
        "3. 本年没有发生的留空，不必填零；整张没有发生的，保留空表。",
        "4. 按功能分类列示的表，每行填科目编码和科目名称，类（3位）、款（5位）、项（7位）都要有自己的一行。",
        "5. 不要改动表名、表头和项目名称，它们用来认出每个数。",
        "6. 填完后在 Excel 或 WPS 中保存（公式随之算好），再导入。",
    )
    sheet.write(0, 0, lines[0], formats["title"])
    for row, line in enumerate(lines[1:], start=2):
        sheet.write(row, 0, line, formats["plain"])
    sheet.protect()


class _Sheet:
    """One sheet being written: furniture, header, body."""

    def __init__(self, sheet: Any, formats: dict[str, Any], form: Form, blank: BlankForm) -> None:
        self.sheet = sheet
        self.formats = formats
        self.form = form
        self.blank = blank
        self.width = len(blank.headers)
        self.depth = max(map(len, blank.headers))
        self.top = 4 + self.depth + bool(blank.numbers)

    def write(self, name: str, year: int) -> None:
        """Write the sheet."""
        sheet, form = self.sheet, self.form
        last = self.width - 1
        sheet.merge_range(0, 0, 0, last, form.title, self.formats["title"])
        sheet.write(1, last, form.number, self.formats["right"])
        sheet.write(2, 0, f"{year}年度", self.formats["note"])
        sheet.write(3, 0, f"部门：{name}", self.formats["note"])
        sheet.write(3, last, f"金额单位：{form.unit}", self.formats["right"])
        sheet.set_row(0, 28)
        self._header()
        height = self._body()
        for offset, note in enumerate(form.notes):
            sheet.write(self.top + height + offset, 0, note, self.formats["note"])
        self._page()
        sheet.protect("", {"format_columns": True, "format_rows": True, "insert_rows": True, "sort": True})

    def _header(self) -> None:
        headers = self.blank.headers
        for level in range(self.depth):
            place = 0
            while place < self.width:
                own = headers[place]
                if level >= len(own):
                    place += 1
                    continue
                end = place
                while end + 1 < self.width and headers[end + 1][: level + 1] == own[: level + 1]:
                    end += 1
                bottom = self.depth - 1 if level == len(own) - 1 else level
                self._merge(4 + level, place, 4 + bottom, end, own[level])
                place = end + 1
        for place, text in enumerate(self.blank.numbers):
            number: str | int = int(text) if text.isdigit() else text
            self.sheet.write(self.top - 1, place, number, self.formats["header"])

    def _merge(self, top: int, left: int, bottom: int, right: int, text: str) -> None:
        if (top, left) == (bottom, right):
            self.sheet.write(top, left, text, self.formats["header"])
        else:
            self.sheet.merge_range(top, left, bottom, right, text, self.formats["header"])

    def _body(self) -> int:
        blank = self.blank
        places = [*blank.labels, *blank.cells, *blank.inputs]
        height = 1 + max(row for row, _ in places)
        for row in range(height):
            for column in range(self.width):
                self._cell((row, column))
        return height

    def _cell(self, place: Place) -> None:
        blank, formats = self.blank, self.formats
        at = (self.top + place[0], place[1])
        if place in blank.class_sums:
            rows = blank.class_sums[place]
            codes = self._range([(row, 0) for row in rows], fixed=True)[0]
            amounts = self._range([(row, place[1]) for row in rows])[0]
            self.sheet.write_formula(*at, f"=SUMPRODUCT(--(LEN({codes})=3),{amounts})", formats["total"], 0)
        elif place in blank.sums:
            parts = ",".join(self._range(blank.sums[place]))
            self.sheet.write_formula(*at, f"=SUM({parts})", formats["total"], 0)
        elif place in blank.cells:
            self.sheet.write_blank(*at, None, formats["input"])
        elif place in blank.inputs:
            self.sheet.write_blank(*at, None, formats["code"])
        else:
            self.sheet.write_string(*at, blank.labels.get(place, ""), formats["label"])

    def _range(self, places: Sequence[Place], *, fixed: bool = False) -> list[str]:
        """References to places, runs down a column joined."""
        runs: list[list[Place]] = []
        for row, column in sorted(places, key=lambda place: (place[1], place[0])):
            if runs and runs[-1][-1] == (row - 1, column):
                runs[-1].append((row, column))
            else:
                runs.append([(row, column)])
        names = []
        for run in runs:
            ends = (run[0], run[-1]) if len(run) > 1 else (run[0],)
            names.append(
                ":".join(xl_rowcol_to_cell(self.top + row, column, fixed, fixed) for row, column in ends)
            )
        return names

    def _page(self) -> None:
        functional = any(place == 1 for _, place in self.blank.inputs)
        for column in range(self.width):
            widest = max(
                (len(text) for (_, place), text in self.blank.labels.items() if place == column), default=7
            )
            width = max(8, min(36, 2 * widest + 2))
            if functional and column < 2:
                width = 18 if column == 0 else 36
            self.sheet.set_column(column, column, width)
        for row in range(4, 4 + self.depth):
            self.sheet.set_row(row, 30)
        self.sheet.freeze_panes(self.top, 0)
        self.sheet.set_paper(9)
        self.sheet.fit_to_pages(1, 0)
        self.sheet.repeat_rows(4, self.top - 1)
        if self.form.landscape:
            self.sheet.set_landscape()
