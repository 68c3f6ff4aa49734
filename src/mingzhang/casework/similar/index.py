"""The index of answered questions (相似问题索引): SQLite's full-text table over pairs of characters; a side file that can be made anew at any time.

The rarest terms of a question find candidates: those that have all six, those that have the three rarest, and the latest that have any of them, so that a
common term costs no more than a rare one. All terms weigh them: likeness is the cosine of both texts' terms, each weighted by how rare it is.
"""

from __future__ import annotations

import math
import sqlite3
from collections.abc import Iterable, Sequence
from heapq import nlargest
from typing import NamedTuple

from mingzhang.casework.similar.terms import terms

RAREST = 6
"""So many of a question's rarest terms are looked up; further ones cost time and find little."""

TOGETHER = ((RAREST, 50), (3, 50))
"""So many of the rarest terms together, and so many questions at most that have them all."""

LATEST = 150
"""So many questions at most, the latest, that have one of the rarest terms."""

CANDIDATES = 60
"""So many are weighed by all their terms."""

LEAST = 0.15
"""A weaker match is none."""

_TABLES = """
CREATE TABLE IF NOT EXISTS question (id INTEGER PRIMARY KEY, key TEXT NOT NULL UNIQUE, terms TEXT NOT NULL);
CREATE VIRTUAL TABLE IF NOT EXISTS question_terms USING fts5 (terms, content = '', detail = none, tokenize = "unicode61 remove_diacritics 0");
CREATE TABLE IF NOT EXISTS term (term TEXT PRIMARY KEY, questions INTEGER NOT NULL) WITHOUT ROWID;
"""


class Similar(NamedTuple):
    """A question found: its key, and how alike it is, from 0 to 1."""

    key: str
    likeness: float


class SimilarQuestions:
    """An index in a SQLite connection of its own. Not to be shared between threads."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection
        connection.executescript(_TABLES)

    def __len__(self) -> int:
        count: int = self._connection.execute("SELECT count(*) FROM question").fetchone()[0]
        return count

    def add(self, questions: Iterable[tuple[str, str]]) -> None:
        """Take questions (key, text) in; of a key that is there the text is replaced. In one transaction."""
        with self._connection as connection:
            for key, text in questions:
                self._drop(connection, key)
                own = terms(text)
                joined = " ".join(own)
                row = connection.execute(
                    "INSERT INTO question (key, terms) VALUES (?, ?)", (key, joined)
                ).lastrowid
                connection.execute("INSERT INTO question_terms (rowid, terms) VALUES (?, ?)", (row, joined))
                connection.executemany(
                    "INSERT INTO term VALUES (?, 1) ON CONFLICT (term) DO UPDATE SET questions = questions + 1",
                    [(term,) for term in own],
                )

    def remove(self, keys: Iterable[str]) -> None:
        """Take questions out, as when one is published no more; keys that are not there are no matter."""
        with self._connection as connection:
            for key in keys:
                self._drop(connection, key)

    def find(self, text: str, limit: int = 5) -> list[Similar]:
        """The questions most like a text, best first; none where nothing is like it."""
        asked = terms(text)
        weights = self._weights(asked)
        rarest = sorted((term for term in asked if term in weights), key=lambda term: -weights[term])[:RAREST]
        if not rarest:
            return []
        unknown = max(weights.values())
        size = math.sqrt(sum(weights.get(term, unknown) ** 2 for term in asked))
        found = [
            Similar(key, _likeness(weights, size, stated.split(" "), unknown))
            for key, stated in self._stated(self._candidates(rarest, weights))
        ]
        likely = [each for each in found if each.likeness >= LEAST]
        return sorted(likely, key=lambda each: (-each.likeness, each.key))[:limit]

    def _candidates(self, rarest: Sequence[str], weights: dict[str, float]) -> list[int]:
        """The rows that have most of the rarest terms, by weight; which of them a row has is a bit each."""
        asked = [(range(together), limit) for together, limit in TOGETHER if len(rarest) >= together]
        asked += [(range(place, place + 1), LATEST) for place in range(len(rarest))]
        has: dict[int, int] = {}
        for places, limit in asked:
            query = " AND ".join(f'"{rarest[place]}"' for place in places)
            mask = sum(1 << place for place in places)
            for (row,) in self._connection.execute(
                "SELECT rowid FROM question_terms WHERE question_terms MATCH ? ORDER BY rowid DESC LIMIT ?",
                (query, limit),
            ):
                has[row] = has.get(row, 0) | mask
        scores = [
            sum(weights[term] for place, term in enumerate(rarest) if mask >> place & 1)
            for mask in range(1 << len(rarest))
        ]
        return [row for _, row in nlargest(CANDIDATES, ((scores[mask], row) for row, mask in has.items()))]

    def _stated(self, rows: Sequence[int]) -> list[tuple[str, str]]:
        marks = ",".join("?" * len(rows))
        return self._connection.execute(
            f"SELECT key, terms FROM question WHERE id IN ({marks})", rows
        ).fetchall()

    def _weights(self, asked: Sequence[str]) -> dict[str, float]:
        """How rare the terms are that the index knows: the logarithm of all questions to those that have it."""
        marks = ",".join("?" * len(asked))
        counts = self._connection.execute(
            f"SELECT term, questions FROM term WHERE term IN ({marks}) AND questions > 0", list(asked)
        ).fetchall()
        every = self._connection.execute("SELECT max(id) FROM question").fetchone()[0] or 0
        return {term: math.log(1 + every / count) for term, count in counts}

    def _drop(self, connection: sqlite3.Connection, key: str) -> None:
        row = connection.execute("SELECT id, terms FROM question WHERE key = ?", (key,)).fetchone()
        if row is not None:
            connection.execute(
                "INSERT INTO question_terms (question_terms, rowid, terms) VALUES ('delete', ?, ?)", row
            )
            connection.execute("DELETE FROM question WHERE id = ?", (row[0],))
            connection.executemany(
                "UPDATE term SET questions = questions - 1 WHERE term = ?",
                [(term,) for term in row[1].split(" ")],
            )


def _likeness(weights: dict[str, float], size: float, stated: Sequence[str], unknown: float) -> float:
    """The cosine; a term that the question asked does not have weighs as the rarest it has, at most."""
    common = sum(weights[term] ** 2 for term in stated if term in weights)
    other = sum(1 for term in stated if term not in weights) * (unknown / 2) ** 2
    return common / (size * math.sqrt(common + other)) if common else 0.0
