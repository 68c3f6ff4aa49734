"""The internal final-accounts tables (财决 series): the parsed data file, for `read.internal_workbook`."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib.resources import files
from typing import Any


@cache
def internal_tables() -> dict[str, Any]:
    """The content of `catalogue/internal_tables.toml`."""
    text = files("mingzhang.catalogue").joinpath("internal_tables.toml").read_text(encoding="utf-8")
    return tomllib.loads(text)
