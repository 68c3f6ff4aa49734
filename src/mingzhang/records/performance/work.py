"""Projects with their money and what it bought (资金与产出), and sub-projects rolled up to their first-level project."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import Any

from mingzhang.compose.project_work import Output, ProjectWork
from mingzhang.documents import Problem
from mingzhang.facts import Cell, FactStore
from mingzhang.performance.aggregate import Part, funds, together
from mingzhang.performance.form import evaluate
from mingzhang.performance.indicator import plain, target_of
from mingzhang.performance.scoring import Actual
from mingzhang.records.models import Goals, Project
from mingzhang.records.performance.goals import form_of, indicator_of
from mingzhang.records.performance.money import money_of
from mingzhang.records.performance.values import Found, found_values, sub_goals
from mingzhang.records.secrecy import is_secret

_COUNTED = "数量指标"
_NOT_COUNTED = ("", "%", "％", "元", "万元", "亿元", "天", "日")


@dataclass(frozen=True)
class RolledUp:
    """A first-level project with its sub-projects.

    `below` are the sub-projects that have goals, `without_goals` those with money and none. `score` is the mean of
    the sub-projects' scores weighed by their budgets.
    """

    whole: ProjectWork
    below: tuple[ProjectWork, ...]
    without_goals: tuple[ProjectWork, ...] = ()
    score: Fraction | None = None

    @property
    def works(self) -> tuple[ProjectWork, ...]:
        """The project, then everything under it."""
        return (self.whole, *self.below, *self.without_goals)

    @property
    def apart(self) -> tuple[Fraction, Fraction]:
        """Budget and execution of the whole less those of its sub-projects: nothing where all adds up."""
        parts = (*self.below, *self.without_goals)
        budget, executed = funds([Part(each.budget, each.executed, Actual()) for each in parts])
        return self.whole.budget - budget, self.whole.executed - executed

    def problems(self) -> list[Problem]:
        """Money that no sub-project has, sub-projects without goals."""
        found = []
        budget, executed = self.apart
        if (self.below or self.without_goals) and (budget or executed):
            found.append(
                Problem(
                    "roll_up_differs",
                    f"下级项目合计与一级项目不符：预算相差{_wan(budget)}万元，执行相差{_wan(executed)}万元",
                    self.whole.name,
                    "有直接记在一级项目上的资金：改记到所属的二级项目，或登记二级项目。",
                    "warning",
                )
            )
        found += [
            Problem(
                "sub_project_without_goals",
                "有资金，没有绩效目标",
                f"{self.whole.name}，{each.name}",
                "申报这个项目的绩效目标；自评应覆盖全部项目。",
                "warning",
            )
            for each in self.without_goals
            if self.below
        ]
        return found


def rolled_up(goals: Goals, store: FactStore) -> RolledUp:
    """A first-level project's goals with those of its sub-projects."""
    project = goals.project
    if project is None:
        raise ValueError("only goals of a project are rolled up")
    whole = work_of(goals, store)
    parts = [(work_of(below, store), below) for below in sub_goals(goals)]
    with_goals = {below.project_id for _, below in parts}
    others = [_money_only(each, goals, store) for each in project.children.order_by("code") if each.pk not in with_goals and not is_secret(each)]  # fmt: skip
    scored = [
        Part(work.budget, work.budget, Actual(work.score)) for work, _ in parts if work.score is not None
    ]
    mean = together(scored, relative=True).value if scored and len(scored) == len(parts) else None
    below = tuple(work for work, _ in parts)
    without = tuple(each for each in others if each.budget or each.executed)
    return RolledUp(replace(whole, costed=not (below or without)), below, without, mean)


def work_of(goals: Goals, store: FactStore) -> ProjectWork:
    """A project's money, score and outputs as the records stand. Raises ScoreError where a value cannot be scored."""
    project = goals.project
    if project is None:
        raise ValueError("the work of a project is asked for")
    found = found_values(goals, store)
    budget, executed = money_of(goals, store)
    rows = [indicator_of(row) for row in goals.indicators.all()]
    actuals = {name: each.actual for name, each in found.items()}
    evaluated = evaluate(form_of(goals), budget, executed, rows, actuals)
    return ProjectWork(
        project.code,
        project.name,
        budget,
        executed,
        outputs_of(goals, found),
        project.parent.code if project.parent else "",
        evaluated.total,
    )


def outputs_of(goals: Goals, found: Mapping[str, Found]) -> tuple[Output, ...]:
    """The counts among a goals' indicators whose value is known: what money can have bought."""
    outputs = []
    for row in goals.indicators.all():
        target, value = target_of(row.target), found[row.name].actual.value
        counted = row.second_level == _COUNTED and row.cumulative and not row.relative
        if counted and value and target.unit not in _NOT_COUNTED and not target.operator.is_reverse:
            outputs.append(Output(row.name, value, target.unit, found[row.name].source))
    return tuple(outputs)


def kept_works(works: Sequence[ProjectWork]) -> list[dict[str, Any]]:
    """Works as a frozen evaluation keeps them, exact."""
    return [
        {
            "code": work.code,
            "name": work.name,
            "budget": str(work.budget),
            "executed": str(work.executed),
            "parent": work.parent,
            "costed": work.costed,
            "score": None if work.score is None else str(work.score),
            "outputs": [[each.name, plain(each.value), each.unit, each.source] for each in work.outputs],
        }
        for work in works
    ]


def works_of(kept: Sequence[Mapping[str, Any]]) -> tuple[ProjectWork, ...]:
    """Works from what a frozen evaluation kept."""
    return tuple(
        ProjectWork(
            each["code"],
            each["name"],
            Fraction(each["budget"]),
            Fraction(each["executed"]),
            tuple(
                Output(name, Fraction(value), unit, source) for name, value, unit, source in each["outputs"]
            ),
            each["parent"],
            None if each["score"] is None else Fraction(each["score"]),
            each["costed"],
        )
        for each in kept
    )


def works_below(goals: Goals, store: FactStore) -> tuple[ProjectWork, ...]:
    """What an evaluation shows of work and money: a project with its sub-projects; of the whole every project."""
    if goals.project is not None:
        return rolled_up(goals, store).works
    first_level = Goals.objects.filter(
        entity=goals.entity,
        year=goals.year,
        project__isnull=False,
        project__parent=None,
        project__secret=False,
    )
    ordered = first_level.select_related("entity", "project").order_by("project__code")
    return tuple(work for each in ordered for work in rolled_up(each, store).works)


def _money_only(project: Project, goals: Goals, store: FactStore) -> ProjectWork:
    cell = f"expenditure[project={project.code}]"
    budget, executed = (
        store.value(Cell.parse(each).at(goals.entity.code, str(goals.year))) or Fraction(0)
        for each in (f"{cell}#adjusted_budget", cell)
    )
    return ProjectWork(project.code, project.name, budget, executed, (), goals.project.code)


def _wan(yuan: Fraction) -> str:
    return f"{float(yuan / 10_000):.2f}"
