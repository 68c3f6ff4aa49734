"""The ties of a report as one linear system: whether exact values exist, and if not, why.

HiGHS searches in floating point; a claim that no values exist is proved in fractions (`Proof`): a combination of the
ties whose sum cannot be zero whatever the figures are within their intervals (Farkas' lemma).
"""

from __future__ import annotations

import math
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import accumulate

from mingzhang.audit.linear import ANYWHERE, FAR, ONE
from mingzhang.facts import Tie, Variable
from mingzhang.numbers import Interval
from mingzhang.numbers.highs import quiet_solver

_SCALE = 10_000
"""Amounts are searched in 万元, so that they and the ratios are of like size."""
_NOTHING = 1e-9
_FAR = float(FAR) / _SCALE
BUDGET = Interval(Fraction(0), FAR)
_BUDGETS = ("#initial_budget", "#adjusted_budget")


@dataclass(frozen=True, slots=True)
class Row:
    """One side of one tie: Σ coefficient × variable ≤ 0, or = 0."""

    tie: Tie
    coefficients: Mapping[Variable, Fraction]
    equals: bool


@dataclass(frozen=True, slots=True)
class Proof:
    """Ties and figures that cannot all be true; without any one figure the ties could hold."""

    ties: tuple[Tie, ...]
    variables: tuple[Variable, ...]


def rows_of(tie: Tie, ratio: Callable[[Variable], Interval | None]) -> list[Row]:
    """The rows of a tie; a ratio whose figure is free (None) bounds nothing."""
    if tie.ratio is None:
        terms = {variable: factor for factor, variable in tie.terms}
        return [Row(tie, terms, tie.comparison == "equals")]
    stated = ratio(tie.ratio)
    if stated is None:
        return []
    multiple = ONE + stated if tie.kind == "growth" else stated
    (times, own), (divided, base) = tie.terms
    if own == base:
        return []
    return [
        Row(tie, {own: times, base: -divided * multiple.high}, False),
        Row(tie, {own: -times, base: divided * multiple.low}, False),
    ]


@dataclass(frozen=True)
class System:
    """Ties, with the interval of every variable that is printed or otherwise bounded; the others are free."""

    ties: Sequence[Tie]
    bounds: Mapping[Variable, Interval]

    def without(self, variables: Collection[Variable]) -> System:
        """The same ties with these figures free to be anything."""
        return System(
            self.ties, {name: bound for name, bound in self.bounds.items() if name not in variables}
        )

    def _rows(self) -> list[Row]:
        return [row for tie in self.ties for row in rows_of(tie, self.bounds.get)]

    def solvable(self) -> bool:
        """Whether the search finds values that make all ties true."""
        return self._solve(self._rows())[0] is not None

    def reach(self, name: Variable) -> Interval:
        """Between which values a variable lies when all ties are true, as far as the search can tell."""
        rows = self._rows()
        ends = [self._solve(rows, {name: cost})[0] for cost in (1.0, -1.0)]
        found = [Fraction(round(end[name] * 10**7), 10**7) * _SCALE for end in ends if end and name in end]
        return Interval(min(found), max(found)) if len(found) == len(ends) else ANYWHERE

    def conflict(self) -> Proof | None:
        """A smallest set of ties and figures that contradict each other, proved; None where none was found."""
        found = self._proved(self._rows())
        if found is None:
            return None
        kept = set(found.variables)
        for name in sorted(found.variables):
            smaller = System(found.ties, {each: self.bounds[each] for each in kept - {name}})
            if proof := smaller._proved(smaller._rows()):
                found, kept = proof, set(proof.variables)
        return found

    def _proved(self, rows: Sequence[Row]) -> Proof | None:
        values, ray = self._solve(rows)
        if values is not None or not ray:
            return None
        for sign in (1, -1):
            weights = [Fraction(sign * weight) if abs(weight) > _NOTHING else Fraction(0) for weight in ray]
            if proof := self._certified(rows, weights):
                return proof
        return None

    def _certified(self, rows: Sequence[Row], weights: Sequence[Fraction]) -> Proof | None:
        """Whether Σ weight × row, at most 0 in truth, is above 0 for all values in the intervals."""
        total: dict[Variable, Fraction] = {}
        used: dict[int, Tie] = {}
        figures: dict[Variable, None] = {}
        for row, weight in zip(rows, weights, strict=True):
            if not weight or (weight < 0 and not row.equals):
                continue
            used[id(row.tie)] = row.tie
            if row.tie.ratio:
                figures[row.tie.ratio] = None
            for name, factor in row.coefficients.items():
                total[name] = total.get(name, Fraction(0)) + weight * factor
        least = Fraction(0)
        for name, factor in total.items():
            if not factor:
                continue
            bound = self._within(name)
            least += min(factor * bound.low, factor * bound.high)
            if abs(factor) > Fraction(1, 10**7) and name in self.bounds:
                figures[name] = None
        return Proof(tuple(used.values()), tuple(figures)) if least > 0 else None

    def _solve(
        self, rows: Sequence[Row], costs: Mapping[Variable, float] | None = None
    ) -> tuple[dict[Variable, float] | None, list[float]]:
        """Values, the cheapest where costs are given, or the multipliers of the rows that show there are none."""
        import highspy

        names = list(dict.fromkeys(name for row in rows for name in row.coefficients))
        place = {name: index for index, name in enumerate(names)}
        program = highspy.HighsLp()
        program.num_col_, program.num_row_ = len(names), len(rows)
        program.col_cost_ = [(costs or {}).get(name, 0.0) for name in names]
        ends = [_ends(self._within(name)) for name in names]
        program.col_lower_, program.col_upper_ = [low for low, _ in ends], [high for _, high in ends]
        program.row_lower_ = [0.0 if row.equals else -highspy.kHighsInf for row in rows]
        program.row_upper_ = [0.0] * len(rows)
        program.a_matrix_.format_ = highspy.MatrixFormat.kRowwise
        program.a_matrix_.start_ = [0, *accumulate(len(row.coefficients) for row in rows)]
        program.a_matrix_.index_ = [place[name] for row in rows for name in row.coefficients]
        program.a_matrix_.value_ = [float(each) for row in rows for each in row.coefficients.values()]
        solver = quiet_solver()
        solver.setOptionValue("presolve", "off")
        solver.passModel(program)
        solver.run()
        if solver.getModelStatus() == highspy.HighsModelStatus.kInfeasible:
            return None, _ray(solver, len(rows))
        if solver.getModelStatus() != highspy.HighsModelStatus.kOptimal:
            return (None if costs else {}), []  # unbounded, or given up: nothing is claimed
        return dict(zip(names, solver.getSolution().col_value, strict=True)), []

    def _within(self, name: Variable) -> Interval:
        """Where a variable may lie: as printed, or anywhere; a budget is never negative."""
        return self.bounds.get(name) or (BUDGET if name.endswith(_BUDGETS) else ANYWHERE)


def _ends(interval: Interval) -> tuple[float, float]:
    low, high = interval.floats(_SCALE)
    return (low if low > -_FAR else -math.inf), (high if high < _FAR else math.inf)


def _ray(solver: object, count: int) -> list[float]:
    found = solver.getDualRay()  # type: ignore[attr-defined]
    values = list(found[-1]) if len(found) > 1 and found[-1] is not None else []
    return [float(value) for value in values] if len(values) == count else []


def system(ties: Iterable[Tie], bounds: Mapping[Variable, Interval]) -> System:
    """The system of these ties with the bounds of the variables they speak of."""
    kept = tuple(ties)
    names = {name for tie in kept for name in tie.variables}
    return System(kept, {name: bounds[name] for name in names if name in bounds})
