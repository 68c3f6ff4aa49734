"""Digests (摘要): the one written form of a record's content, and its SM3."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

from django.db import models


def sm3(text: str) -> str:
    """The SM3 of a text in UTF-8, as 64 hex digits (GB/T 32905-2016)."""
    return hashlib.new("sm3", text.encode()).hexdigest()


class Chained:
    """The SM3 of lines, each ended by a line feed, built up some lines at a time."""

    def __init__(self) -> None:
        self._sum = hashlib.new("sm3")

    def add(self, *lines: str) -> None:
        """Take more lines in."""
        self._sum.update(_text(lines))

    def digest(self, *more: str) -> str:
        """The SM3 of all lines so far, and of some more that are not taken in."""
        whole = self._sum.copy()
        whole.update(_text(more))
        return whole.hexdigest()


def _text(lines: Iterable[str]) -> bytes:
    return "".join(f"{line}\n" for line in lines).encode()


def sm3_of_lines(lines: Iterable[str]) -> str:
    """The SM3 of lines, each ended by a line feed."""
    return hashlib.new("sm3", _text(lines)).hexdigest()


def canonical(value: Any) -> str:
    """The one written form of JSON-like content: keys sorted, no blanks, dates and decimals as text, times in UTC.

    >>> canonical({"on": date(2021, 3, 1), "count": 2, "kind": None})
    '{"count":2,"kind":null,"on":"2021-03-01"}'
    """
    return _ENCODER.encode(value)


def _plain(value: object) -> str:
    if isinstance(value, datetime) and value.tzinfo is not None:
        return value.astimezone(UTC).isoformat(timespec="microseconds")
    if isinstance(value, date | Decimal):
        return str(value)
    raise TypeError(f"{type(value).__name__} has no written form in the trail")


_ENCODER = json.JSONEncoder(ensure_ascii=False, sort_keys=True, separators=(",", ":"), default=_plain)
_AS_THEY_ARE = (str, int, bool, type(None))
_WRITTEN = (date, datetime, Decimal)


def json_like(value: Any) -> Any:
    """The value as it comes back from a JSON column: plain lists, dictionaries with text for keys.

    >>> json_like({"on": date(2021, 3, 1), "rows": [(1, Decimal("2.50"))]})
    {'on': '2021-03-01', 'rows': [[1, '2.50']]}
    """
    kind = type(value)
    if kind in _AS_THEY_ARE:
        return value
    if kind in _WRITTEN:
        return _plain(value)
    if kind is dict and all(type(name) is str for name in value):
        return {name: json_like(each) for name, each in value.items()}
    if kind is list:
        return [json_like(each) for each in value]
    return json.loads(canonical(value))


def content(record: models.Model, *without: str) -> dict[str, Any]:
    """What a record says, field by field, as the trail keeps it; `without` names fields left out."""
    fields = (field for field in record._meta.concrete_fields if field.name not in ("id", *without))
    return json_like({field.name: _stored(field, record) for field in fields})


def _stored(field: models.Field, record: models.Model) -> Any:
    """A field's value as its table gives it back: an amount with all its decimals, whatever was typed."""
    value = field.value_from_object(record)
    if isinstance(field, models.DecimalField) and value is not None:
        return Decimal(value).quantize(Decimal(1).scaleb(-field.decimal_places))
    return value


def content_digest(record: models.Model, without: Iterable[str] = ()) -> str:
    """The SM3 of what a record says.

    A field that holds its default says nothing, so that a field added by a later release leaves digests as they are.
    """
    stated = {}
    for field in record._meta.concrete_fields:
        if field.name == "id" or field.name in without:
            continue
        value = field.to_python(_stored(field, record))
        if value is not None and value != field.get_default():
            stated[field.name] = value
    return sm3(canonical(json_like(stated)))
