"""Reading what was entered for a kind's fields (字段校验): all problems at once, each at its field; values as the engine keeps them.

Dates become dates, moments datetimes, money integer fen, decimals Decimals, rows lists of mappings; text is stripped.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from mingzhang.casework.definitions import Field, FieldType, PrivacyClass
from mingzhang.casework.field_values import BadValueError, read_value
from mingzhang.casework.identifiers import IDENTIFIERS, birth, resident_id_mistake, sex
from mingzhang.casework.predicates import is_empty
from mingzhang.documents import Problem

CREATION = "creation"
REFERRING = frozenset(
    {
        FieldType.PERSON,
        FieldType.ORGANISATION,
        FieldType.AREA,
        FieldType.RECORD,
        FieldType.RECORDS,
        FieldType.FILE,
        FieldType.FILES,
    }
)
"""Types whose values are keys of something else."""

Exists = Callable[[Field, str], bool]
"""exists(field, key) → whether what the field refers to is there (and may be used now)."""

_NATURAL_PERSON = ("居民身份证", "身份证")


@dataclass(frozen=True, slots=True)
class Reading:
    """What was read: values by field, and the problems by path (`means`, `applicants.0.id_no`)."""

    values: Mapping[str, Any]
    by_field: Mapping[str, tuple[Problem, ...]] = field(default_factory=dict)

    @property
    def problems(self) -> tuple[Problem, ...]:
        """All problems in the order of the fields."""
        return tuple(problem for found in self.by_field.values() for problem in found)


def read_fields(
    fields: Iterable[Field],
    entered: Mapping[str, Any],
    *,
    today: date,
    action: str = CREATION,
    needs: Collection[str] = (),
    known: Mapping[str, Any] | None = None,
    exists: Exists | None = None,
) -> Reading:
    """Read what was entered: texts of a form or a file, or the values of an API.

    Required are the fields that state the action and those that the action `needs`, unless the record has them already (`known`).
    Fields that were not entered are left out of the values; entered blank, they are None.
    """
    reader = _Reader(today, action, exists)
    reader.read(tuple(fields), entered, frozenset(needs), known or {}, "", "")
    return Reading(reader.values, {path: tuple(found) for path, found in reader.found.items()})


class _Reader:
    def __init__(self, today: date, action: str, exists: Exists | None) -> None:
        self.today = today
        self.action = action
        self.exists = exists
        self.values: dict[str, Any] = {}
        self.found: dict[str, list[Problem]] = {}

    def read(
        self,
        fields: tuple[Field, ...],
        entered: Mapping[str, Any],
        needs: frozenset[str],
        known: Mapping[str, Any],
        path: str,
        where: str,
    ) -> dict[str, Any]:
        values: dict[str, Any] = {}
        for each in fields:
            if each.name in entered:
                value = self._field(each, entered[each.name], path + each.name, where + each.chinese)
                values[each.name] = value
            if (each.required == self.action or each.name in needs) and self._is_missing(
                each, path, values, known
            ):
                self._add(
                    path + each.name, "E-REQ", f"没有填写“{each.chinese}”", where + each.chinese, "请填写。"
                )
        stated = {each.name for each in fields}
        for name in entered:
            if name not in stated:
                self._add(path + name, "E-TYPE", f"没有“{name}”这一项", where + name, "请删去，或核对名称。")
        self._compare_person(fields, {**known, **values}, path, where)
        if not path:
            self.values = values
        return values

    def _is_missing(
        self, each: Field, path: str, values: Mapping[str, Any], known: Mapping[str, Any]
    ) -> bool:
        if path + each.name in self.found:
            return False
        return is_empty(values[each.name] if each.name in values else known.get(each.name))

    def _field(self, each: Field, raw: Any, path: str, where: str) -> Any:
        if each.type is FieldType.ROWS:
            return self._rows(each, raw, path, where)
        try:
            value = read_value(each, raw, self.today)
        except BadValueError as bad:
            what = bad.what if each.privacy is PrivacyClass.P0 else bad.what.replace(str(raw)[:20], "…")
            self._add(path, bad.code, what, where, bad.remedy)
            return None
        if is_empty(value):
            return [] if each.type in (FieldType.CODES, FieldType.RECORDS, FieldType.FILES) else None
        if each.type in REFERRING and self.exists is not None:
            self._refer(each, value, path, where)
        return value

    def _rows(self, each: Field, raw: Any, path: str, where: str) -> list[dict[str, Any]]:
        if raw in (None, ""):
            return []
        if not isinstance(raw, list | tuple) or not all(isinstance(row, Mapping) for row in raw):
            self._add(path, "E-TYPE", f"“{each.chinese}”应为若干行", where, "请逐行填写。")
            return []
        return [
            self._row(each, row, f"{path}.{number}.", f"{where}第{number + 1}行·")
            for number, row in enumerate(raw)
        ]

    def _row(self, each: Field, row: Mapping[str, Any], path: str, where: str) -> dict[str, Any]:
        """A row is new whenever it is entered: what its fields require on creation is required."""
        action, self.action = self.action, CREATION
        try:
            return self.read(each.fields, row, frozenset(), {}, path, where)
        finally:
            self.action = action

    def _refer(self, each: Field, value: Any, path: str, where: str) -> None:
        keys = value if isinstance(value, list) else [value]
        for key in keys:
            if self.exists is not None and not self.exists(each, key):
                self._add(
                    path,
                    "E-REF",
                    f"“{each.chinese}”所指的“{key}”不存在或者已停用",
                    where,
                    "请从列表中重新选择。",
                )

    def _compare_person(
        self, fields: tuple[Field, ...], values: Mapping[str, Any], path: str, where: str
    ) -> None:
        """Numbers against their checksums, and a resident's number against the birth and sex beside it."""
        for each in fields:
            text = values.get(each.name)
            if not each.identifier or is_empty(text) or path + each.name in self.found:
                continue
            if each.identifier == "resident_id" and not _is_resident(values):
                continue
            identifier = IDENTIFIERS[each.identifier]
            mistake = identifier.check(str(text))
            if mistake:
                shown = f"“{text}”" if each.privacy is PrivacyClass.P0 else "所填号码"
                self._add(
                    path + each.name,
                    identifier.code,
                    f"{each.chinese}有误：{shown}{mistake}",
                    where + each.chinese,
                    identifier.remedy,
                )
            elif each.identifier == "resident_id":
                self._compare_birth(each, str(text), values, path, where)

    def _compare_birth(
        self, each: Field, text: str, values: Mapping[str, Any], path: str, where: str
    ) -> None:
        born, gender = values.get("birth_date"), values.get("sex")
        wrong = [
            *(["出生日期"] if isinstance(born, date) and born != birth(text) else []),
            *(["性别"] if gender in ("男", "女") and gender != sex(text) else []),
        ]
        if wrong and resident_id_mistake(text) is None:
            self._add(
                path + each.name,
                "E-IDNO",
                f"{each.chinese}与所填{'、'.join(wrong)}不一致",
                where + each.chinese,
                "请对照居民身份证核对号码、出生日期和性别。",
            )

    def _add(self, path: str, code: str, what: str, where: str, remedy: str) -> None:
        self.found.setdefault(path, []).append(Problem(code, what, where, remedy))


def _is_resident(values: Mapping[str, Any]) -> bool:
    """Whether the number is a resident's: so unless another kind of document is stated beside it."""
    return values.get("id_type") in (None, "", *_NATURAL_PERSON)
