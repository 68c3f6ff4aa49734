"""Values of a line's fields (字段值) as they are kept: plain ones in the record's content, personal ones sealed, and back again.

Rows of a rows field are told by their place; a personal field of one has the path `applicants.0.id_no`.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from datetime import date, datetime
from decimal import Decimal
from typing import Any, NamedTuple

from mingzhang.casework.definitions import Field, FieldType, Kind, PrivacyClass
from mingzhang.records.trail.digests import canonical, json_like

Values = dict[str, Any]
"""Values by field as the engine has them: dates as dates, money in fen, rows as mappings."""

_EMPTY: tuple[Any, ...] = (None, "", [], {})


class PersonalValue(NamedTuple):
    """A personal value: where it belongs, its field, what it says as JSON text."""

    path: str
    field: Field
    text: str


def split(kind: Kind, values: Mapping[str, Any]) -> tuple[Values, list[PersonalValue]]:
    """Content for the record's own column, and the personal values apart; blank ones are left out."""
    content: Values = {}
    personal: list[PersonalValue] = []
    for field in kind.fields:
        value = values.get(field.name)
        if value in _EMPTY:
            continue
        if field.privacy is not PrivacyClass.P0:
            personal.append(PersonalValue(field.name, field, canonical(value)))
        elif field.type is FieldType.ROWS:
            content[field.name] = [_split_row(field, row, place, personal) for place, row in enumerate(value)]
        else:
            content[field.name] = json_like(value)
    return content, personal


def _split_row(field: Field, row: Mapping[str, Any], place: int, personal: list[PersonalValue]) -> Values:
    own: Values = {}
    for below in field.fields:
        value = row.get(below.name)
        if value in _EMPTY:
            continue
        if below.privacy is PrivacyClass.P0:
            own[below.name] = json_like(value)
        else:
            personal.append(PersonalValue(f"{field.name}.{place}.{below.name}", below, canonical(value)))
    return own


def joined(kind: Kind, content: Mapping[str, Any], personal: Mapping[str, str]) -> Values:
    """All values of a record from its content and its opened personal values (JSON text by path)."""
    values: Values = {}
    for field in kind.fields:
        if field.privacy is not PrivacyClass.P0:
            if field.name in personal:
                values[field.name] = decoded(field, json.loads(personal[field.name]))
        elif field.name in content:
            values[field.name] = decoded(field, content[field.name])
    for path, text in personal.items():
        name, _, rest = path.partition(".")
        if rest and name in values:
            place, _, below = rest.partition(".")
            field = row_field(kind, name, below)
            if field is not None and int(place) < len(values[name]):
                values[name][int(place)][below] = decoded(field, json.loads(text))
    return values


def row_field(kind: Kind, name: str, below: str) -> Field | None:
    """A field of a rows field."""
    return next(
        (field for each in kind.fields if each.name == name for field in each.fields if field.name == below),
        None,
    )


def field_at(kind: Kind, path: str) -> Field | None:
    """The field of a path, as `facts` or `applicants.0.id_no`."""
    name, _, rest = path.partition(".")
    if rest:
        return row_field(kind, name, rest.partition(".")[2])
    return next((field for field in kind.fields if field.name == name), None)


def decoded(field: Field, value: Any) -> Any:
    """A value of the content as the engine has it."""
    if value is None:
        return None
    if field.type is FieldType.ROWS:
        by_name = {below.name: below for below in field.fields}
        return [
            {name: decoded(by_name[name], own) for name, own in row.items() if name in by_name}
            for row in value
        ]
    return _DECODERS.get(field.type, _same)(value)


def _same(value: Any) -> Any:
    return value


_DECODERS: Mapping[FieldType, Any] = {
    FieldType.DATE: date.fromisoformat,
    FieldType.MOMENT: datetime.fromisoformat,
    FieldType.DECIMAL: Decimal,
}


def plain_texts(fields: Iterable[Field], content: Mapping[str, Any]) -> Iterator[str]:
    """What the search looks through: texts, codes and rows of class P0."""
    for field in fields:
        value = content.get(field.name)
        if value is None or field.privacy is not PrivacyClass.P0:
            continue
        if field.type is FieldType.ROWS:
            for row in value:
                yield from plain_texts(field.fields, row)
        elif field.type in (FieldType.TEXT, FieldType.LONG_TEXT, FieldType.CODE):
            yield str(value)
        elif field.type is FieldType.CODES:
            yield from value
