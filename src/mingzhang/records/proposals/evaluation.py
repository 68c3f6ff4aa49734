"""A self-evaluation waiting to be submitted (绩效自评): two others look at it, then it is frozen."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.utils import timezone

from mingzhang.documents import Problem
from mingzhang.performance.scoring import ScoreError
from mingzhang.records.models import Entity, Goals, Proposal
from mingzhang.records.performance.evaluating import SelfEvaluation, self_evaluation
from mingzhang.records.performance.evaluations import Promised, freeze
from mingzhang.records.points import fact_store
from mingzhang.records.policy import Action
from mingzhang.records.proposals.kind import RefusedError, ShortKind
from mingzhang.records.proposals.shape import Day, Record, Text, Texts, Whole


class EvaluationKind(ShortKind):
    """Submit the evaluation of `goals`: `reasons` by what they explain, `measures`, a `problem` to be solved, `restated_because`."""

    name = "evaluation"
    chinese = "绩效自评"
    prepare = Action.PREPARE_PERFORMANCE
    review = Action.REVIEW_PERFORMANCE
    approve = Action.APPROVE_PERFORMANCE
    shape = Record(
        {
            "goals": Whole(1, needed=True),
            "reasons": Texts(),
            "measures": Text(2_000),
            "problem": Text(300),
            "due": Day(),
            "replaces": Text(80),
            "budget_at_most_fen": Whole(0),
            "restated_because": Text(300),
        },
        open=True,
    )

    def check(self, entity: Entity, year: int, payload: dict[str, Any]) -> Sequence[Problem]:
        """Every reason that is demanded; a restatement says why; the year is over."""
        where = f"{entity.name}{year}年度绩效自评"
        goals = _goals(entity, year, payload)
        if goals is None:
            return [Problem("no_goals", "没有批复的绩效目标", where, "先申报并批复绩效目标。")]
        problems = []
        if timezone.localdate().year <= year:
            problems.append(
                Problem("year_not_over", f"{year}年度还没有结束", where, "年度终了后再自评；年中用运行监控。")
            )
        if goals.evaluations.exists() and not str(payload.get("restated_because") or "").strip():
            problems.append(
                Problem(
                    "restatement_reason_missing",
                    "已经提交过自评，没有写重新自评的原因",
                    where,
                    "写明原因；原自评保留，不会被覆盖。",
                )
            )
        evaluated = _evaluated(goals, payload)
        if isinstance(evaluated, Problem):
            return [*problems, evaluated]
        return [*problems, *_promise_problems(goals, payload, where), *evaluated.problems()]

    def title(self, entity: Entity, year: int, payload: dict[str, Any]) -> str:
        """Whose evaluation."""
        goals = _goals(entity, year, payload)
        return (
            f"{goals.year}年度{goals.project.name if goals.project else '整体'}自评"
            if goals
            else f"{year}年度自评"
        )

    def do(self, proposal: Proposal) -> dict[str, Any]:
        """Freeze it beside those before."""
        payload = proposal.payload
        goals = _goals(proposal.entity, proposal.year, payload)
        evaluated = _evaluated(goals, payload) if goals else None
        if isinstance(evaluated, Problem):
            raise RefusedError(evaluated)
        if goals is None or evaluated is None:
            raise RefusedError(
                Problem("no_goals", "没有批复的绩效目标", proposal.title, "先申报并批复绩效目标。")
            )
        row = freeze(
            evaluated,
            timezone.localdate(),
            restated_because=str(payload.get("restated_because") or ""),
            promise=_promise(payload),
        )
        return {"evaluation": row.pk, "total": str(row.total), "grade": row.grade}


def _promise(payload: dict[str, Any]) -> Promised:
    due = payload.get("due")
    return Promised(
        str(payload.get("problem") or "").strip(),
        date.fromisoformat(due) if due else None,
        str(payload.get("replaces") or ""),
        payload.get("budget_at_most_fen"),
    )


def _promise_problems(goals: Goals, payload: dict[str, Any], where: str) -> list[Problem]:
    """A promise names its problem, an indicator of these goals, a day that is to come."""
    promised, found = _promise(payload), []
    if not promised.problem and (
        promised.due or promised.replaces or promised.budget_at_most_fen is not None
    ):
        found.append(
            Problem("problem_missing", "写了整改期限或承诺，没有写问题", where, "写明要解决的问题。")
        )
    if promised.replaces and not goals.indicators.filter(name=promised.replaces).exists():
        found.append(
            Problem(
                "unknown_indicator", f"没有“{promised.replaces}”这个指标", where, "从本年指标中选择要替换的。"
            )
        )
    if promised.due and promised.due < timezone.localdate():
        found.append(Problem("due_passed", f"整改期限{promised.due}已过", where, "填写以后的日期。"))
    return found


def _goals(entity: Entity, year: int, payload: dict[str, Any]) -> Goals | None:
    return Goals.objects.filter(pk=payload.get("goals") or 0, entity=entity, year=year).first()


def _evaluated(goals: Goals, payload: dict[str, Any]) -> SelfEvaluation | Problem:
    store = fact_store(goals.entity.department().code, (goals.year - 1, goals.year))
    try:
        return self_evaluation(goals, store, payload.get("reasons") or {}, str(payload.get("measures") or ""))
    except ScoreError as wrong:
        what, _, remedy = str(wrong).partition("：")
        return Problem("value_cannot_be_scored", what, str(goals), remedy)
