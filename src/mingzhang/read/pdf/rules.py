"""The ruling lines of a page: strokes, thin filled boxes, edges of boxes, pieces of dashed lines joined."""

from __future__ import annotations

import ctypes
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise, repeat
from operator import itemgetter
from typing import NamedTuple

import pypdfium2 as pdfium
import pypdfium2.raw as raw

from mingzhang.read.pdf.calls import NUMBER, Pointer, called_often, pointer_to
from mingzhang.read.pdf.glyphs import Sheet, is_hidden

_THIN = 3.0
_SHORTEST = 5.0
_SAME = 1.6
_GAP = 4.0
_MOST_OBJECTS = 60_000
_MOST_SEGMENTS = 2_000
_DEEPEST = 6
_PALE = 252
_TEXT, _PATH, _IMAGE, _FORM = (
    raw.FPDF_PAGEOBJ_TEXT,
    raw.FPDF_PAGEOBJ_PATH,
    raw.FPDF_PAGEOBJ_IMAGE,
    raw.FPDF_PAGEOBJ_FORM,
)


class Rule(NamedTuple):
    """A horizontal rule at y = `at` from x = `start` to `end`, or a vertical one at x = `at`, in points."""

    at: float
    start: float
    end: float


@dataclass(frozen=True, slots=True)
class Rules:
    """The horizontal and vertical rules of a page; `pictured` is the share of the page that pictures cover.

    `some_hidden` says that some text of the page may be hidden.
    """

    horizontal: tuple[Rule, ...]
    vertical: tuple[Rule, ...]
    pictured: float
    some_hidden: bool


class _Collector:
    def __init__(self, sheet: Sheet) -> None:
        self.sheet = sheet
        self.horizontal: list[Rule] = []
        self.vertical: list[Rule] = []
        self.pictured = 0.0
        self.seen = 0
        self.some_hidden = False

    def line(self, x0: float, y0: float, x1: float, y1: float) -> None:
        """A stroke between two points of our coordinates."""
        if abs(y1 - y0) <= 0.8 and abs(x1 - x0) > 0.3:
            self.horizontal.append(Rule((y0 + y1) / 2, min(x0, x1), max(x0, x1)))
        elif abs(x1 - x0) <= 0.8 and abs(y1 - y0) > 0.3:
            self.vertical.append(Rule((x0 + x1) / 2, min(y0, y1), max(y0, y1)))

    def box(self, box: tuple[float, float, float, float], stroked: bool) -> None:
        """A box: a thin one is a rule, of a stroked one the edges are."""
        left, top, right, bottom = box
        width, height = right - left, bottom - top
        if height <= _THIN and width > height:
            self.horizontal.append(Rule((top + bottom) / 2, left, right))
        elif width <= _THIN:
            self.vertical.append(Rule((left + right) / 2, top, bottom))
        elif stroked:
            self.horizontal += [Rule(top, left, right), Rule(bottom, left, right)]
            self.vertical += [Rule(left, top, bottom), Rule(right, top, bottom)]

    def picture(self, box: tuple[float, float, float, float]) -> None:
        """The part of the page that a picture covers."""
        left, top = max(box[0], 0.0), max(box[1], 0.0)
        right, bottom = min(box[2], self.sheet.width), min(box[3], self.sheet.height)
        if right > left and bottom > top:
            self.pictured += (right - left) * (bottom - top) / max(self.sheet.width * self.sheet.height, 1.0)


def rules_of(page: pdfium.PdfPage, sheet: Sheet) -> Rules:
    """The rules of a page, those inside forms placed on it included."""
    found = _Collector(sheet)
    there = range(raw.FPDFPage_CountObjects(page))
    _collect(list(map(_OBJECT, repeat(pointer_to(page.raw)), there)), _AS_IT_IS, found, 0)
    return Rules(
        tuple(_merged(found.horizontal)), tuple(_merged(found.vertical)), found.pictured, found.some_hidden
    )


_Matrix = tuple[float, float, float, float, float, float]
_AS_IT_IS: _Matrix = (1, 0, 0, 1, 0, 0)
_ANSWERS = (ctypes.c_float * 4)()
"""Where pdfium puts its answers; it answers one thread only."""
_BYTES = memoryview(_ANSWERS).cast("B")
_FLOATS, _COLOUR, _MODES = _BYTES.cast("f"), _BYTES.cast("I"), _BYTES.cast("i")
_PLACES = tuple(ctypes.byref(_ANSWERS, 4 * at) for at in range(4))
_OBJECT = called_often(raw.FPDFPage_GetObject, Pointer)
_TYPE = called_often(raw.FPDFPageObj_GetType, NUMBER)
_MODE = called_often(raw.FPDFPath_GetDrawMode, NUMBER)
_SEGMENTS = called_often(raw.FPDFPath_CountSegments, NUMBER)
_BOUNDS = called_often(raw.FPDFPageObj_GetBounds, NUMBER)
_STROKE = called_often(raw.FPDFPageObj_GetStrokeColor, NUMBER)
_FILL = called_often(raw.FPDFPageObj_GetFillColor, NUMBER)
_MATRIX = called_often(raw.FPDFPageObj_GetMatrix, NUMBER)
_INSIDE = called_often(raw.FPDFFormObj_GetObject, Pointer)
_INSIDE_COUNT = called_often(raw.FPDFFormObj_CountObjects, NUMBER)
_SEGMENT = called_often(raw.FPDFPath_GetPathSegment, Pointer)
_SEGMENT_TYPE = called_often(raw.FPDFPathSegment_GetType, NUMBER)
_SEGMENT_POINT = called_often(raw.FPDFPathSegment_GetPoint, NUMBER)
_SEGMENT_CLOSE = called_often(raw.FPDFPathSegment_GetClose, NUMBER)


def _collect(items: Sequence[Pointer], outer: _Matrix, found: _Collector, depth: int) -> None:
    """Take what objects draw; of forms inside forms and of a great many objects only so much."""
    kinds = list(map(_TYPE, items))
    for item, kind in zip(items, kinds, strict=True):
        found.seen += 1
        if found.seen > _MOST_OBJECTS:
            found.some_hidden = True
            return
        if kind == _TEXT:
            found.some_hidden = found.some_hidden or is_hidden(item)
        elif kind == _PATH:
            _path(item, outer, found)
        elif kind == _IMAGE:
            found.picture(_bounds(item, outer, found.sheet))
        elif kind == _FORM:
            if depth < _DEEPEST:
                inner = _times(_matrix(item), outer)
                there = map(ctypes.c_ulong, range(_INSIDE_COUNT(item)))
                _collect(list(map(_INSIDE, repeat(item), there)), inner, found, depth + 1)
            else:
                found.some_hidden = True


def _path(item: Pointer, outer: _Matrix, found: _Collector) -> None:
    _MODE(item, *_PLACES[:2])
    fill, stroke, *_ = _MODES.tolist()
    if not (fill or stroke) or _white(item, _STROKE if stroke else _FILL):
        return
    box = left, top, right, bottom = _bounds(item, outer, found.sheet)
    if right - left <= _THIN or bottom - top <= _THIN or (count := _SEGMENTS(item)) <= 2:
        found.box(box, bool(stroke))
        return
    for piece in _pieces(item, count, _times(_matrix(item), outer), found.sheet):
        corners = {(round(x, 1), round(y, 1)) for x, y in piece}
        xs, ys = [x for x, _ in piece], [y for _, y in piece]
        across, down = {x for x, _ in corners}, {y for _, y in corners}
        if len(piece) >= 4 and len(across) == 2 and len(down) == 2:
            found.box((min(xs), min(ys), max(xs), max(ys)), bool(stroke))
        elif stroke:
            for (x0, y0), (x1, y1) in pairwise(piece):
                found.line(x0, y0, x1, y1)


def _pieces(item: Pointer, count: int, matrix: _Matrix, sheet: Sheet) -> Iterator[list[tuple[float, float]]]:
    """The corners of each part of a path that is drawn with straight strokes only."""
    piece: list[tuple[float, float]] = []
    straight = True
    for at in range(min(count, _MOST_SEGMENTS)):
        segment = _SEGMENT(item, at)
        kind = _SEGMENT_TYPE(segment)
        if kind == raw.FPDF_SEGMENT_MOVETO:
            if straight and len(piece) > 1:
                yield piece
            piece, straight = [], True
        straight = straight and kind != raw.FPDF_SEGMENT_BEZIERTO
        _SEGMENT_POINT(segment, *_PLACES[:2])
        piece.append(sheet.place(*_moved(matrix, _FLOATS[0], _FLOATS[1])))
        if _SEGMENT_CLOSE(segment) and len(piece) > 2:
            piece.append(piece[0])
    if straight and len(piece) > 1:
        yield piece


def _white(item: Pointer, colour: Callable[..., int]) -> bool:
    if not colour(item, *_PLACES):
        return False
    red, green, blue, alpha = _COLOUR.tolist()
    return not alpha or bool(red >= _PALE and green >= _PALE and blue >= _PALE)


def _matrix(item: Pointer) -> _Matrix:
    matrix = raw.FS_MATRIX()
    if not _MATRIX(item, ctypes.byref(matrix)):
        return _AS_IT_IS
    return (matrix.a, matrix.b, matrix.c, matrix.d, matrix.e, matrix.f)


def _times(one: _Matrix, other: _Matrix) -> _Matrix:
    a, b, c, d, e, f = one
    p, q, r, s, t, u = other
    return (a * p + b * r, a * q + b * s, c * p + d * r, c * q + d * s, e * p + f * r + t, e * q + f * s + u)


def _moved(matrix: _Matrix, x: float, y: float) -> tuple[float, float]:
    a, b, c, d, e, f = matrix
    return a * x + c * y + e, b * x + d * y + f


def _bounds(item: Pointer, outer: _Matrix, sheet: Sheet) -> tuple[float, float, float, float]:
    _BOUNDS(item, *_PLACES)
    left, bottom, right, top = _FLOATS.tolist()
    if outer is _AS_IT_IS:
        return sheet.box(left, bottom, right, top)
    return sheet.box(*_moved(outer, left, bottom), *_moved(outer, right, top))


def _merged(rules: Sequence[Rule]) -> Iterator[Rule]:
    """Rules on one line that touch or nearly touch, as one; what stays very short is none."""
    lines: dict[int, list[Rule]] = defaultdict(list)
    last, key = float("-inf"), 0
    for rule in sorted(rules, key=itemgetter(0)):
        if rule.at - last > _SAME:
            key += 1
        last = rule.at
        lines[key].append(rule)
    for group in lines.values():
        group.sort(key=itemgetter(1))
        run = [group[0]]
        end = group[0].end
        for rule in group[1:]:
            if rule.start - end <= _GAP:
                run.append(rule)
                end = max(end, rule.end)
                continue
            yield from _joined(run, end)
            run, end = [rule], rule.end
        yield from _joined(run, end)


def _joined(run: Sequence[Rule], end: float) -> Iterator[Rule]:
    longest = max(run, key=lambda each: each.end - each.start)
    if end - run[0].start >= _SHORTEST:
        yield Rule(longest.at, run[0].start, end)
