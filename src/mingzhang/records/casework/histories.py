"""Whole histories entered at once (成批录入经过): records of an earlier system, or of a sample, with all steps that they went through.

The same state tables, fields, guards, deadlines and documents as step by step, played in memory and written in bulk;
all or nothing. Who took the steps is stated, not asked for permission: only programs call this, never a person's request.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time
from typing import Any

from django.db import models, transaction
from django.utils import timezone

from mingzhang.casework.definitions import Kind, StateTable, Transition
from mingzhang.casework.fields import CREATION, read_fields
from mingzhang.casework.numbering import written
from mingzhang.casework.predicates import as_day, meets
from mingzhang.casework.predicates import values as values_at
from mingzhang.casework.states import Actor, refusals, state_of, transition_for
from mingzhang.records.casework import deadlines, documents, payments, personal
from mingzhang.records.casework.doing import Step, outcome_of, written_by_itself
from mingzhang.records.casework.duplicates import fingerprint_of
from mingzhang.records.casework.errors import refuse, refused
from mingzhang.records.casework.events import Before, Deed, made
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
    Numbering,
    Organisation,
    PaymentRequest,
    Personal,
    Record,
)
from mingzhang.records.casework.titles import title_of, words_of
from mingzhang.records.casework.values import PersonalValue, Values, split
from mingzhang.records.casework.views import common
from mingzhang.records.models import Project
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
    records = [_play(past, shelf) for past in pasts]
    with transaction.atomic():
        shelf.write()
    return records


class _Shelf:
    """What waits to be written, and the numbers given meanwhile."""

    def __init__(self) -> None:
        self.rows: dict[type[models.Model], list[models.Model]] = {}
        self.values: dict[str, tuple[Personal, PersonalValue]] = {}
        """What is sealed, by where it belongs: made findable at the end, as it is then."""
        self.payments: list[PaymentRequest] = []
        self.numbers = {(run.name, run.year): run.last for run in Numbering.objects.all()}
        self.projects: dict[str, Project | None] = {}

    def add(self, row: models.Model) -> None:
        """One more row."""
        self.rows.setdefault(type(row), []).append(row)

    def next_number(self, name: str, pattern: str, year: int) -> str:
        """The next number of a run."""
        last = self.numbers[name, year] = self.numbers.get((name, year), 0) + 1
        return written(pattern, year, last)

    def project(self, words: str) -> Project | None:
        """The project that a line's word fits, asked once."""
        if words not in self.projects:
            self.projects[words] = payments.fitting_project(words)
        return self.projects[words]

    def write(self) -> None:
        """Everything in bulk, records first."""
        for name, year in self.numbers:
            Numbering.objects.update_or_create(
                name=name, year=year, defaults={"last": self.numbers[name, year]}
            )
        for table in (Record, Attachment, Personal, Deadline, Hold, Document, Involved, Event):
            rows = self.rows.get(table, [])
            for row in rows if table is not Record else ():
                row.record = row.record  # type: ignore[attr-defined]  # takes over the key that the record has by now
            table._default_manager.bulk_create(rows, batch_size=BATCH)
        indexes = [index for row, value in self.values.values() for index in personal.indexes(row, value)]
        Index.objects.bulk_create(indexes, batch_size=BATCH)
        if self.payments:
            for request in self.payments:
                request.record = request.record
            enter(self.payments, "申请付款")


@dataclass
class _Course:
    """A record while its history is played."""

    record: Record
    kind: Kind
    table: StateTable
    shelf: _Shelf
    values: Values = field(default_factory=dict)
    actions: list[str] = field(default_factory=list)
    deadlines: list[Deadline] = field(default_factory=list)
    holds: list[Hold] = field(default_factory=list)
    sealed: dict[str, tuple[Personal, str]] = field(default_factory=dict)
    last_on: date | None = None

    def view(self) -> dict[str, Any]:
        """The record as guards and conditions see it."""
        due_days = {row.family: row.due_on for row in self.deadlines}
        course = {"actions_taken": tuple(self.actions), "deadlines": due_days, "paused_days": 0}
        return {**common(self.record), **course, **self.values}


def _play(past: Past, shelf: _Shelf) -> Record:
    kind = kind_of(past.kind)
    assert kind.states is not None
    record = Record(
        key=past.key, line=kind.line, kind=kind.id, occurred_on=past.opened_on, rule_date=past.opened_on, secrecy=kind.secrecy,
        table_version=kind.states.version, recorded_at=_moment(past.opened_on), parent=past.parent, area=past.area,
        organisation=past.organisation, channel=past.channel, received_at=_moment(past.opened_on, time(9)) if past.channel else None,
    )  # fmt: skip
    course = _Course(record, kind, kind.states, shelf)
    opening = past.opening or next(each.action for each in kind.states.transitions if not each.sources)
    _take(course, PastStep(opening, past.opened_on, past.by, past.fields, role=past.role), past.files)
    for step in past.steps:
        _take(course, step)
    shelf.add(record)
    for row in (*course.deadlines, *course.holds):
        shelf.add(row)
    for row, _ in course.sealed.values():
        shelf.add(row)
    return record


def _take(course: _Course, past: PastStep, files: Sequence[Attachment] = ()) -> None:
    record, kind = course.record, course.kind
    opening = not record.state
    view = course.view()
    step = transition_for(course.table, record.state, past.action, view)
    if step is None:
        raise refused(
            "E-STATE", f"状态“{record.state}”不能办理“{past.action}”", past_name(course), "核对经过。"
        )
    payload = _read(course, step, past, opening)
    signer = past.approved_by or past.by
    before = Before() if opening else Before.of(record)
    found = refusals(
        course.table, view, past.action, payload, Actor(signer.username, frozenset(step.roles)), occurred_on=past.on,
        today=past.on, last_on=course.last_on, drafted_by=past.by.username if past.approved_by else "", guards=line_of(kind.line).guards,
    )  # fmt: skip
    guards = (line_of(kind.line).guards[name](view, payload, past.on) for name in kind.guards)
    refuse([*found, *(problem for problem in guards if problem is not None)])
    deed = Deed(
        step.action, signer, past.on, role=past.role if past.role in step.roles else next(iter(step.roles), ""), on_behalf_of=past.by.name if past.approved_by else ""
    )  # fmt: skip
    if opening:
        record.fingerprint = fingerprint_of(kind, payload, past.on)
        if kind.number:
            record.number_year = past.on.year
            record.number = course.shelf.next_number(kind.name[:80], kind.number, past.on.year)
    rows: list[models.Model] = [*files, *_carry_out(course, step, payload, deed)]
    for row in files:
        row.record = record
        course.shelf.add(row)
    if opening:
        named = Involved(record=record, user=past.by, how="opener")
        course.shelf.add(named)
        rows.append(named)
    event = made(record, before, deed, _moment(past.on), rows=rows, removed=_take_out(course))
    event.record = record
    course.shelf.add(event)
    course.actions.append(step.action)
    course.last_on = past.on


def _read(course: _Course, step: Transition, past: PastStep, opening: bool) -> Values:
    needs = {*step.needs, *(each.name for each in course.kind.fields if each.required == step.action)}
    asked = needs | set(step.asks)
    fields = (
        course.kind.fields if opening else tuple(each for each in course.kind.fields if each.name in asked)
    )
    action = CREATION if opening else step.action
    reading = read_fields(
        fields, past.payload, today=past.on, action=action, needs=needs, known=course.values
    )
    refuse(reading.problems)
    return dict(reading.values)


def _carry_out(course: _Course, step: Transition, payload: Values, deed: Deed) -> list[models.Model]:
    record, kind, on = course.record, course.kind, deed.occurred_on
    course.values = {**course.values, **payload}
    course.values |= written_by_itself(kind, Step(step, payload, course.values, deed), record)
    rows: list[models.Model] = [*_move(course, Step(step, payload, course.values, deed))]
    record.title = title_of(kind, course.values, common(record))
    record.content, own = split(kind, course.values)
    rows += _seal(course, own)
    record.words = words_of(record, kind)
    rows += _deadlines(course, step, on)
    view = course.view()
    signer = deed.user.name if deed.user else ""
    for name in step.documents:
        template = line_of(kind.line).documents[name]
        document = documents.drawn_up(record, kind, template, view, signer, on, course.shelf.next_number)
        course.shelf.add(document)
        rows.append(document)
    if step.pays:
        asked = payments.asked(record, step, course.values, deed, course.shelf.project(step.pays["project"]))
        course.shelf.payments += [asked] if asked else []
    return rows


def _move(course: _Course, taken: Step) -> Iterator[Hold]:
    record, step, on = course.record, taken.transition, taken.deed.occurred_on
    before = state_of(course.table, record.state)
    if step.outcome:
        record.outcome = outcome_of(taken)
    if not step.target or step.target == record.state:
        return
    record.state = step.target
    now = state_of(course.table, step.target)
    assert now is not None
    if now.final and not (before and before.final):
        record.closed_on = on
    if before is not None and before.holding:
        for hold in course.holds:
            if hold.to_on is None:
                hold.to_on = on
                yield hold
    if now.holding:
        hold = Hold(record=record, reason=step.chinese[:200], from_on=on)
        course.holds.append(hold)
        yield hold


def _seal(course: _Course, own: list[PersonalValue]) -> Iterator[Personal]:
    for value in own:
        row, text = course.sealed.get(value.path, (None, ""))
        if row is None or text != value.text:
            sealed = personal.sealed_row(course.record, value, row)
            course.sealed[value.path] = (sealed, value.text)
            course.shelf.values[personal.place_of(course.record, value.path)] = (sealed, value)
            yield sealed


def _take_out(course: _Course) -> list[Personal]:
    """Sealed values that the record no longer has."""
    _, own = split(course.kind, course.values)
    gone = course.sealed.keys() - {value.path for value in own}
    for path in gone:
        del course.shelf.values[personal.place_of(course.record, path)]
    return [course.sealed.pop(path)[0] for path in sorted(gone)]


def _deadlines(course: _Course, step: Transition, on: date) -> list[Deadline]:
    changed: dict[str, Deadline] = {}
    for families, change in (
        (step.stops, deadlines.end),
        (step.resumes, deadlines.run_on),
        (step.pauses, deadlines.stand_still),
    ):
        for row in course.deadlines:
            standing = Deadline.Standing.PAUSED if change is deadlines.run_on else None
            if (
                row.family in families
                and row.standing in Deadline.OPEN
                and (standing is None or row.standing == standing)
            ):
                changed[row.key] = change(row, on)
    view = course.view()
    for use in step.starts:
        if meets(view, use.where):
            day = (
                next((found for value in values_at(view, use.from_field) if (found := as_day(value))), None)
                if use.from_field
                else None
            )
            row = deadlines.begun(course.record, use.family, day or on)
            if row is not None:
                course.deadlines.append(row)
                changed[row.key] = row
    return list(changed.values())


def _moment(on: date, at: time = OFFICE_HOUR) -> datetime:
    return timezone.make_aware(datetime.combine(on, at))


def past_name(course: _Course) -> str:
    """How a message names the record."""
    return course.record.number or course.record.title or course.record.key
