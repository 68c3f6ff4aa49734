"""The page of publishing, and the three things that people do there."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from uuid import uuid4

from django.db import transaction
from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect
from django.utils import timezone

from mingzhang.documents import Problem
from mingzhang.portal.access import Here, page
from mingzhang.portal.environment import money
from mingzhang.portal.showing import done, show
from mingzhang.portal.typed import day, whole_number
from mingzhang.records.disclosures import (
    Approval,
    disclosure_of,
    due_on,
    enter_approval,
    review_confidentiality,
)
from mingzhang.records.imports.values import fen_of
from mingzhang.records.live import live
from mingzhang.records.models import Disclosure, Proposal, Publication
from mingzhang.records.policy import Action
from mingzhang.records.proposals import flow
from mingzhang.records.proposals.kind import RefusedError
from mingzhang.records.publication_checks import APPROVED, checklist, computed_fen
from mingzhang.records.publishing import edition_of


@dataclass
class Typed:
    """What a person typed into one of the forms, shown again where it was refused."""

    form: str = ""
    values: Mapping[str, str] = field(default_factory=dict)
    problems: Sequence[Problem] = ()


@page(Action.VIEW_ACCOUNTS)
def overview(here: Here) -> HttpResponse:
    """Where the publication stands."""
    return _shown(here, Typed())


@page(Action.ENTER_APPROVAL)
def approval(here: Here) -> HttpResponse:
    """Enter what the finance bureau approved."""

    def enter(stated: QueryDict) -> None:
        entered = Approval(
            stated.get("number", ""),
            day(stated.get("approved_on", "")),
            _fen(stated.get("revenue", ""), "批复本年收入"),
            _fen(stated.get("expenditure", ""), "批复本年支出"),
            stated.get("explanation", ""),
        )
        enter_approval(here.user, here.entity, here.year, entered, _version(stated))

    return _step(here, "approval", enter, "批复已登记")


@page(Action.REVIEW_CONFIDENTIALITY)
def confidentiality(here: Here) -> HttpResponse:
    """Sign the confidentiality review of the content as it was seen."""

    def sign(stated: QueryDict) -> None:
        current = live(here.entity, here.year).fingerprint(here.entity, edition_of(here.entity))
        result, seen = stated.get("result", ""), stated.get("content", "")
        review_confidentiality(here.user, here.entity, here.year, result, seen, current, _version(stated))

    return _step(here, "confidentiality", sign, "保密审查意见已签署")


def _step(here: Here, form: str, take: Callable[[QueryDict], None], said: str) -> HttpResponse:
    """Take what a form states; refused, it comes back as it was typed."""
    if here.request.method != "POST":
        return _back(here)
    stated = here.request.POST
    try:
        take(stated)
    except RefusedError as refused:
        return _shown(here, Typed(form, stated.dict(), refused.problems))
    done(here, said)
    return _back(here)


@page(Action.PREPARE_PUBLICATION)
def prepare(here: Here) -> HttpResponse:
    """Propose the publication; submitted at once."""
    if here.request.method != "POST":
        return _back(here)
    stated = here.request.POST
    payload = {"edition": edition_of(here.entity), "note": stated.get("note", "").strip()[:300]}
    own = _open_proposal(here)
    try:
        if own is not None and own.prepared_by_id != here.user.pk:
            raise RefusedError(
                Problem("under_way", "已有人提出公开", own.title, f"由{own.prepared_by.name}继续办理或撤回。")
            )
        key = stated.get("key", "")[:64] or uuid4().hex
        with transaction.atomic():
            proposal = flow.save(
                here.user,
                "publication",
                here.entity,
                here.year,
                payload,
                key,
                proposal=own,
                version=own.version if own else 0,
            )
            flow.submit(here.user, proposal, proposal.version)
    except RefusedError as refused:
        return _shown(here, Typed("prepare", stated.dict(), refused.problems))
    done(here, f"已提交复核：{proposal.title}")
    return redirect("proposal", number=proposal.pk)


def _shown(here: Here, typed: Typed) -> HttpResponse:
    now, disclosure = live(here.entity, here.year), disclosure_of(here.entity, here.year)
    edition = edition_of(here.entity)
    checks = checklist(here.entity, here.year, edition)
    due = due_on(disclosure)
    versions = list(Publication.objects.filter(entity=here.entity, year=here.year).order_by("-version"))
    return show(
        here,
        "publishing/overview.html",
        status=422 if typed.problems else 200,
        checks=checks,
        ready=all(check.state != "error" for check in checks),
        disclosure=disclosure,
        due=due,
        days_left=(due - timezone.localdate()).days if due else None,
        approved=[
            (name, getattr(disclosure, field), computed_fen(here.entity, here.year, now, concept))
            for name, concept, field in APPROVED
        ],
        fingerprint=now.fingerprint(here.entity, edition),
        versions=versions,
        proposal=_open_proposal(here),
        typed=typed,
        entered=typed.values if typed.form == "approval" else _entered(disclosure),
        key=uuid4().hex,
    )


def _entered(disclosure: Disclosure) -> dict[str, str]:
    return {
        "number": disclosure.approval_number,
        "approved_on": disclosure.approved_on.isoformat() if disclosure.approved_on else "",
        "revenue": money(disclosure.approved_revenue_fen),
        "expenditure": money(disclosure.approved_expenditure_fen),
        "explanation": disclosure.approval_explanation,
    }


def _open_proposal(here: Here) -> Proposal | None:
    return (
        Proposal.objects.filter(
            kind="publication", entity=here.entity, year=here.year, state__in=Proposal.OPEN
        )
        .select_related("prepared_by")
        .first()
    )


def _back(here: Here) -> HttpResponse:
    return redirect("publishing", entity=here.entity.code, year=here.year)


def _version(stated: Mapping[str, str]) -> int:
    return whole_number(stated.get("version"), -1)


def _fen(text: str, name: str) -> int | None:
    """An amount in yuan as typed; RefusedError where it is none."""
    if not text.strip():
        return None
    try:
        return fen_of(text)
    except ValueError as wrong:
        remedy = "填写以元为单位的数字，最多两位小数，如 1234.56。"
        raise RefusedError(Problem("wrong_amount", f"“{text[:30]}”不是金额", name, remedy)) from wrong
