"""Headings told from paragraphs by their numbering and their words."""

from __future__ import annotations

import re
from dataclasses import replace

from mingzhang.documents import Document, Heading, Paragraph

_PART = re.compile(r"第[一二三四五六七八九十]+部分")
_SECTION = re.compile(r"[一二三四五六七八九十]{1,3}、")
_SUB_SECTION = re.compile(r"[（(][一二三四五六七八九十]{1,3}[）)]")
_SAYS_MORE = re.compile(r"[，；。：,;:]|\d(?:万元|元|%|人|辆|件)")
"""What a sentence has and a heading has not."""
_TITLE_LENGTH = 40


def heading_level(text: str) -> int:
    """1 for a part, 2 for a section, 3 for a sub-section, 0 for what is no heading.

    >>> [heading_level(text) for text in ("第三部分情况说明", "一、收入情况", "（二）结构情况。", "一、本年收入10万元。")]
    [1, 2, 3, 0]
    """
    if len(text) > _TITLE_LENGTH or _SAYS_MORE.search(text.rstrip("。：:")):
        return 0
    for level, pattern in ((1, _PART), (2, _SECTION), (3, _SUB_SECTION)):
        if pattern.match(text):
            return level
    return 0


def with_headings(document: Document) -> Document:
    """The same raw document, numbered titles among its paragraphs turned into headings."""
    blocks = []
    for block in document.blocks:
        level = heading_level(block.text) if isinstance(block, Paragraph) else 0
        blocks.append(
            Heading(level, block.text, located=block.located)
            if level and isinstance(block, Paragraph)
            else block
        )
    return replace(document, blocks=tuple(blocks))
