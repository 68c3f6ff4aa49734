"""One-sided tables of codes in plain text: revenue and expenditure by function, told apart by arithmetic, not by places.

Extraction tools print such a table a row a line, without its blank cells, names broken over lines. What is certain all
the same: a row begins with its code (or 合计), its first figure is the total of the row, and which further columns have
money is what the total row says. A row with fewer figures than that has one nature only: which one follows where its
rank adds up in one way. What stays open is left out; the rows' totals are read nevertheless.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from itertools import product

from mingzhang.documents import Table
from mingzhang.read.reports.lines import Line
from mingzhang.read.reports.pages import cell, table
from mingzhang.read.reports.plain import Piece

_NATURES = ("基本支出", "项目支出")
_TITLE = re.compile(
    r"(?:[一二三四五六七八九十]+、|表[一二三四五六七八九十\d]+[:： ]*)?[^。，；;]{0,40}支出决算(?:明细)?表\Z"
)
_NOT_OF_FUNCTIONS = re.compile(r"收入支出|收支|基本支出|项目支出|三公|经费|基金|国有资本")
_ROW = re.compile(
    r"\s*(?:(?P<code>\d{3}(?:\s?\d\d){0,2})(?!\d)\s*(?P<name>[^\d\s][^\d]*?)?|(?:[类款项]\s*){0,3}(?P<total>合\s*计))"
    r"(?P<figures>(?:\s+[-－]?(?:\d{1,3}(?:[,，]\d{3})+|\d+)(?:\.\d+)?)+)\s*\Z"
)
_CODED = re.compile(r"\s*\d{3}(?:\s?\d\d){0,2}(?![\d.,，年])")
"""Begins a line that may be a row of its own, or part of one."""
_FIGURE = re.compile(r"[-－]?\d[\d,，]*(?:\.\d+)?")
_ABOVE = re.compile(r"单位\s*[:：]|部门\s*[:：]|公开\d+表")
_ENDS = re.compile(r"。|[注说备][明注]?[:：]|表\Z")
_CLOSES = re.compile(r"[注说备][明注]?[:：]|.*表\Z")
_HEAD_LINES, _APART, _MOST_ROWS = 14, 5, 2000
"""How far heads reach below a title; how many lines of broken names may stand between two rows."""
_COLUMNS = 6
"""Figures of a row where all columns are printed, blank ones as 0.00."""
_MOST_OPEN = 12
_TAIL = Decimal("0.01")
"""Rounding may part a sum from its total by half of this for each figure."""


@dataclass(slots=True)
class _Row:
    """A row: its code ("" for 合计), its name and figures with their places; `split` is what it has of each nature."""

    code: str
    label: list[Piece]
    figures: list[Piece]
    split: list[Piece | None] | None = None
    below: list[_Row] = field(default_factory=list)

    @property
    def total(self) -> Decimal:
        """The first figure, the total of the row."""
        return _value(self.figures[0])

    def amounts(self) -> list[Decimal]:
        """What it has of each nature, nothing where it is blank."""
        return [_value(each) if each else Decimal(0) for each in self.split or ()]


@dataclass(frozen=True, slots=True)
class CodedText:
    """The lines of a table: column heads from `head` on, rows from `body` to `end` (not included); `rows` are both."""

    rows: tuple[tuple[list[Piece], ...], ...]
    head: int
    body: int
    end: int

    def table(self, base: int = 0) -> Table:
        """The raw table."""
        cells = [[cell((base + at, text) for at, text in pieces) for pieces in row] for row in self.rows]
        return table(cells, len(self.rows[0]))


def coded_text(lines: Sequence[Line], at: int) -> CodedText | None:
    """The table of expenditure by function whose title is this line; None where there is none, or nothing is certain."""
    if not lines[at].words.endswith("表"):
        return None
    words = "".join(lines[at].words.split())
    if not _TITLE.match(words) or _NOT_OF_FUNCTIONS.search(words):
        return None
    body = next(
        (n for n in range(at + 1, min(at + _HEAD_LINES, len(lines))) if _ROW.match(lines[n].text)), None
    )
    if body is None or not _headed(lines[at + 1 : body]):
        return None
    rows, end = _rows(lines, body, words)
    totals = [row for row in rows if not row.code]
    if len(totals) != 1 or len(rows) < 3 or len({row.code for row in rows}) < len(rows):
        return None
    classes = [row.total for row in rows if len(row.code) == 3]
    if not (_near(sum(classes, Decimal(0)), totals[0].total, len(classes)) or _closed(lines, end)):
        return None
    if len(totals[0].figures) == 3:
        _split(totals[0], [row for row in rows if row.code])
    elif all(len(row.figures) == _COLUMNS and not any(map(_value, row.figures[3:])) for row in rows):
        for row in rows:
            row.split = list(row.figures[1:3])
    return CodedText(tuple(_cells(rows, lines[body].start)), _head(lines, at, body), body, end)


def _head(lines: Sequence[Line], at: int, body: int) -> int:
    """The first line of column heads, below the title and what it says of number, body and unit."""
    return next((number for number in range(at + 1, body) if not _ABOVE.search(lines[number].text)), body)


def _headed(heads: Sequence[Line]) -> bool:
    said = "".join("".join(line.words.split()) for line in heads)
    return (
        all(each in said for each in _NATURES)
        and "合计" in said
        and not any("。" in line.text for line in heads)
    )


def _closed(lines: Sequence[Line], end: int) -> bool:
    """Whether the table certainly ends there: a note follows, or another title."""
    return any(_CLOSES.match(line.words) for line in lines[end : end + _APART])


def _rows(lines: Sequence[Line], body: int, title: str) -> tuple[list[_Row], int]:
    """The rows from `body` on and the line behind the last; titles and heads repeated, broken names lie between.

    No rows where a line seems to be one and is not read as one.
    """
    rows: list[_Row] = []
    end, reach = body, body
    for number, line in enumerate(lines[body : body + _MOST_ROWS], body):
        found = _ROW.match(line.text)
        if found:
            rows.append(_row(line, found))
            end = reach = number + 1
        elif "".join(line.words.split()) == title:
            reach = number + _HEAD_LINES
        elif _ENDS.search(line.words) or number - reach >= _APART:
            break
        elif _CODED.match(line.text):
            return [], end
    return rows, end


def _row(line: Line, found: re.Match[str]) -> _Row:
    figures = [
        (line.start + each.start(), each[0])
        for each in _FIGURE.finditer(line.text, found.start("figures"), found.end("figures"))
    ]
    name = found["name"] or found["total"] or ""
    start = (
        found.start("name")
        if found["name"]
        else found.start("total")
        if found["total"]
        else found.end("code")
    )
    return _Row(re.sub(r"\s", "", found["code"] or ""), [(line.start + start, name)], figures)


def _split(whole: _Row, rows: Sequence[_Row]) -> None:
    """Tell the natures of every row, from the total down, where its rank adds up in one way only."""
    if not _near(sum(map(_value, whole.figures[1:]), Decimal(0)), whole.total, 3):
        return
    whole.split = list(whole.figures[1:])
    by_code = {row.code: row for row in rows}
    for row in rows:
        above = next(
            (by_code[row.code[:n]] for n in (5, 3) if n < len(row.code) and row.code[:n] in by_code), whole
        )
        above.below.append(row)
    waiting = [whole]
    while waiting:
        above = waiting.pop()
        if above.split is not None:
            _split_rank(above)
        waiting.extend(above.below)


def _split_rank(above: _Row) -> None:
    """The natures of the rows just below one whose own are known."""
    open_rows = []
    for row in above.below:
        if len(row.figures) == 3:
            row.split = list(row.figures[1:])
        elif len(row.figures) == 2 and _value(row.figures[1]) == row.total:
            open_rows.append(row)
    if not open_rows or len(open_rows) > _MOST_OPEN:
        return
    known = [row.amounts() for row in above.below if row.split]
    left = [whole - sum(parts, Decimal(0)) for whole, *parts in zip(above.amounts(), *known, strict=True)]
    fitting = [
        ways
        for ways in product((0, 1), repeat=len(open_rows))
        if _fits(open_rows, ways, left, len(above.below))
    ]
    for row, way in zip(open_rows, fitting[0], strict=True) if len(fitting) == 1 else ():
        row.split = [row.figures[1] if nature == way else None for nature in (0, 1)]


def _fits(rows: Sequence[_Row], ways: Sequence[int], left: Sequence[Decimal], size: int) -> bool:
    return all(
        _near(
            sum((row.total for row, way in zip(rows, ways, strict=True) if way == nature), Decimal(0)),
            left[nature],
            size,
        )
        for nature in (0, 1)
    )


def _near(one: Decimal, other: Decimal, figures: int) -> bool:
    return 2 * abs(one - other) <= _TAIL * (figures + 1)


def _cells(rows: Sequence[_Row], start: int) -> Iterator[tuple[list[Piece], ...]]:
    """Head and rows: code, name, total and, where they were told, the natures."""
    split = any(row.split for row in rows)
    heads = ("科目编码", "科目名称", "合计", *(_NATURES if split else ()))
    yield tuple([(start, each)] for each in heads)
    for row in rows:
        more = [[each] if each else [(start, "")] for each in row.split or (None, None)] if split else []
        code = [(row.label[0][0], row.code)] if row.code else [(start, "")]
        yield (code, row.label, row.figures[:1], *more)


def _value(piece: Piece) -> Decimal:
    return Decimal(re.sub("[,，]", "", piece[1]).replace("－", "-"))
