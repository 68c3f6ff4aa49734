"""The index of vouchers: brought up to date up to a watermark (水位), asked for the few vouchers that match."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from django.db import connection

from mingzhang.records.models import Entity
from mingzhang.records.search.postgresql import PostgreSQLIndex
from mingzhang.records.search.sqlite import SQLiteIndex
from mingzhang.records.search.words import bigrams, of_books, person_mark

AT_MOST = 5_000
"""More matches than this are not worth naming: a list that is walked in its own order finds them soon."""

_BATCH = 5_000
_A_SEARCH = 10_000
"""So many new vouchers a search may index before it answers."""

Row = tuple[int, list[str]]
"""A voucher's key and its words."""


class Index(Protocol):
    """What the index of a kind of database can do."""

    def take_in(self, limit: int) -> bool | None:
        """Index up to so many vouchers; whether none is left, None where somebody else holds the index."""

    def find(self, words: Sequence[str], limit: int) -> list[int]:
        """Keys of vouchers that carry all words, at most so many."""


def catch_up(limit: int | None = None) -> bool:
    """Index the vouchers that are not yet in it, at most `limit`; whether all are in it now.

    Where a writer holds the database, or another search the index, it does not wait.
    """
    left = limit
    while left is None or left > 0:
        batch = _BATCH if left is None else min(left, _BATCH)
        finished = _index().take_in(batch)
        if finished is None:
            return False
        if finished:
            return True
        left = None if left is None else left - batch
    return False


def voucher_ids(
    unit: Entity, year: int, text: str = "", prepared_by: str = "", at_most: int = AT_MOST
) -> set[int] | None:
    """Keys of the vouchers of a unit's year that may contain the words; a superset, to be looked at.

    None where the index does not narrow the search: no word of two characters, more than `at_most` matches, or
    vouchers that are not yet indexed.
    """
    words = [*(pair for word in text.split() for pair in bigrams(word))]
    if prepared_by.strip():
        words.append(person_mark(prepared_by))
    if not words or not catch_up(_A_SEARCH):
        return None
    found = _index().find(of_books(unit.pk, year, dict.fromkeys(words)), at_most + 1)
    return set(found) if len(found) <= at_most else None


def _index() -> Index:
    return SQLiteIndex() if connection.vendor == "sqlite" else PostgreSQLIndex()
