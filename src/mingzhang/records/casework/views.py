"""Records as guards, conditions and metrics see them (记录视图): common fields and the line's own, by name."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from django.utils import timezone

from mingzhang.casework.deadlines import merged
from mingzhang.casework.definitions import Kind, Shape
from mingzhang.casework.siblings import Siblings
from mingzhang.records.casework.deadlines import pauses_of
from mingzhang.records.casework.models import Deadline, Record
from mingzhang.records.casework.personal import opened
from mingzhang.records.casework.registers import Books
from mingzhang.records.casework.siblings import siblings_of
from mingzhang.records.casework.values import Values, joined


def values_of(record: Record, kind: Kind) -> Values:
    """The line's own fields of a record, personal ones in clear; for the engine alone."""
    return joined(kind, record.content, opened(record))


def common(record: Record) -> dict[str, Any]:
    """The common fields; area by its code, organisation by its key, owner by the login name."""
    local = timezone.localtime
    return {
        "key": record.key,
        "line": record.line,
        "kind": record.kind,
        "number": record.number,
        "title": record.title,
        "received_at": local(record.received_at) if record.received_at else None,
        "received_on": local(record.received_at).date() if record.received_at else None,
        "channel": record.channel,
        "area": record.area.code if record.area else "",
        "area_level": record.area.level if record.area else "",
        "owner": record.owner.username if record.owner else "",
        "state": record.state,
        "accepted_on": record.accepted_on,
        "closed_on": record.closed_on,
        "outcome": record.outcome,
        "secrecy": record.secrecy,
        "rule_date": record.rule_date,
        "source_system": record.source_system,
        "source_ref": record.source_ref,
        "occurred_on": record.occurred_on,
        "recorded_on": local(record.recorded_at).date(),
        "organisation": record.organisation.key if record.organisation else "",
    }


def view_of(record: Record, kind: Kind, values: Mapping[str, Any] | None = None) -> dict[str, Any]:
    """The whole view of a record as it is kept; see `seen`."""
    own = values_of(record, kind) if values is None else values
    siblings = siblings_of(record, kind, own, Books())
    if record.pk is None:
        return seen(record, kind, (), (), own, siblings)
    actions = record.events.order_by("number").values_list("action", flat=True)
    return seen(record, kind, actions, list(record.deadlines.order_by("id")), own, siblings)


def seen(
    record: Record,
    kind: Kind,
    actions: Iterable[str],
    deadlines: Sequence[Deadline],
    values: Mapping[str, Any],
    siblings: Siblings,
) -> dict[str, Any]:
    """The whole view: own fields over the common ones, with `actions_taken`, `deadlines` (family → due day, the latest), `paused_days` and `siblings`."""
    spans = merged(pause for row in deadlines for pause in pauses_of(row))
    return {
        **common(record),
        **in_force(kind, record.occurred_on, record.closed_on),
        "actions_taken": tuple(actions),
        "deadlines": {row.family: row.due_on for row in deadlines},
        "paused_days": sum((span.until - span.after).days for span in spans if span.until),
        "siblings": siblings,
        **values,
    }


def in_force(kind: Kind, occurred_on: date, closed_on: date | None) -> dict[str, date | None]:
    """From when to when a record is there for a stock: since it happened; an entry of a registry until it ended, others as long as their state says."""
    return {"valid_from": occurred_on, "valid_to": closed_on if kind.shape is Shape.REGISTRY else None}
