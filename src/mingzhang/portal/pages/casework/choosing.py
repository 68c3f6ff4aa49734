"""What fields may name (可选的主体): areas, organisations, people, records, as choices and as words for keys."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from django.db.models import Q
from django.utils import timezone

from mingzhang.casework.definitions import Field, FieldType
from mingzhang.records.casework.models import Area, Attachment, CasePost, Organisation, Person, Record

_MOST = 1_000
_NEVER_ANSWERABLE = ("OFFICE", "FIN", "PUBLIC", "SUP", "PART", "ADM", "AUD")
"""Roles that nobody hands a record to."""


OWNER = "owner"
"""The field of the answerable person: its `kind` is the line, its values are login names."""


class Choices:
    """The registry entries of today that fields may name, as (key, words); asked for once for all forms of a page."""

    def __init__(self) -> None:
        self._known: dict[tuple[FieldType, str, bool], Sequence[tuple[str, str]]] = {}

    def __call__(self, field: Field) -> Sequence[tuple[str, str]]:
        """What a field may name."""
        asked = (field.type, field.kind, field.name == OWNER)
        if asked not in self._known:
            self._known[asked] = _choices(field)
        return self._known[asked]


def _choices(field: Field) -> list[tuple[str, str]]:
    if field.name == OWNER:
        return colleagues(field.kind)
    if field.type is FieldType.AREA:
        return area_choices()
    if field.type is FieldType.ORGANISATION:
        return organisation_choices(field.kind)
    return person_choices()


def area_choices() -> list[tuple[str, str]]:
    """Streets and communities of today by code, communities set in."""
    depth = {
        Area.Level.DISTRICT: "",
        Area.Level.STREET: "",
        Area.Level.COMMUNITY: "　",
        Area.Level.GRID: "　　",
    }
    return [(area.code, depth[area.level] + area.name) for area in _current(Area.objects.all())[:_MOST]]


def organisation_choices(kind: str = "") -> list[tuple[str, str]]:
    """Organisations of today, of a kind where one is named."""
    found = _current(Organisation.objects.all())
    if kind:
        found = found.filter(kind=kind)
    return [(each.key, each.name) for each in found[:_MOST]]


def person_choices() -> list[tuple[str, str]]:
    """People of the bureau who are users: others are entered by name, never offered in a list."""
    found = _current(Person.objects.filter(user__isnull=False, merged_into=None)).select_related("user")
    return [(each.key, each.user.name) for each in found[:_MOST]]


def colleagues(line: str) -> list[tuple[str, str]]:
    """(login name, name) of those who have a post in the line today, by name."""
    posts = _current(CasePost.objects.filter(Q(line="") | Q(line=line), user__is_active=True))
    people = posts.exclude(role__in=_NEVER_ANSWERABLE).order_by("user__name")
    return list(dict.fromkeys(people.values_list("user__username", "user__name")))[:_MOST]


def names_in(records: Iterable[Record], fields: Iterable[Field]) -> dict[str, str]:
    """Words for the keys that these fields of the records hold."""
    keys: dict[FieldType, set[str]] = {}
    asked = list(fields)
    for record in records:
        _gather(record.content, asked, keys)
    found: dict[str, str] = {}
    if keys.get(FieldType.AREA):
        found |= dict(Area.objects.filter(code__in=keys[FieldType.AREA]).values_list("code", "name"))
    if keys.get(FieldType.ORGANISATION):
        named = Organisation.objects.filter(key__in=keys[FieldType.ORGANISATION])
        found |= dict(named.values_list("key", "name"))
    if keys.get(FieldType.PERSON):
        people = Person.objects.filter(key__in=keys[FieldType.PERSON]).select_related("user")
        found |= {each.key: each.user.name if each.user else "（登记的人员）" for each in people}
    if keys.get(FieldType.RECORD):
        for each in Record.objects.filter(key__in=keys[FieldType.RECORD]):
            found[each.key] = each.number or each.title or "（没有名称）"
    if keys.get(FieldType.FILE):
        found |= dict(Attachment.objects.filter(key__in=keys[FieldType.FILE]).values_list("key", "name"))
    return found


_KEYED = (FieldType.AREA, FieldType.ORGANISATION, FieldType.PERSON, FieldType.RECORD, FieldType.FILE)


def _gather(content: dict, fields: Iterable[Field], keys: dict[FieldType, set[str]]) -> None:
    for field in fields:
        value = content.get(field.name)
        if not value:
            continue
        if field.type is FieldType.ROWS:
            for row in value:
                _gather(row, field.fields, keys)
        elif field.type is FieldType.RECORDS:
            keys.setdefault(FieldType.RECORD, set()).update(map(str, value))
        elif field.type is FieldType.FILES:
            keys.setdefault(FieldType.FILE, set()).update(map(str, value))
        elif field.type in _KEYED:
            keys.setdefault(field.type, set()).add(str(value))


def _current(rows):
    today = timezone.localdate()
    return rows.filter(valid_from__lte=today).exclude(valid_to__lt=today)
