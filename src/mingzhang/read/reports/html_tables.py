"""Tables of web pages: those that hold data, told from those that only lay out the page."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from lxml import etree

from mingzhang.documents import Table, TableCell
from mingzhang.read.reports.html_text import BLOCKS, Words, is_dropped
from mingzhang.read.reports.pages import Grid, PageText, cell

_SPAN = re.compile(r"\s*(\d{1,7})")
_WIDEST = 100
"""A span beyond this is cut to the table's other columns."""
_LONG_CELL = 300


def is_data_table(table: Any) -> bool:
    """Whether a table's grid means something: two columns or more, no table inside, no article in a cell."""
    if next(table.iterdescendants("table"), None) is not None:
        return False
    rows = list(_rows(table))
    widest = max((len(list(_cells(row))) for row in rows), default=0)
    if widest < 2:
        return False
    if len(rows) <= 2:
        return all(len("".join(each.itertext())) <= _LONG_CELL for row in rows for each in _cells(row))
    return True


def data_table(table: Any, page: PageText, where: str, *, keep: bool) -> Table | None:
    """The raw table, its text written to the page; None where it says nothing.

    Outside the article (`keep` false) a table stays only where it holds figures and not links.
    """
    rows = list(_rows(table))
    if not keep and not _holds_figures(table):
        return None
    widest = _widest(rows)
    grid = Grid()
    for at, row in enumerate(rows):
        cells: list[TableCell] = []
        for each in _cells(row):
            if cells:
                page.write("\t")
            columns = min(_span(each, "colspan"), widest)
            down = _span(each, "rowspan", zero=len(rows))
            piece = page.write(_text(each))
            cells.append(cell([piece], columns, min(down, len(rows) - at)))
        page.write("\n")
        grid.add(cells, where)
    return grid.table()


def _holds_figures(table: Any) -> bool:
    text = "".join(table.itertext())
    linked = sum(len("".join(link.itertext())) for link in table.iter("a"))
    return linked * 2 < len(text) and any(mark.isdigit() for mark in text)


def _widest(rows: list[Any]) -> int:
    """The columns that the table has, absurd spans not counted."""
    counts = [
        sum(span if (span := _span(each, "colspan")) <= _WIDEST else 1 for each in _cells(row))
        for row in rows
    ]
    return max(counts, default=1)


def _rows(table: Any) -> Iterator[Any]:
    for child in table:
        if child.tag == "tr" and not is_dropped(child):
            yield child
        elif child.tag in ("thead", "tbody", "tfoot"):
            yield from (row for row in child if row.tag == "tr" and not is_dropped(row))


def _cells(row: Any) -> Iterator[Any]:
    return (each for each in row if each.tag in ("td", "th") and not is_dropped(each))


def _span(element: Any, name: str, zero: int = 1) -> int:
    found = _SPAN.match(element.get(name) or "1")
    number = int(found[1]) if found else 1
    return number or zero


def _text(element: Any) -> str:
    """The text of a cell; its paragraphs on lines of their own."""
    words = Words()
    walk = etree.iterwalk(element, events=("start", "end", "comment"))
    for event, inner in walk:
        if event == "start":
            if is_dropped(inner):
                walk.skip_subtree()
                continue
            if inner.tag in BLOCKS:
                words.parts.append("\n")
            words.enter(inner)
        elif inner is not element:
            if inner.tag in BLOCKS:
                words.parts.append("\n")
            words.add(inner.tail)
    lines = (line.strip(" ") for line in words.taken()[0].replace("\t", " ").split("\n"))
    return "\n".join(line for line in lines if line)
