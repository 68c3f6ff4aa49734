"""One pass over a workbook before it is parsed: limits, formula cells (公式), merged cells (合并单元格), its extent."""

from __future__ import annotations

import re
import zipfile
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath
from xml.etree import ElementTree

from mingzhang.documents import Problem
from mingzhang.read.limits import Limits, check_workbook_file

_FORMULA = re.compile(rb"<(?:\w+:)?f[ >/]")
_MERGED = re.compile(rb"<(?:\w+:)?mergeCell [^>]*?ref=\"([A-Z]+)(\d+):([A-Z]+)(\d+)\"")
_CELL = re.compile(rb"<(?:\w+:)?c [^>]*?r=\"([A-Z]+)(\d+)\"")
_ROW = re.compile(rb"<(?:\w+:)?row [^>]*?r=\"(\d+)\"")
_FAR_COLUMN = re.compile(rb" r=\"([A-Z]{2,})\d+\"")
_FAR_ROW = re.compile(rb" r=\"[A-Z]*([4-9]\d{5}|\d{7,})\"")
_ANY_ROW = re.compile(rb" r=\"[A-Z]*(\d+)\"")
_NEAR = 26
_OVERLAP = 512
_MOST_KEPT = 1000
_RELATION = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"


@dataclass(slots=True)
class SheetScan:
    """What one pass found in a sheet: formula cells (the first thousand), merged areas, last row and column."""

    name: str = ""
    formulas: list[tuple[int, int]] = field(default_factory=list)
    merged: list[tuple[int, int, int, int]] = field(default_factory=list)
    last_row: int = 0
    last_column: int = _NEAR


class _Watch:
    """Looks at the pieces of the worksheets as they are unpacked."""

    def __init__(self) -> None:
        self.sheets: dict[str, SheetScan] = {}
        self._tail: dict[str, bytes] = {}

    def __call__(self, part: str, piece: bytes) -> None:
        if not part.startswith("xl/worksheets/"):
            return
        found = self.sheets.setdefault(part, SheetScan())
        tail = self._tail.get(part, b"")
        window = tail + piece
        if b"<f" in window or b":f" in window:
            self._formulas(found, window, len(tail))
        if b"mergeCell " in window:
            for area in _MERGED.finditer(window):
                left, top, right, bottom = area.groups()
                ends = (int(top), column_number(left), int(bottom), column_number(right))
                if ends not in found.merged and len(found.merged) < _MOST_KEPT:
                    found.merged.append(ends)
        self._extent(found, window)
        self._tail[part] = window[-_OVERLAP:]

    def _extent(self, found: SheetScan, window: bytes) -> None:
        """Where the sheet ends: its last row in the file, and any cell that claims to lie far away."""
        for far in set(_FAR_COLUMN.findall(window)):
            found.last_column = max(found.last_column, column_number(far))
        last = window.rfind(b"row ")
        rows = [row[1]] if last > 0 and (row := _ROW.search(window, last - 10)) else []
        rows += _FAR_ROW.findall(window) if found.last_column <= _NEAR else _ANY_ROW.findall(window)
        found.last_row = max(found.last_row, *map(int, rows), 0)

    def _formulas(self, found: SheetScan, window: bytes, seen: int) -> None:
        for formula in _FORMULA.finditer(window, max(seen - 3, 0)):
            if len(found.formulas) >= _MOST_KEPT:
                return
            cells = list(_CELL.finditer(window, max(formula.start() - _OVERLAP, 0), formula.start()))
            if cells:
                place = (int(cells[-1][2]), column_number(cells[-1][1]))
                if place not in found.formulas[-1:]:
                    found.formulas.append(place)


def column_number(letters: bytes) -> int:
    """The number of a column, from 1.

    >>> column_number(b"AB")
    28
    """
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number


def scan(path: Path, limits: Limits) -> tuple[list[SheetScan], list[Problem]]:
    """Check a workbook against the limits and look it over; the scans carry the names of the sheets."""
    watch = _Watch()
    problems = check_workbook_file(path, limits, watch)
    if problems:
        return [], problems
    try:
        parts = _sheet_parts(path)
    except (KeyError, ElementTree.ParseError):
        what = "工作簿内容已损坏，找不到工作表"
        return [], [Problem("workbook_broken", what, path.name, "用 Excel 或 WPS 打开后另存为 .xlsx 再导入")]
    for name, part in parts.items():
        if part in watch.sheets:
            watch.sheets[part].name = name
    return list(watch.sheets.values()), []


def _sheet_parts(path: Path) -> dict[str, str]:
    """Sheet names and the parts of the file that hold them."""
    with zipfile.ZipFile(path) as archive:
        book = ElementTree.fromstring(archive.read("xl/workbook.xml"))
        relations = ElementTree.fromstring(archive.read("xl/_rels/workbook.xml.rels"))
    targets = {relation.get("Id"): relation.get("Target", "") for relation in relations}
    parts = {}
    for sheet in book.iterfind(".//{*}sheet"):
        target = targets.get(sheet.get(_RELATION), "")
        parts[sheet.get("name", "")] = (
            target.lstrip("/") if target.startswith("/") else str(PurePosixPath("xl") / target)
        )
    return parts
