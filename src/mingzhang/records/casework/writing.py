"""Writing a changed dossier (写入案卷): the record with its event, then the rows below; inside the transaction of the step."""

from __future__ import annotations

from collections.abc import Iterable

from django.db import models

from mingzhang.records.casework import personal
from mingzhang.records.casework.dossier import Change, Dossier
from mingzhang.records.casework.events import Before, Deed, append
from mingzhang.records.casework.models import Index, Personal
from mingzhang.records.casework.values import PersonalValue


def write(dossier: Dossier, change: Change, deed: Deed, before: Before) -> None:
    """Keep what a change leaves; its event states all of it."""
    append(dossier.record, before, deed, rows=change.rows, removed=change.removed)
    fresh: dict[type[models.Model], list[models.Model]] = {}
    for row in change.rows:
        row.record = dossier.record  # type: ignore[attr-defined]  # takes over the key that a new record has by now
        if row.pk is None:
            fresh.setdefault(type(row), []).append(row)
        else:
            row.save()
    for table, rows in fresh.items():
        table._default_manager.bulk_create(rows)
    keep_indexes(change.sealed)
    for row in change.removed:
        row.delete()
    dossier.happened(deed.action, deed.occurred_on)


def keep_indexes(sealed: Iterable[tuple[Personal, PersonalValue]]) -> None:
    """Make saved sealed values findable as they are now."""
    pairs = list(sealed)
    if pairs:
        Index.objects.filter(personal__in=[row for row, _ in pairs]).delete()
        Index.objects.bulk_create(index for row, value in pairs for index in personal.indexes(row, value))
