"""The final accounts looked through (查决算): figures of the public tables with their coordinates, what is missing, reasons."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from mingzhang.catalogue.loading import edition as edition_named
from mingzhang.numbers import TEN_THOUSAND_YUAN
from mingzhang.records.live import Live
from mingzhang.records.live_tables import filled
from mingzhang.records.models import Entity, Reason


@dataclass(frozen=True, slots=True)
class PrintedFact:
    """A figure of a table: its coordinate, its exact value in base units, its digits and unit as printed."""

    table: str
    coordinate: str
    value: str
    printed: str
    unit: str


@dataclass(frozen=True, slots=True)
class MissingItem:
    """Something that the report still needs: under which key it is kept, and what it is."""

    key: str
    what: str


def facts_of_tables(live: Live, entity: Entity, edition: str) -> list[PrintedFact]:
    """Every figure of the public tables as they stand now."""
    form_of = edition_named(edition)
    return [
        PrintedFact(
            form.name, cell.figure.coordinate, exact(cell.figure.value), cell.figure.text, cell.figure.unit
        )
        for form in form_of.forms
        for row in filled(live, entity, form_of, form, TEN_THOUSAND_YUAN).table.body
        for cell in row.cells
        if cell.figure is not None
    ]


def missing_items(live: Live, entity: Entity, edition: str) -> list[MissingItem]:
    """What must still be written or entered, in the order of the report."""
    return [MissingItem(item.key, item.what) for item in live.composition(entity, edition).missing]


def reasons_of(entity: Entity, year: int) -> list[Reason]:
    """The reasons that were written."""
    return list(Reason.objects.filter(entity=entity, year=year).order_by("cell"))


def exact(value: Fraction) -> str:
    """A value as a decimal where it has one, else as a fraction.

    >>> exact(Fraction(336944, 100)), exact(Fraction(1, 3)), exact(Fraction(-5, 1))
    ('3369.44', '1/3', '-5')
    """
    denominator, places = value.denominator, 0
    while denominator % 10 == 0:
        denominator //= 10
        places += 1
    for prime in (2, 5):
        while denominator % prime == 0:
            denominator //= prime
            places += 1
    if denominator != 1:
        return str(value)
    digits = abs(value.numerator) * 10**places // value.denominator
    whole, rest = divmod(digits, 10**places)
    text = f"{whole}.{str(rest).zfill(places)}".rstrip("0").rstrip(".") if places else str(whole)
    return f"-{text}" if value < 0 else text
