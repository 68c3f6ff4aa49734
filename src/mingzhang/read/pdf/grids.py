"""Ruling lines → grids of cells with spans: a missing rule between two places of the grid makes them one cell."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from mingzhang.read.pdf.rules import Rule, Rules

_NEAR = 3.0
_MOST_RULES = 1_500
_MOST_PLACES = 40_000


@dataclass(frozen=True, slots=True)
class Spot:
    """A cell of a grid: its row and column, how many of each it spans."""

    row: int
    column: int
    rows: int
    columns: int


@dataclass(frozen=True, slots=True)
class Ruled:
    """A ruled table: the positions of its rules from left to right and top to bottom, and its cells."""

    xs: tuple[float, ...]
    ys: tuple[float, ...]
    spots: tuple[Spot, ...]
    owner: dict[tuple[int, int], Spot]

    @property
    def area(self) -> float:
        """The area it covers, in square points."""
        return (self.xs[-1] - self.xs[0]) * (self.ys[-1] - self.ys[0])


def ruled_tables(rules: Rules) -> list[Ruled]:
    """The tables that the rules of a page draw, from the top; boxes with a single cell are none."""
    horizontal, vertical = list(rules.horizontal[:_MOST_RULES]), list(rules.vertical[:_MOST_RULES])
    found = [table for across, down in _groups(horizontal, vertical) if (table := _ruled(across, down))]
    return sorted(found, key=lambda table: (table.ys[0], table.xs[0]))


def _groups(horizontal: Sequence[Rule], vertical: Sequence[Rule]) -> list[tuple[list[Rule], list[Rule]]]:
    """Rules that cross or touch, directly or by way of others."""
    parent = list(range(len(horizontal) + len(vertical)))

    def root(at: int) -> int:
        while parent[at] != at:
            parent[at] = parent[parent[at]]
            at = parent[at]
        return at

    for down, rule in enumerate(vertical):
        for across, other in enumerate(horizontal):
            if (
                other.start - _NEAR <= rule.at <= other.end + _NEAR
                and rule.start - _NEAR <= other.at <= rule.end + _NEAR
            ):
                parent[root(len(horizontal) + down)] = root(across)
    groups: dict[int, tuple[list[Rule], list[Rule]]] = {}
    for at, rule in enumerate([*horizontal, *vertical]):
        across_down = groups.setdefault(root(at), ([], []))
        across_down[at >= len(horizontal)].append(rule)
    return [group for group in groups.values() if group[0] and group[1]]


def _ruled(horizontal: list[Rule], vertical: list[Rule]) -> Ruled | None:
    if len(horizontal) < 2:
        return None
    xs, ys = _positions(vertical), _positions(horizontal)
    left, right = min(rule.start for rule in horizontal), max(rule.end for rule in horizontal)
    top, bottom = min(rule.start for rule in vertical), max(rule.end for rule in vertical)
    if left < xs[0] - 2 * _NEAR and _open_side(horizontal, left, "start"):
        xs.insert(0, left)
        vertical.append(Rule(left, ys[0], ys[-1]))
    if right > xs[-1] + 2 * _NEAR and _open_side(horizontal, right, "end"):
        xs.append(right)
        vertical.append(Rule(right, ys[0], ys[-1]))
    if top < ys[0] - 2 * _NEAR:
        ys.insert(0, top)
        horizontal.append(Rule(top, xs[0], xs[-1]))
    if bottom > ys[-1] + 2 * _NEAR:
        ys.append(bottom)
        horizontal.append(Rule(bottom, xs[0], xs[-1]))
    if len(xs) < 2 or len(ys) < 2 or len(xs) * len(ys) > _MOST_PLACES:
        return None
    owner = _owners(xs, ys, horizontal, vertical)
    spots = tuple(dict.fromkeys(owner.values()))
    return Ruled(tuple(xs), tuple(ys), spots, owner) if len(spots) > 1 else None


def _open_side(horizontal: Sequence[Rule], edge: float, end: str) -> bool:
    """Whether several horizontal rules end together where no vertical rule stands."""
    ends = [rule.start if end == "start" else rule.end for rule in horizontal]
    return sum(abs(each - edge) <= _NEAR for each in ends) > 1


def _positions(rules: Sequence[Rule]) -> list[float]:
    """The places of rules, those very near each other as one."""
    places: list[float] = []
    for at in sorted(rule.at for rule in rules):
        if not places or at - places[-1] > _NEAR:
            places.append(at)
    return places


def _owners(
    xs: Sequence[float], ys: Sequence[float], horizontal: Sequence[Rule], vertical: Sequence[Rule]
) -> dict[tuple[int, int], Spot]:
    """The cell that each place of the grid belongs to."""
    walls = _barriers(xs, ys, vertical)
    floors = _barriers(ys, xs, horizontal)
    owner: dict[tuple[int, int], Spot] = {}
    for row in range(len(ys) - 1):
        for column in range(len(xs) - 1):
            if (row, column) in owner:
                continue
            columns = 1
            while (
                column + columns < len(xs) - 1
                and (column + columns, row) not in walls
                and (row, column + columns) not in owner
            ):
                columns += 1
            rows = 1
            while row + rows < len(ys) - 1 and not any(
                (row + rows, across) in floors or (row + rows, across) in owner
                for across in range(column, column + columns)
            ):
                rows += 1
            spot = Spot(row, column, rows, columns)
            for down in range(row, row + rows):
                for across in range(column, column + columns):
                    owner[down, across] = spot
    return owner


def _barriers(at: Sequence[float], along: Sequence[float], rules: Sequence[Rule]) -> set[tuple[int, int]]:
    """(position, piece) for each piece of the grid along which a rule runs at a position."""
    found: set[tuple[int, int]] = set()
    between = [(one + other) / 2 for one, other in pairwise(at)]
    middles = [(one + other) / 2 for one, other in pairwise(along)]
    for rule in rules:
        position = bisect_left(between, rule.at)
        first = bisect_left(middles, rule.start - _NEAR)
        last = bisect_right(middles, rule.end + _NEAR)
        found.update((position, piece) for piece in range(first, last))
    return found
