"""Rows of registers as lists show them: words for codes, amounts with separators."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import Model, QuerySet
from django.http import Http404

from mingzhang.portal.access import Here
from mingzhang.portal.downloads import Cell as FileCell
from mingzhang.portal.downloads import yuan
from mingzhang.portal.environment import money
from mingzhang.records.imports.fields import Field
from mingzhang.records.keeping.fields import typed
from mingzhang.records.keeping.registers import REGISTERS, Book
from mingzhang.records.models import Entity


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell of a list."""

    text: str
    is_number: bool = False


def book_named(register: str) -> Book:
    """The register of an address; Http404 where there is none."""
    if register not in REGISTERS:
        raise Http404(f"没有备查簿“{register}”")
    return REGISTERS[register]


def units_here(here: Here) -> list[Entity]:
    """The units whose rows the page shows."""
    assert here.entity is not None
    return here.entity.units(here.access.organisation.entities)


def cells(book: Book, row: Model) -> list[Cell]:
    """A row of the list."""
    return [cell(entry, getattr(row, entry.name)) for entry in book.fields]


def cells_of_content(book: Book, content: Mapping[str, Any]) -> list[Cell]:
    """The same of a row that only the trail still knows."""
    return [cell(entry, content.get(entry.name)) for entry in book.fields]


def exported(book: Book, rows: QuerySet[Model]) -> Iterator[tuple[FileCell, ...]]:
    """Rows for a file: numbers as numbers."""
    for row in rows.iterator(chunk_size=1000):
        values = [(entry, getattr(row, entry.name)) for entry in book.fields]
        yield (
            row.entity.name,
            *(yuan(value) if entry.number else _file_cell(entry, value) for entry, value in values),
        )


def _file_cell(entry: Field, value: Any) -> FileCell:
    return value if type(value) is int else typed(entry, value)


def cell(entry: Field, value: Any) -> Cell:
    """One value."""
    if entry.number:
        return Cell(money(value), True)
    return Cell(typed(entry, value), isinstance(value, int) and not isinstance(value, bool))
