"""Statements as facts: figures that entered without vouchers, with the cell they came from and the digits printed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from fractions import Fraction

from mingzhang.facts import Cell, Coordinate, Fact, SheetCell, Vocabulary
from mingzhang.numbers import (
    HUNDRED_MILLION_YUAN,
    PERCENT,
    RATIO,
    TEN_THOUSAND_YUAN,
    YUAN,
    Interval,
    Printed,
    printed,
)
from mingzhang.records.models import Entity, Statement

_UNITS = {"money": (YUAN, TEN_THOUSAND_YUAN, HUNDRED_MILLION_YUAN), "ratio": (RATIO, PERCENT)}


def statement_facts(entities: Sequence[Entity], years: Iterable[int], words: Vocabulary) -> Iterator[Fact]:
    """The statements about these entities in these years, in the order they came in."""
    rows = Statement.objects.filter(entity__in=entities, year__in=list(years)).select_related("entity")
    for row in rows:
        coordinate = coordinate_of(row)
        words.check(coordinate.cell)
        digits = _digits(row, coordinate, words)
        exact = Fraction(row.value)
        interval = Interval.of(exact) if digits is None else digits.interval
        yield Fact(coordinate, interval, SheetCell(row.file, row.sheet, row.cell), digits)


def coordinate_of(row: Statement) -> Coordinate:
    """The full coordinate; one written without entity and period is the row's."""
    if "@" in row.coordinate:
        return Coordinate.parse(row.coordinate)
    return Cell.parse(row.coordinate).at(row.entity.code, str(row.year))


def _digits(row: Statement, coordinate: Coordinate, words: Vocabulary) -> Printed | None:
    """The digits as printed, in the unit in which they give the row's value; None where there are none."""
    if not row.printed:
        return None
    ratio = coordinate.measure.kind in ("growth", "share", "completion")
    own = words.concepts[coordinate.concept].unit
    for unit in _UNITS["ratio"] if ratio else _UNITS.get(own.kind, (own,)):
        try:
            digits = printed(row.printed.rstrip("%％"), unit)
        except ValueError:
            return None
        if digits.exact == Fraction(row.value):
            return digits
    return None
