"""Characters → visual lines, whatever their order in the file, each once; digits set a little lower belong to their line."""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from operator import itemgetter
from statistics import median

from mingzhang.documents import Page
from mingzhang.read.pdf.glyphs import Glyph, Sheet
from mingzhang.read.reports.plain import Piece

_SAME_LINE = 0.5
_SPACE = 0.22
_WIDEST = 200
_DOUBLED = 0.18
"""A character printed again less than this much of its size away is the same one, made bold, …"""
_FARTHEST_DOUBLE = 8.0
"""… and never farther away than so many points."""


def visual_lines(glyphs: Iterable[Glyph]) -> list[list[Glyph]]:
    """The characters in lines from the top, each from left to right; one printed over itself stands once."""
    lines: list[list[Glyph]] = []
    line: list[Glyph] = []
    first, reach = 0.0, 0.0
    for glyph in sorted(glyphs, key=_level):
        _, _, top, _, bottom, size = glyph
        middle = (top + bottom) / 2
        if line and middle - first < (reach if reach > size else size) * _SAME_LINE:
            line.append(glyph)
        else:
            line = [glyph]
            lines.append(line)
            first, reach = middle, size
    return [_once(sorted(line, key=_LEFT)) for line in lines]


def _once(line: list[Glyph]) -> list[Glyph]:
    """The line without the characters that were printed again a little aside to make them bold."""
    lefts = [glyph[1] for glyph in line]
    near = [at for at, (one, other) in enumerate(pairwise(lefts), 1) if other - one < _FARTHEST_DOUBLE]
    for at in reversed(near):
        (character, left, top, *_), (again, beside, above, *_, size) = line[at - 1], line[at]
        reach = min(size * _DOUBLED, _FARTHEST_DOUBLE)
        if character == again and beside - left < reach and -reach < above - top < reach:
            del line[at]
    return line


_LEFT = itemgetter(1)


def _level(glyph: Glyph) -> float:
    return glyph[2] + glyph[4]


@dataclass(slots=True)
class PageWriter:
    """The text of a page as it grows, with a box for each character; `first` is its document-wide offset."""

    number: int
    first: int
    sheet: Sheet
    parts: list[str] = field(default_factory=list)
    boxes: array[float] = field(default_factory=lambda: array("f"))
    length: int = 0

    def line(self, glyphs: Sequence[Glyph], indent: int = 0) -> Piece:
        """Append a line, its gaps as spaces; return it with its place."""
        words: list[str] = [" " * indent]
        boxes: list[float] = [0.0] * (4 * indent)
        turned = self.sheet.corner is None
        end = float("inf")
        for glyph in glyphs:
            character, left, _, right, _, size = glyph
            gap = left - end
            if gap > _SPACE * size:
                spaces = min(max(1, round(2 * gap / size)), _WIDEST)
                words.append(" " * spaces)
                boxes += [0.0] * (4 * spaces)
            words.append(character)
            boxes += self.sheet.shown(glyph[1:5]) if turned else glyph[1:5]
            end = right
        boxes += (0.0, 0.0, 0.0, 0.0)
        text = "".join(words)
        piece = (self.first + self.length, text)
        self.parts.append(text + "\n")
        self.boxes.fromlist(boxes)
        self.length += len(text) + 1
        return piece

    def page(self, *, readable: bool = True) -> Page:
        """The finished page."""
        left, top, right, bottom = self.sheet.shown((0.0, 0.0, self.sheet.width, self.sheet.height))
        text = "".join(self.parts)
        return Page(self.number, text, self.first, right - left, bottom - top, self.boxes, readable)


def margin_of(lines: Sequence[Sequence[Glyph]]) -> tuple[float, float]:
    """The left edge that most long lines keep to, and the size of a character."""
    long = [line for line in lines if len(line) > 12] or list(lines)
    if not long:
        return 0.0, 12.0
    return min(line[0][1] for line in long), median([glyph[5] for line in long for glyph in line])


def indent_of(line: Sequence[Glyph], margin: float, size: float) -> int:
    """How far a line is set in, in half characters."""
    return min(max(0, round(2 * (line[0][1] - margin) / max(size, 1.0))), _WIDEST)
