"""The same books on PostgreSQL: tables by the migrations, rows copied from the SQLite file."""

from __future__ import annotations

import os
import sqlite3
from pathlib import Path

import psycopg


def address() -> str | None:
    """The empty PostgreSQL database of `scripts/with-postgresql`, None where there is none."""
    return os.environ.get("MINGZHANG_TEST_DATABASE_URL")


def copy_books(books: Path, url: str) -> None:
    """Fill an emptied database with the rows of SQLite books, the trail included."""
    from mingzhang.records.backup.tables import kept_tables
    from mingzhang.records.setup import open_books

    open_books(url)
    names = [model._meta.db_table for model in kept_tables()]
    with sqlite3.connect(books) as source, psycopg.connect(url, autocommit=True) as target:
        target.execute("SET TIME ZONE 'UTC'")  # as SQLite keeps moments
        target.execute(f"TRUNCATE {', '.join(names)} RESTART IDENTITY CASCADE")
        for name in names:
            _copy(source, target, name)
            target.execute(
                f"SELECT setval(pg_get_serial_sequence('{name}', 'id'), greatest((SELECT max(id) FROM {name}), 1))"
            )
            target.execute(f"VACUUM ANALYZE {name}")


def _copy(source: sqlite3.Connection, target: psycopg.Connection, name: str) -> None:
    """Copy one table as the text that COPY reads; these books have no tabs or line ends in their words."""
    columns = [row[1] for row in source.execute(f"PRAGMA table_info({name})")]
    listed = ", ".join(f'"{column}"' for column in columns)
    fields = " || char(9) || ".join(
        f"coalesce(replace(\"{column}\", '\\', '\\\\'), '\\N')" for column in columns
    )
    rows = source.execute(f"SELECT {fields} FROM {name} ORDER BY id")
    with target.cursor().copy(f"COPY {name} ({listed}) FROM STDIN") as copy:
        while batch := rows.fetchmany(20_000):
            copy.write("".join(f"{row}\n" for (row,) in batch))
