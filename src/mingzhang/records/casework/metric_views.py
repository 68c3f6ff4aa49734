"""What metrics read of the books (指标取数): light views of records, deadlines and registries, with only the fields that are asked for.

Nothing sealed is opened: metrics count by public fields alone.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from datetime import date, datetime, time, timedelta
from typing import Any

from django.db.models import Q, QuerySet
from django.utils import timezone

from mingzhang.casework.deadlines import merged, standing
from mingzhang.casework.definitions import Counting, Field, Flavour, Kind, Metric, Shape
from mingzhang.casework.metrics import DEADLINE_FIELDS, REGISTRIES, split_measure
from mingzhang.casework.periods import Period
from mingzhang.casework.predicates import COMMON_FIELDS
from mingzhang.records.casework.deadlines import pauses_of
from mingzhang.records.casework.lines import rule_of
from mingzhang.records.casework.models import Area, Deadline, Event, Organisation, Person, Record
from mingzhang.records.casework.registries import area_and_below
from mingzhang.records.casework.values import decoded

_COLUMNS = {
    "pk": "pk",
    "key": "key",
    "line": "line",
    "kind": "kind",
    "number": "number",
    "title": "title",
    "received_at": "received_at",
    "channel": "channel",
    "area": "area__code",
    "area_level": "area__level",
    "owner": "owner__username",
    "state": "state",
    "accepted_on": "accepted_on",
    "closed_on": "closed_on",
    "outcome": "outcome",
    "secrecy": "secrecy",
    "rule_date": "rule_date",
    "source_system": "source_system",
    "source_ref": "source_ref",
    "occurred_on": "occurred_on",
    "recorded_at": "recorded_at",
    "organisation": "organisation__key",
}
_INDEXED = ("occurred_on", "accepted_on", "closed_on")
_BLANK = ("number", "title", "channel", "area", "area_level", "owner", "organisation")


def countings(metric: Metric) -> tuple[Counting, ...]:
    """What a metric counts."""
    return (metric.numerator, metric.denominator) if metric.denominator else (metric.numerator,)


def names_read(counting: Counting) -> set[str]:
    """Fields of records that a counting reads; of rows the field that holds them."""
    parts = split_measure(counting.measure)
    below = {counting.rows} if counting.rows else set()
    stated = {
        *counting.where,
        counting.date_field,
        counting.until_field,
        *(parts[1] if parts else ()),
        *below,
    }
    return {name.partition(".")[0] for name in stated if name} - (
        DEADLINE_FIELDS if counting.deadlines else set()
    )


def record_views(
    kind: Kind,
    asked: Iterable[tuple[Counting, Flavour]],
    period: Period,
    *,
    organisation: Organisation | None = None,
    area: Area | None = None,
    today: date | None = None,
) -> list[dict[str, Any]]:
    """Views of the kind's records that the countings may count in the period."""
    wanted = [(each, flavour) for each, flavour in asked if kind.id in each.kinds]
    names = set[str]().union(*(names_read(each) for each, _ in wanted))
    own = {field.name: field for field in kind.fields if field.name in names}
    rows = _scoped(Record.objects.filter(line=kind.line, kind=kind.id), organisation, area)
    if (condition := _in_period(wanted, kind, period)) is not None:
        rows = rows.filter(condition)
    columns = [*_COLUMNS.values(), *(f"content__{name}" for name in own)]
    views = [
        _view(dict(zip([*_COLUMNS, *own], row, strict=True)), own, kind.shape)
        for row in rows.order_by("pk").values_list(*columns)
    ]
    today = today or timezone.localdate()
    _add_course(views, names, rows, today)
    if period.last < today and any(flavour is Flavour.STOCK for _, flavour in wanted):
        _turn_back(views, rows, period.last)
    return views


def deadline_views(kind: Kind, families: Iterable[str], today: date) -> Iterator[dict[str, Any]]:
    """Views of the deadlines of the kind's records, as they stand on a day."""
    rows = Deadline.objects.filter(record__line=kind.line, record__kind=kind.id, family__in=families)
    for row in rows.select_related("record").only(
        "family", "rule_id", "started_on", "due_on", "done_on", "standing", "record__key"
    ):
        yield {
            "record": row.record.key,
            "family": row.family,
            "started_on": row.started_on,
            "due_on": row.due_on,
            "done_on": row.done_on,
            "standing": _standing(row, today),
        }


def registry_views(name: str) -> list[dict[str, Any]]:
    """Views of the engine's own registries: areas with their `level`, organisations with their `organisation_kind`, people with their `sex`."""
    if name == "area":
        return [
            {"kind": name, "key": code, "level": level, "valid_from": begun, "valid_to": ended}
            for code, level, begun, ended in Area.objects.values_list(
                "code", "level", "valid_from", "valid_to"
            )
        ]
    if name == "organisation":
        return [
            {"kind": name, "key": key, "organisation_kind": kind, "valid_from": begun, "valid_to": ended}
            for key, kind, begun, ended in Organisation.objects.values_list(
                "key", "kind", "valid_from", "valid_to"
            )
        ]
    return [
        {"kind": name, "key": key, "sex": sex, "valid_from": begun, "valid_to": ended}
        for key, sex, begun, ended in Person.objects.filter(merged_into=None).values_list(
            "key", "sex", "valid_from", "valid_to"
        )
    ]


def is_registry(name: str) -> bool:
    """Whether a counted kind is a registry of the engine."""
    return name in REGISTRIES


def _scoped(rows: QuerySet[Record], organisation: Organisation | None, area: Area | None) -> QuerySet[Record]:
    if organisation is not None:
        rows = rows.filter(organisation=organisation)
    return rows.filter(area__in=area_and_below(area)) if area is not None else rows


def _in_period(wanted: list[tuple[Counting, Flavour]], kind: Kind, period: Period) -> Q | None:
    """A condition that the index answers, where each counting is dated by a common day; None where any is not."""
    own = {field.name for field in kind.fields}
    condition = Q()
    for counting, flavour in wanted:
        name = counting.date_field
        if name in own or flavour is Flavour.STOCK:
            return None
        if name in _INDEXED:
            condition |= Q(**{f"{name}__range": (period.first, period.last)})
        elif name in ("received_at", "received_on"):
            first = timezone.make_aware(datetime.combine(period.first, time()))
            after = timezone.make_aware(datetime.combine(period.last + timedelta(days=1), time()))
            condition |= Q(received_at__gte=first, received_at__lt=after)
        else:
            return None
    return condition


def _view(row: dict[str, Any], own: Mapping[str, Field], shape: Shape) -> dict[str, Any]:
    view = {**row, **{name: "" for name in _BLANK if row[name] is None}}
    received, recorded = row["received_at"], row["recorded_at"]
    view["received_at"] = timezone.localtime(received) if received else None
    view["received_on"] = view["received_at"].date() if received else None
    view["recorded_on"] = timezone.localtime(recorded).date()
    view["valid_from"] = row["occurred_on"]
    view["valid_to"] = row["closed_on"] if shape is Shape.REGISTRY else None
    for name, field in own.items():
        view[name] = decoded(field, row[name])
    return view


def _add_course(views: list[dict[str, Any]], names: set[str], rows: QuerySet[Record], today: date) -> None:
    """What a record's course tells, where it is asked for: missed families, actions taken, days of pauses."""
    asked = names & (set(COMMON_FIELDS) | {"late_families"})
    keys = rows.values("pk")
    missed: dict[int, set[str]] = defaultdict(set)
    taken: dict[int, list[str]] = defaultdict(list)
    paused: dict[int, list[Any]] = defaultdict(list)
    if "late_families" in asked:
        for deadline in Deadline.objects.filter(record__in=keys):
            if _standing(deadline, today) in ("DONE_LATE", "OVERDUE"):
                missed[deadline.record_id].add(deadline.family)
    if "actions_taken" in asked:
        for pk, action in (
            Event.objects.filter(record__in=keys).order_by("number").values_list("record", "action")
        ):
            taken[pk].append(action)
    for deadline in Deadline.objects.filter(record__in=keys).exclude(pauses=[]):
        paused[deadline.record_id] += pauses_of(deadline)
    for view in views:
        view["late_families"] = sorted(missed[view["pk"]])
        view["actions_taken"] = tuple(taken[view["pk"]])
        spans = merged(paused[view["pk"]])
        view["paused_days"] = sum((span.until - span.after).days for span in spans if span.until)


def _turn_back(views: list[dict[str, Any]], rows: QuerySet[Record], day: date) -> None:
    """Let stocks of a past day see the state of that day: the one that the last event until then left."""
    events = Event.objects.filter(record__in=rows.values("pk"), occurred_on__lte=day).order_by("number")
    states = dict(events.values_list("record", "to_state"))
    for view in views:
        view["state"] = states.get(view["pk"], "")


def _standing(row: Deadline, today: date) -> str:
    paused, void = (
        row.standing == Deadline.Standing.PAUSED,
        row.standing == Deadline.Standing.VOID,
    )
    bound = rule_of(row.rule_id).bound
    return standing(row.due_on, today, done_on=row.done_on, paused=paused, void=void, bound=bound).value
