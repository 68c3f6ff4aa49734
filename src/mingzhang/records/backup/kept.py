"""Backups in the data folder (已有备份): listed, found by name, their downloads recorded."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from mingzhang.records.backup.making import BACKUPS
from mingzhang.records.database import home
from mingzhang.records.trail import record

BOOK = "backup"
_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,100}\.zip")
_MOST = 60


@dataclass(frozen=True, slots=True)
class KeptBackup:
    """A backup file."""

    name: str
    size: int
    made_at: datetime

    @property
    def megabytes(self) -> str:
        """Its size in megabytes."""
        return f"{self.size / 1024**2:.1f}"


def backups_kept() -> list[KeptBackup]:
    """The backups there are, newest first."""
    folder = home() / BACKUPS
    if not folder.is_dir():
        return []
    found = []
    for path in folder.iterdir():
        if _NAME.fullmatch(path.name) and path.is_file() and not path.is_symlink():
            stated = path.stat()
            found.append(KeptBackup(path.name, stated.st_size, datetime.fromtimestamp(stated.st_mtime, UTC)))
    return sorted(found, key=lambda backup: backup.made_at, reverse=True)[:_MOST]


def backup_named(name: str) -> Path | None:
    """The file of a backup; None where there is none of that name."""
    path = home() / BACKUPS / name
    return path if any(backup.name == name for backup in backups_kept()) else None


def note_download(path: Path) -> None:
    """Record who took it."""
    record(BOOK, "下载备份", path.name)
