"""The neutral document: headings, paragraphs, tables, charts, each knowing its figures. Readers fill it, writers print it."""

from mingzhang.documents.blocks import (
    Block,
    Chart,
    Contents,
    Document,
    Heading,
    Metadata,
    PageBreak,
    Paragraph,
    Series,
    Table,
    TableCell,
    TableRow,
)
from mingzhang.documents.explanations import Explanation
from mingzhang.documents.located import Box, Page, Place, Run, Text, places
from mingzhang.documents.problems import Problem
from mingzhang.documents.spans import Figure, Span

__all__ = [
    "Block",
    "Box",
    "Chart",
    "Contents",
    "Document",
    "Explanation",
    "Figure",
    "Heading",
    "Metadata",
    "Page",
    "PageBreak",
    "Paragraph",
    "Place",
    "Problem",
    "Run",
    "Series",
    "Span",
    "Table",
    "TableCell",
    "TableRow",
    "Text",
    "places",
]
