"""The whole organisation in memory: which unit belongs to which department, which project to which, asked without going to the database."""

from __future__ import annotations

from collections.abc import Hashable
from functools import cached_property
from threading import Lock
from typing import Any

from django.db import connection

from mingzhang.records.models import Entity, Project
from mingzhang.remembering import Remembered

_REMEMBERED = 160


class Organisation:
    """All entities and projects of the books, read once, each knowing the one above it.

    `remembered` is what others made of it alone.
    """

    def __init__(self) -> None:
        self.remembered: Remembered[Hashable, Any] = Remembered(_REMEMBERED)
        self.entities = list(Entity.objects.all())
        self.by_key = {entity.pk: entity for entity in self.entities}
        for entity in self.entities:
            entity.parent = self.by_key[entity.parent_id] if entity.parent_id is not None else None
            entity.among = self.entities

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
        below = self.by_key[key].below
        found: tuple[int, ...] = self.remembered.get(
            ("below", key), lambda: tuple(entity.pk for entity in below(self.entities))
        )
        return found

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


_Rows = list[list[tuple[Any, ...]]]
_LAST: dict[str, tuple[_Rows, Organisation]] = {}
"""By database: the rows of the tables, and the organisation made of them."""
_LOCK = Lock()


def organisation_to_read() -> Organisation:
    """The organisation as it stands, the same one as long as no row of it has changed. Its entities are never to be saved."""
    name, rows = str(connection.settings_dict["NAME"]), _rows()
    with _LOCK:
        known = _LAST.get(name)
    if known is not None and known[0] == rows:
        return known[1]
    made = Organisation()
    if len(made.projects) == len(rows[1]) and _rows() == rows:
        with _LOCK:
            _LAST[name] = (rows, made)
    return made


def _rows() -> _Rows:
    """All that the tables hold, as the database gives it."""
    found = []
    with connection.cursor() as cursor:
        for model in (Entity, Project):
            cursor.execute(f"SELECT * FROM {model._meta.db_table} ORDER BY id")
            found.append(cursor.fetchall())
    return found
