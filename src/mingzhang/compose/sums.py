"""Which cells of a printed table add up to which: found from the structure, and kept only where exactly true."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, replace
from decimal import Decimal
from fractions import Fraction
from math import lcm

from mingzhang.compose.layouts import Slot
from mingzhang.facts import Cell, Coordinate, FactStore, Vocabulary

Sums = dict[tuple[int, int], tuple[tuple[int, int, int], ...]]
"""Body row and grid column → (row, column, sign) of the cells that add up to it."""


@dataclass(frozen=True, slots=True)
class Way:
    """One way in which printed cells may add up to a cell, while nothing that is not printed belongs to it.

    `parts` are slots that print its parts; unprinted are its `codes` along a `dimension`, or the cells of other `concepts`.
    `shown` are, for each slot that prints the cell, the slots that stand for the parts there.
    """

    parts: tuple[int, ...]
    dimension: str
    codes: Set[str]
    concepts: tuple[Cell, ...]
    shown: tuple[tuple[int, ...], ...]


@dataclass(frozen=True, slots=True)
class Addition:
    """A cell of a table that others may add up to: the slots that print it, and the ways to be tried in turn."""

    slots: tuple[int, ...]
    ways: tuple[Way, ...]


Additions = tuple[Addition, ...]


def additions(slots: Mapping[int, Slot], vocabulary: Vocabulary) -> Additions:
    """Every cell of a table that others of it may add up to, by the structure alone.

    Down a column first (类 = Σ款), then along a row or between concepts. A cell is never part of its own total.
    """
    printing: dict[Cell, list[int]] = defaultdict(list)
    for number, slot in slots.items():
        printing[slot.cell].append(number)
    structure = _Structure(printing.keys(), vocabulary)
    found = []
    for cell, own in printing.items():
        ways = tuple(
            Way(
                tuple(printing[part][0] for part in parts),
                name,
                frozenset(codes),
                tuple(concepts),
                tuple(_shown(number, parts, printing, slots) for number in own),
            )
            for parts, name, codes, concepts in structure.ways(cell)
        )
        if ways:
            found.append(Addition(tuple(own), ways))
    return tuple(found)


def _shown(
    number: int, parts: Iterable[Cell], printing: Mapping[Cell, list[int]], slots: Mapping[int, Slot]
) -> tuple[int, ...]:
    """The slots nearest to one that print these parts, in the order of the table."""
    own = slots[number]

    def distance(other: int) -> tuple[bool, bool, int, int]:
        slot = slots[other]
        return slot.column != own.column, slot.row != own.row, slot.row, slot.column

    nearest = (min(printing[part], key=distance) for part in parts)
    return tuple(sorted(nearest, key=lambda other: (slots[other].row, slots[other].column)))


class _Structure:
    """The cells of one table, and which of them may add up to which."""

    def __init__(self, cells: Collection[Cell], vocabulary: Vocabulary) -> None:
        self.cells = cells
        self.vocabulary = vocabulary
        self.below: dict[tuple[Cell, str], list[Cell]] = defaultdict(list)
        """What stands one code below a cell along a dimension."""
        for cell in cells:
            for name, code in cell.dimensions:
                tree = vocabulary.dimensions[name]
                if code in tree:
                    above = tree.parent(code)
                    whole = cell.where({name: above}) if above else cell.without(name)
                    self.below[whole, name].append(cell)

    def ways(self, cell: Cell) -> Iterator[tuple[list[Cell], str, set[str], list[Cell]]]:
        """(parts printed, the dimension, its codes not printed, the concepts not printed) of each way."""
        for name, codes, found in self._along_dimensions(cell):
            yield found, name, set(codes) - {part.get(name) for part in found} - {cell.get(name)}, []
        concepts = list(self._by_concept(cell))
        if printed := [part for part in concepts if part in self.cells]:
            yield printed, "", set(), [part for part in concepts if part not in self.cells]

    def _along_dimensions(self, cell: Cell) -> Iterator[tuple[str, Iterable[str], list[Cell]]]:
        """(dimension, codes that make the cell up, those of them printed), where any is."""
        for name in self.vocabulary.concepts[cell.concept].dimensions:
            if found := self.below.get((cell, name)):
                yield name, self.vocabulary.dimensions[name].children(cell.get(name)), found
        grouped = cell.get("economic")
        if grouped is not None:
            leaves = self.vocabulary.dimensions["economic"].leaves(grouped)
            parts = [cell.where(economic=leaf) for leaf in leaves if leaf != grouped]
            if found := [part for part in parts if part in self.cells]:
                yield "economic", leaves, found

    def _by_concept(self, cell: Cell) -> Iterator[Cell]:
        stated = {name for name, _ in cell.dimensions}
        for part in self.vocabulary.parts(cell.concept):
            if stated <= set(self.vocabulary.concepts[part].dimensions):
                yield replace(cell, concept=part)


def true_sums(
    found: Additions, coordinates: Sequence[Coordinate], values: Sequence[Fraction | None], store: FactStore
) -> dict[int, tuple[int, ...]]:
    """Slot → the slots that add up to it exactly, in the order of the slots.

    `coordinates` and `values` are those of all slots; the additions are of slots whose values are known.
    """
    unit = lcm(*{value.denominator for value in values if value is not None})
    whole = [0 if value is None else value.numerator * (unit // value.denominator) for value in values]
    sums: dict[int, tuple[int, ...]] = {}
    for addition in found:
        total = addition.slots[0]
        for way in addition.ways:
            if sum([whole[part] for part in way.parts]) == whole[total] and _is_all(
                coordinates[total], way, store
            ):
                sums.update(zip(addition.slots, way.shown, strict=True))
                break
    return dict(sorted(sums.items()))


def _is_all(total: Coordinate, way: Way, store: FactStore) -> bool:
    """Whether nothing but the printed parts belongs to a total: whatever else might is zero or unknown."""
    if way.dimension:
        return store.is_zero_under(total, way.dimension, way.codes)
    return not any(store.value(cell.at(total.entity, total.period)) for cell in way.concepts)


def placed(sums: Mapping[int, tuple[int, ...]], slots: Sequence[Slot]) -> Sums:
    """The same by places of the table, as documents carry them."""
    return {
        (slots[total].row, slots[total].column): tuple(
            [(slots[part].row, slots[part].column, 1) for part in parts]
        )
        for total, parts in sums.items()
    }


def have_tails(sums: Mapping[int, tuple[int, ...]], digits: Sequence[str]) -> bool:
    """Whether somewhere the printed parts do not add up to the printed total (尾差); `digits` are those of each slot."""
    printed = {number: Decimal(digits[number].replace(",", "")) for number in {*sums, *_parts(sums)}}
    return any(sum([printed[part] for part in parts]) != printed[total] for total, parts in sums.items())


def _parts(sums: Mapping[int, tuple[int, ...]]) -> Iterator[int]:
    for parts in sums.values():
        yield from parts
