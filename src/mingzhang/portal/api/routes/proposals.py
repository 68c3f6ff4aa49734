"""Proposals: prepared under a key, changed over the version seen, submitted, reviewed, approved, returned, withdrawn."""

from __future__ import annotations

from datetime import datetime
from enum import Enum, StrEnum
from typing import Annotated, Any

from django.core.exceptions import PermissionDenied
from django.http import Http404
from ninja import Header, Router, Schema
from pydantic import Field

from mingzhang.portal.access import Here
from mingzhang.portal.api.guard import endpoint
from mingzhang.portal.api.paging import Before, Limit
from mingzhang.portal.api.problems import ERRORS, ProblemOut
from mingzhang.records.jobs.approving import approve_by_job, retry_by_job
from mingzhang.records.looking.proposals import proposals_page, visible_proposals
from mingzhang.records.models import Proposal
from mingzhang.records.policy import Action
from mingzhang.records.proposals import flow
from mingzhang.records.proposals.kind import LongKind
from mingzhang.records.proposals.kinds import KINDS

router = Router(tags=["待审事项 proposals"])
Key = Annotated[
    str,
    Header(
        alias="Idempotency-Key",
        min_length=8,
        max_length=64,
        pattern=r"^[A-Za-z0-9_-]+$",
        description="这次提交的标识，重发时不变 / same key, same proposal",
    ),
]
PREPARING = tuple(kind.prepare for kind in KINDS.values())


KindName = Enum("KindName", {name: name for name in KINDS}, type=str)


class StateName(StrEnum):
    """States (状态)."""

    OPEN = "open"
    DRAFT = "draft"
    SUBMITTED = "submitted"
    REVIEWED = "reviewed"
    APPROVED = "approved"
    DONE = "done"
    RETURNED = "returned"
    WITHDRAWN = "withdrawn"


class Step(StrEnum):
    """Steps (步骤): 提交, 复核, 审批, 重试, 退回, 撤回."""

    SUBMIT = "submit"
    REVIEW = "review"
    APPROVE = "approve"
    RETRY = "retry"
    SEND_BACK = "send_back"
    WITHDRAW = "withdraw"


class ProposalIn(Schema):
    """A new proposal."""

    kind: KindName
    payload: dict[str, Any] = Field(description="内容，见接口说明 / content by kind")


class ProposalChange(Schema):
    """Another content of a draft."""

    payload: dict[str, Any]
    version: int = Field(ge=1, le=2**31 - 1, description="看到的稿次 / version seen")


class StepIn(Schema):
    """A step."""

    version: int = Field(ge=1, le=2**31 - 1, description="看到的稿次 / version seen")
    remark: str = Field("", max_length=300, description="退回原因 / why it is sent back")


class ProposalOut(Schema):
    """A proposal (待审事项)."""

    id: int
    kind: str
    entity: str
    year: int
    title: str
    amount_fen: int | None
    state: str
    version: int
    prepared_by: str
    reviewed_by: str | None
    approved_by: str | None
    remark: str
    changed_at: datetime
    result: dict[str, Any]


class ProposalWhole(ProposalOut):
    """A proposal with its content, what stands in its way, and the steps open to the caller."""

    payload: dict[str, Any]
    problems: list[ProblemOut]
    steps: list[str]


class ProposalTaken(ProposalWhole):
    """A proposal after a step."""

    job: int | None = Field(description="审批由后台任务办理时，其编号 / the job that approves it")


class ProposalPage(Schema):
    """A page of proposals."""

    items: list[ProposalOut]
    next: int | None


def _told(proposal: Proposal) -> dict[str, Any]:
    people = {
        name: getattr(proposal, name).name if getattr(proposal, name) else None
        for name in ("prepared_by", "reviewed_by", "approved_by")
    }
    return {
        "entity": proposal.entity.code,
        **people,
        **{
            name: getattr(proposal, name)
            for name in ("id", "kind", "year", "title", "amount_fen", "state", "version", "remark", "changed_at", "result")
        },
    }  # fmt: skip


def _whole(here: Here, proposal: Proposal) -> ProposalWhole:
    found = flow.problems_of(proposal) if proposal.state in Proposal.OPEN else []
    return ProposalWhole(
        **_told(proposal),
        payload=proposal.payload,
        problems=[ProblemOut.from_orm(problem) for problem in found],
        steps=flow.steps_open_to(here.access, proposal),
    )


def _found(here: Here, number: int) -> Proposal:
    proposal = visible_proposals(here.access).filter(pk=number).first()
    if proposal is None:
        raise Http404
    return proposal


def _must(here: Here, action: Action, proposal: Proposal) -> None:
    """A token may do no more than its scopes, whatever its person may do."""
    if not here.access.may(action, proposal.entity):
        raise PermissionDenied


Number = Annotated[int, Field(ge=1, le=2**62, description="编号 / number")]


@router.get("/proposals", response={200: ProposalPage, **ERRORS}, summary="待审事项 / proposals")
@endpoint()
def listing(here: Here, state: StateName = StateName.OPEN, before: Before = None, limit: Limit = 50):
    """Proposals of the entities in scope, the newest first."""
    rows, more = proposals_page(here.access, state.value, before, limit)
    return ProposalPage(items=[ProposalOut(**_told(row)) for row in rows], next=more)


@router.post(
    "/entities/{entity}/{year}/proposals", response={200: ProposalWhole, **ERRORS}, summary="起草 / prepare"
)
@endpoint(*PREPARING, entity=True, year=True)
def prepare(here: Here, key: Key, stated: ProposalIn):
    """Keep a draft; the same key again is the draft made before. Problems are told, and hinder submitting only."""
    if not here.may(KINDS[stated.kind.value].prepare):
        raise PermissionDenied
    made = flow.save(here.user, stated.kind.value, here.entity, here.year, stated.payload, key)
    return _whole(here, _found(here, made.pk))


@router.get("/proposals/{number}", response={200: ProposalWhole, **ERRORS}, summary="一项 / one proposal")
@endpoint()
def one(here: Here, number: Number):
    """One proposal."""
    return _whole(here, _found(here, number))


@router.put("/proposals/{number}", response={200: ProposalWhole, **ERRORS}, summary="修改 / change")
@endpoint(*PREPARING)
def change(here: Here, number: Number, stated: ProposalChange):
    """Change one's own draft over the version seen."""
    found = _found(here, number)
    _must(here, flow.kind_of(found).prepare, found)
    flow.save(
        here.user,
        found.kind,
        found.entity,
        found.year,
        stated.payload,
        found.key,
        proposal=found,
        version=stated.version,
    )
    return _whole(here, _found(here, number))


@router.post(
    "/proposals/{number}/{step}", response={200: ProposalTaken, **ERRORS}, summary="办理 / take a step"
)
@endpoint()
def take(here: Here, number: Number, step: Step, stated: StepIn):
    """Submit, review, approve, send back or withdraw, over the version seen.

    An approved close or publication is done by a job: `job` is its number, and `retry` has another one do it.
    """
    found = _found(here, number)
    kind = flow.kind_of(found)
    if step in (Step.SUBMIT, Step.WITHDRAW):
        _must(here, kind.prepare, found)
    elif step is Step.REVIEW or (step is Step.SEND_BACK and found.state == Proposal.State.SUBMITTED):
        _must(here, kind.review, found)
    else:
        _must(here, kind.approve, found)
    if step in _BY_JOB and isinstance(kind, LongKind):
        job = _BY_JOB[step](here.user, found, stated.version)
        return ProposalTaken(**_whole(here, _found(here, number)).dict(), job=job.pk)
    if step is Step.SEND_BACK:
        flow.send_back(here.user, found, stated.version, stated.remark)
    else:
        _TAKE[step](here.user, found, stated.version)
    return ProposalTaken(**_whole(here, _found(here, number)).dict(), job=None)


_TAKE = {
    Step.SUBMIT: flow.submit,
    Step.REVIEW: flow.review,
    Step.APPROVE: flow.approve,
    Step.RETRY: flow.retry,
    Step.WITHDRAW: flow.withdraw,
}
_BY_JOB = {Step.APPROVE: approve_by_job, Step.RETRY: retry_by_job}
