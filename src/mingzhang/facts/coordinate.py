"""A coordinate: the address of a figure, `concept[dimension=code,…]@entity/period#measure`."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import lru_cache

from mingzhang.facts.measure import ACTUAL, Measure

_set = object.__setattr__
_CELL = re.compile(r"(?P<concept>[^\[\]@#(),=\s]+)(?:\[(?P<dimensions>[^\[\]]*)\])?(?:#(?P<measure>.+))?\Z")


class CoordinateError(ValueError):
    """A text is not a coordinate."""


@dataclass(frozen=True, slots=True)
class Cell:
    """A coordinate without entity and period: what a form's cell or a sentence's slot points at.

    >>> str(Cell.parse("expenditure[nature=basic,fund=general_public_budget]#share(of=expenditure)"))
    'expenditure[fund=general_public_budget,nature=basic]#share(of=expenditure)'
    """

    concept: str
    dimensions: tuple[tuple[str, str], ...] = ()
    measure: Measure = ACTUAL
    _hash: int = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        if len(self.dimensions) > 1:
            _set(self, "dimensions", tuple(sorted(self.dimensions)))
        _set(self, "_hash", hash((self.concept, self.dimensions)))

    def __hash__(self) -> int:
        return self._hash

    def __reduce__(self) -> tuple[type[Cell], tuple[object, ...]]:
        """Anew from its parts: the hash of a text differs from process to process."""
        return Cell, (self.concept, self.dimensions, self.measure)

    @classmethod
    def parse(cls, text: str) -> Cell:
        """Read `concept[dimension=code,…]#measure`; dimensions and measure may be left out."""
        found = _CELL.match(text.strip())
        if not found:
            raise CoordinateError(f"“{text}”不是坐标：应形如 概念[维度=代码,…]#口径")
        return cls(
            found["concept"],
            _parse_dimensions(found["dimensions"], text),
            _parse_measure(found["measure"], text),
        )

    def __str__(self) -> str:
        inside = ",".join(f"{name}={code}" for name, code in self.dimensions)
        measure = "" if self.measure == ACTUAL else f"#{self.measure}"
        return f"{self.concept}[{inside}]{measure}" if inside else f"{self.concept}{measure}"

    def where(self, extra: Mapping[str, str] | None = None, **dimensions: str) -> Cell:
        """Return the same cell with more (or other) dimensions stated."""
        stated = {**dict(self.dimensions), **(extra or {}), **dimensions}
        return Cell(self.concept, tuple(stated.items()), self.measure)

    def without(self, dimension: str) -> Cell:
        """Return the same cell with a dimension not stated: the total over it."""
        kept = tuple((name, code) for name, code in self.dimensions if name != dimension)
        return Cell(self.concept, kept, self.measure)

    def get(self, dimension: str) -> str | None:
        """The code stated for a dimension, None where the total is meant."""
        return dict(self.dimensions).get(dimension)

    def measured(self, measure: Measure) -> Cell:
        """Return the same cell under another measure."""
        return replace(self, measure=measure)

    def at(self, entity: str, period: str) -> Coordinate:
        """Return the full coordinate for an entity and a period."""
        return Coordinate(self.concept, self.dimensions, entity, period, self.measure)


@dataclass(frozen=True, slots=True, init=False)
class Coordinate:
    """The address of one figure. `entity` is a code of the organisation tree, `period` a year (`2021`) or a
    span inside it (`2021-01..2021-11`). Dimensions are kept sorted, so equal addresses are equal objects.

    There are many of them, each asked for its hash and its written form often: it keeps both.

    >>> text = "expenditure[function=204,nature=basic]@bureau/2021#completion(of=initial_budget)"
    >>> str(Coordinate.parse(text)) == text
    True
    """

    concept: str
    dimensions: tuple[tuple[str, str], ...]
    entity: str
    period: str
    measure: Measure = ACTUAL
    _hash: int = field(init=False, repr=False, compare=False)
    _written: str = field(init=False, repr=False, compare=False)

    def __init__(
        self,
        concept: str,
        dimensions: tuple[tuple[str, str], ...],
        entity: str,
        period: str,
        measure: Measure = ACTUAL,
    ) -> None:
        if len(dimensions) > 1:
            dimensions = tuple(sorted(dimensions))
        _set(self, "concept", concept)
        _set(self, "dimensions", dimensions)
        _set(self, "entity", entity)
        _set(self, "period", period)
        _set(self, "measure", measure)
        _set(self, "_hash", hash((concept, dimensions, entity, period)))
        _set(self, "_written", "")

    def __hash__(self) -> int:
        return self._hash

    def __eq__(self, other: object) -> bool:
        """Equal parts make an equal address; asked one by one, the most telling first."""
        if not isinstance(other, Coordinate):
            return NotImplemented
        return (
            self._hash == other._hash
            and self.dimensions == other.dimensions
            and self.concept == other.concept
            and self.entity == other.entity
            and self.period == other.period
            and (self.measure is other.measure or self.measure == other.measure)
        )

    def __reduce__(self) -> tuple[type[Coordinate], tuple[object, ...]]:
        """Anew from its parts: the hash of a text differs from process to process."""
        return Coordinate, (self.concept, self.dimensions, self.entity, self.period, self.measure)

    @classmethod
    def parse(cls, text: str) -> Coordinate:
        """Read the written form; a missing measure is `actual`."""
        return _parsed(text)

    def __str__(self) -> str:
        if not self._written:
            inside = ",".join([f"{name}={code}" for name, code in self.dimensions])
            body = f"{self.concept}[{inside}]" if inside else self.concept
            _set(self, "_written", f"{body}@{self.entity}/{self.period}#{self.measure}")
        return self._written

    @property
    def cell(self) -> Cell:
        """The coordinate without entity and period."""
        return Cell(self.concept, self.dimensions, self.measure)

    def get(self, dimension: str) -> str | None:
        """The code stated for a dimension, None where the total is meant."""
        for name, code in self.dimensions:
            if name == dimension:
                return code
        return None

    def where(self, **dimensions: str) -> Coordinate:
        """Return the coordinate with more (or other) dimensions stated."""
        stated = {**dict(self.dimensions), **dimensions}
        return Coordinate(self.concept, tuple(stated.items()), self.entity, self.period, self.measure)

    def without(self, dimension: str) -> Coordinate:
        """Return the coordinate with a dimension not stated: the total over it."""
        kept = tuple((name, code) for name, code in self.dimensions if name != dimension)
        return Coordinate(self.concept, kept, self.entity, self.period, self.measure)

    def measured(self, measure: Measure) -> Coordinate:
        """Return the coordinate under another measure."""
        return Coordinate(self.concept, self.dimensions, self.entity, self.period, measure)

    def during(self, period: str) -> Coordinate:
        """Return the coordinate in another period."""
        return Coordinate(self.concept, self.dimensions, self.entity, period, self.measure)


@lru_cache(maxsize=8192)
def _parsed(text: str) -> Coordinate:
    head, at, tail = text.strip().partition("@")
    place, _, measure = tail.partition("#")
    entity, slash, period = place.rpartition("/")
    if not (at and slash and entity and period):
        raise CoordinateError(f"“{text}”不是坐标：应形如 概念[维度=代码,…]@单位/年度#口径")
    cell = Cell.parse(head)
    return Coordinate(cell.concept, cell.dimensions, entity, period, _parse_measure(measure or None, text))


def _parse_dimensions(text: str | None, whole: str) -> tuple[tuple[str, str], ...]:
    stated: dict[str, str] = {}
    for part in filter(None, (piece.strip() for piece in (text or "").split(","))):
        name, equals, code = part.partition("=")
        if not (equals and name and code) or name in stated:
            raise CoordinateError(f"“{whole}”中的“{part}”应形如 维度=代码，且每个维度只写一次")
        stated[name.strip()] = code.strip()
    return tuple(stated.items())


def _parse_measure(text: str | None, whole: str) -> Measure:
    if not text:
        return ACTUAL
    kind, bracket, rest = text.strip().partition("(")
    of = rest[3:-1] if bracket and rest.startswith("of=") and rest.endswith(")") else ""
    try:
        return Measure(kind, of)
    except ValueError as problem:
        raise CoordinateError(f"“{whole}”的口径“{text}”无法识别：{problem}") from None
