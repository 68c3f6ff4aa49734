"""Predicates (条件): whether a record, as a view, meets a condition; and what is wrong with a condition as it is written.

A dotted name reaches into rows and holds where it holds for any row. A value that is missing meets only `empty = true`, `not_in`, and None.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping
from datetime import date, datetime
from typing import Any

from mingzhang.casework.definitions import Predicate, View

COMMON_FIELDS = (
    "key",
    "line",
    "kind",
    "number",
    "title",
    "received_at",
    "received_on",
    "channel",
    "area",
    "area_level",
    "owner",
    "state",
    "accepted_on",
    "closed_on",
    "outcome",
    "secrecy",
    "rule_date",
    "source_system",
    "source_ref",
    "occurred_on",
    "recorded_on",
    "valid_from",
    "valid_to",
    "organisation",
    "paused_days",
    "actions_taken",
    "late_families",
)
"""What every record has beside the fields of its kind: `received_on` is the day of `received_at`, `valid_from` and `valid_to` are those of registry
entries, `area_level` is the level of the area, `paused_days` counts the days of ended holds, `actions_taken` names all actions so far,
`late_families` the families of deadlines that were missed. The views of guards also carry `deadlines`: family → due day of the newest.
"""

SETTABLE = frozenset({"accepted_on", "secrecy"})
"""Common fields that a step may write, beside those of the kind."""


def meets(view: View, predicate: Predicate) -> bool:
    """Whether all conditions hold. Raises ValueError for an operator that does not exist.

    >>> meets({"means": "证明", "on": date(2021, 5, 1)}, {"means": {"in": ["证明", "诚信承诺"]}, "on": {"ge": date(2021, 1, 1)}})
    True
    """
    return all(_holds(values(view, name), asked) for name, asked in predicate.items())


def values(view: View, name: str) -> list[Any]:
    """The field's value, or of a dotted name its value in each row; None where it is missing."""
    if name in view:
        return [view[name]]
    head, dot, rest = name.partition(".")
    if not dot:
        return [None]
    below = view.get(head)
    if isinstance(below, Mapping):
        return values(below, rest)
    return [value for row in below or () for value in values(row, rest)]


def mistakes(predicate: Predicate, known: Collection[str]) -> Iterator[str]:
    """What is wrong with a predicate as written: names that are not `known` (dotted ones included), operators that do not exist."""
    for name, asked in predicate.items():
        if name not in known:
            yield f"没有“{name}”这个字段"
        if isinstance(asked, Mapping):
            for operator, wanted in asked.items():
                if operator not in OPERATORS:
                    yield f"“{name}”的条件“{operator}”不存在，可用：{'、'.join(OPERATORS)}"
                elif operator in ("in", "not_in") and not isinstance(wanted, list | tuple):
                    yield f"“{name}”的条件“{operator}”应写成列表"


def as_day(value: Any) -> date | None:
    """The day of a date or moment (of a moment its own clock's); None for anything else."""
    if isinstance(value, datetime):
        return value.date()
    return value if isinstance(value, date) else None


def _holds(found: list[Any], asked: Any) -> bool:
    if not isinstance(asked, Mapping):
        return any(value == asked for value in found)
    return all(_operator(operator)(found, wanted) for operator, wanted in asked.items())


def _operator(name: str) -> Callable[[list[Any], Any], bool]:
    if name not in OPERATORS:
        raise ValueError(f"unknown operator {name!r}: one of {', '.join(OPERATORS)}")
    return OPERATORS[name]


def _compared(found: list[Any], wanted: Any, holds: Callable[[Any, Any], bool]) -> bool:
    if isinstance(wanted, date) and not isinstance(wanted, datetime):
        found = [as_day(value) for value in found]
    return any(value is not None and value != "" and holds(value, wanted) for value in found)


def _has(found: list[Any], wanted: Any) -> bool:
    """Whether a list field contains the value, or any of several."""
    asked = set(wanted) if isinstance(wanted, list | tuple) else {wanted}
    return any(isinstance(value, list | tuple) and not asked.isdisjoint(value) for value in found)


def is_empty(value: Any) -> bool:
    """Whether nothing was entered: None, blank text, an empty list. Zero and 否 are values."""
    return value is None or (isinstance(value, str | list | tuple | dict) and not value)


OPERATORS: dict[str, Callable[[list[Any], Any], bool]] = {
    "in": lambda found, wanted: any(value in wanted for value in found),
    "not_in": lambda found, wanted: all(value not in wanted for value in found),
    "ge": lambda found, wanted: _compared(found, wanted, lambda value, limit: bool(value >= limit)),
    "le": lambda found, wanted: _compared(found, wanted, lambda value, limit: bool(value <= limit)),
    "gt": lambda found, wanted: _compared(found, wanted, lambda value, limit: bool(value > limit)),
    "lt": lambda found, wanted: _compared(found, wanted, lambda value, limit: bool(value < limit)),
    "has": _has,
    "empty": lambda found, wanted: all(map(is_empty, found)) is bool(wanted),
}
"""Operators by name: each is asked with the values found and what the predicate wants."""
