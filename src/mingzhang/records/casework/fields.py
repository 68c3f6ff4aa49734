"""What is entered for a record (填写内容): the line's own fields read and checked, references looked up, common fields set."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from datetime import date, datetime
from typing import Any, NamedTuple

from django.utils import timezone

from mingzhang.casework.definitions import Field, FieldType, Kind, Transition
from mingzhang.casework.fields import CREATION, read_fields
from mingzhang.documents import Problem
from mingzhang.records.casework.models import Area, Attachment, Organisation, Person, Record
from mingzhang.records.casework.values import Values
from mingzhang.records.people.models import User

COMMON = (
    "received_at",
    "channel",
    "area",
    "organisation",
    "owner",
    "secrecy",
    "rule_date",
    "source_system",
    "source_ref",
)
"""Common fields that may be entered; area by its code, organisation by its key, owner by the login name."""

CHANNELS = ("窗口", "邮寄", "网上", "电话", "移送", "上级交办", "主动发现", "口头")
SECRECY = ("PUBLIC", "INTERNAL", "CONFIDENTIAL", "SEALED")


class Entered(NamedTuple):
    """What was read: the line's own fields, the common ones, and every problem."""

    values: Values
    common: dict[str, Any]
    problems: tuple[Problem, ...]


class Asked(NamedTuple):
    """Fields that a step offers, and those that it needs."""

    offered: frozenset[str]
    needed: frozenset[str]


def asked_in(kind: Kind, step: Transition) -> Asked:
    """What a step asks: what it needs, what its fields require, what it offers beside; a change offers everything."""
    needed = {*step.needs, *(field.name for field in kind.fields if field.required == step.action)}
    every = (field.name for field in kind.fields) if step.action == "change" else ()
    return Asked(frozenset({*needed, *step.asks, *every}), frozenset(needed))


def exists(field: Field, key: str) -> bool:
    """Whether what a field refers to is there."""
    if field.type is FieldType.PERSON:
        return Person.objects.filter(key=key).exists()
    if field.type is FieldType.ORGANISATION:
        return Organisation.objects.filter(key=key).exists()
    if field.type is FieldType.AREA:
        return Area.objects.filter(code=key).exists()
    if field.type in (FieldType.FILE, FieldType.FILES):
        return Attachment.objects.filter(key=key, removed_why="").exists()
    found = Record.objects.filter(key=key)
    if field.kind:
        line, _, kind = field.kind.partition(".")
        found = found.filter(line=line, kind=kind)
    return found.exists()


def entered_on_creation(kind: Kind, opening: Transition, entered: Mapping[str, Any], today: date) -> Entered:
    """Read what a new record is opened with; what its opening step needs is required too."""
    return _entered(kind.fields, entered, today, CREATION, asked_in(kind, opening).needed, {})


def entered_in_step(
    kind: Kind, step: Transition, entered: Mapping[str, Any], today: date, known: Values
) -> Entered:
    """Read what a step brings: only the fields it needs or asks may be written. Personal values of rows that are left out stay as they are."""
    asked = asked_in(kind, step).offered
    fields = tuple(field for field in kind.fields if field.name in asked)
    return _entered(fields, _filled(fields, entered, known), today, step.action, step.needs, known)


def entered_in_correction(kind: Kind, entered: Mapping[str, Any], today: date, known: Values) -> Entered:
    """Read a correction: any field; what was required on creation cannot be blanked."""
    filled = _filled(kind.fields, entered, known)
    return _entered(kind.fields, filled, today, CREATION, (), known)


def _entered(
    fields: Iterable[Field],
    entered: Mapping[str, Any],
    today: date,
    action: str,
    needs: Collection[str],
    known: Values,
) -> Entered:
    own = {field.name for field in fields}
    stated = {name: value for name, value in entered.items() if name not in COMMON or name in own}
    reading = read_fields(fields, stated, today=today, action=action, needs=needs, known=known, exists=exists)
    common, problems = _common(
        {name: entered[name] for name in COMMON if name in entered and name not in own}, today
    )
    return Entered(dict(reading.values), common, (*reading.problems, *problems))


def _filled(fields: Iterable[Field], entered: Mapping[str, Any], known: Values) -> dict[str, Any]:
    """Rows as entered, with the personal values that a masked form cannot send back."""
    filled = dict(entered)
    for field in fields:
        rows, before = filled.get(field.name), known.get(field.name)
        if field.type is not FieldType.ROWS or not isinstance(rows, list | tuple) or not before:
            continue
        sealed = {below.name for below in field.fields if below.privacy.value != "P0"}
        filled[field.name] = [
            {
                **{
                    name: before[place][name]
                    for name in sealed
                    if place < len(before) and name in before[place]
                },
                **row,
            }
            if isinstance(row, Mapping)
            else row
            for place, row in enumerate(rows)
        ]
    return filled


def _common(entered: Mapping[str, Any], today: date) -> tuple[dict[str, Any], list[Problem]]:
    found: dict[str, Any] = {}
    problems: list[Problem] = []
    for name, raw in entered.items():
        value = raw.strip() if isinstance(raw, str) else raw
        if value in (None, ""):
            continue
        read = _READERS[name](value)
        if read is None or (isinstance(read, datetime) and read.date() > today):
            problems.append(
                Problem(
                    _CODES.get(name, "E-CODE"),
                    f"“{value}”不能作为{_CHINESE[name]}",
                    _CHINESE[name],
                    "请重新选择或填写。",
                )
            )
        else:
            found[name] = read
    return found, problems


def _moment(value: Any) -> datetime | None:
    try:
        moment = value if isinstance(value, datetime) else datetime.fromisoformat(str(value))
    except ValueError:
        return None
    return moment if moment.tzinfo else timezone.make_aware(moment)


def _day(value: Any) -> date | None:
    try:
        return value if isinstance(value, date) else date.fromisoformat(str(value))
    except ValueError:
        return None


_READERS: Mapping[str, Any] = {
    "received_at": _moment,
    "channel": lambda value: value if value in CHANNELS else None,
    "area": lambda value: value if isinstance(value, Area) else Area.objects.filter(code=value).first(),
    "organisation": lambda value: (
        value if isinstance(value, Organisation) else Organisation.objects.filter(key=value).first()
    ),
    "owner": lambda value: (
        value if isinstance(value, User) else User.objects.filter(username=value, is_active=True).first()
    ),
    "secrecy": lambda value: value if value in SECRECY else None,
    "rule_date": _day,
    "source_system": lambda value: str(value)[:40],
    "source_ref": lambda value: str(value)[:80],
}
_CODES = {
    "received_at": "E-DATE",
    "rule_date": "E-DATE",
    "area": "E-REF",
    "organisation": "E-REF",
    "owner": "E-REF",
}
_CHINESE = {
    "received_at": "收到时间",
    "channel": "来源渠道",
    "area": "所属街道社区",
    "organisation": "承办机构",
    "owner": "承办人",
    "secrecy": "公开属性",
    "rule_date": "适用规则日期",
    "source_system": "来源系统",
    "source_ref": "外部编号",
}
