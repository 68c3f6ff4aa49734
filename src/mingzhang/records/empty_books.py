"""Empty books kept ready (空账簿): a new SQLite file, or books in memory, take their tables from a copy made once, instead of running every migration again.

The copy stands in the user's cache folder under the digest of all migrations, so that another release makes another one.
Where it cannot be kept, nothing but time is lost.
"""

from __future__ import annotations

import fcntl
import hashlib
import os
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from functools import cache
from importlib import resources
from pathlib import Path

from django.apps import apps
from django.db import connections

NAME = "empty-{alias}-{digest}.sqlite3"


def can_take(alias: str) -> bool:
    """Whether a connection's database can take tables from a copy: whether it is SQLite's."""
    return connections[alias].vendor == "sqlite"


def is_empty(alias: str) -> bool:
    """Whether a connection's database has no table yet."""
    return not connections[alias].introspection.table_names()


def take_tables(alias: str) -> bool:
    """Give a database that has no table yet those of the kept copy; whether that was done. Of two who open a file at once one does it, the other waits."""
    copy = _copy(alias)
    if not can_take(alias) or copy is None or not copy.exists():
        return False
    file = connections[alias].settings_dict["NAME"]
    if not isinstance(file, Path):
        _take_into_memory(alias, copy)
        return True
    with _alone(file.parent):
        if not is_empty(alias):
            return False
        connections[alias].close()
        for leftover in (file, file.with_name(f"{file.name}-wal"), file.with_name(f"{file.name}-shm")):
            leftover.unlink(missing_ok=True)
        shutil.copyfile(copy, file)
    return True


def _take_into_memory(alias: str, copy: Path) -> None:
    connections[alias].ensure_connection()
    with closing(sqlite3.connect(copy)) as source:
        source.backup(connections[alias].connection)


@contextmanager
def _alone(folder: Path) -> Iterator[None]:
    """Hold the folder against others who open books in it."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield
    finally:
        os.close(handle)


def keep_tables(alias: str) -> None:
    """Keep a copy of tables that were just made in a database that had none."""
    copy = _copy(alias)
    if copy is None or not can_take(alias) or copy.exists():
        return
    with suppress(OSError):
        copy.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        waiting = copy.with_name(f"{copy.name}.{os.getpid()}")
        waiting.unlink(missing_ok=True)
        with connections[alias].cursor() as cursor:
            cursor.execute("VACUUM INTO %s", [str(waiting)])
        waiting.replace(copy)


def _copy(alias: str) -> Path | None:
    folder = os.environ.get("XDG_CACHE_HOME")
    with suppress(RuntimeError):
        base = Path(folder) if folder else Path.home() / ".cache"
        return base / "mingzhang" / NAME.format(alias=alias, digest=_digest())
    return None


@cache
def _digest() -> str:
    """The digest of every migration of every application."""
    sum_ = hashlib.sha256()
    for config in sorted(apps.get_app_configs(), key=lambda config: config.label):
        with suppress(ModuleNotFoundError):
            folder = resources.files(f"{config.name}.migrations")
            for file in sorted(
                (each for each in folder.iterdir() if each.name.endswith(".py")), key=lambda each: each.name
            ):
                sum_.update(f"{config.label}/{file.name}\n".encode() + file.read_bytes())
    return sum_.hexdigest()[:24]
