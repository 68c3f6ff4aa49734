"""Events (事件): add one to a record's chain, prove chains whole, and replay them into what the record must say."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from typing import Any

from django.db import models
from django.utils import timezone

from mingzhang.records.acting import actor
from mingzhang.records.casework.models import Event, Record
from mingzhang.records.casework.row_states import DERIVED, State, differing, record_state, row_key, row_state
from mingzhang.records.people.models import User
from mingzhang.records.trail.digests import canonical, json_like, sm3

_STATED = ("number", "action", "from_state", "to_state", "actor_name", "role", "on_behalf_of", "payload", "reason", "corrects", "command_key", "previous")  # fmt: skip


@dataclass(frozen=True, slots=True)
class Before:
    """A record as it was before a change, so that the event can state the difference."""

    state: State = field(default_factory=dict)
    content: State = field(default_factory=dict)

    @classmethod
    def of(cls, record: Record) -> Before:
        """A record as it is now."""
        return cls(record_state(record), json_like(record.content))


@dataclass(frozen=True, slots=True)
class Deed:
    """Who did what, when, why, under which key of a command; `user` is None where the nightly run did it."""

    action: str
    user: User | None
    occurred_on: date
    role: str = ""
    reason: str = ""
    command_key: str = ""
    on_behalf_of: str = ""
    corrects: int | None = None


def append(
    record: Record,
    before: Before,
    deed: Deed,
    *,
    rows: Iterable[models.Model] = (),
    removed: Iterable[models.Model] = (),
) -> Event:
    """Add the event of a change to the record's chain and save the record; inside the transaction, the record being locked.

    `rows` are rows below the record as the change leaves them, `removed` those that it takes out (still with their keys).
    """
    event = made(record, before, deed, timezone.now(), rows=rows, removed=removed)
    record.save()
    event.record = record
    event.save(force_insert=True)
    return event


def made(
    record: Record,
    before: Before,
    deed: Deed,
    recorded_at: datetime,
    *,
    rows: Iterable[models.Model] = (),
    removed: Iterable[models.Model] = (),
) -> Event:
    """The event of a change, the record's head moved to it; neither is saved."""
    payload: dict[str, Any] = {}
    if record_changes := differing(before.state, record_state(record)):
        payload["record"] = record_changes
    if content_changes := differing(before.content, json_like(record.content)):
        payload["content"] = content_changes
    below: dict[str, dict[str, State | None]] = {}
    for row in rows:
        below.setdefault(type(row).__name__, {})[row_key(row)] = row_state(row)
    for row in removed:
        below.setdefault(type(row).__name__, {})[row_key(row)] = None
    if below:
        payload["rows"] = below
    event = Event(
        number=record.version + 1,
        action=deed.action,
        from_state=before.state.get("state", ""),
        to_state=record.state,
        actor=deed.user,
        actor_name=(deed.user.name if deed.user else actor())[:60],
        role=deed.role,
        on_behalf_of=deed.on_behalf_of,
        occurred_on=deed.occurred_on,
        recorded_at=recorded_at,
        payload=payload,
        reason=deed.reason[:300],
        corrects=deed.corrects,
        command_key=deed.command_key,
        previous=record.head or seed_of(record),
    )
    event.digest = digest_of(event, record.key)
    record.version, record.head = event.number, event.digest
    return event


def seed_of(record: Record) -> str:
    """What stands before the first event: the SM3 of the record's key, so that no chain can pass for another."""
    return sm3(record.key)


def digest_of(event: Event, record_key: str) -> str:
    """The SM3 of an event's content with the digest before it."""
    stated = {
        "record": record_key,
        "actor": event.actor_id,
        "occurred_on": event.occurred_on,
        "recorded_at": event.recorded_at.astimezone(UTC),
        **{name: getattr(event, name) for name in _STATED},
    }
    return sm3(canonical(stated))


@dataclass(slots=True)
class Replayed:
    """What a chain of events makes of its record."""

    state: State = field(default_factory=dict)
    content: State = field(default_factory=dict)
    rows: dict[str, dict[str, State]] = field(default_factory=dict)
    length: int = 0
    head: str = ""
    broken: list[tuple[int, str]] = field(default_factory=list)
    """(number, what is wrong in Chinese) of every event that was changed, taken out or put in."""


def replay(record_key: str, events: Iterable[Event]) -> Replayed:
    """Replay events in the order of their numbers, proving the chain on the way."""
    made = Replayed(head=sm3(record_key))
    for event in events:
        if event.number != made.length + 1:
            made.broken.append((made.length + 1, f"缺第{made.length + 1}条"))
        elif event.previous != made.head:
            made.broken.append((event.number, "与上一条衔接不上"))
        if digest_of(event, record_key) != event.digest:
            made.broken.append((event.number, "内容被改动"))
        made.length, made.head = event.number, event.digest
        _apply(made.state, event.payload.get("record", {}))
        _apply(made.content, event.payload.get("content", {}))
        for table, rows in event.payload.get("rows", {}).items():
            _apply(made.rows.setdefault(table, {}), rows)
    for name in DERIVED:
        made.state.pop(name, None)
    return made


def _apply(state: State, changes: State) -> None:
    """Take changes over; None in `content` and `rows` takes out, in `record` it is a value like others."""
    state.update(changes)


def lived(rows: dict[str, State]) -> dict[str, State]:
    """The rows that are still there."""
    return {key: row for key, row in rows.items() if row is not None}


def history(record: Record) -> Iterator[Event]:
    """The events of a record in order."""
    yield from record.events.select_related("actor").order_by("number")
