"""The same books on PostgreSQL: tables by the migrations, rows copied from the SQLite file."""

from __future__ import annotations

import os
import sqlite3
from pathlib import Path

TABLES = ("entity", "project", "classification", "voucher", "voucherline")


def address() -> str | None:
    """The empty PostgreSQL database of `scripts/with-postgresql`, None where there is none."""
    return os.environ.get("MINGZHANG_TEST_DATABASE_URL")


def copy_books(books: Path, url: str) -> None:
    """Fill an emptied database with the rows of SQLite books."""
    import psycopg

    from mingzhang.records.setup import open_books

    open_books(url)
    names = [f"records_{table}" for table in TABLES]
    with sqlite3.connect(books) as source, psycopg.connect(url, autocommit=True) as target:
        target.execute(f"TRUNCATE {', '.join(names)} RESTART IDENTITY CASCADE")
        for name in names:
            columns = [row[1] for row in source.execute(f"PRAGMA table_info({name})")]
            listed = ", ".join(f'"{column}"' for column in columns)
            with target.cursor().copy(f"COPY {name} ({listed}) FROM STDIN") as copy:
                for row in source.execute(f"SELECT {listed} FROM {name} ORDER BY id"):
                    copy.write_row(row)
            target.execute(
                "SELECT setval(pg_get_serial_sequence(%s, 'id'), (SELECT max(id) FROM " + name + "))", (name,)
            )
            target.execute(f"VACUUM ANALYZE {name}")
