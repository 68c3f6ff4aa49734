"""Empty import workbooks (导入模板): headers, notes, lists to choose from, and a page that says how to fill them in."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

import xlsxwriter

from mingzhang.catalogue.loading import chart_of_accounts, economic_classification, functional_classification
from mingzhang.forms import Classification
from mingzhang.records import codes
from mingzhang.records.imports.fields import Field, Kind
from mingzhang.records.imports.values import day, fiscal_year, year
from mingzhang.records.models import Entity, Project

_ROWS = 5000
"""Rows that offer lists and checks."""

_FORMATS: dict[str, dict[str, Any]] = {
    "title": {"bold": True, "font_size": 14},
    "plain": {"text_wrap": True, "valign": "top"},
    "strong": {"bold": True, "bg_color": "#F5F5F5", "border": 1, "valign": "top"},
    "framed": {"text_wrap": True, "border": 1, "valign": "top"},
    "required": {"bold": True, "bg_color": "#FCE4D6", "border": 1, "text_wrap": True, "valign": "vcenter"},
    "header": {"bold": True, "bg_color": "#E8EDF3", "border": 1, "text_wrap": True, "valign": "vcenter"},
    "day": {"num_format": "yyyy-mm-dd"},
    "money": {"num_format": "#,##0.00"},
    "text": {"num_format": "@", "text_wrap": False},
    "long": {"num_format": "@", "text_wrap": True, "valign": "top"},
}


def write_template(
    kind: Kind, path: Path, fiscal: int | None = None, rows: Sequence[dict[str, str]] = ()
) -> Path:
    """Write the empty workbook of a kind; `rows` are texts by field that are filled in already."""
    with xlsxwriter.Workbook(str(path), {"strings_to_formulas": False, "strings_to_urls": False}) as book:
        book.set_properties({"title": kind.chinese, "created": datetime(2000, 1, 1)})
        formats = {name: book.add_format(properties) for name, properties in _FORMATS.items()}
        data = book.add_worksheet(sheet_name(kind))
        _instructions(book.add_worksheet("填写说明"), formats, kind)
        lists = _lists(book, kind, fiscal, formats)
        _data(data, formats, kind, lists, rows)
        data.activate()
    return path


def sheet_name(kind: Kind) -> str:
    """The name of the sheet to fill in."""
    return kind.chinese.replace("（", "").replace("）", "")[:31]


def _data(
    sheet: Any, formats: dict[str, Any], kind: Kind, lists: dict[str, str], rows: Sequence[dict[str, str]]
) -> None:
    sheet.set_row(0, 32)
    for place, field in enumerate(kind.fields):
        sheet.write_string(0, place, field.chinese, formats["required" if field.required else "header"])
        sheet.set_column(place, place, field.width, formats[_format(field)])
        _validate(sheet, place, field, lists)
        for number, row in enumerate(rows, 1):
            if row.get(field.name):
                sheet.write_string(number, place, row[field.name], formats["long"])
    for number, row in enumerate(rows, 1):
        lines = max(-(-len(row.get(field.name, "")) * 5 // (4 * int(field.width))) for field in kind.fields)
        sheet.set_row(number, 15 * max(lines, 1))
    sheet.freeze_panes(1, 0)
    _paper(sheet)
    sheet.autofilter(0, 0, max(len(rows), 1), len(kind.fields) - 1)


def _paper(sheet: Any) -> None:
    sheet.set_paper(9)
    sheet.set_landscape()
    sheet.fit_to_pages(1, 0)


def _format(field: Field) -> str:
    if field.read is day:
        return "day"
    if field.number:
        return "money"
    return "long" if field.width > 36 else "text"


def _validate(sheet: Any, place: int, field: Field, lists: dict[str, str]) -> None:
    """Offer the list of the column and say what it holds when a cell is chosen; other words are not forbidden."""
    options: dict[str, Any] = {"validate": "any"}
    if field.choices:
        options = {"validate": "list", "source": list(field.choices), "error_type": "information"}
    elif field.codes in lists:
        options = {"validate": "list", "source": lists[field.codes], "error_type": "information"}
    if field.note:
        options |= {"input_title": field.chinese[:32], "input_message": field.note[:255]}
    if len(options) > 1:
        sheet.data_validation(1, place, _ROWS, place, options)


def _instructions(sheet: Any, formats: dict[str, Any], kind: Kind) -> None:
    sheet.set_column(0, 0, 22)
    sheet.set_column(1, 1, 8)
    sheet.set_column(2, 2, 90)
    sheet.write_string(0, 0, f"{kind.chinese}：填写说明", formats["title"])
    lines = [
        f"在“{sheet_name(kind)}”表从第 2 行起填写，一行一条；不要改动第 1 行的列名，用不着的列可以删去。",
        "橙色列名的列必须填写。可以从别处复制，粘贴时选“数值”；不要用公式，不要合并单元格。",
        f"填完保存，在“导入”页上传，或运行 mingzhang import 文件名 --kind {kind.name}。任何一行有错，整个文件都不导入，并列出每一处错误。",
        *([kind.note] if kind.note else []),
    ]
    for row, line in enumerate(lines, 2):
        sheet.merge_range(row, 0, row, 2, line, formats["plain"])
        sheet.set_row(row, 32)
    top = len(lines) + 3
    for column, text in enumerate(("列名", "必填", "怎样填")):
        sheet.write_string(top, column, text, formats["strong"])
    _paper(sheet)
    for row, field in enumerate(kind.fields, top + 1):
        sheet.write_string(row, 0, field.chinese, formats["strong"])
        sheet.write_string(row, 1, "是" if field.required else "", formats["framed"])
        sheet.write_string(row, 2, how_to_fill(field), formats["framed"])


def how_to_fill(field: Field) -> str:
    """In words: what the column holds."""
    parts = [field.note] if field.note else []
    if field.choices:
        parts.append("填 " + "、".join(field.choices))
    elif field.codes:
        parts.append(f"见“代码表”的“{field.codes}”；填编码即可")
    if field.read is day and "2021" not in field.note:
        parts.append("日期，如 2021-03-31")
    elif field.read in (year, fiscal_year) and "2021" not in field.note:
        parts.append("四位年度，如 2021")
    elif field.number:
        parts.append("以元为单位，最多两位小数")
    return "；".join(parts) or "文字"


def _lists(book: Any, kind: Kind, fiscal: int | None, formats: dict[str, Any]) -> dict[str, str]:
    """Write the lists that the kind's columns offer on one sheet; references to them by name."""
    wanted = list(dict.fromkeys(field.codes for field in kind.fields if field.codes))
    filled = {name: list(_LISTS[name](fiscal)) for name in wanted}
    filled = {name: entries for name, entries in filled.items() if entries}
    if not filled:
        return {}
    sheet = book.add_worksheet("代码表")
    references = {}
    for column, (name, entries) in enumerate(filled.items()):
        sheet.set_column(column, column, 40)
        sheet.write_string(0, column, name, formats["strong"])
        for row, entry in enumerate(entries, 1):
            sheet.write_string(row, column, entry)
        letter = chr(ord("A") + column)
        references[name] = f"=代码表!${letter}$2:${letter}${len(entries) + 1}"
    sheet.freeze_panes(1, 0)
    return references


def _classification(known: Classification, level: int, fiscal: int | None) -> Iterable[str]:
    for code in known.codes.values():
        lowest = code.level == level or not known.has_children(code.code)
        if lowest and (fiscal is None or code.valid_in(fiscal)):
            yield f"{code.code} {code.name_in(fiscal) if fiscal else code.name}"


def _accounts(_: int | None) -> Iterable[str]:
    for account in chart_of_accounts().accounts.values():
        if not codes.has_details(account.code) or account.code in ("6001", "7101", "7201"):
            yield f"{account.code} {account.name}"


def _units(_: int | None) -> Iterable[str]:
    return [entity.code for entity in Entity.objects.filter(kind__in=Entity.BOOKKEEPING)]


def _bodies(_: int | None) -> Iterable[str]:
    return [
        entity.code
        for entity in Entity.objects.exclude(kind__in=(Entity.Kind.ELIMINATIONS, Entity.Kind.GOVERNMENT))
    ]


def _projects(_: int | None) -> Iterable[str]:
    return [project.code for project in Project.objects.all()]


_LISTS = {
    "单位": _units,
    "单位和部门": _bodies,
    "项目": _projects,
    "会计科目": _accounts,
    "功能科目": lambda fiscal: _classification(functional_classification(), 3, fiscal),
    "经济科目": lambda fiscal: _classification(economic_classification(), 2, fiscal),
}
