"""Codes of the two classifications as a report prints them: known ones found, unknown ones kept under their own prefix."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from difflib import get_close_matches

from mingzhang.facts import Concept, Vocabulary
from mingzhang.forms import Classification
from mingzhang.numbers import YUAN
from mingzhang.read.recognise.wording import term
from mingzhang.read.texts import alike

_LIKE, _SHORTEST = 0.8, 5
FUNCTION, ECONOMIC, FUND, NATURE = "function", "economic", "fund", "nature"


class CodeBook:
    """Finds codes and remembers those that the vocabulary of the year does not have."""

    def __init__(self, vocabulary: Vocabulary, functional: Classification, economic: Classification) -> None:
        self._vocabulary = vocabulary
        self._lists = {FUNCTION: functional, ECONOMIC: economic}
        self._added: dict[str, dict[str, tuple[str | None, str]]] = defaultdict(dict)
        self._concepts: dict[str, Concept] = {}
        self._names = {name: self._index(name) for name in self._lists}

    def _index(self, dimension: str) -> dict[str, list[str]]:
        """Codes by every name they have or had; those of the year's own tree first."""
        tree = self._vocabulary.dimensions[dimension]
        found: dict[str, list[str]] = defaultdict(list)
        for code, name in tree.names.items():
            found[alike(name)].append(code)
        for entry in self._lists[dimension].codes.values():
            former = (*(name for _, name in entry.names), *entry.former_names, entry.name)
            for name in map(alike, former):
                if entry.code not in found[name] and (entry.code in tree or not found[name]):
                    found[name].append(entry.code)
        return found

    def dimension_of(self, code: str) -> str:
        """Which classification a printed code belongs to: 3xx is an economic item, all others are functions.

        >>> CodeBook.dimension_of(None, "30201"), CodeBook.dimension_of(None, "2040601")
        ('economic', 'function')
        """
        return ECONOMIC if code.startswith("3") and len(code) in (3, 5) else FUNCTION

    def kept(self, dimension: str, code: str, name: str = "") -> str:
        """The code, added to the dimension under its own prefix where the year does not know it."""
        tree, added = self._vocabulary.dimensions[dimension], self._added[dimension]
        if code in tree or code in added:
            return code
        parent = self._parent(dimension, code)
        if parent is not None:
            self.kept(dimension, parent)
        listed = self._lists[dimension].codes.get(code)
        added[code] = (parent, listed.name if listed else name or code)
        return code

    def _parent(self, dimension: str, code: str) -> str | None:
        if len(code) > 3:
            return code[:-2]
        listed = self._lists[dimension].codes.get(code)
        if dimension == ECONOMIC:
            return (listed.group if listed else "") or "public"
        return None

    def own(self, dimension: str, name: str, parent: str | None = None) -> str:
        """A code of the report's own for a member that no list has, such as a kind of revenue of one province."""
        code = term(name)
        if code not in self._vocabulary.dimensions[dimension]:
            self._added[dimension][code] = (parent, name)
        return code

    def own_concept(self, name: str, chinese: str, part_of: str) -> str:
        """A concept of the report's own, part of a total of the catalogue."""
        meaning = "A row of the report's own form, part of its total."
        self._concepts[name] = Concept(name, chinese, YUAN, meaning, "部门决算公开表", part_of=part_of)
        return name

    def named(self, dimension: str, name: str, near: Iterable[str] = (), level: int = 0) -> str | None:
        """The code of a name: under or beside one of the codes `near` (nearest first), else where it is the only one.

        `level` asks for codes of that many digits.
        """
        codes = self._names[dimension].get(alike(term(name))) or self._names[dimension].get(alike(name), [])
        if level:
            codes = [code for code in codes if len(code) == level]
            codes = codes or self._like(dimension, name, level)
        for close in near:
            for code in codes:
                if self._parent(dimension, code) == close:
                    return code
        if dimension == ECONOMIC and len(codes) > 1:
            return min(codes, key=len)
        return codes[0] if len(codes) == 1 else None

    def _like(self, dimension: str, name: str, level: int) -> list[str]:
        """The one code of a level whose name differs in few characters, as names of classes do over the years."""
        words = alike(term(name))
        if len(words) < _SHORTEST:
            return []
        near = get_close_matches(words, self._names[dimension], 4, _LIKE)
        codes = [code for other in near for code in self._names[dimension][other] if len(code) == level]
        return codes[:1]

    def label(self, dimension: str, code: str) -> str:
        """The Chinese name of a code."""
        added = self._added[dimension].get(code)
        return added[1] if added else self._vocabulary.dimensions[dimension].label(code)

    def vocabulary(self) -> Vocabulary:
        """The vocabulary with everything that was added."""
        words = self._vocabulary
        for dimension, entries in self._added.items():
            if entries:
                words = words.with_codes(dimension, [(code, *entry) for code, entry in entries.items()])
        if self._concepts:
            words = Vocabulary({**words.concepts, **self._concepts}, words.dimensions, words.entities)
        return words

    def has(self, concept: str, dimension: str) -> bool:
        """Whether figures of a concept may state a dimension."""
        known = self._concepts.get(concept) or self._vocabulary.concepts.get(concept)
        return known is not None and dimension in known.dimensions

    def concept(self, name: str) -> Concept | None:
        """The concept of that name."""
        return self._concepts.get(name) or self._vocabulary.concepts.get(name)
