"""The store of facts: points from records and statements from documents, asked by coordinate.

*Points* are the finest facts that records yield (one per unit, function, economic item, nature, fund, project);
where records cover a concept, a period and a measure, what is absent is zero and every total is a sum of points.
*Statements* are figures somebody wrote down (a workbook cell, a printed report); what is absent is unknown.
Totals of concepts and comparisons (change, growth, share, completion) are computed from their inputs: records
speak first, alone; then the statement; then whatever both together yield.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence, Set
from copy import copy
from fractions import Fraction

from mingzhang.facts.coordinate import Cell, Coordinate
from mingzhang.facts.fact import Fact
from mingzhang.facts.measure import Measure
from mingzhang.facts.points import Point, PointTable
from mingzhang.facts.provenance import Derivation, Provenance, Records
from mingzhang.facts.vocabulary import Vocabulary
from mingzhang.numbers import Interval, add_up

_Key = tuple[str, str, str]  # concept, period, measure kind
_Find = Callable[[Coordinate], Fact | None]
_NOTHING = (Fraction(0), 0)


class FactStore:
    """Facts by coordinate, over a vocabulary."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        self.vocabulary = vocabulary
        self._trees = {**vocabulary.dimensions, "entity": vocabulary.entities}
        self._tables: dict[_Key, PointTable] = {}
        self._registers: dict[_Key, str] = {}
        self._statements: dict[Coordinate, list[Fact]] = {}
        self._stated: dict[_Key, list[Coordinate]] = defaultdict(list)
        self._answers: dict[Coordinate, Fact | None] = {}
        self._computed: dict[Coordinate, Fact | None] = {}
        self._values: dict[Coordinate, Fraction | None] = {}
        self._allowed: dict[tuple[str, tuple[str, ...]], bool] = {}

    # -- filling ---------------------------------------------------------------------------------------------

    def cover(self, concept: str, period: str, measure: str = "actual", register: str = "ledger") -> None:
        """Say that records hold this concept, period and measure completely: what is absent is zero."""
        self._registers[concept, period, measure] = register
        self._forget()

    def add_points(self, points: Iterable[Point], register: str = "ledger") -> None:
        """Add points and mark what they speak of as covered by that register.

        Raises CoordinateError, and adds none, where a point names a concept or dimension not in the vocabulary.
        """
        added = list(points)
        shapes = {(point.concept, tuple(name for name, _ in point.dimensions)) for point in added}
        for concept, dimensions in shapes:
            self.vocabulary.check(Cell(concept), *dimensions)
        for point in added:
            key = (point.concept, point.period, point.measure)
            if key not in self._tables:
                self._tables[key] = PointTable()
                self._registers.setdefault(key, register)
            self._tables[key].append(point)
        self._forget()

    def state(self, fact: Fact) -> None:
        """Add a statement. Several of one coordinate are all kept."""
        coordinate = fact.coordinate
        if coordinate not in self._statements:
            self._statements[coordinate] = []
            self._stated[_key(coordinate)].append(coordinate)
        self._statements[coordinate].append(fact)
        self._answers.clear()
        self._values.clear()

    def speaking(self, vocabulary: Vocabulary) -> FactStore:
        """The same facts under another vocabulary of the same codes, as when an edition names some differently."""
        other = copy(self)
        other.vocabulary = vocabulary
        return other

    def _forget(self) -> None:
        self._answers.clear()
        self._computed.clear()
        self._values.clear()

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
        for (name, _, _), table in self._tables.items():
            if concept in (None, name):
                yield from table.points

    def covers(self, coordinate: Coordinate) -> bool:
        """Whether records hold the concept, period and measure of the coordinate completely."""
        return _key(coordinate) in self._registers

    def get(self, coordinate: Coordinate) -> Fact | None:
        """The fact at a coordinate: from records where they yield it, else stated, else derived; None if unknown."""
        if self._registers and (own := self.computed(coordinate)) is not None:
            return own
        found = self._answers.get(coordinate)
        if found is None and coordinate not in self._answers:
            stated = self._statements.get(coordinate)
            found = stated[0] if stated else self._derive(coordinate, self.get)
            self._answers[coordinate] = found
        return found

    def value(self, coordinate: Coordinate) -> Fraction | None:
        """The value at a coordinate in base units, None if unknown."""
        found = self._values.get(coordinate)
        if found is None and coordinate not in self._values:
            recorded = self._recorded(coordinate)
            if recorded is not None:
                found = recorded[0]
            elif (fact := self.get(coordinate)) is not None:
                found = fact.value
            self._values[coordinate] = found
        return found

    def computed(self, coordinate: Coordinate) -> Fact | None:
        """The fact that records alone yield, whatever is stated; None where they do not cover it or its inputs."""
        found = self._computed.get(coordinate)
        if found is None and coordinate not in self._computed:
            found = self._computed[coordinate] = self._compute(coordinate)
        return found

    def codes(self, cell: Cell, dimension: str, entity: str, period: str) -> tuple[str, ...]:
        """Codes of a dimension, at every level, under which the cell has a value that is not zero.

        In the order of the tree, each code before those under it. A comparison has the codes of what it compares,
        a concept that nobody records or states those of its parts.
        """
        return self.vocabulary.dimensions[dimension].ordered(self._codes(cell, dimension, entity, period))

    def under(self, coordinate: Coordinate, dimension: str, codes: Iterable[str]) -> list[Coordinate]:
        """The coordinate under each of these codes of a dimension, where its value is known and not zero."""
        key = _key(coordinate)
        if key in self._registers:
            others = [(name, code) for name, code in coordinate.dimensions if name != dimension]
            recorded = self._recorded_codes(key, others, dimension, coordinate.entity)
            return [coordinate.where(**{dimension: code}) for code in codes if code in recorded]
        return [part for code in codes if self.value(part := coordinate.where(**{dimension: code}))]

    def split(self, coordinate: Coordinate, dimension: str) -> list[Coordinate]:
        """The coordinate under the codes just below its own along a dimension, zeros aside, where they make it up; else none."""
        children = self._trees[dimension].children(coordinate.get(dimension))
        if not children:
            return []
        key = _key(coordinate)
        if key not in self._registers:
            parts = self.under(coordinate, dimension, children)
            values = (self.value(part) or Fraction(0) for part in parts)
            return parts if add_up(values, self.value(coordinate) or Fraction(0)) else []
        table = self._tables.get(key)
        if table is None:
            return []
        stated = coordinate.dimensions
        place, taken = _place_of(dimension, stated)
        before, after = stated[:place], stated[place + taken :]
        names = (*[name for name, _ in before], dimension, *[name for name, _ in after])
        fixed = tuple([code for _, code in (*before, *after)])
        recorded = table.members(coordinate.entity, names, place, fixed, self._trees)
        found = [code for code in children if code in recorded] if recorded else []
        if not found or not table.make_up(
            coordinate.entity, names, place, fixed, found, coordinate.get(dimension), self._trees
        ):
            return []
        return [
            Coordinate(
                coordinate.concept,
                (*before, (dimension, code), *after),
                coordinate.entity,
                coordinate.period,
                coordinate.measure,
            )
            for code in found
        ]

    def is_zero_under(self, coordinate: Coordinate, dimension: str, codes: Set[str]) -> bool:
        """Whether the coordinate is zero or unknown under every one of these codes of a dimension."""
        if not codes:
            return True
        key = _key(coordinate)
        if key not in self._registers:
            return not self.under(coordinate, dimension, codes)
        others = [(name, code) for name, code in coordinate.dimensions if name != dimension]
        return codes.isdisjoint(self._recorded_codes(key, others, dimension, coordinate.entity))

    def differences(self) -> list[tuple[Fact, Fact]]:
        """Pairs (from records, stated) that cannot be one number, where both speak of a coordinate.

        Totals and comparisons that records yield are compared too; a statement is held to its own printed digits.
        """
        pairs = []
        for coordinate, facts in self._statements.items():
            own = self.computed(coordinate)
            if own is not None:
                pairs += [(own, fact) for fact in facts if not own.interval.meets(fact)]
        return pairs

    # -- finding ---------------------------------------------------------------------------------------------

    def _compute(self, coordinate: Coordinate) -> Fact | None:
        if not self._registers:
            return None
        key = _key(coordinate)
        register = self._registers.get(key)
        if register is None:
            return self._derive(coordinate, self.computed)
        recorded = self._recorded(coordinate)
        if recorded is None:
            return None
        amount, rows = recorded
        return Fact(coordinate, Interval(amount, amount), Records(register, str(coordinate), rows))

    def _recorded(self, coordinate: Coordinate) -> tuple[Fraction, int] | None:
        """Value and number of rows where records cover the coordinate; None where they do not, or do not know a code of it."""
        key = (coordinate.concept, coordinate.period, coordinate.measure.kind)
        if key not in self._registers:
            return None
        names, codes = zip(*coordinate.dimensions, strict=True) if coordinate.dimensions else ((), ())
        if not self._has(coordinate.concept, names):
            return None
        table = self._tables.get(key)
        found = table.sum(coordinate.entity, names, codes, self._trees) if table else None
        if found is None and not self._knows((*names, "entity"), (*codes, coordinate.entity)):
            return None
        return found or _NOTHING

    def _has(self, concept: str, names: tuple[str, ...]) -> bool:
        """Whether there is such a concept and it has these dimensions."""
        found = self._allowed.get((concept, names))
        if found is None:
            known = self.vocabulary.concepts.get(concept)
            found = known is not None and set(names) <= set(known.dimensions)
            self._allowed[concept, names] = found
        return found

    def _knows(self, names: Iterable[str], codes: Iterable[str]) -> bool:
        """Whether the vocabulary has all these codes; a vocabulary without entities knows any entity."""
        return all(
            code in self._trees[name] or (name == "entity" and not self._trees[name].parents)
            for name, code in zip(names, codes, strict=True)
        )

    def _derive(self, coordinate: Coordinate, find: _Find) -> Fact | None:
        return self._compare(coordinate, find) if coordinate.measure.of else self._add_parts(coordinate, find)

    def _codes(self, cell: Cell, dimension: str, entity: str, period: str) -> set[str]:
        coordinate = cell.at(entity, period)
        key = _key(coordinate)
        if cell.measure.of:
            own, base = comparison_inputs(coordinate)
            compared = (own,) if cell.measure.kind == "share" else (own, base)
            return set().union(*(self._codes(each.cell, dimension, entity, each.period) for each in compared))
        found: set[str] = set()
        if key in self._registers:
            others = [(name, code) for name, code in cell.dimensions if name != dimension]
            recorded = self._recorded_codes(key, others, dimension, entity)
            named = coordinate.get(dimension)
            return recorded if named is None else recorded & {named}
        tree = self.vocabulary.dimensions[dimension]
        for other in self._stated.get(key, ()):
            code = other.get(dimension)
            if code is None or other.entity != entity or not self._statements[other][0].value:
                continue
            if other.dimensions == cell.where({dimension: code}).dimensions:
                found.update(tree.path(code))
        if not found:
            for part in self._parts(coordinate):
                if dimension in self.vocabulary.concepts[part.concept].dimensions:
                    found |= self._codes(part.cell, dimension, entity, period)
        return found

    def _recorded_codes(
        self, key: _Key, others: Sequence[tuple[str, str]], dimension: str, entity: str
    ) -> set[str]:
        """Codes of a dimension under which records are not zero, the codes of other dimensions given."""
        table = self._tables.get(key)
        if table is None:
            return set()
        place, _ = _place_of(dimension, others)
        names = [name for name, _ in others]
        names.insert(place, dimension)
        fixed = tuple([code for _, code in others])
        return table.members(entity, tuple(names), place, fixed, self._trees)

    def _parts(self, coordinate: Coordinate) -> list[Coordinate]:
        """The coordinates that add up to this one by concept: only parts that have all its dimensions belong."""
        stated = {name for name, _ in coordinate.dimensions}
        return [
            Coordinate(part, coordinate.dimensions, coordinate.entity, coordinate.period, coordinate.measure)
            for part in self.vocabulary.parts(coordinate.concept)
            if stated <= set(self.vocabulary.concepts[part].dimensions)
        ]

    def _add_parts(self, coordinate: Coordinate, find: _Find) -> Fact | None:
        inputs = self._parts(coordinate)
        known = [fact.interval for fact in map(find, inputs) if fact is not None]
        if not inputs or len(known) < len(inputs):
            return None
        return _derived(coordinate, "sum", sum(known[1:], start=known[0]), inputs)

    def _compare(self, coordinate: Coordinate, find: _Find) -> Fact | None:
        own, base = comparison_inputs(coordinate)
        mine, other = find(own), find(base)
        if mine is None or other is None:
            return None
        difference = mine.interval - other.interval
        if coordinate.measure.kind == "change":
            return _derived(coordinate, "difference", difference, (own, base), mine.value - other.value)
        ratio = mine.interval.ratio(other.interval)
        if ratio is None:
            return None
        nominal = mine.value / other.value
        if coordinate.measure.kind == "growth":
            ratio, nominal = ratio + Interval.of(-1), nominal - 1
            if other.interval.high < 0:
                ratio, nominal = -ratio, -nominal
        return _derived(coordinate, "ratio", ratio, (own, base), nominal)


def comparison_inputs(coordinate: Coordinate) -> tuple[Coordinate, Coordinate]:
    """The two coordinates that a change, growth, share or completion compares: itself and its base."""
    measure = coordinate.measure
    own = coordinate.measured(Measure("actual"))
    if measure.kind == "share":
        return own, Cell.parse(measure.of).at(coordinate.entity, coordinate.period)
    if measure.of in ("initial_budget", "adjusted_budget"):
        return own, own.measured(Measure(measure.of))
    return own, own.during(measure.of)


def _key(coordinate: Coordinate) -> _Key:
    return (coordinate.concept, coordinate.period, coordinate.measure.kind)


def _place_of(dimension: str, stated: Sequence[tuple[str, str]]) -> tuple[int, bool]:
    """Where a dimension stands or would stand among those stated, and whether it does."""
    for place, (name, _) in enumerate(stated):
        if name >= dimension:
            return place, name == dimension
    return len(stated), False


def _derived(
    coordinate: Coordinate,
    operation: str,
    interval: Interval,
    inputs: Iterable[Coordinate],
    nominal: Fraction | None = None,
) -> Fact:
    provenance: Provenance = Derivation(operation, tuple(inputs))
    rough = interval.low != interval.high
    return Fact(coordinate, interval, provenance, nominal=nominal if rough else None)
