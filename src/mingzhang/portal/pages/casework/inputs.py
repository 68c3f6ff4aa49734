"""Fields of a kind as the inputs of a form (字段的输入框), with what was typed, what is wrong, and rows below them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from mingzhang.casework.definitions import Field, FieldType, PrivacyClass

PREFIX = "f"
"""Names of inputs begin so: `f.means`, in rows `f.applicants.0.name`."""

_SORTS: dict[FieldType, str] = {
    FieldType.TEXT: "text",
    FieldType.LONG_TEXT: "area",
    FieldType.INTEGER: "whole",
    FieldType.DECIMAL: "decimal",
    FieldType.MONEY: "money",
    FieldType.DATE: "day",
    FieldType.MOMENT: "moment",
    FieldType.YES_NO: "choice",
    FieldType.CODE: "choice",
    FieldType.CODES: "many",
    FieldType.PERSON: "choice",
    FieldType.ORGANISATION: "choice",
    FieldType.AREA: "choice",
    FieldType.RECORD: "search",
    FieldType.RECORDS: "searches",
    FieldType.FILE: "file",
    FieldType.FILES: "files",
    FieldType.ROWS: "rows",
}
YES_NO = (("true", "是"), ("false", "否"))

Options = Callable[[Field], Sequence[tuple[str, str]]]
"""The registry entries that a field may name, as (value, words)."""


@dataclass(frozen=True, slots=True)
class Input:
    """One input: its name, what stands in it, what is wrong with it; a field of rows holds inputs row by row."""

    name: str
    id: str
    label: str
    sort: str
    value: Any = ""
    help: str = ""
    error: str = ""
    required: bool = False
    options: tuple[tuple[str, str], ...] = ()
    secret: str = ""
    """The class of personal data, where the field holds some: kept sealed, shown masked."""
    kind: str = ""
    rows: tuple[tuple[Input, ...], ...] = ()

    @property
    def wide(self) -> bool:
        """Whether it takes the whole width of the form."""
        return self.sort in ("area", "rows", "many", "files", "searches")


def inputs(
    fields: Iterable[Field],
    stated: Mapping[str, Any],
    wrong: Mapping[str, str],
    options: Options,
    demanding: Iterable[str] = (),
    path: str = PREFIX,
) -> list[Input]:
    """The inputs of these fields. `wrong` has what is wrong by the field's dotted path, `demanding` the names that must be filled."""
    needed = frozenset(demanding)
    return [
        _input(each, stated.get(each.name), wrong, options, path, must=each.name in needed) for each in fields
    ]


def _input(
    field: Field, value: Any, wrong: Mapping[str, str], options: Options, path: str, *, must: bool
) -> Input:
    name = f"{path}.{field.name}"
    rows: tuple[tuple[Input, ...], ...] = ()
    if field.type is FieldType.ROWS:
        rows = tuple(
            tuple(
                inputs(
                    field.fields,
                    row,
                    wrong,
                    options,
                    _in_a_row(field, row, first=must and not place),
                    f"{name}.{place}",
                )
            )
            for place, row in enumerate(value or [{}])
        )
    return Input(
        name=name,
        id=name.replace(".", "-"),
        label=field.chinese,
        sort=_SORTS[field.type],
        value=list(value or ())
        if field.type in (FieldType.CODES, FieldType.RECORDS)
        else ""
        if value is None
        else value,
        help=_help(field),
        error=wrong.get(name.partition(".")[2], ""),
        required=must,
        options=tuple(_options(field, options)),
        secret="" if field.privacy is PrivacyClass.P0 else field.privacy.value,
        kind=field.kind,
        rows=rows,
    )


def _in_a_row(field: Field, row: Mapping[str, Any], *, first: bool) -> list[str]:
    """What must be filled in a row: what its fields say, in the first row of a field that must have some, or in a row that is begun."""
    begun = first or any(row.values())
    return [below.name for below in field.fields if begun and below.required == "creation"]


def _options(field: Field, options: Options) -> Sequence[tuple[str, str]]:
    if field.type is FieldType.YES_NO:
        return YES_NO
    if field.type in (FieldType.CODE, FieldType.CODES):
        return [(code, code) for code in field.codes]
    if field.type in (FieldType.PERSON, FieldType.ORGANISATION, FieldType.AREA):
        return options(field)
    return ()


def _help(field: Field) -> str:
    if field.help:
        return field.help
    if field.type in (FieldType.DATE, FieldType.MOMENT):
        return ""
    bounds = [f"不小于{field.least}"] if field.least not in ("", "0") else []
    bounds += [f"不大于{field.most}"] if field.most else []
    return "，".join(["元", *bounds] if field.type is FieldType.MONEY else bounds)
