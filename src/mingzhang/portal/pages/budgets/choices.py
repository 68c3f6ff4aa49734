"""What the cells of a budget line offer: codes in force in the year, the unit's projects."""

from __future__ import annotations

from collections.abc import Iterator

from mingzhang.catalogue.loading import economic_classification, functional_classification
from mingzhang.forms import Classification
from mingzhang.portal.access import Here
from mingzhang.records.models import Project

Choices = dict[str, list[tuple[str, str]]]


def choices(here: Here) -> Choices:
    """(what is typed, what is shown beside it) by field."""
    assert here.entity is not None
    assert here.year is not None
    projects = Project.objects.filter(entity__in=here.entity.department().below()).order_by("code")
    return {
        "function": list(_lowest(functional_classification(), 3, here.year)),
        "economic": list(_lowest(economic_classification(), 2, here.year)),
        "project": [
            (project.code, project.name)
            for project in projects
            if project.entity_id == here.entity.pk or project.parent_id is None
        ],
    }


def _lowest(known: Classification, level: int, year: int) -> Iterator[tuple[str, str]]:
    for code in known.codes.values():
        if code.valid_in(year) and (code.level == level or not known.has_children(code.code)):
            yield f"{code.code} {code.name_in(year)}", ""
