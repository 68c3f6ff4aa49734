"""The characters of a page where they are seen: upright, once, inside the page; hidden ones are left out."""

from __future__ import annotations

import ctypes
import math
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from typing import NamedTuple

import pypdfium2 as pdfium
import pypdfium2.raw as raw

from mingzhang.documents import Box
from mingzhang.read.pdf.calls import NUMBER, POINTER, address_of, called_often

_MOST = 200_000
"""Characters of one page that are looked at."""
_INVISIBLE = 3
_DOUBLED = 0.18
"""A character printed again this much of its size away is the same one, made bold."""
_CELL = 8.0
"""Characters are looked for in cells of so many points; a character prints over itself in no wider reach."""
_WHITE = " \t\r\n\u00a0\u3000\u2002\u2003\u2009\u200b\ufeff\x00\x02\ufffe"


_UNICODE = called_often(raw.FPDFText_GetUnicode, ctypes.c_uint, POINTER, NUMBER)
_BOX = called_often(raw.FPDFText_GetLooseCharBox, NUMBER, POINTER, NUMBER, POINTER)
_RUN = called_often(raw.FPDFText_GetTextObject, POINTER, POINTER, NUMBER)


class Glyph(NamedTuple):
    """One character and its ink's box, from the page's top left corner; `size` is the font's in points."""

    character: str
    left: float
    top: float
    right: float
    bottom: float
    size: float

    @property
    def middle(self) -> tuple[float, float]:
        """The middle of the box."""
        return (self.left + self.right) / 2, (self.top + self.bottom) / 2


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
    angles = Counter(
        -round(raw.FPDFText_GetCharAngle(text, at) / (math.pi / 2)) % 4
        for at in range(0, min(count, _MOST), step)
    )
    return angles.most_common(1)[0][0] if angles else 0


def glyphs_of(text: pdfium.PdfTextPage, count: int, sheet: Sheet) -> tuple[list[Glyph], int]:
    """The visible characters in the file's order, and how many stand for no known character."""
    page = address_of(text.raw)
    box = raw.FS_RECTF()
    reference = ctypes.addressof(box)
    runs: dict[int, float] = {}
    found: list[Glyph] = []
    unknown = 0
    width, height = sheet.width, sheet.height
    for at in range(min(count, _MOST)):
        code = _UNICODE(page, at)
        character = chr(code) if code < 0x110000 else "\ufffd"
        if character in _WHITE or not _BOX(page, at, reference):
            continue
        left, top, right, bottom = sheet.box(box.left, box.bottom, box.right, box.top)
        if right <= left or right < 0 or bottom < 0 or left > width or top > height:
            continue
        run = _RUN(page, at) or 0
        size = runs.get(run)
        if size is None:
            size = runs[run] = _size(text, at, run)
        if size < 0:
            continue
        if 0xE000 <= code <= 0xF8FF or code == 0xFFFD:
            unknown += 1
        if size <= 2 or size > 4 * (bottom - top) or size * 4 < bottom - top:
            size = bottom - top
        if size >= 1:
            found.append(Glyph(character, left, top, right, bottom, size))
    return _once(found), unknown


def _size(text: pdfium.PdfTextPage, at: int, run: int) -> float:
    """The size of the font of a run, asked at one of its characters; negative where the run is not drawn."""
    if run and raw.FPDFTextObj_GetTextRenderMode(raw.FPDFText_GetTextObject(text, at)) == _INVISIBLE:
        return -1.0
    return float(raw.FPDFText_GetFontSize(text, at))


def _once(found: list[Glyph]) -> list[Glyph]:
    """Without characters printed over themselves."""
    seen: dict[tuple[str, int, int], Glyph] = {}
    kept: list[Glyph] = []
    for glyph in found:
        character, left, top, _, _, size = glyph
        reach = min(_DOUBLED * size, _CELL)
        x0, x1 = int((left - reach) / _CELL), int((left + reach) / _CELL)
        y0, y1 = int((top - reach) / _CELL), int((top + reach) / _CELL)
        doubled = False
        for x in (x0,) if x0 == x1 else (x0, x1):
            for y in (y0,) if y0 == y1 else (y0, y1):
                other = seen.get((character, x, y))
                if other and abs(other[1] - left) < reach and abs(other[2] - top) < reach:
                    doubled = True
        if not doubled:
            seen[character, int(left / _CELL), int(top / _CELL)] = glyph
            kept.append(glyph)
    return kept
