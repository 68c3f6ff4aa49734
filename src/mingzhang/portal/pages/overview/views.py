"""A department's units and what is missing; the district's departments and how far they are."""

from __future__ import annotations

from django.db.models import Max
from django.http import HttpResponse

from mingzhang.portal.access import Here, page
from mingzhang.portal.showing import show
from mingzhang.portal.years import current_year, years_kept
from mingzhang.records.audits import last_audits
from mingzhang.records.disclosures import disclosure_of, due_on
from mingzhang.records.district import states
from mingzhang.records.live import live
from mingzhang.records.models import Entity, PeriodLock, Publication
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


@page(Action.OVERSEE)
def district(here: Here) -> HttpResponse:
    """All departments that one oversees."""
    asked = here.request.GET.get("year", "")
    kept = years_kept(here.access.standing)
    year = int(asked) if asked.isdigit() and int(asked) in kept else _usual(kept)
    departments = [
        entity
        for entity in here.access.entities(Action.OVERSEE)
        if entity.kind == Entity.Kind.DEPARTMENT
        or (entity.keeps_books and entity.department().pk == entity.pk)
    ]
    found = states(departments, year)
    return show(
        here,
        "overview/district.html",
        states=found,
        audited=last_audits(here.access, year),
        year=year,
        kept=kept,
        published=sum(state.version is not None for state in found),
        late=sum(state.is_late for state in found),
        closed=sum(state.units == state.closed for state in found),
        revenue=sum(state.revenue_fen for state in found),
        expenditure=sum(state.expenditure_fen for state in found),
    )


def _usual(kept: list[int]) -> int:
    """The year whose final accounts are being made: the last one that was closed anywhere, else the current one."""
    closed = PeriodLock.objects.filter(month=PeriodLock.YEAR).aggregate(last=Max("year"))["last"]
    return closed if closed in kept else current_year()
