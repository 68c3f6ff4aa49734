"""Opening records (登记): checked, numbered, deadlines started, documents issued, the first event; all or nothing."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.db import IntegrityError, transaction
from django.utils import timezone

from mingzhang.casework.definitions import Kind, Transition
from mingzhang.casework.states import Actor, from_state, refusals, transition_for
from mingzhang.documents import Problem
from mingzhang.records.casework.access import CaseAccess
from mingzhang.records.casework.commands import done_before
from mingzhang.records.casework.doing import Step, carry_out
from mingzhang.records.casework.dossier import Dossier
from mingzhang.records.casework.duplicates import duplicate_of, mark, taken_in_before
from mingzhang.records.casework.errors import refuse, refused
from mingzhang.records.casework.events import Before, Deed
from mingzhang.records.casework.fields import Entered, entered_on_creation
from mingzhang.records.casework.lateness import late_entry
from mingzhang.records.casework.lines import kind_of, line_of
from mingzhang.records.casework.models import Record
from mingzhang.records.casework.siblings import hold_together
from mingzhang.records.people.models import User


def open_record(
    user: User,
    kind: Kind | str,
    fields: Mapping[str, Any],
    *,
    occurred_on: date,
    command_key: str,
    action: str = "",
    reason: str = "",
    late_reason: str = "",
    parent: Record | None = None,
    today: date | None = None,
) -> Record:
    """Open a record of a kind (`line.kind`) with its fields, common ones among them (`fields.COMMON`).

    `action` names the opening step where the kind has several. `reason` is asked for what looks like a duplicate, and for what is
    entered for a period already published, where `late_reason` does too. The same
    `command_key` again gives the record that it made. Raises RefusedError with every problem.
    """
    stated = kind_of(kind if isinstance(kind, str) else kind.name)
    today = today or timezone.localdate()
    name = _opening_action(stated, action)
    try:
        with transaction.atomic():
            if (done := done_before(command_key, user, name)) is not None:
                return done
            return _opened(
                user, stated, fields, occurred_on, command_key, name, reason, parent, today, late_reason
            )
    except IntegrityError:
        if (done := done_before(command_key, user, name)) is not None:
            return done
        raise


def openings(user: User, kind: Kind | str, today: date | None = None) -> list[Transition]:
    """The steps by which the person may open a record of the kind."""
    stated = kind_of(kind if isinstance(kind, str) else kind.name)
    roles = CaseAccess(user, today).roles(stated.line)
    assert stated.states is not None
    return [each for each in from_state(stated.states, "") if not roles.isdisjoint(each.roles)]


def _opening_action(kind: Kind, action: str) -> str:
    assert kind.states is not None
    names = list(dict.fromkeys(each.action for each in from_state(kind.states, "")))
    if not action and len(names) == 1:
        return names[0]
    if action not in names:
        steps = "、".join(dict.fromkeys(each.chinese for each in from_state(kind.states, "")))
        raise refused("E-REQ", f"没有说明怎样登记{kind.chinese}", "登记方式", f"选择：{steps}。")
    return action


def _opened(
    user: User,
    kind: Kind,
    fields: Mapping[str, Any],
    occurred_on: date,
    command_key: str,
    name: str,
    reason: str,
    parent: Record | None,
    today: date,
    late_reason: str,
) -> Record:
    line, access = line_of(kind.line), CaseAccess(user, today)
    table = kind.states
    assert table is not None
    rows = [each for each in from_state(table, "") if each.action == name]
    entered = entered_on_creation(kind, rows[0], fields, today)
    record = _record(kind, entered, occurred_on, parent, today)
    actor = Actor(user.username, access.roles(kind.line))
    _settle(record, access, kind, rows[0])
    hold_together(record, kind, entered.values)
    dossier = Dossier(record, kind)
    view = dossier.view(entered.values)
    step = transition_for(table, "", name, view)
    problems = [*entered.problems]
    problems += refusals(
        table, view, name, entered.values, actor, occurred_on=occurred_on, today=today, guards=line.guards
    )
    problems += [
        found for guard in kind.guards if (found := line.guards[guard](view, entered.values, occurred_on))
    ]
    role = next((each for each in (step or rows[0]).roles if each in actor.roles), "")
    if role and not access.may_place(kind.line, role, record.area, record.organisation):
        problems.append(_elsewhere(record))
    mark(record, kind, entered.values)
    problems += taken_in_before(record)
    if not reason.strip() and (same := duplicate_of(record, kind, entered.values)) is not None:
        problems.append(same)
    why = reason.strip() or late_reason.strip()
    if not why and (late := late_entry(kind, occurred_on, today)) is not None:
        problems.append(late)
    refuse(problems)
    assert step is not None
    deed = Deed(step.action, user, occurred_on, role=role, reason=why, command_key=command_key)
    return carry_out(dossier, Step(step, entered.values, deed), Before())


def _record(kind: Kind, entered: Entered, occurred_on: date, parent: Record | None, today: date) -> Record:
    assert kind.states is not None
    record = Record(
        line=kind.line, kind=kind.id, occurred_on=occurred_on, rule_date=occurred_on, secrecy=kind.secrecy,
        table_version=kind.states.version, recorded_at=timezone.now(), parent=parent,
    )  # fmt: skip
    for name, value in entered.common.items():
        setattr(record, name, value)
    if record.received_at is not None and "rule_date" not in entered.common:
        record.rule_date = timezone.localtime(record.received_at).date()
    if parent is not None:
        record.area, record.organisation = (
            record.area or parent.area,
            record.organisation or parent.organisation,
        )
    return record


def _settle(record: Record, access: CaseAccess, kind: Kind, step: Transition) -> None:
    """A record belongs where its writer's post is, unless it says otherwise."""
    area, organisation = access.home(
        kind.line, [role for role in step.roles if role in access.roles(kind.line)]
    )
    record.area = record.area or area
    record.organisation = record.organisation or organisation


def _elsewhere(record: Record) -> Problem:
    where = (
        "、".join(str(each) for each in (record.area, record.organisation) if each)
        or "没有填写所属街道和机构"
    )
    return Problem(
        "E-AREA",
        f"不能为管辖以外的街道或单位登记（{where}）",
        "所属街道社区",
        "请由所属街道或单位登记，或核对填写的街道。",
    )
