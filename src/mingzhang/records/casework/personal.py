"""Personal values of a record (个人信息): kept sealed beside it, opened for the engine's own checks; `reading` opens them for people."""

from __future__ import annotations

import json
import unicodedata

from mingzhang.casework.definitions import Field, FieldType
from mingzhang.records.casework.models import Index, Person, Personal, Record
from mingzhang.records.casework.sealing import index_digest, keys, seal, unseal
from mingzhang.records.casework.values import PersonalValue

_SEARCHED = (FieldType.TEXT,)
DRAFT = "draft:"
"""What the paths of a drafted step's personal values begin with."""


def place_of(owner: Record | Person, path: str) -> str:
    """Where a value belongs, as its seal knows it."""
    return f"{owner.key}/{path}"


def opened(record: Record) -> dict[str, str]:
    """All personal values of a record in clear, as JSON text by path; for the engine alone, nothing of it is shown."""
    if record.pk is None:
        return {}
    return {
        row.path: unseal(row.key_name, row.sealed, place_of(record, row.path))
        for row in record.personal.all()
    }


def sealed_row(record: Record, value: PersonalValue, row: Personal | None = None) -> Personal:
    """The row of a value sealed for its place; not saved."""
    made = seal(value.text, place_of(record, value.path))
    row = row or Personal(record=record, path=value.path)
    row.privacy, row.key_name, row.sealed, row.commitment = (
        value.field.privacy.value, made.key_name, made.text, made.commitment,
    )  # fmt: skip
    return row


def indexes(row: Personal, value: PersonalValue) -> list[Index]:
    """What a sealed value is found by: numbers and phones whole, other short texts by each pair of their characters too; by the current key."""
    if value.field.type not in _SEARCHED:
        return []
    key, text = keys().current, normal(str(json.loads(value.text)))
    purpose = purpose_of(value.field)
    exact = [
        Index(personal=row, kind=Index.Kind.EXACT, key_name=key, digest=index_digest(text, purpose, key))
    ]
    if value.field.identifier:
        return exact
    return exact + [
        Index(personal=row, kind=Index.Kind.PAIR, key_name=key, digest=index_digest(pair, "pair", key))
        for pair in pairs(text)
    ]


def purpose_of(field: Field) -> str:
    """What a whole value is digested for: one space for each identifier, so that a phone never matches an id number."""
    return field.identifier or "text"


def pairs(text: str) -> list[str]:
    """Each two characters that stand side by side, once.

    >>> pairs("王小明")
    ['小明', '王小']
    """
    return sorted({text[place : place + 2] for place in range(len(text) - 1)})


def normal(text: str) -> str:
    """A text as it is compared: width and case do not count."""
    return unicodedata.normalize("NFKC", text).casefold().strip()
