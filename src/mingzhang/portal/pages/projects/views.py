"""The list of projects, and one of them."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction

from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone

from mingzhang.portal.access import Here, page
from mingzhang.portal.forms import Input, inputs, new_key, version_of, with_options
from mingzhang.portal.showing import done, show
from mingzhang.portal.units import of_a_unit
from mingzhang.records.execution import Amounts
from mingzhang.records.keeping.fields import WrongFieldsError
from mingzhang.records.keeping.projects import (
    FIELDS,
    add_project,
    change_project,
    possible_parents,
    typed_project,
)
from mingzhang.records.models import Project, TrailEntry
from mingzhang.records.policy import Action
from mingzhang.records.project_spending import amounts_by_project, project_rows
from mingzhang.records.proposals.kind import RefusedError


@page(Action.VIEW_BOOKS, Action.PREPARE_BUDGET)
def listing(here: Here) -> HttpResponse:
    """First-level projects and their sub-projects, with budget, spending and effect."""
    organisation = here.access.organisation
    units = here.entity.units(organisation.entities)
    today = timezone.localdate()
    months = 12 if here.year < today.year else today.month if here.year == today.year else 0
    rows = project_rows(organisation, units, here.year, Fraction(months, 12))
    total = Amounts()
    for row in rows:
        total.add(row.amounts)
    return show(
        here,
        "projects/listing.html",
        rows=rows,
        total=total,
        by_unit=len(units) > 1,
        may_prepare=here.entity.keeps_books and here.may(Action.PREPARE_BUDGET),
    )


@page(Action.PREPARE_BUDGET)
@of_a_unit
def new(here: Here) -> HttpResponse:
    """Enter a project."""
    if here.request.method != "POST":
        above = here.request.GET.get("parent", "")
        return _form(here, {"parent": above, "year_from": str(here.year)}, key=new_key())
    stated = here.request.POST
    try:
        project = add_project(here.user, here.entity, stated, stated.get("key", ""))
    except RefusedError as refused:
        return _form(here, stated, refused, key=stated.get("key", ""))
    done(here, f"已登记项目：{project}")
    return redirect("projects", entity=here.entity.code, year=here.year)


@page(Action.VIEW_BOOKS, Action.PREPARE_BUDGET)
def one(here: Here, number: int) -> HttpResponse:
    """Look at a project, and change it."""
    units = here.entity.units(here.access.organisation.entities)
    project = Project.objects.filter(pk=number, entity__in=units).select_related("entity", "parent").first()
    if project is None:
        raise Http404("没有这个项目")
    if here.request.method != "POST":
        return _form(here, typed_project(project), project=project)
    stated = here.request.POST
    try:
        changed = change_project(here.user, project, version_of(stated), stated)
    except RefusedError as refused:
        return _form(here, stated, refused, project=project)
    done(here, f"已保存项目：{changed}")
    return redirect("projects", entity=here.entity.code, year=here.year)


def _form(
    here: Here,
    stated: Mapping[str, str],
    refused: RefusedError | None = None,
    *,
    project: Project | None = None,
    key: str = "",
) -> HttpResponse:
    wrong = refused.fields if isinstance(refused, WrongFieldsError) else {}
    entity = project.entity if project else here.entity
    return show(
        here,
        "projects/project.html",
        status=422 if refused else 200,
        project=project,
        inputs=_inputs(here, stated, wrong, project),
        problems=refused.problems if refused else (),
        key=key,
        version=version_of(stated) if refused else project.version if project else 0,
        may_change=here.access.may(Action.PREPARE_BUDGET, entity),
        amounts=amounts_by_project([entity], here.year).get(project.code) if project else None,
        children=list(project.children.select_related("entity")) if project else [],
        history=TrailEntry.objects.filter(key=f"Project:{project.pk}").order_by("id") if project else [],
    )


def _inputs(here: Here, stated: Mapping[str, str], wrong: Mapping, project: Project | None) -> list[Input]:
    fields = [entry for entry in FIELDS if entry.name != "code" or project is None]
    entity = project.entity if project else here.entity
    parents = [(each.code, f"{each.code} {each.name}") for each in possible_parents(entity, project)]
    return with_options(inputs(fields, stated, wrong), "parent", parents)
