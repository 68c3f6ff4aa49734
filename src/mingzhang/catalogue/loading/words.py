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
    residue = _file("residue.toml")
    return Phrases(
        tuple(map(re.compile, residue["alternatives"])), tuple(map(re.compile, residue["instructions"]))
    )


def _file(name: str) -> dict[str, Any]:
    return tomllib.loads((Path(words.__path__[0]) / name).read_text(encoding="utf-8"))
