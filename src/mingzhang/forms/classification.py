"""Classification codes (政府收支分类科目) with their years of validity."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Code:
    """One code. `valid_from` and `valid_to` are fiscal years, inclusive, None where open.

    `names` are (first year, name) pairs where the name changed over the years, oldest first.
    `former_names` are earlier names whose years nobody knows; they help to read old documents, nothing prints them.
    `certain` is False for rows that nobody has yet compared with an official list.
    """

    code: str
    name: str
    parent: str | None
    level: int
    valid_from: int | None = None
    valid_to: int | None = None
    names: tuple[tuple[int, str], ...] = ()
    certain: bool = True
    note: str = ""
    group: str = ""
    former_names: tuple[str, ...] = ()

    def valid_in(self, year: int) -> bool:
        """Whether the code may be used in a fiscal year."""
        return (self.valid_from is None or year >= self.valid_from) and (
            self.valid_to is None or year <= self.valid_to
        )

    def name_in(self, year: int) -> str:
        """The code's name in a fiscal year."""
        current = self.name
        if self.names:
            current = self.names[0][1]
            for since, name in self.names:
                if year >= since:
                    current = name
        return current


@dataclass(frozen=True)
class Classification:
    """A code list: functional (类/款/项) or economic (类/款)."""

    name: str
    chinese: str
    codes: dict[str, Code]
    _parents: frozenset[str] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        parents = frozenset(entry.parent for entry in self.codes.values() if entry.parent)
        object.__setattr__(self, "_parents", parents)

    def has_children(self, code: str) -> bool:
        """Whether the list details this code further."""
        return code in self._parents
