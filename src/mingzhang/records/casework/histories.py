"""Whole histories entered at once (成批录入经过): records of an earlier system, or of a sample, with all steps that they went through.

The same state tables, fields, guards, deadlines and documents as step by step, played in memory and written in bulk;
all or nothing. Who took the steps is stated, not asked for permission: only programs call this, never a person's request.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time
from typing import Any

from django.db import models, transaction
from django.utils import timezone

from mingzhang.casework.definitions import Transition
from mingzhang.casework.fields import CREATION, read_fields
from mingzhang.casework.states import Actor, refusals, transition_for
from mingzhang.records.casework import personal
from mingzhang.records.casework.calendars import calendar
from mingzhang.records.casework.doing import Step, applied
from mingzhang.records.casework.dossier import Change, Dossier
from mingzhang.records.casework.duplicates import mark
from mingzhang.records.casework.errors import refuse, refused
from mingzhang.records.casework.events import Before, Deed, made
from mingzhang.records.casework.fields import asked_in
from mingzhang.records.casework.heads import heads_held
from mingzhang.records.casework.lines import kind_of, line_of
from mingzhang.records.casework.models import (
    Area,
    Attachment,
    Deadline,
    Document,
    Event,
    Hold,
    Index,
    Involved,
    Organisation,
    PaymentRequest,
    Personal,
    Record,
)
from mingzhang.records.casework.registers import Remembered
from mingzhang.records.casework.values import PersonalValue, Values
from mingzhang.records.people.models import User
from mingzhang.records.trail import enter

OFFICE_HOUR = time(17, 0)
"""When a past step counts as recorded: on its day, after work."""

BATCH = 1_000


@dataclass(frozen=True, slots=True)
class PastStep:
    """A step on a day: who took it, and who approved it where it needs two persons."""

    action: str
    on: date
    by: User
    payload: Mapping[str, Any] = field(default_factory=dict)
    approved_by: User | None = None
    role: str = ""


@dataclass(frozen=True, slots=True)
class Past:
    """A record with its course; `opening` names the opening step where there are several, `role` is who opened it. Its files are kept already."""

    kind: str
    key: str
    opened_on: date
    by: User
    fields: Mapping[str, Any]
    steps: Sequence[PastStep] = ()
    opening: str = ""
    role: str = ""
    area: Area | None = None
    organisation: Organisation | None = None
    channel: str = ""
    parent: Record | None = None
    files: Sequence[Attachment] = ()


def enter_histories(pasts: Iterable[Past]) -> list[Record]:
    """Play and write all histories, or none. Raises RefusedError with the problems of the first that its state table does not allow."""
    shelf = _Shelf()
    calendar()
    with heads_held():
        records = [_play(past, shelf) for past in pasts]
    with transaction.atomic():
        shelf.write()
    return records


class _Shelf:
    """What waits to be written, and what the books were asked meanwhile."""

    def __init__(self) -> None:
        self.registers = Remembered()
        self.rows: dict[type[models.Model], dict[int, models.Model]] = {}
        self.values: dict[int, tuple[Personal, PersonalValue]] = {}
        """What is sealed as it is at the end, by its row: made findable then."""
        self.payments: dict[tuple[str, str], PaymentRequest] = {}

    def add(self, *rows: models.Model) -> None:
        """More rows, each once however often it changes."""
        for row in rows:
            self.rows.setdefault(type(row), {})[id(row)] = row

    def take(self, change: Change) -> None:
        """What a step leaves."""
        self.add(*change.rows)
        self.values |= {id(row): (row, value) for row, value in change.sealed}
        for row in change.removed:
            self.rows[type(row)].pop(id(row))
            self.values.pop(id(row), None)
        if change.payment is not None:
            asked = change.payment
            self.payments.setdefault((asked.record.key, asked.item), asked)

    def write(self) -> None:
        """Everything in bulk, records first."""
        self.registers.keep_numbers()
        for table in (Record, Attachment, Personal, Deadline, Hold, Document, Involved, Event):
            rows = list(self.rows.get(table, {}).values())
            for row in rows if table is not Record else ():
                row.record = row.record  # type: ignore[attr-defined]  # takes over the key that the record has by now
            table._default_manager.bulk_create(rows, batch_size=BATCH)
        indexes = [index for row, value in self.values.values() for index in personal.indexes(row, value)]
        Index.objects.bulk_create(indexes, batch_size=BATCH)
        if self.payments:
            for request in self.payments.values():
                request.record = request.record
            enter(list(self.payments.values()), "申请付款")


def _play(past: Past, shelf: _Shelf) -> Record:
    kind = kind_of(past.kind)
    assert kind.states is not None
    record = Record(
        key=past.key, line=kind.line, kind=kind.id, occurred_on=past.opened_on, rule_date=past.opened_on, secrecy=kind.secrecy,
        table_version=kind.states.version, recorded_at=_moment(past.opened_on), parent=past.parent, area=past.area,
        organisation=past.organisation, channel=past.channel, received_at=_moment(past.opened_on, time(9)) if past.channel else None,
    )  # fmt: skip
    dossier = Dossier(record, kind, registers=shelf.registers)
    opening = past.opening or next(each.action for each in kind.states.transitions if not each.sources)
    _take(dossier, PastStep(opening, past.opened_on, past.by, past.fields, role=past.role), shelf, past.files)
    for step in past.steps:
        _take(dossier, step, shelf)
    shelf.add(record)
    shelf.registers.made(record)
    return record


def _take(dossier: Dossier, past: PastStep, shelf: _Shelf, files: Sequence[Attachment] = ()) -> None:
    record, kind, table = dossier.record, dossier.kind, dossier.kind.states
    assert table is not None
    opening = not record.state
    view = dossier.view()
    step = transition_for(table, record.state, past.action, view)
    if step is None:
        raise refused("E-STATE", f"状态“{record.state}”不能办理“{past.action}”", _named(record), "核对经过。")
    payload = _read(dossier, step, past, opening)
    view = dossier.view(payload) if opening else view
    signer = past.approved_by or past.by
    before = Before() if opening else Before.of(record)
    guards = line_of(kind.line).guards
    found = refusals(
        table, view, past.action, payload, Actor(signer.username, frozenset(step.roles)), occurred_on=past.on,
        today=past.on, last_on=dossier.last_on, drafted_by=past.by.username if past.approved_by else "", guards=guards,
    )  # fmt: skip
    said = (guards[name](view, payload, past.on) for name in kind.guards)
    refuse([*found, *(problem for problem in said if problem is not None)])
    role = past.role if past.role in step.roles else next(iter(step.roles), "")
    deed = Deed(
        step.action, signer, past.on, role=role, on_behalf_of=past.by.name if past.approved_by else ""
    )
    if opening:
        mark(record, kind, payload)
    change = applied(dossier, Step(step, payload, deed), shelf.registers)
    for row in files:
        row.record = record
    change.add(files)
    shelf.take(change)
    event = made(record, before, deed, _moment(past.on), rows=change.rows, removed=change.removed)
    event.record = record
    shelf.add(event)
    dossier.happened(step.action, past.on)


def _read(dossier: Dossier, step: Transition, past: PastStep, opening: bool) -> Values:
    kind, asked = dossier.kind, asked_in(dossier.kind, step)
    fields = kind.fields if opening else tuple(each for each in kind.fields if each.name in asked.offered)
    action = CREATION if opening else step.action
    reading = read_fields(
        fields, past.payload, today=past.on, action=action, needs=asked.needed, known=dossier.values
    )
    refuse(reading.problems)
    return dict(reading.values)


def _moment(on: date, at: time = OFFICE_HOUR) -> datetime:
    return timezone.make_aware(datetime.combine(on, at))


def _named(record: Record) -> str:
    """How a message names the record."""
    return record.number or record.title or record.key
