"""District totals (全区汇总): main figures of every department side by side and their sum, spending by function, money by source.

What departments pay each other is not taken out: each department's own figures are added.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from threading import Lock

from django.db import connection

from mingzhang.facts import Cell, FactStore
from mingzhang.records.district.totals import CONCEPTS
from mingzhang.records.key_figures import STATED, Kind
from mingzhang.records.live import states_of
from mingzhang.records.models import Entity
from mingzhang.records.organisation import Organisation
from mingzhang.records.points import fact_store

NATURES = ("basic", "project")
_EXPENDITURE = Cell.parse("expenditure")
_FUNDS = ("general_public_budget", "government_managed_funds", "state_capital_operations", "nonfiscal")


@dataclass(frozen=True, slots=True)
class Line:
    """One row of a table: code, name, amounts in yuan (or counts), None where nothing states them."""

    code: str
    name: str
    values: tuple[Fraction | None, ...]


@dataclass(frozen=True, slots=True)
class Summary:
    """The tables of a district's year. `kinds` head the columns of `departments`; the sums stand in `whole`."""

    kinds: tuple[Kind, ...]
    departments: tuple[tuple[Entity, Line], ...]
    whole: Line
    functions: tuple[Line, ...]
    funds: tuple[Line, ...]
    without: tuple[Entity, ...]
    """Departments that state neither revenue nor expenditure of this year."""


@dataclass(frozen=True, slots=True)
class _Figures:
    """What one department states: main figures, (total, basic, project) by 类, revenue and expenditure by fund."""

    main: tuple[Fraction | None, ...]
    functions: dict[str, tuple[str, tuple[Fraction, ...]]]
    funds: dict[str, tuple[str, tuple[Fraction, ...]]]


_LOCK = Lock()
_KNOWN: dict[tuple[str, str, int], tuple[str, _Figures | None]] = {}
"""Figures by book, code and year, with the state of the books they are of."""


def summary(departments: Sequence[Entity], year: int) -> Summary:
    """The tables; a department is computed anew only where its trail has moved since."""
    heads = states_of(departments, Organisation())
    place = str(connection.settings_dict["NAME"])
    found: list[tuple[Entity, _Figures]] = []
    without = []
    for department in departments:
        key = (place, department.code, year)
        with _LOCK:
            known = _KNOWN.get(key)
        if known is None or known[0] != heads[department.pk]:
            known = (heads[department.pk], _figures(department, year))
            with _LOCK:
                _KNOWN[key] = known
        if known[1] is None:
            without.append(department)
        else:
            found.append((department, known[1]))
    lines = tuple(
        (department, Line(department.code, department.short_name or department.name, figures.main))
        for department, figures in found
    )
    columns = zip(*(figures.main for _, figures in found), strict=True)
    whole = tuple(_added(column) for column in columns) or (None,) * len(STATED)
    return Summary(
        STATED,
        lines,
        Line("", "合计", whole),
        _gathered(figures.functions for _, figures in found),
        _gathered(figures.funds for _, figures in found),
        tuple(without),
    )


def _added(values: Sequence[Fraction | None]) -> Fraction | None:
    known = [value for value in values if value is not None]
    return sum(known, Fraction(0)) if known else None


def _gathered(tables) -> tuple[Line, ...]:
    """The sums of the departments' tables, by code."""
    names: dict[str, str] = {}
    sums: dict[str, tuple[Fraction, ...]] = {}
    for table in tables:
        for code, (name, values) in table.items():
            names[code] = name
            before = sums.get(code, (Fraction(0),) * len(values))
            sums[code] = tuple(one + other for one, other in zip(before, values, strict=True))
    return tuple(Line(code, names[code], sums[code]) for code in sorted(sums))


def _figures(department: Entity, year: int) -> _Figures | None:
    store = fact_store(department.code, [year])
    code, period = department.code, str(year)

    def value(text: str) -> Fraction | None:
        return store.value(Cell.parse(text).at(code, period))

    main = tuple(
        next(
            (found for cell in kind.cells if (found := store.value(cell.at(code, period))) is not None), None
        )
        for kind in STATED
    )
    if all(value(concept) is None for concept in CONCEPTS):
        return None
    functions = {
        each: (
            _label(store, "function", each),
            tuple(
                value(f"expenditure[function={each}{nature}]") or Fraction(0)
                for nature in ("", *(f",nature={name}" for name in NATURES))
            ),
        )
        for each in store.codes(_EXPENDITURE, "function", code, period)
        if len(each) == 3
    }
    funds = {
        each: (
            _label(store, "fund", each),
            tuple(value(f"{concept}[fund={each}]") or Fraction(0) for concept in CONCEPTS),
        )
        for each in _FUNDS
    }
    return _Figures(main, functions, {each: row for each, row in funds.items() if any(row[1])})


def _label(store: FactStore, dimension: str, code: str) -> str:
    return store.vocabulary.dimensions[dimension].label(code)
