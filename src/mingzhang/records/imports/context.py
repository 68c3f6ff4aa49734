"""What the rows of an import are read against: the units, projects and closed periods of the books."""

from __future__ import annotations

from dataclasses import dataclass, field

from mingzhang.facts import Vocabulary
from mingzhang.records.checking import Books
from mingzhang.records.models import Entity, Project


@dataclass(slots=True)
class Context:
    """The books as one import sees them. `entity` and `year` were given with the command, None where not.

    `scope` are codes of the entities that the file may speak of, None where it may speak of all.
    """

    entity: Entity | None = None
    year: int | None = None
    scope: frozenset[str] | None = None
    books: Books = field(default_factory=Books)
    vocabularies: dict[int, Vocabulary] = field(default_factory=dict)
    project_names: dict[str, str] = field(
        default_factory=lambda: {name: code for code, name in Project.objects.values_list("code", "name")}
    )

    def is_within(self, code: str) -> bool:
        """Whether the file may change what belongs to the entity of this code."""
        return self.scope is None or code in self.scope

    def unit(self) -> Entity | None:
        """The budget unit meant where a row names none: the one given, else the only one of the books."""
        if self.entity is not None:
            return self.entity
        units = [entity for entity in self.books.entities.values() if entity.keeps_books]
        return units[0] if len(units) == 1 else None

    def entity_named(self, text: str) -> Entity | None:
        """The entity of a code, name or short name; None where there is none."""
        found = self.books.entities.get(text)
        if found is not None:
            return found
        named = [
            entity for entity in self.books.entities.values() if text in (entity.name, entity.short_name)
        ]
        return named[0] if len(named) == 1 else None
