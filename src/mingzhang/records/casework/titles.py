"""Titles and search words of records (名称): from the kind's pattern, personal values masked, so that lists tell nothing they must not."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from mingzhang.casework.definitions import Field, Kind, PrivacyClass
from mingzhang.casework.documents import written
from mingzhang.casework.masking import masked
from mingzhang.records.casework.models import Organisation, Record
from mingzhang.records.casework.personal import normal
from mingzhang.records.casework.values import plain_texts, row_field

_SLOT = re.compile(r"\{([a-z0-9_.]+)\}")
_EMPTY = re.compile(r"[（(]\s*[）)]")


def title_of(kind: Kind, values: Mapping[str, Any], common: Mapping[str, Any]) -> str:
    """The title by the kind's pattern; the kind's name where it has none or nothing is filled in yet."""
    filled = _SLOT.sub(lambda found: _shown(kind, found[1], values, common), kind.title)
    text = _EMPTY.sub("", filled).strip("：: ")
    return (text or kind.chinese)[:200]


def _shown(kind: Kind, name: str, values: Mapping[str, Any], common: Mapping[str, Any]) -> str:
    head, _, below = name.partition(".")
    field = next((each for each in kind.fields if each.name == head), None)
    if field is None:
        return written(common.get(name) or "")
    value = values.get(head)
    if not below or not isinstance(value, list):
        return _one(field, value)
    own = row_field(kind, head, below)
    shown = [_one(own, row.get(below)) for row in value] if own else []
    return "、".join(filter(None, shown[:2])) + ("等" if len(shown) > 2 else "")


def _one(field: Field, value: Any) -> str:
    if value in (None, "", []):
        return ""
    if field.privacy is not PrivacyClass.P0:
        return masked(field, value)
    if field.type.value == "organisation":
        return Organisation.objects.filter(key=value).values_list("name", flat=True).first() or ""
    if field.type.value == "record":
        return Record.objects.filter(key=value).values_list("title", flat=True).first() or ""
    return "" if field.type.value == "person" else written(value, field)


def words_of(record: Record, kind: Kind) -> str:
    """What the search looks through: number, title, plain texts."""
    return normal(" ".join([record.number, record.title, *plain_texts(kind.fields, record.content)]))[:20_000]
