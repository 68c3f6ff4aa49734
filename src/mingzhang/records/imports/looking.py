"""A first look at an uploaded file (预读): the first rows of every sheet, read in a child process that may be killed."""

from __future__ import annotations

from dataclasses import asdict
from datetime import date
from pathlib import Path
from typing import Any

from mingzhang.documents import Problem
from mingzhang.isolation import Limits, Worker
from mingzhang.records.imports.grids import Grid, read_grids
from mingzhang.records.imports.problems import RefusedError
from mingzhang.records.imports.reading import for_import

ROWS, COLUMNS = 30, 60
"""So much of a sheet is looked at; a header begins within it."""
_LONGEST = 200
_LIMITS = Limits(seconds=60, megabytes=1500)


def first_look(path: Path) -> list[Grid]:
    """The beginnings of the sheets of a file. Raises RefusedError where it cannot be read, or takes too much to read."""
    with Worker(f"{__name__}:look", _LIMITS) as worker:
        answer = worker.run({"path": str(path)}, path.name)
    if isinstance(answer, Problem):
        raise RefusedError(for_import(answer))
    if answer["problems"]:
        raise RefusedError(*(Problem(**problem) for problem in answer["problems"]))
    return grids_of(path.name, answer["sheets"])


def look(asked: dict[str, Any]) -> dict[str, Any]:
    """In the child: read the file, and answer with the first rows and the number of all."""
    try:
        grids = read_grids(Path(asked["path"]))
    except RefusedError as refused:
        return {"sheets": [], "problems": [asdict(problem) for problem in refused.problems]}
    return {"sheets": sheets_of(grids), "problems": []}


def sheets_of(grids: list[Grid]) -> list[dict[str, Any]]:
    """Grids as JSON."""
    return [
        {
            "name": grid.name,
            "rows": [[_plain(value) for value in row[:COLUMNS]] for row in grid.rows[:ROWS]],
        }
        for grid in grids
    ]


def grids_of(file: str, sheets: list[dict[str, Any]]) -> list[Grid]:
    """JSON as grids again."""
    return [Grid(file, sheet["name"], sheet["rows"]) for sheet in sheets]


def _plain(value: Any) -> Any:
    if isinstance(value, str):
        return value[:_LONGEST]
    if isinstance(value, date):
        return value.isoformat()
    return value if value is None or isinstance(value, bool | int | float) else str(value)[:_LONGEST]
