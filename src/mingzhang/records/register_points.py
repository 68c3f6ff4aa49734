"""Registers as points: staff, units, vehicles, equipment, procurement, receptions, trips; at 31 December or in the year."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from fractions import Fraction

from django.db.models import Count, Model

from mingzhang.facts import Point
from mingzhang.records.models import Entity, Statement
from mingzhang.records.organisation import Organisation
from mingzhang.records.register_rows import REGISTER_FIGURES, RegisterFigure


def register_points(
    organisation: Organisation, units: Sequence[Entity], year: int, kept: bool
) -> Iterator[tuple[str, list[Point]]]:
    """(concept, points) of everything the registers answer for in a year.

    An empty register of a year whose books are kept (`kept`) means none; elsewhere it says nothing, and where the
    figure was stated instead it says nothing either.
    """
    stated = _stated_concepts(units, year)
    by_model: dict[type[Model], list[RegisterFigure]] = defaultdict(list)
    for figure in REGISTER_FIGURES:
        by_model[figure.model].append(figure)
    for model, figures in by_model.items():
        rows = _counted(model, figures, units, year)
        for place, figure in enumerate(figures):
            if rows or (kept and figure.concept not in stated):
                yield figure.concept, list(_points(figure, place, rows, year))
    yield (
        "budget_units",
        [Point("budget_units", (("unit_kind", unit.kind),), unit.code, str(year), 1) for unit in units],
    )
    yield (
        "subordinate_units",
        [
            Point("subordinate_units", (), unit.code, str(year), 1)
            for unit in units
            if unit.code not in organisation.own_offices
        ],
    )


_Row = tuple[str, str, Sequence[int | None]]  # unit, code of the register's own kind, amounts and counts


def _counted(
    model: type[Model], figures: Sequence[RegisterFigure], units: Sequence[Entity], year: int
) -> list[_Row]:
    """One query a register: for every unit and kind, amount and number of rows of each figure."""
    by = next((figure.by for figure in figures if figure.by), None)
    asked = {}
    for place, figure in enumerate(figures):
        asked[f"amount_{place}"] = figure.amount(year)
        asked[f"count_{place}"] = Count("pk", filter=figure.wanted(year))
    codes = {unit.pk: unit.code for unit in units}
    rows = model._default_manager.filter(entity__in=list(codes)).order_by()
    grouped = rows.values_list("entity_id", *([by] if by else [])).annotate(**asked)
    width = 2 if by else 1
    return [(codes[row[0]], row[1] if by else "", row[width:]) for row in grouped]


def _points(figure: RegisterFigure, place: int, rows: Sequence[_Row], year: int) -> Iterator[Point]:
    for entity, code, numbers in rows:
        amount, counted = numbers[2 * place], numbers[2 * place + 1]
        if counted:
            value = Fraction(amount or 0, 100) if figure.in_fen else int(amount or 0)
            stated = ((figure.dimension, code),) if figure.dimension else ()
            yield Point(figure.concept, stated, entity, str(year), value, rows=counted)


def _stated_concepts(units: Sequence[Entity], year: int) -> set[str]:
    above = {unit.department().pk for unit in units} | {unit.pk for unit in units}
    coordinates = Statement.objects.filter(entity_id__in=above, year=year).values_list(
        "coordinate", flat=True
    )
    return {coordinate.partition("[")[0].partition("@")[0].partition("#")[0] for coordinate in coordinates}
