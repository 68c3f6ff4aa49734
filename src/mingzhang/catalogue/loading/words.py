"""What the checks of wording go by, from `catalogue/words/`."""

from __future__ import annotations

import re
import tomllib
from functools import cache
from pathlib import Path
from typing import Any

from mingzhang.audit.words.phrases import Nothing, Phrases, Required
from mingzhang.catalogue import words
from mingzhang.facts import Cell


@cache
def phrases() -> Phrases:
    """Every pattern of the folder. Raises ValueError where an expression is broken: the files are our own."""
    residue, directions, required = map(_file, ("residue.toml", "directions.toml", "required.toml"))
    return Phrases(
        alternatives=tuple(map(re.compile, residue["alternatives"])),
        instructions=tuple(map(re.compile, residue["instructions"])),
        purposes=tuple(
            (entry["name"], re.compile("|".join(entry["words"])))
            for entry in _file("purposes.toml")["classes"]
        ),
        more=tuple(directions["more"]),
        less=tuple(directions["less"]),
        nothing=tuple(
            Nothing(entry["name"], re.compile(entry["words"]), tuple(map(Cell.parse, entry["cells"])))
            for entry in _file("nothing.toml")["subjects"]
        ),
        required=tuple(
            Required(kind, entry["name"], re.compile(entry["words"]), entry.get("since", 0))
            for kind in ("parts", "topics", "forms")
            for entry in required[kind]
        ),
        required_by=required["basis"],
    )


def _file(name: str) -> dict[str, Any]:
    return tomllib.loads((Path(words.__path__[0]) / name).read_text(encoding="utf-8"))
