"""Ex-ante evaluation of a new project (事前绩效评估): the form, its points with their grounds, the conclusion."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

from django.http import Http404, HttpResponse
from django.shortcuts import redirect

from mingzhang.catalogue.loading.ex_ante import ex_ante_rules
from mingzhang.documents import Problem
from mingzhang.portal.access import Here, page
from mingzhang.portal.amounts import fen_of, yuan_of
from mingzhang.portal.showing import done, show
from mingzhang.portal.typed import whole_number
from mingzhang.records.models import Proposal
from mingzhang.records.performance.ex_ante import new_projects
from mingzhang.records.policy import Action
from mingzhang.records.proposals import flow
from mingzhang.records.proposals.kind import RefusedError

_AMOUNTS = {"requested": "申请金额", "supported": "建议支持金额"}


@page(Action.PREPARE_PERFORMANCE)
def new(here: Here) -> HttpResponse:
    """A new evaluation."""
    if here.request.method == "POST":
        return _saved(here, None)
    return _form(here, {"project": here.request.GET.get("project", "")}, None)


@page(Action.PREPARE_PERFORMANCE)
def edit(here: Here, number: int) -> HttpResponse:
    """A draft, or one that was sent back."""
    proposal = Proposal.objects.filter(pk=number, kind="ex_ante", entity=here.entity, year=here.year).first()
    if proposal is None:
        raise Http404
    if here.request.method == "POST":
        return _saved(here, proposal)
    return _form(here, _typed(proposal.payload), proposal)


def _saved(here: Here, proposal: Proposal | None) -> HttpResponse:
    stated = here.request.POST
    payload, problems = _payload(here)
    if problems:
        return _form(here, stated, proposal, problems)
    try:
        saved = flow.save(
            here.user, "ex_ante", here.entity, here.year, payload, stated.get("key") or uuid4().hex,
            proposal=proposal, version=whole_number(stated.get("version")),
        )  # fmt: skip
        proposal = saved
        if "submit" in stated:
            saved = flow.submit(here.user, saved, saved.version)
    except RefusedError as refused:
        return _form(here, stated, proposal, refused.problems)
    done(here, f"已{'提交复核' if 'submit' in stated else '保存草稿'}：{saved.title}")
    return redirect("proposal", number=saved.pk)


def _payload(here: Here) -> tuple[dict[str, Any], list[Problem]]:
    """The form as a payload, and amounts that are none."""
    stated, fen, problems = here.request.POST, {}, []
    for name, chinese in _AMOUNTS.items():
        text = stated.get(name, "").strip()
        try:
            fen[f"{name}_fen"] = fen_of(text) if text else 0
        except ValueError as wrong:
            what, _, remedy = str(wrong).partition("：")
            problems.append(Problem("not_an_amount", what, chinese, f"{remedy}。"))
    aspects = [
        {
            "name": aspect.name,
            "points": stated.get(f"points-{place}", "").strip(),
            "words": stated.get(f"words-{place}", "").strip(),
        }
        for place, aspect in enumerate(ex_ante_rules().aspects)
    ]
    rest = {name: stated.get(name, "").strip() for name in ("project", "evaluated_on", "experts")}
    return {**rest, **fen, "aspects": aspects}, problems


def _typed(payload: dict[str, Any]) -> dict[str, Any]:
    """A payload as the form shows it."""
    shown = {name: yuan_of(payload.get(f"{name}_fen")) for name in _AMOUNTS}
    for place, each in enumerate(payload.get("aspects") or ()):
        shown |= {f"points-{place}": each["points"], f"words-{place}": each["words"]}
    return {**payload, **shown}


def _form(here: Here, stated: Any, proposal: Proposal | None, problems: Any = ()) -> HttpResponse:
    rules = ex_ante_rules()
    return show(
        here,
        "performance/ex_ante.html",
        status=422 if problems else 200,
        stated=stated,
        rules=rules,
        projects=[(each.code, each.name) for each in new_projects(here.entity, here.year)],
        problems=problems,
        proposal=proposal,
        key=proposal.key if proposal else stated.get("key") or uuid4().hex,
        version=stated.get("version") or (proposal.version if proposal else 0),
    )
