"""Taking in words: a key is a cell (变动原因), a full coordinate (a figure that is missing) or the name of a text."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import get_close_matches
from functools import cache
from typing import Any

from django.db.models import Model

from mingzhang.catalogue.loading import edition, editions
from mingzhang.facts import Cell, Coordinate, CoordinateError, Vocabulary
from mingzhang.numbers import read_figure
from mingzhang.records.imports.context import Context
from mingzhang.records.imports.fields import CellError
from mingzhang.records.imports.problems import RowProblem
from mingzhang.records.imports.recording import Recording
from mingzhang.records.imports.rows import Table, Taken, read_rows
from mingzhang.records.models import Entity, ImportBatch, Reason, Statement, Text
from mingzhang.records.organisation import Organisation
from mingzhang.records.points import books_vocabulary
from mingzhang.records.trail import content

_TEXT_SLOT = re.compile(r"\{text:([^{}:]+)\}")


@dataclass(frozen=True, slots=True)
class _Word:
    """One filled row: `sort` is `reason`, `text` or `figure`; `value` the exact value of a figure."""

    sort: str
    entity: Entity
    year: int
    key: str
    text: str
    author: str
    table: Table
    row: int
    value: str = ""


@cache
def text_names() -> dict[str, str]:
    """Names of the texts that any edition's sections ask for, with the heading they stand under."""
    names: dict[str, str] = {}
    for name in editions():
        for section in edition(name).sections.values():
            if section.material:
                names.setdefault(section.material, section.heading)
            for paragraph in section.paragraphs:
                for slot in _TEXT_SLOT.findall(paragraph.text + paragraph.fragment):
                    names.setdefault(slot, section.heading)
    return names


def take_texts(tables: list[Table], context: Context) -> Taken:
    """Check every filled row; rows whose text is blank are waiting and no problem."""
    problems: list[RowProblem] = []
    words: list[_Word] = []
    seen: dict[tuple[Any, ...], int] = {}
    for table in tables:
        for row, values in read_rows(table, context, problems):
            if not values["text"]:
                continue
            try:
                word = _word(table, row, values, context)
            except CellError as bad:
                problems.append(table.problem(row, bad, "key", values["key"]))
                continue
            place = (word.entity.pk, word.year, word.key)
            if place in seen:
                bad = CellError("duplicate_row", f"与第{seen[place]}行的键相同", "只保留一行")
                problems.append(table.problem(row, bad, "key", word.key))
            seen[place] = table.numbers[row]
            words.append(word)
    fresh = [word for word in words if not _is_held(word)]
    return Taken(lambda batch: _write(fresh, batch), problems, len(words), len(words) - len(fresh))


def _word(table: Table, row: int, values: dict[str, Any], context: Context) -> _Word:
    entity = (
        context.books.entities.get(values["entity"])
        if values["entity"]
        else context.entity or _department(context)
    )
    if entity is None:
        raise CellError(
            "entity_missing",
            "没有写明是哪个部门或单位",
            "填写单位编码，或在导入时指定单位（命令行用 --entity）",
        )
    year = values["year"] or context.year
    if year is None:
        raise CellError("year_missing", "没有写明年度", "填写年度，或在导入时指定年度（命令行用 --year）")
    key, text = values["key"], values["text"]
    known = _vocabulary(year, context)
    if "@" in key:
        coordinate, value, digits = _figure(key, text, known)
        return _Word(
            "figure", entity, int(coordinate.period[:4]), str(coordinate), digits, "", table, row, value
        )
    if key in text_names():
        return _Word("text", entity, year, key, text, "", table, row)
    try:
        known.check(Cell.parse(key))
    except (CoordinateError, ValueError):
        near = get_close_matches(key, text_names(), 1)
        remedy = f"是不是“{near[0]}”？" if near else "用 mingzhang template texts 取得要填的键，不要改动它们"
        raise CellError("unknown_key", f"“{key[:60]}”不是报告里的数或文字的键", remedy) from None
    return _Word("reason", entity, year, key, text, values["author"], table, row)


def _vocabulary(year: int, context: Context) -> Vocabulary:
    """The books' vocabulary of a year, made once an import."""
    if year not in context.vocabularies:
        context.vocabularies[year] = books_vocabulary(Organisation(), None, [year])
    return context.vocabularies[year]


def _department(context: Context) -> Entity | None:
    found = [entity for entity in context.books.entities.values() if entity.kind == Entity.Kind.DEPARTMENT]
    return found[0] if len(found) == 1 else None


def _figure(key: str, text: str, known: Vocabulary) -> tuple[Coordinate, str, str]:
    """The coordinate, the exact value, and the digits as printed."""
    try:
        coordinate = Coordinate.parse(key)
        known.check(coordinate.cell)
    except (CoordinateError, ValueError) as error:
        raise CellError("unknown_key", f"“{key[:60]}”不是坐标（{error}）", "不要改动“键”这一列") from None
    unit = known.concepts[coordinate.concept].unit
    try:
        figure = read_figure(text)
    except ValueError as error:
        raise CellError(
            "wrong_amount", str(error), f"填写数字和单位，如 12.34万元、5{unit.chinese}"
        ) from None
    if unit.kind == "money" and figure.unit.kind != "money":
        raise CellError("wrong_amount", f"“{text[:30]}”没有写明金额单位", "写明单位，如 12.34万元")
    return coordinate, str(figure.exact), str(figure.value)


def _is_held(word: _Word) -> bool:
    place = {"entity": word.entity, "year": word.year}
    if word.sort == "reason":
        return Reason.objects.filter(**place, cell=word.key, text=word.text).exists()
    if word.sort == "text":
        return Text.objects.filter(**place, name=word.key, body=word.text).exists()
    return Statement.objects.filter(**place, coordinate=word.key, value=word.value).exists()


def _write(words: list[_Word], batch: ImportBatch) -> tuple[int, int]:
    recording = Recording(batch)
    added = sum(_put(word, batch, recording) for word in words)
    recording.finish()
    return added, len(words) - added


def _put(word: _Word, batch: ImportBatch, recording: Recording) -> bool:
    """Write one; whether it is new."""
    model, place, stated = _row_of(word, batch)
    place |= {"entity": word.entity, "year": word.year}
    row = model._default_manager.filter(**place).first()
    if row is None:
        recording.entered([model._default_manager.create(**place, **stated)])
        return True
    before = content(row)
    for name, value in stated.items():
        setattr(row, name, value)
    if model is not Statement:
        row.version += 1
    row.save()
    recording.changed(row, before)
    return False


def _row_of(word: _Word, batch: ImportBatch) -> tuple[type[Model], dict[str, Any], dict[str, Any]]:
    """The table of a word, what names its row there beside entity and year, and what the row says."""
    if word.sort == "reason":
        return Reason, {"cell": word.key}, {"text": word.text, "author": word.author}
    if word.sort == "text":
        return Text, {"name": word.key}, {"body": word.text}
    grid = word.table.grid
    stated = {"value": word.value, "printed": word.text, "file": grid.file, "sheet": grid.name, "cell": f"第{word.table.numbers[word.row]}行", "batch": batch}  # fmt: skip
    return Statement, {"coordinate": word.key}, stated


def keys_of(name: str) -> Iterator[tuple[str, str]]:
    """(key, what to write) of every text that an edition's sections ask for."""
    for section in edition(name).sections.values():
        if section.material:
            yield section.material, f"“{section.heading or section.name}”的文字"
        for paragraph in section.paragraphs:
            for slot in _TEXT_SLOT.findall(paragraph.text + paragraph.fragment):
                yield slot, f"“{section.heading}”中的文字"
