"""The vocabulary: which concepts and dimensions there are. The catalogue fills it, machinery only asks it."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from difflib import get_close_matches
from functools import cached_property
from typing import Any

from mingzhang.facts.concept import Concept
from mingzhang.facts.coordinate import Cell, CoordinateError
from mingzhang.facts.dimension import Dimension


@dataclass(frozen=True)
class Vocabulary:
    """Concepts and dimensions by name, and the tree of entities (预算单位)."""

    concepts: dict[str, Concept]
    dimensions: dict[str, Dimension]
    entities: Dimension = field(default_factory=lambda: Dimension("entity", "预算单位", {}, {}))
    worked_out: dict[Hashable, Any] = field(default_factory=dict, init=False, repr=False, compare=False)
    """What others have worked out from concepts and dimensions alone, entities aside: the same with other entities."""

    def parts(self, concept: str) -> tuple[str, ...]:
        """Names of the concepts that add up to this one."""
        return self._parts.get(concept, ())

    @cached_property
    def _parts(self) -> dict[str | None, tuple[str, ...]]:
        """Names of the parts of every concept that has some."""
        parts: dict[str | None, list[str]] = {}
        for name, concept in self.concepts.items():
            parts.setdefault(concept.part_of, []).append(name)
        return {whole: tuple(names) for whole, names in parts.items()}

    def with_entities(self, entries: Iterable[tuple[str, str | None, str]]) -> Vocabulary:
        """Return the vocabulary with the books' own entities (code, parent, name)."""
        return replace(self, entities=self.entities.extended(entries))._knowing(self.worked_out)

    def _knowing(self, worked_out: dict[Hashable, Any]) -> Vocabulary:
        object.__setattr__(self, "worked_out", worked_out)
        return self

    def with_concepts(self, concepts: Iterable[Concept]) -> Vocabulary:
        """Return the vocabulary with more concepts, such as the figures of the books' own registers."""
        return replace(self, concepts={**self.concepts, **{concept.name: concept for concept in concepts}})

    def with_codes(self, dimension: str, entries: Iterable[tuple[str, str | None, str]]) -> Vocabulary:
        """Return the vocabulary with more codes in a dimension, such as the books' projects."""
        return replace(
            self, dimensions={**self.dimensions, dimension: self.dimensions[dimension].extended(entries)}
        )

    def joined(self, other: Vocabulary) -> Vocabulary:
        """Return the vocabulary with the codes that only the other has; a code known to both stays as it is here."""
        more = self
        for name, tree in other.dimensions.items():
            unknown = [code for code in tree.walk() if code not in self.dimensions[name]]
            if unknown:
                more = more.with_codes(
                    name, [(code, tree.parent(code), tree.names[code]) for code in unknown]
                )
        return more

    def renamed(self, dimension: str, names: Mapping[str, str]) -> Vocabulary:
        """Return the vocabulary with other Chinese names for some codes, as an edition prints them."""
        key = ("renamed", dimension, tuple(sorted(names.items())))
        if key not in self.worked_out:
            tree = self.dimensions[dimension]
            self.worked_out[key] = replace(tree, names={**tree.names, **names}), {}
        own, worked_out = self.worked_out[key]
        return replace(self, dimensions={**self.dimensions, dimension: own})._knowing(worked_out)

    def check(self, cell: Cell, *dimensions: str) -> Cell:
        """Return the cell; raise CoordinateError where it names what is not in the vocabulary.

        `dimensions` are names that the concept must have besides.
        """
        concept = self.concepts.get(cell.concept)
        if concept is None:
            raise CoordinateError(f"unknown concept {cell.concept!r}{_suggest(cell.concept, self.concepts)}")
        for name in (*(name for name, _ in cell.dimensions), *dimensions):
            if name not in concept.dimensions:
                raise CoordinateError(
                    f"{cell.concept} has no dimension {name!r}{_suggest(name, concept.dimensions)}"
                )
        for name, code in cell.dimensions:
            if code not in self.dimensions[name]:
                raise CoordinateError(f"{cell}: {code!r} is not a code of dimension {name}")
        return cell


def _suggest(word: str, known: Iterable[str]) -> str:
    near = get_close_matches(word, list(known), 1)
    return f", did you mean {near[0]!r}?" if near else ""
