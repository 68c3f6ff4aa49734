"""Totals by month (分月汇总): the lines of every unit added up by classification, side and month, kept by the database itself.

Triggers on the table of lines carry every line that comes, goes or changes into `MonthTotal` in the same statement, whoever
writes it: the totals are exact at any moment, as an index is, and are a hundredth of the lines. Verifying compares both.
"""

from __future__ import annotations

from typing import Any

from django.db import connections
from django.db.backends.base.base import BaseDatabaseWrapper

TABLE, LINES = "records_monthtotal", "records_voucherline"
KEY = ("entity_id", "year", "classification_id", "debit", "month")

_KEY = ", ".join(KEY)
_FILL = (
    f"INSERT INTO {TABLE} ({_KEY}, fen, rows) SELECT {_KEY}, SUM(fen), COUNT(*) FROM {LINES} GROUP BY {_KEY}"
)

_SQLITE_TABLE = f"""
    CREATE TABLE {TABLE} (
        entity_id bigint NOT NULL, year smallint NOT NULL, classification_id bigint NOT NULL, debit bool NOT NULL,
        month smallint NOT NULL, fen bigint NOT NULL, rows bigint NOT NULL, PRIMARY KEY ({_KEY})
    ) WITHOUT ROWID
"""
_POSTGRESQL_TABLE = f"""
    CREATE TABLE {TABLE} (
        entity_id bigint NOT NULL, year smallint NOT NULL, classification_id bigint NOT NULL, debit boolean NOT NULL,
        month smallint NOT NULL, fen bigint NOT NULL, rows bigint NOT NULL, PRIMARY KEY ({_KEY}) INCLUDE (fen, rows)
    )
"""


def _sqlite_body(row: str, sign: str) -> str:
    values = ", ".join(f"{row}.{name}" for name in KEY)
    own = " AND ".join(f"{name} = {row}.{name}" for name in KEY)
    if sign == "+":
        return (
            f"INSERT INTO {TABLE} ({_KEY}, fen, rows) VALUES ({values}, {row}.fen, 1) "
            f"ON CONFLICT ({_KEY}) DO UPDATE SET fen = fen + excluded.fen, rows = rows + 1;"
        )
    return (
        f"UPDATE {TABLE} SET fen = fen - {row}.fen, rows = rows - 1 WHERE {own}; "
        f"DELETE FROM {TABLE} WHERE {own} AND rows = 0;"
    )


_SQLITE_TRIGGERS = (
    f"CREATE TRIGGER IF NOT EXISTS {TABLE}_in AFTER INSERT ON {LINES} BEGIN {_sqlite_body('NEW', '+')} END",
    f"CREATE TRIGGER IF NOT EXISTS {TABLE}_out AFTER DELETE ON {LINES} BEGIN {_sqlite_body('OLD', '-')} END",
    f"CREATE TRIGGER IF NOT EXISTS {TABLE}_changed AFTER UPDATE OF {_KEY}, fen ON {LINES} "
    f"BEGIN {_sqlite_body('OLD', '-')} {_sqlite_body('NEW', '+')} END",
)


def _postgresql_body(lines: str, sign: str) -> str:
    return (
        f"INSERT INTO {TABLE} AS kept ({_KEY}, fen, rows) "
        f"SELECT {_KEY}, {sign} SUM(fen), {sign} COUNT(*) FROM {lines} GROUP BY {_KEY} ORDER BY {_KEY} "
        f"ON CONFLICT ({_KEY}) DO UPDATE SET fen = kept.fen + excluded.fen, rows = kept.rows + excluded.rows;"
    )


_EMPTIED = (
    f"DELETE FROM {TABLE} kept USING (SELECT DISTINCT {_KEY} FROM gone) AS own WHERE kept.rows = 0 AND "
    + " AND ".join(f"kept.{name} = own.{name}" for name in KEY)
    + ";"
)
_POSTGRESQL_EVENTS = {
    "in": ("INSERT", "REFERENCING NEW TABLE AS come", _postgresql_body("come", "")),
    "out": ("DELETE", "REFERENCING OLD TABLE AS gone", f"{_postgresql_body('gone', '-')} {_EMPTIED}"),
    "changed": (
        "UPDATE",
        "REFERENCING OLD TABLE AS gone NEW TABLE AS come",
        f"{_postgresql_body('gone', '-')} {_postgresql_body('come', '')} {_EMPTIED}",
    ),
    "emptied": ("TRUNCATE", "", f"DELETE FROM {TABLE};"),
}
_POSTGRESQL_TRIGGERS = tuple(
    statement
    for name, (event, rows, body) in _POSTGRESQL_EVENTS.items()
    for statement in (
        f"CREATE OR REPLACE FUNCTION {TABLE}_{name}() RETURNS trigger LANGUAGE plpgsql AS "
        f"$$BEGIN {body} RETURN NULL; END$$",
        f"CREATE OR REPLACE TRIGGER {TABLE}_{name} AFTER {event} ON {LINES} {rows} "
        f"FOR EACH STATEMENT EXECUTE FUNCTION {TABLE}_{name}()",
    )
)


def create(connection: BaseDatabaseWrapper) -> None:
    """Make the table, add up the lines there are, and keep it from now on."""
    with connection.cursor() as cursor:
        cursor.execute(_SQLITE_TABLE if connection.vendor == "sqlite" else _POSTGRESQL_TABLE)
        cursor.execute(_FILL)
    keep(connection)


def keep(connection: BaseDatabaseWrapper) -> None:
    """Make the triggers that are missing: SQLite loses them where a migration makes the table of lines anew."""
    with connection.cursor() as cursor:
        for statement in _SQLITE_TRIGGERS if connection.vendor == "sqlite" else _POSTGRESQL_TRIGGERS:
            cursor.execute(statement)


def drop(connection: BaseDatabaseWrapper) -> None:
    """Take triggers and table away."""
    with connection.cursor() as cursor:
        for name in _POSTGRESQL_EVENTS:
            if connection.vendor == "sqlite":
                cursor.execute(f"DROP TRIGGER IF EXISTS {TABLE}_{name}")
            else:
                cursor.execute(f"DROP TRIGGER IF EXISTS {TABLE}_{name} ON {LINES}")
                cursor.execute(f"DROP FUNCTION IF EXISTS {TABLE}_{name}()")
        cursor.execute(f"DROP TABLE {TABLE}")


def keep_after_migrating(using: str, **_: Any) -> None:
    """Make triggers that a migration lost, once the table is there."""
    connection = connections[using]
    if connection.vendor == "sqlite" and TABLE in connection.introspection.table_names():
        keep(connection)
