"""Plain statements (直接查询) for what is asked with nearly every request: no query is put together, none is planned anew.

On PostgreSQL such a statement is prepared once in each connection.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any, NamedTuple

from django.db import connection


class Clause(NamedTuple):
    """A condition with `%s` for its parameters."""

    text: str
    parameters: tuple[Any, ...] = ()


def all_of(clauses: Iterable[Clause]) -> Clause:
    """What fits all conditions."""
    each = list(clauses)
    return Clause(
        " AND ".join(clause.text for clause in each),
        tuple(value for clause in each for value in clause.parameters),
    )


def among(column: str, keys: Iterable[int]) -> Clause:
    """The rows whose column is one of the numbers."""
    numbers = list(keys)
    if connection.vendor == "postgresql":
        return Clause(f"{column} = ANY(%s)", (numbers,))
    return Clause(f"{column} IN ({', '.join(['%s'] * len(numbers))})", tuple(numbers))


def contains(column: str, word: str) -> Clause:
    """The rows whose column has the word anywhere, small and capital letters alike."""
    cast = connection.ops.lookup_cast("icontains") % column
    pattern = f"%{connection.ops.prep_for_like_query(word)}%"
    return Clause(f"{cast} {connection.operators['icontains']}", (pattern,))


def rows(statement: str, parameters: Sequence[Any]) -> list[tuple[Any, ...]]:
    """The rows of a statement with `%s` for its parameters. Raises Django's database errors.

    Where queries are counted or watched, it goes through Django's cursor as all others do.
    """
    watched = connection.queries_logged or connection.execute_wrappers
    if connection.vendor != "postgresql" or watched:
        with connection.cursor() as cursor:
            cursor.execute(statement, parameters)
            return cursor.fetchall()
    from psycopg import Cursor

    connection.close_if_health_check_failed()
    connection.ensure_connection()
    connection.validate_no_broken_transaction()
    with connection.wrap_database_errors, Cursor(connection.connection) as cursor:
        return cursor.execute(statement, parameters, prepare=True).fetchall()
