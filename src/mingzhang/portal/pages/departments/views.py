"""Compare departments and years."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse

from mingzhang.portal.access import anybody, here_of
from mingzhang.portal.caching import keepable
from mingzhang.portal.pages.departments.comparing import MOST, Body, all_bodies, bodies, charts
from mingzhang.portal.showing import render
from mingzhang.records.key_figures import KINDS
from mingzhang.records.models import Entity
from mingzhang.records.published import published_years
from mingzhang.write.csv_files import csv_text


@dataclass(frozen=True, slots=True)
class Asked:
    """Who is compared, and in which year."""

    known: list[Entity]
    chosen: list[Entity]
    year: int | None
    years: list[int]
    too_many: bool


@anybody
def departments(request: HttpRequest) -> HttpResponse:
    """The choice, the table, the charts."""
    asked = _asked(request)
    compared = bodies(asked.chosen)
    query = urlencode([("d", each.code) for each in asked.chosen] + [("year", asked.year)])
    answer = render(
        request,
        "departments/departments.html",
        here=here_of(request),
        asked=asked,
        compared=compared,
        kinds=KINDS,
        charts=list(charts(compared, asked.year)) if asked.year else [],
        most=MOST,
        query=query,
    )
    return keepable(request, answer)


@anybody
def departments_csv(request: HttpRequest) -> HttpResponse:
    """The same figures of every year as CSV."""
    asked = _asked(request)
    header = ("单位代码", "部门、单位", "年度", "指标", "数值", "计量单位", "公开版本")
    text = csv_text(header, _lines(bodies(asked.chosen)))
    answer = HttpResponse("\ufeff" + text, content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = 'attachment; filename="departments.csv"'
    return keepable(request, answer)


def _lines(compared: list[Body]) -> Iterator[tuple[str, ...]]:
    for body in compared:
        for year, figures in sorted(body.figures.items()):
            for figure in figures.values():
                digits, unit = figure.text.replace(",", ""), figure.kind.unit.chinese
                version = str(body.reports[year].version)
                yield (
                    body.entity.code,
                    body.entity.name,
                    str(year),
                    figure.kind.chinese,
                    digits,
                    unit,
                    version,
                )


def _asked(request: HttpRequest) -> Asked:
    """What was chosen; the first few departments where nothing was."""
    known, years = all_bodies(), published_years()
    codes = request.GET.getlist("d")
    chosen = [each for each in known if each.code in codes]
    if not codes:
        chosen = [each for each in known if each.kind == Entity.Kind.DEPARTMENT][:MOST] or known[:MOST]
    stated = request.GET.get("year", "")
    year = int(stated) if stated.isdecimal() and int(stated[:4]) in years else (years[0] if years else None)
    return Asked(known, chosen[:MOST], year, years, len(chosen) > MOST)
