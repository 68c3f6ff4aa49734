"""A snapshot of the books (快照): a second connection that sees one moment, while others go on writing."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from copy import deepcopy
from typing import Any

from django.db import DEFAULT_DB_ALIAS, connections, transaction
from django.db.utils import load_backend

ALIAS = "snapshot"


@contextmanager
def snapshot() -> Iterator[str]:
    """The name of a connection that reads the books as they are now, and as they stay until it is closed."""
    books = connections[DEFAULT_DB_ALIAS]
    if books.vendor == "sqlite" and books.is_in_memory_db():
        with transaction.atomic():
            yield DEFAULT_DB_ALIAS
        return
    opened = load_backend(books.settings_dict["ENGINE"]).DatabaseWrapper(_settings(books), ALIAS)
    connections[ALIAS] = opened
    try:
        with transaction.atomic(using=ALIAS):
            with opened.cursor() as cursor:
                cursor.execute("SELECT 1 FROM django_migrations")
            yield ALIAS
    finally:
        opened.close()
        del connections[ALIAS]


def _settings(books: Any) -> dict[str, Any]:
    """The settings of the books' own connection; only the kind of transaction differs."""
    stated = deepcopy(books.settings_dict)
    if books.vendor == "sqlite":
        stated["OPTIONS"]["transaction_mode"] = "DEFERRED"
    else:
        from psycopg import IsolationLevel

        stated["OPTIONS"]["isolation_level"] = IsolationLevel.REPEATABLE_READ
    return stated
