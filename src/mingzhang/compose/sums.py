"""Which cells of a printed table add up to which: found from the structure, and kept only where exactly true."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import replace
from functools import partial

from mingzhang.compose.printer import Printer
from mingzhang.facts import Coordinate, FactStore, Vocabulary

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
    below = _below(places, store.vocabulary)
    parts = {coordinate: _parts(coordinate, below, places.keys(), store) for coordinate in places}
    sums: Sums = {}
    for place, coordinate in grid.items():
        if found := parts[coordinate]:
            cells = sorted(_nearest(places[part], place) for part in found)
            sums[place] = tuple((row, column, 1) for row, column in cells)
    return sums


_Below = Mapping[tuple[Coordinate, str], list[Coordinate]]
"""What stands one code below a coordinate along a dimension, of the coordinates of the table."""


def _below(printed: Iterable[Coordinate], vocabulary: Vocabulary) -> _Below:
    found: dict[tuple[Coordinate, str], list[Coordinate]] = defaultdict(list)
    for coordinate in printed:
        for name, code in coordinate.dimensions:
            tree = vocabulary.dimensions[name]
            if code in tree:
                found[_moved(coordinate, name, tree.parent(code)), name].append(coordinate)
    return found


def _moved(coordinate: Coordinate, name: str, code: str | None) -> Coordinate:
    """The coordinate under another code of a dimension, under none for None."""
    stated = tuple((other, code if other == name else own) for other, own in coordinate.dimensions)
    kept = tuple((other, own) for other, own in stated if own is not None)
    return Coordinate(coordinate.concept, kept, coordinate.entity, coordinate.period, coordinate.measure)


def _parts(
    coordinate: Coordinate, below: _Below, printed: Collection[Coordinate], store: FactStore
) -> list[Coordinate]:
    """The printed coordinates that add up to this one, while nothing that is not printed belongs to it; else none."""
    total = store.value(coordinate)
    for found, every in _part_sets(coordinate, below, printed, store.vocabulary):
        if sum(store.value(part) or 0 for part in found) == total:
            kept = set(found)
            if not any(store.value(part) for part in every() if part not in kept):
                return found
    return []


def _part_sets(
    coordinate: Coordinate, below: _Below, printed: Collection[Coordinate], vocabulary: Vocabulary
) -> Iterator[tuple[list[Coordinate], Callable[[], Iterable[Coordinate]]]]:
    """Sets of coordinates that make this one up: those of them printed, if any, and a way to list them all."""
    concept = vocabulary.concepts[coordinate.concept]
    for name in concept.dimensions:
        if found := below.get((coordinate, name)):
            codes = vocabulary.dimensions[name].children(coordinate.get(name))
            yield found, partial(_each, coordinate, name, codes)
    grouped = coordinate.get("economic")
    if grouped is not None:
        codes = tuple(code for code in vocabulary.dimensions["economic"].leaves(grouped) if code != grouped)
        leaves = [part for part in _each(coordinate, "economic", codes) if part in printed]
        if leaves:
            yield leaves, partial(_each, coordinate, "economic", codes)
    stated = {name for name, _ in coordinate.dimensions}
    parts = [
        replace(coordinate, concept=part)
        for part in vocabulary.parts(coordinate.concept)
        if stated <= set(vocabulary.concepts[part].dimensions)
    ]
    if found := [part for part in parts if part in printed]:
        yield found, lambda: parts


def _each(coordinate: Coordinate, name: str, codes: Iterable[str]) -> Iterator[Coordinate]:
    return (coordinate.where(**{name: code}) for code in codes)


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
