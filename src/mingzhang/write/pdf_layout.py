"""Blocks → plain data for the PDF template: parts of upright or turned pages, tables already fitted to them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from mingzhang.documents import Block, Chart, Contents, Document, Heading, PageBreak, Paragraph, Table
from mingzhang.write.column_fit import Fit, fit_table, wrapped_lines
from mingzhang.write.furniture import entity_line, unit_line
from mingzhang.write.table_grid import Placed, is_whole
from mingzhang.write.visible_text import visible

Data = dict[str, Any]

PORTRAIT, LANDSCAPE = (447.0, 666.0), (716.0, 448.0)
"""Text area of an upright and a turned A4 page, in points: width, height."""
_SECTION_HEIGHT, _SUBSECTION_HEIGHT = 26.0, 36.0
"""What a heading over a table takes, in points."""
_PART_SIZE, _PART_LINE, _BELOW_PART = 19.0, 27.5, 34.0
_CELL_SIDES = 5.5
"""Both side margins of a cell as fitting counts them, in points."""


def lay_out(document: Document) -> Data:
    """The whole document as data for the template."""
    metadata = document.metadata
    cover = _cover_lines(document)
    published = metadata.published_on
    return {
        "title": visible(document.title),
        "author": visible(metadata.author or metadata.department),
        "description": visible(metadata.subtitle) or None,
        "keywords": ["部门决算公开", str(metadata.year), visible(metadata.department)],
        "published": f"{published.year}年{published.month}月{published.day}日",
        "department": visible(metadata.department),
        "subtitle": visible(metadata.subtitle),
        "running": visible(document.title),
        "mark": f"【{visible(metadata.watermark)}】" if metadata.watermark else "",
        "watermark": "watermark.png" if metadata.watermark else None,
        "cover": cover,
        "cover-size": min(30.0, 440.0 / max(1, max(map(len, cover)))),
        "contents-air": _contents_air(document.blocks),
        "parts": _parts(document.blocks),
    }


def _contents_air(blocks: Sequence[Block]) -> float:
    """How much of the usual room between its lines the contents may have, so that they fill a page and not a line more.

    Contents that would not fit even tightly have all the room and go on to a second page.
    """
    lines, gaps = 46.0, 0.0
    for heading in blocks:
        if isinstance(heading, Heading) and heading.level <= 2:
            size, gap, indent = (12.0, 13.0, 0.0) if heading.level == 1 else (11.5, 7.0, 2.0)
            wrapped = wrapped_lines(heading.text, indent, PORTRAIT[0] - 30.0, size)
            lines += 0.74 * size * wrapped + 0.6 * size * (wrapped - 1)
            gaps += gap
    air = (PORTRAIT[1] - lines) / gaps if gaps else 1.0
    return round(air, 3) if 0.5 <= air < 1.0 else 1.0


def _cover_lines(document: Document) -> list[str]:
    """The title in two lines where it begins with the department's name."""
    title, department = visible(document.title), visible(document.metadata.department)
    if title.startswith(department) and title != department:
        return [department, title[len(department) :].strip()]
    return [title]


def _parts(blocks: Sequence[Block]) -> list[Data]:
    """Parts of pages that lie the same way; front matter up to the contents is numbered apart."""
    contents = next((place for place, block in enumerate(blocks) if isinstance(block, Contents)), -1)
    turned = _turned(blocks)
    numbers: dict[str, int] = {"heading": 0, "chart": 0}
    parts: list[Data] = []
    for place in range(len(blocks)):
        front = place <= contents
        numbering = "I" if front else "1"
        if not parts or parts[-1]["numbering"] != numbering or parts[-1]["landscape"] != turned[place]:
            restart = not parts or parts[-1]["numbering"] != numbering
            parts.append(
                {"landscape": turned[place], "numbering": numbering, "restart": restart, "items": []}
            )
        items: list[Data] = parts[-1]["items"]
        if _begins_table_page(blocks, place):
            items.append({"kind": "break"})
        items.append(_item(blocks, place, turned[place], numbers))
    return parts


def _turned(blocks: Sequence[Block]) -> list[bool]:
    """Whether each block stands on a turned page: wide tables, the headings over them and the notes under them."""
    turned = [isinstance(block, Table) and block.landscape for block in blocks]
    for place in range(len(blocks) - 2, -1, -1):
        if isinstance(blocks[place], Heading | PageBreak) and turned[place + 1]:
            turned[place] = True
    for place in range(1, len(blocks)):
        block = blocks[place]
        if isinstance(block, Paragraph) and block.kind == "note" and turned[place - 1]:
            turned[place] = True
    return turned


def _headings_over(blocks: Sequence[Block], place: int) -> list[Heading]:
    """The headings standing right over a block."""
    headings: list[Heading] = []
    for block in reversed(blocks[:place]):
        if not isinstance(block, Heading):
            break
        headings.insert(0, block)
    return headings


def _table_below(blocks: Sequence[Block], place: int) -> Table | None:
    """The table right below a heading or a run of them."""
    below = place
    while below < len(blocks) and isinstance(blocks[below], Heading):
        below += 1
    block = blocks[below] if below < len(blocks) else None
    return block if isinstance(block, Table) else None


def _begins_table_page(blocks: Sequence[Block], place: int) -> bool:
    """An official form, with the headings over it, begins a page."""
    block = blocks[place]
    if place and isinstance(blocks[place - 1], Heading):
        return False
    table = block if isinstance(block, Table) else _table_below(blocks, place)
    return isinstance(block, Heading | Table) and table is not None and _is_form(table)


def _item(blocks: Sequence[Block], place: int, turned: bool, numbers: dict[str, int]) -> Data:
    block = blocks[place]
    if isinstance(block, Heading):
        numbers["heading"] += 1
        following = blocks[place + 1] if place + 1 < len(blocks) else None
        return {
            "kind": "heading",
            "level": min(max(block.level, 1), 4),
            "text": visible(block.text),
            "label": f"heading-{numbers['heading']}",
            "over-table": isinstance(following, Table) and _names(block, following),
        }
    if isinstance(block, Paragraph):
        spans = [
            {"text": visible(span.text), "bold": span.bold, "missing": span.missing} for span in block.spans
        ]
        return {"kind": "paragraph", "style": block.kind, "spans": spans}
    if isinstance(block, Chart):
        numbers["chart"] += 1
        return {
            "kind": "chart",
            "file": f"chart-{numbers['chart'] - 1}.svg",
            "caption": visible(block.caption),
            "description": visible(block.description or block.caption),
        }
    if isinstance(block, Table):
        return _table(block, _headings_over(blocks, place), turned)
    return {"kind": "contents" if isinstance(block, Contents) else "break"}


def _heading_height(heading: Heading) -> float:
    """Height of a heading over a table; a long title of a part breaks after its number and goes on for lines."""
    if heading.level > 1:
        return _SECTION_HEIGHT if heading.level == 2 else _SUBSECTION_HEIGHT
    number, _, rest = heading.text.partition(" ")
    if len(heading.text) <= 22 or not rest:
        return _BELOW_PART + _PART_LINE
    lines = wrapped_lines(rest, 0.0, PORTRAIT[0] * 1.02, _PART_SIZE)
    return _BELOW_PART + _PART_LINE * (bool(number) + lines)


def _is_form(table: Table) -> bool:
    """Whether a table is one of the official forms, which have pages of their own; not every edition numbers them."""
    return bool(table.number or table.name)


def _names(heading: Heading, table: Table) -> bool:
    return bool(table.title) and heading.text.endswith(table.title)


# -- tables --------------------------------------------------------------------------------------------------


def _table(table: Table, headings: list[Heading], turned: bool) -> Data:
    width, height = LANDSCAPE if turned else PORTRAIT
    titled = bool(headings) and _names(headings[-1], table)
    notes = sum(wrapped_lines(note, 0, width, 10.0) * 13.0 + 6.0 for note in table.notes)
    above = sum(map(_heading_height, headings))
    above += 0.0 if titled or not table.title else 28.0
    above += 15.5 * (bool(table.number) + bool(table.entity or table.unit))
    room = height - above - notes - 8.0
    fit = fit_table(table, width, room)
    fits = fit.height <= room
    return {
        "kind": "table",
        "title": "" if titled else visible(table.title),
        "under-heading": bool(headings),
        "number": visible(table.number),
        "entity": entity_line(table),
        "unit": unit_line(table),
        "notes": [visible(note) for note in table.notes],
        "size": fit.size,
        "leading": fit.leading,
        "widths": list(fit.widths),
        "breakable": not fits or (not _is_form(table) and fit.height > 0.4 * height),
        "header": _rows(fit, fit.header, fit.header_heights, [row.kind for row in table.header]),
        "body": _rows(fit, fit.body, fit.body_heights, [row.kind for row in table.body]),
    }


def _rows(fit: Fit, lines: list[list[Placed]], heights: tuple[float, ...], kinds: list[str]) -> list[Data]:
    return [
        {
            "style": kind,
            "inset": round(max(0.7, (height - _text_height(line, fit)) / 2), 2),
            "cells": [_cell(placed) for placed in line],
        }
        for line, height, kind in zip(lines, heights, kinds, strict=True)
    ]


def _text_height(line: list[Placed], fit: Fit) -> float:
    """Height of the longest text of a row that stands in this row alone."""
    most = 1
    for placed in line:
        if placed.rows == 1:
            room = sum(fit.widths[placed.column : placed.column + placed.columns]) - _CELL_SIDES
            most = max(most, wrapped_lines(placed.cell.text, placed.cell.indent, room, fit.size))
    return (most - 1) * fit.leading + fit.size


def _cell(placed: Placed) -> Data:
    cell = placed.cell
    text = visible(cell.text)
    return {
        "text": text,
        "columns": placed.columns,
        "rows": placed.rows,
        "align": cell.align,
        "bold": cell.bold,
        "indent": max(0, cell.indent),
        "whole": is_whole(cell),
    }
