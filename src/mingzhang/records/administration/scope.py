"""Whom and what an administrator reaches (管理范围): everything at and under the entities of the grant, and nothing else."""

from __future__ import annotations

from collections.abc import Iterable

from mingzhang.documents import Problem
from mingzhang.records.models import Entity, User
from mingzhang.records.policy import Access, Action
from mingzhang.records.proposals.kind import RefusedError


def may_everywhere(access: Access, action: Action) -> bool:
    """Whether this person may do it in the whole installation: what belongs to no entity is theirs to see."""
    roots = [entity for entity in access.organisation.entities if entity.parent_id is None]
    if not roots:
        return access.may_anywhere(action)
    return all(access.may(action, entity) for entity in roots)


def may_manage(access: Access, person: User) -> bool:
    """Whether this administrator may change a person: whoever holds a role elsewhere belongs to others, too."""
    scope = {entity.pk for entity in access.entities(Action.ADMINISTER)}
    return bool(scope) and all(grant.entity_id in scope for grant in person.grants.all())


def managed(access: Access, people: Iterable[User]) -> list[User]:
    """Those of the people whom this administrator may change."""
    return [person for person in people if may_manage(access, person)]


def must_manage(access: Access, person: User) -> None:
    """Raise RefusedError where the person is not in the administrator's reach."""
    if not may_manage(access, person):
        raise RefusedError(
            Problem(
                "not_your_person",
                "这位用户在您管理范围以外的单位也有权限",
                person.name,
                "请管理这些单位的系统管理员办理。",
            )
        )


def must_administer(access: Access, entity: Entity | None) -> None:
    """Raise RefusedError where the entity, or with None the whole installation, is not in the administrator's reach."""
    reached = (
        may_everywhere(access, Action.ADMINISTER) if entity is None else access.may(Action.ADMINISTER, entity)
    )
    if not reached:
        where = entity.name if entity else "全部单位"
        raise RefusedError(
            Problem("not_allowed", "不在您的管理范围内", where, "请管理这些单位的系统管理员办理。")
        )
