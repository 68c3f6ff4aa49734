"""Make a backup (备份): one moment of the books and the data folder, written as one archive."""

from __future__ import annotations

import os
from collections.abc import Callable
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path

from django.db import connections
from django.utils import timezone

from mingzhang.documents import Problem
from mingzhang.documents.problems import ProblemError
from mingzhang.records.backup.archive import (
    FILES,
    TABLES,
    ArchiveWriter,
    KeptFile,
    Manifest,
    Table,
    file_blocks,
    sync,
)
from mingzhang.records.backup.data_folder import kept_files
from mingzhang.records.backup.rows import columns, lines
from mingzhang.records.backup.schema import applied
from mingzhang.records.backup.snapshot import snapshot
from mingzhang.records.backup.tables import kept_tables
from mingzhang.records.database import home

Progress = Callable[[str, int, int], None]
"""Told what is being written, how many of how many."""

BACKUPS = "backups"


def default_path() -> Path:
    """Where a backup made now goes: `backups/` in the data folder, by date and time."""
    return home() / BACKUPS / f"mingzhang-{timezone.localtime():%Y%m%d-%H%M%S}.zip"


def make_backup(out: Path | None = None, progress: Progress | None = None) -> tuple[Path, Manifest]:
    """Write a backup to `out`, whole or not at all; nothing is ever overwritten. Others may go on working meanwhile."""
    out = out or default_path()
    _refuse_existing(out)
    out.parent.mkdir(parents=True, exist_ok=True)
    part = out.with_name(f".{out.name}.part")
    try:
        descriptor = os.open(part, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        with os.fdopen(descriptor, "wb") as stream, ArchiveWriter(stream) as archive:
            manifest = _write(archive, progress or (lambda stage, done, total: None))
        sync(part)
        _refuse_existing(out)
        part.rename(out)
    finally:
        part.unlink(missing_ok=True)
    return out, manifest


def _write(archive: ArchiveWriter, progress: Progress) -> Manifest:
    with snapshot() as using:
        migrations, tables, models = applied(using), [], kept_tables()
        for place, model in enumerate(models):
            progress("写出数据表", place, len(models))
            name = model._meta.label_lower
            rows, _, sm3 = archive.add(f"{TABLES}/{name}.jsonl", lines(model, using))
            tables.append(Table(name, [field.column for field in columns(model)], rows, sm3))
        vendor = connections[using].vendor
    files, found = [], list(kept_files())
    for number, (path, place) in enumerate(found):
        progress("写出文件", number, len(found))
        try:
            _, size, sm3 = archive.add(f"{FILES}/{path}", file_blocks(place))
        except FileNotFoundError:
            continue
        files.append(KeptFile(path, size, sm3))
    manifest = Manifest(
        version=version("mingzhang"),
        made_at=datetime.now(UTC).isoformat(timespec="seconds"),
        database=vendor,
        migrations=migrations,
        tables=tables,
        files=files,
    )
    archive.add_manifest(manifest)
    return manifest


def _refuse_existing(out: Path) -> None:
    if out.exists() or out.is_symlink():
        raise ProblemError(
            Problem("backup_exists", "已有同名文件，备份从不覆盖", str(out), "换一个文件名，或先把它移走。")
        )
