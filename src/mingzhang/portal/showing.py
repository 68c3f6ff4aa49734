"""Show a template with what every page needs: where we are, the menu, what was said."""

from __future__ import annotations

from collections.abc import Hashable
from functools import partial
from typing import Any

from django.contrib import messages
from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.template.loader import get_template

from mingzhang.portal.access import Here
from mingzhang.portal.environment import url
from mingzhang.portal.navigation import Link, case_links, menu
from mingzhang.portal.years import current_year, years_kept
from mingzhang.records.models import Entity
from mingzhang.records.proposals.kind import RefusedError


def show(here: Here, template: str, /, *, status: int = 200, **stated: Any) -> HttpResponse:
    """A page for a logged-in person."""
    years, cases = years_kept(here.access.standing), case_links(here)
    stated |= {
        "here": here,
        "menu": partial(menu, here, cases),
        "years": years,
        "switched": partial(_switched, here),
        "frame": _frame(here, years, cases),
    }
    return render(here.request, template, status=status, **stated)


def _frame(here: Here, years: list[int], cases: list[Link]) -> tuple[Hashable, ...] | None:
    """All that the frame of a page depends on: the person with the rights held now, the page and its place, the organisation. None where it may not be kept."""
    present, match = here.user.present, here.request.resolver_match
    if present is None or not present.state.organisation:
        return None
    return (
        str(connection.settings_dict["NAME"]),
        present.state.organisation,
        present.grants,
        here.user.name,
        here.entity.pk if here.entity else None,
        here.year,
        match.view_name,
        tuple(match.kwargs.items()),
        current_year(here.access.standing),
        tuple(years),
        tuple(cases),
    )


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
