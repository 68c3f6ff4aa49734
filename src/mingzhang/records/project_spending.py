"""Projects with their money (项目收支): budget and spending of a year, first-level projects above their sub-projects."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from fractions import Fraction

from mingzhang.records.execution import Amounts, Light, execution
from mingzhang.records.models import Entity, Project
from mingzhang.records.organisation import Organisation
from mingzhang.records.secrecy import is_secret


@dataclass(slots=True)
class ProjectRow:
    """A project: its own amounts and those of everything under it. `is_own`: of one of the units asked for."""

    project: Project
    is_own: bool
    amounts: Amounts = field(default_factory=Amounts)
    children: list[ProjectRow] = field(default_factory=list)
    light: Light = Light.NONE

    @property
    def is_secret(self) -> bool:
        """Whether it, or what stands above it, is secret."""
        return is_secret(self.project)


def project_rows(
    organisation: Organisation, units: Iterable[Entity], year: int, elapsed: Fraction
) -> list[ProjectRow]:
    """First-level projects, each with its sub-projects, that are of the units or have money of theirs in the year."""
    units = list(units)
    own = {unit.pk for unit in units}
    spent = amounts_by_project(units, year)
    rows = {
        project.code: ProjectRow(project, project.entity_id in own, spent.get(project.code, Amounts()))
        for project in organisation.projects
    }
    tops = []
    for row in rows.values():
        if row.project.parent is None:
            tops.append(row)
        elif row.is_own or row.amounts != Amounts():
            rows[row.project.parent.code].children.append(row)
    for row in rows.values():
        row.light = row.amounts.light(elapsed)
    shown = [row for row in tops if row.is_own or row.children or row.amounts != Amounts()]
    for row in shown:
        for child in row.children:
            row.amounts.add(child.amounts)
        row.light = row.amounts.light(elapsed)
        for child in row.children:
            if not child.amounts.adjusted and row.light is not Light.OVER:
                child.light = Light.NONE
    return shown


def amounts_by_project(units: Collection[Entity], year: int, up_to_month: int = 12) -> dict[str, Amounts]:
    """The execution of a year by the code of the project."""
    found: dict[str, Amounts] = {}
    for place, amounts in execution(units, year, up_to_month).items():
        if place.project:
            found.setdefault(place.project, Amounts()).add(amounts)
    return found
