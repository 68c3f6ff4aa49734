"""An uploaded table (上传的表格) before anything reads it: its name, its size, and whether the content is what the name says."""

from __future__ import annotations

from pathlib import PurePath
from typing import IO

from mingzhang.documents import Problem
from mingzhang.records.imports.grids import LIMITS
from mingzhang.records.uploads import content_of

FACTS = ".json"
"""A file of facts, as it is published."""
SUFFIXES = (".xlsx", ".xlsm", ".csv", ".txt", ".tsv", FACTS)
_WORKBOOKS = (".xlsx", ".xlsm")
_SAVE_AS = "用 Excel 或 WPS 打开，另存为 Excel 工作簿（.xlsx）或 CSV，再上传；不要只改扩展名。"


def problem_of_upload(name: str, size: int, content: IO[bytes]) -> Problem | None:
    """Why a file is not taken in, None where it may be read; only its first bytes and its directory are looked at."""
    suffix = PurePath(name).suffix.lower()
    if suffix not in SUFFIXES:
        what = f"不能导入“{suffix or '没有扩展名'}”的文件"
        return Problem(
            "unknown_suffix",
            what,
            name,
            "上传 Excel 工作簿（.xlsx）、CSV 或决算公开数据（.json）；旧版 .xls 请另存为 .xlsx。",
        )
    if not size:
        return Problem("file_empty", "文件是空的（0 字节）", name, "重新导出后再上传。")
    if size > LIMITS.file_size:
        what = f"文件有 {size / 1024**2:.0f} MB，超过上限 {LIMITS.file_size / 1024**2:.0f} MB"
        return Problem("file_too_large", what, name, "按月份或单位分成几个文件导出，再逐个上传。")
    found = content_of(content)
    wanted = "Excel" if suffix in _WORKBOOKS else "纯文本"
    if found != wanted:
        return Problem("kind_differs", f"扩展名是{suffix}，内容却是{found}", name, _SAVE_AS)
    return None
