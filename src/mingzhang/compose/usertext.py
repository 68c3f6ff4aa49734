"""The user's own sections: plain text with light marks, slots allowed.

Paragraphs are separated by line ends. `# ` begins a heading, `## ` one below it; `1.` and the like are kept as
written, and lines of the form `|a|b|c|` make a table whose first line is the header; a line `|---|---|` is left out.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from mingzhang.compose.template import Writer
from mingzhang.documents import Block, Heading, Paragraph, Table, TableCell, TableRow


def compose_user_text(text: str, writer: Writer, key: str, *, level: int = 2) -> list[Block]:
    """Blocks of a user's text kept under a key; a slot that cannot be understood is shown as missing, never lost."""
    blocks: list[Block] = []
    rows: list[list[str]] = []
    above = level - 1
    for line in _lines(text):
        if line.startswith("|") and line.endswith("|") and line.strip("|- :"):
            rows.append([cell.strip() for cell in line[1:-1].split("|")])
            continue
        if rows and line.startswith("|") and not line.strip("|- :"):
            continue
        if rows:
            blocks.append(_table(rows, writer))
            rows = []
        if line.startswith("#"):
            marks = len(line) - len(line.lstrip("#"))
            if words := line.lstrip("# "):
                above = min(level + marks - 1, above + 1, 4)
                blocks.append(Heading(above, _words(words, writer)))
        elif line:
            blocks.append(Paragraph(writer.render_user(line, key)))
    return blocks


def _lines(text: str) -> Iterator[str]:
    """Lines of the text, stripped, and an empty one at the end; within a table row other line breaks are spaces."""
    for line in re.split(r"\r\n?|\n", text):
        if line.strip().startswith("|"):
            yield " ".join(line.split())
        else:
            yield from (part.strip() for part in line.splitlines())
    yield ""


def _words(text: str, writer: Writer) -> str:
    return "".join(span.text for span in writer.render_user(text))


def _table(rows: list[list[str]], writer: Writer) -> Table:
    width = max(map(len, rows))
    even = [[*row, *[""] * (width - len(row))] for row in rows]
    header, *body = even
    longest = [max(len(row[column]) for row in even) for column in range(width)]
    return Table(
        title="",
        header=(
            TableRow(
                tuple(TableCell(_words(cell, writer), align="center", bold=True) for cell in header), "header"
            ),
        ),
        body=tuple(TableRow(tuple(TableCell(_words(cell, writer)) for cell in row)) for row in body),
        widths=tuple(min(max(size, 4), 30) ** 0.7 for size in longest),
    )
