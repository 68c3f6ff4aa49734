"""Headers (表头): which grid column of a sheet shows which column of a form, recognised by text."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from mingzhang.forms import Column
from mingzhang.read.texts import alike
from mingzhang.read.workbook import Sheet

HEADER_ROWS = 20
"""A header begins within so many rows."""

HEADER_HEIGHT = 6
"""A header is at most so many rows high."""

HEADER_COLUMNS = 200
"""Columns further right belong to no form."""


@dataclass(frozen=True, slots=True)
class Header:
    """A recognised header: its rows (first to last, from 1) and the form column of each grid column."""

    top: int
    bottom: int
    columns: dict[int, Column]

    def columns_of(self, side: str = "", role: str = "value") -> dict[int, Column]:
        """Grid columns of one side and role, from the left."""
        return {
            place: column
            for place, column in sorted(self.columns.items())
            if (column.side, column.role) == (side, role)
        }


def find_header(
    sheet: Sheet, wanted: Sequence[Column], optional: frozenset[str] = frozenset()
) -> Header | None:
    """Find the rows whose texts agree best with the columns of a form; None where no value column is found.

    Columns named in `optional` may be absent; of columns with one header text they give way to the others.
    """
    best: tuple[int, int, int] | None = None
    found: Header | None = None
    for top in range(1, min(HEADER_ROWS, sheet.rows) + 1):
        for height in range(1, HEADER_HEIGHT + 1):
            bottom = top + height - 1
            if bottom > sheet.rows:
                break
            for spread in (False, True):
                columns, score = _match(_paths(sheet, top, bottom, spread), wanted, optional)
                rank = (score, -height, -spread)
                if any(column.role == "value" for column in columns.values()) and (
                    best is None or rank > best
                ):
                    best, found = rank, Header(top, bottom, columns)
    return found


def _paths(sheet: Sheet, top: int, bottom: int, spread: bool) -> dict[int, tuple[str, ...]]:
    """The header texts over each grid column from the top down, each repeated text once.

    `spread` carries a text of the upper rows to the blank cells on its right, for headers that are not merged.
    """
    paths: dict[int, tuple[str, ...]] = {}
    carried = dict.fromkeys(range(top, bottom), "")
    for column in range(1, min(HEADER_COLUMNS, sheet.columns) + 1):
        path: list[str] = []
        for row in range(top, bottom + 1):
            text = alike(sheet.merged_text(row, column))
            if spread and row < bottom:
                if text:
                    carried.update(dict.fromkeys(range(row + 1, bottom), ""))
                text = carried[row] = text or carried[row]
            if text and (not path or path[-1] != text):
                path.append(text)
        if path:
            paths[column] = tuple(path)
    return paths


def _match(
    paths: dict[int, tuple[str, ...]], wanted: Sequence[Column], optional: frozenset[str]
) -> tuple[dict[int, Column], int]:
    """Grid columns of the wanted columns, surest agreement first, and how sure the whole is."""
    ending: dict[str, list[int]] = {}
    for place, path in paths.items():
        ending.setdefault(path[-1], []).append(place)
    columns: dict[int, Column] = {}
    left = [(column, goal) for column in wanted if (goal := _goal(column))]
    score = 0
    for points, agrees in ((3, _equal), (2, _contains), (1, _shortens)):
        groups: dict[tuple[int, ...], list[Column]] = {}
        for column, goal in left:
            near = ending.get(goal[-1], ())
            places = tuple(place for place in near if place not in columns and agrees(paths[place], goal))
            groups.setdefault(places, []).append(column)
        for places, group in groups.items():
            for column in [column for column in reversed(group) if column.name in optional]:
                if places and len(group) > len(places):
                    group.remove(column)
            if len(places) == len(group) and not columns.keys() & set(places):
                columns.update(zip(places, group, strict=True))
                score += points * len(group)
        matched = {id(column) for column in columns.values()}
        left = [(column, goal) for column, goal in left if id(column) not in matched]
    return columns, score


def _goal(column: Column) -> tuple[str, ...]:
    goal: list[str] = []
    for text in map(alike, column.header):
        if text and (not goal or goal[-1] != text):
            goal.append(text)
    return tuple(goal)


def _equal(path: tuple[str, ...], goal: tuple[str, ...]) -> bool:
    return path == goal


def _contains(path: tuple[str, ...], goal: tuple[str, ...]) -> bool:
    """The sheet prints more texts above than the form."""
    return _in_order(goal, path)


def _shortens(path: tuple[str, ...], goal: tuple[str, ...]) -> bool:
    """The sheet prints fewer texts above than the form."""
    return _in_order(path, goal)


def _in_order(few: tuple[str, ...], many: tuple[str, ...]) -> bool:
    """Whether all of `few` occur in `many` in the same order."""
    rest = iter(many)
    return all(text in rest for text in few)
