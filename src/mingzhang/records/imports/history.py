"""What has been taken in (导入记录), and by whom: the trail knows."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from mingzhang.records.imports.run import chinese_of
from mingzhang.records.models import Entity, ImportBatch, TrailEntry

PAGE = 50


@dataclass(frozen=True, slots=True)
class Taken:
    """One file that was taken in."""

    batch: ImportBatch
    chinese: str
    actor: str


def batches(entities: Iterable[Entity], before: int | None = None) -> tuple[Sequence[Taken], int | None]:
    """Files of these entities, newest first, and what asks for the following ones."""
    found = ImportBatch.objects.filter(entity__in=list(entities)).select_related("entity").order_by("-id")
    if before is not None:
        found = found.filter(pk__lt=before)
    rows = list(found[: PAGE + 1])
    keys = [f"ImportBatch:{batch.pk}" for batch in rows]
    actors = dict(TrailEntry.objects.filter(key__in=keys).values_list("key", "actor"))
    shown = [
        Taken(batch, chinese_of(batch.kind), actors.get(f"ImportBatch:{batch.pk}", ""))
        for batch in rows[:PAGE]
    ]
    return shown, rows[PAGE - 1].pk if len(rows) > PAGE else None
