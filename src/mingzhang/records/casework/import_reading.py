"""Reading a register's file (台账文件): all rows of its sheets in a child process that may be killed, and the row that names the columns."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from mingzhang.documents import Problem
from mingzhang.isolation import Limits, Worker
from mingzhang.records.casework import import_child
from mingzhang.records.casework.errors import RefusedError, refused
from mingzhang.records.imports.headers import comparable, is_blank

MOST_ROWS = 50_000
MOST_COLUMNS = 200
HEADER_ROWS = 10
_LIMITS = Limits(seconds=120, megabytes=1500)


@dataclass(frozen=True, slots=True)
class Table:
    """The sheet that was understood: header texts by place, rows with their numbers in the file (from 1)."""

    sheet: str
    header: tuple[str, ...]
    rows: tuple[tuple[int, tuple[Any, ...]], ...]


def read_table(
    path: Path, wanted: Sequence[str], watch: Callable[[], None] = lambda: None, name: str = ""
) -> Table:
    """The first sheet with a row, among its first ten, that names two of the `wanted` headers (one, where only one is wanted). Raises RefusedError.

    `watch` is called many times a second meanwhile; what it raises ends the child. `name` is what the sender calls the file.
    """
    name = name or path.name
    with Worker(f"{import_child.__name__}:read", _LIMITS, watch) as worker:
        answer = worker.run({"path": str(path)}, name)
    if isinstance(answer, Problem):
        raise RefusedError(answer)
    if answer["problems"]:
        problems = (Problem(**problem) for problem in answer["problems"])
        raise RefusedError(*(replace(each, where=each.where.replace(path.name, name)) for each in problems))
    known = {comparable(text) for text in wanted}
    for sheet in answer["sheets"]:
        found = _header(sheet["rows"], known)
        if found is not None:
            return _table(sheet, found, name)
    names = "、".join(list(wanted)[:8])
    raise refused("E-REF", "没有找到列名所在的行", name, f"第一行写列名，如：{names}；或先下载模板再填。")


def _header(rows: list[list[Any]], known: set[str]) -> int | None:
    for number, row in enumerate(rows[:HEADER_ROWS]):
        named = {comparable(cell) for cell in row if isinstance(cell, str)} & known
        if len(named) >= min(2, len(known)):
            return number
    return None


def _table(sheet: dict[str, Any], header: int, file: str) -> Table:
    rows = sheet["rows"]
    names = tuple(str(cell).strip() if cell is not None else "" for cell in rows[header][:MOST_COLUMNS])
    twice = sorted({name for name in names if name and names.count(name) > 1})
    if twice:
        raise refused("E-DUP", f"列名“{'、'.join(twice)}”出现两次", file, "改正列名，使每列不同。")
    body = tuple(
        (number + 1, tuple(row[: len(names)]))
        for number, row in enumerate(rows)
        if number > header and not is_blank(row)
    )
    if len(body) > MOST_ROWS:
        raise refused("E-RANGE", f"文件有{len(body)}行，一次最多{MOST_ROWS}行", file, "分成几个文件导入。")
    return Table(sheet["name"], names, body)
