"""The money of goals (资金): adjusted budget and what was spent, of a project with its sub-projects or of the whole.

Amounts come from the cube: the adjusted budget where a budget is kept for the project, carry-over included.
"""

from __future__ import annotations

from fractions import Fraction

from mingzhang.compose.self_evaluation import Money
from mingzhang.facts import Cell, Coordinate, FactStore
from mingzhang.records.models import Goals

_PARTS = (
    ("本年财政拨款", "expenditure[fund=fiscal{}]"),
    ("其他资金", "expenditure[fund=nonfiscal{}]"),
)


def money_of(goals: Goals, store: FactStore) -> tuple[Fraction, Fraction]:
    """(adjusted budget, executed) in yuan; a budget that is not known counts as nothing."""
    whole = cell_of(goals)
    return _value(goals, store, f"{whole}#adjusted_budget"), _value(goals, store, whole)


def parts_of(goals: Goals, store: FactStore) -> tuple[Money, ...]:
    """The rows that the form shows: basic and project expenditure of the whole, sources of money of a project."""
    if goals.project is None:
        return tuple(
            _money(goals, store, name, f"expenditure[nature={nature}]")
            for name, nature in (("基本支出", "basic"), ("项目支出", "project"))
        )
    return tuple(
        _money(goals, store, name, cell.format(f",project={goals.project.code}")) for name, cell in _PARTS
    )


def cell_of(goals: Goals) -> str:
    """The cell of the cube that the money of goals is."""
    return "expenditure" if goals.project is None else f"expenditure[project={goals.project.code}]"


def _money(goals: Goals, store: FactStore, name: str, cell: str) -> Money:
    return Money(
        name,
        _value(goals, store, f"{cell}#initial_budget"),
        _value(goals, store, f"{cell}#adjusted_budget"),
        _value(goals, store, cell),
        cell,
    )


def _value(goals: Goals, store: FactStore, cell: str) -> Fraction:
    coordinate: Coordinate = Cell.parse(cell).at(goals.entity.code, str(goals.year))
    return store.value(coordinate) or Fraction(0)
