"""What records and their rows say (记录内容): the one written form that events state and replaying compares."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.db import models

from mingzhang.records.casework.models import (
    Attachment,
    Deadline,
    Document,
    Hold,
    Involved,
    Personal,
    Record,
    Service,
)
from mingzhang.records.trail.digests import json_like

State = dict[str, Any]
"""Fields by name, as plain JSON."""

DERIVED = ("id", "key", "content", "words", "version", "head", "anchored", "fingerprint", "fingerprint_key")
"""Columns of a record that its state leaves out: what follows from its events, and digests by keys that change."""
_ROWS_WITHOUT = {
    Deadline: ("id", "record", "key"),
    Hold: ("id", "record", "key"),
    Document: ("id", "record", "key", "text", "key_name"),
    Service: ("id", "key"),
    Attachment: ("id", "record", "key", "report"),
    Involved: ("id", "record"),
    Personal: ("id", "record", "person", "path", "key_name", "sealed"),
}
"""Tables of rows below a record, with the fields that their state leaves out: what may be sealed anew, and where they stand."""

_LATER = {Deadline: ("done_at",)}
"""Columns that tables got later: left out while they are blank, so that events from before still say all of their rows."""

ROW_TABLES: dict[str, type[models.Model]] = {model.__name__: model for model in _ROWS_WITHOUT}

_NAMED_BY = {"Area": "code", "Organisation": "key", "User": "username", "Record": "key", "Document": "key", "Attachment": "key"}  # fmt: skip
"""The field by which a state names a row that it refers to."""


def record_state(record: Record) -> State:
    """The common fields of a record, without those that follow from its events."""
    return _state(record, DERIVED)


def row_state(row: models.Model) -> State:
    """A row below a record; `row_key` names it."""
    state = _state(row, _ROWS_WITHOUT[type(row)])
    for name in _LATER.get(type(row), ()):
        if state[name] is None:
            del state[name]
    return state


def row_key(row: models.Model) -> str:
    """What names a row within its record: its key, of a sealed field its path, of a person involved the login name."""
    if isinstance(row, Involved):
        return row.user.username
    return str(row.path if isinstance(row, Personal) else getattr(row, "key"))  # noqa: B009


def _state(row: models.Model, without: tuple[str, ...]) -> State:
    fields = (field for field in row._meta.concrete_fields if field.name not in without)
    stated: State = json_like({field.name: _value(field, row) for field in fields})
    return stated


def _value(field: models.Field[Any, Any], row: models.Model) -> Any:
    if not field.is_relation:
        return field.value_from_object(row)
    other = getattr(row, field.name)
    return None if other is None else getattr(other, _NAMED_BY[str(other._meta.object_name)])


def differing(before: Mapping[str, Any], after: Mapping[str, Any]) -> State:
    """What is different afterwards; None for what is there no more."""
    changed = {name: value for name, value in after.items() if name not in before or before[name] != value}
    return changed | dict.fromkeys(name for name in before if name not in after)


def rows_of(record: Record) -> dict[str, list[models.Model]]:
    """Every row below a record, by table."""
    found: dict[str, list[models.Model]] = {
        name: list(model._default_manager.filter(record=record).order_by("pk"))
        for name, model in ROW_TABLES.items()
        if model is not Service
    }
    services = Service.objects.filter(document__record=record).select_related(
        "document", "proof", "recorded_by"
    )
    return found | {"Service": list(services.order_by("pk"))}
