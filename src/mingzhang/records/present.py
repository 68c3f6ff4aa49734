"""Who is there (在场者): the person of a request with all rights as they are at that moment, read in one query.

Nothing of it is kept from one request to the next: a right that is taken away is gone with the next request.
"""

from __future__ import annotations

from functools import cache
from typing import NamedTuple

from django.db import connection

from mingzhang.records.casework.models import CasePost
from mingzhang.records.models import Grant, User
from mingzhang.records.standing import State, heads
from mingzhang.records.statements import rows

_OF_PERSON = ("id", "password", "username", "name", "section", "is_active", "must_change_password", "version")
_TRUTHS = frozenset({"is_active", "must_change_password"})


class Present(NamedTuple):
    """What was read with a person."""

    grants: tuple[tuple[str, int], ...]
    """(role, key of the entity) of each grant."""
    has_posts: bool
    """Whether any post in casework is recorded, held today or not."""
    state: State


def person_present(key: int) -> User | None:
    """The person of a key, who is active, with `present`; None where there is none. Days and times of the account are left to be read when asked for."""
    found = rows(_query(connection.vendor), [key, True])
    if not found:
        return None
    *stated, posts, organisation, years, _, _ = found[0]
    values = [
        bool(value) if name in _TRUTHS else value for name, value in zip(_OF_PERSON, stated, strict=True)
    ]
    person = User.from_db(connection.alias, _OF_PERSON, values)
    person.present = Present(
        tuple((role, entity) for *_, role, entity in found if role is not None),
        bool(posts),
        State(organisation or "", years or ""),
    )
    return person


@cache
def _query(vendor: str) -> str:
    fields = ", ".join(f"person.{name}" for name in _OF_PERSON)
    posts = f"EXISTS (SELECT 1 FROM {CasePost._meta.db_table} WHERE user_id = person.id)"
    return (
        f"SELECT {fields}, {posts}, {', '.join(heads(vendor))}, held.role, held.entity_id "
        f"FROM {User._meta.db_table} AS person LEFT JOIN {Grant._meta.db_table} AS held ON held.user_id = person.id "
        "WHERE person.id = %s AND person.is_active = %s"
    )
