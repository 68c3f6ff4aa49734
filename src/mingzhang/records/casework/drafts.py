"""Drafted steps (待批准的步骤): what one person proposed and another decides, kept beside the record, personal values sealed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from mingzhang.casework.definitions import Transition
from mingzhang.records.casework import personal
from mingzhang.records.casework.dossier import Change, Dossier
from mingzhang.records.casework.errors import refused
from mingzhang.records.casework.events import Before, Deed
from mingzhang.records.casework.models import Record
from mingzhang.records.casework.values import PersonalValue, Values, joined, split
from mingzhang.records.casework.writing import write
from mingzhang.records.people.models import User
from mingzhang.records.trail.digests import json_like


@dataclass(frozen=True, slots=True)
class Waiting:
    """A drafted step: the action, its name, who drafted it (login name and name), the day, what was entered."""

    action: str
    chinese: str
    by: str
    name: str
    on: date
    reason: str
    payload: Values
    extra: Mapping[str, Any]


def waiting(dossier: Dossier) -> Waiting:
    """What waits at a record. Raises RefusedError where nothing does."""
    record, kind = dossier.record, dossier.kind
    stated = record.draft
    if not stated:
        raise refused("E-STATE", "没有等待批准的步骤", str(record), "刷新页面查看最新情况。")
    opened = {
        path.removeprefix(personal.DRAFT): text
        for path, text in dossier.texts.items()
        if path.startswith(personal.DRAFT)
    }
    extra = dict(stated["extra"])
    if extra.get("until"):
        extra["until"] = date.fromisoformat(extra["until"])
    if extra.get("owner"):
        extra["owner"] = User.objects.get(username=extra["owner"])
    return Waiting(
        stated["action"], stated["chinese"], stated["by"], stated["name"], date.fromisoformat(stated["on"]),
        stated["reason"], {**joined(kind, stated["payload"], opened), **dict.fromkeys(stated["blanked"])}, extra,
    )  # fmt: skip


def put_down(
    dossier: Dossier, step: Transition, payload: Values, extra: Mapping[str, Any], deed: Deed
) -> Record:
    """Keep a drafted step, with its event."""
    record, kind, change = dossier.record, dossier.kind, Change()
    before = Before.of(record)
    content, own = split(kind, payload)
    user = deed.user
    assert user is not None
    record.draft = {
        "action": step.action, "chinese": step.chinese, "by": user.username, "name": user.name, "on": deed.occurred_on.isoformat(),
        "reason": deed.reason, "payload": content, "blanked": sorted(name for name, value in payload.items() if value in (None, "", [])),
        "extra": json_like({name: value.username if isinstance(value, User) else value for name, value in extra.items()}),
    }  # fmt: skip
    drafted = [PersonalValue(personal.DRAFT + value.path, value.field, value.text) for value in own]
    _, present = split(kind, dossier.values)
    dossier.seal([*present, *drafted], change)
    write(dossier, change, deed, before)
    return record


def clear(dossier: Dossier, deed: Deed) -> Record:
    """Take the drafted step away, with its event; nothing else changes."""
    before, change = Before.of(dossier.record), Change()
    dossier.record.draft = {}
    _, present = split(dossier.kind, dossier.values)
    dossier.seal(present, change)
    write(dossier, change, deed, before)
    return dossier.record
