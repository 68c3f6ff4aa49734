"""Which tables hold anything at all (有无记录): many small questions in one query."""

from __future__ import annotations

from collections.abc import Collection, Hashable, Mapping
from itertools import chain
from typing import TypeVar

from django.db import connection
from django.db.models import Model

Key = TypeVar("Key", bound=Hashable)
Asked = tuple[type[Model], Mapping[str, Collection[int | str]]]
"""A table, and the values that a row must have in some columns, one of each."""


def holding(questions: Mapping[Key, Asked]) -> set[Key]:
    """The keys of those questions whose table has such a row."""
    tests, values = [], []
    for model, columns in questions.values():
        if not all(columns.values()):
            tests.append("1 = 0")
            continue
        conditions = [f"{column} IN ({', '.join(['%s'] * len(among))})" for column, among in columns.items()]
        tests.append(f"EXISTS (SELECT 1 FROM {model._meta.db_table} WHERE {' AND '.join(conditions)})")
        values.append(columns.values())
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {', '.join(tests)}", [*chain.from_iterable(chain.from_iterable(values))])
        answers = cursor.fetchone()
    return {key for key, answer in zip(questions, answers, strict=True) if answer}
