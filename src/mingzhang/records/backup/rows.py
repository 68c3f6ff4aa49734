"""Rows as lines of text (行文本): one written form of every value, the same whatever database it comes from."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

from django.db import models

from mingzhang.records.batches import insert_rows

_BATCH = 2_000


def columns(model: type[models.Model]) -> list[models.Field]:
    """The fields that a row consists of: the key, then the others by name, whatever order a model states them in."""
    return sorted(model._meta.concrete_fields, key=lambda field: (not field.primary_key, field.name))


def lines(model: type[models.Model], using: str) -> Iterator[bytes]:
    """Every row in the order of its key, as a JSON array of its values."""
    names = [field.attname for field in columns(model)]
    found = model._base_manager.using(using).order_by("pk").values_list(*names)
    for row in found.iterator(chunk_size=_BATCH):
        yield _ENCODE(row).encode() + b"\n"


def _plain(value: object) -> str:
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat(timespec="microseconds")
    if isinstance(value, date | Decimal):
        return str(value)
    raise TypeError(f"{type(value).__name__} has no written form in a backup")


_ENCODE = json.JSONEncoder(ensure_ascii=False, sort_keys=True, separators=(",", ":"), default=_plain).encode


class RowReader:
    """Reads lines back into what the database takes."""

    def __init__(self, model: type[models.Model], connection: Any) -> None:
        self._readers = [_reader(field, connection) for field in columns(model)]

    def read(self, line: bytes) -> tuple[Any, ...]:
        """The values of a row. Raises ValueError where the line is none."""
        values = json.loads(line)
        return tuple(
            value if reader is None or value is None else reader(value)
            for reader, value in zip(self._readers, values, strict=True)
        )


def _reader(field: models.Field, connection: Any) -> Callable[[Any], Any] | None:
    """How a value of the field is made ready; None where it stands as it is."""
    if isinstance(field, models.DateField | models.DecimalField | models.JSONField):
        parse = (lambda value: value) if isinstance(field, models.JSONField) else field.to_python
        return lambda value: field.get_db_prep_save(parse(value), connection)
    return None


def insert(model: type[models.Model], rows: Iterable[tuple[Any, ...]], connection: Any) -> int:
    """Put rows into a table as they are, keys included; how many they were."""
    return insert_rows(connection, model._meta.db_table, [field.column for field in columns(model)], rows)
