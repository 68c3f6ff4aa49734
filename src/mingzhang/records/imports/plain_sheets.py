"""Worksheets of the plain shape that programs export (普通工作表), read many cells at a time; other shapes are left to the parser.

Plain: rows in order, and in each of them cells in order that hold one value or nothing. Every tag between the first row
and the last is accounted for, or the sheet is not taken. What is taken is what calamine reads: shared strings and plain
numbers are read here, and whatever else cells hold (days, truth values, texts of their own) is asked of calamine, once
for each distinct value.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from html import unescape
from typing import Any, NamedTuple, overload

import numpy as np
from numpy.typing import NDArray

Ask = Callable[[Sequence[tuple[bytes, bytes]]], Sequence[Any]]
"""What calamine reads in cells of these (attributes, texts); ValueError where it cannot."""

_LONGEST_HEAD = 8 << 20
_PADDING = b" " * 8
"""What stands after a piece, so that eight bytes can be taken from any place of it."""
_SAMPLE = b"44197"
_NUMBERS = re.compile(rb"[-+.0-9eE\n]*\Z")
_STRING = re.compile(r"<si><t(?: xml:space=\"preserve\")?>([^<]*)</t></si>")
_OTHER_ENTITY = re.compile(r"&(?!(?:amp|lt|gt|quot|apos);)")
_Places = NDArray[np.int64]
_Words = NDArray[np.uint64]
_MASKS = np.array([(1 << 8 * count) - 1 for count in range(9)], np.uint64)
"""What leaves so many bytes of a word."""
_POWERS = 10 ** np.arange(8)
_ZEROS, _PAST_NINE, _TOP_BITS = (np.uint64(byte * 0x0101010101010101) for byte in (ord("0"), 0x80 - 10, 0x80))


class PlainRows(Sequence[list[Any]]):
    """The rows of a sheet, kept as one list of values and which of them each cell holds; blank cells are empty texts."""

    def __init__(self, values: list[Any], cells: NDArray[np.int32]) -> None:
        self._values = np.fromiter(values, np.object_, len(values))
        self._cells = cells

    def __len__(self) -> int:
        return int(self._cells.shape[1])

    @overload
    def __getitem__(self, place: int) -> list[Any]: ...
    @overload
    def __getitem__(self, place: slice) -> list[list[Any]]: ...
    def __getitem__(self, place: int | slice) -> list[Any] | list[list[Any]]:
        if isinstance(place, slice):
            return self._known(self._cells[:, place].T)
        return self._known(self._cells[:, place])

    def __iter__(self) -> Iterator[list[Any]]:
        return iter(self[:])

    @property
    def width(self) -> int:
        """The number of columns."""
        return int(self._cells.shape[0])

    def parts(self) -> tuple[list[Any], NDArray[np.int32]]:
        """The values, and as columns × rows the place of each cell's value among them."""
        return self._values.tolist(), self._cells

    def column(self, place: int) -> list[Any]:
        """The values of one column, from 0."""
        return self._known(self._cells[place])

    def _known(self, places: NDArray[np.int32]) -> list[Any]:
        found: list[Any] = self._values[places].tolist()
        return found


class _NotPlainError(Exception):
    """The sheet has something that this reader does not know."""


class _Cells(NamedTuple):
    """Cells: row and column from 0, and the place of what each holds among the values of the workbook."""

    rows: _Places
    columns: _Places
    places: _Places


def shared_strings(xml: bytes) -> list[str] | None:
    """The shared strings of a workbook; None where any is more than a text (runs of type, phonetics, escapes)."""
    text = xml.decode("utf-8", "replace")
    found = _STRING.findall(text)
    if len(found) != text.count("<si") or "_x" in text or "\r" in text or "\ufffd" in text:
        return None
    if "&" not in text:
        return found
    return None if _OTHER_ENTITY.search(text) else [unescape(each) if "&" in each else each for each in found]


def read_plain(
    content: Iterable[bytes], strings: Sequence[str], ask: Ask, area: int
) -> tuple[PlainRows, bytes] | None:
    """The rows of a worksheet and what stands after them; None where it is not plain, or larger than so many cells.

    `content` is the unpacked sheet in pieces, of which few are held at once.
    """
    values, after = _Values(strings, ask), bytearray()
    try:
        cells = [_read_piece(piece, values) for piece in _pieces(content, after)]
        return PlainRows(values.all(), _placed(cells, len(values.own), area)), bytes(after)
    except (_NotPlainError, LookupError, ValueError):
        return None


def _pieces(content: Iterable[bytes], after: bytearray) -> Iterator[bytes]:
    """The rows in pieces, each from the beginning of a row to the end of one, padded; what follows them joins `after`."""
    rest, begun = b"", False
    for part in content:
        if not begun:
            head, begins, rows = (rest + part).partition(b"<sheetData>")
            _hold(len(head) < _LONGEST_HEAD)
            rest, part, begun = (b"", rows, True) if begins else (head, b"", False)
        if (stop := part.rfind(b"</row>")) < 0:
            rest, part = b"", rest + part
            stop = part.rfind(b"</row>")
        if begun and stop >= 0:
            stop += len(b"</row>")
            yield b"".join((rest, memoryview(part)[:stop], _PADDING))
            rest = part[stop:]
        else:
            rest += part
    rows, ends, tail = rest.partition(b"</sheetData>")
    _hold(begun, ends, not rows)
    after += tail


def _placed(pieces: list[_Cells], blank: int, area: int) -> NDArray[np.int32]:
    """The places of all cells as columns × rows; `blank` where no cell is."""
    if not any(len(piece.rows) for piece in pieces):
        return np.empty((0, 0), np.int32)
    rows, columns, places = (np.concatenate(each) for each in zip(*pieces, strict=True))
    steps = np.diff(rows)
    height, width = int(rows[-1]) + 1, int(columns.max()) + 1
    _hold(steps >= 0, np.diff(columns)[steps == 0] > 0, height * width <= area)
    cells = np.full((width, height), blank, np.int32)
    cells[columns, rows] = places
    return cells


class _Values:
    """What cells hold: the shared strings, then the values that stand in cells themselves."""

    def __init__(self, strings: Sequence[str], ask: Ask) -> None:
        self.shared = len(strings)
        self.own: list[Any] = list(strings)
        self._ask = ask
        self._are_numbers: dict[bytes, bool] = {}
        self._asked: dict[tuple[bytes, bytes], int] = {}

    def are_numbers(self, attributes: bytes) -> bool:
        """Whether calamine reads numbers as nothing but numbers under these attributes of a cell."""
        if attributes not in self._are_numbers:
            try:
                (sample,) = self._ask([(attributes, _SAMPLE)])
            except ValueError:  # no number may stand there: an error's name, a truth value
                sample = None
            self._are_numbers[attributes] = type(sample) is float
        return self._are_numbers[attributes]

    def numbers(self, piece: bytes, words: _Words, starts: _Places, ends: _Places) -> range:
        """The places of the numbers that stand between these places, every one new."""
        found, simple = _decimals(words, starts, ends)
        others = np.flatnonzero(~simple)
        texts = _slices(piece, starts[others], ends[others])
        _hold(_NUMBERS.match(b"\n".join(texts)) is not None)
        found[others] = list(map(float, texts))
        first = len(self.own)
        self.own += found.tolist()
        return range(first, len(self.own))

    def others(self, attributes: bytes, texts: Sequence[bytes]) -> list[int]:
        """The places of other values, each distinct text once; calamine is asked for them in the end."""
        places = []
        for text in texts:
            place = self._asked.get((attributes, text))
            if place is None:
                place = self._asked[attributes, text] = len(self.own)
                self.own.append(None)
            places.append(place)
        return places

    def all(self) -> list[Any]:
        """Everything, and the blank at its end."""
        for place, value in zip(self._asked.values(), self._ask(list(self._asked)), strict=True):
            self.own[place] = value
        return [*self.own, ""]


# -- a piece ---------------------------------------------------------------------------------------------------


def _read_piece(piece: bytes, values: _Values) -> _Cells:
    """The cells of whole rows: tags follow each other as row, (cell, value, value's end, cell's end | blank cell)…, row's end."""
    letters = np.frombuffer(piece, np.uint8)
    words: _Words = np.ndarray((len(piece) - 7,), np.dtype("<u8"), letters, strides=(1,))
    tags = np.flatnonzero(letters == ord("<"))
    names = letters[1:][tags]
    rows, cells = np.flatnonzero(names == ord("r")), np.flatnonzero(names == ord("c"))
    _hold(rows[:1] == 0, len(rows) > 0)
    has_value = names[1:][cells] == ord("v")
    filled = cells[has_value]
    value_tags, ends = tags[1:][filled], tags[2:][filled]
    row_tags, row_ends = tags[rows], tags[np.append(rows[1:], len(tags)) - 1]
    _hold(
        2 * len(rows) + len(cells) + 3 * len(filled) == len(tags),
        words[row_tags] == _word(b'<row r="'),
        words[row_ends] & _MASKS[6] == _word(b"</row>"),
        words[ends] == _word(b"</v></c>"),
    )
    row_words = words[row_tags + len('<row r="')]
    digits = (row_words.view(np.uint8).reshape(-1, 8) == ord('"')).argmax(1)
    numbers = _numbers(row_words, digits)
    cells_in_row = np.diff(np.append(np.searchsorted(filled, rows), len(filled)))
    masks = _MASKS[1:][digits]
    columns, attributes = _columns(
        words, tags[filled], *(np.repeat(each, cells_in_row) for each in (row_words & masks, masks, digits))
    )
    starts = value_tags + len("<v>")
    shared = (words[value_tags - 5] == _word(b'="s"><v>')) & (letters[value_tags - 6] == ord("t"))
    places = np.empty(len(filled), np.int64)
    strings = _numbers(words[starts[shared]], (ends - starts)[shared])
    _hold(strings < values.shared)
    places[shared] = strings
    own = np.flatnonzero(~shared)
    _hold(words[value_tags[own] - 1] & _MASKS[4] == _word(b"><v>"))
    kinds, which = _distinct(piece, words, attributes[own], value_tags[own] - 1)
    for number, kind in enumerate(kinds):
        chosen = own[which == number]
        if values.are_numbers(kind):
            places[chosen] = values.numbers(piece, words, starts[chosen], ends[chosen])
        else:
            texts, those = _distinct(piece, words, starts[chosen], ends[chosen])
            places[chosen] = np.array(values.others(kind, texts), np.int64)[those]
    return _Cells(np.repeat(numbers - 1, cells_in_row), columns, places)


def _slices(piece: bytes, starts: _Places, ends: _Places) -> list[bytes]:
    return [piece[start:end] for start, end in zip(starts.tolist(), ends.tolist(), strict=True)]


def _distinct(piece: bytes, words: _Words, starts: _Places, ends: _Places) -> tuple[list[bytes], _Places]:
    """The distinct texts between these places, and which of them stands at each."""
    lengths = ends - starts
    _hold(lengths >= 0)
    if len(starts) and lengths.max() <= 8:  # a text of up to eight bytes is a number
        own = words[starts] & _MASKS[lengths]
        changes = np.flatnonzero(np.append(True, own[1:] != own[:-1]))  # neighbours often say the same
        _, firsts, which = np.unique(own[changes], return_index=True, return_inverse=True)
        firsts = changes[firsts]
        return _slices(piece, starts[firsts], ends[firsts]), np.repeat(
            which, np.diff(np.append(changes, len(own)))
        )
    texts = _slices(piece, starts, ends)
    known = {text: place for place, text in enumerate(dict.fromkeys(texts))}
    return list(known), np.array([known[text] for text in texts], np.int64)


def _hold(*conditions: Any) -> None:
    if not all(np.all(condition) for condition in conditions):
        raise _NotPlainError


def _word(text: bytes) -> np.uint64:
    """Up to eight bytes as one number."""
    return np.uint64(int.from_bytes(text, "little"))


def _numbers(words: _Words, lengths: _Places) -> _Places:
    """The whole numbers of one to eight digits that words begin with."""
    _hold(lengths > 0, lengths <= 8)
    found, are_digits = _reckoned(words, lengths)
    _hold(are_digits)
    return found


def _decimals(words: _Words, starts: _Places, ends: _Places) -> tuple[NDArray[np.float64], NDArray[np.bool_]]:
    """The numbers written between these places, where they are of the plain kind, and whether each is.

    Plain: up to eight digits, a point and up to seven more, or digits alone. Both whole numbers are exact then, and so
    is the division of one by the other rounded as `float` rounds the text.
    """
    lengths, first = ends - starts, words[starts]
    points = first.view(np.uint8).reshape(-1, 8) == ord(".")
    before = np.where(points.any(1), points.argmax(1), lengths)
    after = lengths - before - 1
    pointed = after > 0
    whole, are_digits = _reckoned(first, np.clip(before, 1, 8))
    part, are_too = _reckoned(words[starts + np.minimum(before + 1, lengths)], np.clip(after, 1, 7))
    scale = _POWERS[np.where(pointed, after, 0).clip(0, 7)]
    found = (whole * scale + np.where(pointed, part, 0)) / scale
    simple = (before >= 1) & (before <= 8) & (after != 0) & (after <= 7)
    return found, simple & are_digits & (are_too | ~pointed)


def _reckoned(words: _Words, lengths: _Places) -> tuple[_Places, NDArray[np.bool_]]:
    """What words say that begin with so many digits, one to eight, all reckoned at once; and whether digits they are."""
    digits = (words ^ _ZEROS) << ((8 - lengths) * 8).astype(np.uint64)
    are_digits = ((digits + _PAST_NINE) | digits) & _TOP_BITS == 0
    pairs = (digits * np.uint64(10 << 8 | 1) >> np.uint64(8)) & np.uint64(0x00FF00FF00FF00FF)
    fours = (pairs * np.uint64(100 << 16 | 1) >> np.uint64(16)) & np.uint64(0x0000FFFF0000FFFF)
    return (fours * np.uint64(10_000 << 32 | 1) >> np.uint64(32)).astype(np.int64), are_digits


def _columns(
    words: _Words, tags: _Places, rows: _Words, masks: _Words, digits: _Places
) -> tuple[_Places, _Places]:
    """The columns, from 0, that the references of cells name, and where the attributes after them begin.

    A reference stands first and names the row it stands in (as its digits and a quote), or the sheet is not plain.
    """
    found = words[tags + len("<c ")]
    first = (found >> np.uint64(24)).astype(np.uint8) - np.uint8(ord("A"))
    second = (found >> np.uint64(32)).astype(np.uint8)
    two = second >= ord("A")
    after = second - np.uint8(ord("A"))
    rest = tags + len('<c r="A') + two
    _hold(found & _MASKS[3] == _word(b'r="'), first < 26, ~two | (after < 26), words[rest] & masks == rows)
    return np.where(two, (first + 1).astype(np.int64) * 26 + after, first), rest + digits + 1
