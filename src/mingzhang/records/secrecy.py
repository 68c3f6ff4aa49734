"""Secret projects (涉密项目): their money counts in every total, their codes and names appear nowhere.

The one place that decides it: what leaves the records for the cube, for a budget or for a trace states a secret
project by the open one above it, or states no project.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from mingzhang.records.models import Project

Dimensions = tuple[tuple[str, str], ...]


def is_secret(project: Project) -> bool:
    """Whether the project, or the first-level project above it, is secret."""
    return project.secret or (project.parent is not None and project.parent.secret)


def secret_projects(projects: Iterable[Project] | None = None) -> dict[str, str]:
    """Codes of secret projects, each with the code of the open project above it, blank where there is none.

    `projects` are all of the books where they were read already.
    """
    found = {}
    for project in Project.objects.select_related("parent") if projects is None else projects:
        if is_secret(project):
            above = project.parent
            found[project.code] = above.code if above is not None and not above.secret else ""
    return found


def without_secrets(dimensions: Dimensions, secret: Mapping[str, str]) -> Dimensions:
    """What may be stated: a secret project by what stands above it, and no detail of its spending."""
    if not secret or (code := dict(dimensions).get("project", "")) not in secret:
        return dimensions
    stated = [(name, secret[code] if name == "project" else value) for name, value in dimensions]
    return tuple((name, value) for name, value in stated if value and name != "detail")
