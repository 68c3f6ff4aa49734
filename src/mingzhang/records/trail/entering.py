"""New rows of kept tables: into the books and into the trail together."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any, TypeVar

from django.db import models, transaction

from mingzhang.records.models import Entity
from mingzhang.records.trail.chains import record
from mingzhang.records.trail.kept import KEPT, Kept

Row = TypeVar("Row", bound=models.Model)


def _by_entity(rows: Iterable[Row], kept: Kept) -> list[tuple[Entity | None, list[Row]]]:
    """Rows by their entity, in the order of codes: whoever locks several chains locks them in one order. First those that no entity has (yet)."""
    if not kept.entity:
        return [(None, list(rows))]
    groups: dict[int | None, list[Row]] = {}
    for row in rows:
        groups.setdefault(getattr(row, kept.entity), []).append(row)
    entities = Entity.objects.in_bulk(key for key in groups if key is not None)
    ordered = sorted(entities.values(), key=lambda each: each.code)
    nobodys = [(None, groups[None])] if None in groups else []
    return [*nobodys, *((entity, groups[entity.pk]) for entity in ordered)]


def enter(rows: Iterable[Row], action: str = "登记", *, subject: str = "", **stated: Any) -> Sequence[Row]:
    """Put new rows of one kept table into the books, with one entry for each entity; `stated` as `record` takes it."""
    rows = list(rows)
    if not rows:
        return rows
    model = type(rows[0])
    kept = KEPT[model.__name__]
    with transaction.atomic():
        model._default_manager.bulk_create(rows, batch_size=2000)
        for entity, own in _by_entity(rows, kept):
            told = subject or f"{kept.chinese}{len(own)}条"
            record(kept.book, action, told, entity=entity, touched=own, **stated)
    return rows
