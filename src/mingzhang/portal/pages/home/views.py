"""What has been published, a year at a time: departments with their main figures, their units under them."""

from __future__ import annotations

from dataclasses import dataclass, field

from django.http import HttpRequest, HttpResponse

from mingzhang.portal.access import anybody, here_of
from mingzhang.portal.caching import keepable
from mingzhang.portal.showing import render
from mingzhang.records.key_figures import STATED, KeyFigure, key_figures
from mingzhang.records.models import Publication
from mingzhang.records.published import newest_publications, published_years

_SHOWN = ("revenue", "expenditure", "three_public", "staff")
_LONGEST_QUERY = 60


@dataclass(slots=True)
class Row:
    """A department's report with its main figures, or a unit's that stands alone; `units` are the reports under it."""

    publication: Publication
    figures: dict[str, KeyFigure] = field(default_factory=dict)
    units: list[Publication] = field(default_factory=list)


@anybody
def home(request: HttpRequest) -> HttpResponse:
    """The newest version of each report of a year, or of every year where one searches by name."""
    years = published_years()
    wanted = request.GET.get("q", "").strip()[:_LONGEST_QUERY]
    stated = request.GET.get("year", "")
    year = int(stated) if stated.isdecimal() and len(stated) < 5 else None
    if year is None and not wanted and years:
        year = years[0]
    found = newest_publications()
    if year is not None:
        found = found.filter(year=year)
    if wanted:
        found = found.filter(entity__name__contains=wanted)
    answer = render(
        request,
        "public/home.html",
        here=here_of(request),
        rows=_rows(list(found)),
        years=years,
        year=year,
        wanted=wanted,
        kinds=[kind for kind in STATED if kind.name in _SHOWN],
    )
    return keepable(request, answer)


def _rows(publications: list[Publication]) -> list[Row]:
    """Departments in order, each with its units' reports; who stands alone here is a row, too."""
    rows: dict[tuple[int, int], Row] = {}
    departments = {(each.entity_id, each.year) for each in publications}
    for each in publications:
        if (each.entity.parent_id, each.year) not in departments:
            rows[each.entity_id, each.year] = Row(each)
    for each in publications:
        above = rows.get((each.entity.parent_id or 0, each.year))
        if above is not None:
            above.units.append(each)
        elif (each.entity_id, each.year) not in rows:
            rows[each.entity_id, each.year] = Row(each)
    known = key_figures(row.publication for row in rows.values())
    for row in rows.values():
        row.figures = known[row.publication.pk]
    return list(rows.values())
