"""Budgets, projects and registers looked through (查预算、项目、备查簿)."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.db.models import Model

from mingzhang.records.keeping.registers import REGISTERS
from mingzhang.records.models import BudgetLine, Entity, Project
from mingzhang.records.organisation import Organisation
from mingzhang.records.trail import content


def budget_lines(units: Iterable[Entity], year: int) -> list[BudgetLine]:
    """The lines of a year, as they were entered."""
    return list(
        BudgetLine.objects.filter(entity__in=list(units), year=year).select_related("entity").order_by("id")
    )


def projects_of(entity: Entity, organisation: Organisation) -> list[Project]:
    """Projects at and under an entity, each first-level one before its sub-projects."""
    below = {each.pk for each in entity.below(organisation.entities)}
    own = [project for project in organisation.projects if project.entity_id in below]
    return sorted(
        own, key=lambda project: ((project.parent or project).code, project.parent is not None, project.code)
    )


def register_page(
    units: Iterable[Entity], name: str, before: int | None, size: int
) -> tuple[list[tuple[Model, dict[str, Any]]], int | None]:
    """Rows of a register with their fields, the last entered first, and before which row to go on."""
    found = REGISTERS[name].model._default_manager.filter(entity__in=list(units)).select_related("entity")
    if before is not None:
        found = found.filter(pk__lt=before)
    rows = list(found.order_by("-pk")[: size + 1])
    shown = [(row, content(row, "entity")) for row in rows[:size]]
    return shown, rows[size - 1].pk if len(rows) > size else None
