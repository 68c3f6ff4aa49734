"""Budget performance: goals with what was reached so far, and values reported by programs."""

from __future__ import annotations

from datetime import date
from typing import Annotated

from django.http import Http404
from ninja import Router, Schema
from pydantic import Field

from mingzhang.performance.indicator import plain
from mingzhang.portal.access import Here
from mingzhang.portal.api.guard import endpoint
from mingzhang.portal.api.problems import ERRORS
from mingzhang.records.live import live
from mingzhang.records.models import Goals
from mingzhang.records.performance.reporting import report_value
from mingzhang.records.performance.values import found_values
from mingzhang.records.policy import Action

router = Router(tags=["绩效 performance"])
Number = Annotated[int, Field(ge=1, le=2**62, description="目标编号 / number of the goals")]


class IndicatorOut(Schema):
    """An indicator (绩效指标) with what it reached and where that comes from."""

    name: str
    levels: list[str]
    target: str
    weight: str
    metric: str
    value: str | None = Field(description="目标单位下的数值 / in the unit of the target")
    level: str
    source: str
    coordinate: str
    rows: list[str] = Field(description="所依据的记录 / records it rests on")
    contradicted: str


class GoalsOut(Schema):
    """Goals (绩效目标) of a project, or of the whole where `project` is blank."""

    id: int
    project: str
    form: str
    overall: str
    indicators: list[IndicatorOut]
    score: str | None = Field(description="最近一次提交的自评得分 / last score submitted")


class ValueIn(Schema):
    """What was reached on a day."""

    indicator: str = Field(max_length=80)
    on: date
    value: str = Field(
        max_length=60, description="数值，或定性指标的评价等级 / a number, or the name of a level"
    )
    evidence: str = Field(max_length=300, description="佐证 / where it can be seen")


class ValueOut(Schema):
    """A value as kept."""

    id: int
    indicator: str
    on: date
    value: str | None
    level: str
    evidence: str


@router.get(
    "/entities/{entity}/{year}/performance",
    response={200: list[GoalsOut], **ERRORS},
    summary="绩效目标和完成值 / goals with their values",
)
@endpoint(Action.VIEW_ACCOUNTS, Action.PREPARE_PERFORMANCE, Action.REPORT_VALUE, entity=True, year=True)
def goals_of(here: Here):
    """All goals of an entity's year, the whole first; secret projects are left out."""
    found = Goals.objects.filter(entity=here.entity, year=here.year).exclude(project__secret=True)
    rows = list(found.select_related("entity", "project").order_by("project__code"))
    return [_told(here, row) for row in sorted(rows, key=lambda row: row.project is not None)]


@router.post(
    "/entities/{entity}/{year}/performance/{number}/values",
    response={200: ValueOut, **ERRORS},
    summary="填报完成值 / report a value",
)
@endpoint(Action.REPORT_VALUE, entity=True, year=True)
def report(here: Here, number: Number, stated: ValueIn):
    """Report the value of one indicator; later ones stand beside earlier ones."""
    goals = Goals.objects.filter(pk=number, entity=here.entity, year=here.year).first()
    indicator = goals.indicators.filter(name=stated.indicator).first() if goals else None
    if indicator is None:
        raise Http404
    row = report_value(here.user, indicator, stated.on, stated.value, stated.evidence)
    return ValueOut(
        id=row.pk,
        indicator=indicator.name,
        on=row.on,
        value=None if row.value is None else str(row.value),
        level=row.level,
        evidence=row.evidence,
    )


def _told(here: Here, goals: Goals) -> GoalsOut:
    found = found_values(goals, live(here.entity, here.year).store)
    last = goals.evaluations.order_by("number").last()
    return GoalsOut(
        id=goals.pk,
        project=goals.project.code if goals.project else "",
        form=goals.form,
        overall=goals.overall,
        score=str(last.total) if last else None,
        indicators=[
            IndicatorOut(
                name=row.name,
                levels=[row.first_level, row.second_level],
                target=row.target,
                weight=str(row.weight),
                metric=row.metric,
                value=None if each.actual.value is None else plain(each.actual.value),
                level=each.actual.level,
                source=each.source,
                coordinate=each.coordinate,
                rows=list(each.answer.rows) if each.answer else [],
                contradicted=each.contradicted,
            )
            for row in goals.indicators.all()
            for each in [found[row.name]]
        ],
    )
