"""The sample's goals and self-evaluations (绩效目标、自评), from the plan, over the books just closed."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

from mingzhang.records.models import Entity, GoalIndicator, Goals, Project, ReportedValue
from mingzhang.records.performance.evaluating import self_evaluation
from mingzhang.records.performance.evaluations import Promised, freeze
from mingzhang.records.performance.goals import write_goals
from mingzhang.records.points import fact_store
from mingzhang.records.trail import content, record
from mingzhang.sample.planned import YEARS, settings

APPROVED_ON, REPORTED_ON, FILLED_ON = date(2021, 2, 5), date(2021, 12, 31), date(2022, 3, 15)


def add_performance(department: Entity) -> None:
    """Add the goals of the last year, what was reached, and the evaluations."""
    year = YEARS[-1]
    for stated in settings(f"performance_{year}")["goals"]:
        goals = Goals.objects.create(
            entity=department,
            year=year,
            project=Project.objects.filter(code=stated["project"]).first(),
            form=stated["form"],
            overall=stated["overall"],
            approved_on=APPROVED_ON,
        )
        rows = write_goals(goals, [_indicator(each) for each in stated["indicators"]])
        for row, each in zip(rows, stated["indicators"], strict=True):
            _report(row, each, department)
        store = fact_store(department.code, YEARS)
        evaluation = self_evaluation(goals, store, stated["reasons"], stated["measures"])
        freeze(evaluation, FILLED_ON, promise=Promised(stated["problem"]))


def _indicator(stated: dict[str, Any]) -> dict[str, Any]:
    first, second = stated["levels"]
    return {**stated, "first_level": first, "second_level": second}


def _report(row: GoalIndicator, stated: dict[str, Any], department: Entity) -> None:
    """What a person reported, where no record answers."""
    if "actual" not in stated and "level" not in stated:
        return
    value = ReportedValue.objects.create(
        indicator=row,
        on=REPORTED_ON,
        value=Decimal(str(stated["actual"])) if "actual" in stated else None,
        level=stated.get("level", ""),
        words=stated.get("words", ""),
        evidence=stated["evidence"],
    )
    record("performance", "填报完成值", str(value), entity=department, of=value, after=content(value))
