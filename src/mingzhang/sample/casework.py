"""The sample's year of casework (示例年度的业务): registries, people, and every line's records, taken through the same steps as real ones."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from importlib import import_module
from io import BytesIO
from typing import Any

from mingzhang.casework.definitions import Field, FieldType, Kind
from mingzhang.casework.sampling import SamplePerson, SampleRecord, SampleStep, Scene
from mingzhang.records.casework import attachments, registries
from mingzhang.records.casework.lines import kind_of, line_of
from mingzhang.records.casework.models import Area, Organisation, Record
from mingzhang.records.casework.opening import open_record
from mingzhang.records.casework.transitions import approve, take
from mingzhang.records.models import Entity, User
from mingzhang.sample.casework_people import add_case_people
from mingzhang.sample.scene import scene

LINES = ("legal_aid", "peoples_mediation", "legal_publicity", "reconsideration")
EVIDENCE = "示例：证明材料的扫描件。".encode()


def add_casework(department: Entity, year: int, tell: Callable[[str], None]) -> None:
    """Add the casework of a year to books that have the department."""
    place = scene(year)
    start = date(year, 1, 1)
    _add_registries(place, start)
    people = add_case_people(department, start)
    for line in LINES:
        made = list(import_module(f"mingzhang.lines.{line}.sample").records(place))
        tell(f"{year}年：{line_of(line).chinese} {len(made)} 条记录")
        desk = _Desk(place, people[line_of(line).department_role])
        for each in made:
            if isinstance(each, SampleRecord):
                desk.play(each)


def _add_registries(place: Scene, start: date) -> None:
    registries.load_areas(({"code": area.code, "name": area.name} for area in place.areas), start)
    areas = {area.code: area for area in Area.objects.all()}
    for each in place.organisations:
        registries.add_organisation(each.name, each.kind, start, area=areas.get(each.area))


class _Desk:
    """Two persons of a section: one enters and drafts, the other approves and confirms."""

    def __init__(self, place: Scene, people: list[User]) -> None:
        self.place = place
        self.one, self.two = people[0], people[1]
        self.known: dict[str, Record] = {}
        self.organisations = {each.name: each.key for each in Organisation.objects.all()}

    def play(self, each: SampleRecord) -> Record:
        """Enter a record and take it through its steps."""
        kind = kind_of(each.kind)
        fields: dict[str, Any] = {**self._values(kind.fields, each.fields), **self._common(each)}
        record = open_record(
            self.one, kind, fields, occurred_on=each.opened_on, command_key=each.key + each.kind, action=each.opening, reason="示例"
        )  # fmt: skip
        self.known[each.key] = record
        if kind.evidence:
            self._attach(record, each.opened_on)
        for number, step in enumerate(each.steps):
            record = self._step(record, kind, step, f"{each.kind}/{each.key}/{number}"[-60:])
        return record

    def _step(self, record: Record, kind: Kind, step: SampleStep, key: str) -> Record:
        payload = self._values(kind.fields, step.payload or {})
        for field in kind.fields:
            if field.type is FieldType.FILE and field.name in payload:
                payload[field.name] = self._attach(record, step.on)
        if step.action == "confirm":
            return take(self.two, record, step.action, payload, occurred_on=step.on, command_key=key)
        record = take(self.one, record, step.action, payload, occurred_on=step.on, command_key=key)
        return (
            approve(self.two, record, occurred_on=step.on, command_key=key + "+") if record.draft else record
        )

    def _attach(self, record: Record, on: date) -> str:
        row = attachments.attach(
            self.one, record, "示例材料.txt", len(EVIDENCE), BytesIO(EVIDENCE), occurred_on=on
        )
        return str(row.key)

    def _common(self, each: SampleRecord) -> dict[str, Any]:
        stated = {
            "area": each.area,
            "channel": each.channel,
            "received_at": each.opened_on.isoformat() if each.channel else "",
        }
        if each.organisation:
            stated["organisation"] = self.organisations[each.organisation]
        return {name: value for name, value in stated.items() if value}

    def _values(self, fields: tuple[Field, ...], stated: Mapping[str, Any]) -> dict[str, Any]:
        by_name = {field.name: field for field in fields}
        return {name: self._value(by_name[name], value) for name, value in stated.items()}

    def _value(self, field: Field, value: Any) -> Any:
        """A value with what it points at by the keys of the records."""
        if field.type is FieldType.ROWS:
            return [self._values(field.fields, row) for row in value]
        if field.type is FieldType.RECORDS:
            return [self.known[each.removeprefix("@")].key for each in value]
        if field.type is FieldType.RECORD:
            return self.known[value.removeprefix("@")].key
        if field.type is FieldType.PERSON:
            return self._person(value)
        if field.type is FieldType.ORGANISATION:
            return self.organisations[value]
        return value

    def _person(self, who: SamplePerson) -> str:
        return registries.add_person(date(self.place.year, 1, 1)).key
