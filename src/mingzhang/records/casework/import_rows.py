"""One row of a register's file (台账行): its cells as what a record is opened with, names of registries looked up."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any, NamedTuple

from mingzhang.casework.definitions import Field, FieldType, Kind
from mingzhang.casework.field_values import read_day
from mingzhang.documents import Problem
from mingzhang.documents.text import holds_controls, printable
from mingzhang.records.casework.import_columns import COMMON_COLUMNS, OCCURRED_ON
from mingzhang.records.casework.models import Area, ImportBatch, Organisation, Record
from mingzhang.records.people.models import User


class Row(NamedTuple):
    """A row understood: the day it happened, and fields as `open_record` takes them."""

    occurred_on: date
    fields: dict[str, Any]


def place_of(batch: ImportBatch, row: int) -> str:
    """Where a waiting row's values belong, as their seal knows it."""
    return f"import/{batch.sm3}/{row}"


def understood(kind: Kind, cells: Mapping[str, Any], mapping: Mapping[str, str]) -> Row | list[Problem]:
    """The row, or why it is none. `cells` are values by header."""
    problems: list[Problem] = []
    own = {field.name: field for field in kind.fields}
    fields: dict[str, Any] = {}
    day: date | None = None
    for header, path in mapping.items():
        value = cells.get(header)
        if value is None or (isinstance(value, str) and not value.strip()):
            continue
        if isinstance(value, str) and holds_controls(value):
            what = f"“{header}”中有不可见的控制字符：“{printable(value)[:20]}”"
            problems.append(Problem("E-TYPE", what, header, "重新输入这个单元格。"))
            continue
        head, _, rest = path.partition(".")
        if path == OCCURRED_ON and path not in own:
            day = _day(value, header, problems)
        elif path in COMMON_COLUMNS and path not in own:
            _common(path, value, fields, header, problems)
        elif rest:
            place, _, name = rest.partition(".")
            below = next(each for each in own[head].fields if each.name == name)
            rows = fields.setdefault(head, {})
            rows.setdefault(int(place), {})[name] = _keyed(below, value, header, problems)
        else:
            fields[path] = _keyed(own[path], value, header, problems)
    for name, value in fields.items():
        if isinstance(value, dict):
            fields[name] = [value[place] for place in sorted(value)]
    day = day or _received(fields)
    if day is None and not any(problem.where == COMMON_COLUMNS[OCCURRED_ON] for problem in problems):
        where = COMMON_COLUMNS[OCCURRED_ON]
        problems.append(Problem("E-REQ", f"没有填写“{where}”", where, "填写发生的日期，如2021-03-05。"))
    return problems if problems or day is None else Row(day, fields)


def _day(value: Any, header: str, problems: list[Problem]) -> date | None:
    text = str(value).partition("T")[0].strip()
    try:
        return read_day(text)
    except ValueError:
        what = f"“{header}”不是日期：“{text[:20]}”"
        problems.append(Problem("E-DATE", what, header, "填写日历上有的日期，如2021-03-05。"))
        return None


def _received(fields: Mapping[str, Any]) -> date | None:
    value = fields.get("received_at")
    try:
        return read_day(str(value)[:10]) if value else None
    except ValueError:
        return None


def _common(name: str, value: Any, fields: dict[str, Any], header: str, problems: list[Problem]) -> None:
    text = str(value).strip()
    found: str | None = text
    if name == "area":
        found = _area(text)
    elif name == "organisation":
        found = _organisation(text)
    elif name == "owner":
        found = _user(text)
    elif name == "received_at":
        day = _day(text, header, problems)
        found = (text.replace(" ", "T") if "T" in text or ":" in text else f"{day}T00:00") if day else ""
    if found is None:
        what = f"“{text[:30]}”不能作为{COMMON_COLUMNS[name]}：没有登记，或者不止一个"
        problems.append(Problem("E-REF", what, header, "核对名称，或改填代码。"))
    elif found:
        fields[name] = found


def _keyed(field: Field, value: Any, header: str, problems: list[Problem]) -> Any:
    """What refers to a registry or a record is stated by name or number in files, by key in the books."""
    text = str(value).strip() if not isinstance(value, bool) else value
    lookups = {
        FieldType.AREA: _area,
        FieldType.ORGANISATION: _organisation,
        FieldType.RECORD: lambda number: _record(field, number),
    }
    lookup = lookups.get(field.type)
    if lookup is None or not isinstance(text, str):
        return text
    found = lookup(text)
    if found is None:
        what = f"“{text[:30]}”不能作为{field.chinese}：没有登记，或者不止一个"
        problems.append(Problem("E-REF", what, header, "核对名称或编号。"))
        return None
    return found


def _area(text: str) -> str | None:
    codes = Area.objects.filter(code=text) if text.isdecimal() else Area.objects.filter(name=text)
    found = list(codes.values_list("code", flat=True)[:2])
    return found[0] if len(found) == 1 else None


def _organisation(text: str) -> str | None:
    found = list(Organisation.objects.filter(name=text, valid_to=None).values_list("key", flat=True)[:2])
    found = found or list(Organisation.objects.filter(key=text).values_list("key", flat=True))
    return found[0] if len(found) == 1 else None


def _user(text: str) -> str | None:
    people = User.objects.filter(is_active=True)
    found = list(people.filter(username=text).values_list("username", flat=True))
    found = found or list(people.filter(name=text).values_list("username", flat=True)[:2])
    return found[0] if len(found) == 1 else None


def _record(field: Field, text: str) -> str | None:
    rows = Record.objects.all()
    if field.kind:
        line, _, kind = field.kind.partition(".")
        rows = rows.filter(line=line, kind=kind)
    found = list(rows.filter(number=text).values_list("key", flat=True)[:2])
    found = found or list(rows.filter(key=text).values_list("key", flat=True))
    return found[0] if len(found) == 1 else None
