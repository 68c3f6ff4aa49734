"""The memo registers (备查簿), one definition each: the table it is, the days that place its rows, the columns of its list."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Model, Q, QuerySet

from mingzhang.catalogue.loading import vocabulary
from mingzhang.records.imports.fields import Field, Kind
from mingzhang.records.imports.kinds import KINDS
from mingzhang.records.imports.registers import Register
from mingzhang.records.models import Entity
from mingzhang.records.register_rows import REGISTER_FIGURES, RegisterFigure, Row


@dataclass(frozen=True, slots=True)
class Book:
    """One register. `begins` is the field of the day a row speaks of or begins; `ends`, where there is one, of the day it goes."""

    name: str
    begins: str
    ends: str = ""

    @property
    def kind(self) -> Kind:
        """Its import table."""
        return KINDS[self.name]

    @property
    def chinese(self) -> str:
        """Its name."""
        return self.kind.chinese

    @property
    def taker(self) -> Register:
        """How its rows are checked and what names a row."""
        found: Register = self.kind.take
        return found

    @property
    def model(self) -> type[Model]:
        """The table of its rows."""
        return self.taker.model

    @property
    def fields(self) -> tuple[Field, ...]:
        """Its fields but the unit, which the page knows."""
        return tuple(entry for entry in self.kind.fields if entry.name != "entity")

    def rows(self, units: Iterable[Entity], year: int, which: str) -> QuerySet[Model]:
        """Its rows, newest first: `held` on 31 December, those of the `year`, or `all`."""
        found = self.model._default_manager.filter(entity__in=list(units)).select_related("entity")
        first, last = date(year, 1, 1), date(year, 12, 31)
        if which == "held" and self.ends:
            found = found.filter(
                Q(**{f"{self.ends}__isnull": True}) | Q(**{f"{self.ends}__gt": last}),
                **{f"{self.begins}__lte": last},
            )
        elif which == "year":
            within = Q(**{f"{self.begins}__range": (first, last)})
            if self.ends:
                within |= Q(**{f"{self.ends}__range": (first, last)})
            found = found.filter(within)
        return found.order_by(f"-{self.begins}", "-id")

    @property
    def views(self) -> tuple[tuple[str, str], ...]:
        """Which rows may be asked for, the usual ones first."""
        held = (("held", "年末在用"),) if self.ends else ()
        return (*held, ("year", "本年增减" if self.ends else "本年"), ("all", "全部年度"))


REGISTERS = {
    book.name: book
    for book in (
        Book("vehicles", "acquired_on", "disposed_on"),
        Book("equipment", "acquired_on", "disposed_on"),
        Book("contracts", "signed_on"),
        Book("receptions", "on"),
        Book("trips", "on"),
        Book("staff", "on"),
    )
}
"""All registers by name."""


@dataclass(frozen=True, slots=True)
class Counted:
    """A figure that the report takes from a register: its name, its value (fen where `in_fen`), and its parts by name."""

    concept: str
    chinese: str
    value: int
    in_fen: bool
    unit: str
    parts: tuple[tuple[str, int], ...] = ()


def counted(book: Book, units: Iterable[Entity], year: int) -> list[Counted]:
    """What the report of a year counts in a register."""
    words = vocabulary(year)
    rows: list[Row] = list(book.model._default_manager.filter(entity__in=list(units)))
    found = []
    for figure in REGISTER_FIGURES:
        if figure.model is not book.model:
            continue
        concept = words.concepts[figure.concept]
        wanted = [row for row in rows if figure.wanted(row, year)]
        parts = _parts(figure, wanted, words.dimensions[figure.dimension].names) if figure.dimension else ()
        total = sum(figure.amount(row) for row in wanted)
        found.append(Counted(figure.concept, concept.chinese, total, figure.in_fen, str(concept.unit), parts))
    return found


def _parts(figure: RegisterFigure, rows: Iterable[Row], names: dict[str, str]) -> tuple[tuple[str, int], ...]:
    sums: dict[str, int] = {}
    for row in rows:
        code = getattr(row, figure.by)
        sums[code] = sums.get(code, 0) + figure.amount(row)
    order = [*names, *sorted(sums.keys() - names.keys())]
    return tuple((names.get(code, code), sums[code]) for code in order if code in sums)
