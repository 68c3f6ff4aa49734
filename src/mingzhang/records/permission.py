"""Refuse what the policy does not allow (权限不足), naming who may be asked instead."""

from __future__ import annotations

from mingzhang.documents import Problem
from mingzhang.records.models import Entity, User
from mingzhang.records.policy import Access, Action, people_who_may
from mingzhang.records.proposals.kind import RefusedError


def must(user: User, action: Action, entity: Entity) -> None:
    """Raise RefusedError where this person may not do it at this entity."""
    if Access(user).may(action, entity):
        return
    raise RefusedError(Problem("not_allowed", "您没有这项权限", entity.name, whom_to_ask(action, entity)))


def whom_to_ask(action: Action, entity: Entity) -> str:
    """Who may do it, as a remedy."""
    who = "、".join(person.name for person in people_who_may(action, entity)[:5])
    return f"请{who}办理。" if who else "请系统管理员授权。"
