"""Whom a record names (涉及人员): kept beside the record with each change, so that own records are found by an index."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from mingzhang.casework.definitions import Field, FieldType, Kind, Shape
from mingzhang.records.casework.lines import kind_of_record
from mingzhang.records.casework.models import Record
from mingzhang.records.casework.registers import Registers
from mingzhang.records.people.models import User

OPENER = "opener"


def named_in(record: Record, kind: Kind, values: Mapping[str, Any], registers: Registers) -> dict[User, str]:
    """The users whom a record names, and how: its owner, the persons of its fields, those whom a registry entry that it names is about."""
    people, records = dict[str, str](), dict[str, str]()
    _collect(kind.fields, values, people, records)
    for other in registers.records(records):
        for person in _people_of(other):
            people.setdefault(person, records[other.key])
    found: dict[User, str] = {}
    for key, user in registers.users(people).items():
        found.setdefault(user, people[key])
    if record.owner is not None:
        found[record.owner] = "owner"
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
    kind = kind_of_record(other)
    if kind.shape is not Shape.REGISTRY:
        return []
    return [
        str(other.content[field.name])
        for field in kind.fields
        if field.type is FieldType.PERSON and other.content.get(field.name)
    ]
