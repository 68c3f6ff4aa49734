"""Forms as shown (表单): fields of an import table as inputs, with what was typed and what is wrong."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import uuid4

from mingzhang.documents import Problem
from mingzhang.records.imports.fields import Field
from mingzhang.records.keeping.fields import is_day, typed

_LONG = 36
"""Columns wider than this hold text of several lines."""


@dataclass(frozen=True, slots=True)
class Input:
    """One input: how it is labelled, what stands in it, what is wrong with it."""

    name: str
    label: str
    sort: str
    value: str
    help: str = ""
    error: str = ""
    required: bool = False
    options: tuple[tuple[str, str], ...] = ()


def inputs(
    fields: Iterable[Field], stated: Mapping[str, str], problems: Mapping[str, Problem] | None = None
) -> list[Input]:
    """The inputs of a form. What was not stated shows the field's default."""
    return [_input(entry, stated, (problems or {}).get(entry.name)) for entry in fields]


def _input(entry: Field, stated: Mapping[str, str], problem: Problem | None) -> Input:
    options = tuple((word, word) for word in entry.choices)
    value = stated[entry.name] if entry.name in stated else typed(entry, entry.default)
    sort = "choice" if options else "day" if is_day(entry) else "money" if entry.number else "text"
    if entry.width > _LONG:
        sort = "area"
    error = f"{problem.what}。{problem.remedy}" if problem else ""
    return Input(entry.name, entry.chinese, sort, value, entry.note, error, entry.required, options)


def with_options(found: Sequence[Input], name: str, options: Iterable[tuple[str, str]]) -> list[Input]:
    """The inputs with one of them turned into a choice."""
    return [
        Input(
            each.name,
            each.label,
            "choice",
            each.value,
            each.help,
            each.error,
            each.required,
            tuple(options),
        )
        if each.name == name
        else each
        for each in found
    ]


def new_key() -> str:
    """The key of a form that is shown: sent twice, it is taken once."""
    return uuid4().hex


def version_of(stated: Mapping[str, Any]) -> int:
    """The version of the record that the form was made from, 0 where it is missing."""
    text = str(stated.get("version", ""))
    return int(text) if text.isdecimal() and len(text) < 10 else 0
