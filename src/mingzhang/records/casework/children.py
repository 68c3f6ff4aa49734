"""Records opened by steps of others (衍生记录): an objection against a decision, the judicial confirmation of an agreement."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from mingzhang.casework.definitions import FieldType, Transition
from mingzhang.records.casework.lines import kind_of
from mingzhang.records.casework.models import Record
from mingzhang.records.casework.opening import open_record
from mingzhang.records.people.models import User
from mingzhang.records.trail.digests import sm3


def open_child(
    user: User, record: Record, step: Transition, fields: Mapping[str, Any], on: date, command_key: str
) -> Record:
    """Open the child with its own fields (`child` of the payload, `action` among them where it has several openings); its field that points at such a record points at this one."""
    name = step.opens if "." in step.opens else f"{record.line}.{step.opens}"
    kind = kind_of(name)
    stated = dict(fields)
    action = str(stated.pop("action", ""))
    for field in kind.fields:
        if field.type is FieldType.RECORD and field.kind == f"{record.line}.{record.kind}":
            stated.setdefault(field.name, record.key)
    return open_record(
        user,
        kind,
        stated,
        occurred_on=on,
        command_key=sm3(f"{command_key}/child")[:64],
        action=action,
        parent=record,
    )
