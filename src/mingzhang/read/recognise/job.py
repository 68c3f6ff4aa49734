"""A table to be read, with everything that is known of it before its first figure."""

from __future__ import annotations

from dataclasses import dataclass

from mingzhang.facts import Measure
from mingzhang.numbers import Unit
from mingzhang.read.recognise.grid import Grid
from mingzhang.read.recognise.kinds import Kind
from mingzhang.read.recognise.shape import Shape


@dataclass(frozen=True, slots=True)
class TableJob:
    """One table: its grid and shape, what kind it is, how its money counts, its title for messages.

    `budget` is the budget that its bare 预算数 means.
    """

    grid: Grid
    shape: Shape
    kind: Kind
    unit: Unit
    title: str
    budget: Measure
