"""Blocks become files: HTML as government sites publish it, plain text, DOCX, and a workbook of tables."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from html import escape
from io import BytesIO
from pathlib import Path

import openpyxl
import typst
from docx import Document

from elsewhere.blocks import Block, Heading, Paragraph, Row, Span, Table
from mingzhang.write import fonts


def html(blocks: Sequence[Block], title: str) -> bytes:
    """A page of a government site: navigation and footer around an article of Word's paragraphs and tables."""
    lines = [
        f'<!DOCTYPE html><html><head><meta charset="utf-8"><title>{title}_信息公开</title></head><body>',
        '<div class="header"><ul><li><a href="/">首页</a></li><li><a href="/zwgk">政务公开</a></li></ul></div>',
        '<div class="location">您当前所在位置：首页 &gt; 政府信息公开 &gt; 财政预决算</div>',
        f'<div class="article"><h2>{title}</h2><div class="info">发布日期：2023-09-26 10:24　信息来源：办公室　浏览次数：1284</div>',
        '<div class="TRS_Editor" id="zoom">',
    ]
    for block in blocks:
        match block:
            case Heading(text):
                lines.append(f'<p style="text-align:center"><strong><span>{escape(text)}</span></strong></p>')
            case Paragraph(text):
                lines.append(
                    f'<p style="text-indent:2em"><span style="font-family:仿宋">　　{escape(text)}</span></p>'
                )
            case Table():
                lines += [f'<p align="center"><b>{block.title}</b></p>']
                lines += [f'<p align="right">{each}</p>' for each in block.above]
                lines.append('<table border="1" cellspacing="0"><tbody>')
                for row in block.rows:
                    cells = "".join(_cell(each) for each in row)
                    lines.append(f"<tr>{cells}</tr>")
                lines.append(f"</tbody></table><p>{block.below}</p>")
    lines.append(
        '</div></div><div class="footer">主办：某县人民政府办公室　网站标识码：4200000001　ICP备00000000号</div></body></html>'
    )
    return "\n".join(lines).encode()


def _cell(cell: str | Span) -> str:
    if isinstance(cell, str):
        return f"<td><p><span>{escape(cell) or '&nbsp;'}</span></p></td>"
    return f'<td colspan="{cell.columns}" rowspan="{cell.rows}"><p>{escape(cell.text)}</p></td>'


def text(blocks: Sequence[Block], wrap: int = 0, with_tables: bool = True) -> str:
    """Plain text; `wrap` breaks lines after so many characters as text taken out of a PDF does."""
    lines: list[str] = []
    for block in blocks:
        match block:
            case Heading(words):
                lines.append(words)
            case Paragraph(words):
                lines += _wrapped(words, wrap) if wrap else [words]
            case Table():
                lines.append(block.title)
                if with_tables:
                    lines += block.above
                    lines += [" ".join(part for part in map(_plain, row) if part) for row in block.rows]
                lines.append(block.below)
    return "\n".join(lines) + "\n"


def _wrapped(words: str, wide: int) -> list[str]:
    """Lines of so many full-width characters, the first set in by two."""
    lines, width = [""], 4
    for character in words:
        own = 1 if character.isascii() else 2
        if width + own > 2 * wide:
            lines.append("")
            width = 0
        lines[-1] += character
        width += own
    return lines


def _plain(cell: str | Span) -> str:
    return cell if isinstance(cell, str) else cell.text


def docx(blocks: Sequence[Block]) -> bytes:
    """A Word file without heading styles, as WPS leaves them, its tables with merged heads."""
    document = Document()
    for block in blocks:
        match block:
            case Heading(words):
                document.add_paragraph().add_run(words).bold = True
            case Paragraph(words):
                document.add_paragraph("　　" + words)
            case Table():
                document.add_paragraph(block.title)
                document.add_paragraph("　".join(block.above))
                width = max(
                    column + (cell.columns if isinstance(cell, Span) else 1)
                    for _, column, cell in placed(block.rows)
                )
                table = document.add_table(len(block.rows), width)
                for row, column, cell in placed(block.rows):
                    at = table.cell(row, column)
                    if isinstance(cell, Span):
                        at = at.merge(table.cell(row + cell.rows - 1, column + cell.columns - 1))
                    at.text = _plain(cell)
                document.add_paragraph(block.below)
    out = BytesIO()
    document.save(out)
    return out.getvalue()


def workbook(tables: Sequence[Table], as_numbers: bool = True) -> bytes:
    """A workbook with one sheet for each table, amounts as numbers with two decimals."""
    book = openpyxl.Workbook()
    book.remove(book.active)
    for number, table in enumerate(tables, 1):
        sheet = book.create_sheet(f"{number}.{table.title[:20]}")
        sheet.cell(1, 1, table.title)
        for at, words in enumerate(table.above, 1):
            sheet.cell(1 + at, 1, words)
        first = 2 + len(table.above)
        for row, column, cell in placed(table.rows):
            words = _plain(cell)
            at = sheet.cell(first + row, 1 + column)
            if as_numbers and "." in words and words.replace(",", "").replace(".", "").lstrip("-").isdigit():
                at.value, at.number_format = float(words.replace(",", "")), "#,##0.00"
            else:
                at.value = words or None
            if isinstance(cell, Span) and (cell.rows > 1 or cell.columns > 1):
                sheet.merge_cells(
                    start_row=first + row,
                    end_row=first + row + cell.rows - 1,
                    start_column=1 + column,
                    end_column=column + cell.columns,
                )
        sheet.cell(first + len(table.rows), 1, table.below)
    out = BytesIO()
    book.save(out)
    return out.getvalue()


def placed(rows: Sequence[Row]) -> Iterator[tuple[int, int, str | Span]]:
    """Each cell with its row and column, spans counted."""
    taken: set[tuple[int, int]] = set()
    for number, row in enumerate(rows):
        column = 0
        for cell in row:
            while (number, column) in taken:
                column += 1
            yield number, column, cell
            high, wide = (cell.rows, cell.columns) if isinstance(cell, Span) else (1, 1)
            taken |= {(number + down, column + right) for down in range(high) for right in range(wide)}
            column += wide


def pdf(blocks: Sequence[Block]) -> bytes:
    """A PDF of upright pages for the words and lying ones for tables, which go on over pages under repeated heads."""
    parts = [
        '#set page(paper: "a4", numbering: "— 1 —")',
        '#set text(font: "Mingzhang Serif", size: 12pt, lang: "zh")',
        "#set par(justify: true)",
    ]
    for block in blocks:
        match block:
            case Heading(words):
                parts.append(f"#align(center, strong({_quoted(words)}))")
            case Paragraph(words):
                parts.append(f"#par({_quoted('　　' + words)})")
            case Table():
                parts.append(_lying(block))
    return typst.compile("\n\n".join(parts).encode(), font_paths=[Path(fonts.__path__[0])])


def _lying(block: Table) -> str:
    cells = list(placed(block.rows))
    width = max(column + (cell.columns if isinstance(cell, Span) else 1) for _, column, cell in cells)
    drawn = ", ".join(_drawn(cell) for _, _, cell in cells)
    above = "".join(f"#par({_quoted(words)})\n" for words in block.above)
    return (
        f"#page(flipped: true)[\n#align(center, strong({_quoted(block.title)}))\n{above}"
        f"#set text(size: 9pt)\n#table(columns: {width}, {drawn})\n#par({_quoted(block.below)})\n]"
    )


def _drawn(cell: str | Span) -> str:
    if isinstance(cell, str):
        return f"[#{_quoted(cell)}]"
    return f"table.cell(colspan: {cell.columns}, rowspan: {cell.rows})[#{_quoted(cell.text)}]"


def _quoted(words: str) -> str:
    return '"' + words.replace("\\", "\\\\").replace('"', '\\"') + '"'
