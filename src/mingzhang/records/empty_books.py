"""Empty books kept ready (空账簿): a new SQLite file takes its tables from a copy made once, instead of running every migration again.

The copy stands in the user's cache folder under the digest of all migrations, so that another release makes another one.
Where it cannot be kept, nothing but time is lost.
"""

from __future__ import annotations

import fcntl
import hashlib
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from functools import cache
from importlib import resources
from pathlib import Path

from django.apps import apps
from django.db import connections

NAME = "empty-{alias}-{digest}.sqlite3"


def file_of(alias: str) -> Path | None:
    """The SQLite file of a connection; None for other databases and for memory."""
    settings = connections[alias].settings_dict
    name = settings["NAME"]
    return name if settings["ENGINE"].endswith("sqlite3") and isinstance(name, Path) else None


def is_empty(alias: str) -> bool:
    """Whether a connection's database has no table yet."""
    return not connections[alias].introspection.table_names()


def take_tables(alias: str) -> bool:
    """Give a file that has no table yet those of the kept copy; whether that was done. Of two who open it at once one does it, the other waits."""
    file, copy = file_of(alias), _copy(alias)
    if file is None or copy is None or not copy.exists():
        return False
    with _alone(file.parent):
        if not is_empty(alias):
            return False
        connections[alias].close()
        for leftover in (file, file.with_name(f"{file.name}-wal"), file.with_name(f"{file.name}-shm")):
            leftover.unlink(missing_ok=True)
        shutil.copyfile(copy, file)
    return True


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
    """Keep a copy of tables that were just made in a file that had none."""
    copy = _copy(alias)
    if copy is None or file_of(alias) is None or copy.exists():
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
