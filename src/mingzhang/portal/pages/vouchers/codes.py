"""Suggestions for fields of codes (科目提示): what fits what was typed so far, valid in the year."""

from __future__ import annotations

from django.http import Http404, HttpResponse

from mingzhang.portal.access import Here, page
from mingzhang.portal.showing import render
from mingzhang.records import code_search
from mingzhang.records.classifications import used_classifications
from mingzhang.records.policy import Action


@page(Action.VIEW_BOOKS)
def suggestions(here: Here, kind: str) -> HttpResponse:
    """Options for a list of suggestions, those that the unit's year uses first; the field asking is alone in the address."""
    typed, field = next(iter(here.request.GET.values()), ""), "account"
    if kind == "functions":
        choices, field = code_search.function_choices(here.year), "function"
    elif kind == "economics":
        choices, field = code_search.economic_choices(here.year), "economic"
    elif kind in ("financial", "budgetary"):
        choices = code_search.account_choices(here.entity, kind)
    elif kind == "accounts":
        choices = code_search.all_account_names()
    else:
        raise Http404
    used = {getattr(stated, field) for stated in used_classifications(here.entity, here.year).values()}
    known_first = dict(sorted(choices.items(), key=lambda pair: pair[0] not in used))
    found = code_search.matching(known_first, typed)
    return render(here.request, "vouchers/options.html", choices=found)
