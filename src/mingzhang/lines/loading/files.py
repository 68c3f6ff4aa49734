"""A line's files, and problems at the place in them that is meant."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

from mingzhang.catalogue.loading.datafile import DataFile, read_data_file
from mingzhang.catalogue.loading.schema import Schema, check_file
from mingzhang.documents import Problem

CODE = "E-LINE"


def read_checked(path: Path, schema: Schema, *, optional: bool = False) -> tuple[DataFile, list[Problem]]:
    """The file and what its schema has against it; an empty file where it cannot be read or, being optional, is not there."""
    blank = DataFile(path, "", {})
    if optional and not path.exists():
        return blank, []
    found = read_data_file(path)
    if isinstance(found, Problem):
        return blank, [found]
    return found, list(check_file(found, schema))


def at(file: DataFile, what: str, remedy: str, *entries: str) -> Problem:
    """A problem at the first of the named entries after the ones before it: `at(file, …, "aid_case", "means")` finds the field of that kind."""
    return Problem(CODE, what, f"{file.path}，第{_line(file.text, entries)}行", remedy)


def plain(path: Path, what: str, remedy: str, line: int = 1) -> Problem:
    """A problem at a line of a file that is no TOML."""
    return Problem(CODE, what, f"{path}，第{line}行", remedy)


def texts(table: dict[str, Any], key: str) -> tuple[str, ...]:
    """A list of texts of a table, empty where it is not stated."""
    return tuple(table.get(key, ()))


def _line(text: str, entries: tuple[str, ...]) -> int:
    start = 0
    for entry in entries:
        found = re.compile(
            rf"""(?:id|name|kind|action|family|code)\s*=\s*["']{re.escape(entry)}["']"""
        ).search(text, start)
        found = found or re.compile(re.escape(entry)).search(text, start)
        if found is not None:
            start = found.start()
    return text.count("\n", 0, start) + 1
