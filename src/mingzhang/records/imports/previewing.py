"""What is shown of a file before it is taken in (导入预览): its kind, which column holds what, its first rows."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from mingzhang.documents import Problem
from mingzhang.records.imports.grids import Grid
from mingzhang.records.imports.headers import NOT_DATA
from mingzhang.records.imports.problems import RefusedError
from mingzhang.records.imports.recognising import best_match
from mingzhang.records.imports.statements import STATEMENT_KINDS
from mingzhang.records.imports.values import written

SHOWN = 12


@dataclass(frozen=True, slots=True)
class Column:
    """A column of the file: its letter's place, its header, the field that it holds, blank where none."""

    place: int
    text: str
    field: str


@dataclass(frozen=True, slots=True)
class Preview:
    """A file as understood so far. `header` is the row of the header within `rows`, from 1, 0 where none was found."""

    kind: str
    sheet: str
    sheets: int
    header: int
    columns: Sequence[Column]
    fields: Sequence[tuple[str, str]]
    missing: Sequence[str]
    rows: Sequence[Sequence[Any]]
    problems: Sequence[Problem] = ()

    @property
    def first_row(self) -> int:
        """The number of the first row shown: headers far down are shown with what follows them."""
        return max(self.header - 3, 1)

    @property
    def shown(self) -> list[tuple[int, list[str]]]:
        """(number, texts of the cells) of the rows shown."""
        first = self.first_row
        rows = self.rows[first - 1 : first - 1 + SHOWN]
        return [(number, [written(value) for value in row]) for number, row in enumerate(rows, first)]

    @property
    def width(self) -> int:
        """Columns of the widest row shown."""
        return max((len(row) for _, row in self.shown), default=0)


def preview_of(grids: Sequence[Grid], kind: str, mapping: Mapping[str, str]) -> Preview:
    """Understand the beginnings of sheets: as the kind asked for, else as the best one."""
    sheets = [grid for grid in grids if grid.name not in NOT_DATA and grid.rows]
    plain = sheets[0] if sheets else Grid("", "", [])
    if kind in STATEMENT_KINDS:
        return _plain(plain, kind, len(sheets))
    try:
        match = best_match(grids, kind, mapping)
    except RefusedError as refused:
        return _plain(
            plain, kind, len(sheets), tuple(each for each in refused.problems if isinstance(each, Problem))
        )
    if match is None or isinstance(match, str):
        return _plain(plain, match or kind, len(sheets))
    grid, header = match.sheets[0]
    holds = {place: name for name, place in header.columns.items()}
    return Preview(
        match.kind.name,
        grid.name,
        len(match.sheets),
        header.row,
        [Column(place, text, holds.get(place, "")) for place, text in enumerate(header.texts) if text],
        [(entry.name, entry.chinese) for entry in match.kind.fields],
        match.missing,
        grid.rows,
    )


def _plain(grid: Grid, kind: str, sheets: int, problems: Sequence[Problem] = ()) -> Preview:
    return Preview(kind, grid.name, sheets, 0, (), (), (), grid.rows, problems)


def mapping_of(fields: Sequence[tuple[str, str]], columns: Sequence[tuple[str, str]]) -> dict[str, str]:
    """What was chosen column by column, (header, field), as the mapping of an import: every field is stated, blank where no column holds it."""
    chosen = {field: text for text, field in columns if field}
    return {name: chosen.get(name, "") for name, _ in fields}
