"""Uploaded reports (上传的报告) before anything reads them: name, size, and whether the content is what the name says."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from pathlib import PurePath
from typing import IO

from mingzhang.documents import Problem

SUFFIXES = (".pdf", ".docx", ".html", ".htm", ".txt", ".xlsx", ".xlsm")
_HEAD = 4096
_ZIPPED = {".docx": "word/", ".xlsx": "xl/", ".xlsm": "xl/"}
_KINDS = {
    ".pdf": "PDF",
    ".docx": "Word",
    ".xlsx": "Excel",
    ".xlsm": "Excel",
    ".html": "网页",
    ".htm": "网页",
    ".txt": "纯文本",
}


def problems_of_report(name: str, size: int, content: IO[bytes], most_megabytes: int) -> Iterator[Problem]:
    """Why this file is not taken for a report; nothing of it is understood yet, only its first bytes are looked at."""
    suffix = PurePath(name).suffix.lower()
    if suffix not in SUFFIXES:
        remedy = "上传 PDF、Word（.docx）、网页（.html）、纯文本（.txt）或 Excel（.xlsx）文件；旧格式请另存后再传。"
        yield Problem("unknown_kind", f"不认识的文件类型“{suffix or '无扩展名'}”", name, remedy)
    elif not size:
        yield Problem("file_empty", "文件是空的", name, "重新导出或下载后再传。")
    elif size > most_megabytes * 1024 * 1024:
        what = f"文件有{size / 1024 / 1024:.1f} MB，超过上限{most_megabytes} MB"
        yield Problem("file_too_large", what, name, "只保留一份决算报告，压缩其中的图片后另存，再传。")
    elif (found := content_of(content)) != _KINDS[suffix] and not _both_text(found, suffix):
        what = f"扩展名是{suffix}，内容却是{found}"
        yield Problem(
            "kind_differs", what, name, "用原来的软件打开并另存为正确的格式，再传；不要只改扩展名。"
        )


def accepted_list_problems(name: str, size: int) -> Iterator[Problem]:
    """Why this file is not taken for a list of accepted findings."""
    if PurePath(name).suffix.lower() != ".json" or size > 5 * 1024 * 1024:
        yield Problem(
            "not_acceptances", "不是认可记录文件", name, "上传 mingzhang audit --accept 生成的 .json 文件。"
        )


def content_of(content: IO[bytes]) -> str:
    """What the first bytes say that a file is, in words."""
    content.seek(0)
    head = content.read(_HEAD)
    content.seek(0)
    if b"%PDF-" in head[:1024]:
        return "PDF"
    if head.startswith(b"PK\x03\x04"):
        return _zipped(content)
    if head.startswith((b"\xd0\xcf\x11\xe0", b"{\\rtf")):
        return "旧版 Office 或加密的文件"
    if head.startswith((b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"II*\0", b"MM\0*")):
        return "图片"
    if head.startswith((b"MZ", b"\x7fELF", b"#!")):
        return "程序"
    if head.startswith((b"Rar!", b"7z\xbc\xaf", b"\x1f\x8b")):
        return "压缩包"
    plain = head.replace(b"\0", b"").lstrip(b"\xef\xbb\xbf\xff\xfe").lstrip().lower()
    return "网页" if plain.startswith(b"<") else "纯文本"


def _zipped(content: IO[bytes]) -> str:
    """Which office program a zip file belongs to, by the names in its directory alone."""
    try:
        with zipfile.ZipFile(content) as archive:
            names = archive.namelist()[:5000]
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError):
        return "损坏的压缩文件"
    finally:
        content.seek(0)
    for suffix, folder in _ZIPPED.items():
        if any(name.startswith(folder) for name in names):
            return _KINDS[suffix]
    return "压缩包"


def _both_text(found: str, suffix: str) -> bool:
    """Web pages and plain text are told apart when they are read."""
    return found in ("网页", "纯文本") and suffix in (".html", ".htm", ".txt")
