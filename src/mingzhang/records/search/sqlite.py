"""The index in SQLite: an FTS5 table without content, its words only (不存原文).

SQLite has one writer, so keys of vouchers appear in their order, and the highest key indexed is the watermark.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager

from django.db import OperationalError, connection, transaction

from mingzhang.records.models import Voucher
from mingzhang.records.search.rows import COLUMNS, PROGRESS, TABLE, words_of
from mingzhang.records.statements import rows

CREATE = (
    f"CREATE VIRTUAL TABLE {TABLE} USING fts5(words, content='', columnsize=0, detail=none, "
    "tokenize='unicode61 remove_diacritics 0')",
    f"CREATE TABLE {PROGRESS} (settled integer NOT NULL)",
    f"INSERT INTO {PROGRESS} VALUES (0)",
)
DROP = (f"DROP TABLE {TABLE}", f"DROP TABLE {PROGRESS}")


class SQLiteIndex:
    """See `index.Index`."""

    def take_in(self, limit: int) -> bool | None:
        """Index the vouchers above the watermark, unless somebody is writing."""
        if self._watermark() >= self._last_voucher():
            return True
        try:
            with _without_waiting(), transaction.atomic():
                return self._index(limit)
        except OperationalError:
            return None

    def find(self, words: Sequence[str], limit: int) -> list[int]:
        """Keys that carry all words."""
        asked = " AND ".join(f'"{word}"' for word in words)
        statement = f"SELECT rowid FROM {TABLE} WHERE {TABLE} MATCH %s LIMIT {limit}"
        return [key for (key,) in rows(statement, [asked])]

    def _index(self, limit: int) -> bool:
        settled = self._watermark()
        with connection.cursor() as cursor:
            cursor.execute(
                f"SELECT {COLUMNS} FROM {Voucher._meta.db_table} WHERE id > %s ORDER BY id LIMIT %s",
                [settled, limit],
            )
            found = cursor.fetchall()
            if found:
                cursor.executemany(
                    f"INSERT INTO {TABLE}(rowid, words) VALUES (%s, %s)",
                    [(key, " ".join(words)) for key, words in words_of(found)],
                )
                cursor.execute(f"UPDATE {PROGRESS} SET settled = %s", [found[-1][0]])
        return len(found) < limit

    def _watermark(self) -> int:
        return int(rows(f"SELECT settled FROM {PROGRESS}", ())[0][0])

    def _last_voucher(self) -> int:
        return rows(f"SELECT max(id) FROM {Voucher._meta.db_table}", ())[0][0] or 0


@contextmanager
def _without_waiting() -> Iterator[None]:
    """Let a locked database be an error at once."""
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA busy_timeout")
        patience = int(cursor.fetchone()[0])
        cursor.execute("PRAGMA busy_timeout = 0")
        try:
            yield
        finally:
            cursor.execute(f"PRAGMA busy_timeout = {patience}")
