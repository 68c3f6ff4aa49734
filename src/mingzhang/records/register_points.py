"""Registers as points: staff, units, vehicles, equipment, procurement, receptions, trips; at 31 December or in the year."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Container, Iterator, Mapping, Sequence
from fractions import Fraction

from django.db.models import Model

from mingzhang.facts import Point
from mingzhang.records.models import Entity, Statement
from mingzhang.records.organisation import Organisation
from mingzhang.records.register_rows import REGISTER_FIGURES, RegisterFigure, Row


class Registers:
    """The registers of some units, read once. `held` are, among others, the tables that have rows of theirs."""

    def __init__(self, organisation: Organisation, units: Sequence[Entity], held: Container[object]) -> None:
        self.organisation, self.units, self.held = organisation, units, held
        self._codes = {unit.pk: unit.code for unit in units}
        self._rows: Mapping[type[Model], list[Row]] = {
            model: (
                list(model._default_manager.filter(entity_id__in=list(self._codes)).order_by())
                if model in held
                else []
            )
            for model in dict.fromkeys(figure.model for figure in REGISTER_FIGURES)
        }

    def points(self, year: int, kept: bool) -> Iterator[tuple[str, list[Point]]]:
        """(concept, points) of everything the registers answer for in a year.

        An empty register of a year whose books are kept (`kept`) means none; elsewhere it says nothing, and where
        the figure was stated instead it says nothing either.
        """
        stated = self._stated_concepts(year)
        for figure in REGISTER_FIGURES:
            rows = self._rows[figure.model]
            if rows or (kept and figure.concept not in stated):
                yield figure.concept, list(self._points(figure, rows, year))
        period = str(year)
        yield (
            "budget_units",
            [Point("budget_units", (("unit_kind", unit.kind),), unit.code, period, 1) for unit in self.units],
        )
        yield (
            "subordinate_units",
            [
                Point("subordinate_units", (), unit.code, period, 1)
                for unit in self.units
                if unit.code not in self.organisation.own_offices
            ],
        )

    def _points(self, figure: RegisterFigure, rows: Sequence[Row], year: int) -> Iterator[Point]:
        sums: dict[tuple[tuple[tuple[str, str], ...], str], list[int]] = defaultdict(lambda: [0, 0])
        for row in rows:
            if figure.wanted(row, year):
                slot = sums[figure.stated(row), self._codes[row.entity_id]]
                slot[0] += figure.amount(row)
                slot[1] += 1
        for (stated, entity), (amount, counted) in sums.items():
            value = Fraction(amount, 100) if figure.in_fen else amount
            yield Point(figure.concept, stated, entity, str(year), value, rows=counted)

    def _stated_concepts(self, year: int) -> set[str]:
        """Concepts that statements about the units or their department speak of."""
        if Statement not in self.held:
            return set()
        above = {unit.department().pk for unit in self.units} | self._codes.keys()
        rows = Statement.objects.filter(entity_id__in=above, year=year).values_list("coordinate", flat=True)
        return {text.partition("[")[0].partition("@")[0].partition("#")[0] for text in rows}
