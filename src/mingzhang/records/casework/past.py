"""Records as they were on a past day (往日的记录): replayed from their events, since rows say only what is so now.

What was done after the day is left out; a correction made later of what had been stated by then counts, as it was so.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db.models import Exists, OuterRef, QuerySet

from mingzhang.casework.definitions import Kind, PrivacyClass
from mingzhang.records.casework.models import Area, Event, Record
from mingzhang.records.casework.values import decoded
from mingzhang.records.casework.views import in_force

_TEXTS = (
    "number",
    "title",
    "channel",
    "area",
    "owner",
    "state",
    "outcome",
    "secrecy",
    "source_system",
    "source_ref",
    "organisation",
)
_DAYS = ("accepted_on", "closed_on", "rule_date", "occurred_on")
_CORRECTION = "correct"


def changed_after(records: QuerySet[Record], day: date) -> QuerySet[Record]:
    """Those of the records to which something happened after the day."""
    return records.filter(Exists(Event.objects.filter(record=OuterRef("pk"), occurred_on__gt=day)))


def as_on(views: Iterable[Mapping[str, Any]], kind: Kind, day: date) -> Iterator[dict[str, Any]]:
    """Views of records as they were on the day; none of those that were not yet entered then. Sealed
    fields are as they are now, those of rows blank.
    """
    waiting = list(views)
    then = _then([str(view["key"]) for view in waiting], day)
    levels = dict(Area.objects.values_list("code", "level"))
    plain = [each for each in kind.fields if each.privacy is PrivacyClass.P0]
    for view in waiting:
        was = then[str(view["key"])]
        if not was.begun:
            continue
        turned = dict(view)
        turned |= {name: was.state.get(name) or "" for name in _TEXTS if name in view}
        turned |= {name: _day(was.state.get(name)) for name in _DAYS if name in view}
        if "area_level" in view:
            turned["area_level"] = levels.get(turned.get("area", ""), "")
        turned |= {
            each.name: decoded(each, was.content.get(each.name)) for each in plain if each.name in view
        }
        turned |= in_force(kind, turned["occurred_on"], turned["closed_on"])
        yield turned


@dataclass(slots=True)
class _Then:
    begun: bool = False
    state: dict[str, Any] = field(default_factory=dict)
    content: dict[str, Any] = field(default_factory=dict)


def _then(keys: list[str], day: date) -> dict[str, _Then]:
    found: dict[str, _Then] = defaultdict(_Then)
    counted: dict[str, set[int]] = defaultdict(set)
    for start in range(0, len(keys), 500):
        events = Event.objects.filter(record__key__in=keys[start : start + 500]).order_by("record", "number")
        for key, number, action, corrects, on, payload in events.values_list(
            "record__key", "number", "action", "corrects", "occurred_on", "payload"
        ):
            if on > day and not (action == _CORRECTION and corrects in counted[key]):
                continue
            counted[key].add(number)
            was = found[key]
            was.begun = True
            was.state.update(payload.get("record", {}))
            was.content.update(payload.get("content", {}))
    return found


def _day(stated: str | None) -> date | None:
    return date.fromisoformat(stated) if stated else None
