"""What falls in a month (月内事项): deadlines due, hearings and other dated rows, activities."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet, TextField
from django.db.models.fields.json import KT
from django.db.models.functions import Cast

from mingzhang.casework.definitions import Field, FieldType, Kind, Line, PrivacyClass, Shape
from mingzhang.records.casework.models import Deadline, Record

MOST = 2_000
"""Records that a month shows at most of each sort."""


@dataclass(frozen=True, slots=True)
class Fall:
    """Something that falls on a day: a due day, a hearing (any dated field that lies ahead), an activity."""

    on: date
    sort: str
    text: str
    record: Record


def falls(scope: QuerySet[Record], line: Line, first: date, last: date) -> Iterator[Fall]:
    """Everything of the line from one day to another, the sorts one after the other."""
    own = scope.filter(line=line.id)
    due = Deadline.objects.filter(
        record__in=own.values("pk"), standing__in=Deadline.OPEN, due_on__gte=first, due_on__lte=last
    ).select_related("record")
    for each in due.order_by("due_on", "id")[:MOST]:
        yield Fall(each.due_on, "due", "到期", each.record)
    for kind in line.kinds.values():
        if kind.shape is Shape.ACTIVITY:
            done = own.filter(kind=kind.id, occurred_on__gte=first, occurred_on__lte=last)
            for record in done.order_by("occurred_on", "id")[:MOST]:
                yield Fall(record.occurred_on, "activity", kind.chinese, record)
        elif kind.shape is Shape.MATTER:
            yield from _hearings(own, kind, first, last)


def _hearings(own: QuerySet[Record], kind: Kind, first: date, last: date) -> Iterator[Fall]:
    """Days that a matter's own fields set: those named like a hearing, kept as ISO text."""
    for field in kind.fields:
        if _is_hearing(field):
            dated = own.filter(kind=kind.id).annotate(set_for=Cast(KT(f"content__{field.name}"), TextField()))
            set_for = dated.filter(set_for__gte=first.isoformat(), set_for__lt=f"{last.isoformat()}~")
            for record in set_for.order_by("id")[:MOST]:
                yield Fall(
                    date.fromisoformat(str(record.content[field.name])[:10]), "hearing", field.chinese, record
                )


_HEARING_WORDS = ("开庭", "听证", "约谈", "会议", "庭审", "约定")


def _is_hearing(field: Field) -> bool:
    """Whether a field sets a day to come to: told by its words, since lines state dates for many ends."""
    return (
        field.type in (FieldType.DATE, FieldType.MOMENT)
        and field.privacy is PrivacyClass.P0
        and any(word in field.chinese for word in _HEARING_WORDS)
    )
