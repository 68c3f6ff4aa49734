"""Where the catalogue keeps its files, and how a CSV of codes is read."""

from __future__ import annotations

import csv
from pathlib import Path

CATALOGUE = Path(__file__).parent.parent
CODES = CATALOGUE / "codes"
EDITIONS = CATALOGUE / "editions"


def read_rows(path: Path) -> list[dict[str, str]]:
    """Rows of a UTF-8 CSV file with a header."""
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def split(text: str) -> tuple[str, ...]:
    """Parts of a cell that holds several values: `fund|function`."""
    return tuple(part for part in text.split("|") if part)
