"""The publisher's side of a disclosure, from the records: units, projects, reasons, texts."""

from __future__ import annotations

from collections.abc import Collection

from mingzhang.compose import BudgetUnit, Material, ProjectEntry
from mingzhang.compose.project_work import ProjectWork
from mingzhang.records.models import Entity, Project, Reason, Text
from mingzhang.records.performance.evaluations import frozen_of, frozen_sheet, frozen_words
from mingzhang.records.performance.work import works_of
from mingzhang.records.secrecy import is_secret


def material(entity: Entity, year: int) -> Material:
    """What the disclosure of a department (or one unit) for a year needs besides figures.

    A unit without a text or reason of its own is not given its department's.
    Secret projects are never named.
    """
    texts = dict(Text.objects.filter(entity=entity, year=year).values_list("name", "body"))
    reasons = dict(Reason.objects.filter(entity=entity, year=year).values_list("cell", "text"))
    units = entity.units()
    projects = Project.objects.filter(entity__in=units).select_related("parent")
    return Material(
        entity=entity.code,
        name=entity.name,
        year=year,
        kind="unit" if entity.keeps_books else "department",
        short_name=entity.short_name,
        units=tuple(BudgetUnit(unit.code, unit.name, unit.kind) for unit in units),
        projects=tuple(
            ProjectEntry(
                project.code, project.name, project.parent.code if project.parent else None, project.effect
            )
            for project in projects
            if not is_secret(project)
        ),
        texts=texts,
        reasons=reasons,
        watermark=entity.department().watermark,
        evaluations=tuple((frozen_sheet(each), frozen_words(each)) for each in frozen_of(entity, year)),
        works=_works(entity, year, {project.code for project in projects if not is_secret(project)}),
    )


def _works(entity: Entity, year: int, codes: Collection[str]) -> tuple[ProjectWork, ...]:
    """Work and money of an entity's projects, as its evaluations, or its department's, froze them."""
    found: dict[str, ProjectWork] = {}
    for body in dict.fromkeys((entity, entity.department())):
        for evaluation in frozen_of(body, year):
            for work in works_of(evaluation.content.get("works", ())):
                if work.code in codes:
                    found.setdefault(work.code, work)
    return tuple(found.values())
