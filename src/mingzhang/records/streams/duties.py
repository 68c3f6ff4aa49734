"""Duties (义务履行): what persons under corrections owe and have done, derived from records each time and kept nowhere; by person, duty and day."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

from django.utils import timezone

from mingzhang.casework.deadlines import added_months
from mingzhang.casework.supervision import (
    Compliance,
    Contact,
    Episode,
    Span,
    comply,
    day_standing,
    days_of_month,
    duties_between,
)
from mingzhang.lines.corrections.guards import GRANTED, REGIME
from mingzhang.records.casework.models import Record

LINE = "corrections"

_SINGLE = {"contact": "at", "medical_report": "examined_on"}
"""Kinds that are one contact each, with the field that says when; the field `contact` says of which kind."""

_GATHERINGS = {"education": "教育学习", "service_activity": "公益活动"}
"""Kinds whose rows `attendees` are contacts, counted in hours."""

_SHEET = "duty_sheet"
"""The month's sheet of an office, whose rows name the days of a person's contacts of a kind; entered when the month is over."""

_COUNT = ("submitted", "confirmed")
"""States in which an activity proves a contact: a person or a device stands for it."""

SUPERVISED = ("registered", "lost", "proposed")
"""States of an episode in which the person is watched."""

_ADMITTED = (*SUPERVISED, "released", "ended", "moved")


def episodes_of(records: Iterable[Record]) -> dict[str, Episode]:
    """Records of the kind `episode` as supervision has them, by key. Duties begin when the person reported, end with the term or before, and rest while a leave
    was granted. Nothing is unsealed: all that duties need is of class P0.
    """
    records = list(records)
    away = _away(records)
    return {record.key: _episode(record, tuple(away[record.key])) for record in records}


def contacts_of(records: Iterable[Record], since: date, until: date) -> dict[str, list[Contact]]:
    """The contacts that happened between two days, by the key of the episode."""
    wanted = {record.key for record in records}
    found: dict[str, list[Contact]] = defaultdict(list)
    rows = Record.objects.filter(
        line=LINE, kind__in=[*_SINGLE, *_GATHERINGS, _SHEET], state__in=_COUNT, occurred_on__gte=since
    )
    for key, kind, on, content in rows.values_list("key", "kind", "occurred_on", "content"):
        for episode, contact in _contacts(key, kind, on, content):
            if episode in wanted and since <= contact.on <= until:
                found[episode].append(contact)
    return dict(found)


def compliance(
    records: Iterable[Record], since: date, until: date, today: date | None = None
) -> dict[str, list[Compliance]]:
    """How the duties stand whose period ends between two days, by the key of the episode. Contacts of the longest period before count."""
    records = [record for record in records if record.state in _ADMITTED]
    today = today or timezone.localdate()
    contacts = contacts_of(records, added_months(since, -_LONGEST_MONTHS), min(until + _LATER, today))
    episodes, found = episodes_of(records), {}
    for record in records:
        # A contact is used up by the duty it lies in, so those of the days before are asked too.
        duties = duties_between(episodes[record.key], REGIME, added_months(since, -_LONGEST_MONTHS), until)
        stands = comply(duties, contacts.get(record.key, ()), REGIME, today, _waived(record, duties))
        found[record.key] = [each for each in stands if each.duty.until >= since]
    return found


def days_of(record: Record, since: date, until: date, today: date | None = None) -> dict[date, str]:
    """How a person stood at the end of each day (齐, 欠, 中止, 不在册), as a calendar shows it; days to come are left out."""
    today = today or timezone.localdate()
    episode = episodes_of([record])[record.key]
    stands = compliance([record], since, until, today).get(record.key, [])
    last = min(until, today)
    return {
        day: day_standing(episode, [each for each in stands if day - _LATER <= each.duty.until], day)
        for day in (since + timedelta(number) for number in range((last - since).days + 1))
    }


_LONGEST_MONTHS = max(rule.every if rule.unit == "month" else 1 for rule in REGIME.duties)
_LATER = timedelta(days=3)
"""A duty that was missed shows on the days within which it could still be done late, not on every day ever after."""


def _contacts(key: str, kind: str, on: date, content: Mapping[str, Any]) -> Iterator[tuple[str, Contact]]:
    if kind in _SINGLE:
        stated = _day(content.get(_SINGLE[kind])) or on
        yield content["episode"], Contact(key, content["contact"], stated)
        return
    if kind == _SHEET:
        month = _known(content["month"])
        for row in content["entries"]:
            for day in days_of_month(row["days"], month):
                yield row["episode"], Contact(f"{key}.{row['contact']}.{day}", row["contact"], day)
        return
    for place, row in enumerate(content.get("attendees", ())):
        yield row["episode"], Contact(f"{key}.{place}", _GATHERINGS[kind], on, Decimal(str(row["hours"])))


def _waived(record: Record, duties: Iterable[Any]) -> set[str]:
    """Keys of duties that somebody waived with a reason: by their key, or all of a rule within the waiver's days."""
    rows = record.content.get("waivers", ())
    return {
        duty.key
        for duty in duties
        for row in rows
        if row["duty"] in (duty.key, duty.rule)
        and _known(row["since"]) <= duty.until
        and duty.since <= _known(row["until"])
    }


def _episode(record: Record, away: tuple[Span, ...]) -> Episode:
    stated = record.content
    medical = stated.get("medical_kind")
    return Episode(
        record.key,
        (stated["category"], medical) if medical else (stated["category"],),
        _day(stated.get("reported_on")) or record.occurred_on,
        min(filter(None, (_day(stated.get("term_to")), record.closed_on)), default=None),
        tuple(
            Span(row["managed_as"], _known(row["since"]), _day(row.get("until")), row.get("reason") or "")
            for row in stated.get("classes", ())
        ),
        away,
        juvenile=record.secrecy == "SEALED",
    )


def _away(records: Sequence[Record]) -> dict[str, list[Span]]:
    """The days for which leave was granted, and which the person did not cut short, by the key of the episode."""
    leaves = Record.objects.filter(line=LINE, kind="leave", state__in=GRANTED)
    if len(records) == 1:
        leaves = leaves.filter(content__episode=records[0].key)
    found: dict[str, list[Span]] = defaultdict(list)
    for content in leaves.order_by("pk").values_list("content", flat=True):
        returned = _day(content.get("returned_on"))
        until = min(filter(None, (_known(content["returns_by"]), returned)))
        found[content["episode"]].append(Span("外出", _known(content["leaves_on"]), until))
    return found


def _day(stated: str | None) -> date | None:
    """The day of a kept date or moment, in local time."""
    if not stated:
        return None
    if len(stated) == len("2021-03-05"):
        return date.fromisoformat(stated)
    at = datetime.fromisoformat(stated)
    return timezone.localtime(at).date() if timezone.is_aware(at) else at.date()


def _known(stated: str) -> date:
    return date.fromisoformat(stated)
