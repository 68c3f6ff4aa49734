"""Fill the books' organisation, budgets and registers from the plan (机构、预算指标、项目与备查簿)."""

from __future__ import annotations

from datetime import date

from mingzhang.records.founding import found_department
from mingzhang.records.models import (
    BudgetLine,
    Entity,
    Equipment,
    ProcurementContract,
    Project,
    Reception,
    StaffChange,
    Vehicle,
)
from mingzhang.records.trail import enter
from mingzhang.sample.planned import BudgetItem, budget, fen, rows, settings

GENERAL = "general_public_budget"


def add_organisation() -> dict[str, Entity]:
    """Add the department and its units; returned by their names in the plan (`department`, `bureau`, `centre`)."""
    plan = settings()
    department = Entity(kind=Entity.Kind.DEPARTMENT, **plan["department"])
    units = {
        name: Entity(
            code=unit["code"],
            name=unit["name"],
            short_name=unit["short_name"],
            kind=unit["kind"],
            order=order,
        )
        for order, (name, unit) in enumerate(plan["units"].items(), 1)
    }
    found_department(department, units.values())
    entities = {"department": department, **units}
    enter(
        StaffChange(
            entity=entities[row["unit"]],
            on=date.fromisoformat(row["on"]),
            kind=row["kind"],
            change=int(row["change"]),
            reason=row["reason"],
            note=row["note"],
        )
        for row in rows("staff")
    )
    return entities


def add_projects(entities: dict[str, Entity]) -> None:
    """Add first-level projects, then those below them."""
    tops: dict[str, Project] = {}
    for below in (False, True):
        entered = enter(
            Project(
                code=row["code"],
                name=row["name"],
                entity=entities[row["unit"]],
                parent=tops.get(row["parent"]),
                year_from=int(row["year_from"]),
                year_to=int(row["year_to"]),
                effect=row["effect"],
            )
            for row in rows("projects")
            if bool(row["parent"]) == below
        )
        tops = {project.code: project for project in entered}


def add_budget(entities: dict[str, Entity], year: int) -> None:
    """Add the year's budget documents: expenditure, the revenue that covers it, and the “三公” part of it."""
    lines = []
    for item in budget(year):
        for concept in filter(None, ("expenditure", "revenue", THREE_PUBLIC.get(item.economic))):
            lines.append(_budget_line(entities[item.unit], year, item, concept))
    enter(lines, "下达")


THREE_PUBLIC = {
    "30212": "overseas_travel_spending",
    "30217": "official_reception_spending",
    "30231": "official_vehicle_running",
    "31013": "official_vehicle_purchase",
}


def _budget_line(entity: Entity, year: int, item: BudgetItem, concept: str) -> BudgetLine:
    return BudgetLine(
        entity=entity,
        year=year,
        stage=item.stage,
        document_number=item.document,
        approved_on=date.fromisoformat(item.approved_on),
        concept=concept,
        function=item.function,
        economic="" if concept == "revenue" else item.economic,
        nature=item.nature,
        fund=GENERAL,
        project=item.project,
        fen=item.fen,
    )


def add_registers(bureau: Entity) -> None:
    """Add vehicles, equipment, contracts and receptions; all are the bureau's own."""
    enter(
        Vehicle(
            entity=bureau,
            plate=row["plate"],
            kind=row["kind"],
            acquired_on=date.fromisoformat(row["acquired_on"]),
            disposed_on=_day(row["disposed_on"]),
            cost_fen=fen(row["yuan"]),
        )
        for row in rows("vehicles")
    )
    enter(
        Equipment(
            entity=bureau,
            name=row["name"],
            category=row["category"],
            unit_price_fen=fen(row["yuan"]),
            acquired_on=date.fromisoformat(row["acquired_on"]),
            disposed_on=_day(row["disposed_on"]),
            count=int(row["count"]),
        )
        for row in rows("equipment")
    )
    enter(
        ProcurementContract(
            entity=bureau,
            number=row["number"],
            name=row["name"],
            kind=row["kind"],
            supplier=row["supplier"],
            supplier_size=row["supplier_size"],
            signed_on=date.fromisoformat(row["signed_on"]),
            amount_fen=fen(row["yuan"]),
            spending_fen=fen(row["yuan"]),
            reserved_for=row["reserved_for"],
            reserved_budget_fen=fen(row["yuan"]) if row["reserved_for"] else 0,
        )
        for row in rows("contracts")
    )
    enter(
        Reception(
            entity=bureau,
            on=date.fromisoformat(row["on"]),
            guests=int(row["guests"]),
            spending_fen=fen(row["yuan"]),
            occasion=row["occasion"],
        )
        for row in rows("receptions")
    )


def _day(text: str) -> date | None:
    return date.fromisoformat(text) if text else None
