"""Points: the finest figures that records yield, and their sums over any dimensions."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import lcm

from mingzhang.facts.dimension import Dimension

Codes = tuple[str, ...]
"""One code for each dimension of a cuboid."""

Cuboid = dict[Codes, list[int]]
"""Sum (in the table's own unit) and number of rows, by codes."""


@dataclass(frozen=True, slots=True)
class Point:
    """One finest figure of the records: amounts in base units (元 as exact fractions of fen, or counts)."""

    concept: str
    dimensions: tuple[tuple[str, str], ...]
    entity: str
    period: str
    value: Fraction | int
    measure: str = "actual"
    rows: int = 1


class PointTable:
    """The points of one concept, period and measure, and their cuboids.

    A cuboid holds, for one entity with all below it, the sums over every combination of codes of some dimensions,
    at every level. Amounts are added as integers over the points' common denominator (fen, as a rule).

    A point belongs only where it states what is asked: a point without a function counts in totals that do not
    mention the function, and under no function, so the functions then add up to less than the total. Nothing is
    guessed; records that must detail a figure refuse lines without the code.
    """

    def __init__(self) -> None:
        self.points: list[Point] = []
        self._slices: dict[str, _Slice] = {}
        self._cuboids: dict[tuple[str, tuple[str, ...]], Cuboid] = {}
        self._members: dict[tuple[str, tuple[str, ...], int], dict[Codes, set[str]]] = {}
        self._unit = 0

    def append(self, point: Point) -> None:
        """Add a point; sums made before are forgotten."""
        self.points.append(point)
        if self._unit:
            self._slices, self._cuboids, self._members, self._unit = {}, {}, {}, 0

    def sum(
        self, entity: str, names: tuple[str, ...], codes: Codes, trees: Mapping[str, Dimension]
    ) -> tuple[Fraction, int] | None:
        """Sum and number of rows of an entity's points under these codes, None where no point lies there.

        `codes` hold one code a name; `trees` must hold the names and `entity`.
        """
        found = self.cuboid(entity, names, trees).get(codes)
        return None if found is None else (Fraction(found[0], self._unit), found[1])

    def cuboid(self, entity: str, names: tuple[str, ...], trees: Mapping[str, Dimension]) -> Cuboid:
        """The sums of an entity over the dimensions of these names."""
        key = (entity, names)
        if key not in self._cuboids:
            if not self._unit:
                self._split(trees["entity"])
            part = self._slices.get(entity)
            self._cuboids[key] = part.cuboid([(name, trees[name]) for name in names]) if part else {}
        return self._cuboids[key]

    def members(
        self, entity: str, names: tuple[str, ...], place: int, others: Codes, trees: Mapping[str, Dimension]
    ) -> set[str]:
        """The codes, at every level, at one place among `names` whose sum under the other codes is not zero."""
        key = (entity, names, place)
        if key not in self._members:
            found: dict[Codes, set[str]] = {}
            for codes, (amount, _) in self.cuboid(entity, names, trees).items():
                if amount:
                    found.setdefault((*codes[:place], *codes[place + 1 :]), set()).add(codes[place])
            self._members[key] = found
        return self._members[key].get(others, set())

    def make_up(
        self,
        entity: str,
        names: tuple[str, ...],
        place: int,
        others: Codes,
        parts: Iterable[str],
        whole: str | None,
        trees: Mapping[str, Dimension],
    ) -> bool:
        """Whether the sums under these codes at one place make the sum under the code above them there, or under none."""
        cuboid = self.cuboid(entity, names, trees)
        before, after = others[:place], others[place:]
        if whole is None:
            total = self.cuboid(entity, (*names[:place], *names[place + 1 :]), trees).get(others)
        else:
            total = cuboid.get((*before, whole, *after))
        return sum([cuboid[*before, part, *after][0] for part in parts]) == (total[0] if total else 0)

    def _split(self, entities: Dimension) -> None:
        """Give each entity its own points and those of the entities below it."""
        self._unit = lcm(*{point.value.denominator for point in self.points})
        for point in self.points:
            amount = point.value.numerator * (self._unit // point.value.denominator)
            codes = dict(point.dimensions)
            for entity in entities.path(point.entity):
                if entity not in self._slices:
                    self._slices[entity] = _Slice([], [], [])
                self._slices[entity].add(codes, amount, point.rows)


@dataclass(frozen=True, slots=True)
class _Slice:
    """The points of one entity, in columns."""

    codes: list[dict[str, str]]
    amounts: list[int]
    rows: list[int]

    def add(self, codes: dict[str, str], amount: int, rows: int) -> None:
        self.codes.append(codes)
        self.amounts.append(amount)
        self.rows.append(rows)

    def cuboid(self, dimensions: Sequence[tuple[str, Dimension]]) -> Cuboid:
        """Group the points by the codes they state, leave out those that do not state all, and roll up."""
        columns = [[stated.get(name, "") for stated in self.codes] for name, _ in dimensions]
        keys = zip(*columns, strict=True) if columns else [()] * len(self.codes)
        sums: Cuboid = {}
        for codes, amount, rows in zip(keys, self.amounts, self.rows, strict=True):
            slot = sums.get(codes)
            if slot is None:
                sums[codes] = [amount, rows]
            else:
                slot[0] += amount
                slot[1] += rows
        sums = {codes: slot for codes, slot in sums.items() if "" not in codes}
        for place, (_, tree) in enumerate(dimensions):
            _roll_up(sums, place, tree)
        return sums


def _roll_up(sums: Cuboid, place: int, tree: Dimension) -> None:
    """Add every sum to those of the codes above it in one dimension.

    The amounts are taken down first: a code with points of its own also gathers those of the codes below it.
    """
    for codes, amount, rows in [(codes, amount, rows) for codes, (amount, rows) in sums.items()]:
        for above in tree.path(codes[place])[1:]:
            higher = (*codes[:place], above, *codes[place + 1 :])
            slot = sums.get(higher)
            if slot is None:
                sums[higher] = [amount, rows]
            else:
                slot[0] += amount
                slot[1] += rows
