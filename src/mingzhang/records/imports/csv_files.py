"""CSV files: their encoding and delimiter found out, never guessed past a wrong byte."""

from __future__ import annotations

import codecs
import csv
import io
from pathlib import Path

from mingzhang.documents import Problem
from mingzhang.records.imports.problems import RefusedError

_SAVE_AS = "在 Excel 或 WPS 中另存为“CSV UTF-8（逗号分隔）”或 .xlsx，再导入"
_DELIMITERS = ",\t;|"
_CONTROLS = dict.fromkeys(set(range(32)) - set(b"\t\r\n\f\v"))
_STRAY = 0.02
"""The most of a text that may be control characters; its readers tell them cell by cell. More of them are no text, or one of another encoding."""

_BINARY = {b"PK": "这是 Excel 工作簿（.xlsx），只是改成了 .csv 的名字", b"\xd0\xcf\x11\xe0": "这是旧版 Excel（.xls）文件，只是改成了 .csv 的名字", b"%PDF": "这是 PDF 文件，不是 CSV"}  # fmt: skip


def read_csv(path: Path) -> list[list[str]]:
    """Rows of a CSV file; raises RefusedError where it is none, or its encoding cannot be told."""
    content = path.read_bytes()
    for head, what in _BINARY.items():
        if content.startswith(head):
            raise RefusedError(
                Problem("not_csv", what, path.name, "改回原来的扩展名，或另存为 .xlsx 后再导入")
            )
    text = _decoded(content, path.name)
    if not text.strip():
        raise RefusedError(Problem("file_empty", "文件里没有内容", path.name, "重新导出后再导入"))
    try:
        rows = list(csv.reader(io.StringIO(text, newline=""), delimiter=_delimiter(text), strict=True))
    except csv.Error as error:
        raise RefusedError(
            Problem("csv_broken", f"CSV 的引号或换行不完整（{error}）", path.name, _SAVE_AS)
        ) from None
    return rows


def _decoded(content: bytes, name: str) -> str:
    if content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        encodings = ("utf-16",)
    elif content.startswith(codecs.BOM_UTF8):
        encodings = ("utf-8-sig",)
    else:
        encodings = ("utf-8", "gb18030")
    for encoding in encodings:
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        if len(text) - len(text.translate(_CONTROLS)) > max(1, _STRAY * len(text)):
            break
        if encoding == "gb18030" and not _looks_chinese(text):
            break
        return text
    what = "文件的编码无法识别（不是 UTF-8、GB18030 或 UTF-16），或文字已经损坏"
    raise RefusedError(Problem("wrong_encoding", what, name, _SAVE_AS))


def _looks_chinese(text: str) -> bool:
    """Whether what GB18030 made of the bytes is Chinese text, not the mishap of another encoding.

    Other encodings (Big5, Shift-JIS) decode to rare and private characters; real tables use the common ones of
    GB2312 nearly always.
    """
    high = [sign for sign in text if sign > "\x7f"]
    common = sum(1 for sign in high if _is_common(sign))
    return common >= 0.9 * len(high)


def _is_common(sign: str) -> bool:
    try:
        lead = sign.encode("gb2312")[0]
    except UnicodeEncodeError:
        return False
    return lead <= 0xA3 or 0xB0 <= lead <= 0xF7


def _delimiter(text: str) -> str:
    """The sign that splits the first lines into most parts, alike in each."""
    lines = [line for line in text.splitlines()[:20] if line.strip()]
    return max(_DELIMITERS, key=lambda sign: sum(line.count(sign) for line in lines))
