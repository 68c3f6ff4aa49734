"""Enter a budget document line by line: a draft that others review and approve."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django.http import Http404, HttpResponse, QueryDict
from django.shortcuts import redirect

from mingzhang.portal.access import Here, page
from mingzhang.portal.forms import inputs, new_key, version_of
from mingzhang.portal.pages.budgets.choices import choices
from mingzhang.portal.showing import done, show
from mingzhang.portal.units import of_a_unit
from mingzhang.records.budget_entry import HEAD, LINE, EnteredBudget, hindrances, read_budget, typed_budget
from mingzhang.records.models import Proposal
from mingzhang.records.policy import Action
from mingzhang.records.proposals import flow
from mingzhang.records.proposals.kind import RefusedError

_SPARE = 4
_MORE = 10
_MOST_LINES = 500


@page(Action.PREPARE_BUDGET)
@of_a_unit
def new(here: Here) -> HttpResponse:
    """A new document."""
    if here.request.method != "POST":
        return _form(here, {}, [], key=new_key())
    return _taken(here, None)


@page(Action.PREPARE_BUDGET)
def edit(here: Here, number: int) -> HttpResponse:
    """A draft or a document that was sent back."""
    proposal = Proposal.objects.filter(
        pk=number, kind="budget", entity=here.entity, year=here.year, prepared_by=here.user
    ).first()
    if proposal is None:
        raise Http404("没有这份待改的预算文件")
    if proposal.state not in (Proposal.State.DRAFT, Proposal.State.RETURNED):
        return redirect("proposal", number=proposal.pk)
    if here.request.method != "POST":
        head, lines = typed_budget(proposal)
        return _form(here, head, lines, proposal=proposal, version=proposal.version)
    return _taken(here, proposal)


def _taken(here: Here, proposal: Proposal | None) -> HttpResponse:
    """Save what was sent, and hand it over where that was asked."""
    sent = here.request.POST
    head, lines = {entry.name: sent.get(entry.name, "") for entry in HEAD}, _lines(sent)
    key, version = sent.get("key", ""), version_of(sent)
    again = {"key": key, "version": version, "proposal": proposal}
    if "more" in sent:
        return _form(here, head, lines, spare=_MORE, **again)
    entered = read_budget(here.entity, here.year, head, lines)
    if entered.problems:
        return _form(here, head, lines, entered=entered, problems=entered.problems, status=422, **again)
    if "submit" in sent and (found := hindrances(here.entity, here.year, entered.payload)):
        return _form(here, head, lines, problems=found, status=422, **again)
    try:
        saved = flow.save(
            here.user,
            "budget",
            here.entity,
            here.year,
            entered.payload,
            key,
            proposal=proposal,
            version=version,
        )
        if "submit" in sent and saved.state in (Proposal.State.DRAFT, Proposal.State.RETURNED):
            saved = flow.submit(here.user, saved, saved.version)
    except RefusedError as refused:
        return _form(here, head, lines, problems=refused.problems, status=422, **again)
    done(here, f"已{'提交复核' if saved.state == Proposal.State.SUBMITTED else '保存草稿'}：{saved.title}")
    return redirect("proposal", number=saved.pk)


def _lines(sent: QueryDict) -> list[dict[str, str]]:
    """The lines of the form: every line sends all its fields, in order."""
    columns = [sent.getlist(f"line_{entry.name}") for entry in LINE]
    lines = [
        dict(zip((entry.name for entry in LINE), values, strict=True))
        for values in zip(*columns, strict=False)
    ]
    while lines and not any(value.strip() for value in lines[-1].values()):
        lines.pop()
    return lines[:_MOST_LINES]


def _form(
    here: Here,
    head: Mapping[str, str],
    lines: Sequence[Mapping[str, str]],
    *,
    entered: EnteredBudget | None = None,
    problems: Sequence[Any] = (),
    spare: int = _SPARE,
    status: int = 200,
    key: str = "",
    version: int = 0,
    proposal: Proposal | None = None,
) -> HttpResponse:
    wrong = entered.lines if entered else {}
    return show(
        here,
        "budgets/entry.html",
        status=status,
        head=inputs(HEAD, head, entered.head if entered else {}),
        columns=LINE,
        lines=[
            [(entry, line.get(entry.name, ""), wrong.get((place, entry.name))) for entry in LINE]
            for place, line in enumerate([*lines, *({} for _ in range(spare))])
        ],
        choices=choices(here),
        problems=problems,
        key=key or new_key(),
        version=version,
        proposal=proposal,
    )
