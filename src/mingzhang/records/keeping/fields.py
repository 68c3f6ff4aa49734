"""What was typed into a form (表单), read field by field as a cell of an import table is read."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from mingzhang.documents import Problem
from mingzhang.records.imports.context import Context
from mingzhang.records.imports.fields import CellError, Field
from mingzhang.records.imports.rows import read_cell
from mingzhang.records.imports.values import day
from mingzhang.records.proposals.kind import RefusedError


class WrongFieldsError(RefusedError):
    """A form that cannot be taken; `fields` says what is wrong with which field."""

    def __init__(self, fields: Mapping[str, Problem]) -> None:
        super().__init__(*fields.values())
        self.fields = dict(fields)


@dataclass(frozen=True, slots=True)
class Filled:
    """A form as it was read: the values of the fields that could be, the problems of those that could not."""

    values: dict[str, Any]
    problems: dict[str, Problem]


def fill(fields: Iterable[Field], stated: Mapping[str, str], context: Context, where: str) -> Filled:
    """Read every field of a form; one that was not sent counts as blank."""
    values: dict[str, Any] = {}
    problems: dict[str, Problem] = {}
    for entry in fields:
        try:
            values[entry.name] = read_cell(stated.get(entry.name, ""), entry.read, entry, context)
        except CellError as wrong:
            problems[entry.name] = problem_of(wrong, where, entry.chinese)
    return Filled(values, problems)


def problem_of(wrong: CellError, where: str, chinese: str) -> Problem:
    """A cell's problem as that of a field."""
    return Problem(wrong.code, wrong.what, f"{where}，{chinese}", wrong.remedy)


def typed(entry: Field, value: Any) -> str:
    """A value as one would type it, so that it reads back as itself."""
    if entry.choices:
        context = _NOWHERE
        return next((word for word in entry.choices if entry.read(word, context) == value), "")
    if value is None or value == "":
        return ""
    if entry.number:
        return f"{'-' if value < 0 else ''}{abs(value) // 100}.{abs(value) % 100:02d}"
    return value.isoformat() if isinstance(value, date) else str(value)


def is_day(entry: Field) -> bool:
    """Whether a field holds a day."""
    return entry.read is day


_NOWHERE: Any = None
"""Words of lists are read alike in all books."""
