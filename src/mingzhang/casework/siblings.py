"""Records that belong to the same person or matter (同一对象的其他记录), as far as a kind declares that its guards read them.

A kind `shares` a record field with others (`episode`), which names what they have in common, the anchor; the anchor's own kind shares its key. `siblings`
says which fields of which kinds of the same line its guards see: plain ones and `COMMON`; nothing sealed.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, TypeAlias

from mingzhang.casework.definitions import FieldType, Kind, View

Siblings: TypeAlias = Mapping[str, Sequence[View]]
"""The other records by kind, each with its key, its state and the declared fields."""

ALWAYS = ("key", "state")
COMMON = frozenset({*ALWAYS, "number", "occurred_on", "accepted_on", "closed_on", "outcome", "rule_date"})
"""Common fields that a kind may declare; those of `ALWAYS` come without."""


def anchor_of(kind: Kind) -> str:
    """The kind, as other lines name it, of what records of this kind have in common with others: its own where it shares nothing."""
    return next((field.kind for field in kind.fields if field.name == kind.shares), kind.name)


def anchor_key(kind: Kind, key: str, values: View) -> str:
    """The key of the anchor of one record; blank where it names none."""
    return str(values.get(kind.shares) or "") if kind.shares else key


def siblings_said(record: View, kind: str) -> Sequence[View]:
    """The records of a kind that belong to the same person or matter, as a guard's view has them."""
    every: Siblings = record.get("siblings") or {}
    return every.get(kind, ())


def with_siblings_named(view: View, kind: Kind) -> View:
    """The view with sibling records in place of the keys that name them, so that documents print their fields."""
    named: dict[str, Any] = {}
    for field in kind.fields:
        line, _, below = field.kind.partition(".")
        if line == kind.line and below in kind.siblings and view.get(field.name):
            keys = view[field.name] if field.type is FieldType.RECORDS else [view[field.name]]
            named[field.name] = [each for each in siblings_said(view, below) if each["key"] in keys]
    return {**view, **named}
