"""Set goals or change them (绩效目标申报): the form, its rows of indicators, the check while writing."""

from __future__ import annotations

from decimal import Decimal, InvalidOperation
from typing import Any
from uuid import uuid4

from django.http import Http404, HttpResponse
from django.shortcuts import redirect

from mingzhang.catalogue.loading.performance import scoring_forms
from mingzhang.facts import Vocabulary
from mingzhang.portal.access import Here, page
from mingzhang.portal.showing import done, show
from mingzhang.portal.typed import whole_number
from mingzhang.records.casework.lines import all_lines
from mingzhang.records.models import Commitment, Goals, Project, Proposal
from mingzhang.records.performance.goals import FIELDS, payload_of
from mingzhang.records.performance.metrics import SUB_PROJECTS
from mingzhang.records.points import books_vocabulary
from mingzhang.records.policy import Action
from mingzhang.records.proposals import flow
from mingzhang.records.proposals.kind import RefusedError

_MOST_ROWS = 60
_EMPTY_ROWS = 3


@page(Action.PREPARE_PERFORMANCE)
def new(here: Here) -> HttpResponse:
    """New goals, or a change of approved ones: the form begins with what there is."""
    if here.request.method == "POST":
        return _saved(here, None)
    code = here.request.GET.get("project", "")
    own = Goals.objects.filter(entity=here.entity, year=here.year)
    known = (own.filter(project__code=code) if code else own.filter(project=None)).first()
    payload = (
        payload_of(known) if known else {"project": code, "form": "hubei", "overall": "", "indicators": []}
    )
    return _form(here, payload, None)


@page(Action.PREPARE_PERFORMANCE)
def edit(here: Here, number: int) -> HttpResponse:
    """A draft of goals."""
    proposal = Proposal.objects.filter(pk=number, kind="goals", entity=here.entity, year=here.year).first()
    if proposal is None:
        raise Http404
    if here.request.method == "POST":
        return _saved(here, proposal)
    return _form(here, proposal.payload, proposal)


def _saved(here: Here, proposal: Proposal | None) -> HttpResponse:
    stated = here.request.POST
    payload = _payload(here)
    version = whole_number(stated.get("version"))
    if "check" in stated:
        return _form(here, payload, proposal, checked=True)
    try:
        saved = flow.save(
            here.user, "goals", here.entity, here.year, payload, stated.get("key") or uuid4().hex,
            proposal=proposal, version=version,
        )  # fmt: skip
        proposal = saved
        if "submit" in stated:
            saved = flow.submit(here.user, saved, saved.version)
    except RefusedError as refused:
        return _form(here, payload, proposal, refused)
    done(here, f"已{'提交复核' if 'submit' in stated else '保存草稿'}：{saved.title}")
    return redirect("proposal", number=saved.pk)


def _payload(here: Here) -> dict[str, Any]:
    """The form as a payload; rows without a name and a target fall away."""
    stated = here.request.POST
    rows = []
    for place in range(_MOST_ROWS):
        row: dict[str, Any] = {name: stated.get(f"{name}-{place}", "").strip() for name in FIELDS}
        levels = stated.get(f"levels-{place}", "")
        row["first_level"], _, row["second_level"] = levels.partition("/")
        row["weight"] = stated.get(f"weight-{place}", "").strip()
        row["block"] = (
            int(stated.get(f"block-{place}") or 1) if (stated.get(f"block-{place}") or "1").isdigit() else 1
        )
        row["relative"] = f"relative-{place}" in stated
        row["cumulative"] = not row["relative"]
        if row["name"] or row["target"]:
            rows.append(row)
    return {
        "project": stated.get("project", ""),
        "form": stated.get("form", ""),
        "overall": stated.get("overall", "").strip(),
        "indicators": rows,
    }


def _form(
    here: Here,
    payload: dict[str, Any],
    proposal: Proposal | None,
    refused: RefusedError | None = None,
    *,
    checked: bool = False,
) -> HttpResponse:
    of = flow.KINDS["goals"]
    problems = refused.problems if refused else of.check(here.entity, here.year, payload) if checked else ()
    form = scoring_forms().get(payload["form"]) or scoring_forms()["hubei"]
    vocabulary = books_vocabulary(
        here.access.organisation, here.access.organisation.named(here.entity.department().code), [here.year]
    )
    rows = [*payload["indicators"], *({} for _ in range(_EMPTY_ROWS))]
    total = sum((_weight(row.get("weight")) for row in payload["indicators"]), Decimal(0))
    return show(
        here,
        "performance/editing.html",
        status=422 if refused else 200,
        payload=payload,
        rows=rows[:_MOST_ROWS],
        forms=[(name, each.chinese) for name, each in scoring_forms().items()],
        form=form,
        levels=[
            (f"{first}/{second}", f"{first}·{second}")
            for first, seconds in form.tree.items()
            for second in seconds
        ],
        metrics=_metrics(vocabulary),
        promised=_promised(here, payload["project"]),
        project=Project.objects.filter(code=payload["project"]).first(),
        problems=problems,
        checked=checked,
        total=f"{total.normalize():f}",
        proposal=proposal,
        key=proposal.key if proposal else here.request.POST.get("key") or uuid4().hex,
        version=here.request.POST.get("version") or (proposal.version if proposal else 0),
    )


def _metrics(vocabulary: Vocabulary) -> list[tuple[str, str]]:
    """(id, Chinese name) of what can answer an indicator: sub-projects, the lines' metrics, the cube."""
    cards = [card for line in all_lines().values() for card in line.metrics.values()]
    return [
        (SUB_PROJECTS, "下级项目同名指标汇总"),
        *((card.id, f"{card.chinese}（业务台账）") for card in cards),
        *((concept.name, concept.chinese) for concept in vocabulary.concepts.values()),
    ]


def _promised(here: Here, code: str) -> list[Commitment]:
    """What last year's evaluation of the same project promised."""
    found = Commitment.objects.filter(goals__entity=here.entity, goals__year=here.year - 1)
    return list(found.filter(goals__project__code=code) if code else found.filter(goals__project=None))


def _weight(text: object) -> Decimal:
    """A weight as typed; nothing where it is no number."""
    try:
        value = Decimal(str(text or 0))
    except InvalidOperation:
        return Decimal(0)
    return value if value.is_finite() else Decimal(0)
