"""Plain text, as taken out of a PDF or written so: lines joined into paragraphs, headings found, nothing moved."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from datetime import date

from mingzhang.documents import Block, Document, Heading, Metadata, Page, Paragraph, Problem, Span, Text
from mingzhang.read.unreadable import UnreadableFileError

_ENCODINGS = ("utf-8-sig", "gb18030")
_LARGEST = 20 * 1024 * 1024
_PART = re.compile(r"第[一二三四五六七八九十]+部分")
_SECTION = re.compile(r"[一二三四五六七八九十]{1,3}、")
_SUB_SECTION = re.compile(r"[（(][一二三四五六七八九十]{1,3}[）)]")
_ITEM = re.compile(r"\d{1,2}[.、．](?!\d)|[（(]\d{1,2}[）)]|[①-⑳]|注：|图\d")
_PAGE_NUMBER = re.compile(r"\s*[-—]?\s*\d{1,3}\s*[-—]?\s*\Z")
_QUOTES = str.maketrans({"＂": '"', "“": '"', "”": '"', "„": '"', "‟": '"'})
_SAYS_MORE = re.compile(r"[，；。：,;:]|\d(?:万元|元|%|人|辆|件)")
"""What a sentence has and a heading has not."""
_TITLE_LENGTH = 40
_FULL_LINE = 0.85
"""A line this much of the usual width goes on in the next one."""


def read_txt(source: bytes, name: str = "") -> Document:
    """Read a plain-text report; `page.text` is the file's text, so offsets are the file's own.

    Raises UnreadableFileError for an empty, far too large or binary file.
    """
    text = _decoded(source, name)
    blocks = tuple(_blocks(text))
    metadata = Metadata("", 0, "", date.min)
    return Document(name, metadata, blocks, (Page(1, text),), "txt")


def _decoded(source: bytes, name: str) -> str:
    if not source.strip():
        raise UnreadableFileError(Problem("file_empty", "文件是空的", name, "重新导出后再核对"))
    if len(source) > _LARGEST:
        what = f"文本有 {len(source) / 1024**2:.0f} MB，超过上限 {_LARGEST // 1024**2} MB"
        raise UnreadableFileError(Problem("file_too_large", what, name, "只保留一份决算报告的文本"))
    if source[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return source.decode("utf-16", errors="replace")
    if b"\0" not in source[:4096]:
        for encoding in _ENCODINGS:
            try:
                return source.decode(encoding)
            except UnicodeDecodeError:
                continue
    raise UnreadableFileError(
        Problem("not_text", "这不是纯文本文件，无法识别其编码", name, "另存为 UTF-8 编码的文本后再核对")
    )


def _blocks(text: str) -> Iterator[Block]:
    for start, end in _paragraphs(text):
        located = plain_text(text, start, end)
        if not located.text:
            continue
        level = heading_level(located.text)
        if level:
            yield Heading(level, located.text, located=located)
        else:
            yield Paragraph((Span(located.text),), located=located)


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


def _paragraphs(text: str) -> Iterator[tuple[int, int]]:
    """Ranges of paragraphs: a line as long as the usual width goes on, a short one ends."""
    lines = [
        (found.start(), found.end())
        for found in re.finditer(r"[^\n\r\f]+", text)
        if found[0].strip() and not _PAGE_NUMBER.match(found[0])
    ]
    if not lines:
        return
    widths = sorted(_width(text[start:end].strip()) for start, end in lines)
    usual = widths[int(len(widths) * 0.9)]
    begin, last = lines[0]
    for start, end in lines[1:]:
        line, before = text[start:end].strip(), text[begin:last]
        tail = before[max(before.rfind(end_of_line) for end_of_line in "\n\r\f") + 1 :].strip()
        goes_on = _width(tail) >= _FULL_LINE * usual
        if _begins(line, before) or not goes_on:
            yield begin, last
            begin = start
        last = end
    yield begin, last


def _begins(line: str, before: str) -> bool:
    ends = before.rstrip()[-1:] in "。！？：；" or not _SAYS_MORE.search(before)
    if _PART.match(line):
        return True
    return ends and bool(_SECTION.match(line) or _SUB_SECTION.match(line) or _ITEM.match(line))


def _width(line: str) -> int:
    return sum(2 if unicodedata.east_asian_width(character) in "WF" else 1 for character in line)


def plain_text(text: str, start: int, end: int) -> Text:
    """A range of the text without white space, in one width, with one kind of quotes; each character keeps its place."""
    kept = [(at, text[at]) for at in range(start, end) if not text[at].isspace()]
    characters: list[str] = []
    offsets: list[int] = []
    for at, character in kept:
        for piece in unicodedata.normalize("NFKC", character).translate(_QUOTES):
            characters.append(piece)
            offsets.append(at)
    return Text("".join(characters), offsets)
