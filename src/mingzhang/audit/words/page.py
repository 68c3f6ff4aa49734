"""What the checks of wording look at: the lines of a report with the headings they stand under, and its figures."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property

from mingzhang.audit.remark import Remark
from mingzhang.audit.words.phrases import Phrases
from mingzhang.documents import Document, Heading, Paragraph, Place, Table, Text, places
from mingzhang.facts import Statement, Verdict
from mingzhang.forms import Classification, Edition

_KINDS = (
    ("glossary", re.compile(r"名词解释|术语")),
    ("annex", re.compile(r"附件|附表|附录")),
    ("narrative", re.compile(r"说明|决算情况")),
    ("tables", re.compile(r"决算表|决算公开表|报表|表格")),
    ("overview", re.compile(r"概况|基本情况|职责|职能")),
)


_BARE_PART = re.compile(r"第[一二三四五六七八九十]+部分:?")
_SENTENCE = re.compile(r"[,。;]")
_NUMBERED = re.compile(r"\(?(?:[一二三四五六七八九十]{1,3}|\d{1,2})[、.)](?!\d)|[①-⑳]")
_TITLE, _LONG = 40, 2000


@dataclass(frozen=True, slots=True)
class Line:
    """A heading or paragraph of the report. `level` is 0 for paragraphs; `part` … are the headings it stands under."""

    at: int
    """Its number among the document's blocks."""
    text: Text = field(repr=False)
    plain: str
    kind: str
    level: int = 0
    part: str = ""
    section: str = ""
    sub_section: str = ""

    @property
    def part_kind(self) -> str:
        """`overview`, `tables`, `narrative`, `glossary`, `annex`, or empty where the part says nothing known."""
        return next((kind for kind, pattern in _KINDS if pattern.search(self.part)), "")

    def spot(self, start: int = 0, end: int | None = None) -> Spot:
        """A range of the line's characters; the whole line where none is given."""
        return Spot(self.text, start, len(self.text) if end is None else end)


@dataclass(frozen=True, slots=True)
class Spot:
    """A range of characters in a text that knows its places."""

    text: Text
    start: int
    end: int

    @property
    def quote(self) -> str:
        """The characters."""
        return self.text.text[self.start : self.end]


@dataclass(frozen=True)
class Words:
    """One report read and understood, as far as its words are concerned."""

    document: Document
    statements: tuple[Statement, ...] = ()
    blank_rows: frozenset[str] = frozenset()
    empty_forms: frozenset[str] = frozenset()
    unreadable_forms: frozenset[str] = frozenset()
    edition: Edition | None = None
    functional: Classification | None = None
    economic: Classification | None = None
    contents: tuple[Text, ...] = ()
    """The lines of the table of contents (目录), where there is one."""
    phrases: Phrases = field(default_factory=Phrases)
    suspected: frozenset[str] = frozenset()
    """Figures that are wrong already: that words do not fit them follows."""

    @property
    def department(self) -> str:
        """Whose report it is; empty where unknown."""
        return self.document.metadata.department

    @property
    def year(self) -> int:
        """The year of the report, 0 where unknown."""
        return self.document.metadata.year

    @cached_property
    def lines(self) -> tuple[Line, ...]:
        """Headings and paragraphs in reading order."""
        return tuple(_lines(self.document))

    @cached_property
    def paragraphs(self) -> tuple[Line, ...]:
        """The running text: paragraphs that are neither captions nor notes to a table."""
        return tuple(line for line in self.lines if line.kind in ("body", "list"))

    @cached_property
    def items(self) -> tuple[Line, ...]:
        """The running text item by item: paragraphs that follow each other without a number or heading as one."""
        found: list[Line] = []
        end = -1
        for line in self.paragraphs:
            before = found[-1] if found else None
            if before and line.at == end + 1 and not _NUMBERED.match(line.plain) and len(before.text) < _LONG:
                found[-1] = replace(before, text=before.text + line.text, plain=before.plain + line.plain)
            else:
                found.append(line)
            end = line.at
        return tuple(found)

    @cached_property
    def offsets(self) -> tuple[tuple[int, int, Statement], ...]:
        """First and last document-wide offset of each statement, in reading order."""
        firsts = {page.number: page.first for page in self.document.pages}
        found = [
            (firsts[each.places[0].page] + each.places[0].start, _last(each.places, firsts), each)
            for each in self.statements
            if each.places and each.places[0].page in firsts
        ]
        return tuple(sorted(found, key=lambda entry: entry[:2]))

    @cached_property
    def whole_text(self) -> str:
        """Everything printed, without spaces."""
        return re.sub(r"\s+", "", "".join(page.text for page in self.document.pages))

    @property
    def readable(self) -> bool:
        """Whether every page could be read."""
        return all(page.readable for page in self.document.pages)

    @cached_property
    def characters(self) -> str:
        """Everything printed, reduced to Chinese characters, letters and digits: what titles are looked for in."""
        return characters(self.whole_text)

    def statements_of(self, line: Line) -> list[Statement]:
        """The figures printed in a line, in order."""
        if not line.text.offsets:
            return []
        low, high = min(line.text.offsets), max(line.text.offsets)
        first = bisect_left(self.offsets, low, key=lambda entry: entry[0])
        last = bisect_right(self.offsets, high, key=lambda entry: entry[0])
        return [
            each for _, end, each in self.offsets[first:last] if each.source == "text" and end <= high + 1
        ]

    def printed(self, text: Text) -> str:
        """The characters of a text as the page prints them, one for each plain one: “ and ” are still told apart."""
        pages = self.document.pages
        firsts = [page.first for page in pages]
        found = []
        for offset, plain in zip(text.offsets, text.text, strict=True):
            page = pages[max(bisect_right(firsts, offset) - 1, 0)] if pages else None
            at = offset - page.first if page else -1
            found.append(page.text[at] if page and 0 <= at < len(page.text) else plain)
        return "".join(found)

    def where(self, spots: Iterable[Spot]) -> tuple[Place, ...]:
        """The places of spots, each once, in order."""
        found = [
            place for spot in spots for place in places(spot.text, self.document.pages, spot.start, spot.end)
        ]
        return tuple(dict.fromkeys(found))

    def remark(
        self,
        rule: str,
        severity: str,
        message: str,
        spots: Sequence[Spot],
        remedy: str,
        *,
        basis: str = "",
        should_be: str = "",
        statements: Iterable[Statement] = (),
    ) -> Remark:
        """A remark on words; of figures that take part their places follow those of the words."""
        figures = tuple(statements)
        own = self.where(spots)
        others = tuple(place for each in figures for place in each.places if place not in own)
        return Remark(
            rule,
            Verdict.WORDING,
            severity,
            message,
            (*own, *others),
            tuple(dict.fromkeys(each.id for each in figures)),
            spots[0].quote if spots else "",
            should_be,
            "",
            remedy,
            basis,
        )


def characters(text: str) -> str:
    """A text as titles are compared: Chinese characters, letters and digits alone.

    >>> characters("十、“三公”经费（一）")
    '十三公经费一'
    """
    return re.sub(r"[^一-龥A-Za-z\d]", "", text)


def tables(words: Words) -> tuple[Table, ...]:
    """The tables in reading order."""
    return tuple(words.document.tables())


def _last(found: Sequence[Place], firsts: dict[int, int]) -> int:
    return firsts.get(found[-1].page, 0) + found[-1].end


def _lines(document: Document) -> Iterable[Line]:
    part = section = sub_section = ""
    for at, block in enumerate(document.blocks):
        if not isinstance(block, Heading | Paragraph) or block.located is None or not len(block.located):
            continue
        text = block.located
        if _BARE_PART.fullmatch(part) and len(text) <= _TITLE and not _SENTENCE.search(text.text):
            part += text.text
        if isinstance(block, Paragraph):
            yield Line(at, text, text.text, block.kind, 0, part, section, sub_section)
            continue
        if block.level == 1:
            part, section, sub_section = text.text, "", ""
        elif block.level == 2:
            section, sub_section = text.text, ""
        elif block.level == 3:
            sub_section = text.text
        yield Line(at, text, text.text, "heading", block.level, part, section, sub_section)
