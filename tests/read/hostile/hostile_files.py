"""Files that are broken, disguised or meant to harm, each with the code of the problem that it must give ("" for read)."""

from __future__ import annotations

import zipfile
from collections.abc import Callable
from io import BytesIO

from read.reports.office_files import W, docx, p, td, xlsx

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600
LAUGHS = '<!DOCTYPE x [<!ENTITY a "哈哈哈哈"><!ENTITY b "&a;&a;&a;&a;"><!ENTITY c "&b;&b;&b;&b;">]>'


def archive(**parts: bytes) -> bytes:
    stream = BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as made:
        for name, content in parts.items():
            made.writestr(name.replace("__", "/"), content)
    return stream.getvalue()


def small_book() -> bytes:
    return xlsx(lambda book: book.active.append(["甲", 12.5]))


def with_part(raw: bytes, name: str, change: Callable[[bytes], bytes]) -> bytes:
    stream = BytesIO()
    with (
        zipfile.ZipFile(BytesIO(raw)) as source,
        zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as target,
    ):
        for each in source.namelist():
            content = source.read(each)
            target.writestr(each, change(content) if each.endswith(name) else content)
    return stream.getvalue()


def locked(raw: bytes) -> bytes:
    """The same archive, its parts marked as encrypted."""
    content = bytearray(raw)
    for mark, at in ((b"PK\x01\x02", 8), (b"PK\x03\x04", 6)):
        start = content.find(mark)
        while start >= 0:
            content[start + at] |= 1
            start = content.find(mark, start + 4)
    return bytes(content)


def _laughing(text: bytes) -> bytes:
    return LAUGHS.encode() + text.replace(b"<w:t>", b"<w:t>&c;")


def _named(*names: str) -> bytes:
    return OLE + b"".join(name.encode("utf-16-le") + b"\0\0" for name in names)


REFUSED: dict[str, tuple[Callable[[], bytes], str]] = {
    "空文件": (lambda: b"", "file_empty"),
    "只有空白": (lambda: b" \r\n\t\0\0", "file_empty"),
    "加密的 Office 文件": (lambda: _named("EncryptedPackage"), "file_encrypted"),
    "旧版 Word": (lambda: _named("WordDocument"), "old_word"),
    "旧版 Excel": (lambda: _named("Workbook"), "old_excel"),
    "演示文稿": (lambda: _named("PowerPoint Document"), "slides"),
    "OFD": (lambda: archive(**{"OFD.xml": b"<x/>"}), "ofd"),
    "ODT": (lambda: archive(**{"content.xml": b"<x/>"}), "open_document"),
    "压缩包": (lambda: archive(**{"决算.pdf": b"%PDF"}), "archive"),
    "RTF": (lambda: b"{\\rtf1 abc}", "rtf"),
    "图片": (lambda: b"\x89PNG\r\n\x1a\n" + b"\1\2" * 50, "picture"),
    "网页归档": (lambda: b"MIME-Version: 1.0\r\nContent-Type: multipart/related; x", "web_archive"),
    "程序": (lambda: b"\x7fELF" + bytes(range(200)), "program"),
    "乱字节": (lambda: bytes(range(256)) * 40, "not_text"),
    "截断的压缩文件": (lambda: docx(p("收入") * 500)[:400], "file_broken"),
    "上锁的 DOCX": (lambda: locked(docx(p("收入"))), "file_encrypted"),
    "上锁的 XLSX": (lambda: locked(small_book()), "workbook_encrypted"),
    "没有正文的 DOCX": (
        lambda: archive(word__document__x=b"1", **{"word/document.xml": b"<a/>"}),
        "file_broken",
    ),
    "不成 XML 的 DOCX": (lambda: archive(**{"word/document.xml": b"<w:document><w:body>"}), "file_broken"),
    "DOCX 压缩炸弹": (
        lambda: archive(**{"word/document.xml": b"<w:document>" + b" " * (60 << 20)}),
        "zip_bomb",
    ),
    "DOCX 实体炸弹": (lambda: with_part(docx(p("收入")), "document.xml", _laughing), "file_unsafe"),
    "XLSX 实体炸弹": (
        lambda: with_part(small_book(), "sheet1.xml", lambda text: LAUGHS.encode() + text),
        "workbook_unsafe",
    ),
    "DOCX 嵌套过深": (
        lambda: docx("<w:tbl><w:tr><w:tc>" * 50_000 + "</w:tc></w:tr></w:tbl>" * 50_000),
        "too_deep",
    ),
    "HTML 嵌套 div": (lambda: b"<html><body>" + b"<div>" * 100_000 + "收入".encode(), "too_deep"),
    "HTML 嵌套表": (lambda: b"<html><body>" + b"<table><tr><td>" * 100_000 + "收入".encode(), "too_deep"),
    "HTML 一百万格": (
        lambda: (
            b"<html><body><table>"
            + b"<tr>"
            + b"<td>1</td>" * 1000
            + b"</tr>" * 1
            + (b"<tr>" + b"<td>1" * 1000) * 999
        ),
        "too_many_cells",
    ),
    "XLSX 远处一格": (lambda: xlsx(lambda book: book.active.cell(1_048_576, 16_384, 1)), "sheet_too_wide"),
    "XLSX 百万位数": (
        lambda: with_part(small_book(), "sheet1.xml", lambda text: text.replace(b"12.5", b"9" * 1_000_000)),
        "workbook_broken",
    ),
}

READ: dict[str, Callable[[], bytes]] = {
    "百万位数的文本": lambda: ("收入" + "9" * 1_000_000 + "万元").encode(),
    "百万位数的网页": lambda: ("<html><body><p>收入" + "9" * 1_000_000 + "万元</p>").encode(),
    "百万位数的 DOCX": lambda: docx(p("收入" + "0123456789" * 100_000)),
    "一行二百万字": lambda: ("收入，" * 700_000).encode(),
    "十万短行": lambda: b"1 2\n" * 100_000,
    "一列页码": lambda: b"12\n" * 50_000,
    "荒唐的跨列": lambda: (
        "<html><table><tr><td colspan=1000000 rowspan=99999999>甲<td>1<tr><td>乙<td>2</table>".encode()
    ),
    "荒唐的合并": lambda: docx(
        f"<w:tbl><w:tr>{td('甲', '<w:gridSpan w:val=' + chr(34) + '999999' + chr(34) + '/>')}{td('1')}</w:tr></w:tbl>"
    ),
    "含 NUL 的文本": lambda: ("收入1\0万元，支出2万元。" * 200).encode(),
    "含方向符的文本": lambda: "收入\u202e1\u202c\u200f万元\u2066。".encode(),
    "半个代理对的网页": lambda: b"<html><body><p>\xed\xa0\x80 &#xD800; " + "收入一万元。".encode() * 50,
    "没有后缀的 CSV": lambda: "科目,金额\n204,1\n".encode("gb18030"),
    "改名 xls 的网页": lambda: "<html><table><tr><td>甲<td>1<tr><td>乙<td>2</table>".encode("gb18030"),
    "公式注入": lambda: xlsx(lambda book: book.active.append(["=cmd|' /C calc'!A0", "@SUM(1)", 1])),
    "空的 DOCX": lambda: docx(""),
    "自引用的样式": lambda: docx(
        p("收入", '<w:pStyle w:val="a"/>'), styles='<w:style w:styleId="a"><w:basedOn w:val="a"/></w:style>'
    ),
    "巨大的起始编号": lambda: docx(
        p("收入", '<w:numPr><w:numId w:val="1"/></w:numPr>') * 3,
        numbering='<w:abstractNum w:abstractNumId="0"><w:lvl w:ilvl="0"><w:start w:val="999999"/>'
        '<w:numFmt w:val="upperRoman"/><w:lvlText w:val="%1%9"/></w:lvl></w:abstractNum>'
        '<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>',
    ),
}
__all__ = ["READ", "REFUSED", "W"]
