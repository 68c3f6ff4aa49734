"""The index in PostgreSQL: a table of word vectors under a GIN index.

Many write at once there, so a lower key may appear after a higher one. `settled` is the key up to which that can no
longer happen: what was the highest key (`candidate`) when every transaction then under way has ended (`horizon`).
Above it the missing vouchers are looked for.
"""

from __future__ import annotations

from collections.abc import Sequence

from django.db import connection, transaction

from mingzhang.records.models import Voucher
from mingzhang.records.search.rows import COLUMNS, PROGRESS, TABLE, words_of
from mingzhang.records.statements import rows

_BY_WORDS = f"{TABLE}_words"
CREATE = (
    f"CREATE TABLE {TABLE} (voucher_id bigint PRIMARY KEY, words tsvector NOT NULL)",
    f"CREATE INDEX {_BY_WORDS} ON {TABLE} USING gin (words)",
    f"CREATE TABLE {PROGRESS} (settled bigint NOT NULL, candidate bigint NOT NULL, horizon xid8 NOT NULL)",
    f"INSERT INTO {PROGRESS} VALUES (0, 0, '0')",
)
DROP = (f"DROP TABLE {TABLE}", f"DROP TABLE {PROGRESS}")

_ENDED = "horizon <= pg_snapshot_xmin(pg_current_snapshot())"
_MISSING = (
    f"FROM {Voucher._meta.db_table} WHERE id > %s "
    f"AND NOT EXISTS (SELECT 1 FROM {TABLE} WHERE voucher_id = {Voucher._meta.db_table}.id)"
)
_BEHIND = (
    f"SELECT (candidate > settled AND {_ENDED}) OR EXISTS (SELECT 1 {_MISSING.replace('%s', 'settled')}) "
    f"FROM {PROGRESS}"
)
"""Whether a voucher is missing, or the key up to which none can be is to be moved."""


class PostgreSQLIndex:
    """See `index.Index`."""

    def take_in(self, limit: int) -> bool | None:
        """Index the missing vouchers, unless somebody else is at it."""
        ((is_behind,),) = rows(_BEHIND, ())
        if not is_behind:
            return True
        with transaction.atomic():
            return self._index(limit)

    def find(self, words: Sequence[str], limit: int) -> list[int]:
        """Keys that carry all words."""
        asked = " & ".join(f"'{word}'" for word in words)
        statement = f"SELECT voucher_id FROM {TABLE} WHERE words @@ %s::tsquery LIMIT {limit}"
        return [key for (key,) in rows(statement, [asked])]

    def _index(self, limit: int) -> bool | None:
        with connection.cursor() as cursor:
            cursor.execute(f"SELECT settled, candidate, {_ENDED} FROM {PROGRESS} FOR UPDATE SKIP LOCKED")
            held = cursor.fetchone()
            if held is None:
                return None
            settled, candidate, ended = held
            cursor.execute(f"SELECT {COLUMNS} {_MISSING} ORDER BY id LIMIT %s", [settled, limit])
            found = cursor.fetchall()
            taken = list(words_of(found))
            cursor.execute(
                f"INSERT INTO {TABLE} SELECT voucher_id, array_to_tsvector(string_to_array(words, ' ')) "
                "FROM unnest(%s::bigint[], %s::text[]) AS taken(voucher_id, words) "
                "ON CONFLICT (voucher_id) DO UPDATE SET words = excluded.words",
                [[key for key, _ in taken], [" ".join(words) for _, words in taken]],
            )
            reached = found[-1][0] if found else candidate
            if ended and (len(found) < limit or reached >= candidate):
                cursor.execute(
                    f"UPDATE {PROGRESS} SET settled = candidate, candidate = greatest(candidate, %s), "
                    "horizon = pg_snapshot_xmax(pg_current_snapshot())",
                    [reached],
                )
            if len(found) < limit:
                cursor.execute("SELECT gin_clean_pending_list(%s)", [_BY_WORDS])
        return len(found) < limit
