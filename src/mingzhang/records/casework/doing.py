"""Carrying out a step (落实步骤): what every step of every table does to its record, in one order, inside one transaction and one event."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db import models

from mingzhang.casework.definitions import Kind, Transition
from mingzhang.casework.fields import read_fields
from mingzhang.casework.predicates import as_day, meets
from mingzhang.casework.predicates import values as values_at
from mingzhang.casework.states import state_of
from mingzhang.records.casework import deadlines, documents, involving, payments, personal
from mingzhang.records.casework.errors import refuse, refused
from mingzhang.records.casework.events import Before, Deed, append
from mingzhang.records.casework.lines import line_of
from mingzhang.records.casework.models import Hold, Record
from mingzhang.records.casework.titles import title_of, words_of
from mingzhang.records.casework.values import Values, split
from mingzhang.records.casework.views import common, view_of

_DATES = ("accepted_on", "closed_on")


@dataclass(frozen=True, slots=True)
class Step:
    """A transition with what was entered for it, values of the record before it, and the deed; `extra`: days, until, reason of a hold."""

    transition: Transition
    payload: Values
    known: Values
    deed: Deed
    extra: Mapping[str, Any] = field(default_factory=dict)


def carry_out(record: Record, kind: Kind, step: Step, before: Before) -> Record:
    """Do a step that is allowed: fields, state, holds, deadlines, documents, payment, event. The record is locked, or new."""
    line, on = line_of(record.line), step.deed.occurred_on
    values = {**step.known, **step.payload, **written_by_itself(kind, step, record)}
    rows: list[models.Model] = []
    rows += _move(record, kind, step)
    _describe(record, kind, values)
    if record.pk is None:
        record.save()
    kept, gone = write_values(record, kind, values)
    rows += kept
    rows += _deadlines(record, kind, step, view_of(record, kind, values))
    view = view_of(record, kind, values)
    for name in step.transition.documents:
        rows.append(
            documents.make(record, kind, line.documents[name], view, _signer(step), on, step.deed.reason)
        )
    removed = [*gone]
    named, unnamed = involving.renew(record, kind, values, step.deed.user)
    append(record, before, step.deed, rows=[*rows, *named], removed=[*removed, *unnamed])
    personal.take_out(gone)
    for row in unnamed:
        row.delete()
    if step.transition.pays:
        payments.ask(record, step.transition, values, step.deed)
    return record


def write_values(
    record: Record, kind: Kind, values: Values
) -> tuple[list[models.Model], list[personal.Personal]]:
    """Put values into a saved record: content, and the sealed ones beside it; (rows sealed anew, rows to be taken out)."""
    content, own = split(kind, values)
    record.content = content
    known = personal.opened(record)
    changed, gone = personal.keep(record, [*own, *personal.drafted(record, kind)], known)
    record.words = words_of(record, kind)
    return list(changed), gone


def _describe(record: Record, kind: Kind, values: Values) -> None:
    record.title = title_of(kind, values, common(record))


def written_by_itself(kind: Kind, step: Step, record: Record) -> Values:
    """What the step writes by itself, read like what is entered; common dates go to the record. `{occurred_on}` is the day of the step, `{field}` that field."""
    own = {each.name for each in kind.fields}
    stated = {name: _slot(value, step) for name, value in step.transition.sets.items()}
    for name in _DATES:
        if name in stated and name not in own:
            setattr(record, name, as_day(stated[name]))
    entered = {name: value for name, value in stated.items() if name in own}
    fields = [each for each in kind.fields if each.name in entered]
    reading = read_fields(fields, entered, today=step.deed.occurred_on, action="")
    refuse(reading.problems)
    return dict(reading.values)


def _slot(stated: Any, step: Step) -> Any:
    if not isinstance(stated, str) or not (stated.startswith("{") and stated.endswith("}")):
        return stated
    name = stated[1:-1]
    return step.deed.occurred_on if name == "occurred_on" else {**step.known, **step.payload}.get(name)


def outcome_of(step: Step) -> str:
    """The outcome that a step decides: a word, or what a `{field}` says."""
    return str(_slot(step.transition.outcome, step) or "")


def _move(record: Record, kind: Kind, step: Step) -> list[models.Model]:
    """The state, the outcome, the closing day, and the hold that begins or ends with it."""
    table, on = kind.states, step.deed.occurred_on
    assert table is not None
    before = state_of(table, record.state)
    target = step.transition.target
    if step.transition.outcome:
        record.outcome = outcome_of(step)
    if not target or target == record.state:
        return []
    record.state = target
    now = state_of(table, target)
    assert now is not None
    if now.final and not (before and before.final):
        record.closed_on = on
    elif before and before.final and not now.final:
        record.closed_on, record.outcome = None, step.transition.outcome
    rows: list[models.Model] = []
    if before is not None and before.holding:
        for hold in record.holds.select_for_update().filter(to_on=None):
            hold.to_on = on
            hold.save()
            rows.append(hold)
    if now.holding and record.pk is not None:
        reason = str(step.extra.get("reason") or step.deed.reason or step.transition.chinese)
        rows.append(
            Hold.objects.create(
                record=record, reason=reason[:200], from_on=on, until_on=step.extra.get("until")
            )
        )
    return rows


def _deadlines(record: Record, kind: Kind, step: Step, view: Mapping[str, Any]) -> list[models.Model]:
    """Stopped, resumed, paused, extended, started, in this order."""
    each, on = step.transition, step.deed.occurred_on
    changed: dict[int, models.Model] = {}
    for family in each.stops:
        changed |= {row.pk: row for row in deadlines.stop(record, family, on)}
    for family in each.resumes:
        changed |= {row.pk: row for row in deadlines.resume(record, family, on)}
    for family in each.pauses:
        changed |= {row.pk: row for row in deadlines.pause(record, family, on)}
    if each.extends:
        changed |= {row.pk: row for row in _extended(record, step)}
    for use in each.starts:
        if meets(view, use.where):
            row = deadlines.start(record, use.family, _from(use.from_field, view) or on)
            if row is not None:
                changed[row.pk] = row
    return list(changed.values())


def _extended(record: Record, step: Step) -> list[Any]:
    days = step.extra.get("days")
    if not isinstance(days, int) or not 0 < days <= 400:
        raise refused("E-REQ", "没有填写延长的天数", "延长天数", "填写1至400的整数。")
    signer = step.deed.user.name if step.deed.user else ""
    rows = deadlines.extend(record, step.transition.extends, days, signer, step.deed.occurred_on)
    if not rows:
        raise refused("E-STATE", "没有在计的期限可以延长", step.transition.chinese, "核对期限是否已经办结。")
    return rows


def _from(name: str, view: Mapping[str, Any]) -> date | None:
    return next((day for value in values_at(view, name) if (day := as_day(value))), None) if name else None


def _signer(step: Step) -> str:
    return step.deed.user.name if step.deed.user else "系统"
