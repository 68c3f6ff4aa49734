"""Carrying out a step (落实步骤): what every step of every table does to its record, in one order; in memory first, then written with one event.

`applied` changes a dossier and knows no difference between a step taken now and one of a history; `carry_out` writes it for the former.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.utils import timezone

from mingzhang.casework.definitions import Kind, Transition
from mingzhang.casework.fields import read_fields
from mingzhang.casework.predicates import as_day, meets
from mingzhang.casework.predicates import values as values_at
from mingzhang.casework.states import state_of
from mingzhang.records.casework import deadlines, documents, payments
from mingzhang.records.casework.dossier import Change, Dossier, restate
from mingzhang.records.casework.errors import refuse, refused
from mingzhang.records.casework.events import Before, Deed
from mingzhang.records.casework.lines import line_of
from mingzhang.records.casework.models import Deadline, Hold, Record
from mingzhang.records.casework.registers import Books, Registers
from mingzhang.records.casework.values import Values
from mingzhang.records.casework.writing import write

_DATES = ("accepted_on", "closed_on")


@dataclass(frozen=True, slots=True)
class Step:
    """A transition with what was entered for it and the deed; `extra`: days, until, reason of a hold."""

    transition: Transition
    payload: Values
    deed: Deed
    extra: Mapping[str, Any] = field(default_factory=dict)


def carry_out(dossier: Dossier, step: Step, before: Before) -> Record:
    """Do a step that is allowed, inside the transaction, the record being locked or new."""
    registers, now = Books(), timezone.now()
    is_now = timezone.localtime(now).date() == step.deed.occurred_on
    change = applied(dossier, step, registers, now if is_now else None)
    write(dossier, change, step.deed, before)
    if change.payment is not None:
        payments.enter_once(change.payment)
    return dossier.record


def applied(dossier: Dossier, step: Step, registers: Registers, at: datetime | None = None) -> Change:
    """Number, state, hold, fields, deadlines, documents, payment of a step, in memory; the event is the caller's.

    `at` is the moment it was taken where that is known, for clocks in hours; what the step's own field of moments states goes before.
    """
    record, kind, deed = dossier.record, dossier.kind, step.deed
    change = Change()
    opening = not record.state
    if opening and kind.number:
        record.number_year = deed.occurred_on.year
        record.number = registers.next_number(kind.name[:80], kind.number, deed.occurred_on.year)
    entered = {**dossier.values, **step.payload}
    values = {**entered, **_written_by_itself(kind, step, record, entered)}
    change.add(_move(dossier, step, entered))
    restate(dossier, values, registers, change, deed.user if opening else None)
    change.add(_deadlines(dossier, step, at))
    view = dossier.view()
    for name in step.transition.documents:
        template = line_of(kind.line).documents[name]
        signer = _signer(step)
        change.add(
            [
                documents.drawn_up(
                    record, kind, template, view, signer, deed.occurred_on, registers.next_number, deed.reason
                )
            ]
        )
    if step.transition.pays:
        project = registers.project(step.transition.pays["project"])
        change.payment = payments.asked(record, step.transition, values, deed, project)
    return change


def _written_by_itself(kind: Kind, step: Step, record: Record, entered: Values) -> Values:
    """What the step writes by itself, read like what is entered; common dates go to the record. `{occurred_on}` is the day of the step, `{field}` that field."""
    own = {each.name for each in kind.fields}
    stated = {name: _slot(value, step, entered) for name, value in step.transition.sets.items()}
    for name in _DATES:
        if name in stated and name not in own:
            setattr(record, name, as_day(stated[name]))
    written = {name: value for name, value in stated.items() if name in own}
    fields = [each for each in kind.fields if each.name in written]
    reading = read_fields(fields, written, today=step.deed.occurred_on, action="")
    refuse(reading.problems)
    return dict(reading.values)


def _slot(stated: Any, step: Step, entered: Values) -> Any:
    if not isinstance(stated, str) or not (stated.startswith("{") and stated.endswith("}")):
        return stated
    name = stated[1:-1]
    return step.deed.occurred_on if name == "occurred_on" else entered.get(name)


def _move(dossier: Dossier, step: Step, entered: Values) -> Iterator[Hold]:
    """The state, the outcome, the closing day, and the hold that begins or ends with it."""
    record, table, on = dossier.record, dossier.kind.states, step.deed.occurred_on
    assert table is not None
    before = state_of(table, record.state)
    target = step.transition.target
    if step.transition.outcome:
        record.outcome = str(_slot(step.transition.outcome, step, entered) or "")
    if not target or target == record.state:
        return
    record.state = target
    now = state_of(table, target)
    assert now is not None
    if now.final and not (before and before.final):
        record.closed_on = on
    elif before and before.final and not now.final:
        record.closed_on, record.outcome = None, step.transition.outcome
    if before is not None and before.holding:
        for hold in dossier.holds:
            if hold.to_on is None:
                hold.to_on = on
                yield hold
    if now.holding:
        reason = str(step.extra.get("reason") or step.deed.reason or step.transition.chinese)
        hold = Hold(record=record, reason=reason[:200], from_on=on, until_on=step.extra.get("until"))
        dossier.holds.append(hold)
        yield hold


def _deadlines(dossier: Dossier, step: Step, at: datetime | None) -> list[Deadline]:
    """Stopped, resumed, paused, extended, started, in this order."""
    each, on = step.transition, step.deed.occurred_on
    at = _moment(each.moment, dossier.view()) or at
    changed: list[Deadline] = []
    for family in each.stops:
        changed += [deadlines.end(row, on, at) for row in _open(dossier, family)]
    for family in each.resumes:
        paused = [row for row in _open(dossier, family) if row.standing == Deadline.Standing.PAUSED]
        changed += [deadlines.run_on(row, on, at) for row in paused]
    for family in each.pauses:
        running = [row for row in _open(dossier, family) if row.standing == Deadline.Standing.RUNNING]
        changed += [deadlines.stand_still(row, on, at) for row in running]
    if each.extends:
        changed += _extended(dossier, step)
    view = dossier.view()
    for use in each.starts:
        if meets(view, use.where):
            stated = _from(use.from_field, view)
            moment = _moment(use.from_field, view) if stated else at
            row = deadlines.begun(dossier.record, use.family, stated or on, at=moment)
            if row is not None:
                dossier.deadlines.append(row)
                changed.append(row)
    return changed


def _open(dossier: Dossier, family: str) -> list[Deadline]:
    return [row for row in dossier.deadlines if row.family == family and row.standing in Deadline.OPEN]


def _extended(dossier: Dossier, step: Step) -> list[Deadline]:
    days = step.extra.get("days")
    if not isinstance(days, int) or not 0 < days <= 400:
        raise refused("E-REQ", "没有填写延长的天数", "延长天数", "填写1至400的整数。")
    rows = _open(dossier, step.transition.extends)
    if not rows:
        raise refused("E-STATE", "没有在计的期限可以延长", step.transition.chinese, "核对期限是否已经办结。")
    signer = step.deed.user.name if step.deed.user else ""
    return [deadlines.lengthen(row, days, signer, step.deed.occurred_on) for row in rows]


def _from(name: str, view: Mapping[str, Any]) -> date | None:
    return next((day for value in values_at(view, name) if (day := as_day(value))), None) if name else None


def _moment(name: str, view: Mapping[str, Any]) -> datetime | None:
    """The latest moment that a field states, if it states any."""
    stated = [value for value in values_at(view, name) if isinstance(value, datetime)] if name else []
    return max(
        (timezone.make_aware(each) if timezone.is_naive(each) else each for each in stated), default=None
    )


def _signer(step: Step) -> str:
    return step.deed.user.name if step.deed.user else "系统"
