"""Figures of casework in the cube (业务指标入库): those that the department's texts ask for by a slot, `{M07-02:件}` or `{M02-01@1-11:万人次}`.

A figure belongs to the department's own office, so that the department's sum is the figure itself.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from fractions import Fraction
from functools import lru_cache

from django.db import connection
from django.db.models import Max

from mingzhang.casework.definitions import Flavour
from mingzhang.casework.periods import Period, months
from mingzhang.casework.periods import year as whole_year
from mingzhang.facts import Concept, FactStore, Point
from mingzhang.numbers.units import unit_named
from mingzhang.records.casework.lines import all_lines
from mingzhang.records.casework.metrics import Figure, figure
from mingzhang.records.casework.models import Event, Record
from mingzhang.records.models import Entity, Text, TrailChain, WorkPart

REGISTER = "业务台账"
_SLOT = re.compile(
    r"\{(?P<metric>M\d{2}-\d{2}[a-z]?)(?:@(?P<first>\d{1,2})-(?P<last>\d{1,2}))?(?::[^{}]*)?\}"
)


def case_concepts() -> Iterator[Concept]:
    """Every metric of every line as a concept of the vocabulary."""
    for line in all_lines().values():
        for metric in line.metrics.values():
            flow = metric.flavour is not Flavour.STOCK
            yield Concept(
                metric.id,
                metric.chinese,
                unit_named(metric.unit),
                metric.includes,
                line.law,
                flow=flow,
                source_ids=(metric.id,),
            )


def add_case_figures(
    store: FactStore, office: Entity, bodies: Iterable[Entity], years: Iterable[int]
) -> None:
    """Add the figures that texts of these bodies and years ask for; nothing of a line that keeps no record yet."""
    texts = _texts(bodies, set(years))
    kept = set(Record.objects.values_list("line", flat=True).distinct()) if texts else set()
    metrics = {
        metric.id: metric
        for line in all_lines().values()
        if line.id in kept
        for metric in line.metrics.values()
    }
    asked = {
        (found["metric"], period, year)
        for year, body in texts
        for found in _SLOT.finditer(body)
        if found["metric"] in metrics and (period := period_of(found, year)) is not None
    }
    for name, period, year in sorted(asked):
        value = base_value(figure(metrics[name], period))
        if value is not None:
            store.cover(name, _name(period, year), register=REGISTER)
            store.add_points([Point(name, (), office.code, _name(period, year), value)], register=REGISTER)


def slots_filled(body: str, year: int) -> str:
    """A text with its slots of casework filled in as they print; others stay as they are."""
    return _filled(body, year, state_of_casework()) if _SLOT.search(body) else body


def state_of_casework() -> tuple[object, ...]:
    """What figures of casework stand on: the last event of any record, the heads of the chains that belong to nobody."""
    shared = TrailChain.objects.filter(entity=None, book__in=("returns", "calendar")).order_by("name")
    database = str(connection.settings_dict["NAME"])
    return (database, Event.objects.aggregate(last=Max("id"))["last"], *shared.values_list("name", "head"))


def forget() -> None:
    """Keep no text any longer."""
    _filled.cache_clear()


@lru_cache(maxsize=64)
def _filled(body: str, year: int, state: tuple[object, ...]) -> str:
    """The text at one state of casework."""

    def printed(found: re.Match[str]) -> str:
        line = next((each for each in all_lines().values() if found["metric"] in each.metrics), None)
        period = period_of(found, year)
        if line is None or period is None:
            return found[0]
        shown = figure(line.metrics[found["metric"]], period)
        return shown.printed if shown.metric.unit == "%" else f"{shown.printed}{shown.metric.unit}"

    return _SLOT.sub(printed, body)


def base_value(found: Figure) -> Fraction | None:
    """A figure in base units: the thing counted, yuan, the plain ratio."""
    return None if found.value is None else Fraction(found.value) * unit_named(found.metric.unit).scale


def period_of(found: re.Match[str], year: int) -> Period | None:
    """The period that a slot asks for; None where there are no such months."""
    if not found["first"]:
        return whole_year(year)
    first, last = int(found["first"]), int(found["last"])
    return months(year, first, last) if 1 <= first <= last <= 12 else None


def _name(period: Period, year: int) -> str:
    """A period as coordinates write it."""
    if period == whole_year(year):
        return str(year)
    return f"{year}-{period.first.month:02d}..{year}-{period.last.month:02d}"


def _texts(bodies: Iterable[Entity], years: set[int]) -> list[tuple[int, str]]:
    """(year, text) of every text that has a slot of casework."""
    owners = list(bodies)
    texts = Text.objects.filter(entity__in=owners, year__in=years, body__contains="{M").values_list(
        "year", "body"
    )
    parts = WorkPart.objects.filter(entity__in=owners, year__in=years, body__contains="{M").values_list(
        "year", "body"
    )
    return [*texts, *parts]
