"""The sample's year of casework (示例年度的业务): registries, people, and every line's records with the steps they went through."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime, time
from importlib import import_module
from io import BytesIO
from typing import Any

from django.utils import timezone

from mingzhang.casework.definitions import Field, FieldType, Kind
from mingzhang.casework.sampling import SamplePerson, SampleRecord, SampleReturn, SampleStep, Scene
from mingzhang.records.casework import attachments, registries
from mingzhang.records.casework.grains import registers_of
from mingzhang.records.casework.histories import Past, PastStep, enter_histories
from mingzhang.records.casework.keys import new_key
from mingzhang.records.casework.lines import kind_of, line_of
from mingzhang.records.casework.models import (
    Area,
    Attachment,
    Grain,
    Organisation,
    Return,
    ReturnItem,
)
from mingzhang.records.casework.people import Prepared, enter_people, prepared
from mingzhang.records.models import Entity, User
from mingzhang.records.trail import enter
from mingzhang.sample.casework_people import add_case_people
from mingzhang.sample.scene import scene
from mingzhang.sample.subsidies import match_subsidies, with_subsidies

LINES = ("legal_aid", "peoples_mediation", "legal_publicity", "reconsideration", "corrections")
EVIDENCE = "示例：证明材料的扫描件。".encode()


def add_casework(department: Entity, year: int, tell: Callable[[str], None]) -> None:
    """Add the casework of a year to books that have the department."""
    place = scene(year)
    start = date(year, 1, 1)
    _add_registries(place, start)
    people = add_case_people(department, start)
    for line in LINES:
        invented = import_module(f"mingzhang.lines.{line}.sample").records(place)
        made = list(with_subsidies(line, year, invented))
        tell(f"{year}年：{line_of(line).chinese} {len(made)} 条记录")
        role = line_of(line).department_role
        desk = _Desk(start, role, people[role], people["HEAD"][0])
        invented_records = [each for each in made if isinstance(each, SampleRecord)]
        desk.keys = {each.key: new_key() for each in invented_records}
        pasts = [desk.past(each) for each in invented_records]
        enter_people(list(desk.people.values()), "载入")
        enter_histories(pasts)
        match_subsidies(line, year, desk.keys)
        desk.report(line, [each for each in made if isinstance(each, SampleReturn)])


def _add_registries(place: Scene, start: date) -> None:
    registries.load_areas(({"code": area.code, "name": area.name} for area in place.areas), start)
    areas = {area.code: area for area in Area.objects.all()}
    enter(
        [
            Organisation(name=each.name, kind=each.kind, valid_from=start, area=areas.get(each.area))
            for each in place.organisations
        ],
        "载入",
    )


class _Desk:
    """Two persons of a section: one enters and drafts, the other approves and confirms."""

    def __init__(self, start: date, role: str, people: list[User], head: User) -> None:
        self.start, self.role, self.head = start, role, head
        self.one, self.two = people[0], people[1]
        self.keys: dict[str, str] = {}
        """Of all records of the line, so that two may name each other."""
        self.people: dict[SamplePerson, Prepared] = {}
        self.areas = {area.code: area for area in Area.objects.all()}
        self.organisations = {each.name: each for each in Organisation.objects.all()}
        self.evidence = attachments.keep("示例材料.txt", len(EVIDENCE), BytesIO(EVIDENCE), self.one)

    def past(self, each: SampleRecord) -> Past:
        """The record as the books enter it."""
        kind = kind_of(each.kind)
        stated = {
            **each.fields,
            **{name: value for step in each.steps for name, value in (step.payload or {}).items()},
        }
        asked = {name: self._file(each.opened_on) for name in _files_asked(kind, stated)}
        names = {name: file.key for name, file in asked.items()}
        files = [*asked.values()]
        if kind.evidence:
            files.append(self._file(each.opened_on))
        return Past(
            kind=each.kind,
            key=self.keys[each.key],
            opened_on=each.opened_on,
            by=self.one,
            fields=self._values(kind.fields, each.fields, names),
            steps=[self._step(kind, step, names) for step in each.steps],
            opening=each.opening,
            role=self.role,
            area=self.areas.get(each.area),
            organisation=self.organisations.get(each.organisation),
            channel=each.channel,
            files=files,
        )

    def report(self, line: str, returns: Sequence[SampleReturn]) -> None:
        """Enter monthly returns, reviewed, and that they count for their units and months."""
        reports, items = [], []
        for each in returns:
            report = Return(
                line=line, form=each.form.partition(".")[2], organisation=self.organisations[each.organisation],
                month=date(each.year, each.month, 1), state=Return.State.REVIEWED, reporter=self.one, reviewer=self.two,
                submitted_at=_end_of_month(each.year, each.month), reviewed_at=_end_of_month(each.year, each.month),
            )  # fmt: skip
            reports.append(report)
            items += [
                ReturnItem(report=report, name=name, value=value) for name, value in each.values.items()
            ]
        enter(reports, "载入")
        for item in items:
            item.report = item.report
        enter(items, "载入")
        enter(
            [
                Grain(
                    line=line,
                    register=register,
                    organisation=report.organisation,
                    month=report.month,
                    kind=Grain.Kind.RETURN,
                )
                for report in reports
                for register in registers_of(line_of(line), report.form)
            ],
            "载入",
        )

    def _step(self, kind: Kind, step: SampleStep, names: Mapping[str, str]) -> PastStep:
        assert kind.states is not None
        two = any(each.two_person for each in kind.states.transitions if each.action == step.action)
        payload = self._values(kind.fields, step.payload or {}, names)
        by = self.two if step.action == "confirm" else self.head if step.role == "HEAD" else self.one
        return PastStep(step.action, step.on, by, payload, self.two if two else None, self.role)

    def _file(self, on: date) -> Attachment:
        """The same scan, another row."""
        kept = self.evidence
        return Attachment(
            name=kept.name, sm3=kept.sm3, size=kept.size, media=kept.media, added_by=self.one.name,
            added_at=timezone.make_aware(datetime.combine(on, time(17))),
        )  # fmt: skip

    def _values(
        self, fields: tuple[Field, ...], stated: Mapping[str, Any], names: Mapping[str, str]
    ) -> dict[str, Any]:
        by_name = {field.name: field for field in fields}
        return {name: self._value(by_name[name], value, names) for name, value in stated.items()}

    def _value(self, field: Field, value: Any, names: Mapping[str, str]) -> Any:
        """A value with what it points at by the keys of the books."""
        if field.type is FieldType.ROWS:
            return [self._values(field.fields, row, names) for row in value]
        if field.type is FieldType.RECORDS:
            return [self.keys[each.removeprefix("@")] for each in value]
        if field.type is FieldType.RECORD:
            return self.keys[value.removeprefix("@")]
        if field.type is FieldType.PERSON:
            return self._person(value)
        if field.type is FieldType.ORGANISATION:
            return self.organisations[value].key
        if field.type is FieldType.FILE:
            return names[field.name]
        return value

    def _person(self, who: SamplePerson) -> str:
        if who not in self.people:
            self.people[who] = prepared(
                self.start, {"name": who.name, "id_no": who.id_no, "phone": who.phone}
            )
        return self.people[who].person.key


def _end_of_month(year: int, month: int) -> datetime:
    return timezone.make_aware(datetime(year, month, monthrange(year, month)[1], 17))


def _files_asked(kind: Kind, stated: Mapping[str, Any]) -> list[str]:
    return [field.name for field in kind.fields if field.type is FieldType.FILE and field.name in stated]
