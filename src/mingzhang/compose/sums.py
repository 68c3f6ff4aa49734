"""Which cells of a printed table add up to which: found from the structure, and kept only where exactly true."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import replace
from fractions import Fraction

from mingzhang.compose.printer import Printer
from mingzhang.facts import Coordinate, FactStore
from mingzhang.numbers import add_up

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
    printed = _Printed(places.keys(), store)
    parts = {coordinate: printed.parts(coordinate) for coordinate in places}
    sums: Sums = {}
    for place, coordinate in grid.items():
        if found := parts[coordinate]:
            cells = sorted(_nearest(places[part], place) for part in found)
            sums[place] = tuple((row, column, 1) for row, column in cells)
    return sums


class _Printed:
    """The coordinates of one table, and which of them add up to which."""

    def __init__(self, coordinates: Collection[Coordinate], store: FactStore) -> None:
        self.coordinates = coordinates
        self.store = store
        self.vocabulary = store.vocabulary
        self.below: dict[tuple[Coordinate, str], list[Coordinate]] = defaultdict(list)
        """What stands one code below a coordinate along a dimension."""
        for coordinate in coordinates:
            for name, code in coordinate.dimensions:
                tree = self.vocabulary.dimensions[name]
                if code in tree:
                    above = tree.parent(code)
                    whole = coordinate.where(**{name: above}) if above else coordinate.without(name)
                    self.below[whole, name].append(coordinate)

    def parts(self, coordinate: Coordinate) -> list[Coordinate]:
        """Those that add up to this one, while nothing that is not printed belongs to it; else none."""
        total = self.store.value(coordinate)
        for name, codes, found in self._along_dimensions(coordinate):
            if self._make(found, total) and self._is_all(coordinate, name, codes, found):
                return found
        concepts = list(self._by_concept(coordinate))
        found = [part for part in concepts if part in self.coordinates]
        others = [part for part in concepts if part not in self.coordinates]
        if found and self._make(found, total) and not any(self.store.value(part) for part in others):
            return found
        return []

    def _along_dimensions(
        self, coordinate: Coordinate
    ) -> Iterator[tuple[str, Iterable[str], list[Coordinate]]]:
        """(dimension, codes that make the coordinate up, those of them printed), where any is."""
        for name in self.vocabulary.concepts[coordinate.concept].dimensions:
            if found := self.below.get((coordinate, name)):
                yield name, self.vocabulary.dimensions[name].children(coordinate.get(name)), found
        grouped = coordinate.get("economic")
        if grouped is not None:
            leaves = self.vocabulary.dimensions["economic"].leaves(grouped)
            parts = [coordinate.where(economic=leaf) for leaf in leaves if leaf != grouped]
            if found := [part for part in parts if part in self.coordinates]:
                yield "economic", leaves, found

    def _by_concept(self, coordinate: Coordinate) -> Iterator[Coordinate]:
        stated = {name for name, _ in coordinate.dimensions}
        for part in self.vocabulary.parts(coordinate.concept):
            if stated <= set(self.vocabulary.concepts[part].dimensions):
                yield replace(coordinate, concept=part)

    def _make(self, parts: Iterable[Coordinate], total: Fraction | None) -> bool:
        """Whether the values of the parts, unknown ones counting nothing, make the total."""
        values = map(self.store.value, parts)
        return total is not None and add_up((value for value in values if value), total)

    def _is_all(
        self, coordinate: Coordinate, name: str, codes: Iterable[str], found: list[Coordinate]
    ) -> bool:
        """Whether the coordinate is zero under every other of these codes."""
        others = set(codes) - {part.get(name) for part in found} - {coordinate.get(name)}
        return not self.store.under(coordinate, name, others)


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
