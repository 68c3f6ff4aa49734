"""The whole organisation in memory: which unit belongs to which department, which project to which, asked without going to the database."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from functools import cached_property
from typing import Any, TypeVar

from mingzhang.records.models import Entity, Project

Made = TypeVar("Made")


class Organisation:
    """All entities and projects of the books, read once, each knowing the one above it."""

    def __init__(self) -> None:
        self.entities = list(Entity.objects.all())
        self.by_key = {entity.pk: entity for entity in self.entities}
        for entity in self.entities:
            entity.parent = self.by_key[entity.parent_id] if entity.parent_id is not None else None
            entity.among = self.entities
        self._made: dict[Hashable, Any] = {}

    def named(self, code: str) -> Entity:
        """The entity of a code; Entity.DoesNotExist where there is none."""
        found = self._by_code.get(code)
        if found is None:
            raise Entity.DoesNotExist(f"没有代码为“{code}”的单位")
        return found

    @cached_property
    def _by_code(self) -> dict[str, Entity]:
        return {entity.code: entity for entity in self.entities}

    def keys_below(self, key: int) -> tuple[int, ...]:
        """The keys of an entity and of all under it."""
        return self.once(
            ("below", key), lambda: tuple(entity.pk for entity in self.by_key[key].below(self.entities))
        )

    def once(self, key: Hashable, make: Callable[[], Made]) -> Made:
        """What follows from the organisation and the key alone, made once."""
        if key not in self._made:
            self._made[key] = make()
        return self._made[key]

    @cached_property
    def projects(self) -> list[Project]:
        """All projects, each knowing its entity and the project above it."""
        projects = list(Project.objects.all())
        by_key = {project.pk: project for project in projects}
        for project in projects:
            project.entity = self.by_key[project.entity_id]
            project.parent = by_key[project.parent_id] if project.parent_id is not None else None
        return projects

    @cached_property
    def departments(self) -> dict[str, str]:
        """Code of the department of every unit, by the unit's code."""
        return {unit.code: unit.department().code for unit in self.entities if unit.keeps_books}

    @cached_property
    def own_offices(self) -> frozenset[str]:
        """Codes of the departments' own offices (本级), each its department's first unit, and of units standing alone."""
        first: dict[str, str] = {}
        for department in {self.named(code) for code in self.departments.values()}:
            first[department.code] = department.units(self.entities)[0].code
        return frozenset(first.values())
