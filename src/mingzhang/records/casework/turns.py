"""Who is next among the entries of a registry (轮到谁): from the records that say who was last, with the reason in words."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from mingzhang.casework.definitions import Field, FieldType, Kind
from mingzhang.casework.predicates import meets
from mingzhang.casework.turns import Entrant, in_turn
from mingzhang.records.casework.lines import kind_of
from mingzhang.records.casework.models import Organisation, Record

_LOOKED_BACK = 5_000
"""Records looked through for the last turns, the newest first."""

_YEAR_DAYS = 365


@dataclass(frozen=True, slots=True)
class Next:
    """Somebody whose turn it is: the entry, why, and what the form fills in from it."""

    key: str
    title: str
    why: str
    fills: Mapping[str, Any]


def turn_fields(kind: Kind) -> Iterator[tuple[str, Field]]:
    """The kind's fields that take turns, by the name of the rows that hold them, blank for those of the record."""
    for field in kind.fields:
        if field.turn:
            yield "", field
        for below in field.fields:
            if below.turn:
                yield field.name, below


def next_in_turn(
    kind: Kind, rows: str, field: Field, stated: Mapping[str, Any], today: date, most: int = 3
) -> list[Next]:
    """The first in turn for a field; `stated` is what the record says, by which the wanted skill is known."""
    turn = field.turn
    line, _, registry = field.kind.partition(".")
    wanted = str(turn.get("wanted", {}).get(str(stated.get(turn.get("by", ""), "")), ""))
    entries = {
        entry.key: entry
        for entry in Record.objects.filter(line=line, kind=registry, closed_on=None)
        if meets({**entry.content, "state": entry.state}, turn.get("open", {}))
    }
    last, times = _turns_taken(kind, rows, field)
    entrants = [
        Entrant(
            key,
            f"{entry.occurred_on} {entry.pk:012d}",
            last.get(key),
            times.get(key, 0),
            not wanted or wanted in (entry.content.get(turn.get("skills", "")) or ()),
        )
        for key, entry in entries.items()
    ]
    return [
        Next(
            each.key,
            entries[each.key].title,
            _why(each, wanted),
            _fills(turn, registry, line, entries[each.key], today),
        )
        for each in in_turn(entrants)[:most]
    ]


def _turns_taken(kind: Kind, rows: str, field: Field) -> tuple[dict[str, date], dict[str, int]]:
    """The day of everybody's last turn, and how many turns there were, in the records looked through."""
    last: dict[str, date] = {}
    times: dict[str, int] = {}
    dated = field.turn.get("dated", "")
    found = Record.objects.filter(line=kind.line, kind=kind.id).order_by("-pk")
    for content, occurred_on in found.values_list("content", "occurred_on")[:_LOOKED_BACK]:
        for row in (content.get(rows) or ()) if rows else (content,):
            key = row.get(field.name)
            if not key:
                continue
            on = date.fromisoformat(row[dated]) if dated and row.get(dated) else occurred_on
            last[key] = max(on, last.get(key, on))
            times[key] = times.get(key, 0) + 1
    return last, times


def _why(each: Entrant, wanted: str) -> str:
    said = [f"上次 {each.last_on}，共{each.times}次" if each.last_on else "还没有轮到过"]
    if wanted:
        said.append(f"擅长{wanted}" if each.skilled else f"没有登记擅长{wanted}")
    return "，".join(said)


def _fills(turn: Mapping[str, Any], registry: str, line: str, entry: Record, today: date) -> dict[str, Any]:
    types = {each.name: each.type for each in kind_of(f"{line}.{registry}").fields}
    found: dict[str, Any] = {}
    for name, source in turn.get("fills", {}).items():
        years, _, day = source.partition(":")
        value = entry.content.get(day or source)
        if value in (None, ""):
            continue
        if years == "years" and day:
            value = (today - date.fromisoformat(str(value))).days // _YEAR_DAYS
        elif types.get(source) is FieldType.ORGANISATION:
            named = Organisation.objects.filter(key=value).first()
            value = named.name if named else ""
        found[name] = value
    return found
