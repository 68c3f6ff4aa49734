"""A whole PDF: its pages one by one, then its paragraphs and tables over all of them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

import pypdfium2 as pdfium

from mingzhang.documents import Block, Document, Page, Problem
from mingzhang.read.pdf.glyphs import Glyph, glyphs_of, sheet_of, turned_text
from mingzhang.read.pdf.grids import Ruled, Spot, ruled_tables
from mingzhang.read.pdf.lines import PageWriter, indent_of, margin_of, visual_lines
from mingzhang.read.pdf.opened import opened
from mingzhang.read.pdf.rules import rules_of
from mingzhang.read.pdf.tables import PlacedTable, continued, goes_on, placed, sorted_in
from mingzhang.read.reports.lines import Layout, Line, lines_of
from mingzhang.read.reports.pages import raw_document
from mingzhang.read.reports.plain import width
from mingzhang.read.reports.sources import content
from mingzhang.read.reports.txt import line_blocks

_FEW = 12
_PICTURED = 0.3
_UNKNOWN = 0.3
_FULL_LINE = 56


def read_pdf(source: Path | bytes, name: str = "") -> Document:
    """Read a PDF report; `page.text` is each page in reading order, with a box for every character.

    A page that is a picture, or whose fonts do not say which characters they draw, is not readable and named in the
    problems. Raises UnreadableFileError for a file that is encrypted, broken, empty or far too long.
    """
    raw, name = content(source, name)
    pages: list[Page] = []
    tables: list[PlacedTable] = []
    problems: list[Problem] = []
    with opened(raw, name) as document:
        first = 0
        for number in range(1, len(document) + 1):
            page, found, problem = _read_page(document, number, first)
            pages.append(page)
            tables += found
            problems += [problem] if problem else []
            first += len(page.text) + 1
    return raw_document(name, _blocks(pages, tables), pages, "pdf", problems)


def _read_page(
    document: pdfium.PdfDocument, number: int, first: int
) -> tuple[Page, list[PlacedTable], Problem | None]:
    try:
        page = document[number - 1]
    except pdfium.PdfiumError:
        broken = Page(number, "", first, readable=False)
        return broken, [], _unreadable(number, "已损坏，无法打开")
    text = page.get_textpage()
    try:
        count = text.count_chars()
        sheet = sheet_of(page, turned_text(text, count))
        rules = rules_of(page, sheet)
        glyphs, unknown = glyphs_of(text, count, sheet, rules.some_hidden)
        writer = PageWriter(number, first, sheet)
        if unknown > _UNKNOWN * max(len(glyphs), 1):
            return writer.page(readable=False), [], _unreadable(number, "的字体没有文字编码，读出的不是汉字")
        if len(glyphs) < _FEW and rules.pictured > _PICTURED:
            _write(glyphs, [], writer)
            return writer.page(readable=False), [], _unreadable(number, "是图片，没有文字")
        grids = ruled_tables(rules)
        inside, outside = sorted_in(glyphs, grids)
        used = [(grid, cells) for grid, cells in zip(grids, inside, strict=True) if cells]
        found = _write(outside, used, writer)
        return writer.page(), found, None
    finally:
        text.close()
        page.close()


def _unreadable(number: int, why: str) -> Problem:
    remedy = "这一页未能读取，不作为缺少；取得文字版后再核对"
    return Problem("page_not_readable", f"第{number}页{why}", f"第{number}页", remedy, "notice")


def _write(
    glyphs: Sequence[Glyph], grids: Sequence[tuple[Ruled, dict[Spot, list[Glyph]]]], writer: PageWriter
) -> list[PlacedTable]:
    """Write lines and tables from the top of the page down."""
    lines = visual_lines(glyphs)
    margin, size = margin_of(lines)
    found: list[PlacedTable] = []
    waiting = list(grids)
    for line in lines:
        while waiting and waiting[0][0].ys[0] < (line[0][2] + line[0][4]) / 2:
            found.append(placed(*waiting.pop(0), writer))
        writer.line(line, indent_of(line, margin, size))
    return [*found, *(placed(grid, cells, writer) for grid, cells in waiting)]


def _blocks(pages: Sequence[Page], tables: Sequence[PlacedTable]) -> Iterator[Block]:
    """Paragraphs and tables in reading order, joined over page breaks."""
    lines = lines_of(_flow(pages, tables))
    layout = _layout(lines)
    at = 0
    for each in _joined(tables, lines):
        run: list[Line] = []
        while at < len(lines) and lines[at].start < each.start:
            run.append(lines[at])
            at += 1
        yield from line_blocks(run, layout)
        yield each.block()
    yield from line_blocks(lines[at:], layout)


def _layout(lines: Sequence[Line]) -> Layout:
    """The habits of the lines; lines of a page always end at its margin, however few they are."""
    layout = Layout.of(lines)
    widest = max((width(line.words) for line in lines), default=0)
    return layout if layout.usual or widest < _FULL_LINE else replace(layout, usual=widest)


def _flow(pages: Sequence[Page], tables: Sequence[PlacedTable]) -> str:
    """The running text of all pages, what stands in tables left blank, offsets kept."""
    text = list("\f".join(page.text for page in pages))
    for each in tables:
        text[each.start : each.end] = "\n" * (each.end - each.start)
    return "".join(text)


def _joined(tables: Sequence[PlacedTable], lines: Sequence[Line]) -> list[PlacedTable]:
    """Tables that go on over a page's end, or were drawn in pieces, as one."""
    starts = [line.start for line in lines]
    whole: list[PlacedTable] = []
    for each in tables:
        if whole and goes_on(whole[-1], each) and not any(whole[-1].end <= at < each.start for at in starts):
            whole[-1] = continued(whole[-1], each)
        else:
            whole.append(each)
    return whole
