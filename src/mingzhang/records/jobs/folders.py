"""Where jobs keep files in the data folder: what was uploaded, what is being made, what stays."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from time import time

from mingzhang.records.database import home
from mingzhang.records.models import Job

UPLOADS, AUDITS, PUBLISHED, STAGING = "uploads", "audits", "published", "staging"
_ORPHAN_SECONDS = 3600
"""A folder that no job knows may be that of a job being started; after an hour it is not."""


def uploads(job: Job) -> Path:
    """The files that were handed over with a job."""
    return home() / UPLOADS / str(job.pk)


def audits(job: Job) -> Path:
    """What an audit found."""
    return home() / AUDITS / str(job.pk)


@contextmanager
def staging(name: str) -> Iterator[Path]:
    """An empty folder to make things in, on the file system of all others; gone afterwards with what is left in it."""
    folder = home() / STAGING / name
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def staging_of(job: Job) -> str:
    """The name of the staging folder of this taking of a job."""
    return f"{job.pk}-{job.attempts}"


def settle(made: Path, final: Path) -> None:
    """Move a folder to where it stays, whole or not at all; what a broken-off attempt left there gives way."""
    for folder, _, files in os.walk(made):
        for name in files:
            _sync(Path(folder, name))
        _sync(Path(folder))
    final.parent.mkdir(parents=True, exist_ok=True)
    if final.exists():
        aside = made.with_name(f"{made.name}.old")
        shutil.rmtree(aside, ignore_errors=True)
        final.rename(aside)
        made.rename(final)
        shutil.rmtree(aside, ignore_errors=True)
    else:
        made.rename(final)
    _sync(final.parent)


def _sync(path: Path) -> None:
    """Have it on the disk before anything says that it is there."""
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def sweep() -> list[Path]:
    """Remove what nobody will finish: staging folders of no running job, files of jobs that were never kept."""
    gone = [path for path in _inside(STAGING) if not _is_held(path)]
    for kept in (UPLOADS, AUDITS):
        known = set(Job.objects.values_list("pk", flat=True)) if _inside(kept) else set()
        gone += [
            path
            for path in _inside(kept)
            if path.name.isdecimal() and int(path.name) not in known and _is_old(path)
        ]
    for path in gone:
        shutil.rmtree(path, ignore_errors=True)
    return gone


def _inside(name: str) -> list[Path]:
    with suppress(FileNotFoundError):
        return sorted((home() / name).iterdir())
    return []


def _is_held(path: Path) -> bool:
    key, dash, attempts = path.name.removesuffix(".old").partition("-")
    if not (dash and key.isdecimal() and attempts.isdecimal()):
        return not _is_old(path)
    return Job.objects.filter(pk=int(key), attempts=int(attempts), state=Job.State.RUNNING).exists()


def _is_old(path: Path) -> bool:
    with suppress(FileNotFoundError):
        return time() - path.stat().st_mtime > _ORPHAN_SECONDS
    return False
