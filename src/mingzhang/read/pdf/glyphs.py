"""The characters of a page where they are seen: upright, inside the page; hidden ones are left out."""

from __future__ import annotations

import ctypes
import math
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import compress, repeat
from operator import le

import pypdfium2 as pdfium
import pypdfium2.raw as raw

from mingzhang.documents import Box
from mingzhang.read.pdf.calls import NUMBER, Pointer, called_often, pointer_to

_MOST = 200_000
"""Characters of one page that are looked at."""
_INVISIBLE = 3
_WHITE = frozenset(map(ord, " \t\r\n\u00a0\u3000\u2002\u2003\u2009\u200b\ufeff\x00\x02\ufffe"))
_AT_ONCE = 4096

_UNICODE = called_often(raw.FPDFText_GetUnicode, ctypes.c_uint)
_BOX = called_often(raw.FPDFText_GetLooseCharBox, NUMBER)
_SIZE = called_often(raw.FPDFText_GetFontSize, ctypes.c_double)
_ANGLE = called_often(raw.FPDFText_GetCharAngle, ctypes.c_float)
_RUN = called_often(raw.FPDFText_GetTextObject, Pointer)
_MODE = called_often(raw.FPDFTextObj_GetTextRenderMode, NUMBER)
_BOXES = (ctypes.c_float * (4 * _AT_ONCE))()
"""Where pdfium puts the boxes of characters; it answers one thread only."""
_NUMBERS = memoryview(_BOXES).cast("B").cast("f")
_PLACES = [ctypes.byref(_BOXES, 16 * at) for at in range(_AT_ONCE)]


Glyph = tuple[str, float, float, float, float, float]
"""One character, its ink's left, top, right and bottom from the page's top left corner, its font's size; in points."""

Point = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Sheet:
    """A page turned so that its text is upright: its size, and how the file's coordinates become ours.

    `shown` turns a box of ours into the box on the page as viewers show it.
    """

    width: float
    height: float
    place: Callable[[float, float], Point]
    shown: Callable[[Box], Box]
    corner: Point | None = None
    """The page's top left corner in the file's coordinates where nothing is turned: boxes are only moved."""

    def box(self, left: float, bottom: float, right: float, top: float) -> Box:
        """A box of the file's coordinates as left, top, right, bottom from the top left corner."""
        if self.corner and left <= right and bottom <= top:
            x, y = self.corner
            return left - x, y - top, right - x, y - bottom
        return _around(self.place(left, bottom), self.place(right, top))


def _around(one: Point, other: Point) -> Box:
    (x0, y0), (x1, y1) = one, other
    return min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1)


def sheet_of(page: pdfium.PdfPage, turned: int = 0) -> Sheet:
    """The page with text that is turned by so many quarters to the left set upright."""
    left, bottom, right, top = page.get_cropbox()
    width, height = right - left, top - bottom
    views: tuple[Callable[[float, float], Point], ...] = (
        lambda x, y: (x - left, top - y),
        lambda x, y: (y - bottom, x - left),
        lambda x, y: (right - x, y - bottom),
        lambda x, y: (top - y, right - x),
    )
    backs: tuple[Callable[[float, float], Point], ...] = (
        lambda x, y: (x + left, top - y),
        lambda x, y: (y + left, x + bottom),
        lambda x, y: (right - x, y + bottom),
        lambda x, y: (right - y, top - x),
    )
    view, back = views[page.get_rotation() // 90 % 4], backs[turned % 4]

    def shown(box: Box) -> Box:
        return _around(view(*back(box[0], box[1])), view(*back(box[2], box[3])))

    same = page.get_rotation() // 90 % 4 == turned % 4
    size = (height, width) if turned % 2 else (width, height)
    corner = (left, top) if same and turned % 4 == 0 else None
    return Sheet(*size, views[turned % 4], (lambda box: box) if same else shown, corner)


def turned_text(text: pdfium.PdfTextPage, count: int) -> int:
    """By how many quarters to the left most characters are turned, looking at some of them."""
    step = max(1, count // 60)
    angles = Counter(map(_ANGLE, repeat(pointer_to(text.raw)), range(0, min(count, _MOST), step)))
    turns: Counter[int] = Counter()
    for angle, times in angles.items():
        turns[-round(angle / (math.pi / 2)) % 4] += times
    return turns.most_common(1)[0][0] if turns else 0


def glyphs_of(
    text: pdfium.PdfTextPage, count: int, sheet: Sheet, some_hidden: bool
) -> tuple[list[Glyph], int]:
    """The visible characters in the file's order, and how many stand for no known character.

    `some_hidden` says that some text of the page is not drawn, so that each character has to be asked for.
    """
    found: list[Glyph] = []
    unknown = 0
    width, height = sheet.width, sheet.height
    for glyph in _characters(pointer_to(text.raw), count, sheet, some_hidden):
        character, left, top, right, bottom, size = glyph
        if right <= left or right < 0 or bottom < 0 or left > width or top > height or size < 0:
            continue
        tall = bottom - top
        if not (2 < size <= 4 * tall <= 16 * size):
            glyph = (character, left, top, right, bottom, tall)
            size = tall
        if "\ue000" <= character <= "\uf8ff" or character == "\ufffd":
            unknown += 1
        if size >= 1:
            found.append(glyph)
    return found, unknown


def _characters(page: Pointer, count: int, sheet: Sheet, some_hidden: bool) -> Iterator[Glyph]:
    """Every character that has a box and is no white space; the size of one that is not drawn is negative."""
    for first in range(0, min(count, _MOST), _AT_ONCE):
        numbers = range(first, min(first + _AT_ONCE, count, _MOST))
        codes = list(map(_UNICODE, repeat(page), numbers))
        inked = [at for at, code in zip(numbers, codes, strict=True) if code not in _WHITE]
        characters = [chr(code) if code < 0x110000 else "\ufffd" for code in codes if code not in _WHITE]
        known = list(map(_BOX, repeat(page), inked, _PLACES))
        sizes = list(map(_SIZE, repeat(page), inked))
        if some_hidden:
            sizes = [-1.0 if _hidden(page, at) else size for at, size in zip(inked, sizes, strict=True)]
        boxes = _upright(_NUMBERS[: 4 * len(inked)].tolist(), sheet)
        glyphs: Iterator[Glyph] = zip(characters, *boxes, sizes, strict=True)
        yield from glyphs if all(known) else compress(glyphs, known)


def _upright(boxes: Sequence[float], sheet: Sheet) -> Sequence[Sequence[float]]:
    """Left, top, right, bottom, as many as there are boxes of the file's left, top, right, bottom."""
    lefts, tops, rights, bottoms = boxes[::4], boxes[1::4], boxes[2::4], boxes[3::4]
    if sheet.corner and all(map(le, lefts, rights)) and all(map(le, bottoms, tops)):
        x, y = sheet.corner
        return (
            [left - x for left in lefts],
            [y - top for top in tops],
            [right - x for right in rights],
            [y - bottom for bottom in bottoms],
        )
    placed = [sheet.box(*each) for each in zip(lefts, bottoms, rights, tops, strict=True)]
    return [[box[side] for box in placed] for side in range(4)]


def _hidden(page: Pointer, at: int) -> bool:
    run = _RUN(page, at)
    return bool(run) and is_hidden(run)


def is_hidden(run: Pointer) -> bool:
    """Whether a run of text is there to be searched for, not to be seen."""
    return bool(_MODE(run) == _INVISIBLE)
