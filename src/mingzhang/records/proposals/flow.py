"""The steps of a proposal: save, submit, review, approve, return, withdraw. Every step asks the policy and the state.

Each step is one transaction that locks the row, checks that it is the version the person saw, and adds to the trail.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from django.db import IntegrityError, transaction
from django.utils import timezone

from mingzhang.documents import Problem
from mingzhang.records.acting import acting
from mingzhang.records.models import Entity, Proposal, User
from mingzhang.records.permission import must
from mingzhang.records.policy import Access, Action
from mingzhang.records.proposals.doing import is_being_done
from mingzhang.records.proposals.kind import (
    ChangedMeanwhileError,
    Kind,
    LongKind,
    RefusedError,
    ShortKind,
    Work,
)
from mingzhang.records.proposals.kinds import KINDS
from mingzhang.records.proposals.shape import problems_of_shape
from mingzhang.records.proposals.signals import moved
from mingzhang.records.trail import record

State = Proposal.State
BOOK = "proposals"


def kind_of(proposal: Proposal) -> Kind:
    """The kind of a proposal."""
    return KINDS[proposal.kind]


def problems_of(proposal: Proposal) -> Sequence[Problem]:
    """What stands in the way of doing it now."""
    return kind_of(proposal).check(proposal.entity, proposal.year, proposal.payload)


def save(
    user: User,
    kind: str,
    entity: Entity,
    year: int,
    payload: dict[str, Any],
    key: str,
    *,
    proposal: Proposal | None = None,
    version: int = 0,
) -> Proposal:
    """Keep a draft, new under `key` or changed where `proposal` and the `version` seen are given.

    The same key again, by the same person for the same entity, is the proposal made before. Raises RefusedError.
    """
    of = KINDS[kind]
    must(user, of.prepare, entity)
    if problems := problems_of_shape(of.shape, payload, f"{entity.name}{year}年度，{of.chinese}"):
        raise RefusedError(*problems)
    stated = {
        "year": year,
        "payload": payload,
        "title": of.title(entity, year, payload)[:200],
        "amount_fen": of.amount(entity, year, payload),
    }
    with transaction.atomic(), acting(user.name):
        if proposal is not None:
            row = _locked(proposal, version)
            _must_be(row, State.DRAFT, State.RETURNED)
            if row.prepared_by_id != user.pk:
                raise RefusedError(_not_yours(row))
            for name, value in stated.items():
                setattr(row, name, value)
            row.state = State.DRAFT
            return _changed(row, "修改")
        known = Proposal.objects.filter(key=key).first()
        if known is not None:
            if known.prepared_by_id != user.pk or known.entity_id != entity.pk or known.kind != kind:
                raise RefusedError(
                    Problem("key_taken", "这次提交的标识已被使用", entity.name, "重新打开页面再提交。")
                )
            return known
        try:
            with transaction.atomic():
                row = Proposal.objects.create(kind=kind, entity=entity, key=key, prepared_by=user, **stated)
        except IntegrityError:
            return Proposal.objects.get(key=key, prepared_by=user, entity=entity, kind=kind)
        _tell(row, "起草", "")
        return row


def submit(user: User, proposal: Proposal, version: int) -> Proposal:
    """Hand it over to who reviews; refused while something stands in the way."""

    def step(row: Proposal) -> Proposal:
        must(user, kind_of(row).prepare, row.entity)
        _must_be(row, State.DRAFT, State.RETURNED)
        if row.prepared_by_id != user.pk:
            raise RefusedError(_not_yours(row))
        _refuse_errors(row)
        row.amount_fen = kind_of(row).amount(row.entity, row.year, row.payload)
        row.state = State.SUBMITTED if kind_of(row).reviewed else State.REVIEWED
        row.reviewed_by = row.reviewed_at = row.approved_by = row.approved_at = None
        row.remark = ""
        return _changed(row, "提交")

    return _step(user, proposal, version, step)


def review(user: User, proposal: Proposal, version: int) -> Proposal:
    """A second person finds it right (复核)."""

    def step(row: Proposal) -> Proposal:
        must(user, kind_of(row).review, row.entity)
        _must_be(row, State.SUBMITTED)
        _must_differ(user, row.prepared_by, row)
        _refuse_errors(row)
        row.state, row.reviewed_by, row.reviewed_at = State.REVIEWED, user, timezone.now()
        return _changed(row, "复核")

    return _step(user, proposal, version, step)


def approve(user: User, proposal: Proposal, version: int) -> Proposal:
    """A third person approves it (审批), and it is done, all of it or nothing; what takes long is left to `carry_out`."""

    def step(row: Proposal) -> Proposal:
        _must_be_approvable(user, row, State.REVIEWED)
        row.approved_by, row.approved_at = user, timezone.now()
        of = kind_of(row)
        if isinstance(of, ShortKind):
            row.result, row.state = of.do(row), State.DONE
        else:
            row.state = State.APPROVED
        return _changed(row, "审批")

    if proposal.state == State.REVIEWED and Access(user).may(kind_of(proposal).approve, proposal.entity):
        _refuse_errors(
            proposal
        )  # once before the lock: what the checks sum up is kept, and nobody waits for it
    return _step(user, proposal, version, step)


def retry(user: User, proposal: Proposal, version: int) -> Proposal:
    """Have what was approved and could not be done tried again (重试); refused while it is being done."""

    def step(row: Proposal) -> Proposal:
        _must_be_approvable(user, row, State.APPROVED)
        _must_rest(row)
        return _changed(row, "重试")

    return _step(user, proposal, version, step)


def carry_out(proposal: Proposal, version: int, aside: str, tell: Callable[[str], None]) -> Proposal:
    """Do what was approved in this version; what was done already stays as it is. Raises RefusedError.

    `aside` is the name of a staging folder for it, `tell` is told the stages.
    """
    if proposal.state == State.DONE:
        return proposal
    of = kind_of(proposal)
    assert isinstance(of, LongKind)

    @contextmanager
    def finishing(result: dict[str, Any]) -> Iterator[Proposal]:
        with transaction.atomic():
            row = _locked(proposal, version)
            _must_be(row, State.APPROVED)
            _refuse_errors(row)
            yield row
            row.result, row.state = result, State.DONE
            _changed(row, of.doing)

    _must_be(proposal, State.APPROVED)
    _refuse_errors(proposal)
    of.carry_out(proposal, Work(aside, tell, finishing))
    proposal.refresh_from_db()
    return proposal


def send_back(user: User, proposal: Proposal, version: int, remark: str) -> Proposal:
    """Return it to who prepared it, with the reason (退回)."""

    def step(row: Proposal) -> Proposal:
        _must_be(row, State.SUBMITTED, State.REVIEWED, State.APPROVED)
        _must_rest(row)
        of = kind_of(row)
        must(user, of.review if row.state == State.SUBMITTED else of.approve, row.entity)
        if not remark.strip():
            raise RefusedError(
                Problem("remark_missing", "没有写退回原因", row.title, "写明要改什么，再退回。")
            )
        row.state, row.remark = State.RETURNED, remark.strip()[:300]
        return _changed(row, "退回", row.remark)

    return _step(user, proposal, version, step)


def withdraw(user: User, proposal: Proposal, version: int) -> Proposal:
    """Who prepared it takes it back; it stays in the list, withdrawn."""

    def step(row: Proposal) -> Proposal:
        must(user, kind_of(row).prepare, row.entity)
        _must_be(row, State.DRAFT, State.SUBMITTED, State.REVIEWED, State.RETURNED)
        if row.prepared_by_id != user.pk:
            raise RefusedError(_not_yours(row))
        row.state = State.WITHDRAWN
        return _changed(row, "撤回")

    return _step(user, proposal, version, step)


def steps_open_to(access: Access, proposal: Proposal) -> list[str]:
    """Which of edit, submit, review, approve, send_back, withdraw this person may take now."""
    of, user = kind_of(proposal), access.user
    own = proposal.prepared_by_id == user.pk
    found = []
    if own and access.may(of.prepare, proposal.entity):
        if proposal.state in (State.DRAFT, State.RETURNED):
            found += ["edit", "submit"]
        if proposal.state in Proposal.OPEN and proposal.state != State.APPROVED:
            found.append("withdraw")
    if proposal.state == State.SUBMITTED and not own and access.may(of.review, proposal.entity):
        found += ["review", "send_back"]
    second = proposal.reviewed_by_id == user.pk
    third = not own and not second and access.may(of.approve, proposal.entity)
    if proposal.state == State.REVIEWED and third:
        found += ["approve", "send_back"]
    if proposal.state == State.APPROVED and third and not is_being_done(proposal):
        found += ["retry", "send_back"]
    return found


def waiting_for(access: Access) -> list[Proposal]:
    """What waits for this person, oldest first: to review, to approve, to try again, to correct."""
    found = []
    for proposal in (
        Proposal.objects.filter(
            state__in=(State.SUBMITTED, State.REVIEWED, State.APPROVED, State.RETURNED),
            entity__in=access.entities(*Action),
        )
        .select_related("entity", "prepared_by", "reviewed_by")
        .order_by("changed_at")[:500]
    ):
        if {"review", "approve", "retry", "submit"} & set(steps_open_to(access, proposal)):
            found.append(proposal)
    return found


def _step(user: User, proposal: Proposal, version: int, step: Callable[[Proposal], Proposal]) -> Proposal:
    with transaction.atomic(), acting(user.name):
        return step(_locked(proposal, version))


def _must_be_approvable(user: User, row: Proposal, state: str) -> None:
    must(user, kind_of(row).approve, row.entity)
    _must_be(row, state)
    _must_differ(user, row.prepared_by, row)
    _must_differ(user, row.reviewed_by, row)
    _refuse_errors(row)


def _locked(proposal: Proposal, version: int) -> Proposal:
    row = (
        Proposal.objects.select_for_update(of=("self",))
        .select_related("entity", "prepared_by", "reviewed_by", "approved_by")
        .get(pk=proposal.pk)
    )
    if row.version != version:
        raise ChangedMeanwhileError(f"“{row.title}”", f"现为{row.get_state_display()}，第{row.version}稿")
    return row


def _changed(row: Proposal, action: str, reason: str = "") -> Proposal:
    row.version += 1
    row.save()
    _tell(row, action, reason)
    moved.send(sender=Proposal, proposal=row)
    return row


def _tell(row: Proposal, action: str, reason: str) -> None:
    record(
        BOOK,
        action,
        f"{kind_of(row).chinese} {row.title}",
        entity=row.entity,
        of=row,
        after={"state": row.state, "version": row.version, "payload": row.payload, "result": row.result},
        reason=reason,
    )


def _must_be(row: Proposal, *states: str) -> None:
    if row.state not in states:
        wanted = "、".join(State(state).label for state in states)
        raise RefusedError(
            Problem(
                "wrong_state",
                f"现在是“{row.get_state_display()}”，不能这样办理",
                row.title,
                f"只有{wanted}的可以；刷新页面看最新状态。",
            )
        )


def _must_rest(row: Proposal) -> None:
    """Refuse while a job does it."""
    if row.state == State.APPROVED and is_being_done(row):
        raise RefusedError(
            Problem(
                "being_done",
                "后台正在办理这件事",
                row.title,
                "等它办完；久不开始的，请系统管理员检查后台处理程序。",
            )
        )


def _must_differ(user: User, other: User | None, row: Proposal) -> None:
    if other is not None and other.pk == user.pk:
        raise RefusedError(
            Problem(
                "own_proposal", "不能复核、审批自己经办或复核的事项", row.title, "请另一位有权限的人办理。"
            )
        )


def _refuse_errors(row: Proposal) -> None:
    errors = [problem for problem in problems_of(row) if problem.is_error]
    if errors:
        raise RefusedError(*errors)


def _not_yours(row: Proposal) -> Problem:
    return Problem(
        "not_yours", f"这是{row.prepared_by.name}经办的事项", row.title, "由经办人修改、提交或撤回。"
    )
