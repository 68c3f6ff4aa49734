"""The table of contents (目录) against the body: parts and sections that it announces and the body does not have."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher

from mingzhang.audit.remark import Remark
from mingzhang.audit.words.page import Line, Spot, Words, characters
from mingzhang.documents import Text

_PART = re.compile(r"第[一二三四五六七八九十]+部分")
_SECTION = re.compile(r"[一二三四五六七八九十]{1,3}、")
_SUB_SECTION = re.compile(r"\([一二三四五六七八九十]{1,3}\)|\d{1,2}[.、]")
_PAGE_NUMBER = re.compile(r" ?(?:PAGEREF|TOC|HYPERLINK).*|[.·…．。\-—_ ]*\d*\Z", re.IGNORECASE)
_ALIKE = 0.6
_MOST = 200
"""Longer tables of contents belong to other kinds of documents."""


@dataclass(frozen=True, slots=True)
class _Entry:
    """One entry of the contents: its number as printed, its title, the number of the part it stands in."""

    text: Text
    number: str
    title: str
    part: str

    @property
    def spot(self) -> Spot:
        return Spot(self.text, 0, len(self.number) + len(self.title))


def check(words: Words) -> Iterator[Remark]:
    """What the contents announce, entry by entry. Tables are looked for elsewhere."""
    entries = _entries(words)
    if len(entries) > _MOST:
        return
    parts = {match[0]: line for line in words.lines if line.level == 1 and (match := _PART.match(line.plain))}
    for entry in entries:
        if entry.number == entry.part:
            if entry.part not in parts and len(parts) > 1:
                yield from _missing_part(words, entry)
        elif entry.part in parts and parts[entry.part].part_kind != "tables":
            yield from _section(words, entry, parts[entry.part])


def _entries(words: Words) -> list[_Entry]:
    """The entries; a line without a number goes on with the one before it."""
    joined: list[Text] = []
    for line in words.contents:
        if joined and not any(each.match(line.text) for each in (_PART, _SECTION, _SUB_SECTION)):
            if not _PAGE_NUMBER.sub("", joined[-1].text)[-1:].isascii():
                joined[-1] = joined[-1] + line
            continue
        joined.append(line)
    found, part = [], ""
    for text in joined:
        number = _PART.match(text.text) or _SECTION.match(text.text)
        if number is None:
            continue
        part = number[0] if _PART.match(text.text) else part
        title = _PAGE_NUMBER.sub("", text.text[number.end() :])
        found.append(_Entry(text, number[0], title, part))
    return found


def _missing_part(words: Words, entry: _Entry) -> Iterator[Remark]:
    """A part whose heading the body lacks, told where its title stands without its number, or in the contents."""
    bare = next(
        (
            line
            for line in words.lines
            if characters(line.plain) == characters(entry.title) and len(entry.title) > 3
        ),
        None,
    )
    printed = words.whole_text.count(re.sub(r"\s+", "", entry.number)) > 1
    if printed or (bare is None and not words.readable):
        return
    spots = [bare.spot(), entry.spot] if bare else [entry.spot]
    what = "正文的标题漏了序号" if bare else "正文没有这一部分的标题"
    yield words.remark(
        "contents", "warning", f"目录列有“{entry.number} {entry.title}”，{what}", spots, "正文与目录对应"
    )


def _section(words: Words, entry: _Entry, part: Line) -> Iterator[Remark]:
    """A section whose heading differs from the contents, or that the body does not have at all."""
    headings = [line for line in words.lines if line.part == part.plain and line.level == 2]
    if not headings or any(characters(entry.title) == _title(line) for line in headings):
        return
    same_number = next((line for line in headings if line.plain.startswith(entry.number)), None)
    if same_number is not None:
        likeness = SequenceMatcher(None, characters(entry.title), _title(same_number)).ratio()
        if likeness >= _ALIKE:
            yield words.remark(
                "contents",
                "notice",
                f"目录的“{entry.title}”在正文中作“{_SECTION.sub('', same_number.plain)}”",
                [entry.spot, same_number.spot()],
                "统一目录与正文的标题",
            )
    elif words.readable and words.characters.count(characters(entry.title)) == 1:
        yield words.remark(
            "contents",
            "warning",
            f"目录列有“{entry.number}{entry.title}”，正文没有",
            [entry.spot],
            "补上正文，或从目录中删去",
        )


def _title(line: Line) -> str:
    return characters(_SECTION.sub("", line.plain))
