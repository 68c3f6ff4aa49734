"""The XLSX of a disclosure: contents, one sheet a table with live totals, charts, the text, and every figure."""

from __future__ import annotations

import re
from datetime import datetime
from io import BytesIO
from pathlib import Path
from typing import Any

import xlsxwriter

from mingzhang.documents import Chart, Document, Heading, Paragraph, Table
from mingzhang.write.column_fit import wrapped_lines
from mingzhang.write.plain_text import clean, first_units
from mingzhang.write.xlsx_cells import HEI, Formats, cell_text
from mingzhang.write.xlsx_charts import write_charts
from mingzhang.write.xlsx_data import write_data
from mingzhang.write.xlsx_table import write_table
from mingzhang.write.zip_times import with_fixed_times

CONTENTS, CHARTS, TEXT, DATA = "目录", "图表", "说明", "数据"
_BANNED = re.compile(r"[\[\]:*?/\\\x00-\x1f]")
_LONGEST_NAME = 31
_TEXT_WIDTH, _LONGEST_ROW = 72, 1000


def write_xlsx(document: Document, path: Path) -> None:
    """Write a document as XLSX; the same document gives the same bytes."""
    path.write_bytes(xlsx_bytes(document))


def xlsx_bytes(document: Document) -> bytes:
    """Return the XLSX file of a document."""
    buffer = BytesIO()
    workbook = xlsxwriter.Workbook(
        buffer, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    )
    _properties(workbook, document)
    formats = Formats(workbook)
    tables = list(document.tables())
    charts = [block for block in document.blocks if isinstance(block, Chart)]
    names = sheet_names(tables)
    contents = workbook.add_worksheet(CONTENTS)
    for table, name in zip(tables, names, strict=True):
        write_table(workbook.add_worksheet(name), table, document.metadata, formats)
    if charts:
        write_charts(workbook, workbook.add_worksheet(CHARTS), charts, formats)
    _text(workbook.add_worksheet(TEXT), document, formats)
    write_data(workbook.add_worksheet(DATA), document, formats)
    _contents(contents, document, list(zip(tables, names, strict=True)), bool(charts), formats)
    workbook.close()
    return with_fixed_times(buffer.getvalue(), document.metadata.published_on)


def tables_bytes(document: Document) -> bytes:
    """Return an XLSX of a document's tables alone, a sheet each."""
    buffer = BytesIO()
    workbook = xlsxwriter.Workbook(
        buffer, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    )
    _properties(workbook, document)
    formats = Formats(workbook)
    tables = list(document.tables())
    for table, name in zip(tables, sheet_names(tables), strict=True):
        write_table(workbook.add_worksheet(name), table, document.metadata, formats)
    workbook.close()
    return with_fixed_times(buffer.getvalue(), document.metadata.published_on)


def sheet_names(tables: list[Table]) -> list[str]:
    """A name for each table's sheet: its number, else its title; valid for Excel and used once.

    >>> sheet_names([Table("收入表", (), (), ()), Table("收入表", (), (), ()), Table("甲/乙:丙", (), (), ())])
    ['收入表', '收入表（2）', '甲 乙 丙']
    """
    used = {CONTENTS, CHARTS, TEXT, DATA}
    names = []
    for index, table in enumerate(tables, 1):
        stem = _BANNED.sub(" ", clean(table.number or table.title)).strip(" '") or f"表{index}"
        name, turn = first_units(stem, _LONGEST_NAME).strip(" '"), 1
        while name.lower() in used or name.lower() == "history":
            turn += 1
            ending = f"（{turn}）"
            name = first_units(stem, _LONGEST_NAME - len(ending)).strip(" '") + ending
        used.add(name.lower())
        names.append(name)
    return names


def _properties(workbook: Any, document: Document) -> None:
    metadata = document.metadata
    day = metadata.published_on
    author = clean(metadata.author or metadata.department)
    workbook.set_properties(
        {
            "title": clean(document.title)[:250],
            "subject": f"{metadata.year}年度决算公开",
            "author": author[:250],
            "company": clean(metadata.department)[:250],
            "keywords": clean(metadata.watermark)[:250],
            "created": datetime(day.year, day.month, day.day),
        }
    )


def _contents(
    sheet: Any, document: Document, tables: list[tuple[Table, str]], has_charts: bool, formats: Formats
) -> None:
    """The first sheet: what this is, and links to every sheet."""
    metadata = document.metadata
    sheet.set_column(0, 0, 8)
    sheet.set_column(1, 1, 16)
    sheet.set_column(2, 2, 60)
    sheet.set_column(3, 3, 24)
    title = formats.get(font_name=HEI, font_size=18, align="center", text_wrap=True)
    sheet.merge_range(0, 0, 0, 3, "", title)
    sheet.write_string(0, 0, cell_text(document.title), title)
    sheet.set_row(0, 42)
    version = f"，第{metadata.version}版" if metadata.version > 1 else ""
    published = metadata.published_on
    facts = (
        f"{metadata.department}　公开日期：{published.year}年{published.month}月{published.day}日{version}"
    )
    sheet.merge_range(1, 0, 1, 3, "", formats.get(align="center"))
    sheet.write_string(1, 0, cell_text(facts), formats.get(align="center"))
    if metadata.watermark:
        mark = formats.get(align="center", bold=True, font_color="#C00000")
        sheet.merge_range(2, 0, 2, 3, "", mark)
        sheet.write_string(
            2, 0, cell_text("　".join(filter(None, (metadata.watermark, metadata.subtitle)))), mark
        )
    head = formats.get(bold=True, border=1, align="center", bg_color="#F2F2F2")
    for column, name in enumerate(("序号", "工作表", "内容", "备注")):
        sheet.write_string(4, column, name, head)
    entries = [(name, table.title or name, "本年度无数据" if table.empty else "") for table, name in tables]
    entries += [(CHARTS, "图表及其数据", "")] if has_charts else []
    entries += [(TEXT, "文字说明", ""), (DATA, "全部数字：坐标、准确值、印刷文字、单位、位置", "")]
    for row, (name, what, remark) in enumerate(entries, 5):
        sheet.write_number(row, 0, row - 4, formats.get(border=1, align="center"))
        link = formats.get(border=1, font_color="#0563C1", underline=1)
        quoted = name.replace("'", "''")
        sheet.write_url(row, 1, f"internal:'{quoted}'!A1", link, cell_text(name))
        sheet.write_string(row, 2, cell_text(what), formats.get(border=1, text_wrap=True))
        sheet.write_string(row, 3, remark, formats.get(border=1))
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
    sheet.set_footer("&C— &P —")


def _text(sheet: Any, document: Document, formats: Formats) -> None:
    """The narrative, a paragraph a row; what is still missing stands on yellow."""
    sheet.set_column(0, 0, _TEXT_WIDTH)
    row = 0
    blocks = document.blocks
    for index, block in enumerate(blocks):
        following = blocks[index + 1] if index + 1 < len(blocks) else None
        if isinstance(block, Heading):
            if isinstance(following, Table) and following.title and block.text.endswith(following.title):
                continue
            size = {1: 14.0, 2: 12.0}.get(block.level, 11.0)
            row = _text_row(
                sheet, row, block.text, size, formats.get(font_name=HEI, font_size=size, text_wrap=True)
            )
        elif isinstance(block, Paragraph):
            missing = any(span.missing for span in block.spans)
            colour = {"bg_color": "#FFFF00"} if missing else {}
            style = formats.get(text_wrap=True, valign="top", indent=1, font_size=11, **colour)
            for part in text_parts(clean(block.text)):
                row = _text_row(sheet, row, part, 11.0, style)
    sheet.set_paper(9)
    sheet.set_margins(left=0.5, right=0.5)
    sheet.fit_to_pages(1, 0)
    sheet.set_footer("&C— &P —")


def _text_row(sheet: Any, row: int, text: str, size: float, style: Any) -> int:
    """Write one row of text as high as its lines; returns the next row."""
    lines = wrapped_lines(text, 1.0, _TEXT_WIDTH * 5.4, size)
    sheet.set_row(row, min(lines * size * 1.4 + 4, 409.0))
    sheet.write_string(row, 0, cell_text(text), style)
    return row + 1


def text_parts(text: str) -> list[str]:
    """A paragraph in parts that a spreadsheet's row can show whole, cut after a full stop where there is one.

    >>> [len(part) for part in text_parts("一二三四五六七八九。" * 200)]
    [1000, 1000]
    """
    parts = []
    while len(text) > _LONGEST_ROW:
        cut = text.rfind("。", 1, _LONGEST_ROW) + 1 or _LONGEST_ROW
        parts.append(text[:cut])
        text = text[cut:]
    return [*parts, text]
