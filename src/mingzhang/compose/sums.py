"""Which cells of a printed table add up to which: found from the structure, and kept only where exactly true."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping

from mingzhang.compose.printer import Printer
from mingzhang.facts import Coordinate, FactStore

Grid = dict[tuple[int, int], Coordinate]
"""Body row and grid column → the coordinate printed there."""

Sums = dict[tuple[int, int], tuple[tuple[int, int, int], ...]]
"""Body row and grid column → (row, column, sign) of the cells that add up to it."""


def live_sums(grid: Grid, store: FactStore) -> Sums:
    """Totals of a table: each cell that other cells of the same table add up to, exactly.

    Down a column first (类 = Σ款), then along a row or between concepts. A cell is never part of its own total.
    """
    places: dict[Coordinate, list[tuple[int, int]]] = defaultdict(list)
    for place, coordinate in grid.items():
        places[coordinate].append(place)
    sums: Sums = {}
    for place, coordinate in grid.items():
        for parts in _part_sets(coordinate, store):
            found = [_nearest(places[part], place) for part in parts if part in places]
            if not found or any(store.value(part) for part in parts if part not in places):
                continue
            if sum(store.value(grid[cell]) or 0 for cell in found) == store.value(coordinate):
                sums[place] = tuple((row, column, 1) for row, column in sorted(found))
                break
    return sums


def _part_sets(coordinate: Coordinate, store: FactStore) -> Iterator[list[Coordinate]]:
    vocabulary = store.vocabulary
    concept = vocabulary.concepts[coordinate.concept]
    stated = {name for name, _ in coordinate.dimensions}
    for name in concept.dimensions:
        children = vocabulary.dimensions[name].children(coordinate.get(name))
        if children:
            yield [coordinate.where(**{name: code}) for code in children]
    grouped = coordinate.get("economic")
    if grouped is not None:
        tree = vocabulary.dimensions["economic"]
        yield [coordinate.where(economic=leaf) for leaf in tree.leaves(grouped) if leaf != grouped]
    parts = [
        part
        for part in vocabulary.parts(coordinate.concept)
        if stated <= set(vocabulary.concepts[part].dimensions)
    ]
    if parts:
        yield [
            Coordinate(part, coordinate.dimensions, coordinate.entity, coordinate.period, coordinate.measure)
            for part in parts
        ]


def _nearest(places: list[tuple[int, int]], to: tuple[int, int]) -> tuple[int, int]:
    return min(places, key=lambda place: (place[1] != to[1], place[0] != to[0], place))


def tails(
    grid: Grid, sums: Mapping[tuple[int, int], tuple[tuple[int, int, int], ...]], printer: Printer
) -> bool:
    """Whether somewhere the printed parts do not add up to the printed total (尾差)."""
    for place, parts in sums.items():
        total = printer.printed(grid[place])
        printed = [printer.printed(grid[row, column]) for row, column, _ in parts]
        if total is not None and sum(value or 0 for value in printed) != total:
            return True
    return False
