"""What the checks of wording go by, from `catalogue/words/`."""

from __future__ import annotations

import re
import tomllib
from functools import cache
from pathlib import Path
from typing import Any

from mingzhang.audit.words.phrases import Phrases
from mingzhang.catalogue import words


@cache
def phrases() -> Phrases:
    """Every pattern of the folder. Raises ValueError where an expression is broken: the files are our own."""
    residue, directions = _file("residue.toml"), _file("directions.toml")
    return Phrases(
        alternatives=tuple(map(re.compile, residue["alternatives"])),
        instructions=tuple(map(re.compile, residue["instructions"])),
        purposes=tuple(
            (entry["name"], re.compile("|".join(entry["words"])))
            for entry in _file("purposes.toml")["classes"]
        ),
        more=tuple(directions["more"]),
        less=tuple(directions["less"]),
    )


def _file(name: str) -> dict[str, Any]:
    return tomllib.loads((Path(words.__path__[0]) / name).read_text(encoding="utf-8"))
