"""Limits on uploaded workbooks: what a file is, how large it may grow, before any parser sees it."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from mingzhang.documents import Problem

_ROOT = re.compile(rb"<[A-Za-z]")
"""Where the first element begins: declarations stand before it."""

_OLD_OFFICE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_SAVE_AS = "用 Excel 或 WPS 打开原表，“另存为”Excel 工作簿（.xlsx）后再导入"
_SPLIT = "只保留需要的工作表，清除多余的空行、空列和图片后另存，再导入"


@dataclass(frozen=True, slots=True)
class Limits:
    """How large a workbook may be. Sizes are bytes; `ratio` is the most a part may grow when unpacked, `area`
    the most rows × columns of one sheet. Rows and cells are not counted where their limit is None.
    """

    file_size: int = 100 * 1024 * 1024
    unpacked_size: int = 400 * 1024 * 1024
    ratio: int = 200
    parts: int = 2_000
    sheets: int = 100
    rows: int | None = 200_000
    cells: int | None = 400_000
    area: int = 4_000_000


LIMITS = Limits()

Visit = Callable[[str, bytes], None]
"""Sees each unpacked piece of a part, with the part's name."""


def check_workbook_file(path: Path, limits: Limits = LIMITS, visit: Visit | None = None) -> list[Problem]:
    """Say why a file cannot be read as an XLSX workbook; an empty list where it can.

    Unpacks part by part in small pieces and counts, so that neither a false header nor a zip bomb takes memory.
    `visit` may look at the pieces as they pass by.
    """
    name = path.name
    if not path.is_file():
        return [Problem("file_missing", "找不到文件", str(path), "检查路径和文件名")]
    size = path.stat().st_size
    if size == 0:
        return [Problem("file_empty", "文件是空的（0 字节）", name, "重新导出或另存后再导入")]
    if size > limits.file_size:
        what = f"文件有 {size / 1024**2:.0f} MB，超过上限 {limits.file_size / 1024**2:.0f} MB"
        return [Problem("file_too_large", what, name, _SPLIT)]
    with path.open("rb") as stream:
        head = stream.read(4096)
    if not head.startswith(b"PK"):
        return [_not_a_workbook(path, head)]
    try:
        with zipfile.ZipFile(path) as archive:
            return check_parts(archive, name, limits, visit)
    except Exception:  # zipfile passes on many kinds from zlib, lzma, struct and the file system
        return [Problem("workbook_broken", "文件已损坏，无法解开", name, f"重新下载或导出；{_SAVE_AS}")]


def _not_a_workbook(path: Path, head: bytes) -> Problem:
    name = path.name
    if head.startswith(_OLD_OFFICE):
        if "EncryptedPackage".encode("utf-16-le") in path.read_bytes():
            return Problem(
                "workbook_encrypted", "文件设有打开密码", name, "在 Excel 或 WPS 中取消密码后另存，再导入"
            )
        return Problem("workbook_old", "这是旧版 Excel（.xls）文件", name, _SAVE_AS)
    if head.startswith(b"%PDF"):
        return Problem("not_a_workbook", "这是 PDF 文件，不是工作簿", name, "导入编制决算用的 .xlsx 原表")
    if head.lstrip()[:1] == b"<":
        return Problem("not_a_workbook", "这是网页（HTML/XML）文件，只是改成了表格的扩展名", name, _SAVE_AS)
    return Problem("not_a_workbook", "这不是 Excel 工作簿，可能是 CSV 或文本文件", name, _SAVE_AS)


def check_parts(
    archive: zipfile.ZipFile, name: str, limits: Limits = LIMITS, visit: Visit | None = None
) -> list[Problem]:
    """Say why an open archive cannot be read as an XLSX workbook; an empty list where it can."""
    parts = archive.infolist()
    names = {part.filename for part in parts}
    if "xl/workbook.xml" not in names:
        kinds = {
            "word/document.xml": "Word 文档",
            "content.xml": "OpenDocument 表格",
            "ppt/presentation.xml": "演示文稿",
        }
        kind = next((chinese for part, chinese in kinds.items() if part in names), "其他压缩文件")
        return [Problem("not_a_workbook", f"这是{kind}，不是 Excel 工作簿", name, _SAVE_AS)]
    if any(part.flag_bits & 1 for part in parts):
        return [Problem("workbook_encrypted", "文件设有密码", name, "取消密码后另存，再导入")]
    sheets = [
        part
        for part in parts
        if part.filename.startswith("xl/worksheets/") and part.filename.endswith(".xml")
    ]
    if len(sheets) > limits.sheets or len(parts) > limits.parts:
        return [
            Problem(
                "too_many_sheets", f"工作簿有 {len(sheets)} 张工作表，超过上限 {limits.sheets}", name, _SPLIT
            )
        ]
    return _count(archive, parts, name, limits, visit)


def _count(
    archive: zipfile.ZipFile,
    parts: list[zipfile.ZipInfo],
    name: str,
    limits: Limits,
    visit: Visit | None,
) -> list[Problem]:
    unpacked = rows = cells = 0
    bomb = Problem(
        "zip_bomb", "文件解开后异常庞大，可能是恶意构造的压缩文件", name, f"不要打开来历不明的文件；{_SPLIT}"
    )
    for part in parts:
        is_sheet = part.filename.startswith("xl/worksheets/")
        grown, tail, in_prolog = 0, b"", True
        counts = is_sheet and limits.rows is not None and limits.cells is not None
        with archive.open(part) as stream:
            while piece := stream.read(1 << 20):
                grown += len(piece)
                if unpacked + grown > limits.unpacked_size or grown > max(
                    limits.ratio * part.compress_size, 4 << 20
                ):
                    return [bomb]
                window = tail + piece if in_prolog or counts else b""
                if in_prolog and (b"<!DOCTYPE" in window or b"<!ENTITY" in window):
                    return [Problem("workbook_unsafe", "文件含有不允许的 XML 声明", name, _SAVE_AS)]
                in_prolog = in_prolog and not _ROOT.search(window)
                if is_sheet and limits.rows is not None and limits.cells is not None:
                    rows += window.count(b"<row ") + window.count(b"<row>")
                    cells += window.count(b"<c ") + window.count(b"<c>")
                    if rows > limits.rows or cells > limits.cells:
                        what = f"行或单元格过多（上限 {limits.rows} 行、{limits.cells} 个单元格）"
                        return [Problem("too_many_cells", what, name, _SPLIT)]
                if visit is not None:
                    visit(part.filename, piece)
                tail = piece[-8:]
        unpacked += grown
    return []
