"""Forms that a report announces and that could not be read: a caption without a table, a table that is a picture."""

from __future__ import annotations

import re
from collections.abc import Sequence

from mingzhang.documents import Block, Document, Heading, Paragraph, Table
from mingzhang.forms import Edition
from mingzhang.read.recognise.captions import read_caption
from mingzhang.read.recognise.gather import Found
from mingzhang.read.recognise.kinds import kind_of_title
from mingzhang.read.recognise.outline import text_of

_TABLES_PART = re.compile(r"(?:第[一二三四五六七八九十]+部分)?.*(?:决算表|决算公开表|决算报表|决算表格)\Z")
_LONGEST = 50


def unreadable(
    blocks: Sequence[Block], found: Sequence[Found], edition: Edition, document: Document
) -> frozenset[str]:
    """Names of the edition's forms, and titles of other tables, of which only a caption or the part's heading was read."""
    read = {table.kind.name for table in found}
    names: set[str] = set()
    for number, block in enumerate(blocks):
        text = text_of(block)
        if not isinstance(block, Heading | Paragraph) or not 0 < len(text) <= _LONGEST:
            continue
        title = read_caption(text).title
        kind = kind_of_title(title) if title else None
        if kind is None or _table_follows(blocks, number):
            continue
        if kind.name and kind.name not in read:
            names.add(kind.name)
        elif kind.layout == "performance" and not any(table.kind.layout == "performance" for table in found):
            names.add(title)
    pictures = any(not page.readable for page in document.pages)
    if (document.medium == "txt" or pictures) and any(_opens_tables(block) for block in blocks):
        names |= {form.name for form in edition.forms if form.name not in read}
    return frozenset(names)


def _table_follows(blocks: Sequence[Block], number: int) -> bool:
    for block in blocks[number + 1 : number + 8]:
        if isinstance(block, Table):
            return True
        if len(text_of(block)) > _LONGEST or (isinstance(block, Heading) and block.level < 3):
            return False
    return False


def _opens_tables(block: Block) -> bool:
    text = text_of(block)
    return isinstance(block, Heading) and block.level == 1 and bool(_TABLES_PART.match(text))
