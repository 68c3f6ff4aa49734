"""Who asks, and the departments and units that the caller may turn to."""

from __future__ import annotations

from ninja import Router, Schema
from pydantic import Field

from mingzhang.portal.access import Here
from mingzhang.portal.api.guard import endpoint
from mingzhang.portal.api.problems import ERRORS
from mingzhang.records.models import Entity
from mingzhang.records.policy import Action

router = Router(tags=["机构 organisation"])


class Me(Schema):
    """The caller (调用者)."""

    username: str
    name: str
    actions: list[str] = Field(
        description="可以做的事，令牌只含其用途 / actions, limited by the token's scopes"
    )


class EntityOut(Schema):
    """A department or unit (部门、单位)."""

    code: str
    name: str
    short_name: str
    kind: str = Field(
        description="government、department、administrative、civil_servant_managed、institution"
    )
    parent: str | None
    keeps_books: bool
    actions: list[str] = Field(description="调用者在这里可以做的事 / what the caller may do here")


def entity_out(here: Here, entity: Entity) -> EntityOut:
    """An entity as told."""
    return EntityOut(
        code=entity.code,
        name=entity.name,
        short_name=entity.short_name,
        kind=entity.kind,
        parent=entity.parent.code if entity.parent else None,
        keeps_books=entity.keeps_books,
        actions=sorted(here.access.actions(entity)),
    )


@router.get("/me", response={200: Me, **ERRORS}, summary="我是谁 / who am I")
@endpoint()
def me(here: Here):
    """The person behind the session or token."""
    actions = sorted(action for action in Action if here.access.may_anywhere(action))
    return Me(username=here.user.username, name=here.user.name, actions=actions)


@router.get("/entities", response={200: list[EntityOut], **ERRORS}, summary="单位列表 / entities")
@endpoint()
def entities(here: Here):
    """The departments and units in scope, in order."""
    return [entity_out(here, entity) for entity in here.entities]


@router.get("/entities/{entity}", response={200: EntityOut, **ERRORS}, summary="一个单位 / one entity")
@endpoint(entity=True)
def entity(here: Here):
    """One department or unit."""
    return entity_out(here, here.entity)
