"""How far a person's figures and returns reach in a line (统计范围): everything, or what a post's area or organisation keeps them to."""

from __future__ import annotations

from dataclasses import dataclass

from django.core.exceptions import PermissionDenied

from mingzhang.casework.access import Scope, letters, scope
from mingzhang.portal.access import Here
from mingzhang.records.casework.models import Area, Organisation


@dataclass(frozen=True, slots=True)
class Reach:
    """The area or organisation that figures are kept to; everything where neither is stated."""

    area: Area | None = None
    organisation: Organisation | None = None


def reach_of(here: Here) -> Reach:
    """How far the person's figures reach in the line. Raises PermissionDenied for who sees own records only."""
    assert here.line is not None
    access = here.line.access
    found: Reach | None = None
    for post in here.case.posts_in(here.line.id):
        reach = scope(access, post.role)
        if "S" not in letters(access, post.role) or reach is Scope.OWN:
            continue
        if reach in (None, Scope.ALL):
            return Reach()
        own = post.organisation.area if post.organisation else None
        kept = Reach(post.area or own) if reach is Scope.AREA else Reach(organisation=post.organisation)
        found = found or (kept if kept != Reach() else None)
    if found is None:
        raise PermissionDenied
    return found


def sees_all_units(here: Here) -> bool:
    """Whether one of the person's posts reaches every unit of the line."""
    assert here.line is not None
    access = here.line.access
    return any(scope(access, post.role) is Scope.ALL for post in here.case.posts_in(here.line.id))
