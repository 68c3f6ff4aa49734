"""The sample's budget performance (绩效): ex-ante evaluation, goals, monitoring, self-evaluations and promises, from the plan."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

from mingzhang.records.models import (
    Commitment,
    Entity,
    ExAnte,
    Explanation,
    GoalIndicator,
    Goals,
    Project,
    ReportedValue,
)
from mingzhang.records.performance.evaluating import self_evaluation
from mingzhang.records.performance.evaluations import Promised, freeze
from mingzhang.records.performance.ex_ante import result_of
from mingzhang.records.performance.goals import write_goals
from mingzhang.records.performance.monitoring import keep_monitoring, watched
from mingzhang.records.points import fact_store
from mingzhang.records.trail import content, enter, record
from mingzhang.sample.planned import YEARS, settings

BOOK = "performance"


def add_performance(department: Entity) -> None:
    """Add every year's goals, what was reached, and the evaluations, over the books just closed."""
    for year in YEARS:
        _add_year(department, year, settings(f"performance_{year}"))


def _add_year(department: Entity, year: int, plan: dict[str, Any]) -> None:
    for stated in plan.get("ex_ante", ()):
        _add_ex_ante(department, year, stated)
    approved = [(_goals(department, year, stated), stated) for stated in plan["goals"]]
    store = fact_store(department.code, (year - 1, year))
    if monitored := plan.get("monitoring"):
        for goals, stated in approved:
            seen = watched(goals, store, monitored["on"])
            enter(
                [
                    Explanation(goals=goals, about=about, on=monitored["on"], reason=reason, measure=stated.get("measures", ""), due=date(year, 11, 30), done_on=date(year, 11, 30), outcome="已按月通报")
                    for about in seen.unexplained()
                    if (reason := stated.get("reasons", {}).get(about, "按工作计划集中在下半年开展"))
                ],
                "说明偏差",
            )  # fmt: skip
            keep_monitoring(watched(goals, store, monitored["on"]))
    for goals, stated in approved:
        if "measures" in stated:
            evaluation = self_evaluation(goals, store, stated["reasons"], stated["measures"])
            freeze(evaluation, date(year + 1, 3, 15), promise=_promise(stated))
            _finish(goals, stated)


def _goals(department: Entity, year: int, stated: dict[str, Any]) -> Goals:
    goals = Goals.objects.create(
        entity=department,
        year=year,
        project=Project.objects.filter(code=stated["project"]).first(),
        form=stated["form"],
        overall=stated["overall"],
        approved_on=date(year, 2, 5),
    )
    rows = write_goals(goals, [_indicator(each) for each in stated["indicators"]])
    for row, each in zip(rows, stated["indicators"], strict=True):
        _report(row, each, department, date(year, 12, 31))
    return goals


def _indicator(stated: dict[str, Any]) -> dict[str, Any]:
    first, second = stated["levels"]
    return {**stated, "first_level": first, "second_level": second}


def _report(row: GoalIndicator, stated: dict[str, Any], department: Entity, on: date) -> None:
    """What a person reported, where no record answers."""
    if "actual" not in stated and "level" not in stated:
        return
    value = ReportedValue.objects.create(
        indicator=row,
        on=on,
        value=Decimal(str(stated["actual"])) if "actual" in stated else None,
        level=stated.get("level", ""),
        words=stated.get("words", ""),
        evidence=stated["evidence"],
    )
    record(BOOK, "填报完成值", str(value), entity=department, of=value, after=content(value))


def _promise(stated: dict[str, Any]) -> Promised:
    yuan = stated.get("budget_at_most_yuan")
    return Promised(
        stated.get("problem", ""),
        stated.get("due"),
        stated.get("replaces", ""),
        None if yuan is None else yuan * 100,
    )


def _finish(goals: Goals, stated: dict[str, Any]) -> None:
    """A promise that was kept before the next year's evaluation."""
    if "done_on" not in stated:
        return
    row = Commitment.objects.get(goals=goals)
    before = content(row)
    row.done_on, row.outcome, row.version = stated["done_on"], stated["outcome"], row.version + 1
    row.save()
    record(BOOK, "落实措施", str(row), entity=goals.entity, of=row, before=before, after=content(row))


def _add_ex_ante(department: Entity, year: int, stated: dict[str, Any]) -> None:
    aspects = [
        {"name": name, "points": str(points), "words": words}
        for name, (points, words) in stated["aspects"].items()
    ]
    total, conclusion = result_of({"aspects": aspects})
    row = ExAnte(
        entity=department,
        year=year,
        project=Project.objects.get(code=stated["project"]),
        evaluated_on=stated["evaluated_on"],
        requested_fen=stated["requested_yuan"] * 100,
        supported_fen=stated["supported_yuan"] * 100,
        aspects=aspects,
        total=total,
        conclusion=conclusion,
        experts=stated["experts"],
    )
    enter([row], "批复事前绩效评估")
