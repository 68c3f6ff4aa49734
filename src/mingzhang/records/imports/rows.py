"""Rows of a table read by its kind: each distinct value of a column once, every bad cell kept with its place."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from operator import and_
from typing import Any, Protocol

from mingzhang.records.imports.context import Context
from mingzhang.records.imports.fields import CellError, Field, Kind
from mingzhang.records.imports.grids import Grid
from mingzhang.records.imports.headers import Header, is_blank, letter
from mingzhang.records.imports.problems import RowProblem
from mingzhang.records.imports.values import in_ten_thousand, written

_TOTALS = (
    "合计",
    "总计",
    "小计",
    "累计",
    "本页合计",
    "本月合计",
    "本年累计",
    "本期合计",
    "制表人",
    "打印日期",
)


@dataclass(slots=True)
class Table:
    """A grid with its header: the rows under it that are neither blank nor totals, by number, and those left out."""

    grid: Grid
    header: Header
    kind: Kind
    numbers: list[int] = field(default_factory=list)
    left_out: list[int] = field(default_factory=list)

    _columns: dict[str, list[Any]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        columns = self.header.columns
        identifying = [
            columns[entry.name] for entry in self.kind.fields if entry.required and entry.name in columns
        ]
        first = self.header.row
        leading = self.grid.column(0)[first:]
        anchors = self.grid.column(identifying[0])[first:] if identifying else leading
        leads, names = _by_value(_leads, leading), _by_value(_is_named, anchors)
        are_data = list(map(and_, leads, names))
        if all(are_data):
            self.numbers = list(range(first + 1, first + 1 + len(are_data)))
            return
        for number, is_data in enumerate(are_data, first + 1):
            if not is_data:
                row = self.grid.rows[number - 1]
                if is_blank(row):
                    continue
                if _is_total(row, identifying):
                    self.left_out.append(number)
                    continue
            self.numbers.append(number)

    def __len__(self) -> int:
        return len(self.numbers)

    def column(self, name: str) -> list[Any] | None:
        """The raw values of a field's column, None where the file has none."""
        place = self.header.columns.get(name)
        if place is None:
            return None
        if name not in self._columns:
            whole, first = self.grid.column(place), self.header.row
            if len(self.numbers) == len(whole) - first:
                self._columns[name] = whole[first:]
            else:
                self._columns[name] = [whole[number - 1] for number in self.numbers]
        return self._columns[name]

    def shown(self, name: str) -> str:
        """How a field's column is called in messages: its header and letter."""
        place = self.header.columns.get(name)
        if place is None:
            return self.kind.field(name).chinese
        return f"{self.header.texts[place]}（{letter(place)}列）"

    def problem(
        self, row: int, bad: CellError, name: str = "", value: Any = "", severity: str = "error"
    ) -> RowProblem:
        """A problem of a row (its index among `rows`) in a field's column."""
        return RowProblem(
            bad.code, bad.what, bad.remedy, self.grid.file, self.grid.name, self.numbers[row],
            self.shown(name) if name else "", written(value)[:60], severity,
        )  # fmt: skip


def _by_value(says: Callable[[Any], bool], column: list[Any]) -> Iterator[bool]:
    """What a question says of every value of a column, asked once for each distinct value."""
    known = {value: says(value) for value in set(column)}
    return map(known.__getitem__, column)


def _is_named(anchor: Any) -> bool:
    """Whether the identifying cell of a row is filled, and not with a word of totals."""
    if type(anchor) is str:
        return not (anchor == "" or anchor.isspace() or anchor.startswith(_TOTALS))
    return anchor is not None


def _leads(first: Any) -> bool:
    """Whether the cell at the head of a row may be that of data: no text speaks of totals."""
    return type(first) is not str or not first.lstrip().startswith(_TOTALS)


def _is_total(row: list[Any], identifying: list[int]) -> bool:
    """Whether a row only adds up the table: its first text says so and a required cell is blank."""
    first = row[0]
    if first == "" or first is None:
        first = next((value for value in row if value not in ("", None)), "")
    return (
        isinstance(first, str)
        and first.replace(" ", "").replace("　", "").startswith(_TOTALS)
        and any(place >= len(row) or row[place] in ("", None) for place in identifying)
    )


class Taker(Protocol):
    """Takes the tables of a file in: everything is checked before the first write."""

    def __call__(self, tables: list[Table], context: Context) -> Taken:
        """Check the rows; what is returned can be written or dropped."""


@dataclass(slots=True)
class Taken:
    """What checking found. `write` puts it into the books and returns (added, changed); nothing is written before."""

    write: Callable[[Any], tuple[int, int]]
    problems: list[RowProblem] = field(default_factory=list)
    rows: int = 0
    unchanged: int = 0
    unit: str = "行"


def read_column(table: Table, entry: Field, context: Context, problems: list[RowProblem]) -> list[Any]:
    """The values of a field, the default where blank; a bad value is None and a problem."""
    raw = table.column(entry.name)
    if raw is None:
        return [entry.default] * len(table)
    read = entry.read
    if table.header.columns[entry.name] in table.header.in_ten_thousand and entry.number:
        read = scaled(read)
    known: dict[Any, Any] = {}
    bad: dict[Any, CellError] = {}
    values = []
    for value in raw:
        key = (value, type(value))
        if key not in known:
            try:
                known[key] = read_cell(value, read, entry, context)
            except CellError as problem:
                known[key], bad[key] = None, problem
        values.append(known[key])
    if bad:
        for row, value in enumerate(raw):
            if found := bad.get((value, type(value))):
                problems.append(table.problem(row, found, entry.name, value))
    return values


def read_cell(value: Any, read: Callable[[Any, Context], Any], entry: Field, context: Context) -> Any:
    """One cell by its field: the default where blank, CellError where it must not be."""
    if value is None or (isinstance(value, str) and not value.strip()):
        if entry.required:
            raise CellError("value_missing", f"没有填写{entry.chinese}", entry.note or f"补填{entry.chinese}")
        return entry.default
    return read(value, context)


class CellReader:
    """Reads cells of one table by field, each distinct value of a column once."""

    def __init__(self, table: Table, context: Context) -> None:
        self._fields = {entry.name: entry for entry in table.kind.fields}
        self._context = context
        self._known: dict[str, dict[Any, Any]] = {name: {} for name in self._fields}

    def known(self, name: str) -> dict[Any, Any]:
        """What cells of a field were found to say so far, or why they cannot be taken."""
        return self._known[name]

    def read(self, name: str, value: Any) -> Any:
        """What a cell says; raises CellError where it cannot be taken."""
        known = self._known[name]
        found = known.get(value)
        if found is None:
            entry = self._fields[name]
            try:
                found = read_cell(value, entry.read, entry, self._context)
            except CellError as bad:
                found = bad
            known[value] = found
        if type(found) is CellError:
            raise found
        return found


def scaled(read: Callable[[Any, Context], Any]) -> Callable[[Any, Context], Any]:
    """The reader for amounts in 万元."""
    return lambda value, context: read(in_ten_thousand(value), context)


def read_rows(
    table: Table, context: Context, problems: list[RowProblem]
) -> Iterator[tuple[int, dict[str, Any]]]:
    """(index of the row, values by field) of every row without a bad cell; the bad cells join `problems`."""
    columns = {entry.name: read_column(table, entry, context, problems) for entry in table.kind.fields}
    spoilt = {found.row for found in problems if found.sheet == table.grid.name}
    for row in range(len(table)):
        if table.numbers[row] not in spoilt:
            yield row, {name: values[row] for name, values in columns.items()}
