"""Raw documents for tests: composed ones as a reader would give them back, and tables written by hand."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from mingzhang.catalogue.loading import (
    economic_classification,
    edition,
    editions,
    functional_classification,
    vocabulary,
)
from mingzhang.documents import (
    Document,
    Heading,
    Metadata,
    Page,
    Paragraph,
    Span,
    Table,
    TableCell,
    TableRow,
    Text,
)
from mingzhang.facts import Vocabulary
from mingzhang.read.reading import Reading
from mingzhang.read.recognise import recognise


def understood(document: Document) -> tuple[Reading, Vocabulary]:
    """The document recognised with the whole catalogue."""
    return recognise(
        document,
        [edition(name) for name in editions()],
        lambda found, year: vocabulary(year, found.code_names),
        functional_classification(),
        economic_classification(),
    )


def paragraph(text: str) -> Paragraph:
    return Paragraph((Span(text),))


def as_read(document: Document) -> Document:
    """A composed document as a reader gives it back: paragraphs and bare grids, nothing understood."""
    blocks: list[Paragraph | Table] = []
    for block in document.blocks:
        if isinstance(block, Heading):
            blocks.append(paragraph(block.text))
        elif isinstance(block, Paragraph):
            blocks.append(Paragraph(block.spans))
        elif isinstance(block, Table):
            above = (block.number, block.title, f"部门：{block.entity}", f"金额单位：{block.unit}")
            blocks += [paragraph(text) for text in above if text]
            blocks.append(bare(block))
            blocks += [paragraph(note) for note in block.notes]
    return report(blocks, document.title)


def bare(table: Table) -> Table:
    """The grid of a table alone: texts and spans."""
    rows = [
        TableRow(tuple(TableCell(cell.text, columns=cell.columns, rows=cell.rows) for cell in row.cells))
        for row in (*table.header, *table.body)
    ]
    return Table("", (), tuple(rows), table.widths)


def report(blocks: Sequence[Paragraph | Table], title: str = "", medium: str = "pdf") -> Document:
    """A raw document of these blocks."""
    return Document(title, Metadata("", 0, "", date.min), tuple(blocks), medium=medium)


def table(*lines: str) -> Table:
    """A table from lines of cells: `a | b | c`. A cell `<` belongs to the one at its left, `^` to the one above."""
    texts = [[cell.strip() for cell in line.split("|")] for line in lines]
    rows = []
    for number, line in enumerate(texts):
        cells = []
        for column, text in enumerate(line):
            if text not in ("<", "^"):
                wide, high = _reach(texts, number, column)
                cells.append(TableCell(text, columns=wide, rows=high))
        rows.append(TableRow(tuple(cells)))
    return Table("", (), tuple(rows), ())


def _reach(texts: list[list[str]], row: int, column: int) -> tuple[int, int]:
    wide, high = 1, 1
    while column + wide < len(texts[row]) and texts[row][column + wide] == "<":
        wide += 1
    while row + high < len(texts) and texts[row + high][column] == "^":
        high += 1
    return wide, high


def with_places(document: Document) -> Document:
    """The same document with one page, and every cell and paragraph knowing its place on it."""
    page, blocks = "", []
    for block in document.blocks:
        if isinstance(block, Paragraph):
            start, page = len(page), f"{page}{block.text}\n"
            blocks.append(Paragraph(block.spans, block.kind, _located(block.text, start)))
        elif isinstance(block, Table):
            rows = []
            for row in block.body:
                cells = []
                for cell in row.cells:
                    start, page = len(page), f"{page}{cell.text}\n"
                    located = _located(cell.text, start)
                    cells.append(TableCell(cell.text, columns=cell.columns, rows=cell.rows, located=located))
                rows.append(TableRow(tuple(cells)))
            blocks.append(Table("", (), tuple(rows), ()))
    return Document(document.title, document.metadata, tuple(blocks), (Page(1, page),), "pdf")


def _located(text: str, start: int) -> Text:
    return Text(text, range(start, start + len(text)))
