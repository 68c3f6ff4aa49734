"""The store of facts: points from records and statements from documents, asked by coordinate.

*Points* are the finest facts that records yield (one per unit, function, economic item, nature, fund, project);
where records cover a concept, a period and a measure, what is absent is zero and every total is a sum of points.
*Statements* are figures somebody wrote down (a workbook cell, a printed report); what is absent is unknown.
Comparisons (change, growth, share, completion) are computed from their bases when nobody states them.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from copy import copy
from dataclasses import dataclass
from fractions import Fraction
from itertools import product

from mingzhang.facts.coordinate import Cell, Coordinate
from mingzhang.facts.fact import Fact
from mingzhang.facts.measure import Measure
from mingzhang.facts.provenance import Derivation, Provenance, Records
from mingzhang.facts.vocabulary import Vocabulary
from mingzhang.numbers import Interval

_Key = tuple[str, str, str]  # concept, period, measure kind
_Codes = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Point:
    """One finest figure of the records: amounts in base units (元 as exact fractions of fen, or counts)."""

    concept: str
    dimensions: tuple[tuple[str, str], ...]
    entity: str
    period: str
    value: Fraction
    measure: str = "actual"
    rows: int = 1


class FactStore:
    """Facts by coordinate, over a vocabulary."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        self.vocabulary = vocabulary
        self._points: dict[_Key, list[Point]] = defaultdict(list)
        self._registers: dict[_Key, str] = {}
        self._statements: dict[Coordinate, list[Fact]] = defaultdict(list)
        self._cuboids: dict[tuple[_Key, tuple[str, ...]], dict[_Codes, tuple[Fraction, int]]] = {}
        self._answers: dict[Coordinate, Fact | None] = {}

    # -- filling ---------------------------------------------------------------------------------------------

    def cover(self, concept: str, period: str, measure: str = "actual", register: str = "ledger") -> None:
        """Say that records hold this concept, period and measure completely: what is absent is zero."""
        self._registers[concept, period, measure] = register

    def add_points(self, points: Iterable[Point], register: str = "ledger") -> None:
        """Add points and mark what they speak of as covered by that register."""
        for point in points:
            key = (point.concept, point.period, point.measure)
            self._points[key].append(point)
            self._registers.setdefault(key, register)
        self._cuboids.clear()
        self._answers.clear()

    def state(self, fact: Fact) -> None:
        """Add a statement. Several of one coordinate are all kept."""
        self._statements[fact.coordinate].append(fact)
        self._answers.clear()

    def speaking(self, vocabulary: Vocabulary) -> FactStore:
        """The same facts under another vocabulary of the same codes, as when an edition names some differently."""
        other = copy(self)
        other.vocabulary = vocabulary
        return other

    # -- asking ----------------------------------------------------------------------------------------------

    def statements(self, coordinate: Coordinate | None = None) -> Iterator[Fact]:
        """All statements, or those of one coordinate, in the order they were added."""
        if coordinate is not None:
            yield from self._statements.get(coordinate, ())
            return
        for facts in self._statements.values():
            yield from facts

    def points(self, concept: str | None = None) -> Iterator[Point]:
        """All points, or those of one concept."""
        for (name, _, _), points in self._points.items():
            if concept in (None, name):
                yield from points

    def covers(self, coordinate: Coordinate) -> bool:
        """Whether records hold the concept, period and measure of the coordinate completely."""
        return (coordinate.concept, coordinate.period, coordinate.measure.kind) in self._registers

    def get(self, coordinate: Coordinate) -> Fact | None:
        """The fact at a coordinate: from records where they cover it, else stated, else derived; None if unknown."""
        if coordinate not in self._answers:
            self._answers[coordinate] = self._find(coordinate)
        return self._answers[coordinate]

    def value(self, coordinate: Coordinate) -> Fraction | None:
        """The value at a coordinate in base units, None if unknown."""
        fact = self.get(coordinate)
        return None if fact is None else fact.value

    def codes(self, cell: Cell, dimension: str, entity: str, period: str) -> tuple[str, ...]:
        """Codes of a dimension, at every level, under which the cell has a value that is not zero.

        In the order of the tree, each code before those under it.
        """
        tree = self.vocabulary.dimensions[dimension]
        found: set[str] = set()
        key = (cell.concept, period, cell.measure.kind)
        if key in self._registers:
            names = tuple(sorted({*dict(cell.dimensions), dimension}))
            wanted = dict(cell.dimensions)
            slot = names.index(dimension)
            for codes, (amount, _) in self._cuboid(key, names).items():
                if codes[-1] == entity and amount and all(
                    codes[place] == wanted[name] for place, name in enumerate(names) if name in wanted
                ):
                    found.add(codes[slot])
        else:
            for coordinate, facts in self._statements.items():
                code = coordinate.get(dimension)
                if (
                    code is not None
                    and facts[0].value
                    and (coordinate.entity, coordinate.period) == (entity, period)
                    and coordinate.cell == cell.where({dimension: code})
                ):
                    found.update(tree.path(code))
        return tuple(code for code in tree.walk() if code in found)

    def differences(self) -> list[tuple[Fact, Fact]]:
        """Pairs (from records, stated) that cannot be one number, where both speak of a coordinate."""
        pairs = []
        for coordinate, facts in self._statements.items():
            if self.covers(coordinate):
                own = self.get(coordinate)
                pairs += [(own, fact) for fact in facts if own and not own.interval.meets(fact.interval)]
        return pairs

    # -- finding ---------------------------------------------------------------------------------------------

    def _find(self, coordinate: Coordinate) -> Fact | None:
        key = (coordinate.concept, coordinate.period, coordinate.measure.kind)
        if key in self._registers:
            names = tuple(name for name, _ in coordinate.dimensions)
            codes = (*(code for _, code in coordinate.dimensions), coordinate.entity)
            amount, rows = self._cuboid(key, names).get(codes, (Fraction(0), 0))
            return Fact(coordinate, Interval.of(amount), Records(self._registers[key], str(coordinate), rows))
        if stated := self._statements.get(coordinate):
            return stated[0]
        if coordinate.measure.of:
            return self._compare(coordinate)
        return self._add_parts(coordinate)

    def _cuboid(self, key: _Key, names: tuple[str, ...]) -> dict[_Codes, tuple[Fraction, int]]:
        """Sums of all points over every combination of codes of these dimensions and every entity."""
        if (key, names) not in self._cuboids:
            sums: dict[_Codes, list[Fraction | int]] = {}
            trees = [self.vocabulary.dimensions[name] for name in names]
            for point in self._points.get(key, ()):
                stated = dict(point.dimensions)
                if not all(name in stated for name in names):
                    continue
                paths = [tree.path(stated[name]) for name, tree in zip(names, trees, strict=True)]
                for codes in product(*paths, self.vocabulary.entities.path(point.entity)):
                    slot = sums.setdefault(codes, [Fraction(0), 0])
                    slot[0] += point.value
                    slot[1] += point.rows
            self._cuboids[key, names] = {codes: (Fraction(total), int(rows)) for codes, (total, rows) in sums.items()}
        return self._cuboids[key, names]

    def _add_parts(self, coordinate: Coordinate) -> Fact | None:
        stated = {name for name, _ in coordinate.dimensions}
        inputs = [
            Coordinate(part, coordinate.dimensions, coordinate.entity, coordinate.period, coordinate.measure)
            for part in self.vocabulary.parts(coordinate.concept)
            if stated <= set(self.vocabulary.concepts[part].dimensions)
        ]
        facts = [self.get(part) for part in inputs]
        known = [fact.interval for fact in facts if fact is not None]
        if not facts or len(known) < len(facts):
            return None
        return _derived(coordinate, "sum", sum(known[1:], start=known[0]), inputs)

    def _compare(self, coordinate: Coordinate) -> Fact | None:
        own, base = comparison_inputs(coordinate)
        mine, other = self.get(own), self.get(base)
        if mine is None or other is None:
            return None
        difference = mine.interval - other.interval
        if coordinate.measure.kind == "change":
            return _derived(coordinate, "difference", difference, (own, base))
        ratio = mine.interval.ratio(other.interval)
        if ratio is None:
            return None
        if coordinate.measure.kind == "growth":
            ratio = ratio + Interval.of(-1)
            if other.interval.high < 0:
                ratio = -ratio
        return _derived(coordinate, "ratio", ratio, (own, base))


def comparison_inputs(coordinate: Coordinate) -> tuple[Coordinate, Coordinate]:
    """The two coordinates that a change, growth, share or completion compares: itself and its base."""
    measure = coordinate.measure
    own = coordinate.measured(Measure("actual"))
    if measure.kind == "share":
        return own, Cell.parse(measure.of).at(coordinate.entity, coordinate.period)
    if measure.of in ("initial_budget", "adjusted_budget"):
        return own, own.measured(Measure(measure.of))
    return own, own.during(measure.of)


def _derived(coordinate: Coordinate, operation: str, interval: Interval, inputs: Iterable[Coordinate]) -> Fact:
    provenance: Provenance = Derivation(operation, tuple(inputs))
    return Fact(coordinate, interval, provenance)
