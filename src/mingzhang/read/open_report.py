"""A file of any kind → a raw document: its kind is told from its content, whatever its name ends in."""

from __future__ import annotations

import re
import zipfile
from io import BytesIO
from pathlib import Path

from mingzhang.documents import Document, Problem
from mingzhang.read.reports.sources import content
from mingzhang.read.unreadable import UnreadableFileError

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_MARKUP = re.compile(
    rb"<(?:!doctype\s+html|html|head|body|table|div|p|meta|title|section|article|span)[\s>/]", re.I
)
_AS_DOCX = "用 Word 或 WPS 打开，另存为 .docx 后再核对"
_AS_XLSX = "用 Excel 或 WPS 打开，另存为 .xlsx 后再核对"
_OLE_KINDS = (
    (
        "EncryptedPackage",
        "file_encrypted",
        "文件设有打开密码",
        "在 Word、Excel 或 WPS 中取消密码后另存，再核对",
    ),
    ("WordDocument", "old_word", "这是旧版 Word（.doc）或 WPS 文字（.wps）文件", _AS_DOCX),
    ("Workbook", "old_excel", "这是旧版 Excel（.xls）或 WPS 表格（.et）文件", _AS_XLSX),
    ("Book", "old_excel", "这是旧版 Excel（.xls）文件", _AS_XLSX),
    ("PowerPoint Document", "slides", "这是演示文稿", "演示文稿不是决算报告；核对报告的 Word 或 PDF 文件"),
)
_ZIP_KINDS = (
    ("OFD.xml", "ofd", "这是 OFD 版式文件", "用 OFD 阅读器“导出”或“打印”成 PDF 后再核对"),
    (
        "content.xml",
        "open_document",
        "这是 OpenDocument 文件",
        "用 WPS 或 LibreOffice 另存为 .docx 或 .xlsx 后再核对",
    ),
    ("ppt/presentation.xml", "slides", "这是演示文稿", "演示文稿不是决算报告；核对报告的 Word 或 PDF 文件"),
)
_KINDS = (
    (b"{\\rtf", "rtf", "这是 RTF 文件", _AS_DOCX),
    (b"\x89PNG", "picture", "这是图片，没有可以核对的文字", "取得文字版的报告（PDF、Word 或网页）后再核对"),
    (
        b"\xff\xd8\xff",
        "picture",
        "这是图片，没有可以核对的文字",
        "取得文字版的报告（PDF、Word 或网页）后再核对",
    ),
    (b"GIF8", "picture", "这是图片，没有可以核对的文字", "取得文字版的报告（PDF、Word 或网页）后再核对"),
    (b"II*\0", "picture", "这是图片，没有可以核对的文字", "取得文字版的报告（PDF、Word 或网页）后再核对"),
    (b"MM\0*", "picture", "这是图片，没有可以核对的文字", "取得文字版的报告（PDF、Word 或网页）后再核对"),
    (b"Rar!", "archive", "这是压缩包，不是报告", "解压后核对其中的报告文件"),
    (b"7z\xbc\xaf", "archive", "这是压缩包，不是报告", "解压后核对其中的报告文件"),
    (b"\x1f\x8b", "archive", "这是压缩包，不是报告", "解压后核对其中的报告文件"),
    (b"\x7fELF", "program", "这是程序，不是报告", "不要打开来历不明的文件"),
    (b"MZ\x90", "program", "这是程序，不是报告", "不要打开来历不明的文件"),
)


def open_report(source: Path | bytes, name: str = "") -> Document:
    """Read a report of any kind; raises UnreadableFileError with what is wrong and what to do."""
    raw, name = content(source, name)
    kind = _kind(raw, name)
    if kind == "pdf":
        from mingzhang.read.pdf import read_pdf

        return read_pdf(raw, name)
    if kind == "docx":
        from mingzhang.read.reports.docx import read_docx

        return read_docx(raw, name)
    if kind == "xlsx":
        from mingzhang.read.reports.xlsx import read_xlsx

        return read_xlsx(raw, name)
    if kind == "html":
        from mingzhang.read.reports.html import read_html

        return read_html(raw, name)
    from mingzhang.read.reports.txt import read_txt

    return read_txt(raw, name)


def _kind(raw: bytes, name: str) -> str:
    head = raw[:4096]
    if b"%PDF-" in head[:1024]:
        return "pdf"
    if head.startswith(_OLE):
        raise UnreadableFileError(_old_office(raw, name))
    if head.startswith(b"PK"):
        return _zipped(raw, name)
    for start, code, what, remedy in _KINDS:
        if head.startswith(start):
            raise UnreadableFileError(Problem(code, what, name, remedy))
    if b"MIME-Version:" in head[:512] and b"multipart/related" in head:
        raise UnreadableFileError(
            Problem("web_archive", "这是网页归档（.mht）文件", name, "另存为 .html 或 PDF 后再核对")
        )
    if b"<?mso-application" in head or b"urn:schemas-microsoft-com:office:spreadsheet" in head:
        raise UnreadableFileError(
            Problem("office_xml", "这是 Office 2003 的 XML 文件", name, "另存为 .docx 或 .xlsx 后再核对")
        )
    return "html" if _is_web_page(head) else "txt"


def _is_web_page(head: bytes) -> bool:
    if head[:2] in (b"\xff\xfe", b"\xfe\xff"):
        head = head.replace(b"\0", b"")[2:]
    start = head.removeprefix(b"\xef\xbb\xbf").lstrip()
    return start.startswith(b"<") and _MARKUP.search(start) is not None


def _old_office(raw: bytes, name: str) -> Problem:
    for stream, code, what, remedy in _OLE_KINDS:
        if stream.encode("utf-16-le") + b"\0\0" in raw:
            return Problem(code, what, name, remedy)
    return Problem("old_office", "这是旧版 Office 或 WPS 文件", name, "另存为 .docx 或 .xlsx 后再核对")


def _zipped(raw: bytes, name: str) -> str:
    try:
        with zipfile.ZipFile(BytesIO(raw)) as archive:
            names = set(archive.namelist())
    except Exception:  # zipfile passes on many kinds from struct, zlib and the file itself
        what = "文件已损坏，无法解开"
        raise UnreadableFileError(Problem("file_broken", what, name, "重新下载或导出后再核对")) from None
    if "word/document.xml" in names or any(each.startswith("word/document") for each in names):
        return "docx"
    if "xl/workbook.xml" in names or "xl/workbook.bin" in names:
        return "xlsx"
    for part, code, what, remedy in _ZIP_KINDS:
        if part in names:
            raise UnreadableFileError(Problem(code, what, name, remedy))
    raise UnreadableFileError(Problem("archive", "这是压缩包，不是报告", name, "解压后核对其中的报告文件"))
