"""Records as lists and pages show them (业务记录的显示): words for codes, personal fields masked, lamps of the nearest deadline."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.urls import reverse

from mingzhang.casework.calendar import Calendar
from mingzhang.casework.definitions import Field, FieldType, Kind, Line, PrivacyClass, State
from mingzhang.portal.environment import money
from mingzhang.portal.pages.casework.lamps import Lamp, lamp
from mingzhang.records.casework.deadlines import over_at
from mingzhang.records.casework.lines import kind_of, kind_of_record
from mingzhang.records.casework.models import Deadline, Record

_STYLES = {"yellow": "soon", "orange": "soon", "red": "late"}
_COLUMN_STYLES = {
    FieldType.INTEGER: "number",
    FieldType.DECIMAL: "number",
    FieldType.MONEY: "number",
    FieldType.DATE: "nowrap",
}
_WIDE = (FieldType.LONG_TEXT, FieldType.FILES, FieldType.RECORDS, FieldType.CODES)
_LONG = 28


@dataclass(slots=True)
class Row:
    """A record in a list."""

    address: str
    title: str
    number: str
    state: str
    style: str = ""
    on: date | None = None
    owner: str = ""
    lamp: Lamp | None = None
    why: str = ""
    cells: list[tuple[str, bool]] = field(default_factory=list)
    recorded: datetime | None = None
    late: bool = False


@dataclass(frozen=True, slots=True)
class Column:
    """A column that the kind's fields give a list."""

    chinese: str
    style: str
    """How its cells are set: numbers to the right, days never wrapped."""


def kinds_of(line: Line) -> list[Kind]:
    """The kinds of a line, each with its state table."""
    return [kind_of(each.name) for each in line.kinds.values()]


def state_of(kind: Kind, state: str) -> State:
    """The state as its table names it; a kind without a table has none."""
    found = kind.states.states if kind.states else ()
    return next((each for each in found if each.id == state), State(state, state))


def address_of(record: Record) -> str:
    """The page of a record."""
    return reverse("casework_record", kwargs={"line": record.line, "kind": record.kind, "key": record.key})


def rows_of(
    records: Iterable[Record],
    today: date,
    calendar: Calendar,
    why: Mapping[int, str] | None = None,
) -> list[Row]:
    """The records as rows, each with the lamp of its nearest open deadline; their deadlines are asked for once."""
    found = list(records)
    nearest: dict[int, Deadline] = {}
    open_ones = Deadline.objects.filter(record__in=found, standing__in=Deadline.OPEN)
    for each in sorted(open_ones.order_by("id"), key=over_at):
        nearest.setdefault(each.record_id, each)
    return [_row(each, nearest.get(each.pk), today, calendar, (why or {}).get(each.pk, "")) for each in found]


def _row(record: Record, deadline: Deadline | None, today: date, calendar: Calendar, why: str) -> Row:
    kind = kind_of_record(record)
    state = state_of(kind, record.state)
    light = lamp(deadline, today, calendar) if deadline else None
    return Row(
        address=address_of(record),
        title=record.title,
        number=record.number,
        state=state.chinese,
        style=_STYLES.get(light.colour, "") if light else "",
        on=record.occurred_on,
        owner=record.owner.name if record.owner else "",
        lamp=light,
        why=why,
        recorded=record.recorded_at,
    )


def style_of(state: State) -> str:
    """The colour of a state's tag."""
    return "good" if state.final else "warning" if state.holding else "info"


def columns_of(kind: Kind) -> list[tuple[Field, Column]]:
    """The listed fields of a kind that lists show: public ones, rows and personal fields aside."""
    return [
        (each, Column(each.chinese, _COLUMN_STYLES.get(each.type, "")))
        for each in kind.fields
        if each.listed and each.privacy is PrivacyClass.P0 and each.type is not FieldType.ROWS
    ]


def cells_of(
    record: Record, columns: Sequence[tuple[Field, Column]], names: Mapping[str, str]
) -> list[tuple[str, str]]:
    """The cells of a row, each with its style."""
    return [(worded(each, record.content.get(each.name), names), column.style) for each, column in columns]


def worded(each: Field, value: Any, names: Mapping[str, str]) -> str:
    """A value in words; `names` has those of areas, organisations, people and records by key."""
    if value is None or value == "" or value == []:
        return ""
    if each.type is FieldType.YES_NO:
        return "是" if value in (True, "true") else "否"
    if each.type is FieldType.MONEY:
        return f"{money(int(value))} 元"
    if isinstance(value, list):
        return "、".join(names.get(str(part), str(part)) for part in value)
    if each.type is FieldType.MOMENT:
        return str(value).replace("T", " ")[:16]
    return names.get(str(value), str(value)) if each.type in _NAMED else str(value)


_NAMED = (
    FieldType.PERSON,
    FieldType.ORGANISATION,
    FieldType.AREA,
    FieldType.RECORD,
    FieldType.FILE,
)


def is_wide(each: Field, text: str) -> bool:
    """Whether a value takes the whole width of the page."""
    return each.type in _WIDE or len(text) > _LONG
