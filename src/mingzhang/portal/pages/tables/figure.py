"""What stands behind a figure: its meaning, formula and parts, last year and the budget, and its records."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.http import Http404, HttpResponse

from mingzhang.facts import ADJUSTED_BUDGET, INITIAL_BUDGET, Coordinate, CoordinateError, Measure
from mingzhang.portal.access import Here, page
from mingzhang.portal.pages.tables.asked import asked_of
from mingzhang.portal.showing import show
from mingzhang.records.live import Live, live
from mingzhang.records.models import Entity
from mingzhang.records.policy import Action
from mingzhang.records.trace import TracedRow
from mingzhang.records.trace_pages import TracePage, rows_behind


@dataclass(frozen=True, slots=True)
class Beside:
    """A figure that stands beside the one asked for, such as last year's: its name, coordinate and exact value."""

    name: str
    coordinate: str
    exact: str


@page(Action.VIEW_ACCOUNTS)
def show_figure(here: Here) -> HttpResponse:
    """The page of a figure, or its part of one where a script asks for it."""
    asked, now = asked_of(here), live(here.entity, here.year)
    coordinate = _coordinate(here, now)
    explanation = now.explainer(asked.edition.name).explain(coordinate)
    if explanation is None:
        raise Http404(f"账簿里没有“{coordinate}”这个数")
    may_look = here.access.may(Action.VIEW_BOOKS, here.access.organisation.named(coordinate.entity))
    after = here.request.GET.get("after", "")
    found = _records(coordinate, now, after) if may_look else TracePage(())
    return show(
        here,
        "tables/figure_body.html" if here.request.htmx else "tables/figure.html",
        explanation=explanation,
        beside=_beside(coordinate, now, asked.edition.name),
        rows=[(row, _amount(row, coordinate, now, asked.edition.name)) for row in found.rows],
        continued=bool(after),
        more=found.after,
        may_look=may_look,
        asked=asked,
        comparison=bool(coordinate.measure.of),
        names=now.store.vocabulary.entities.label,
    )


def _coordinate(here: Here, now: Live) -> Coordinate:
    """The coordinate asked for; one outside the department or the person's scope does not exist for them."""
    try:
        coordinate = Coordinate.parse(here.request.GET.get("at", "")[:400])
        now.store.vocabulary.check(coordinate.cell)
        owner = here.access.organisation.named(coordinate.entity)
    except (CoordinateError, ValueError, Entity.DoesNotExist) as wrong:
        raise Http404(f"没有这个坐标：{wrong}") from wrong
    inside = owner.department().pk == now.department.pk or owner.pk == now.department.pk
    years = {str(here.year), str(here.year - 1)}
    if not inside or coordinate.period not in years or not here.access.may(Action.VIEW_ACCOUNTS, owner):
        raise Http404("没有这个坐标")
    return coordinate


def _records(coordinate: Coordinate, now: Live, after: str) -> TracePage:
    if coordinate.measure.of:
        return TracePage(())
    return rows_behind(coordinate, now.store.vocabulary, after)


def _beside(coordinate: Coordinate, now: Live, edition: str) -> Sequence[Beside]:
    """Last year, both budgets and how far they were used, of an actual."""
    if coordinate.measure != Measure("actual"):
        return []
    asked = {
        "上年": coordinate.during(str(int(coordinate.period) - 1)),
        "年初预算": coordinate.measured(INITIAL_BUDGET),
        "全年预算": coordinate.measured(ADJUSTED_BUDGET),
        "比上年增减": coordinate.measured(Measure("change", str(int(coordinate.period) - 1))),
        "完成全年预算": coordinate.measured(Measure("completion", "adjusted_budget")),
    }
    explainer = now.explainer(edition)
    return [
        Beside(name, str(each), explainer.exact(each, value))
        for name, each in asked.items()
        if (value := now.store.value(each)) is not None
    ]


def _amount(row: TracedRow, coordinate: Coordinate, now: Live, edition: str) -> str:
    return now.explainer(edition).amount(coordinate.concept, row.value)
