"""Forced line breaks inside a paragraph of a web page or Word file: which of them part paragraphs."""

from __future__ import annotations

import re
from collections.abc import Iterator

from mingzhang.documents import Paragraph
from mingzhang.read.reports.lines import begins_paragraph, ends_sentence, says_sentence
from mingzhang.read.reports.pages import PageText, paragraph
from mingzhang.read.reports.plain import Piece

_LINE = re.compile(r"[^\n]*\n?")
_SHORT = 60


def write_paragraphs(page: PageText, text: str) -> Iterator[Paragraph]:
    """Write a block's text, closed by a line break, and tell its logical paragraphs."""
    start = page.first + page.length
    page.write(text + "\n")
    for pieces in _groups(text, start):
        block = paragraph(pieces)
        if block:
            yield block


def _groups(text: str, start: int) -> Iterator[list[Piece]]:
    group: list[Piece] = []
    for found in _LINE.finditer(text):
        if not found[0].strip():
            continue
        if group and _parts(group[-1][1], found[0]):
            yield group
            group = []
        group.append((start + found.start(), found[0]))
    if group:
        yield group


def _parts(before: str, line: str) -> bool:
    """Whether a forced break parts two paragraphs; a long title broken in two stays one."""
    if begins_paragraph(line.strip()) or line.startswith(("\u3000", "\u00a0\u00a0", "    ")):
        return True
    if ends_sentence(before.strip()) or says_sentence(before) or says_sentence(line):
        return not before.strip().endswith(("，", "、", ","))
    return max(len(before), len(line)) > _SHORT or bool(re.search(r"[：:]", before))
