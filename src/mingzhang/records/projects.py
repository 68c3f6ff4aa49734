"""Projects as lines name them (项目): those a unit may use, and a first-level project with its sub-projects."""

from __future__ import annotations

from django.db.models import Q

from mingzhang.records.models import Entity, Project


def with_sub_projects(code: str) -> tuple[str, ...]:
    """The code and those of the projects under it; nothing for nothing.

    A code that is no project stands for itself, so that asking for it finds nothing rather than everything.
    """
    if not code:
        return ()
    return (code, *Project.objects.filter(parent__code=code).values_list("code", flat=True))


def projects_of(unit: Entity, year: int | None = None) -> list[Project]:
    """Projects of a unit and of its department, in the order of codes; of a year, those that run in it."""
    found = Project.objects.filter(entity__in={unit.pk, unit.department().pk})
    if year is not None:
        found = found.filter(
            Q(year_from=None) | Q(year_from__lte=year), Q(year_to=None) | Q(year_to__gte=year)
        )
    return list(found.order_by("code"))
