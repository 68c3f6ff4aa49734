"""What a department writes (示例部门的文字): the figures that its workbook does not hold, its texts, a reason for every change."""

from __future__ import annotations

from random import Random

from mingzhang.facts import Cell, Coordinate, FactStore
from mingzhang.records.live import live
from mingzhang.records.models import Entity, Reason, Statement, Text
from mingzhang.records.trail import enter
from mingzhang.sample.district.plan import DepartmentPlan, words

_MOST_TURNS = 4
"""A figure typed in may ask for the reason of its change, that for another figure."""
BY_HAND = "页面填写"


def write_everything(
    plan: DepartmentPlan, department: Entity, year: int, edition: str, truth: FactStore
) -> None:
    """Answer what the draft of the report asks for, until it asks for nothing more."""
    enter([_figure(department, f"staff_in_post@{plan.code}/{year}#actual", plan, truth)], "填写缺少的数")
    for _ in range(_MOST_TURNS):
        missing = live(department, year).composition(department, edition).missing
        if not missing:
            return
        keys = dict.fromkeys(gap.key for gap in missing)
        figures = [key for key in keys if "@" in key]
        texts = [key for key in keys if key in words()]
        reasons = [key for key in keys if key not in figures and key not in texts]
        enter((_figure(department, key, plan, truth) for key in figures), "填写缺少的数")
        enter((_text(department, year, key, plan) for key in texts), "填写报告文字")
        enter((_reason(department, year, key, plan, truth) for key in reasons), "填写变动原因")


def _figure(department: Entity, key: str, plan: DepartmentPlan, truth: FactStore) -> Statement:
    coordinate = Coordinate.parse(key)
    value = truth.value(coordinate) or 0
    return Statement(
        entity=department,
        year=int(coordinate.period[:4]),
        coordinate=key,
        value=str(value),
        file=BY_HAND,
        cell=plan.head,
    )


def _text(department: Entity, year: int, key: str, plan: DepartmentPlan) -> Text:
    body = words()[key].strip().replace("{name}", plan.name)
    return Text(entity=department, year=year, name=key, body=body, version=1)


def _reason(department: Entity, year: int, key: str, plan: DepartmentPlan, truth: FactStore) -> Reason:
    change = truth.value(Cell.parse(key).at(department.code, str(year))) or 0
    direction = "increased" if change > 0 else "decreased" if change < 0 else "unchanged"
    text = Random(f"{plan.code} {key}").choice(words()["reasons"][direction])
    return Reason(entity=department, year=year, cell=key, text=text, author=plan.head, version=1)
