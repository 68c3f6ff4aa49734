"""The comparison: up to six bodies, one year side by side, and the same figures over the years as charts."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from markupsafe import Markup

from mingzhang.documents import Chart, Figure, Series
from mingzhang.numbers import PERCENT, print_value
from mingzhang.records.key_figures import KINDS, KeyFigure, Kind, key_figures
from mingzhang.records.models import Entity, Publication
from mingzhang.records.published import newest_publications
from mingzhang.write.charts import chart_svg

MOST = 6
_CHARTED = ("expenditure", "project", "three_public", "operating_costs", "procurement", "per_head")
_MOST_YEARS = 4


@dataclass(frozen=True, slots=True)
class Body:
    """A department or unit with its newest reports, by year."""

    entity: Entity
    reports: dict[int, Publication]
    figures: dict[int, dict[str, KeyFigure]]

    @property
    def name(self) -> str:
        """As short as it is known by."""
        return self.entity.short_name or self.entity.name

    def growth(self, kind: Kind, year: int) -> str:
        """By how much a figure grew since the year before, from the printed digits; nothing where that is not known."""
        now, then = self._figure(kind, year), self._figure(kind, year - 1)
        if now is None or then is None or then.value <= 0:
            return ""
        growth = (now.value - then.value) / then.value
        return f"{'+' if growth > 0 else ''}{print_value(growth, PERCENT)}%"

    def text(self, kind: Kind, year: int) -> str:
        """The digits; a dash where the report does not state it or there is none."""
        figure = self._figure(kind, year)
        return figure.text if figure else "—"

    def _figure(self, kind: Kind, year: int) -> KeyFigure | None:
        return self.figures.get(year, {}).get(kind.name)


@dataclass(frozen=True, slots=True)
class Drawn:
    """A chart with its title and a sentence for those who cannot see it."""

    title: str
    description: str
    svg: Markup


def all_bodies() -> list[Entity]:
    """Everybody who published anything, departments first."""
    entities = {each.entity_id: each.entity for each in newest_publications()}
    return sorted(entities.values(), key=lambda each: (each.kind != "department", each.order, each.code))


def bodies(entities: Sequence[Entity]) -> list[Body]:
    """These bodies with their reports and main figures."""
    found = list(newest_publications().filter(entity__in=entities))
    figures = key_figures(found)
    return [
        Body(
            entity,
            {each.year: each for each in found if each.entity_id == entity.pk},
            {each.year: figures[each.pk] for each in found if each.entity_id == entity.pk},
        )
        for entity in entities
    ]


def charts(compared: Sequence[Body], year: int) -> Iterator[Drawn]:
    """One chart a figure: a group of bars for each body, a bar for each of the last years that all of them stated it."""
    for kind in KINDS:
        if kind.name not in _CHARTED:
            continue
        stating = [body for body in compared if kind.name in body.figures.get(year, {})]
        years = [
            each
            for each in range(year - _MOST_YEARS + 1, year + 1)
            if stating and all(kind.name in body.figures.get(each, {}) for body in stating)
        ]
        if years:
            yield _drawn(kind, stating, years)


def _drawn(kind: Kind, stating: Sequence[Body], years: Sequence[int]) -> Drawn:
    unit = kind.unit.chinese
    series = tuple(
        Series(
            f"{year}年",
            tuple(
                Figure(figure.coordinate, figure.value, figure.text, unit)
                for body in stating
                for figure in (body.figures[year][kind.name],)
            ),
        )
        for year in years
    )
    chart = Chart(kind.name, kind.chinese, "bars", tuple(body.name for body in stating), series, unit)
    told = "；".join(
        f"{body.name}{year}年{body.figures[year][kind.name].text}{unit}" for body in stating for year in years
    )
    return Drawn(kind.chinese, told, Markup(chart_svg(chart)))  # drawn here, every text in it escaped
