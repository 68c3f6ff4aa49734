"""A concept: what is measured."""

from __future__ import annotations

from dataclasses import dataclass

from mingzhang.numbers import Unit


@dataclass(frozen=True, slots=True)
class Concept:
    """One thing that records or reports give figures for.

    `dimensions` are the names of the dimensions a coordinate of this concept may state; `part_of` names the
    concept of which this one is a part, so that the parts add up to the whole; `flow` concepts belong to a
    year, stocks to its last (or first) day. `source_ids` are the ids of the same thing in outside lists.
    """

    name: str
    chinese: str
    unit: Unit
    meaning: str
    source: str
    dimensions: tuple[str, ...] = ()
    part_of: str | None = None
    flow: bool = True
    source_ids: tuple[str, ...] = ()
