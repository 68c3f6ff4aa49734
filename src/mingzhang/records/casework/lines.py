"""The business lines as the records know them (业务线): lines, kinds with their state tables."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar

from mingzhang.casework.definitions import Kind, Line
from mingzhang.casework.short_tables import with_table
from mingzhang.lines import lines
from mingzhang.records.casework.errors import refused
from mingzhang.records.casework.models import Record

_OTHERS: ContextVar[Mapping[str, Line] | None] = ContextVar("mingzhang_lines", default=None)


@contextmanager
def using(others: Mapping[str, Line]) -> Iterator[None]:
    """Let records know these lines instead, inside."""
    token = _OTHERS.set(others)
    try:
        yield
    finally:
        _OTHERS.reset(token)


def all_lines() -> Mapping[str, Line]:
    """Every line by its id, in the order of the codes."""
    others = _OTHERS.get()
    return lines() if others is None else others


def line_of(line: str) -> Line:
    """The line of an id. Raises RefusedError for one that is not there."""
    found = all_lines().get(line)
    if found is None:
        raise refused("E-REF", f"没有业务线“{line}”", "业务线", "核对业务线的编号。")
    return found


def kind_of(name: str) -> Kind:
    """The kind `line.kind`, with its state table or the short one of its shape. Raises RefusedError for one that is not there."""
    line_id, _, kind_id = name.partition(".")
    line = line_of(line_id)
    if kind_id not in line.kinds:
        raise refused("E-REF", f"{line.chinese}没有“{kind_id}”这种记录", "记录种类", "核对记录种类的名称。")
    return _with_table(line, kind_id)


def kind_of_record(record: Record) -> Kind:
    """The kind of a record."""
    return kind_of(f"{record.line}.{record.kind}")


_TABLES: dict[tuple[int, str], tuple[Line, Kind]] = {}


def _with_table(line: Line, kind_id: str) -> Kind:
    """Made once for each line read; the line is kept beside it, so that its identity stays its own."""
    known = _TABLES.get((id(line), kind_id))
    if known is None:
        known = _TABLES[id(line), kind_id] = (line, with_table(line, line.kinds[kind_id]))
    return known[1]
