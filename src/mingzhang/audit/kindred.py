"""Reports of one body and what must hold between them: what a year carries over, units within their department."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from itertools import groupby

from mingzhang.facts import ACTUAL, Coordinate, Statement, Tie


@dataclass(frozen=True, slots=True)
class Report:
    """One report of several: `label` tells it from the others, `text` is what it says, `budget` whether it is a budget."""

    label: str
    department: str
    year: int
    statements: tuple[Statement, ...]
    partial_contexts: frozenset[str] = frozenset()
    text: str = ""
    budget: bool = False


def carried_over(statements: Sequence[Statement]) -> Iterator[Tie]:
    """What one year's report carries over at its end, the next one's has at its beginning."""
    printed = {each.coordinate: each for each in reversed(statements) if not each.approximate}
    for at in printed:
        if at.concept == "opening_balance" and at.measure == ACTUAL and at.period.isdecimal():
            closing = replace(at, concept="closing_balance", period=str(int(at.period) - 1))
            if closing in printed:
                yield Tie(
                    "carried_over",
                    "sum",
                    ((Fraction(-1), str(at)), (Fraction(1), str(closing))),
                    chinese="年初结转和结余等于上年年末结转和结余",
                    basis="年初数＝上年年末数，调整的应在说明中写明",
                )


def sums_of_units(reports: Sequence[Report], statements: Sequence[Statement]) -> Iterator[Tie]:
    """A department's appropriations are at least its units' together, and equal where the units are all there.

    Which payments between units were set off is known only to the department: figures of all sources are left out.
    """
    printed: dict[str, dict[Coordinate, Statement]] = defaultdict(dict)
    for statement in statements:
        at = statement.coordinate
        if at.measure == ACTUAL and statement.source == "table" and not statement.approximate:
            printed[f"{at.entity}/{at.period}"].setdefault(at, statement)
    finals = [each for each in reports if not each.budget and each.department]
    finals.sort(key=lambda each: each.year)
    for year, same_year in groupby(finals, key=lambda each: each.year):
        group = sorted(
            {each.department: each for each in same_year}.values(),
            key=lambda each: _spent(each, printed[f"{each.department}/{year}"]),
            reverse=True,
        )
        taken: set[str] = set()
        for whole in group:
            units = [each for each in group if each.department not in taken and _belongs(each, whole)]
            if units and whole.department not in taken:
                taken.update(each.department for each in units)
                yield from _sums(whole, units, printed, str(year))


def _spent(report: Report, printed: Mapping[Coordinate, Statement]) -> Fraction:
    """Its total expenditure, 0 where it is not printed: the whole spends more than its units."""
    total = printed.get(Coordinate("expenditure", (), report.department, str(report.year)))
    return total.fact.interval.high if total else Fraction(0)


def _belongs(unit: Report, whole: Report) -> bool:
    """Whether the department's report names the unit as its own, and not the unit's the department as its."""
    mine, theirs = unit.department, whole.department
    if mine == theirs:
        return False
    if mine.startswith(theirs):
        return True
    return not theirs.startswith(mine) and mine in whole.text and len(mine) >= len(theirs)


def _sums(
    whole: Report, units: Sequence[Report], printed: dict[str, dict[Coordinate, Statement]], year: str
) -> Iterator[Tie]:
    total = printed[f"{whole.department}/{year}"]
    parts = [printed[f"{unit.department}/{year}"] for unit in units]
    complete = _complete(whole, units, total, parts)
    for at in total:
        if at.get("fund") is None:
            continue
        found = [
            part.get(replace(at, entity=unit.department)) for unit, part in zip(units, parts, strict=True)
        ]
        own = [str(each.coordinate) for each in found if each]
        if own:
            equal = complete and len(own) == len(units)
            yield Tie(
                "units",
                "sum",
                ((Fraction(-1), str(at)), *((Fraction(1), name) for name in own)),
                comparison="equals" if equal else "at_most",
                chinese="等于所属各单位之和" if equal else "不小于所属单位之和",
                basis="部门决算由本级和所属单位决算汇总",
            )


def _complete(
    whole: Report,
    units: Sequence[Report],
    total: dict[Coordinate, Statement],
    parts: Sequence[dict[Coordinate, Statement]],
) -> bool:
    """Whether the units are all of the department's: their total expenditures add up to its."""
    at = Coordinate("expenditure", (), whole.department, str(whole.year))
    found = [part.get(replace(at, entity=unit.department)) for unit, part in zip(units, parts, strict=True)]
    if at not in total or not all(found):
        return False
    sum_ = total[at].fact.interval
    for each in found:
        if each:
            sum_ = sum_ - each.fact.interval
    return sum_.contains(0)
