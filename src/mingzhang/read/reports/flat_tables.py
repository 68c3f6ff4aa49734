"""Tables that plain text keeps as rows of labels and numbers: found again where their columns are certain."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from mingzhang.documents import Table
from mingzhang.read.reports.lines import Line
from mingzhang.read.reports.pages import cell, table
from mingzhang.read.reports.plain import Piece, width

_NUMBER = re.compile(r"[-+－]?(?:\d{1,3}(?:[,，]\d{3})+|\d+)(?:[.．]\d+)?[%％]?|[-—–－]{1,2}")
_FIELD = re.compile(r"\S+(?:[ \u00a0](?=\S)\S+)*")
_TOKEN = re.compile(r"\S+")
_CODES = re.compile(r"(?:\d{2,7}\s+){1,3}(?=\D)")
_PROSE = re.compile(r"[。；]|，(?!\d{3})|^[^：:]*[：:]\D*\d.*[,，]")
_WIDE = re.compile(r"\t|[ \u00a0]{2,}|\u3000")
_GOES_ON = re.compile(r"\s*(?:[亿万]?元|[%％，。；、）)]|[年月日人辆个项台件次批])")
_STUB = re.compile(
    r"(?:项目|行次|栏次|[类款项]|(?:支出|收入)?(?:功能|经济)?(?:分类)?(?:科目)?(?:编码|代码|名称)?)\Z"
)
"""Heads of the columns of codes and names."""
_HEAD_LINES = 3
_TITLE = re.compile(r"表\Z")
_MOST_COLUMNS = 60
_LONGEST = 2000
_LEEWAY = 2
"""Columns of a page stand at least so many half characters apart; within it figures are one column."""


@dataclass(frozen=True, slots=True)
class Row:
    """A line as fields; `numbers` says how many figures close it, `wide` whether fields stand at columns of the page."""

    fields: tuple[Piece, ...]
    numbers: int
    wide: bool
    mixed: bool = False
    """Whether figures stand among its labels: a two-sided table whose columns are lost."""
    spans: tuple[tuple[int, int], ...] = ()
    """From where to where each field reaches, in half characters."""


@dataclass(frozen=True, slots=True)
class FlatTable:
    """Rows with the same columns; `end` is the number of the first line after them."""

    rows: tuple[tuple[Piece, ...], ...]
    end: int

    def table(self, base: int = 0) -> Table:
        """The raw table."""
        cells = [[cell([(base + start, text)]) for start, text in row] for row in self.rows]
        return table(cells, max(len(row) for row in self.rows))


class FlatTables:
    """Finds the flattened tables of a text, line by line."""

    def __init__(self, lines: Sequence[Line]) -> None:
        self._lines = lines
        self._rows = [_row(line) for line in lines]
        for at, line in enumerate(lines[1:]):
            row = self._rows[at]
            if row and row.numbers == 1 and _GOES_ON.match(line.text):
                self._rows[at] = None

    def is_row(self, at: int) -> bool:
        """Whether a line is a row of some table, so that no sentence goes on in it."""
        return self._rows[at] is not None

    def starting(self, at: int) -> FlatTable | None:
        """The table whose first row is this line: two or more rows whose columns are certain."""
        tabbed = self.tabbed(at) or self._headed(at)
        if tabbed:
            return tabbed
        names = None if self._rows[at] else _names(self._lines[at])
        begin = at + 1 if names else at
        rows: list[Row] = []
        for row in self._rows[begin : begin + 2000]:
            if row is None or row.mixed or row.wide != (rows or [row])[0].wide:
                break
            rows.append(row)
        while len(rows) >= 2:
            columns = (names and _counted([names, *rows])) or (
                _columns(rows) if rows[0].wide else _counted(rows)
            )
            if columns and (names is None or len(columns) > len(rows)):
                return FlatTable(columns, begin + len(rows))
            del rows[-1 if len(rows) <= 8 else len(rows) // 2 :]
        return None

    def _headed(self, at: int) -> FlatTable | None:
        """Rows under one line of column names, each of them with as many figures as there are names."""
        first = self._rows[at]
        if first is None or first.wide or first.numbers < 2:
            return None
        end = at
        rows: list[Row] = []
        while end < len(self._rows) and (row := self._rows[end]):
            rows.append(row)
            end += 1
        names = self._names_above(at, first.numbers)
        certain = all(not row.mixed and not row.wide and row.numbers == first.numbers for row in rows)
        if names is None or not certain or len(rows) < 2:
            return None
        labels = max(len(row.fields) - row.numbers for row in rows)
        head = (*((names[0][0], "") for _ in range(labels)), *names)
        return FlatTable((head, *(_padded(row, labels) for row in rows)), end)

    def _names_above(self, at: int, count: int) -> tuple[Piece, ...] | None:
        """The column names in the one line just above that has any; None where they are not as many as the figures."""
        found: list[list[Piece]] = []
        for line in self._lines[max(at - _HEAD_LINES, 0) : at][::-1]:
            tokens = [(line.start + each.start(), each[0]) for each in _TOKEN.finditer(line.text)]
            if any(mark in line.text for mark in "：:") or any(_TITLE.search(text) for _, text in tokens):
                break
            heads = [each for each in tokens if not _STUB.match(each[1]) and not _NUMBER.fullmatch(each[1])]
            if heads:
                found.append(heads)
        if len(found) != 1 or len(found[0]) != count:
            return None
        return tuple(found[0])

    def tabbed(self, at: int) -> FlatTable | None:
        """Rows parted by tabs keep their blank cells, so their columns are certain."""
        count = self._lines[at].text.count("\t")
        if not 1 <= count < _MOST_COLUMNS:
            return None
        end = at
        while end < len(self._lines) and self._lines[end].text.count("\t") == count:
            if _PROSE.search(self._lines[end].text) and not self._rows[end]:
                break
            end += 1
        rows = tuple(_split(line) for line in self._lines[at:end])
        figures = sum(1 for row in rows if any(_NUMBER.fullmatch(text.strip()) for _, text in row))
        return FlatTable(rows, end) if len(rows) >= 2 and figures >= 2 else None


def _padded(row: Row, labels: int) -> tuple[Piece, ...]:
    """A row's fields with blank places for the codes that it has not."""
    missing = labels - (len(row.fields) - row.numbers)
    return (*((row.fields[0][0], "") for _ in range(missing)), *row.fields)


def _columns(rows: Sequence[Row]) -> tuple[tuple[Piece, ...], ...] | None:
    """Rows laid into columns by where their fields stand, blanks kept; None where two fields would share a column."""
    reach: list[list[int]] = []
    for left, right in sorted(span for row in rows for span in row.spans):
        if reach and left < reach[-1][1] + _LEEWAY:
            reach[-1][1] = max(reach[-1][1], right)
        else:
            reach.append([left, right])
    laid = []
    for row in rows:
        places = [
            next(at for at, (low, high) in enumerate(reach) if low <= left < high) for left, _ in row.spans
        ]
        if len(set(places)) < len(places):
            return None
        blank = (row.fields[0][0], "")
        cells = [blank] * len(reach)
        for place, piece in zip(places, row.fields, strict=True):
            cells[place] = piece
        laid.append(tuple(cells))
    return None if _shifted(laid) else tuple(laid)


def _shifted(laid: Sequence[Sequence[Piece]]) -> bool:
    """Whether a row seems to stand aside from the others: a column of its own beside one that it leaves blank."""
    filled = [sum(1 for row in laid if row[at][1]) for at in range(len(laid[0]))]
    for row in laid:
        for at, (_, text) in enumerate(row):
            beside = [near for near in (at - 1, at + 1) if 0 <= near < len(row)]
            if text and filled[at] == 1 and any(not row[near][1] and filled[near] for near in beside):
                return True
    return False


def _counted(rows: Sequence[Row]) -> tuple[tuple[Piece, ...], ...] | None:
    """Rows whose places tell nothing: their columns are certain only where all have as many."""
    fields, numbers = len(rows[-1].fields), rows[-1].numbers
    same = all(len(row.fields) == fields and row.numbers in (0, numbers) for row in rows)
    return tuple(row.fields for row in rows) if same else None


def _split(line: Line) -> tuple[Piece, ...]:
    fields: list[Piece] = []
    start = line.start
    for text in line.text.split("\t"):
        fields.append((start, text))
        start += len(text) + 1
    return tuple(fields)


def _row(line: Line) -> Row | None:
    """A line that closes with figures in columns; None for running text."""
    text = line.text
    if len(text) > _LONGEST or "\t" in text or _PROSE.search(text):
        return None
    wide = bool(_WIDE.search(text.strip()))
    found = (
        _parted(text, list(_FIELD.finditer(text)))
        if wide
        else [each.span() for each in _TOKEN.finditer(text)]
    )
    numbers = 0
    for start, end in reversed(found):
        if not _NUMBER.fullmatch(text, start, end):
            break
        numbers += 1
    labels, figures = found[: len(found) - numbers], found[len(found) - numbers :]
    if not labels or len(found) > _MOST_COLUMNS or numbers < (1 if wide else 2):
        return None
    if not any(mark.isdigit() for start, end in figures for mark in text[start:end]):
        return None
    mixed = False
    if not wide:
        named = [each for each in labels if not _NUMBER.fullmatch(text, *each)]
        mixed = (
            any(_NUMBER.fullmatch(text, *each) for each in labels[labels.index(named[0]) :])
            if named
            else False
        )
        labels = _codes_and_name(text, labels[0][0], labels[-1][1])
    return _laid(line, [*labels, *figures], numbers, wide, mixed)


def _laid(line: Line, found: Sequence[tuple[int, int]], numbers: int, wide: bool, mixed: bool = False) -> Row:
    spans = tuple((width(line.text[:start]), width(line.text[:end])) for start, end in found) if wide else ()
    return Row(
        tuple((line.start + start, line.text[start:end]) for start, end in found), numbers, wide, mixed, spans
    )


def _codes_and_name(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """A label as its leading codes and its name."""
    codes = _CODES.match(text, start, end)
    if not codes:
        return [(start, end)]
    return [*(each.span() for each in _TOKEN.finditer(text, start, codes.end())), (codes.end(), end)]


def _parted(text: str, found: Sequence[re.Match[str]]) -> list[tuple[int, int]]:
    """Fields parted by one space only: numbers beside each other, and codes before a name, are fields of their own."""
    parts: list[tuple[int, int]] = []
    for each in found:
        tokens = list(_TOKEN.finditer(text, each.start(), each.end()))
        if len(tokens) > 1 and all(_NUMBER.fullmatch(token[0]) for token in tokens):
            parts.extend(token.span() for token in tokens)
        else:
            parts.extend(_codes_and_name(text, each.start(), each.end()))
    return parts


def _names(line: Line) -> Row | None:
    """A line of column names, parted by wide spaces."""
    if "\t" in line.text or _PROSE.search(line.text) or not _WIDE.search(line.text.strip()):
        return None
    found = [each.span() for each in _FIELD.finditer(line.text)]
    return _laid(line, found, 0, True) if 2 <= len(found) <= _MOST_COLUMNS else None
