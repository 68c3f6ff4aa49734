"""Budgets with their execution, projects, memo registers."""

from __future__ import annotations

from datetime import date
from enum import Enum
from typing import Any

from ninja import Router, Schema
from pydantic import Field

from mingzhang.portal.access import Here
from mingzhang.portal.api.guard import endpoint
from mingzhang.portal.api.paging import Before, Limit
from mingzhang.portal.api.problems import ERRORS
from mingzhang.records.keeping.registers import REGISTERS
from mingzhang.records.looking.plans import budget_lines, projects_of, register_page
from mingzhang.records.policy import Action

router = Router(tags=["预算、项目、备查簿 plans"])
RegisterName = Enum("RegisterName", {name: name for name in REGISTERS}, type=str)


class BudgetLineOut(Schema):
    """A line of a budget document (预算指标)."""

    entity: str
    stage: str = Field(description="initial 年初、adjustment 调整")
    document_number: str
    approved_on: date | None
    concept: str
    function: str
    economic: str
    nature: str
    fund: str
    project: str
    fen: int


class ProjectOut(Schema):
    """A project (项目)."""

    code: str
    name: str
    entity: str
    parent: str | None
    year_from: int | None
    year_to: int | None
    effect: str
    secret: bool


class RegisterRow(Schema):
    """A row of a memo register (备查簿)."""

    id: int
    entity: str
    fields: dict[str, Any] = Field(description="登记的内容，金额为分 / what is registered, amounts in fen")


class RegisterPage(Schema):
    """A page of a memo register."""

    items: list[RegisterRow]
    next: int | None


@router.get(
    "/entities/{entity}/{year}/budgets",
    response={200: list[BudgetLineOut], **ERRORS},
    summary="预算 / budget lines",
)
@endpoint(Action.VIEW_BOOKS, entity=True, year=True)
def budgets(here: Here):
    """The budget lines of a year, in the order of their documents; units of a department together."""
    return [
        BudgetLineOut(
            entity=line.entity.code,
            **{name: getattr(line, name) for name in BudgetLineOut.model_fields if name != "entity"},
        )
        for line in budget_lines(here.entity.units(here.access.organisation.entities), here.year)
    ]


@router.get(
    "/entities/{entity}/projects", response={200: list[ProjectOut], **ERRORS}, summary="项目 / projects"
)
@endpoint(Action.VIEW_BOOKS, entity=True)
def projects(here: Here):
    """First-level projects, each before its sub-projects."""
    return [
        ProjectOut(
            entity=project.entity.code,
            parent=project.parent.code if project.parent else None,
            **{
                name: getattr(project, name)
                for name in ProjectOut.model_fields
                if name not in ("entity", "parent")
            },
        )
        for project in projects_of(here.entity, here.access.organisation)
    ]


@router.get(
    "/entities/{entity}/registers/{name}",
    response={200: RegisterPage, **ERRORS},
    summary="备查簿 / memo registers",
)
@endpoint(Action.VIEW_BOOKS, entity=True)
def register(here: Here, name: RegisterName, before: Before = None, limit: Limit = 50):
    """Rows of a register in all years, the newest first; units of a department together."""
    found, more = register_page(
        here.entity.units(here.access.organisation.entities), name.value, before, limit
    )
    return RegisterPage(
        items=[RegisterRow(id=row.pk, entity=row.entity.code, fields=fields) for row, fields in found],
        next=more,
    )
