"""What a counting needs of the tables (取数): records narrowed by the database as far as a condition allows, as light views.

The narrowing only leaves out what cannot count; what counts is decided by `casework.metrics` over the views, here as anywhere.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, tzinfo
from typing import Any

from django.db.models import Q, QuerySet
from django.utils import timezone

from mingzhang.casework.deadlines import merged
from mingzhang.casework.definitions import Counting, Field, FieldType, Flavour, Kind, PrivacyClass
from mingzhang.casework.metrics import CONFIRMED, DEADLINE_FIELDS, REGISTRIES, split_measure
from mingzhang.casework.periods import Period
from mingzhang.records.casework.deadlines import is_over, pauses_of, stands
from mingzhang.records.casework.lines import kind_of
from mingzhang.records.casework.models import Area, Deadline, Organisation, Person, Record
from mingzhang.records.casework.rules import rule_of
from mingzhang.records.casework.values import decoded
from mingzhang.records.casework.views import common, in_force, values_of

_ALWAYS = (
    "key",
    "line",
    "kind",
    "state",
    "source_system",
    "occurred_on",
    "closed_on",
    "recorded_at",
    "organisation__key",
)
"""Columns that every figure needs: what a record is, when it was recorded, by which grain it counts."""

_ASKED = {
    "number": "number", "title": "title", "received_at": "received_at", "received_on": "received_at", "channel": "channel",
    "area": "area__code", "area_level": "area__level", "owner": "owner__username", "accepted_on": "accepted_on", "outcome": "outcome",
    "secrecy": "secrecy", "rule_date": "rule_date", "source_ref": "source_ref",
}  # fmt: skip
"""Columns of the other common fields, read where a counting names them."""

_RENAMED = {
    "area__code": "area",
    "area__level": "area_level",
    "owner__username": "owner",
    "organisation__key": "organisation",
}

_DAYS = ("occurred_on", "accepted_on", "closed_on", "rule_date")
_TEXTS = ("state", "channel", "outcome", "secrecy", "number", "source_system", "source_ref")
_PLAIN = {
    FieldType.TEXT: str,
    FieldType.CODE: str,
    FieldType.YES_NO: bool,
    FieldType.INTEGER: int,
    FieldType.MONEY: int,
}
"""Types whose values the database compares as the engine does, with what they are compared to."""


def narrowed(
    records: QuerySet[Record], kind: Kind, counting: Counting, flavour: Flavour, period: Period
) -> QuerySet[Record]:
    """The records of a kind among which those that count are."""
    found = dated(records, kind, counting, flavour, period)
    if counting.confirmed_only:
        found = found.filter(state=CONFIRMED)
    for name, asked in counting.where.items():
        found = found.filter(_condition(kind, name, asked))
    return found


def dated(
    records: QuerySet[Record], kind: Kind, counting: Counting, flavour: Flavour, period: Period
) -> QuerySet[Record]:
    """The records of a kind whose day may fall into the period: what all countings by one day share. A stock's day is no bound."""
    found = records.filter(line=kind.line, kind=kind.id)
    if flavour is not Flavour.STOCK and counting.date_field and not counting.rows:
        found = found.filter(_dated(kind, counting, period))
    return found


def _dated(kind: Kind, counting: Counting, period: Period) -> Q:
    """Whether the day may fall into the period."""
    name = counting.date_field
    field = _own(kind, name)
    if field is not None:
        if field.type is not FieldType.DATE or field.privacy is not PrivacyClass.P0:
            return Q()
        first, last = period.first.isoformat(), period.last.isoformat()
        return Q(**{f"content__{name}__gte": first, f"content__{name}__lte": last})
    if counting.deadlines and name in DEADLINE_FIELDS:
        return Q(pk__in=Deadline.objects.filter(
            family__in=counting.deadlines, **{f"{name}__gte": period.first, f"{name}__lte": period.last}
        ).values("record"))  # fmt: skip
    return Q(**{f"{name}__gte": period.first, f"{name}__lte": period.last}) if name in _DAYS else Q()


def _condition(kind: Kind, name: str, asked: Any) -> Q:
    """What the database can say of a condition; everything where it can say nothing."""
    field = _own(kind, name)
    if field is None:
        column, wanted_type = (name if name in _TEXTS else ""), str
    else:
        plain = field.type in _PLAIN and field.privacy is PrivacyClass.P0
        column, wanted_type = (f"content__{name}" if plain else ""), _PLAIN.get(field.type, str)
    wanted = [asked] if not isinstance(asked, Mapping) else asked.get("in") if set(asked) == {"in"} else None
    if not column or not wanted or any(type(value) is not wanted_type or value == "" for value in wanted):
        return Q()
    condition = Q()
    for value in wanted:
        condition |= Q(**{column: value})
    return condition


def _own(kind: Kind, name: str) -> Field | None:
    return next((field for field in kind.fields if field.name == name), None)


@dataclass(slots=True)
class Names:
    """What views must have: fields by their heads, with those of their rows; whether the paused days are asked for."""

    heads: dict[str, set[str]] = field(default_factory=dict)
    paused: bool = False

    def add(self, counting: Counting) -> Names:
        """What one more counting reads."""
        for head, below in heads(counting).items():
            self.heads.setdefault(head, set()).update(below)
        self.paused |= counting.measure.startswith("net_days")
        return self


def reads_personal(kind: Kind, counting: Counting) -> bool:
    """Whether a counting reads anything sealed of the kind."""
    names = heads(counting)
    return any(_is_personal(each, names) for each in kind.fields if each.name in names)


def views(records: QuerySet[Record], kind: Kind, asked: Names) -> Iterator[dict[str, Any]]:
    """Views with the common fields and those asked for; sealed ones are opened only where they are named."""
    names = asked.heads
    fields = [field for field in kind.fields if field.name in names]
    if any(_is_personal(field, names) for field in fields):
        yield from _opened_views(records, kind)
        return
    paused = _paused_days(records) if asked.paused else {}
    late = _late_families(records) if "late_families" in names else None
    by_name = {field.name: field for field in fields}
    common_ones = {column for name, column in _ASKED.items() if name in names and name not in by_name}
    columns = [*_ALWAYS, *sorted(common_ones), *(["content"] if by_name else [])]
    zone = timezone.get_current_timezone()
    for row in records.order_by("pk").values_list(*columns).iterator(chunk_size=5000):
        view = dict(zip(columns, row, strict=True))
        content = view.pop("content", {})
        _complete(view, kind, zone)
        for name in by_name:
            view[name] = decoded(by_name[name], content.get(name))
        if paused:
            view["paused_days"] = paused.get(view["key"], 0)
        if late is not None:
            view["late_families"] = late.get(view["key"], [])
        yield view


def _is_personal(field: Field, names: Mapping[str, set[str]]) -> bool:
    if field.privacy is not PrivacyClass.P0:
        return True
    return any(
        below.name in names[field.name] for below in field.fields if below.privacy is not PrivacyClass.P0
    )


def _opened_views(records: QuerySet[Record], kind: Kind) -> Iterator[dict[str, Any]]:
    late = _late_families(records)
    for record in (
        records.select_related("area", "owner", "organisation").prefetch_related("personal").order_by("pk")
    ):
        yield {
            **common(record),
            **in_force(kind, record.occurred_on, record.closed_on),
            "area_level": record.area.level if record.area else "",
            "late_families": late.get(record.key, []),
            **dict.fromkeys(field.name for field in kind.fields),
            **values_of(record, kind),
        }


def heads(counting: Counting) -> dict[str, set[str]]:
    """Fields that a counting reads, with those of their rows."""
    measure = split_measure(counting.measure)
    named = [counting.date_field, counting.until_field, *counting.where, *(measure[1] if measure else ())]
    if counting.rows:
        named += [f"{counting.rows}.{name}" for name in counting.row_where]
        named += [f"{counting.rows}.{name}" for name in (measure[1] if measure else ())]
        named.append(counting.rows)
    if counting.date_field == "" or counting.until_field == "":
        named += ["valid_from", "valid_to"]
    found: dict[str, set[str]] = {}
    for name in filter(None, named):
        head, _, below = name.partition(".")
        found.setdefault(head, set()).update(filter(None, [below]))
    return found


def _complete(view: dict[str, Any], kind: Kind, zone: tzinfo) -> None:
    """Columns as the common fields of a view: moments in local time, names as views have them, blanks as texts."""
    view["recorded_on"] = view.pop("recorded_at").astimezone(zone).date()
    if "received_at" in view:
        received = view["received_at"]
        view["received_at"] = received.astimezone(zone) if received else None
        view["received_on"] = view["received_at"].date() if received else None
    for column, name in _RENAMED.items():
        if column in view:
            view[name] = view.pop(column) or ""
    view.update(in_force(kind, view["occurred_on"], view["closed_on"]))


def _paused_days(records: QuerySet[Record]) -> dict[str, int]:
    spans: dict[str, list[Any]] = {}
    paused = Deadline.objects.filter(record__in=records).exclude(pauses=[]).select_related("record")
    for row in paused.iterator(chunk_size=2000):
        spans.setdefault(row.record.key, []).extend(pauses_of(row))
    return {
        key: sum((span.until - span.after).days for span in merged(found) if span.until)
        for key, found in spans.items()
    }


def _late_families(records: QuerySet[Record]) -> dict[str, list[str]]:
    """The families of deadlines that records missed: met late, or open past their day."""
    running = Q(standing=Deadline.Standing.RUNNING)
    missed = Q(standing=Deadline.Standing.DONE_LATE) | (running & is_over(timezone.localdate()))
    found: dict[str, list[str]] = {}
    rows = Deadline.objects.filter(missed, record__in=records).values_list("record__key", "family", "rule_id")
    for key, family, rule_id in rows:
        if rule_of(rule_id).bound != "MIN":
            found.setdefault(key, []).append(family)
    return found


def deadline_views(records: QuerySet[Record], counting: Counting, today: date) -> Iterator[dict[str, Any]]:
    """The deadlines that a counting counts, as they stand on a day."""
    rows = Deadline.objects.filter(record__in=records, family__in=counting.deadlines)
    columns = (
        "record__key", "family", "rule_id", "started_on", "due_on", "due_at", "done_on", "done_at", "standing"
    )  # fmt: skip
    for key, family, rule_id, started, due_on, due_at, done, done_at, kept in (
        rows.order_by("pk").values_list(*columns).iterator(chunk_size=5000)
    ):
        now = stands(
            due_on,
            due_at,
            done,
            done_at,
            today,
            paused=kept == "PAUSED",
            void=kept == "VOID",
            bound=rule_of(rule_id).bound,
        )
        yield {
            "record": key,
            "family": family,
            "started_on": started,
            "due_on": due_on,
            "done_on": done,
            "standing": now.value,
        }


def registry_views(name: str) -> Iterator[dict[str, Any]]:
    """The engine's own registries as views."""
    if name == "area":
        for area in Area.objects.order_by("code"):
            yield {"key": area.code, "kind": name, "name": area.name, "level": area.level, "area": area.code,
                   "valid_from": area.valid_from, "valid_to": area.valid_to}  # fmt: skip
    elif name == "organisation":
        for each in Organisation.objects.select_related("area", "parent").order_by("pk"):
            yield {"key": each.key, "kind": name, "name": each.name, "type": each.kind, "area": each.area.code if each.area else "",
                   "organisation": each.parent.key if each.parent else "", "valid_from": each.valid_from, "valid_to": each.valid_to}  # fmt: skip
    elif name == "person":
        for person in (
            Person.objects.filter(merged_into=None).select_related("area", "organisation").order_by("pk")
        ):
            yield {"key": person.key, "kind": name, "sex": person.sex, "area": person.area.code if person.area else "",
                   "organisation": person.organisation.key if person.organisation else "",
                   "valid_from": person.valid_from, "valid_to": person.valid_to}  # fmt: skip


def kinds_of(line: str, counting: Counting) -> tuple[list[Kind], list[str]]:
    """The kinds of a counting, and the engine's registries among them."""
    own = [
        kind_of(name if "." in name else f"{line}.{name}")
        for name in counting.kinds
        if name not in REGISTRIES
    ]
    return own, [name for name in counting.kinds if name in REGISTRIES]
