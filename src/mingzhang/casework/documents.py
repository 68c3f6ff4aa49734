"""Official documents (文书): a template's slots filled with what a record says."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from mingzhang.casework.definitions import DocumentTemplate, Field, FieldType, View
from mingzhang.casework.predicates import is_empty, values
from mingzhang.documents import Problem
from mingzhang.numbers import yuan_from_fen
from mingzhang.numbers.printing import group_thousands

SLOT = re.compile(r"\{([\w.]+)\}")

DOCUMENT_SLOTS = (
    "number",
    "case_number",
    "year",
    "issued_on",
    "organisation",
    "actor",
    "due_on",
    "reason",
    "received_on",
)
"""Slots that the issuing itself fills, beside the record's fields."""


@dataclass(frozen=True, slots=True)
class Filled:
    """A document's text, and what of it could not be filled; such a slot stands as a blank line (____) in the text."""

    text: str
    problems: tuple[Problem, ...] = ()


def slots(text: str) -> list[str]:
    """The slots of a text, each once, in order.

    >>> slots("{applicants.name}：{matter_item}，{applicants.name}")
    ['applicants.name', 'matter_item']
    """
    return list(dict.fromkeys(SLOT.findall(text)))


def fill(
    template: DocumentTemplate, view: View, issuing: Mapping[str, Any], fields: Iterable[Field] = ()
) -> Filled:
    """Fill the template with the record's view and what the issuing states (`DOCUMENT_SLOTS`); the issuing goes first.

    Values print as documents write them: days as 2021年3月5日, money as yuan, several values parted by 、. A slot without a value is a problem.
    """
    known = dict(_by_path(fields))
    missing: list[str] = []

    def one(found: re.Match[str]) -> str:
        slot = found[1]
        stated = [issuing[slot]] if slot in issuing else values(view, slot)
        shown = [written(value, known.get(slot)) for value in stated if not is_empty(value)]
        if not shown:
            missing.append(slot)
        return "、".join(dict.fromkeys(shown)) or "____"

    text = SLOT.sub(one, template.text)
    return Filled(text, tuple(_missing(template, slot, known) for slot in dict.fromkeys(missing)))


def written(value: Any, field: Field | None = None) -> str:
    """A value as documents write it.

    >>> written(date(2021, 3, 5)), written(["上门", "延时"]), written(True)
    ('2021年3月5日', '上门、延时', '是')
    """
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, datetime):
        return f"{value.year}年{value.month}月{value.day}日{value:%H:%M}"
    if isinstance(value, date):
        return f"{value.year}年{value.month}月{value.day}日"
    if isinstance(value, list | tuple):
        return "、".join(written(part) for part in value)
    if field is not None and field.type is FieldType.MONEY and isinstance(value, int):
        return f"{group_thousands(str(yuan_from_fen(value)))}元"
    return f"{value:f}" if isinstance(value, Decimal) else str(value)


def slot_mistakes(text: str, known: Collection[str]) -> Iterator[str]:
    """Slots that neither the record nor the issuing fills, and braces that make no slot."""
    for slot in slots(text):
        if slot not in known and slot not in DOCUMENT_SLOTS:
            yield f"文书中的“{{{slot}}}”没有对应的字段"
    rest = SLOT.sub("", text)
    if "{" in rest or "}" in rest:
        yield "文书中的花括号不成对，或其中不是字段名"


def _by_path(fields: Iterable[Field], above: str = "") -> Iterator[tuple[str, Field]]:
    for each in fields:
        yield above + each.name, each
        yield from _by_path(each.fields, f"{above}{each.name}.")


def _missing(template: DocumentTemplate, slot: str, known: Mapping[str, Field]) -> Problem:
    name = known[slot].chinese if slot in known else _ISSUING.get(slot, slot)
    return Problem(
        "E-REQ", f"“{template.chinese}”缺少“{name}”", template.chinese, f"请先填写“{name}”，再制作文书。"
    )


_ISSUING = {
    "number": "文号",
    "case_number": "案号",
    "issued_on": "制发日期",
    "organisation": "制发机关",
    "actor": "承办人",
    "due_on": "期限",
    "reason": "理由",
    "received_on": "收到日期",
    "title": "名称",
}
