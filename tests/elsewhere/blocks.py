"""What a report of another province consists of, before it becomes a file: headings, paragraphs and tables."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

Row = Sequence["str | Span"]


@dataclass(frozen=True)
class Span:
    """A cell over several columns or rows."""

    text: str
    columns: int = 1
    rows: int = 1


@dataclass(frozen=True)
class Heading:
    """A heading; 1 is a part, 2 a section, 3 a sub-section."""

    text: str
    level: int


@dataclass(frozen=True)
class Paragraph:
    """A paragraph of running text."""

    text: str


@dataclass(frozen=True)
class Table:
    """A table with its title, the words above it and rows of cells; a spanned place holds no cell."""

    title: str
    above: tuple[str, ...]
    rows: tuple[Row, ...]
    below: str = ""


Block = Heading | Paragraph | Table
