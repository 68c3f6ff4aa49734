"""Back the books up (备份) into the data folder; done again, it is the file made before."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django.utils import timezone

from mingzhang.documents import Problem
from mingzhang.records.administration.scope import may_everywhere
from mingzhang.records.backup.archive import ArchiveReader
from mingzhang.records.backup.kept import BOOK
from mingzhang.records.backup.making import BACKUPS, make_backup
from mingzhang.records.database import home
from mingzhang.records.jobs.kind import JobKind
from mingzhang.records.jobs.pulse import Pulse
from mingzhang.records.models import Entity, Job, TrailEntry, User
from mingzhang.records.policy import Access, Action
from mingzhang.records.trail import record

_ACTION = "备份"


class BackupKind(JobKind):
    """One moment of everything, so only who may back up every entity may have it."""

    name = "backup"
    chinese = "备份"
    action = Action.BACK_UP

    def refusal(self, owner: User | None, entity: Entity | None) -> Problem | None:
        """It belongs to no entity."""
        if owner is not None and may_everywhere(Access(owner), Action.BACK_UP):
            return None
        return Problem(
            "not_allowed", "备份包含全部单位的账簿", self.chinese, "请管理全部单位的系统管理员办理。"
        )

    def check(self, payload: Mapping[str, Any]) -> Sequence[Problem]:
        """Nothing is asked for."""
        return []

    def run(self, job: Job, pulse: Pulse) -> dict[str, Any]:
        """Write `backups/mingzhang-<when it was asked for>-<job>.zip`; the trail says what is in it."""
        asked = timezone.localtime(job.created_at)
        path = home() / BACKUPS / f"mingzhang-{asked:%Y%m%d-%H%M%S}-{job.pk}.zip"
        if not path.exists():
            make_backup(path, pulse.tell)
        with ArchiveReader(path) as archive:
            manifest = archive.manifest
        held = {"tables": len(manifest.tables), "rows": manifest.rows, "files": len(manifest.files)}
        if not TrailEntry.objects.filter(chain__name=BOOK, action=_ACTION, subject=path.name).exists():
            record(BOOK, _ACTION, path.name, after=held)
        return {"file": path.name, "size": path.stat().st_size, **held}
