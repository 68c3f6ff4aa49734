"""Blocks of a document. All are immutable; a document is a title, metadata and a tuple of blocks."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date

from mingzhang.documents.located import Page, Text
from mingzhang.documents.problems import Problem
from mingzhang.documents.spans import Figure, Span


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading; level 1 is a part (第一部分), 2 a section (一、), 3 a sub-section (（一）)."""

    level: int
    text: str
    anchor: str = ""
    located: Text | None = field(default=None, repr=False, compare=False)
    """Where it was read; None in a composed document. So with paragraphs and cells."""


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph of spans. `kind` is `body`, `note` (under a table), `list` (an enumerated item) or `caption`."""

    spans: tuple[Span, ...]
    kind: str = "body"
    located: Text | None = field(default=None, repr=False, compare=False)

    @property
    def text(self) -> str:
        """The plain text."""
        return "".join(span.text for span in self.spans)


@dataclass(frozen=True, slots=True)
class TableCell:
    """One cell. A cell with a figure shows `text` (rounded) and carries the exact value in the figure.

    `indent` counts levels of the row's label. Spanning cells stand once, at their top left corner.
    """

    text: str = ""
    figure: Figure | None = None
    columns: int = 1
    rows: int = 1
    align: str = "left"
    bold: bool = False
    indent: int = 0
    located: Text | None = field(default=None, repr=False, compare=False)


@dataclass(frozen=True, slots=True)
class TableRow:
    """One row; `kind` is `header`, `numbers` (栏次), `body` or `total`."""

    cells: tuple[TableCell, ...]
    kind: str = "body"


@dataclass(frozen=True, slots=True)
class Table:
    """A table with its official furniture: number (公开01表), entity line, unit line, notes below.

    `widths` are relative column widths, one per grid column. `landscape` asks for a turned page. `empty` says
    that the form holds no figure this year; its statement then stands in `notes`. `sums` lists live totals for
    spreadsheets: (row, column) of a body grid cell → the grid cells it adds up.
    """

    title: str
    header: tuple[TableRow, ...]
    body: tuple[TableRow, ...]
    widths: tuple[float, ...]
    number: str = ""
    entity: str = ""
    unit: str = ""
    notes: tuple[str, ...] = ()
    landscape: bool = False
    empty: bool = False
    name: str = ""
    sums: dict[tuple[int, int], tuple[tuple[int, int, int], ...]] = field(default_factory=dict)
    """{(body row, grid column): ((body row, grid column, +1 or −1), …)}: exact live totals."""


@dataclass(frozen=True, slots=True)
class Series:
    """One series of a chart: a name and one figure per category."""

    name: str
    figures: tuple[Figure, ...]


@dataclass(frozen=True, slots=True)
class Chart:
    """One chart for all outputs. `kind` is `bars` (grouped columns) or `ring` (shares of a whole)."""

    name: str
    caption: str
    kind: str
    categories: tuple[str, ...]
    series: tuple[Series, ...]
    unit: str
    description: str = ""
    """What the chart shows, in a sentence, for readers who cannot see it."""


@dataclass(frozen=True, slots=True)
class PageBreak:
    """A new page."""


@dataclass(frozen=True, slots=True)
class Contents:
    """The table of contents stands here."""


Block = Heading | Paragraph | Table | Chart | PageBreak | Contents


@dataclass(frozen=True, slots=True)
class Metadata:
    """What a file says of itself. `published_on` fixes every date in the files; `watermark` is printed on every page."""

    department: str
    year: int
    edition: str
    published_on: date
    version: int = 1
    watermark: str = ""
    subtitle: str = ""
    author: str = ""
    language: str = "zh-CN"


@dataclass(frozen=True, slots=True)
class Document:
    """A whole document, as read or as composed."""

    title: str
    metadata: Metadata
    blocks: tuple[Block, ...]
    pages: tuple[Page, ...] = field(default=(), repr=False)
    """The pages it was read from; none in a composed document."""
    medium: str = ""
    """`pdf`, `docx`, `html`, `txt` or `xlsx` where it was read."""
    problems: tuple[Problem, ...] = field(default=(), repr=False)
    """What the reader left out or could not read, such as hidden sheets and formulas without a value."""

    def figures(self) -> Iterator[Figure]:
        """Every printed figure in reading order."""
        for block in self.blocks:
            if isinstance(block, Paragraph):
                yield from (span.figure for span in block.spans if span.figure)
            elif isinstance(block, Table):
                for row in (*block.header, *block.body):
                    yield from (cell.figure for cell in row.cells if cell.figure)
            elif isinstance(block, Chart):
                for series in block.series:
                    yield from series.figures

    def tables(self) -> Iterator[Table]:
        """Every table in reading order."""
        yield from (block for block in self.blocks if isinstance(block, Table))
