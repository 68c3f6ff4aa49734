"""Whom to call at a department (联系人): its head of finance, else its accountant."""

from __future__ import annotations

from collections.abc import Sequence

from mingzhang.records.models import Entity, Grant, Role, User
from mingzhang.records.organisation import Organisation

_ASKED = (Role.FINANCE_HEAD, Role.ACCOUNTANT)


def contacts(departments: Sequence[Entity], organisation: Organisation) -> dict[int, User]:
    """One active person for each department that has one, in one query."""
    owner = {
        entity.pk: department.pk
        for department in departments
        for entity in department.below(organisation.entities)
    }
    grants = Grant.objects.filter(
        entity__in=list(owner), role__in=[str(role) for role in _ASKED], user__is_active=True
    ).select_related("user")
    found: dict[int, User] = {}
    for grant in sorted(grants, key=lambda grant: (_ASKED.index(Role(grant.role)), grant.pk)):
        found.setdefault(owner[grant.entity_id], grant.user)
    return found
