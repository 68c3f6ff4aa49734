"""An uploaded table (上传的表格) before anything reads it: its name, its size, and whether the content is what the name says."""

from __future__ import annotations

import zipfile
from pathlib import PurePath
from typing import IO

from mingzhang.documents import Problem
from mingzhang.records.imports.grids import LIMITS

SUFFIXES = (".xlsx", ".xlsm", ".csv", ".txt", ".tsv")
_WORKBOOKS = (".xlsx", ".xlsm")
_HEAD = 4096
_SAVE_AS = "用 Excel 或 WPS 打开，另存为 Excel 工作簿（.xlsx）或 CSV，再上传；不要只改扩展名。"
_SIGNS = (
    (b"MZ", "可执行程序"),
    (b"\x7fELF", "可执行程序"),
    (b"#!", "脚本程序"),
    (b"%PDF-", "PDF 文件"),
    (b"\xd0\xcf\x11\xe0", "旧版 Office（.xls、.doc）或加密的文件"),
    (b"{\\rtf", "RTF 文档"),
    (b"\x89PNG", "图片"),
    (b"\xff\xd8\xff", "图片"),
    (b"GIF8", "图片"),
    (b"Rar!", "压缩包"),
    (b"7z\xbc\xaf", "压缩包"),
    (b"\x1f\x8b", "压缩包"),
)


def problem_of_upload(name: str, size: int, content: IO[bytes]) -> Problem | None:
    """Why a file is not taken in, None where it may be read; only its first bytes and its directory are looked at."""
    suffix = PurePath(name).suffix.lower()
    if suffix not in SUFFIXES:
        what = f"不能导入“{suffix or '没有扩展名'}”的文件"
        return Problem(
            "unknown_suffix", what, name, "上传 Excel 工作簿（.xlsx）或 CSV；旧版 .xls 请另存为 .xlsx。"
        )
    if not size:
        return Problem("file_empty", "文件是空的（0 字节）", name, "重新导出后再上传。")
    if size > LIMITS.file_size:
        what = f"文件有 {size / 1024**2:.0f} MB，超过上限 {LIMITS.file_size / 1024**2:.0f} MB"
        return Problem("file_too_large", what, name, "按月份或单位分成几个文件导出，再逐个上传。")
    found = content_of(content)
    wanted = "Excel 工作簿" if suffix in _WORKBOOKS else "文本"
    if found != wanted:
        return Problem("kind_differs", f"扩展名是{suffix}，内容却是{found}", name, _SAVE_AS)
    return None


def content_of(content: IO[bytes]) -> str:
    """What the first bytes say that a file is, in words."""
    content.seek(0)
    head = content.read(_HEAD)
    content.seek(0)
    if head.startswith(b"PK"):
        return _zipped(content)
    for sign, what in _SIGNS:
        if head.startswith(sign):
            return what
    plain = head.replace(b"\0", b"").lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n").lower()
    return (
        "网页或 XML" if plain.startswith((b"<!doctype", b"<html", b"<?xml", b"<script", b"<svg")) else "文本"
    )


def _zipped(content: IO[bytes]) -> str:
    """Which kind of file a zip is, by the names in its directory alone."""
    try:
        with zipfile.ZipFile(content) as archive:
            names = archive.namelist()[:5_000]
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError):
        return "损坏的压缩文件"
    finally:
        content.seek(0)
    if any(name.startswith("xl/") for name in names):
        return "Excel 工作簿"
    return "Word 文档" if any(name.startswith("word/") for name in names) else "压缩包"
