"""The file as a grid (表格) of plain values: XLSX and CSV alike, with limits, and formulas and merged cells found."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from mingzhang.documents import Problem
from mingzhang.read.limits import Limits
from mingzhang.records.imports.csv_files import read_csv
from mingzhang.records.imports.plain_sheets import PlainRows, read_plain, shared_strings
from mingzhang.records.imports.problems import RefusedError
from mingzhang.records.imports.scanning import (
    STRINGS,
    Look,
    SheetScan,
    look_at_workbook,
    look_for_formulas,
    look_for_merges,
)
from mingzhang.records.imports.sheet_samples import asking

LIMITS = Limits(unpacked_size=1 << 29, rows=None, cells=None, area=12_000_000)
"""Books have longer tables than reports: twelve million cells a sheet, 100 MB packed, 512 MB unpacked."""

_CSV = (".csv", ".txt", ".tsv")


@dataclass(slots=True)
class Grid:
    """One worksheet, or the whole of a CSV file: its rows from the first; `scan` tells of its formulas and merges."""

    file: str
    name: str
    rows: Sequence[list[Any]]
    scan: SheetScan = field(default_factory=SheetScan)

    def column(self, place: int) -> list[Any]:
        """The values of a column, from 0, as long as the grid; empty texts where rows end before it."""
        if isinstance(self.rows, PlainRows):
            return self.rows.column(place)
        return [row[place] if place < len(row) else "" for row in self.rows]


def read_grids(path: Path) -> list[Grid]:
    """Read every worksheet of an XLSX file, or a CSV file as one; raises RefusedError with what is wrong."""
    if not path.is_file():
        raise RefusedError(Problem("file_missing", "找不到文件", str(path), "检查路径和文件名"))
    size = path.stat().st_size
    if size == 0:
        raise RefusedError(Problem("file_empty", "文件是空的（0 字节）", path.name, "重新导出后再导入"))
    if size > LIMITS.file_size:
        what = f"文件有 {size / 1024**2:.0f} MB，超过上限 {LIMITS.file_size / 1024**2:.0f} MB"
        raise RefusedError(
            Problem("file_too_large", what, path.name, "按月份或单位分成几个文件导出，再逐个导入")
        )
    if path.suffix.lower() in _CSV:
        return [Grid(path.name, "", read_csv(path))]
    return _read_workbook(path)


def _read_workbook(path: Path) -> list[Grid]:
    look = look_at_workbook(path, LIMITS)
    if look.problems:
        raise RefusedError(*look.problems)
    for name, part in look.parts.items():
        found = look.scans.get(part)
        if found and found.last_row * found.last_column > LIMITS.area:
            what = f"“{name}”表的范围过大，表格之外很远处还有内容或格式"
            remedy = "按 Ctrl+End 找到最末单元格，删除表格之外的行和列后保存，再导入"
            raise RefusedError(Problem("sheet_too_wide", what, path.name, remedy))
    try:
        return _parse(path, look, _plain(path, look))
    except Exception as error:  # calamine raises many kinds on broken files
        remedy = "用 Excel 或 WPS 打开后另存为 .xlsx 再导入"
        what = f"工作簿内容已损坏，无法读取（{type(error).__name__}）"
        raise RefusedError(Problem("workbook_broken", what, path.name, remedy)) from None


def _plain(path: Path, look: Look) -> dict[str, Grid]:
    """The sheets of plain shape, by name: no formula stands in them, and merged cells are told after their rows."""
    strings = shared_strings(b"".join(look.content(STRINGS)))
    grids: dict[str, Grid] = {}
    for name, part in look.parts.items():
        if strings is None or part not in look.scans:
            continue
        if found := read_plain(look.content(part), strings, asking(path, name, part), LIMITS.area):
            rows, after = found
            look_for_merges(after, look.scans[part])
            grids[name] = Grid(path.name, name, rows, look.scans[part])
    return grids


def _parse(path: Path, look: Look, known: Mapping[str, Grid]) -> list[Grid]:
    """Parse the other worksheets; a second thread looks for what the parser does not tell, formulas and merged cells."""
    from python_calamine import CalamineWorkbook

    others = {name: part for name, part in look.parts.items() if part in look.scans and name not in known}
    grids = dict(known)
    if others:
        with ThreadPoolExecutor(1) as second:
            looks = [
                second.submit(look_for_formulas, path, part, look.scans[part]) for part in others.values()
            ]
            book = CalamineWorkbook.from_path(path)
            for name, part in others.items():
                rows = book.get_sheet_by_name(name).to_python(skip_empty_area=False)
                grids[name] = Grid(path.name, name, rows, look.scans[part])
            for found in looks:
                found.result()
    return [grids[name] for name in look.parts if name in grids]
