"""Steps of records (办理步骤): what may be done now, and doing it; permission is asked inside, with the record locked.

A step of two persons is drafted by one and approved or sent back by another with the letter A; until then the record stands where it is.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import transaction

from mingzhang.casework import states
from mingzhang.casework.definitions import Kind, Transition
from mingzhang.casework.short_tables import CONFIRMED
from mingzhang.casework.states import Actor, Offer
from mingzhang.documents import Problem
from mingzhang.records.casework import drafts
from mingzhang.records.casework.access import CaseAccess, out_of_scope
from mingzhang.records.casework.commands import done_before
from mingzhang.records.casework.doing import Step, carry_out
from mingzhang.records.casework.dossier import Dossier, lock, read_dossier
from mingzhang.records.casework.errors import ChangedMeanwhileError, RefusedError, refuse, refused
from mingzhang.records.casework.events import Before, Deed
from mingzhang.records.casework.fields import Entered, entered_in_step
from mingzhang.records.casework.lines import kind_of_record, line_of
from mingzhang.records.casework.models import Record
from mingzhang.records.casework.siblings import hold_together
from mingzhang.records.casework.values import Values
from mingzhang.records.casework.views import view_of
from mingzhang.records.people.models import User

EXTRA = ("days", "until", "reason", "owner", "child")
"""What a payload may say beside the line's fields: days of an extension, end and reason of a hold, the new owner, the child record's fields."""


@dataclass(frozen=True, slots=True)
class _Attempt:
    """A step that somebody wants to take: everything that is asked of it."""

    dossier: Dossier
    access: CaseAccess
    roles: frozenset[str]
    view: Mapping[str, Any]
    today: date

    @property
    def record(self) -> Record:
        """The record, locked."""
        return self.dossier.record

    @property
    def kind(self) -> Kind:
        """Its kind."""
        return self.dossier.kind


def take(
    user: User,
    record: Record,
    action: str,
    payload: Mapping[str, Any],
    *,
    occurred_on: date,
    command_key: str,
    version: int | None = None,
    today: date | None = None,
) -> Record:
    """Take a step, or draft it where it needs two persons. The same `command_key` again changes nothing and gives the record.

    Raises ChangedMeanwhileError where the record is no longer of `version`, RefusedError with every problem of the step.
    """
    with transaction.atomic():
        attempt = _attempt(user, record, version, today, command_key, action)
        if isinstance(attempt, Record):
            return attempt
        step = _step_of(attempt, action)
        if step is not None and step.two_person:
            return _draft(user, attempt, step, payload, occurred_on, command_key)
        return _take(user, attempt, action, step, payload, occurred_on, command_key)


def draft(
    user: User,
    record: Record,
    action: str,
    payload: Mapping[str, Any],
    *,
    occurred_on: date,
    command_key: str,
    version: int | None = None,
    today: date | None = None,
) -> Record:
    """Draft a step of two persons: checked as if it were taken, kept beside the record until it is approved or sent back."""
    with transaction.atomic():
        attempt = _attempt(user, record, version, today, command_key, action)
        if isinstance(attempt, Record):
            return attempt
        step = _step_of(attempt, action)
        if step is not None and not step.two_person:
            raise refused("E-STATE", f"“{step.chinese}”不需要另一人批准", step.chinese, "直接办理。")
        return _draft(user, attempt, step or action, payload, occurred_on, command_key)


def approve(
    user: User,
    record: Record,
    *,
    occurred_on: date | None = None,
    command_key: str,
    version: int | None = None,
    today: date | None = None,
) -> Record:
    """Approve the drafted step: it is checked anew and taken on that day, the approver being another person with the letter A."""
    with transaction.atomic():
        attempt = _attempt(user, record, version, today, command_key, "")
        if isinstance(attempt, Record):
            return attempt
        waiting = drafts.waiting(attempt.dossier)
        _must_approve(attempt, waiting)
        on = occurred_on or max(attempt.today, waiting.on)
        step = _step_of(attempt, waiting.action)
        table = attempt.kind.states
        assert table is not None
        roles = attempt.roles | frozenset(step.roles if step else ())
        asked = {**waiting.extra, **waiting.payload}
        problems = states.refusals(
            table, attempt.view, waiting.action, asked, Actor(user.username, roles), occurred_on=on,
            today=attempt.today, last_on=attempt.dossier.last_on, drafted_by=waiting.by, guards=line_of(attempt.kind.line).guards,
        )  # fmt: skip
        refuse([*problems, *_kind_guards(attempt, asked, on)])
        assert step is not None
        before = Before.of(attempt.record)
        attempt.record.draft = {}
        deed = Deed(
            step.action,
            user,
            on,
            role=_approving_role(attempt),
            command_key=command_key,
            reason=waiting.reason,
            on_behalf_of=waiting.name,
        )
        done = carry_out(attempt.dossier, Step(step, waiting.payload, deed, waiting.extra), before)
        _open_child(user, done, step, waiting.extra, on, command_key)
        return done


def send_back(
    user: User,
    record: Record,
    reason: str,
    *,
    command_key: str,
    version: int | None = None,
    today: date | None = None,
) -> Record:
    """Send the drafted step back with a reason; the drafter himself may so withdraw it."""
    if not reason.strip():
        raise refused("E-REQ", "退回须写明理由", "退回", "填写理由。")
    with transaction.atomic():
        attempt = _attempt(user, record, version, today, command_key, "send_back")
        if isinstance(attempt, Record):
            return attempt
        waiting = drafts.waiting(attempt.dossier)
        if waiting.by != user.username:
            _must_approve(attempt, waiting)
        deed = Deed(
            "send_back",
            user,
            attempt.today,
            role=_approving_role(attempt),
            reason=reason.strip(),
            command_key=command_key,
        )
        return drafts.clear(attempt.dossier, deed)


def take_automatically(record: Record, action: str, *, today: date) -> Record:
    """Take a step of the nightly run, which has no person and no payload. Raises RefusedError where its guards say no."""
    with transaction.atomic():
        locked = lock(record)
        dossier = read_dossier(locked, kind_of_record(locked))
        table = dossier.kind.states
        assert table is not None
        view = dossier.view()
        step = states.transition_for(table, locked.state, action, view)
        if step is None or not step.automatic:
            raise refused("E-STATE", f"“{action}”不是系统每日处理的步骤", str(locked), "核对状态表。")
        refuse(states.asked(step, view, {}, today, line_of(dossier.kind.line).guards))
        deed = Deed(step.action, None, today, role="", reason="系统每日处理")
        return carry_out(dossier, Step(step, {}, deed), Before.of(locked))


def offered(user: User, record: Record, today: date | None = None) -> tuple[Offer, ...]:
    """What may be done with the record now, and why what its state would allow may not. Nothing outside the person's scope."""
    access = CaseAccess(user, today)
    roles = access.roles_over(record)
    if not roles:
        return ()
    kind = kind_of_record(record)
    assert kind.states is not None
    view = view_of(record, kind)
    found = states.offered(
        kind.states, view, Actor(user.username, roles), access.today, line_of(kind.line).guards
    )
    if not record.draft:
        return found
    waits = _waits(record)
    return tuple(Offer(each.transition, (waits, *each.refusals)) for each in found)


def may_approve(user: User, record: Record, today: date | None = None) -> bool:
    """Whether the person may approve or send back what waits."""
    if not record.draft or record.draft["by"] == user.username:
        return False
    return CaseAccess(user, today).may_over(record, "A")


def _attempt(
    user: User, record: Record, version: int | None, today: date | None, command_key: str, action: str
) -> _Attempt | Record:
    """The record locked and what is known of it; the record alone where the command was done before."""
    locked = lock(record)
    done = done_before(command_key, user, action, locked)
    if done is not None:
        return done
    access = CaseAccess(user, today)
    roles = access.roles_over(locked)
    if not roles:
        raise out_of_scope(locked)
    if version is not None and version != locked.version:
        last = locked.events.order_by("-number").first()
        raise ChangedMeanwhileError(str(locked), last.actor_name if last else "")
    dossier = read_dossier(locked, kind_of_record(locked))
    hold_together(locked, dossier.kind, dossier.values)
    return _Attempt(dossier, access, roles, dossier.view(), access.today)


def _step_of(attempt: _Attempt, action: str) -> Transition | None:
    assert attempt.kind.states is not None
    return states.transition_for(attempt.kind.states, attempt.record.state, action, attempt.view)


def _checked(
    user: User, attempt: _Attempt, action: str, step: Transition | None, payload: Mapping[str, Any], on: date
) -> tuple[Entered, dict[str, Any]]:
    """Read the payload and ask everything of the step. Raises RefusedError."""
    table = attempt.kind.states
    assert table is not None
    extra, problems = _extra(payload, attempt.kind)
    own = {
        name: value
        for name, value in payload.items()
        if (name not in extra and name not in EXTRA) or _is_field(attempt.kind, name)
    }
    entered = Entered({}, {}, ())
    if step is not None:
        entered = entered_in_step(attempt.kind, step, own, attempt.today, attempt.dossier.values)
    actor = Actor(user.username, attempt.roles)
    asked = {**extra, **entered.values}
    problems = [
        *entered.problems,
        *problems,
        *states.refusals(
            table, attempt.view, action, asked, actor, occurred_on=on, today=attempt.today,
            last_on=attempt.dossier.last_on, guards=line_of(attempt.kind.line).guards,
        ),
        *_kind_guards(attempt, asked, on),
    ]  # fmt: skip
    if step is not None and step.automatic:
        problems.append(Problem("E-ROLE", f"“{step.chinese}”由系统每日处理", step.chinese, "不必办理。"))
    if attempt.record.draft:
        problems.append(_waits(attempt.record))
    if step is not None and step.target == CONFIRMED and not _is_proved(attempt):
        problems.append(Problem("E-EVID", "没有证明材料", step.chinese, "先上传照片、签到表等附件，再确认。"))
    refuse(problems)
    return entered, extra


def _is_proved(attempt: _Attempt) -> bool:
    return not attempt.kind.evidence or attempt.record.attachments.filter(removed_why="").exists()


def _kind_guards(attempt: _Attempt, payload: Values, on: date) -> list[Problem]:
    guards = line_of(attempt.kind.line).guards
    found = (guards[name](attempt.view, payload, on) for name in attempt.kind.guards)
    return [problem for problem in found if problem is not None]


def _take(
    user: User,
    attempt: _Attempt,
    action: str,
    step: Transition | None,
    payload: Mapping[str, Any],
    on: date,
    command_key: str,
) -> Record:
    entered, extra = _checked(user, attempt, action, step, payload, on)
    assert step is not None
    before = Before.of(attempt.record)
    if "owner" in extra:
        attempt.record.owner = extra["owner"]
    for name, value in entered.common.items():
        setattr(attempt.record, name, value)
    role = next(iter(sorted(attempt.roles & set(step.roles))), "")
    deed = Deed(
        step.action, user, on, role=role, reason=str(extra.get("reason", "")), command_key=command_key
    )
    done = carry_out(attempt.dossier, Step(step, entered.values, deed, extra), before)
    _open_child(user, done, step, extra, on, command_key)
    return done


def _draft(
    user: User,
    attempt: _Attempt,
    step: Transition | str,
    payload: Mapping[str, Any],
    on: date,
    command_key: str,
) -> Record:
    action = step if isinstance(step, str) else step.action
    entered, extra = _checked(user, attempt, action, None if isinstance(step, str) else step, payload, on)
    assert isinstance(step, Transition)
    role = next(iter(sorted(attempt.roles & set(step.roles))), "")
    deed = Deed("draft", user, on, role=role, reason=str(extra.get("reason", "")), command_key=command_key)
    return drafts.put_down(attempt.dossier, step, entered.values, extra, deed)


def _open_child(
    user: User, record: Record, step: Transition, extra: Mapping[str, Any], on: date, command_key: str
) -> None:
    """Open the child record that a step opens, under a key made from the step's."""
    if not step.opens:
        return
    from mingzhang.records.casework.children import open_child

    open_child(user, record, step, extra.get("child") or {}, on, command_key)


def _must_approve(attempt: _Attempt, waiting: drafts.Waiting) -> None:
    if not attempt.access.may_over(attempt.record, "A"):
        raise refused("E-ROLE", "您没有批准的权限", waiting.chinese, "请由有批准权的人员办理。")
    if waiting.by == attempt.access.user.username:
        raise refused(
            "E-SELF",
            f"“{waiting.chinese}”由您本人提出，不能由您本人批准",
            waiting.chinese,
            "请由另一位有批准权的人员批准。",
        )


def _approving_role(attempt: _Attempt) -> str:
    from mingzhang.casework.access import letters

    access = line_of(attempt.kind.line).access
    able = sorted(role for role in attempt.roles if "A" in letters(access, role))
    return able[0] if able else sorted(attempt.roles)[0]


def _waits(record: Record) -> Problem:
    who, what = record.draft["name"], record.draft["chinese"]
    return Problem("E-STATE", f"{who}提出的“{what}”正在等待批准", what, "先批准或退回，再办理其他步骤。")


def _is_field(kind: Kind, name: str) -> bool:
    return any(field.name == name for field in kind.fields)


def _extra(payload: Mapping[str, Any], kind: Kind) -> tuple[dict[str, Any], list[Problem]]:
    found: dict[str, Any] = {}
    problems: list[Problem] = []
    for name in EXTRA:
        value = payload.get(name)
        if value in (None, "") or _is_field(kind, name):
            continue
        try:
            found[name] = _EXTRA_READERS[name](value)
        except (ValueError, TypeError, User.DoesNotExist):
            problems.append(
                Problem(
                    "E-TYPE", f"“{value}”不能作为{_EXTRA_CHINESE[name]}", _EXTRA_CHINESE[name], "请重新填写。"
                )
            )
    return found, problems


def _child(value: Any) -> Mapping[str, Any]:
    if not isinstance(value, Mapping):
        raise TypeError
    return value


_EXTRA_READERS: Mapping[str, Any] = {
    "days": int,
    "until": lambda value: value if isinstance(value, date) else date.fromisoformat(str(value)),
    "reason": lambda value: str(value).strip()[:300],
    "owner": lambda value: (
        value if isinstance(value, User) else User.objects.get(username=value, is_active=True)
    ),
    "child": _child,
}
_EXTRA_CHINESE = {
    "days": "延长天数",
    "until": "预计恢复日期",
    "reason": "理由",
    "owner": "承办人",
    "child": "新记录的内容",
}

__all__ = [
    "EXTRA",
    "ChangedMeanwhileError",
    "RefusedError",
    "approve",
    "draft",
    "may_approve",
    "offered",
    "send_back",
    "take",
    "take_automatically",
]  # fmt: skip
