"""What may stand in an edition's files: keys, their types, which must be there; and the check of a file against it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, fields
from datetime import date
from difflib import get_close_matches
from typing import Any

from mingzhang.catalogue.loading.datafile import DataFile, Step
from mingzhang.documents import Problem
from mingzhang.forms.edition import NumberStyle

Schema = Mapping[str, "Field"]


@dataclass(frozen=True)
class Field:
    """A key: its type, whether it must be there, the values it may take, and the schema of the tables below it."""

    type: str
    required: bool = False
    choices: tuple[str, ...] = ()
    below: Schema | None = None


TEXT, NUMBER, FLAG, DAY = Field("text"), Field("number"), Field("flag"), Field("day")
TEXTS, NUMBERS, TEXT_MAP = Field("texts"), Field("numbers"), Field("text_map")
NEEDED = Field("text", required=True)

_TYPES = {
    "text": "文字（用引号括起）",
    "number": "整数",
    "flag": "true 或 false",
    "day": "日期（如 2026-01-10）",
    "texts": '文字的列表（["…", "…"]）',
    "numbers": "整数的列表",
    "text_map": "由文字组成的表",
    "texts_map": "由文字列表组成的表",
    "table": "表",
    "tables": "表的列表",
}

_STYLE: Schema = {
    entry.name: FLAG if isinstance(entry.default, bool) else NUMBER for entry in fields(NumberStyle)
}
_PART: Schema = {
    "heading": NEEDED,
    "kind": Field("text", choices=("sections", "tables", "glossary", "annexes")),
    "sections": TEXTS,
}
EDITION: Schema = {
    "chinese": NEEDED,
    "fiscal_years": Field("numbers", required=True),
    "base": TEXT,
    "source": NEEDED,
    "verified": Field("flag", required=True),
    "checked_on": DAY,
    "style": Field("table", below=_STYLE),
    "forms": TEXTS,
    "parts": Field("tables", below=_PART),
}
_COLUMN: Schema = {
    "name": NEEDED,
    "header": Field("texts", required=True),
    "cell": TEXT,
    "dimensions": TEXT_MAP,
    "number": NUMBER,
    "role": Field("text", choices=("value", "label", "line_number", "code")),
    "side": Field("text", choices=("left", "right")),
}
_ROW: Schema = {
    "label": NEEDED,
    "cell": TEXT,
    "line": NUMBER,
    "style": Field("text", choices=("item", "class", "subtotal", "total")),
    "code": TEXT,
}
_GROUP: Schema = {
    "label": NEEDED,
    "part": Field("number", required=True),
    "rows": Field("tables", required=True, below=_ROW),
}
FORM: Schema = {
    "base": TEXT,
    "title": TEXT,
    "number": TEXT,
    "layout": Field("text", choices=("two_sided", "functional", "economic_groups", "single_row", "list")),
    "unit": TEXT,
    "columns": Field("tables", below=_COLUMN),
    "rows": Field("tables", below=_ROW),
    "right_rows": Field("tables", below=_ROW),
    "groups": Field("tables", below=_GROUP),
    "footer": Field("tables", below=_ROW),
    "row_cell": TEXT,
    "values": TEXT_MAP,
    "notes": TEXTS,
    "empty_statement": TEXT,
    "total_row": Field("text", choices=("first", "last")),
    "column_numbers": FLAG,
    "dimension": TEXT,
    "code_header": TEXT,
    "split_codes": FLAG,
    "group_heads": FLAG,
    "landscape": FLAG,
    "source": NEEDED,
    "source_id": TEXT,
    "verified": FLAG,
    "checked_on": DAY,
}
_PARAGRAPH: Schema = {
    "text": TEXT,
    "when": TEXT,
    "each": TEXT,
    "fragment": TEXT,
    "join": TEXT,
    "kind": Field("text", choices=("body", "note", "list", "caption")),
    "heading": TEXT,
    "chart": TEXT,
    "evaluation": Field("text", choices=("whole", "projects")),
}
SECTION: Schema = {
    "base": TEXT,
    "heading": TEXT,
    "unit_heading": TEXT,
    "table": TEXT,
    "material": TEXT,
    "source": NEEDED,
    "verified": FLAG,
    "checked_on": DAY,
    "values": TEXT_MAP,
    "paragraphs": Field("tables", below=_PARAGRAPH),
}
_CHART: Schema = {
    "name": NEEDED,
    "caption": NEEDED,
    "kind": Field("text", required=True, choices=("bars", "ring")),
    "categories": Field("texts", required=True),
    "series": Field("texts_map", required=True),
    "unit": TEXT,
    "description": TEXT,
}
CHARTS: Schema = {"charts": Field("tables", required=True, below=_CHART)}
_DEFINITION: Schema = {"term": NEEDED, "text": NEEDED, "when": TEXT, "source_id": TEXT}
GLOSSARY: Schema = {"terms": TEXTS, "definitions": Field("tables", below=_DEFINITION)}
NAMES: Schema = {"names": Field("text_map", required=True)}


def check_file(file: DataFile, schema: Schema) -> Iterator[Problem]:
    """Every key that is unknown, missing, of another type or of another value than the schema allows."""
    yield from _check(file, file.data, schema, ())


def _check(
    file: DataFile, table: Mapping[str, Any], schema: Schema, at: tuple[Step, ...]
) -> Iterator[Problem]:
    for key, value in table.items():
        field = schema.get(key)
        if field is None:
            yield file.problem("unknown_key", f"不认识的键“{key}”", suggestion(key, schema), *at, key)
        elif not _fits(value, field.type):
            yield file.problem("wrong_type", f"“{key}”的值类型不对", f"应为{_TYPES[field.type]}。", *at, key)
        elif field.choices and value not in field.choices:
            yield file.problem(
                "unknown_value",
                f"“{key}”的值“{value}”不在可选范围内",
                suggestion(value, field.choices),
                *at,
                key,
            )
        elif field.below is not None and field.type == "table":
            yield from _check(file, value, field.below, (*at, key))
        elif field.below is not None:
            for index, entry in enumerate(value):
                yield from _check(file, entry, field.below, (*at, key, index))
    for key, field in schema.items():
        if field.required and key not in table:
            yield file.problem("missing_key", f"缺少“{key}”", f"补上 {key}：{_TYPES[field.type]}。", *at)


def _fits(value: Any, kind: str) -> bool:
    if kind in ("texts", "numbers", "tables"):
        return isinstance(value, list) and all(_fits(entry, kind[:-1]) for entry in value)
    if kind in ("text_map", "texts_map"):
        return isinstance(value, dict) and all(_fits(entry, kind[:-4]) for entry in value.values())
    if kind == "number":
        return isinstance(value, int) and not isinstance(value, bool)
    return isinstance(value, {"text": str, "flag": bool, "day": date, "table": dict}[kind])


def suggestion(word: str, known: Iterable[str]) -> str:
    """What to do about an unknown word: the nearest known one, or what there is."""
    names = list(known)
    near = get_close_matches(word, names, 1, 0.5)
    if near:
        return f"是不是“{near[0]}”？"
    if not names:
        return "删去，或先定义它。"
    return f"可用：{'、'.join(names[:12])}{'等' if len(names) > 12 else ''}。"
