"""Controlled rounding: printed figures, each within one last digit of its exact value, that add up everywhere.

Rounding every figure half-up, by itself, leaves tails (尾差): printed parts need not add to the printed total.
Here each figure may be rounded down or up, and the choice is made for all of them together, so that every given
sum holds on the printed figures, with the least total deviation. Figures that need no rounding stay as they are.

The sums tie figures into groups. A group whose half-up figures already add up is done; for the others a small
integer program is solved (HiGHS), with one yes/no per figure: up or down. The program only searches; what it
returns is checked in integers. Cox, L. H. (1987), A constructive procedure for unbiased controlled rounding,
JASA 82; beyond two-way tables a solution need not exist, then sums are given up in turn, the last given first.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from math import lcm
from typing import Generic, TypeVar

from mingzhang.numbers import _solver
from mingzhang.numbers.interval import Exact
from mingzhang.numbers.rounding import round_half_up

Key = TypeVar("Key", bound=Hashable)


@dataclass(frozen=True, slots=True)
class Infeasible(Generic[Key]):
    """No printing was found in which every sum holds.

    `untrue` are the places, in the given sums, of those whose exact values do not add up: they were left out.
    `broken` are those that could not be kept in print beside the sums given before them. In `values` all others hold.
    """

    values: dict[Key, Decimal]
    untrue: tuple[int, ...]
    broken: tuple[int, ...]
    totals: tuple[Key, ...]
    """The totals of all these sums, each once."""


def controlled_rounding(
    values: Mapping[Key, Fraction],
    sums: Sequence[tuple[Key, Mapping[Key, int]]],
    places: int,
    scale: Exact = 1,
) -> dict[Key, Decimal] | Infeasible[Key]:
    """Round all values to `places` decimals so that every sum holds on the results.

    `values` are exact, in base units; the results are in units of `scale` base units (10000: 元 in, 万元 out).
    Each sum says total = Σ coefficient × part; figures may stand in any number of sums. Put the sums that matter
    most first: where not all can hold in print, later ones give way.

    >>> exact = {"total": Fraction(1), "a": Fraction(1, 3), "b": Fraction(1, 3), "c": Fraction(1, 3)}
    >>> rounded = controlled_rounding(exact, [("total", {"a": 1, "b": 1, "c": 1})], places=1)
    >>> sorted(map(str, rounded.values()))
    ['0.3', '0.3', '0.4', '1.0']
    """
    grid = Fraction(10**places) / Fraction(scale)
    exact = {key: Fraction(value) * grid for key, value in values.items()}
    down = {key: value.numerator // value.denominator for key, value in exact.items()}
    free = {
        key: number for number, key in enumerate(key for key, value in exact.items() if value.denominator > 1)
    }
    rows, untrue = _rows(exact, sums)
    up = [_half_up(exact[key]) - down[key] for key in free]
    deviation = [1 - 2 * float(exact[key] - down[key]) for key in free]
    group_rows = _group(
        {
            place: _solver.Row(
                {free[key]: coefficient for key, coefficient in row.items() if key in free},
                -sum(coefficient * down[key] for key, coefficient in row.items()),
            )
            for place, row in rows.items()
        }
    )
    broken: list[int] = []
    for group in group_rows:
        if all(row.holds(up) for row in group.values()):
            continue
        found = _solver.solve(list(group.values()), up, deviation)
        for column, chosen in found.items():
            up[column] = chosen
        broken += [place for place, row in group.items() if not row.holds(up)]
    results = {
        key: round_half_up(Fraction(down[key] + (up[free[key]] if key in free else 0), 10**places), places)
        for key in exact
    }
    if not untrue and not broken:
        return results
    totals = dict.fromkeys(sums[place][0] for place in sorted([*untrue, *broken]))
    return Infeasible(results, untrue, tuple(sorted(broken)), tuple(totals))


def _half_up(value: Fraction) -> int:
    return int(round_half_up(value, 0))


def _rows(
    exact: Mapping[Key, Fraction], sums: Sequence[tuple[Key, Mapping[Key, int]]]
) -> tuple[dict[int, dict[Key, int]], tuple[int, ...]]:
    """The sums as Σ coefficient × value = 0, by place; and the places of those that are not true."""
    common = lcm(*(value.denominator for value in exact.values()))
    whole = {key: value.numerator * (common // value.denominator) for key, value in exact.items()}
    rows, untrue = {}, []
    for place, (total, parts) in enumerate(sums):
        row: defaultdict[Key, int] = defaultdict(int, parts)
        row[total] -= 1
        if sum(coefficient * whole[key] for key, coefficient in row.items()):
            untrue.append(place)
        else:
            rows[place] = {key: coefficient for key, coefficient in row.items() if coefficient}
    return rows, tuple(untrue)


def _group(rows: Mapping[int, _solver.Row]) -> Iterator[dict[int, _solver.Row]]:
    """Rows that share figures, directly or through others, together."""
    leader: dict[int, int] = {}

    def lead(column: int) -> int:
        while leader.setdefault(column, column) != column:
            leader[column] = leader[leader[column]]
            column = leader[column]
        return column

    for row in rows.values():
        columns = list(row.coefficients)
        for column in columns[1:]:
            leader[lead(column)] = lead(columns[0])
    groups: dict[int, dict[int, _solver.Row]] = defaultdict(dict)
    for place, row in rows.items():
        if row.coefficients:
            groups[lead(next(iter(row.coefficients)))][place] = row
    yield from groups.values()
