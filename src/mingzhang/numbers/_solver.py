"""The integer program behind controlled rounding: which figures of one group go up. Searches, never decides."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import accumulate

from mingzhang.numbers.highs import quiet_solver

_NODES = 2_000
"""Branch-and-bound nodes, not seconds: the same input gives the same output on a slow machine."""


@dataclass(frozen=True, slots=True)
class Row:
    """One sum over the columns of a group: Σ coefficient × up = wanted, each up being 0 or 1."""

    coefficients: dict[int, int]
    wanted: int

    def holds(self, up: Sequence[int] | Mapping[int, int]) -> bool:
        """Whether the sum holds for a choice, by column."""
        return (
            sum(coefficient * up[column] for column, coefficient in self.coefficients.items()) == self.wanted
        )


def solve(rows: Sequence[Row], half_up: Sequence[int], deviation: Sequence[float]) -> dict[int, int]:
    """Up or down for each column of the rows, so that all rows hold if that is possible.

    `deviation` is what going up rather than down adds to the total deviation of a column; `half_up` breaks ties.
    Where not all rows can hold, rows are taken in the given order and those that cannot join the earlier ones
    are given up: an impossibility is seen quickly, while the fewest misses would be slow to find.
    """
    columns = sorted({column for row in rows for column in row.coefficients})
    costs = [deviation[column] + (0.5 - half_up[column]) * 1e-6 for column in columns]
    kept: list[Row] = []
    rest = list(rows)
    found = _run(rest, columns, costs)
    while found is None:
        low, high = 0, len(rest)  # rest[:low] can join what is kept, rest[:high] cannot
        while high - low > 1:
            middle = (low + high) // 2
            if _run([*kept, *rest[:middle]], columns, costs) is None:
                high = middle
            else:
                low = middle
        kept, rest = [*kept, *rest[:low]], rest[high:]
        found = _run([*kept, *rest], columns, costs)
    return dict(zip(columns, found, strict=True))


def _run(rows: Sequence[Row], columns: Sequence[int], costs: Sequence[float]) -> list[int] | None:
    """One run of the solver: a choice by which all the rows hold, or None where none was found."""
    import highspy

    place = {column: index for index, column in enumerate(columns)}
    program = highspy.HighsLp()
    program.num_col_, program.num_row_ = len(columns), len(rows)
    program.col_cost_ = list(costs)
    program.col_lower_ = [0.0] * len(columns)
    program.col_upper_ = [1.0] * len(columns)
    program.integrality_ = [highspy.HighsVarType.kInteger] * len(columns)
    program.row_lower_ = program.row_upper_ = [float(row.wanted) for row in rows]
    program.a_matrix_.format_ = highspy.MatrixFormat.kRowwise
    program.a_matrix_.start_ = [0, *accumulate(len(row.coefficients) for row in rows)]
    program.a_matrix_.index_ = [place[column] for row in rows for column in row.coefficients]
    program.a_matrix_.value_ = [float(entry) for row in rows for entry in row.coefficients.values()]
    solver = quiet_solver()
    solver.setOptionValue("mip_max_nodes", _NODES)
    solver.setOptionValue("mip_rel_gap", 0.001)
    solver.passModel(program)
    solver.run()
    if solver.getInfo().primal_solution_status != highspy.SolutionStatus.kSolutionStatusFeasible:
        return None
    chosen = [round(value) for value in solver.getSolution().col_value]
    up = dict(zip(columns, chosen, strict=True))
    return chosen if all(row.holds(up) for row in rows) else None
