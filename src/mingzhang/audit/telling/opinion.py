"""审核意见表: the findings as a Word table to send back to the department."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path

from docx import Document
from docx.enum.section import WD_ORIENT
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Pt
from docx.table import Table

from mingzhang.audit.remark import Remark
from mingzhang.audit.result import Audit
from mingzhang.audit.telling.words import graded, located, repairs_in_chinese
from mingzhang.documents.text import printable

_COLUMNS = (
    ("序号", 1.1),
    ("级别", 1.4),
    ("位置", 4.4),
    ("所载", 2.8),
    ("问题", 7.6),
    ("应为／建议", 4.6),
    ("依据", 3.4),
)
_FONT = "宋体"
_MOST_PLACES = 4


def write_opinion(path: Path, audit: Audit, on: date) -> None:
    """Write the table of findings, with whose report, which year and which file it is about, on A4 across."""
    word = Document()
    section = word.sections[0]
    section.orientation = WD_ORIENT.LANDSCAPE
    section.page_width, section.page_height = Cm(29.7), Cm(21)
    section.left_margin = section.right_margin = section.top_margin = section.bottom_margin = Cm(2)
    style = word.styles["Normal"]
    style.font.name, style.font.size = _FONT, Pt(10.5)
    style.element.rPr.rFonts.set(qn("w:eastAsia"), _FONT)
    title = word.add_paragraph()
    title.alignment = WD_ALIGN_PARAGRAPH.CENTER
    run = title.add_run(printable(f"{audit.department or '部门'}{audit.year or ''}年度决算公开审核意见表"))
    run.bold, run.font.size = True, Pt(16)
    counts = audit.coverage
    word.add_paragraph(
        printable(f"文件：{Path(audit.path).name}　　审核日期：{on.year}年{on.month}月{on.day}日　　")
        + f"共读出{counts['facts']}个数，{counts['verified']}个有其他数印证，{counts['contradicted']}个有矛盾，"
        f"{counts['unverified']}个没有数可核对。"
    )
    if audit.remarks or audit.mended:
        _table(word.add_table(1, len(_COLUMNS), "Table Grid"), audit)
    else:
        word.add_paragraph("没有发现互相矛盾之处。")
    word.add_paragraph()
    word.add_paragraph("审核人：　　　　　　　　　　复核人：　　　　　　　　　　被审核单位回复：")
    word.core_properties.title, word.core_properties.author = "决算公开审核意见表", ""
    word.save(str(path))


def _table(table: Table, audit: Audit) -> None:
    table.alignment, table.autofit = WD_TABLE_ALIGNMENT.CENTER, False
    for column, (_, width) in zip(table.columns, _COLUMNS, strict=True):
        column.width = Cm(width)
    _fill(table, 0, [name for name, _ in _COLUMNS], bold=True)
    repeated = OxmlElement("w:tblHeader")
    table.rows[0]._tr.get_or_add_trPr().append(repeated)
    for number, remark in enumerate((*audit.ordered, *audit.mended), 1):
        table.add_row()  # type: ignore[no-untyped-call]
        _fill(table, number, _words(number, remark, audit))


def _fill(table: Table, row: int, words: Sequence[str], *, bold: bool = False) -> None:
    for cell, text, (_, width) in zip(table.rows[row].cells, words, _COLUMNS, strict=True):
        cell.width = Cm(width)
        paragraph = cell.paragraphs[0]
        run = paragraph.add_run(printable(text))
        run.bold = bold
        if bold:
            paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER


def _words(number: int, remark: Remark, audit: Audit) -> Sequence[str]:
    places = list(dict.fromkeys(map(located, remark.places)))
    more = f"等{len(places)}处" if len(places) > _MOST_PLACES else ""
    should = [remark.computed, repairs_in_chinese(remark, audit.shown) or remark.remedy]
    return (
        str(number),
        graded(remark),
        "、".join(places[:_MOST_PLACES]) + more,
        remark.published,
        remark.message,
        "；".join(filter(None, should)),
        remark.basis,
    )
