"""Show a template with what every page needs: where we are, the menu, what was said."""

from __future__ import annotations

from functools import partial
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.template.loader import get_template

from mingzhang.portal.access import Here
from mingzhang.portal.environment import url
from mingzhang.portal.navigation import menu
from mingzhang.portal.years import years_kept
from mingzhang.records.models import Entity
from mingzhang.records.proposals.kind import RefusedError


def show(here: Here, template: str, /, *, status: int = 200, **stated: Any) -> HttpResponse:
    """A page for a logged-in person."""
    stated |= {"here": here, "menu": menu(here), "years": years_kept(), "switched": partial(_switched, here)}
    return render(here.request, template, status=status, **stated)


def render(request: HttpRequest, template: str, /, *, status: int = 200, **stated: Any) -> HttpResponse:
    """A page for anybody."""
    stated.setdefault("here", None)
    stated["said"] = messages.get_messages(request)
    return HttpResponse(get_template(template).render(stated, request), status=status)


def tell(here: Here, refused: RefusedError) -> None:
    """Keep what stood in the way, to be shown on the next page."""
    for problem in refused.problems:
        messages.error(here.request, problem.in_chinese())


def done(here: Here, text: str) -> None:
    """Keep what was done, to be shown on the next page."""
    messages.success(here.request, text)


def _switched(here: Here, entity: Entity | None = None, year: int | None = None) -> str:
    """This page for another entity or year; the desk where it is about one record, which only exists here."""
    match = here.request.resolver_match
    if not match.kwargs.keys() <= _KEPT:
        return url("desk")
    stated = {**match.kwargs, "entity": (entity or here.entity).code}
    if year is not None:
        stated["year"] = year
    return url(match.view_name, **stated)


_KEPT = {"entity", "year", "form", "register", "tab"}
"""Parts of an address that mean the same at every entity and in every year."""
