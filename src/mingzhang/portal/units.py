"""Pages about the books of one unit (记账单位): a department has none of its own, its units are offered instead."""

from __future__ import annotations

from functools import wraps

from django.http import Http404, HttpResponse

from mingzhang.portal.access import Here, View
from mingzhang.portal.showing import show


def of_a_unit(view: View) -> View:
    """Let the page be of a unit that keeps books; at a department show its units to choose from."""

    @wraps(view)
    def chosen(here: Here, **stated: object) -> HttpResponse:
        assert here.entity is not None
        if here.entity.keeps_books:
            return view(here, **stated)
        units = [
            unit for unit in here.entity.units(here.access.organisation.entities) if here.access.actions(unit)
        ]
        if here.request.method != "GET" or not units:
            raise Http404
        return show(here, "books/choose_unit.html", units=units)

    return chosen
