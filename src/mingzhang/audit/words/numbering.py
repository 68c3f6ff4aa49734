"""Numbering (序号): headings and lists that skip a number or print one twice."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from mingzhang.audit.remark import Remark
from mingzhang.audit.words.numerals import chinese, value
from mingzhang.audit.words.page import Line, Spot, Words

_STYLES = (
    ("part", re.compile(r"第([一二三四五六七八九十]{1,3})部分")),
    ("section", re.compile(r"([一二三四五六七八九十]{1,3})、")),
    ("sub_section", re.compile(r"\(([一二三四五六七八九十]{1,3})\)")),
    ("item", re.compile(r"(\d{1,2})[、.](?=[^\d.、])")),
)
"""From the outermost in: a number of one style begins the counting of all that follow it anew."""
_NESTED = ("tables", "annex")
"""Parts where rows are numbered, or whole reports with a numbering of their own stand inside."""
_MOST = 3
"""More gaps than that are an excerpt or a page that was read badly."""
_MOST_ODD = 60


@dataclass(frozen=True, slots=True)
class _Numbered:
    line: Line
    style: int
    number: int
    label: str

    @property
    def spot(self) -> Spot:
        return self.line.spot(0, min(len(self.line.plain), 16))


def check(words: Words) -> Iterator[Remark]:
    """Numbers out of sequence, each with the one before it. A number that stands anywhere between is not missing."""
    found = []
    neighbours = [
        (one, other) for one, other in _neighbours(words) if other.number not in (1, one.number + 1)
    ]
    for before, after in neighbours if len(neighbours) <= _MOST_ODD else ():
        if after.number == before.number and after.number > 1 and before.line.plain != after.line.plain:
            found.append((f"序号重复：前后两处都是“{after.label}”", before, after))
        elif after.number > before.number + 1 and not _hidden(words, before, after):
            found.append((f"序号不连续：“{before.label}”之后是“{after.label}”", before, after))
    if len(found) > _MOST:
        return
    for message, before, after in found:
        grave = after.style < 2 and after.line.kind == "heading" and after.line.part_kind in ("narrative", "")
        severity = "warning" if grave else "notice"
        yield words.remark("numbering", severity, message, [after.spot, before.spot], "按顺序重新编号")


def _neighbours(words: Words) -> Iterator[tuple[_Numbered, _Numbered]]:
    """Each numbered line with the one before it of the same style in the same list."""
    last: dict[int, _Numbered] = {}
    for line in words.lines:
        if line.kind not in ("heading", "body", "list") or line.part_kind in _NESTED:
            continue
        here = _numbered(line)
        if here is None or (here.style == 0 and words.contents):
            continue
        for style in [style for style in last if style > here.style]:
            del last[style]
        before = last.get(here.style)
        if before is not None:
            yield before, here
        last[here.style] = here


def _numbered(line: Line) -> _Numbered | None:
    for style, (_, pattern) in enumerate(_STYLES):
        match = pattern.match(line.plain)
        if match:
            return _Numbered(line, style, value(match[1]), match[0])
    return None


def _hidden(words: Words, before: _Numbered, after: _Numbered) -> bool:
    """Whether a number that seems to be missing is printed somewhere between, inside a paragraph or a table."""
    if not before.line.text.offsets or not after.line.text.offsets:
        return True
    start, end = before.line.text.offsets[0] + 1, after.line.text.offsets[0]
    between = "".join(
        page.text[max(start - page.first, 0) : max(end - page.first, 0)] for page in words.document.pages
    )
    plain = re.sub(r"\s+", "", between)
    return any(
        re.search(_printed(after.style, number), plain) for number in range(before.number + 1, after.number)
    ) or not all(page.readable for page in words.document.pages)


def _printed(style: int, number: int) -> str:
    numeral = chinese(number)
    return (
        f"第{numeral}部分",
        f"{numeral}[、,.，．]",
        rf"[（(]{numeral}[）)]",
        rf"(?<!\d){number}[、.．,，]",
    )[style]
