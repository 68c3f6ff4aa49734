"""The page of a published report, and how one of its figures came about."""

from __future__ import annotations

from urllib.parse import urlencode

from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.cache import patch_vary_headers

from mingzhang.portal.access import Here, anybody, here_of
from mingzhang.portal.caching import keepable
from mingzhang.portal.pages.reports.files import changed_page
from mingzhang.portal.pages.reports.finding import publication_of
from mingzhang.portal.pages.reports.shown import report_files, report_text, what_moved
from mingzhang.portal.showing import render
from mingzhang.records.key_figures import KINDS, key_figures
from mingzhang.records.models import Publication
from mingzhang.records.policy import Action
from mingzhang.records.published import ChangedFileError, explanations_of, newest_publications

_PANEL = "X-Panel"
"""The header by which the report's page asks for a figure as a piece, to show it beside the text."""


@anybody
def report(request: HttpRequest, entity: str, year: int, version: int | None = None) -> HttpResponse:
    """A report: the newest version, or the one that the address names."""
    publication = publication_of(entity, year, version)
    prefix = "figures/" if version is not None else f"v{publication.version}/figures/"
    try:
        whole, tables, data = report_files(publication)
        stated = {
            "text": report_text(publication, prefix),
            "formats": whole,
            "tables": tables,
            "data": data,
            "moved": what_moved(publication),
        }
    except ChangedFileError as changed:
        return changed_page(request, publication, changed)
    every = _related(publication)
    figures = key_figures([publication])[publication.pk]
    answer = render(
        request,
        "reports/report.html",
        here=here_of(request),
        publication=publication,
        entity=publication.entity,
        figures=[figures[kind.name] for kind in KINDS if kind.name in figures],
        versions=list(_versions(publication)),
        years=[each for each in every if each.entity_id == publication.entity_id],
        relatives=[each for each in every if each.entity_id != publication.entity_id and each.year == year],
        **stated,
    )
    return keepable(request, answer)


@anybody
def figure(request: HttpRequest, entity: str, year: int, version: int, number: int) -> HttpResponse:
    """How one figure came about: exact value, meaning, formula, parts, last year; for staff its vouchers, too."""
    publication = publication_of(entity, year, version)
    try:
        explanations = explanations_of(publication)
    except ChangedFileError as changed:
        return changed_page(request, publication, changed)
    if number >= len(explanations):
        raise Http404
    entry, here = explanations[number], here_of(request)
    answer = render(
        request,
        "reports/figure_piece.html" if _PANEL in request.headers else "reports/figure.html",
        here=here,
        publication=publication,
        entity=publication.entity,
        entry=entry,
        before=explanations[entry["before"]] if "before" in entry else None,
        vouchers=_vouchers(here, publication, entry["coordinate"]),
    )
    patch_vary_headers(answer, [_PANEL])
    return keepable(request, answer)


def _vouchers(here: Here | None, publication: Publication, coordinate: str) -> str:
    """Where staff of the department see the vouchers behind a figure; nothing for anybody else."""
    if here is None or not here.access.may(Action.VIEW_ACCOUNTS, publication.entity):
        return ""
    page = reverse("table_cell", kwargs={"entity": publication.entity.code, "year": publication.year})
    return f"{page}?{urlencode({'at': coordinate})}"


def _versions(publication: Publication) -> QuerySet[Publication]:
    same = Publication.objects.filter(entity=publication.entity, year=publication.year)
    return same.defer("figures", "manifest").order_by("-version")


def _related(publication: Publication) -> list[Publication]:
    """The newest reports of the same body in every year, of those under it and of the one above."""
    entity = publication.entity
    found = newest_publications()
    return [
        *found.filter(entity=entity),
        *found.filter(year=publication.year, entity__parent=entity),
        *found.filter(year=publication.year, entity=entity.parent_id),
    ]
