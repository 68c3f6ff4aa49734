"""The outline of a report: which paragraphs are headings, and which only list them (目录)."""

from __future__ import annotations

import re
from collections.abc import Sequence

from mingzhang.documents import Block, Contents, Heading, Paragraph, Text
from mingzhang.read.headings import heading_level
from mingzhang.read.recognise.captions import is_note, read_caption
from mingzhang.read.texts import plain

_CONTENTS = re.compile(r"目录|目\s*录|CONTENTS", re.IGNORECASE)
_LEADER = re.compile(r"[.·…．。]{3,}\d*\Z|[.·…]{2,}\d+\Z")
_SMALL = re.compile(r"\d{1,2}[.、．](?!\d)(?!.*\((?:类|款|项)\))[^。；;，,：:\d]{2,30}\Z")
_LONGEST_ENTRY = 80


def text_of(block: Block) -> str:
    """The plain text of a heading or paragraph, empty for other blocks."""
    if not isinstance(block, Heading | Paragraph):
        return ""
    return plain(block.located.text if block.located is not None else block.text)


def outlined(blocks: Sequence[Block]) -> list[Block]:
    """The blocks with headings told apart from paragraphs, and the table of contents as one block."""
    first, last = contents_range(blocks)
    found: list[Block] = []
    for number, block in enumerate(blocks):
        if first <= number < last:
            if number == first:
                found.append(Contents())
            continue
        found.append(_outlined(block))
    return found


def _outlined(block: Block) -> Block:
    if not isinstance(block, Paragraph):
        return block
    text = text_of(block)
    level = heading_level(text) or (4 if _SMALL.match(text) else 0)
    if level and not is_note(text):
        return Heading(level, block.located.text if block.located else block.text, located=block.located)
    if is_note(text):
        return Paragraph(block.spans, "note", block.located)
    if block.kind == "body" and len(text) <= 60 and read_caption(text).title:
        return Paragraph(block.spans, "caption", block.located)
    return block


def contents_range(blocks: Sequence[Block]) -> tuple[int, int]:
    """The blocks that list the contents: from 目录 to before the first entry stands again. (0, 0) where none do."""
    texts = [text_of(block) for block in blocks]
    for number, text in enumerate(texts):
        if _CONTENTS.fullmatch(text):
            return number, _end(blocks, texts, number)
    return 0, 0


def contents_of(blocks: Sequence[Block]) -> tuple[Text, ...]:
    """The lines of the table of contents of a raw document, without its title."""
    first, last = contents_range(blocks)
    return tuple(
        block.located
        for block in blocks[first + 1 : last]
        if isinstance(block, Heading | Paragraph) and block.located is not None
    )


def _end(blocks: Sequence[Block], texts: Sequence[str], start: int) -> int:
    entries = [at for at in range(start + 1, len(texts)) if texts[at]]
    if not entries:
        return start + 1
    first = _entry(texts[entries[0]])
    for at in entries[1:]:
        if len(first) > 3 and _entry(texts[at]).startswith(first[:30]):
            return at
    after = "\n".join(texts)
    end = start + 1
    for at in range(start + 1, len(blocks)):
        entry = _entry(texts[at])
        if not isinstance(blocks[at], Heading | Paragraph) or len(entry) > _LONGEST_ENTRY:
            break
        if not (_LEADER.search(texts[at]) or after.count(entry) > 1):
            break
        end = at + 1
    return end


def _entry(text: str) -> str:
    """A line of contents without leaders and page number."""
    return re.sub(r"[.·…．。\-—]*\d*\Z", "", text)
