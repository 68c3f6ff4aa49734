"""Grants (授权): a role at an entity and all those under it, given and taken by an administrator of that entity."""

from __future__ import annotations

from django.db import transaction

from mingzhang.documents import Problem
from mingzhang.records.administration.scope import must_administer
from mingzhang.records.models import Entity, Grant, Role, User
from mingzhang.records.policy import APPROVING, MAY, Access, Action
from mingzhang.records.proposals.kind import RefusedError
from mingzhang.records.trail import content, record

BOOK = "organisation"


def grant(access: Access, person: User, role: str, entity: Entity) -> Grant:
    """Give a role; once is enough. Raises RefusedError."""
    must_administer(access, entity)
    if role not in Role.values:
        raise RefusedError(Problem("unknown_role", "没有这种角色", person.name, "从列表中选择角色。"))
    if person.pk == access.user.pk and APPROVING & MAY[Role(role)]:
        raise RefusedError(
            Problem(
                "own_grant",
                "不能给自己授予有审批权的角色",
                f"{person.name}，{Role(role).label}",
                "请另一位系统管理员授予。",
            )
        )
    if entity.kind == Entity.Kind.ELIMINATIONS:
        raise RefusedError(
            Problem("not_an_office", "内部抵销不是单位，不能授权", entity.name, "选择部门或单位。")
        )
    return give(person, role, entity)


def give(person: User, role: str, entity: Entity) -> Grant:
    """Give a role, whoever asks: the command line of the machine does."""
    with transaction.atomic():
        found, made = Grant.objects.get_or_create(user=person, role=role, entity=entity)
        if made:
            record(BOOK, "授权", _title(found), entity=entity, of=found, after=content(found))
            _count_on(person)
    return found


def revoke(access: Access, found: Grant) -> None:
    """Take a role away. Raises RefusedError."""
    must_administer(access, found.entity)
    with transaction.atomic():
        keep_an_administrator(found.user, found)
        before = content(found)
        record(BOOK, "收回授权", _title(found), entity=found.entity, of=found, before=before)
        found.delete()
        _count_on(found.user)


def keep_an_administrator(person: User, only: Grant | None = None) -> None:
    """Raise RefusedError where an entity would be without an administrator once this person (or this one grant) is gone."""
    administering = [role for role, actions in MAY.items() if Action.ADMINISTER in actions]
    every = list(
        Grant.objects.select_for_update(of=("self",))
        .filter(role__in=administering, user__is_active=True)
        .select_related("user", "entity")
    )
    going = [each for each in every if each.user_id == person.pk and (only is None or each.pk == only.pk)]
    staying = {each.entity_id for each in every if each not in going}
    for each in going:
        step: Entity | None = each.entity
        while step is not None and step.pk not in staying:
            step = step.parent
        if step is None:
            raise RefusedError(
                Problem(
                    "last_administrator",
                    f"{person.name}是最后一位系统管理员",
                    each.entity.name,
                    "先授权另一位系统管理员，再停用这一位或收回其授权。",
                )
            )


def _count_on(person: User) -> None:
    """Who has the person's page open sees that something changed."""
    row = User.objects.select_for_update().get(pk=person.pk)
    row.version += 1
    row.save(update_fields=["version"])


def _title(found: Grant) -> str:
    return f"{found.user.name} {Role(found.role).label}"
