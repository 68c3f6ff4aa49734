"""What a figure's words mean in running text, from `catalogue/reading/subjects.toml`."""

from __future__ import annotations

import tomllib
from functools import cache
from pathlib import Path

from mingzhang.catalogue import reading
from mingzhang.facts import Cell
from mingzhang.forms.subject import Subject


@cache
def subjects() -> tuple[Subject, ...]:
    """Every subject, in the order of the file.

    Raises ValueError where an expression is broken or a cell is no cell: the file is our own.
    """
    path = Path(reading.__path__[0]) / "subjects.toml"
    entries = tomllib.loads(path.read_text(encoding="utf-8"))["subjects"]
    return tuple(
        Subject(
            entry["words"],
            Cell.parse(entry["cell"]),
            entry.get("fund", False),
            tuple(entry.get("units", ())),
            entry.get("within", ""),
            tuple(entry.get("sections", ())),
            entry.get("after", ""),
        )
        for entry in entries
    )
