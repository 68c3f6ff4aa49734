"""Tables that plain text keeps as rows of labels and numbers: found again where their columns are certain."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from mingzhang.documents import Table
from mingzhang.read.reports.lines import Line
from mingzhang.read.reports.pages import cell, table
from mingzhang.read.reports.plain import Piece

_NUMBER = re.compile(r"[-+－]?(?:\d{1,3}(?:[,，]\d{3})+|\d+)(?:[.．]\d+)?[%％]?|[-—–－]{1,2}")
_FIELD = re.compile(r"\S+(?:[ \u00a0](?=\S)\S+)*")
_TOKEN = re.compile(r"\S+")
_PROSE = re.compile(r"[。；]|，(?!\d{3})|[：:].*\d.*[,，]")
_WIDE = re.compile(r"\t|[ \u00a0]{2,}|\u3000")
_MOST_COLUMNS = 60


@dataclass(frozen=True, slots=True)
class Row:
    """A line as fields; `numbers` says how many numeric fields close it."""

    fields: tuple[Piece, ...]
    numbers: int


@dataclass(frozen=True, slots=True)
class FlatTable:
    """Rows with the same columns; `end` is the number of the first line after them."""

    rows: tuple[Row, ...]
    end: int

    def table(self, base: int = 0) -> Table:
        """The raw table."""
        columns = max(len(row.fields) for row in self.rows)
        shifted = [[cell([(base + start, text)]) for start, text in row.fields] for row in self.rows]
        return table(shifted, columns)


class FlatTables:
    """Finds the flattened tables of a text, line by line."""

    def __init__(self, lines: Sequence[Line]) -> None:
        self._lines = lines
        self._rows = [_row(line) for line in lines]

    def starting(self, at: int) -> FlatTable | None:
        """The table whose first row is this line: two or more lines that close with the same number of figures."""
        tabbed = self._tabbed(at)
        if tabbed:
            return tabbed
        first = self._rows[at]
        head: tuple[Row, ...] = ()
        begin = at
        if first is None:
            names = _names(self._lines[at])
            follows = self._rows[at + 1] if at + 1 < len(self._rows) else None
            if names is None or follows is None or len(names.fields) != len(follows.fields):
                return None
            head, first, begin = (names,), follows, at + 1
        rows: list[Row] = []
        end = begin
        while end < len(self._rows):
            row = self._rows[end]
            if row is None or len(row.fields) != len(first.fields) or row.numbers != first.numbers:
                break
            rows.append(row)
            end += 1
        return FlatTable((*head, *rows), end) if len(rows) >= 2 else None

    def _tabbed(self, at: int) -> FlatTable | None:
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
        figures = sum(1 for row in rows if row.numbers)
        return FlatTable(rows, end) if len(rows) >= 2 and figures >= 2 else None


def _split(line: Line) -> Row:
    fields: list[Piece] = []
    start = line.start
    for text in line.text.split("\t"):
        fields.append((start, text))
        start += len(text) + 1
    return Row(tuple(fields), sum(1 for _, text in fields if _NUMBER.fullmatch(text.strip())))


def _row(line: Line) -> Row | None:
    """A line that closes with figures in columns; None for running text."""
    if len(line.text) > 2000 or _PROSE.search(line.text):
        return None
    wide = bool(_WIDE.search(line.text.strip()))
    found = list((_FIELD if wide else _TOKEN).finditer(line.text))
    if wide:
        found = _parted(line.text, found)
    numbers = 0
    for each in reversed(found):
        if not _NUMBER.fullmatch(each[0]):
            break
        numbers += 1
    labels = found[: len(found) - numbers]
    if not numbers or not labels or len(found) > _MOST_COLUMNS or (not wide and numbers < 2):
        return None
    if not any(re.search(r"\d", each[0]) for each in found[len(labels) :]):
        return None
    codes = [each for each in labels if re.fullmatch(r"\d{3,7}", each[0])]
    names = [each for each in labels if each not in codes]
    fields = [(line.start + each.start(), each[0]) for each in codes if each.start() == labels[0].start()]
    if names and not wide:
        first, last = names[0].start(), names[-1].end()
        fields.append((line.start + first, line.text[first:last]))
    else:
        fields.extend((line.start + each.start(), each[0]) for each in names)
    fields.extend((line.start + each.start(), each[0]) for each in found[len(labels) :])
    return Row(tuple(fields), numbers)


def _parted(text: str, found: Sequence[re.Match[str]]) -> list[re.Match[str]]:
    """Fields parted by one space only are parted where each piece is a number."""
    parts: list[re.Match[str]] = []
    for each in found:
        tokens = list(_TOKEN.finditer(text, each.start(), each.end()))
        if len(tokens) > 1 and all(_NUMBER.fullmatch(token[0]) for token in tokens):
            parts.extend(tokens)
        else:
            parts.append(each)
    return parts


def _names(line: Line) -> Row | None:
    """A line of column names, parted by wide spaces."""
    if _PROSE.search(line.text) or not _WIDE.search(line.text.strip()):
        return None
    fields = tuple((line.start + each.start(), each[0]) for each in _FIELD.finditer(line.text))
    return Row(fields, 0) if 2 <= len(fields) <= _MOST_COLUMNS else None
