"""Enter a voucher (录入凭证): choose the event, fill in its form, see both systems' entries, save or submit."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect

from mingzhang.catalogue.loading import voucher_templates
from mingzhang.documents import Problem
from mingzhang.portal.access import Here, page
from mingzhang.portal.pages.proposals.content import line_of
from mingzhang.portal.pages.vouchers.head_form import KINDS
from mingzhang.portal.pages.vouchers.line_form import SYSTEMS, Row
from mingzhang.portal.pages.vouchers.starting import Form, form_of, form_sent, groups_for, recent, start
from mingzhang.portal.showing import done, render, show
from mingzhang.portal.units import of_a_unit
from mingzhang.records.drafts import FUNDS
from mingzhang.records.event_accounts import EventError
from mingzhang.records.models import Proposal
from mingzhang.records.policy import Action
from mingzhang.records.proposals import flow
from mingzhang.records.proposals.kind import RefusedError
from mingzhang.records.proposals.kinds import KINDS as PROPOSALS
from mingzhang.records.proposals.voucher import voucher_draft

_MORE_ROWS = 5


@page(Action.PREPARE_VOUCHER)
@of_a_unit
def new(here: Here) -> HttpResponse:
    """Choose an event, or fill in a new voucher's form; sent, it becomes a draft."""
    if here.request.method == "POST":
        return _taken(here, form_sent(here), None)
    form = start(here)
    if form is not None:
        return _shown(here, form, None)
    typed = here.request.GET.get("q", "").strip()
    groups = groups_for(here, typed)
    return show(
        here,
        "vouchers/choose.html",
        groups=groups,
        names=voucher_templates().events,
        typed=typed,
        recent=recent(here),
    )


@page(Action.PREPARE_VOUCHER)
@of_a_unit
def edit(here: Here, number: int) -> HttpResponse:
    """Change a draft, as long as it is the person's own and has not been handed over."""
    proposal = (
        Proposal.objects.filter(pk=number, entity=here.entity, year=here.year, kind="voucher")
        .select_related("entity", "prepared_by")
        .first()
    )
    if proposal is None:
        raise Http404
    if "edit" not in flow.steps_open_to(here.access, proposal):
        messages.error(here.request, "这张凭证现在不能修改：只有经办人可以修改自己的草稿或退回的凭证。")
        return redirect("proposal", number=number)
    if here.request.method == "POST":
        return _taken(here, form_sent(here), proposal)
    return _shown(here, form_of(here, proposal.payload), proposal)


@page(Action.PREPARE_VOUCHER)
@of_a_unit
def preview(here: Here) -> HttpResponse:
    """The entries that the form would make, and what stands in its way."""
    if here.request.method != "POST":
        raise Http404
    form = form_sent(here)
    payload = form.payload()
    return render(here.request, "vouchers/preview.html", **_looked_at(here, form, payload))


def _looked_at(here: Here, form: Form, payload: dict[str, Any]) -> dict[str, Any]:
    """The entries of both systems with their sums, and the problems."""
    try:
        draft = voucher_draft(here.entity, here.year, payload)
    except (EventError, KeyError, TypeError, ValueError):
        draft = None
    problems = [] if form.errors else _problems(here, payload)
    systems = [
        (
            name,
            [line_of(entry, here.year) for entry in entries],
            sum(entry.fen for entry in entries if entry.side == "D"),
            sum(entry.fen for entry in entries if entry.side == "C"),
        )
        for _, name, entries in (draft.sides() if draft else ())
        if entries
    ]
    return {"systems": systems, "problems": problems, "errors": form.errors}


def _problems(here: Here, payload: dict[str, Any]) -> list[Problem]:
    return list(PROPOSALS["voucher"].check(here.entity, here.year, payload))


def _taken(here: Here, form: Form, proposal: Proposal | None) -> HttpResponse:
    """Keep what was sent, and hand it over where that was asked; refused, the form comes back as it was."""
    sent = here.request.POST
    action = sent.get("action", "save")
    if action == "more" and form.mode == "lines":
        return _shown(here, form.with_blank_rows(_MORE_ROWS), proposal)
    payload = form.payload()
    if form.errors:
        return _shown(here, form, proposal, status=422)
    problems = _problems(here, payload)
    submits = action in ("submit", "next")
    if submits and any(problem.is_error for problem in problems):
        return _shown(here, form, proposal, problems, status=422)
    try:
        kept = _keep(here, payload, proposal)
        if kept.payload != payload:
            text = "这张凭证此前已经保存过，这次的改动没有保存：请在已保存的凭证上修改。"
            messages.warning(here.request, text)
            return redirect("proposal", number=kept.pk)
        if submits and kept.state in (Proposal.State.DRAFT, Proposal.State.RETURNED):
            kept = flow.submit(here.user, kept, kept.version)
    except RefusedError as refused:
        return _shown(here, form, proposal, list(refused.problems), status=422)
    done(here, f"已{'提交复核' if submits else '保存草稿'}：{kept.title}")
    if action == "next":
        return redirect(_next(here, payload))
    return redirect("proposal", number=kept.pk)


def _keep(here: Here, payload: dict[str, Any], proposal: Proposal | None) -> Proposal:
    sent = here.request.POST
    key = (sent.get("key") or uuid4().hex)[:64]
    version = sent.get("version", "")
    return flow.save(
        here.user,
        "voucher",
        here.entity,
        here.year,
        payload,
        key,
        proposal=proposal,
        version=int(version) if version.isdigit() and len(version) < 9 else 0,
    )


def _next(here: Here, payload: dict[str, Any]) -> str:
    """Where the next voucher of the same sort is entered."""
    address = here.request.path.partition("/vouchers/")[0] + "/vouchers/new/"
    event = payload.get("event")
    return f"{address}?event={event['template']}" if event else f"{address}?lines=1"


def _shown(
    here: Here,
    form: Form,
    proposal: Proposal | None,
    problems: list[Problem] | None = None,
    status: int = 200,
) -> HttpResponse:
    sent = here.request.POST
    key = sent.get("key") or uuid4().hex
    version = sent.get("version") or (proposal.version if proposal else "")
    return show(
        here,
        f"vouchers/{form.mode}_form.html",
        status=status,
        form=form,
        proposal=proposal,
        problems=problems or [],
        key=key,
        version=version,
        kinds=KINDS,
        systems=SYSTEMS,
        blank=Row(),
        funds=list(FUNDS.items()),
        siblings=[
            (unit.code, unit.name)
            for unit in here.entity.department().units(here.access.organisation.entities)
            if unit.pk != here.entity.pk
        ],
    )
