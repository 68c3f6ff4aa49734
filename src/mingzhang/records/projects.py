"""Projects as lines name them (项目): those a unit may use, and a first-level project with its sub-projects."""

from __future__ import annotations

from collections.abc import Iterable

from mingzhang.records.models import Entity, Project


def with_sub_projects(code: str) -> tuple[str, ...]:
    """The code and those of the projects under it; nothing for nothing.

    A code that is no project stands for itself, so that asking for it finds nothing rather than everything.
    """
    if not code:
        return ()
    return (code, *Project.objects.filter(parent__code=code).values_list("code", flat=True))


def projects_of(
    unit: Entity, year: int | None = None, among: Iterable[Project] | None = None
) -> list[Project]:
    """Projects of a unit and of its department, in the order of codes; of a year, those that run in it. `among` are all projects, if already read."""
    owners = {unit.pk, unit.department().pk}
    if among is None:
        among = Project.objects.filter(entity__in=owners)
    found = [
        project
        for project in among
        if project.entity_id in owners and (year is None or _runs_in(project, year))
    ]
    return sorted(found, key=lambda project: project.code)


def _runs_in(project: Project, year: int) -> bool:
    first, last = project.year_from, project.year_to
    return (first is None or first <= year) and (last is None or year <= last)
