"""Pages of the organisation: the tree of departments and units, one of them, a new one."""

from __future__ import annotations

from collections.abc import Mapping

from django.http import Http404, HttpResponse
from django.shortcuts import redirect

from mingzhang.catalogue.loading import edition, editions
from mingzhang.portal.access import Here, page
from mingzhang.portal.showing import done, show
from mingzhang.records.administration import entities
from mingzhang.records.administration.scope import may_everywhere
from mingzhang.records.models import Entity, TrailEntry
from mingzhang.records.policy import Action
from mingzhang.records.proposals.kind import RefusedError

_LATEST = 20


@page(Action.ADMINISTER)
def listing(here: Here) -> HttpResponse:
    """The tree, as far as this administrator reaches."""
    known = here.access.organisation.entities
    reached = {entity.pk for entity in here.access.entities(Action.ADMINISTER)}
    roots = [entity for entity in known if entity.pk in reached and entity.parent_id not in reached]
    rows = [(entity, _depth(entity, root)) for root in roots for entity in root.below(known)]
    return show(
        here,
        "administration/organisation.html",
        rows=[(entity, depth) for entity, depth in rows if entity.kind != Entity.Kind.ELIMINATIONS],
    )


@page(Action.ADMINISTER)
def new(here: Here) -> HttpResponse:
    """A form for another department or unit."""
    if here.request.method != "POST":
        return _form(here, None, {"parent": here.request.GET.get("parent", ""), "order": "1"}, ())
    stated = here.request.POST
    try:
        entity = entities.add_entity(here.access, stated.get("code", ""), _stated(here, stated))
    except RefusedError as refused:
        return _form(here, None, stated, refused.problems)
    done(here, f"已增设：{entity.name}")
    return redirect("organisation")


@page(Action.ADMINISTER)
def one(here: Here, code: str) -> HttpResponse:
    """One entity, with what may be changed."""
    entity = next((each for each in here.access.entities(Action.ADMINISTER) if each.code == code), None)
    if entity is None or entity.kind == Entity.Kind.ELIMINATIONS:
        raise Http404
    if here.request.method != "POST":
        kept = ("name", "short_name", "kind", "order", "edition", "watermark")
        stated = {name: str(getattr(entity, name)) for name in kept}
        stated |= {
            "parent": entity.parent.code if entity.parent else "",
            "version": entities.version_of(entity),
        }
        return _form(here, entity, stated, ())
    stated = here.request.POST
    try:
        entities.change_entity(here.access, entity, stated.get("version", ""), _stated(here, stated))
    except RefusedError as refused:
        return _form(here, entity, stated, refused.problems)
    done(here, f"已保存：{stated.get('name', '')}")
    return redirect("organisation")


def _stated(here: Here, stated: Mapping[str, str]) -> entities.Stated:
    parent = stated.get("parent", "")
    order = stated.get("order", "")
    return entities.Stated(
        name=stated.get("name", ""),
        short_name=stated.get("short_name", ""),
        kind=stated.get("kind", ""),
        parent=next((each for each in here.access.organisation.entities if each.code == parent), None),
        order=int(order) if order.isdecimal() and len(order) < 9 else -1,
        edition=stated.get("edition", ""),
        watermark=stated.get("watermark", ""),
    )


def _form(here: Here, entity: Entity | None, stated: Mapping[str, str], refused: tuple) -> HttpResponse:
    places = [
        (each.code, each.name)
        for each in here.access.entities(Action.ADMINISTER)
        if each.kind in (Entity.Kind.GOVERNMENT, Entity.Kind.DEPARTMENT) and each != entity
    ]
    known = {code for code, _ in places}
    if entity is not None and entity.parent is not None and entity.parent.code not in known:
        places.insert(0, (entity.parent.code, entity.parent.name))
    return show(
        here,
        "administration/organisation_one.html",
        status=422 if refused else 200,
        entity=entity,
        stated=stated,
        refused=refused,
        kinds=[(kind.value, kind.label) for kind in entities.KINDS],
        places=places,
        may_be_top=may_everywhere(here.access, Action.ADMINISTER)
        or (entity is not None and entity.parent is None),
        editions=[(name, edition(name).chinese) for name in editions()],
        in_use=entity is not None and entities.has_records(entity),
        history=TrailEntry.objects.filter(key=f"Entity:{entity.pk}").order_by("-id")[:_LATEST]
        if entity
        else (),
    )


def _depth(entity: Entity, root: Entity) -> int:
    depth, step = 0, entity
    while step is not None and step != root:
        depth, step = depth + 1, step.parent
    return min(depth, 4)
