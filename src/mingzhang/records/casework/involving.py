"""Whom a record names (涉及人员): kept beside the record with each change, so that own records are found by an index."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from mingzhang.casework.definitions import Field, FieldType, Kind
from mingzhang.records.casework.models import Involved, Person, Record
from mingzhang.records.people.models import User


def renew(
    record: Record, kind: Kind, values: Mapping[str, Any], opener: User | None
) -> tuple[list[Involved], list[Involved]]:
    """Make the rows say whom the record names now; (those that are new or differ, those no longer named). The caller deletes the latter."""
    wanted = _named(record, kind, values)
    known = {row.user_id: row for row in record.involved.select_related("user")}
    first = next((row.user for row in known.values() if row.how == "opener"), opener)
    if first is not None:
        wanted.setdefault(first.pk, "opener")
    fresh = []
    for key, how in wanted.items():
        row = known.get(key)
        if row is None:
            fresh.append(Involved.objects.create(record=record, user_id=key, how=how))
    gone = [row for key, row in known.items() if key not in wanted]
    return fresh, gone


def _named(record: Record, kind: Kind, values: Mapping[str, Any]) -> dict[int, str]:
    found: dict[int, str] = {}
    people, records = dict[str, str](), dict[str, str]()
    _collect(kind.fields, values, people, records)
    if records:
        for other in Record.objects.filter(key__in=records):
            for person in _people_of(other):
                people.setdefault(person, records[other.key])
    for person in Person.objects.filter(key__in=people).select_related("merged_into"):
        standing = person.merged_into or person
        if standing.user_id:
            found.setdefault(standing.user_id, people[person.key])
    if record.owner_id:
        found[record.owner_id] = "owner"
    return found


def _collect(
    fields: tuple[Field, ...], values: Mapping[str, Any], people: dict[str, str], records: dict[str, str]
) -> None:
    for field in fields:
        value = values.get(field.name)
        if not value:
            continue
        if field.type is FieldType.PERSON:
            people.setdefault(str(value), field.name)
        elif field.type is FieldType.RECORD:
            records.setdefault(str(value), field.name)
        elif field.type is FieldType.ROWS:
            for row in value:
                if not row.get("ended_on"):
                    _collect(field.fields, row, people, records)


def _people_of(other: Record) -> list[str]:
    """The persons that a registry entry is about (the lawyer of 法援律师); other kinds of records lend nobody."""
    from mingzhang.casework.definitions import Shape
    from mingzhang.records.casework.lines import kind_of_record

    kind = kind_of_record(other)
    if kind.shape is not Shape.REGISTRY:
        return []
    return [
        str(other.content[field.name])
        for field in kind.fields
        if field.type is FieldType.PERSON and other.content.get(field.name)
    ]
