"""Registers as points: staff, units, vehicles, equipment, procurement, receptions, trips; at 31 December or in the year."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from fractions import Fraction

from django.db.models import Count, Model, QuerySet

from mingzhang.facts import Point
from mingzhang.records.models import (
    Entity,
    Equipment,
    OverseasTrip,
    ProcurementContract,
    Reception,
    StaffChange,
    Statement,
    Vehicle,
)
from mingzhang.records.register_rows import REGISTER_FIGURES, RegisterFigure


def register_points(units: Iterable[Entity], year: int, kept: bool) -> Iterator[tuple[str, list[Point]]]:
    """(concept, points) of everything the registers answer for in a year.

    An empty register of a year whose books are kept (`kept`) means none; elsewhere it says nothing, and where the
    figure was stated instead it says nothing either.
    """
    units = list(units)
    stated = _stated_concepts(units, year)
    filled = {model: model._default_manager.filter(entity__in=units).exists() for model in _MODELS}
    for figure in REGISTER_FIGURES:
        if filled[figure.model] or (kept and figure.concept not in stated):
            yield figure.concept, list(_points(figure, units, year))
    yield (
        "budget_units",
        [Point("budget_units", (("unit_kind", unit.kind),), unit.code, str(year), 1) for unit in units],
    )
    yield (
        "subordinate_units",
        [Point("subordinate_units", (), unit.code, str(year), 1) for unit in units if _is_subordinate(unit)],
    )


_MODELS: tuple[type[Model], ...] = (
    StaffChange,
    Vehicle,
    Equipment,
    ProcurementContract,
    Reception,
    OverseasTrip,
)


def _points(figure: RegisterFigure, units: list[Entity], year: int) -> Iterator[Point]:
    by = ["entity__code", *([figure.by] if figure.by else [])]
    rows: QuerySet = figure.rows(year).filter(entity__in=units).order_by().values_list(*by)
    summed = rows.annotate(amount=figure.amount, counted=Count("pk"))
    for entity, *code, amount, counted in summed:
        value = Fraction(amount, 100) if figure.in_fen else int(amount)
        stated = ((figure.dimension, code[0]),) if code else ()
        yield Point(figure.concept, stated, entity, str(year), value, rows=counted)


def _stated_concepts(units: list[Entity], year: int) -> set[str]:
    above = {unit.department().pk for unit in units} | {unit.pk for unit in units}
    coordinates = Statement.objects.filter(entity_id__in=above, year=year).values_list(
        "coordinate", flat=True
    )
    return {coordinate.partition("[")[0].partition("@")[0].partition("#")[0] for coordinate in coordinates}


def _is_subordinate(unit: Entity) -> bool:
    """Whether the unit stands below the department's own office (本级), which is its first unit."""
    department = unit.department()
    return department != unit and department.units()[0] != unit
