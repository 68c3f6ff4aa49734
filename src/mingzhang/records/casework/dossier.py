"""A record with all that stands below it, in memory (案卷): read once, changed by steps, written once.

Steps taken one by one and whole histories change the same dossiers by the same functions (`doing`); only the writing differs.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db import models

from mingzhang.casework.definitions import Kind
from mingzhang.records.casework import involving, personal
from mingzhang.records.casework.models import Deadline, Hold, Involved, PaymentRequest, Personal, Record
from mingzhang.records.casework.registers import Books, Registers
from mingzhang.records.casework.sealing import unseal
from mingzhang.records.casework.siblings import siblings_of
from mingzhang.records.casework.titles import title_of, words_of
from mingzhang.records.casework.values import PersonalValue, Values, field_at, joined, split
from mingzhang.records.casework.views import common, seen
from mingzhang.records.people.models import User

ASIDE = ("correct", "draft", "send_back", "recompute", "attach", "detach")
"""Events that are no steps: they do not move the day of the last one."""


@dataclass(slots=True)
class Change:
    """What a change of a dossier leaves: rows as they are afterwards, those taken out, values sealed anew with their rows, a payment asked for."""

    rows: list[models.Model] = field(default_factory=list)
    removed: list[models.Model] = field(default_factory=list)
    sealed: list[tuple[Personal, PersonalValue]] = field(default_factory=list)
    payment: PaymentRequest | None = None

    def add(self, rows: Iterable[models.Model]) -> None:
        """More rows, each once."""
        self.rows += [row for row in rows if not any(row is known for known in self.rows)]


@dataclass(slots=True)
class Dossier:
    """A record with its values in clear, its deadlines, holds, sealed values (by path, with their JSON text), whom it names, the actions so far."""

    record: Record
    kind: Kind
    values: Values = field(default_factory=dict)
    deadlines: list[Deadline] = field(default_factory=list)
    holds: list[Hold] = field(default_factory=list)
    sealed: dict[str, tuple[Personal, str]] = field(default_factory=dict)
    involved: dict[User, Involved] = field(default_factory=dict)
    actions: list[str] = field(default_factory=list)
    last_on: date | None = None
    """The day of the last step."""
    registers: Registers = field(default_factory=Books)
    """Where records of the same person or matter are asked for."""

    @property
    def texts(self) -> dict[str, str]:
        """The sealed values in clear, as JSON text by path."""
        return {path: text for path, (_, text) in self.sealed.items()}

    def view(self, values: Mapping[str, Any] | None = None) -> dict[str, Any]:
        """The record as guards, conditions and documents see it."""
        own = self.values if values is None else values
        siblings = siblings_of(self.record, self.kind, own, self.registers)
        return seen(self.record, self.kind, self.actions, self.deadlines, own, siblings)

    def happened(self, action: str, on: date) -> None:
        """One more event."""
        self.actions.append(action)
        if action not in ASIDE:
            self.last_on = on

    def seal(self, wanted: Iterable[PersonalValue], change: Change) -> None:
        """Make what is sealed say what is wanted; what stays the same is not touched."""
        asked = {value.path: value for value in wanted}
        for path, value in asked.items():
            row, text = self.sealed.get(path, (None, ""))
            if row is None or text != value.text:
                row = personal.sealed_row(self.record, value, row)
                self.sealed[path] = (row, value.text)
                change.add([row])
                change.sealed.append((row, value))
        change.removed += [self.sealed.pop(path)[0] for path in sorted(self.sealed.keys() - asked.keys())]

    def drafted(self) -> list[PersonalValue]:
        """The personal values of a drafted step that still waits; none where nothing waits."""
        found = []
        for path, text in self.texts.items() if self.record.draft else ():
            own = path.removeprefix(personal.DRAFT)
            field = field_at(self.kind, own) if own != path else None
            if field is not None:
                found.append(PersonalValue(path, field, text))
        return found


def lock(record: Record) -> Record:
    """The record as it is now, locked to the end of the transaction, with what its view names."""
    rows = Record.objects.select_for_update(of=("self",))
    return rows.select_related("area", "organisation", "owner", "parent").get(pk=record.pk)


def read_dossier(record: Record, kind: Kind) -> Dossier:
    """The dossier of a kept record."""
    sealed = {
        row.path: (row, unseal(row.key_name, row.sealed, personal.place_of(record, row.path)))
        for row in record.personal.all()
    }
    events = list(record.events.order_by("number").values_list("action", "occurred_on"))
    return Dossier(
        record,
        kind,
        joined(kind, record.content, {path: text for path, (_, text) in sealed.items()}),
        list(record.deadlines.order_by("id")),
        list(record.holds.order_by("id")),
        sealed,
        {row.user: row for row in record.involved.select_related("user")},
        [action for action, _ in events],
        next((on for action, on in reversed(events) if action not in ASIDE), None),
    )


def restate(
    dossier: Dossier, values: Values, registers: Registers, change: Change, opener: User | None = None
) -> None:
    """Let the record say these values: title, content, sealed values, words, whom it names."""
    record, kind = dossier.record, dossier.kind
    dossier.values = values
    record.title = title_of(kind, values, common(record))
    record.content, own = split(kind, values)
    dossier.seal([*own, *dossier.drafted()], change)
    record.words = words_of(record, kind)
    wanted = involving.named_in(record, kind, values, registers)
    first = next((user for user, row in dossier.involved.items() if row.how == involving.OPENER), opener)
    if first is not None:
        wanted[first] = involving.OPENER
    for user, how in wanted.items():
        if user not in dossier.involved:
            dossier.involved[user] = Involved(record=record, user=user, how=how)
            change.add([dossier.involved[user]])
    change.removed += [dossier.involved.pop(user) for user in dossier.involved.keys() - wanted.keys()]
