"""A reading: what a report says, as statements, claims and ties, with everything that was not understood."""

from __future__ import annotations

from dataclasses import dataclass, field

from mingzhang.documents import Document, Problem
from mingzhang.facts import Claim, Statement, Tie


@dataclass(frozen=True)
class Reading:
    """One report read. `ties` are those that its own words and rows state; the structure's follow from coordinates.

    `blank_rows` are coordinates of table rows that stand in print without a figure. `empty_forms` are names of
    the edition's tables that are printed without any figure, `unreadable_forms` those of which only a caption or
    heading could be read, as where the table is a picture.
    """

    document: Document
    statements: tuple[Statement, ...] = ()
    claims: tuple[Claim, ...] = ()
    ties: tuple[Tie, ...] = ()
    blank_rows: frozenset[str] = frozenset()
    empty_forms: frozenset[str] = frozenset()
    unreadable_forms: frozenset[str] = frozenset()
    problems: tuple[Problem, ...] = field(default=(), repr=False)
