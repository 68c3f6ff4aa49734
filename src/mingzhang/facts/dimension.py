"""A dimension: a tree of codes along which figures add up (类 → 款 → 项)."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, field, replace
from functools import cached_property


@dataclass(frozen=True)
class Dimension:
    """One dimension of the cube.

    `parents` maps each code to its parent, None at the top; `names` maps codes to Chinese names. A coordinate
    that does not state a dimension means the total over it, so the root has no code. `complete` says that the
    children of a code exhaust it: then, and only then, they must add up to it. `whole` says that the top codes
    exhaust the figure that states no code; projects do not, since basic expenditure belongs to none.
    """

    name: str
    chinese: str
    parents: dict[str, str | None]
    names: dict[str, str]
    complete: bool = True
    whole: bool = True
    _children: dict[str | None, tuple[str, ...]] = field(init=False, repr=False, compare=False)
    _ancestors: dict[str, tuple[str, ...]] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        children: dict[str | None, list[str]] = {}
        for code, parent in self.parents.items():
            if parent is not None and parent not in self.parents:
                raise ValueError(f"dimension {self.name}: {code} has an unknown parent {parent}")
            children.setdefault(parent, []).append(code)
        object.__setattr__(self, "_children", {parent: tuple(codes) for parent, codes in children.items()})
        object.__setattr__(self, "_ancestors", {code: tuple(self._climb(code)) for code in self.parents})

    def _climb(self, code: str) -> Iterator[str]:
        seen: set[str] = set()
        step: str | None = code
        while step is not None:
            if step in seen:
                raise ValueError(f"dimension {self.name}: {code} is its own ancestor")
            seen.add(step)
            yield step
            step = self.parents[step]

    def __contains__(self, code: object) -> bool:
        return code in self.parents

    def parent(self, code: str) -> str | None:
        """The code above, None at the top."""
        return self.parents[code]

    def children(self, code: str | None = None) -> tuple[str, ...]:
        """The codes just below, in the order of the data; of the root for None."""
        return self._children.get(code, ())

    def path(self, code: str) -> tuple[str, ...]:
        """The code and its ancestors, nearest first. An unknown code is its own path."""
        return self._ancestors.get(code, (code,))

    def covers(self, above: str, below: str) -> bool:
        """Whether `below` is `above` or lies under it."""
        return above in self.path(below)

    def leaves(self, code: str | None = None) -> tuple[str, ...]:
        """The lowest codes under `code`, itself where it has no children."""
        below = self.children(code)
        if not below:
            return (code,) if code is not None else ()
        return tuple(leaf for child in below for leaf in self.leaves(child))

    def walk(self, code: str | None = None) -> Iterator[str]:
        """All codes under `code` in tree order, each before those under it."""
        if code is None:
            return iter(self._order)
        return self._descend(code)

    def ordered(self, codes: Collection[str]) -> tuple[str, ...]:
        """Those of the codes that the tree has, in its order."""
        return tuple(sorted((code for code in codes if code in self), key=self._order.__getitem__))

    @cached_property
    def _order(self) -> dict[str, int]:
        return {code: place for place, code in enumerate(self._descend(None))}

    def _descend(self, code: str | None) -> Iterator[str]:
        for child in self.children(code):
            yield child
            yield from self._descend(child)

    def level(self, code: str) -> int:
        """1 at the top (类), 2 below (款), …."""
        return len(self.path(code))

    def label(self, code: str) -> str:
        """The Chinese name, or the code itself where it has none."""
        return self.names.get(code, code)

    def extended(self, entries: Iterable[tuple[str, str | None, str]]) -> Dimension:
        """Return a copy with more (code, parent, name) entries, as books add their own units and projects."""
        parents, names = dict(self.parents), dict(self.names)
        for code, parent, name in entries:
            parents[code] = parent
            names[code] = name
        return replace(self, parents=parents, names=names)
