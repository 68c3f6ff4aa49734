"""The heads of vouchers (凭证头) in a list of entries: which rows make one voucher, its number, day and people."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache
from itertools import compress, count, islice, pairwise
from operator import ne
from typing import Any

from mingzhang.records.imports.context import Context
from mingzhang.records.imports.fields import CellError
from mingzhang.records.imports.problems import RowProblem
from mingzhang.records.imports.registers import entity_missing
from mingzhang.records.imports.rows import CellReader, Table
from mingzhang.records.imports.values import plain

_SHORT = re.compile(r"(\D{0,6}?)[-_字第\s]*0*(\d{1,5})号?\Z")
_LARGEST_SHORT = 99_999
_BLANK = ("", None)
_HEAD = ("number", "date", "word", "entity")
PEOPLE = ("prepared_by", "reviewed_by", "approved_by")

Key = tuple[str, int, str]
"""Unit, year and number of a voucher."""


@dataclass(slots=True)
class Head:
    """One voucher of the file: who, when, which number; the runs of rows it is made of, as (first, last + 1)."""

    entity: str
    day: date
    number: str
    kind: str
    kind_is_given: bool
    table: Table
    row: int
    reason: str = ""
    people: tuple[str, ...] = ("", "", "")
    summary: str = ""
    runs: list[list[int]] = field(default_factory=list)

    @property
    def key(self) -> Key:
        """What makes the voucher one."""
        return (self.entity, self.day.year, self.number)


def whole_number(word: str, number: str, day: date) -> str:
    """The number under which the books keep a voucher: short ones, which start again each month, with their month.

    >>> whole_number("", "记-1", date(2021, 3, 5)), whole_number("记", "0012", date(2021, 3, 5))
    ('记-2021-03-0001', '记-2021-03-0012')
    >>> whole_number("", "记-2021-03-0001", date(2021, 3, 5)), whole_number("", "2021030001", date(2021, 3, 5))
    ('记-2021-03-0001', '2021030001')
    """
    stem, dash, counted = number.rpartition("-")
    if dash and counted.isdecimal() and int(counted) <= _LARGEST_SHORT:
        own = _short_word(stem)
    else:
        found = _SHORT.match(number)
        own, counted = (found[1].strip("-_ "), found[2]) if found else (None, "")
    if own is None:
        return f"{word}{number}" if word and not number.startswith(word) else number
    return f"{own or word or '记'}-{day.year}-{day.month:02}-{int(counted):04}"


@lru_cache(maxsize=512)
def _short_word(stem: str) -> str | None:
    """The word of a short number that is a stem, a dash and digits; None where the stem makes it a long one."""
    found = _SHORT.match(f"{stem}-1")
    return found[1].strip("-_ ") if found else None


def read_heads(
    table: Table, context: Context, heads: dict[Key, Head], problems: list[RowProblem]
) -> list[Head | None]:
    """The voucher of every row; None where its head cannot be read. New vouchers join `heads`.

    A row whose number and day are blank belongs to the voucher above it.
    """
    blank = [""] * len(table)
    columns = [table.column(name) or blank for name in _HEAD]
    reader = CellReader(table, context)
    rows: list[Head | None] = []
    current: Head | None = None
    started = False
    for row, after, head in _stretches(list(zip(*columns, strict=True))):
        if head[0] in _BLANK and head[1] in _BLANK:
            if not started:
                bad = CellError("value_missing", "第一行没有凭证日期和凭证号", "补填凭证日期和凭证号")
                problems.append(table.problem(row, bad, "number"))
        else:
            current = _head(reader, table, row, head, current, context, problems)
            if current is not None:
                current = _joined(heads, current, problems)
                if not current.runs or current.table is not table or current.runs[-1][1] != row:
                    current.runs.append([row, row])
        started = True
        if current is not None:
            current.runs[-1][1] = after
        rows += [current] * (after - row)
    return rows


def _stretches(heads: list[tuple[Any, ...]]) -> Iterator[tuple[int, int, tuple[Any, ...]]]:
    """(first row, row after the last, what they say) of neighbouring rows that say the same."""
    changes = compress(count(1), map(ne, islice(heads, 1, None), heads))
    for row, after in pairwise([0, *changes, len(heads)] if heads else []):
        yield row, after, heads[row]


def _head(
    reader: CellReader,
    table: Table,
    row: int,
    raw: tuple[Any, ...],
    above: Head | None,
    context: Context,
    problems: list[RowProblem],
) -> Head | None:
    number, day, word, unit = raw
    if (
        not day
        and day in _BLANK
        and above is not None
        and plain(number)
        and plain(number) == plain(_raw(above, "number"))
    ):
        day = above.day
    cells = (number, day, word, unit)
    try:
        number = reader.read("number", number)
        day, word, unit = reader.read("date", day), reader.read("word", word), reader.read("entity", unit)
    except CellError:
        problems += _unread(reader, table, row, cells)
        return None
    if not unit:
        only = context.unit()
        if only is None:
            problems.append(table.problem(row, entity_missing(), "entity"))
            return None
        unit = only.code
    name = whole_number(word, plain(number), day)
    if len(name) > 40:
        problems.append(
            table.problem(row, CellError("text_too_long", "凭证号超过40个字", "缩短凭证号"), "number", name)
        )
        return None
    return Head(unit, day, name, "ordinary", False, table, row)


def _unread(reader: CellReader, table: Table, row: int, cells: tuple[Any, ...]) -> Iterator[RowProblem]:
    """What is wrong with the cells that head a voucher."""
    for name, value in zip(_HEAD, cells, strict=True):
        try:
            reader.read(name, value)
        except CellError as bad:
            yield table.problem(row, bad, name, value)


def _raw(head: Head, name: str) -> Any:
    column = head.table.column(name)
    return column[head.row] if column else ""


def _joined(heads: dict[Key, Head], head: Head, problems: list[RowProblem]) -> Head:
    """The voucher of that number met before, or this one as a new voucher."""
    known = heads.setdefault(head.key, head)
    if known.day != head.day:
        bad = CellError(
            "duplicate_number",
            f"凭证号{head.number}在第{known.table.numbers[known.row]}行已用于{known.day}的凭证",
            "改正凭证号或日期；同一凭证的各行日期应当相同",
        )
        problems.append(head.table.problem(head.row, bad, "number", _raw(head, "number")))
    return known


def complete(
    heads: Iterable[Head], columns: Mapping[str, Sequence[Any]], reader: CellReader
) -> Iterator[RowProblem]:
    """Read what only the first row of a voucher says: kind, reason, people. What many say alike is read once."""
    known: dict[tuple[Any, ...], tuple[str, bool, str, tuple[str, ...]]] = {}
    cells = list(zip(*columns.values(), strict=True)) if columns else []
    for head in heads if columns else ():
        raw = cells[head.row]
        found = known.get(raw)
        if found is not None:
            head.kind, head.kind_is_given, head.reason, head.people = found
            continue
        wrong = list(_complete(head, dict(zip(columns, raw, strict=True)), reader))
        if not wrong:
            known[raw] = head.kind, head.kind_is_given, head.reason, head.people
        yield from wrong


def _complete(head: Head, cells: Mapping[str, Any], reader: CellReader) -> Iterator[RowProblem]:
    """Read it for one voucher."""
    for name, value in cells.items():
        try:
            found = reader.read(name, value)
        except CellError as bad:
            yield head.table.problem(head.row, bad, name, value)
            continue
        if name == "kind" and found:
            head.kind, head.kind_is_given = found, found != "ordinary"
        elif name == "reason":
            head.reason = found
        elif name in PEOPLE and found:
            place = PEOPLE.index(name)
            head.people = (*head.people[:place], found, *head.people[place + 1 :])
