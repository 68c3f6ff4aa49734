"""Results applied (结果应用): what an evaluation promised, held against the next year's goals and budget."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import Any

from mingzhang.documents import Problem
from mingzhang.facts import Cell, FactStore
from mingzhang.records.models import Commitment, Entity, Goals, Project
from mingzhang.records.performance.money import cell_of

KEPT, BROKEN, OPEN = "已落实", "未兑现", "待落实"


@dataclass(frozen=True, slots=True)
class Promise:
    """A commitment, how it stands on a day, and what shows it."""

    commitment: Commitment
    state: str
    shown: str


def promises(goals: Iterable[Goals], entity: Entity, year: int, store: FactStore, on: date) -> list[Promise]:
    """What evaluations of the year before promised, as it stands in this year's goals and budget; older ones not yet done.

    `goals` are those of the year; `store` knows its budget.
    """
    current = {each.project_id: each for each in goals}
    earlier = Commitment.objects.filter(goals__entity=entity, goals__year__lt=year).select_related(
        "goals", "goals__project", "goals__entity"
    )
    return [
        _promise(each, current.get(each.goals.project_id), year, store, on)
        for each in earlier
        if each.goals.year == year - 1 or each.done_on is None
    ]


def _promise(commitment: Commitment, goals: Goals | None, year: int, store: FactStore, on: date) -> Promise:
    shown = [*_of_goals(commitment, goals), *_of_budget(commitment, year, store), *_of_work(commitment, on)]
    states = {state for state, _ in shown}
    state = next(each for each in (BROKEN, OPEN, KEPT) if each in states)
    return Promise(commitment, state, "；".join(text for _, text in shown))


def _of_goals(commitment: Commitment, goals: Goals | None) -> Iterator[tuple[str, str]]:
    """An indicator that was to be replaced: gone, or with another target."""
    if not commitment.replaces:
        return
    name = commitment.replaces
    if goals is None:
        yield OPEN, f"“{name}”待替换，下年目标还没有批复"
        return
    now = goals.indicators.filter(name=name).first()
    before = commitment.goals.indicators.filter(name=name).first()
    if now is None:
        yield KEPT, f"“{name}”已从{goals.year}年度目标中替换"
    elif before is not None and now.target == before.target:
        yield BROKEN, f"“{name}”在{goals.year}年度目标中仍为“{now.target}”"
    else:
        yield KEPT, f"“{name}”在{goals.year}年度目标中改为“{now.target}”"


def _of_budget(commitment: Commitment, year: int, store: FactStore) -> Iterator[tuple[str, str]]:
    """A ceiling on the next year's budget."""
    most = commitment.budget_at_most_fen
    if most is None:
        return
    promised = f"承诺{year}年预算不超过{most / 1_000_000:.2f}万元"
    cell = Cell.parse(f"{cell_of(commitment.goals)}#initial_budget")
    budget = store.value(cell.at(commitment.goals.entity.code, str(year)))
    if not budget:
        yield OPEN, f"{promised}，预算还没有下达"
        return
    state = KEPT if budget * 100 <= most else BROKEN
    yield state, f"{promised}，实际{float(budget / 10_000):.2f}万元"


def _of_work(commitment: Commitment, on: date) -> Iterator[tuple[str, str]]:
    """The measure itself: done with its outcome, overdue, or still to do."""
    if commitment.done_on is not None:
        yield KEPT, f"{commitment.done_on}：{commitment.outcome}"
    elif commitment.due is not None and commitment.due < on:
        yield BROKEN, f"期限{commitment.due}已过"
    else:
        yield OPEN, "没有填写落实情况"


def goals_problems(
    entity: Entity, year: int, code: str, indicators: Iterable[Mapping[str, Any]], where: str
) -> Iterator[Problem]:
    """Indicators of proposed goals that the evaluation of the year before promised to replace and that are as they were."""
    stated = {
        str(each.get("name") or "").strip(): str(each.get("target") or "").strip() for each in indicators
    }
    promised = Commitment.objects.filter(goals__entity=entity, goals__year=year - 1).exclude(replaces="")
    promised = promised.filter(goals__project__code=code) if code else promised.filter(goals__project=None)
    for each in promised.select_related("goals"):
        before = each.goals.indicators.filter(name=each.replaces).first()
        if before is not None and stated.get(each.replaces) == before.target:
            yield Problem(
                "promise_not_kept",
                f"上年自评承诺替换“{each.replaces}”，目标仍为“{before.target}”",
                f"{where}，“{each.replaces}”",
                f"按承诺的措施改正：{each.measure}",
                "warning",
            )


def budget_problems(year: int, fen: Mapping[str, int], where: str) -> Iterator[Problem]:
    """Initial budgets, in fen by the code of the project, above what the evaluation of the year before promised.

    A first-level project's budget is that of its sub-projects together.
    """
    known = Project.objects.filter(code__in=list(fen)).select_related("parent")
    whole: dict[str, int] = {}
    for project in known:
        for each in {project.code, project.parent.code if project.parent else project.code}:
            whole[each] = whole.get(each, 0) + fen[project.code]
    promised = Commitment.objects.filter(
        goals__year=year - 1, goals__project__code__in=list(whole), budget_at_most_fen__isnull=False
    )
    for each in promised.select_related("goals", "goals__project"):
        amount, most = whole[each.goals.project.code], each.budget_at_most_fen
        if amount > most:
            yield Problem(
                "promise_not_kept",
                f"上年自评承诺“{each.goals.project.name}”预算不超过{most / 1_000_000:.2f}万元，这里是{float(Fraction(amount, 1_000_000)):.2f}万元",
                where,
                "按自评结果核减，或在文号中说明原因。",
                "warning",
            )
