"""People known to the lines (人员库): a stable key for each, name and numbers sealed, found by their digests, merged without losing a key."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any, NamedTuple

from django.db import transaction
from django.utils import timezone

from mingzhang.casework.definitions import Field, FieldType, PrivacyClass
from mingzhang.casework.fields import read_fields
from mingzhang.records.casework.errors import refuse, refused
from mingzhang.records.casework.models import Index, Person, Personal
from mingzhang.records.casework.personal import indexes, normal, place_of, purpose_of
from mingzhang.records.casework.registries import change
from mingzhang.records.casework.sealing import index_digests, seal, unseal
from mingzhang.records.casework.values import PersonalValue
from mingzhang.records.trail import enter

FIELDS = (
    Field("name", "姓名", FieldType.TEXT, required="creation", privacy=PrivacyClass.P1),
    Field("id_no", "证件号码", FieldType.TEXT, privacy=PrivacyClass.P2, identifier="resident_id"),
    Field("phone", "联系电话", FieldType.TEXT, privacy=PrivacyClass.P1, identifier="phone"),
)
"""What is sealed of a person."""

_BATCH = 1_000
_BY_NAME = {field.name: field for field in FIELDS}


def add_person(valid_from: date, sealed: Mapping[str, Any], **stated: Any) -> Person:
    """Enter a person by a new stable key, with `sealed` fields (`FIELDS`) and plain columns.

    Raises RefusedError with every bad field, or E-DUP where somebody has that number already: merge or use that entry.
    """
    made = prepared(valid_from, sealed, **stated)
    number = sealed.get("id_no")
    if number and (known := with_number(str(number))) is not None:
        raise refused("E-DUP", "这个证件号码已经登记", f"人员 {known.key}", "直接选用已登记的人员。")
    return enter_people([made])[0]


class Prepared(NamedTuple):
    """A person not yet entered, with the rows that are sealed of him."""

    person: Person
    rows: list[tuple[Personal, PersonalValue]]


def prepared(valid_from: date, sealed: Mapping[str, Any], **stated: Any) -> Prepared:
    """A person read and sealed, by a new key. Raises RefusedError with every bad field."""
    reading = read_fields(FIELDS, sealed, today=timezone.localdate())
    refuse(reading.problems)
    person = Person(valid_from=valid_from, **stated)
    return Prepared(person, _seal(person, {name: value for name, value in reading.values.items() if value}))


def enter_people(people: Sequence[Prepared], action: str = "登记") -> list[Person]:
    """Enter many persons at once, all or none."""
    with transaction.atomic():
        entered = enter([each.person for each in people], action)
        sealed = [pair for each in people for pair in each.rows]
        for each in people:
            for row, _ in each.rows:
                row.person = each.person
        Personal.objects.bulk_create((row for row, _ in sealed), batch_size=_BATCH)
        Index.objects.bulk_create(
            (index for row, value in sealed for index in indexes(row, value)), batch_size=_BATCH
        )
    return list(entered)


def change_sealed(person: Person, sealed: Mapping[str, Any], reason: str) -> Person:
    """Change sealed fields of a person; blank ones are taken out, those not named stay."""
    reading = read_fields(FIELDS, sealed, today=timezone.localdate(), action="change")
    refuse(reading.problems)
    with transaction.atomic():
        gone = [name for name, value in reading.values.items() if not value]
        rows = _seal(person, {name: value for name, value in reading.values.items() if value})
        kept = {name: commitment for name, commitment in person.sealed.items() if name not in gone}
        change(person, {"sealed": kept}, reason)
        person.personal.filter(path__in=gone).delete()
        _save(person, rows)
    return person


def opened(person: Person) -> dict[str, str]:
    """The sealed fields in clear; for the engine alone, `reading` opens them for people."""
    return {
        row.path: str(json.loads(unseal(row.key_name, row.sealed, place_of(person, row.path))))
        for row in person.personal.all()
    }


def with_number(number: str) -> Person | None:
    """The person of an id number, by its digest."""
    found = Index.objects.filter(
        kind=Index.Kind.EXACT,
        digest__in=index_digests(normal(number), purpose_of(_BY_NAME["id_no"])),
        personal__person__isnull=False,
    ).select_related("personal__person")
    row = found.order_by("pk").first()
    return None if row is None or row.personal.person is None else standing_person(row.personal.person.key)


def merge_people(kept: Person, other: Person, reason: str) -> Person:
    """Make two entries one person: the other's key becomes an alias of the kept one's."""
    first, second = standing_person(kept.key), standing_person(other.key)
    if first is None or second is None or first == second:
        raise refused("E-REF", "这两条是同一个人", "人员", "选择另一条重复的登记。")
    change(second, {"merged_into": first}, reason)
    return first


def standing_person(key: str) -> Person | None:
    """The person of a key, or of whom it became an alias."""
    person = Person.objects.filter(key=key).select_related("merged_into").first()
    while person is not None and person.merged_into is not None:
        person = person.merged_into
    return person


def _seal(person: Person, values: Mapping[str, Any]) -> list[tuple[Personal, PersonalValue]]:
    """Unsaved sealed rows, their commitments put into the person."""
    known = {row.path: row for row in person.personal.all()} if person.pk else {}
    made = []
    for name, value in values.items():
        field, text = _BY_NAME[name], json.dumps(value, ensure_ascii=False)
        found = seal(text, place_of(person, name))
        row = known.get(name) or Personal(path=name)
        row.privacy, row.key_name, row.sealed, row.commitment = (
            field.privacy.value, found.key_name, found.text, found.commitment,
        )  # fmt: skip
        person.sealed = {**person.sealed, name: found.commitment}
        made.append((row, PersonalValue(name, field, text)))
    return made


def _save(person: Person, rows: list[tuple[Personal, PersonalValue]]) -> None:
    for row, value in rows:
        row.person = person
        row.save()
        row.indexes.all().delete()
        Index.objects.bulk_create(indexes(row, value))
