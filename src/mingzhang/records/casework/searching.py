"""Searching (查找): Chinese words in number, title and plain texts; personal numbers and names by their keyed digests; only in scope."""

from __future__ import annotations

from typing import Any

from django.db.models import Q, QuerySet

from mingzhang.casework.identifiers import IDENTIFIERS
from mingzhang.records.casework.access import CaseAccess
from mingzhang.records.casework.models import Index, Record
from mingzhang.records.casework.personal import normal, pairs
from mingzhang.records.casework.sealing import index_digest, index_digests, keys
from mingzhang.records.people.models import User

_MOST_WORDS = 6


def find(
    user: User,
    text: str,
    *,
    line: str = "",
    kind: str = "",
    states: tuple[str, ...] = (),
    access: CaseAccess | None = None,
    **fields: Any,
) -> QuerySet[Record]:
    """The records in scope that hold every word, the newest first. A whole id number or phone finds by its digest, a name by its pairs of
    characters; `fields` are common columns, or the line's own as `content__means="证明"`.
    """
    found = (access or CaseAccess(user)).records(line)
    if kind:
        found = found.filter(kind=kind)
    if states:
        found = found.filter(state__in=states)
    if fields:
        found = found.filter(**fields)
    for word in normal(text).split()[:_MOST_WORDS]:
        found = found.filter(_holds(word))
    return found.order_by("-pk")


def _holds(word: str) -> Q:
    condition = Q(words__contains=word)
    digests = [each for name in (*IDENTIFIERS, "text") for each in index_digests(word, name)]
    named = Index.objects.filter(kind=Index.Kind.EXACT, digest__in=digests)
    condition |= Q(pk__in=named.values("personal__record"))
    if 2 <= len(word) <= 20:
        for key in keys().by_name:
            condition |= Q(pk__in=_by_pairs(word, key))
    return condition


def _by_pairs(word: str, key: str) -> QuerySet[Any, Any]:
    """Records one of whose sealed texts has every pair of the word's characters, by the digests of one key."""
    digests = [index_digest(pair, "pair", key) for pair in pairs(word)]
    found = Index.objects.filter(kind=Index.Kind.PAIR, digest=digests[0])
    for digest in digests[1:]:
        same = Index.objects.filter(kind=Index.Kind.PAIR, digest=digest)
        found = found.filter(personal__in=same.values("personal"))
    return found.values("personal__record")
