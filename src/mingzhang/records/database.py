"""Which database holds the books: `DATABASE_URL`, a path, or the default file (`MINGZHANG_HOME`)."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

from django.conf import settings

FILE_NAME = "mingzhang.sqlite3"
KEPT_OPEN = 600
"""Seconds that a process of the portal keeps a connection from one request to the next."""
JOBS = "jobs"
"""The connection to the queue and to the progress of jobs, apart from the books."""


class DatabaseAddressError(ValueError):
    """An address of a database cannot be understood."""


def home() -> Path:
    """The data folder: `MINGZHANG_HOME`, else where the opened books are a file, their folder, else the current folder."""
    stated = os.environ.get("MINGZHANG_HOME")
    return Path(stated or _folder_of_books() or ".").resolve()


def _folder_of_books() -> Path | None:
    if not settings.configured:
        return None
    name = settings.DATABASES["default"].get("NAME")
    return name.parent if isinstance(name, Path) else None


def default_address() -> str:
    """`DATABASE_URL`, else the SQLite file in the data folder."""
    stated = Path(os.environ.get("MINGZHANG_HOME") or ".").resolve()
    return os.environ.get("DATABASE_URL") or str(stated / FILE_NAME)


def database_settings(address: str) -> dict[str, Any]:
    """Return Django's settings for a path, `sqlite:///path` or `postgres://user:password@host:port/name`.

    >>> database_settings("postgres://keeper:a%40b@db:5433/books")["PASSWORD"]
    'a@b'
    >>> str(database_settings("sqlite:////srv/books.sqlite3")["NAME"])
    '/srv/books.sqlite3'
    """
    if "://" not in address:
        return _sqlite(address)
    parts = urlsplit(address)
    if parts.scheme == "sqlite":
        return _sqlite(unquote(parts.path.removeprefix("/")) or ":memory:")
    if parts.scheme in ("postgres", "postgresql"):
        options = dict(parse_qsl(parts.query))
        return {
            "ENGINE": "django.db.backends.postgresql",
            "NAME": unquote(parts.path.removeprefix("/")),
            "USER": unquote(parts.username or ""),
            "PASSWORD": unquote(parts.password or ""),
            "HOST": unquote(parts.hostname or options.pop("host", "")),
            "PORT": str(parts.port or ""),
            "OPTIONS": options,
            "CONN_MAX_AGE": KEPT_OPEN,
            "CONN_HEALTH_CHECKS": True,
        }
    raise DatabaseAddressError(
        f"无法识别数据库地址“{address}”：请写文件路径、sqlite:///路径 或 postgres://用户:密码@主机:端口/库名"
    )


def databases(address: str) -> dict[str, dict[str, Any]]:
    """The books at an address, and beside them the queue of jobs.

    SQLite has one writer: the queue is a second file there, so that a job tells its progress while it writes into the
    books. On PostgreSQL it is a second connection to the same database.

    >>> found = databases("/srv/books.sqlite3")
    >>> found["default"]["NAME"].name, found["jobs"]["NAME"].name
    ('books.sqlite3', 'books-jobs.sqlite3')
    """
    books = database_settings(address)
    if books["ENGINE"].endswith("sqlite3") and books["NAME"] != ":memory:":
        file: Path = books["NAME"]
        return {"default": books, JOBS: {**books, "NAME": file.with_name(f"{file.stem}-jobs{file.suffix}")}}
    return {"default": books, JOBS: dict(books)}


def _sqlite(path: str) -> dict[str, Any]:
    return {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": path if path == ":memory:" else Path(path).resolve(),
        "OPTIONS": {"transaction_mode": "IMMEDIATE", "timeout": 20},
        "CONN_MAX_AGE": KEPT_OPEN,
    }
