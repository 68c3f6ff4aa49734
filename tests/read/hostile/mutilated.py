"""Good small reports of every kind, and ways to spoil them."""

from __future__ import annotations

import random
import zipfile
from collections.abc import Callable
from functools import cache
from io import BytesIO

from read.pdf.made import typeset
from read.reports.office_files import docx, p, td, xlsx

SENTENCE = "2022年度云岭区水务局收、支总计1200.50万元，比上年增加200.25万元，增长20%。"


def _table() -> str:
    merged, wide = '<w:vMerge w:val="restart"/>', '<w:gridSpan w:val="2"/>'
    return (
        f"<w:tbl><w:tr>{td('项目', merged)}{td('金额', wide)}</w:tr>"
        f"<w:tr>{td('', '<w:vMerge/>')}{td('1.00')}{td('2.00')}</w:tr></w:tbl>"
    )


def _fill(book: object) -> None:
    sheet = book.active  # type: ignore[attr-defined]
    for row in (["收入决算表", None, None], ["项目", "预算", "决算"], ["合计", 1.5, "=B3*2"]):
        sheet.append(row)
    sheet.merge_cells("A1:C1")
    sheet["B3"].number_format = '#,##0.00_);[Red](#,##0.00);"-"'


NUMBERING = (
    '<w:abstractNum w:abstractNumId="0"><w:lvl w:ilvl="0"><w:numFmt w:val="chineseCounting"/><w:lvlText w:val="%1、"/>'
    '</w:lvl></w:abstractNum><w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>'
)
SEEDS: dict[str, Callable[[], bytes]] = {
    "txt": lambda: "\n\n".join(
        ["一、收入情况", SENTENCE[:30], SENTENCE[30:], "甲  1.00  2.00", "乙\t1\t2", "3"] * 4
    ).encode(),
    "html": lambda: (
        f"<!DOCTYPE html><html><head><meta charset=utf-8></head><body><div><p>{SENTENCE}<br>一、<b>收入</b></p>"
        "<table><caption>表</caption><tr><th rowspan=2>项目<th colspan=2>金额<tr><td>1<td>2</table><pre>甲  1  2\n乙  3  4</pre>"
        "<ul><li><a href=x>首页</a></ul></div></body></html>"
    ).encode(),
    "docx": lambda: docx(
        p("收入", '<w:numPr><w:numId w:val="1"/></w:numPr>') + p(SENTENCE) + _table(), numbering=NUMBERING
    ),
    "xlsx": lambda: xlsx(_fill),
    "pdf": lambda: _pdf(),
}


@cache
def _pdf() -> bytes:
    return typeset(
        f"= 收入决算表\n\n{SENTENCE}\n\n#table(columns: 3, [项目], [甲], [乙], [合计], [3.00], [1.00])"
    )


def spoiled(raw: bytes, chance: random.Random) -> bytes:
    """The file with a few bytes overwritten, cut out, doubled or put in; archives are spoiled inside their parts too."""
    if raw.startswith(b"PK") and chance.random() < 0.7:
        return _repacked(raw, chance)
    content = bytearray(raw)
    for _ in range(chance.randint(1, 6)):
        at, length = chance.randrange(len(content) + 1), chance.choice((1, 2, 8, 60))
        deed = chance.randrange(5)
        if deed == 0:
            content[at : at + length] = chance.randbytes(length)
        elif deed == 1:
            del content[at : at + length]
        elif deed == 2:
            content[at:at] = content[at : at + length] * chance.choice((1, 3, 200))
        elif deed == 3:
            content[at:at] = chance.choice(_NASTY)
        else:
            other = chance.randrange(len(content) + 1)
            content[at:at] = content[other : other + length]
    return bytes(content)


_NASTY = (
    b"\0", b"\xff\xfe", b"<", b">", b"</w:tc>", b"<w:tbl>", b"<table>", b"</td>", b'"', b"&#xD800;", b"&lt;", b"\xed\xa0\x80",
    "９".encode() * 300, "（".encode(), "，".encode(), b"9" * 5000, b" " * 500, b"\t\t", b"\n\n\n", b"\f", b"1e999", b"-0", b"%",
    b"999999999999", b"colspan=9999999 ", b"<br>" * 50, b"<!--", b"<![CDATA[", b"\xe2\x80\xae", b"<w:vMerge/>", b"NaN",
)  # fmt: skip


def _repacked(raw: bytes, chance: random.Random) -> bytes:
    stream = BytesIO()
    with (
        zipfile.ZipFile(BytesIO(raw)) as source,
        zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as target,
    ):
        names = source.namelist()
        victim = chance.choice(names)
        for name in names:
            content = source.read(name)
            target.writestr(name, spoiled(content, chance) if name == victim and content else content)
    return stream.getvalue()
