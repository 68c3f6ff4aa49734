"""What an import adds to the trail (导入留痕): one entry for each entity, with the file and every row that it entered, changed or removed."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django.db import models

from mingzhang.records.models import Entity, ImportBatch
from mingzhang.records.trail import KEPT, content, record
from mingzhang.records.trail.kept import Seal, differing, seal_of


def file_of(batch: ImportBatch) -> dict[str, Any]:
    """The file of an import, as its entries name it."""
    return {"file": batch.file_name, "sha256": batch.sha256}


@dataclass(slots=True)
class _Rows:
    touched: list[models.Model] = field(default_factory=list)
    removed: list[Seal] = field(default_factory=list)
    before: dict[str, Any] = field(default_factory=dict)
    after: dict[str, Any] = field(default_factory=dict)


class Recording:
    """The rows of one import by their entity. Tell it of every row, then `finish`."""

    def __init__(self, batch: ImportBatch) -> None:
        self._batch = batch
        self._rows: dict[int, _Rows] = {}
        self._kinds: dict[str, None] = {}

    def _of(self, row: models.Model) -> _Rows:
        self._kinds.setdefault(type(row).__name__)
        return self._rows.setdefault(row.entity_id, _Rows())

    def entered(self, rows: Iterable[models.Model]) -> None:
        """New rows, saved."""
        for row in rows:
            self._of(row).touched.append(row)

    def changed(self, row: models.Model, before: dict[str, Any]) -> None:
        """A row changed from what its content was, saved."""
        own, after = self._of(row), content(row)
        own.touched.append(row)
        key = f"{type(row).__name__}:{row.pk}"
        own.before[key] = {name: before[name] for name in differing(before, after)}
        own.after[key] = {name: after[name] for name in differing(before, after)}

    def removed(self, rows: Iterable[models.Model]) -> None:
        """Rows about to be deleted."""
        for row in rows:
            self._of(row).removed.append(seal_of(row, removed=True))

    def finish(self) -> None:
        """Add the entries, in the order of the entities' codes."""
        names = "、".join(KEPT[kind].chinese for kind in self._kinds)
        books = {KEPT[kind].book for kind in self._kinds}
        for entity in Entity.objects.filter(pk__in=self._rows).order_by("code"):
            own = self._rows[entity.pk]
            record(
                min(books),
                "导入",
                f"{names} {self._batch.file_name}",
                entity=entity,
                of=self._batch,
                before=own.before or None,
                after={**file_of(self._batch), **own.after},
                touched=own.touched,
                removed=own.removed,
            )
