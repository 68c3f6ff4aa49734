"""Plain text, as taken out of a PDF or written so: lines joined into paragraphs, flattened tables found, nothing moved."""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator
from pathlib import Path

from mingzhang.documents import Block, Document, Page, Problem
from mingzhang.read.reports.coded_text import coded_text
from mingzhang.read.reports.flat_tables import FlatTables
from mingzhang.read.reports.lines import Layout, Line, lines_of, paragraphs
from mingzhang.read.reports.pages import paragraph, raw_document
from mingzhang.read.reports.sources import content
from mingzhang.read.reports.two_sided_text import two_sided
from mingzhang.read.unreadable import UnreadableFileError

_LARGEST = 20 * 1024 * 1024
_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_LEGIBLE = re.compile(r"[\u2010-\u203b\u3000-\u303f\u4e00-\u9fff\uff00-\uffef\x20-\x7e\s]")


def read_txt(source: Path | bytes, name: str = "") -> Document:
    """Read a plain-text report; `page.text` is the file's text as decoded, so offsets are the file's own.

    Raises UnreadableFileError for an empty, far too large or binary file.
    """
    raw, name = content(source, name, _LARGEST)
    text = decoded(raw, name)
    return raw_document(name, text_blocks(text), (Page(1, text),), "txt")


def text_blocks(text: str, base: int = 0) -> Iterator[Block]:
    """The paragraphs and flattened tables of running text, whose first character has the offset `base`."""
    lines = lines_of(text)
    yield from line_blocks(lines, Layout.of(lines), base)


def line_blocks(lines: list[Line], layout: Layout, base: int = 0) -> Iterator[Block]:
    """The paragraphs and flattened tables of lines that follow each other."""
    tables = FlatTables(lines)
    run: list[Line] = []
    at = 0
    while at < len(lines):
        sided = two_sided(lines, at)
        if sided and not tables.tabbed(at):
            yield from _joined(run, layout, base)
            run = []
            yield from [sided.table(base)] if sided.rows else _apart(lines[at : sided.end], layout, base)
            at = sided.end
            continue
        coded = coded_text(lines, at)
        if coded and not tables.tabbed(coded.body):
            yield from _joined(run, layout, base)
            run = []
            yield from _apart(lines[at : coded.head], layout, base)
            yield coded.table(base)
            at = coded.end
            continue
        found = tables.starting(at)
        if found is None and not tables.is_row(at):
            run.append(lines[at])
            at += 1
            continue
        yield from _joined(run, layout, base)
        run = []
        if found is None:
            yield from _joined(lines[at : at + 1], layout, base)
            at += 1
            continue
        yield found.table(base)
        at = found.end
    yield from _joined(run, layout, base)


def _apart(lines: list[Line], layout: Layout, base: int) -> Iterator[Block]:
    """Rows that were not read: each line stays by itself."""
    for line in lines:
        yield from _joined([line], layout, base)


def _joined(run: list[Line], layout: Layout, base: int) -> Iterator[Block]:
    for lines in paragraphs(run, layout):
        block = paragraph(((base + line.start, line.text) for line in lines), wrapped=True)
        if block:
            yield block


def decoded(raw: bytes, name: str) -> str:
    """The text of a file in UTF-8, UTF-16 or GB18030; raises UnreadableFileError where it is none of them."""
    for mark, encoding in _BOMS:
        if raw.startswith(mark):
            return raw.decode(encoding, errors="replace")
    if b"\0" not in raw:
        for encoding in ("utf-8", "gb18030"):
            try:
                return raw.decode(encoding)
            except UnicodeDecodeError:
                continue
        return _mostly_legible(raw, name)
    for encoding in ("utf-16-le", "utf-16-be"):
        try:
            text = raw.decode(encoding)
        except UnicodeDecodeError:
            continue
        if _legible_share(text) > 0.9:
            return text
    text = raw.replace(b"\0", b" ").decode("utf-8", errors="replace")
    if raw.count(b"\0") * 20 < len(raw) and _legible_share(text) > 0.8:
        return text
    raise _not_text(name)


def _mostly_legible(raw: bytes, name: str) -> str:
    """A damaged text: read what can be read, in the encoding that spoils least of it."""
    texts = [raw.decode(encoding, errors="replace") for encoding in ("utf-8", "gb18030")]
    best = min(texts, key=lambda text: text.count("\ufffd"))
    if best.count("\ufffd") * 50 > len(best) or _legible_share(best) < 0.8:
        raise _not_text(name)
    return best


def _legible_share(text: str) -> float:
    sample = text[:20_000]
    return len(_LEGIBLE.findall(sample)) / max(len(sample), 1)


def _not_text(name: str) -> UnreadableFileError:
    what = "这不是纯文本文件，无法识别其编码"
    return UnreadableFileError(Problem("not_text", what, name, "另存为 UTF-8 编码的文本后再核对"))
