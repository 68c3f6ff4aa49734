"""The list of a kind (业务清单): narrowed by state, codes, area, days; the latest first, paged by day and key."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db.models import QuerySet

from mingzhang.casework.definitions import Field, FieldType, Kind, PrivacyClass
from mingzhang.records.casework.models import Area, Record

_FILTERS = (FieldType.CODE, FieldType.YES_NO, FieldType.ORGANISATION)


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a list is asked for; `chosen` has values by field."""

    state: str = ""
    area: Area | None = None
    begins: date | None = None
    ends: date | None = None
    chosen: Mapping[str, Any] = field(default_factory=dict)


def filters_of(kind: Kind) -> list[Field]:
    """The fields that a list of the kind may be narrowed by."""
    return [
        each
        for each in kind.fields
        if each.filtered and each.privacy is PrivacyClass.P0 and each.type in _FILTERS
    ]


def narrowed(scope: QuerySet[Record], kind: Kind, wanted: Wanted) -> QuerySet[Record]:
    """The records of a kind that fit, ordered by the day they happened and their key, both falling."""
    found = scope.filter(line=kind.line, kind=kind.id)
    if wanted.state:
        found = found.filter(state=wanted.state)
    if wanted.area is not None:
        found = found.filter(area__code__startswith=wanted.area.code)
    if wanted.begins is not None:
        found = found.filter(occurred_on__gte=wanted.begins)
    if wanted.ends is not None:
        found = found.filter(occurred_on__lte=wanted.ends)
    for name, value in wanted.chosen.items():
        found = found.filter(**{f"content__{name}": value})
    return found.select_related("owner", "area", "organisation").order_by("-occurred_on", "-pk")
