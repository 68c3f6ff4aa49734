"""A department's units and what is missing."""

from __future__ import annotations

from django.http import HttpResponse

from mingzhang.portal.access import Here, page
from mingzhang.portal.showing import show
from mingzhang.records.disclosures import disclosure_of, due_on
from mingzhang.records.live import live
from mingzhang.records.models import Publication
from mingzhang.records.overview import COLUMNS, members
from mingzhang.records.policy import Action
from mingzhang.records.publication_checks import checklist
from mingzhang.records.publishing import edition_of


@page(Action.VIEW_ACCOUNTS)
def department(here: Here) -> HttpResponse:
    """Units side by side with the main figures, and what still stands in the way of publishing."""
    edition = edition_of(here.entity)
    checks = checklist(here.entity, here.year, edition)
    return show(
        here,
        "overview/department.html",
        columns=COLUMNS,
        members=members(live(here.entity, here.year), here.entity, edition),
        lacking=[check for check in checks if check.state == "error"],
        noticed=[check for check in checks if check.state == "warning"],
        due=due_on(disclosure_of(here.entity, here.year)),
        newest=Publication.objects.filter(entity=here.entity, year=here.year).order_by("version").last(),
    )
