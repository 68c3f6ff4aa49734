"""A workbook looked over beside the parser: limits and extents first, then formula cells (公式) and merged cells (合并单元格)."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath
from xml.etree import ElementTree

from mingzhang.documents import Problem
from mingzhang.read.limits import Limits, check_workbook_file

_FORMULA = re.compile(rb"<(?:\w+:)?f[ >/]")
_MERGED = re.compile(rb"<(?:\w+:)?mergeCell [^>]*?ref=\"([A-Z]+)(\d+):([A-Z]+)(\d+)\"")
_CELL = re.compile(rb"<(?:\w+:)?c [^>]*?r=\"([A-Z]+)(\d+)\"")
_PLACE = re.compile(rb" r=\"([A-Z]*)(\d+)\"")
_DIMENSION = re.compile(rb"<(?:\w+:)?dimension [^>]*?ref=\"(?:[A-Z]+\d+:)?([A-Z]+)(\d+)\"")
_OVERLAP = 512
_MOST_KEPT = 1000
_PIECE = 1 << 20
_RELATION = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"


@dataclass(slots=True)
class SheetScan:
    """What was found in a sheet: formula cells and merged areas (the first thousand), last row and column."""

    formulas: list[tuple[int, int]] = field(default_factory=list)
    merged: list[tuple[int, int, int, int]] = field(default_factory=list)
    last_row: int = 1
    last_column: int = 1


SHEETS, STRINGS = "xl/worksheets/", "xl/sharedStrings.xml"


@dataclass(slots=True)
class Look:
    """What one look at a workbook found: the part of each sheet by its name, scans and unpacked content by part."""

    parts: dict[str, str] = field(default_factory=dict)
    scans: dict[str, SheetScan] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    _pieces: dict[str, list[bytes]] = field(default_factory=dict)

    def content(self, part: str) -> Iterator[bytes]:
        """The unpacked content of a sheet or of the shared strings in pieces, each kept until it is given out."""
        pieces = self._pieces.pop(part, [])[::-1]
        while pieces:
            yield pieces.pop()

    def __call__(self, part: str, piece: bytes) -> None:
        """Keep a piece that passes by, and note where its sheet ends: by its own word and by places along the way."""
        if part.startswith(SHEETS) or part == STRINGS:
            self._pieces.setdefault(part, []).append(piece)
        if not part.startswith(SHEETS):
            return
        found = self.scans.setdefault(part, SheetScan())
        stated = _DIMENSION.search(piece, 0, 4096)
        last = piece.rfind(b' r="')
        for place in (stated, _PLACE.match(piece, last) if last >= 0 else None):
            if place is not None:
                found.last_column = max(found.last_column, column_number(place[1]))
                found.last_row = max(found.last_row, int(place[2]))


def look_for_formulas(path: Path, part: str, found: SheetScan) -> None:
    """Find the formula cells and merged areas of a sheet; runs beside the parser."""
    tail = b""
    with zipfile.ZipFile(path) as archive, archive.open(part) as stream:
        while piece := stream.read(_PIECE):
            window = tail + piece
            if b"<f" in window or b":f" in window:
                _formulas(found, window, len(tail))
            if b"mergeCell " in window:
                look_for_merges(window, found)
            tail = window[-_OVERLAP:]


def look_for_merges(xml: bytes, found: SheetScan) -> None:
    """Find the merged areas that a stretch of a sheet names."""
    for left, top, right, bottom in _MERGED.findall(xml):
        ends = (int(top), column_number(left), int(bottom), column_number(right))
        if ends not in found.merged and len(found.merged) < _MOST_KEPT:
            found.merged.append(ends)


def _formulas(found: SheetScan, window: bytes, seen: int) -> None:
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


def look_at_workbook(path: Path, limits: Limits) -> Look:
    """Check a workbook against the limits, and unpack it while at it."""
    look = Look()
    problems = check_workbook_file(path, limits, look)
    if problems:
        return Look(problems=problems)
    try:
        look.parts = _sheet_parts(path)
    except (KeyError, ElementTree.ParseError):
        what = "工作簿内容已损坏，找不到工作表"
        remedy = "用 Excel 或 WPS 打开后另存为 .xlsx 再导入"
        return Look(problems=[Problem("workbook_broken", what, path.name, remedy)])
    return look


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
