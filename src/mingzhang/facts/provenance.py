"""Provenance: where a fact came from — records, a derivation, a workbook cell, or a place in a document."""

from __future__ import annotations

from dataclasses import dataclass

from mingzhang.facts.coordinate import Coordinate


@dataclass(frozen=True, slots=True)
class Records:
    """A query over the department's own records: which register or ledger, and how many rows it took."""

    register: str
    query: str
    rows: int = 0


@dataclass(frozen=True, slots=True)
class Derivation:
    """An operation (`sum`, `difference`, `ratio`) over other coordinates."""

    operation: str
    inputs: tuple[Coordinate, ...]


@dataclass(frozen=True, slots=True)
class SheetCell:
    """A cell of an imported workbook."""

    file: str
    sheet: str
    cell: str


@dataclass(frozen=True, slots=True)
class PrintedAt:
    """A place in a document: page (from 1), character offsets, and the box in points where the page has one."""

    document: str
    page: int | None
    start: int
    end: int
    box: tuple[float, float, float, float] | None = None


Provenance = Records | Derivation | SheetCell | PrintedAt
