"""In the child process: every row of a register's file as plain JSON. Knows nothing of the books, so that a child starts at once."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict
from datetime import date
from pathlib import Path
from typing import Any

from mingzhang.records.imports.grids import read_grids
from mingzhang.records.imports.problems import RefusedError, RowProblem


def read(asked: Mapping[str, Any]) -> dict[str, Any]:
    """Every sheet's rows as plain JSON, or the problems."""
    try:
        grids = read_grids(Path(asked["path"]))
    except RefusedError as no:
        told = [each.as_problem() if isinstance(each, RowProblem) else each for each in no.problems]
        return {"sheets": [], "problems": [asdict(problem) for problem in told]}
    sheets = [
        {"name": grid.name, "rows": [[_plain(cell) for cell in row] for row in grid.rows]} for grid in grids
    ]
    return {"sheets": sheets, "problems": []}


def _plain(value: Any) -> Any:
    if isinstance(value, float) and value.is_integer() and abs(value) < 1e15:
        return int(value)
    if isinstance(value, date):
        return value.isoformat()
    return value if value is None or isinstance(value, str | bool | int | float) else str(value)
