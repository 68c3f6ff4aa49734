"""What was typed into a form of a kind's fields (填写的内容): texts by name, rows as lists, empty rows left out."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any

from django.http import QueryDict

from mingzhang.casework.definitions import Field, FieldType
from mingzhang.portal.pages.casework.inputs import PREFIX

MOST_ROWS = 200
_APART = re.compile(r"[\s、，,；;]+")
"""Between several records named in one field."""
_FILES = (FieldType.FILE, FieldType.FILES)


def typed(fields: Iterable[Field], posted: QueryDict, path: str = PREFIX) -> dict[str, Any]:
    """The fields as typed; what was not sent is left out, files are not among them."""
    found: dict[str, Any] = {}
    for field in fields:
        name = f"{path}.{field.name}"
        if field.type is FieldType.ROWS:
            found[field.name] = _rows(field, posted, name)
        elif field.type is FieldType.CODES:
            found[field.name] = posted.getlist(name)
        elif field.type is FieldType.RECORDS:
            found[field.name] = [
                part for text in posted.getlist(name) for part in _APART.split(text.strip()) if part
            ]
        elif field.type not in _FILES and name in posted:
            found[field.name] = posted[name].strip()
    return found


def _rows(field: Field, posted: QueryDict, name: str) -> list[dict[str, Any]]:
    """Rows by their places in the form, however many."""
    places = sorted(
        {
            int(place)
            for key in posted
            if key.startswith(f"{name}.")
            for place in [key[len(name) + 1 :].partition(".")[0]]
            if place.isascii() and place.isdigit() and len(place) < 4
        }
    )[:MOST_ROWS]
    return [typed(field.fields, posted, f"{name}.{place}") for place in places]


def without_blank_rows(fields: Iterable[Field], stated: dict[str, Any]) -> dict[str, Any]:
    """The same without rows in which nothing was typed."""
    kept = dict(stated)
    for field in fields:
        if field.type is FieldType.ROWS:
            kept[field.name] = [row for row in stated.get(field.name, ()) if any(_filled(row))]
    return kept


def _filled(row: dict[str, Any]) -> Iterable[bool]:
    return (bool(value) for value in row.values())


def changed_rows(stated: dict[str, Any], more: str, less: str) -> dict[str, Any]:
    """The same with a blank row added to the field `more`, or without the row `less` ("applicants.0")."""
    kept = dict(stated)
    if more in kept and isinstance(kept[more], list):
        kept[more] = [*kept[more], {}]
    name, _, place = less.partition(".")
    if name in kept and place.isascii() and place.isdigit() and len(place) < 4:
        kept[name] = [row for at, row in enumerate(kept[name]) if at != int(place)] or [{}]
    return kept
