"""Records that fields name (所指的件): typed by number or name as people know them, kept by their keys; suggestions while one types."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from django.db.models import Q, QuerySet
from django.http import HttpResponse

from mingzhang.casework.definitions import Field, FieldType, Shape
from mingzhang.portal.access import Here, casework
from mingzhang.portal.pages.casework.tabs import READING
from mingzhang.portal.showing import render
from mingzhang.records.casework.access import CaseAccess
from mingzhang.records.casework.lines import kind_of
from mingzhang.records.casework.models import Record
from mingzhang.records.models import User

_MOST = 20
_LONGEST = 60
_TAIL = 6
_MARK = "＃"
"""Before the last digits of a key, where several records are called the same."""
_NAMING = (FieldType.RECORD, FieldType.RECORDS)


@casework(*READING)
def suggestions(here: Here) -> HttpResponse:
    """Records of the kind that fit what was typed, as options of a list; the field asking is alone in the address."""
    assert here.kind is not None
    words = next(iter(here.request.GET.values()), "").strip()[:_LONGEST]
    found = _named(here.user, here.kind.name)
    if words:
        found = found.filter(Q(title__icontains=words) | Q(number__icontains=words))
    rows = list(found.order_by("title", "number", "-pk")[:_MOST])
    known = _words(rows)
    choices = {
        known[row.key]: row.title if row.number and known[row.key] == row.number else "" for row in rows
    }
    return render(here.request, "casework/choices.html", choices=choices)


def with_keys(fields: Iterable[Field], stated: Mapping[str, Any], user: User | None) -> dict[str, Any]:
    """The same with keys for the records that were named in words; what fits none, or several, stays as it was typed."""
    return _reworded(fields, stated, lambda field, value: _key(field, str(value), user))


def with_words(fields: Iterable[Field], stated: Mapping[str, Any]) -> dict[str, Any]:
    """The same with words for the keys of records, as an input shows them."""
    own = list(fields)
    keys = set(_keys(own, stated))
    if not keys:
        return dict(stated)
    known = _words(Record.objects.filter(key__in=keys))
    return _reworded(own, stated, lambda field, value: known.get(str(value), value))


def _key(field: Field, text: str, user: User | None) -> str:
    if user is None or not field.kind:
        return text
    known = _named(user, field.kind)
    if known.filter(key=text).exists():
        return text
    name, _, tail = text.partition(_MARK)
    fitting = known.filter(Q(number=name) | Q(title=name))
    if tail:
        fitting = fitting.filter(key__endswith=tail)
    found = list(fitting.values_list("key", flat=True)[:2])
    return found[0] if len(found) == 1 else text


def _named(user: User, kind: str) -> QuerySet[Record]:
    """The records of a kind that a person may name: entries of a registry that are in force, others as far as they are in scope."""
    line, _, name = kind.partition(".")
    if kind_of(kind).shape is Shape.REGISTRY:
        return Record.objects.filter(line=line, kind=name, closed_on=None)
    return CaseAccess(user).records(line).filter(kind=name)


def _words(records: Iterable[Record]) -> dict[str, str]:
    """How records are called, by key: their number, or their title, with the end of the key where others of the kind have it too."""
    rows = list(records)
    titles = {(row.line, row.kind, row.title) for row in rows if not row.number}
    several = {
        place
        for place in titles
        if Record.objects.filter(line=place[0], kind=place[1], title=place[2])[1:2].exists()
    }
    return {
        row.key: row.number
        or (
            f"{row.title}{_MARK}{row.key[-_TAIL:]}"
            if (row.line, row.kind, row.title) in several
            else row.title or row.key
        )
        for row in rows
    }


def _keys(fields: Iterable[Field], stated: Mapping[str, Any]) -> Iterable[str]:
    for each in fields:
        value = stated.get(each.name)
        if not value:
            continue
        if each.type is FieldType.ROWS:
            for row in value:
                yield from _keys(each.fields, row)
        elif each.type in _NAMING:
            yield from map(str, value if isinstance(value, list) else [value])


def _reworded(
    fields: Iterable[Field], stated: Mapping[str, Any], word: Callable[[Field, Any], Any]
) -> dict[str, Any]:
    """The same with another word for each record that is named, in rows too."""
    found = dict(stated)
    for each in fields:
        value = found.get(each.name)
        if not value:
            continue
        if each.type is FieldType.ROWS:
            found[each.name] = [_reworded(each.fields, row, word) for row in value]
        elif each.type is FieldType.RECORD:
            found[each.name] = word(each, value)
        elif each.type is FieldType.RECORDS:
            found[each.name] = [word(each, one) for one in value]
    return found
