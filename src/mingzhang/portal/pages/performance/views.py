"""Look at goals on any day, report values, explain deviations, evaluate, take the forms and reports away."""

from __future__ import annotations

import tempfile
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any
from uuid import uuid4

from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone

from mingzhang.documents import Problem
from mingzhang.performance.scoring import ScoreError
from mingzhang.portal.access import Here, page
from mingzhang.portal.amounts import fen_of
from mingzhang.portal.pages.performance.cards import cards
from mingzhang.portal.pages.performance.picture import lines
from mingzhang.portal.showing import done, show, tell
from mingzhang.portal.typed import day, whole_number
from mingzhang.records.live import live
from mingzhang.records.models import Commitment, ExAnte, Explanation, Goals, Project
from mingzhang.records.performance.evaluating import self_evaluation
from mingzhang.records.performance.evaluations import newest
from mingzhang.records.performance.ex_ante import without_ex_ante
from mingzhang.records.performance.files import FORMATS, written
from mingzhang.records.performance.goals import form_of
from mingzhang.records.performance.monitoring import watched
from mingzhang.records.performance.promises import promises
from mingzhang.records.performance.reporting import explain, finish, monitor, report_value
from mingzhang.records.performance.work import rolled_up
from mingzhang.records.policy import Action
from mingzhang.records.proposals import flow
from mingzhang.records.proposals.kind import RefusedError

_LOOKING = (Action.VIEW_ACCOUNTS, Action.PREPARE_PERFORMANCE, Action.REPORT_VALUE)


@page(*_LOOKING)
def overview(here: Here) -> HttpResponse:
    """The picture: every set of goals on a day, what is behind, what was promised."""
    on = _day(here)
    known = list(_goals(here))
    store = _store(here) if known else None
    seen = [watched(goals, store, on) for goals in known]
    promised = promises(known, here.entity, here.year, _store(here), timezone.localdate())
    with_goals = {goals.project_id for goals in known}
    first_level = Project.objects.filter(entity__in=here.entity.below(), parent=None, secret=False)
    return show(
        here,
        "performance/overview.html",
        on=on,
        lines=lines(seen),
        problems=[problem for each in seen for problem in each.problems()],
        evaluations={goals.pk: newest(goals) for goals in known},
        without_goals=[project for project in first_level if project.pk not in with_goals],
        whole_missing=None not in with_goals,
        promises=promised,
        stages=_stages(here, known),
        ex_ante=list(ExAnte.objects.filter(entity=here.entity, year=here.year).select_related("project")),
        not_evaluated_before=without_ex_ante(here.entity, here.year, _store(here)),
        may_prepare=here.may(Action.PREPARE_PERFORMANCE),
        may_report=here.may(Action.REPORT_VALUE),
    )


@page(*_LOOKING)
def one(here: Here, number: int) -> HttpResponse:
    """One set of goals: targets, values with their source, lights, scores so far, evaluations."""
    return _shown(here, _found(here, number))


@page(Action.REPORT_VALUE)
def value(here: Here, number: int) -> HttpResponse:
    """Report the value of one indicator."""
    goals, stated = _found(here, number), here.request.POST
    indicator = goals.indicators.filter(pk=whole_number(stated.get("indicator"))).first()
    on = day(stated.get("on", ""))
    if here.request.method != "POST" or indicator is None:
        raise Http404
    try:
        report_value(
            here.user,
            indicator,
            on or timezone.localdate(),
            stated.get("value", ""),
            stated.get("evidence", ""),
            share=stated.get("share", ""),
            target_was_low="target_was_low" in stated,
        )
    except RefusedError as refused:
        return _shown(here, goals, refused)
    done(here, f"已填报：{indicator.name}")
    return redirect("performance_goals", entity=here.entity.code, year=here.year, number=goals.pk)


@page(Action.REPORT_VALUE)
def explanation(here: Here, number: int) -> HttpResponse:
    """Explain a deviation."""
    goals, stated = _found(here, number), here.request.POST
    if here.request.method != "POST":
        raise Http404
    try:
        explain(here.user, goals, stated.get("about", ""), stated.get("reason", ""), stated.get("measure", ""), day(stated.get("due", "")))  # fmt: skip
    except RefusedError as refused:
        return _shown(here, goals, refused)
    done(here, "偏差说明已保存")
    return redirect("performance_goals", entity=here.entity.code, year=here.year, number=goals.pk)


@page(Action.REPORT_VALUE)
def monitoring(here: Here, number: int) -> HttpResponse:
    """Keep the monitoring of a day."""
    goals = _found(here, number)
    on = day(here.request.POST.get("on", ""))
    if here.request.method != "POST" or on is None:
        raise Http404
    try:
        monitor(here.user, watched(goals, _store(here), on))
    except RefusedError as refused:
        return _shown(here, goals, refused, on=on)
    done(here, f"已保存截至{on}的监控记录")
    return redirect("performance_goals", entity=here.entity.code, year=here.year, number=goals.pk)


@page(Action.REPORT_VALUE)
def promise(here: Here, kind: str, number: int) -> HttpResponse:
    """Say what came of a measure or of a promise."""
    model = {"explanation": Explanation, "commitment": Commitment}.get(kind)
    row = model.objects.filter(pk=number, goals__entity=here.entity).first() if model else None
    if here.request.method != "POST" or row is None:
        raise Http404
    try:
        finish(
            here.user,
            row,
            whole_number(here.request.POST.get("version")),
            here.request.POST.get("outcome", ""),
        )
        done(here, "落实情况已保存")
    except RefusedError as refused:
        tell(here, refused)
    return redirect("performance", entity=here.entity.code, year=here.year)


@page(Action.PREPARE_PERFORMANCE)
def evaluation(here: Here, number: int) -> HttpResponse:
    """Prepare the self-evaluation: the reasons that are demanded, the measures; then two others look at it."""
    goals, stated = _found(here, number), here.request.POST
    if here.request.method != "POST":
        raise Http404
    payload = {
        "goals": goals.pk,
        "reasons": {
            name.removeprefix("reason:"): text.strip()
            for name, text in stated.items()
            if name.startswith("reason:")
        },
        "measures": stated.get("measures", "").strip(),
        **_promised(stated),
        "restated_because": stated.get("restated_because", "").strip(),
    }
    if payload["budget_at_most_fen"] == _NO_AMOUNT:
        wrong = Problem("not_an_amount", "下年预算上限不是金额", str(goals), "填写金额（元），如 120000。")
        return _shown(here, goals, RefusedError(wrong), payload)
    try:
        proposal = flow.save(
            here.user, "evaluation", here.entity, here.year, payload, stated.get("key") or uuid4().hex
        )
        proposal = flow.submit(here.user, proposal, proposal.version)
    except RefusedError as refused:
        return _shown(here, goals, refused, payload)
    done(here, "自评已提交复核")
    return redirect("proposal", number=proposal.pk)


@page(*_LOOKING)
def file(here: Here, number: int, form: str) -> HttpResponse:
    """The form with its report, as a file."""
    goals = _found(here, number)
    if form not in FORMATS:
        raise Http404
    with tempfile.TemporaryDirectory() as folder:
        path = written(goals, _store(here), form, Path(folder))
        answer = HttpResponse(path.read_bytes(), content_type=FORMATS[form])
        answer.headers["Content-Disposition"] = f"attachment; filename=evaluation.{form}"
    return answer


def _promised(stated: Mapping[str, str]) -> dict[str, Any]:
    """What is promised for the next year, as typed."""
    most = stated.get("budget_at_most", "").strip()
    try:
        fen = fen_of(most) if most else None
    except ValueError:
        fen = _NO_AMOUNT
    due = stated.get("due", "").strip()
    return {
        "problem": stated.get("problem", "").strip(),
        "due": due,
        "replaces": stated.get("replaces", ""),
        "budget_at_most_fen": fen,
    }


_NO_AMOUNT = -1
"""What was typed where an amount belongs and is none."""


def _shown(
    here: Here,
    goals: Goals,
    refused: RefusedError | None = None,
    payload: dict | None = None,
    *,
    on: date | None = None,
) -> HttpResponse:
    store, on = _store(here), on or _day(here)
    try:
        evaluated, wrong = self_evaluation(goals, store, (payload or {}).get("reasons")), ""
    except ScoreError as error:
        evaluated, wrong = None, str(error)
    return show(
        here,
        "performance/one.html",
        status=422 if refused else 200,
        goals=goals,
        form=form_of(goals),
        on=on,
        watched=watched(goals, store, on),
        cards=cards(here, goals),
        evaluated=evaluated,
        scores={row.indicator.name: row for row in evaluated.evaluated.rows} if evaluated else {},
        wrong=wrong,
        refused=refused.problems if refused else (),
        typed=payload or {},
        stated=here.request.POST,
        evaluations=list(goals.evaluations.all()),
        explanations=list(goals.explanations.all()),
        monitorings=list(goals.monitorings.all()),
        replaceable=[(row.name, row.name) for row in goals.indicators.all()],
        commitments=list(goals.commitments.all()),
        rolled=rolled_up(goals, store)
        if evaluated and goals.project and not goals.project.parent_id
        else None,
        key=uuid4().hex,
        may_report=here.may(Action.REPORT_VALUE),
        may_prepare=here.may(Action.PREPARE_PERFORMANCE),
    )


def _stages(here: Here, known: list[Goals]) -> list[tuple[str, int, int]]:
    """(stage, done, of how many) of the five stages, for the whole and the first-level projects."""
    first_level = [goals for goals in known if goals.project is None or goals.project.parent_id is None]
    every = Project.objects.filter(entity__in=here.entity.below(), parent=None, secret=False).count() + 1
    committed = Commitment.objects.filter(goals__in=known)
    beforehand = ExAnte.objects.filter(entity=here.entity, year=here.year).count()
    missing = len(without_ex_ante(here.entity, here.year, _store(here)))
    return [
        ("事前评估", beforehand, beforehand + missing),
        ("目标管理", len(first_level), every),
        ("运行监控", sum(1 for goals in first_level if goals.monitorings.exists()), len(first_level)),
        ("绩效自评", sum(1 for goals in first_level if goals.evaluations.exists()), len(first_level)),
        ("结果应用", committed.exclude(done_on=None).count(), committed.count()),
    ]


def _goals(here: Here):
    return (
        Goals.objects.filter(entity=here.entity, year=here.year)
        .select_related("entity", "project", "project__parent")
        .order_by("project__code")
    )


def _found(here: Here, number: int) -> Goals:
    goals = _goals(here).filter(pk=number).first()
    if goals is None:
        raise Http404
    return goals


def _store(here: Here):
    return live(here.entity, here.year).store


def _day(here: Here) -> date:
    """The day asked for; today within the year, its last day after it."""
    asked = day(here.request.GET.get("on", ""))
    return asked or min(max(timezone.localdate(), date(here.year, 1, 1)), date(here.year, 12, 31))
