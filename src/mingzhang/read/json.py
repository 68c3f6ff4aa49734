"""Machine-readable facts (JSON) → facts: the same facts that were written, checked on the way in."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping
from fractions import Fraction
from pathlib import Path
from typing import Any, TypeVar

from mingzhang.documents import Problem
from mingzhang.documents.problems import ProblemError
from mingzhang.facts import (
    Coordinate,
    Derivation,
    Fact,
    FactStore,
    PrintedAt,
    Provenance,
    Records,
    SheetCell,
    Vocabulary,
)
from mingzhang.numbers import Interval, Printed, printed, unit_named

LARGEST_FILE = 100 * 1024 * 1024
_NUMBER = re.compile(r"-?\d{1,60}(?:\.\d{1,60}|/\d{1,60})?\Z")
_NO_FACT = (KeyError, TypeError, ValueError, AttributeError, ZeroDivisionError)
"""What comes of an entry that is no fact."""
_READ = ("coordinate", "value", "fraction", "interval", "provenance", "as_read")
"""What is read of a fact."""
_Wanted = TypeVar("_Wanted")


class FactsFileError(ProblemError, ValueError):
    """A file of facts cannot be read; carries the problem in Chinese."""


def read_facts(path: Path, vocabulary: Vocabulary) -> FactStore:
    """Read a file of facts into a store of statements; the entities of the file join the vocabulary.

    Raises FactsFileError where the file is not one of ours, damaged, too large or speaks of unknown concepts.
    """
    content = _content(path)
    entities = _typed(content, "entities", list, path, "文件")
    known = vocabulary.with_entities(
        (entry["code"], entry["parent"], entry["name"])
        for entry in entities
        if entry["code"] not in vocabulary.entities
    )
    store = FactStore(known)
    for number, entry in enumerate(_typed(content, "facts", list, path, "文件"), start=1):
        try:
            fact = _fact(entry)
            known.check(fact.coordinate.cell)
        except _NO_FACT as error:
            raise _broken(path, f"第{number}条事实无法识别：{error}") from None
        store.state(fact)
    return store


def checked_facts(path: Path) -> dict[str, Any]:
    """The content of a file of facts with nothing in it but what `read_facts` reads, every fact understood once.

    For a process with limits, which hands it on; what the words mean is not looked at. Raises FactsFileError.
    """
    content = _content(path)
    entities = [
        {name: entry[name] for name in ("code", "parent", "name")}
        for entry in _typed(content, "entities", list, path, "文件")
        if isinstance(entry, dict) and entry.keys() >= {"code", "parent", "name"}
    ]
    facts = []
    for number, entry in enumerate(_typed(content, "facts", list, path, "文件"), start=1):
        try:
            _fact(entry)
        except _NO_FACT as error:
            raise _broken(path, f"第{number}条事实无法识别：{error}") from None
        facts.append({name: entry[name] for name in _READ if name in entry})
    return {
        "schema": content["schema"],
        "schema_version": content["schema_version"],
        "entities": entities,
        "facts": facts,
    }


def _content(path: Path) -> Mapping[str, Any]:
    if not path.is_file():
        raise FactsFileError(Problem("file_missing", "找不到文件", str(path), "检查路径和文件名"))
    if path.stat().st_size > LARGEST_FILE:
        raise FactsFileError(Problem("file_too_large", "文件超过 100 MB", path.name, "确认是否选对了文件"))
    try:
        content = json.loads(path.read_text(encoding="utf-8-sig"))
    except (ValueError, RecursionError):
        raise _broken(path, "内容不是完整的 UTF-8 JSON") from None
    if not isinstance(content, dict) or content.get("schema") != "mingzhang-facts":
        raise _broken(path, "不是决算公开数据文件")
    if content.get("schema_version") != 1:
        raise _broken(path, f"数据格式版本 {content.get('schema_version')} 不认识")
    return content


def _broken(path: Path, what: str) -> FactsFileError:
    return FactsFileError(Problem("facts_unreadable", what, path.name, "重新取得原文件，不要手工修改"))


def _typed(content: Mapping[str, Any], key: str, kind: type[_Wanted], path: Path, place: str) -> _Wanted:
    value = content.get(key)
    if not isinstance(value, kind):
        raise _broken(path, f"{place}缺少“{key}”")
    return value


def _fact(entry: Mapping[str, Any]) -> Fact:
    coordinate = Coordinate.parse(entry["coordinate"])
    if entry["interval"] is None:
        interval = Interval.of(_number(entry["fraction"] or entry["value"]))
    else:
        low, high = entry["interval"]
        interval = Interval.of(_number(low), _number(high))
    return Fact(coordinate, interval, _provenance(entry["provenance"]), _printed(entry["as_read"]))


def _number(text: str) -> Fraction:
    if not _NUMBER.match(text):
        raise ValueError(f"“{text[:30]}”不是数")
    return Fraction(text)


def _printed(entry: Mapping[str, str] | None) -> Printed | None:
    return None if entry is None else printed(entry["text"], unit_named(entry["unit"]))


def _provenance(entry: Mapping[str, Any]) -> Provenance:
    return _KINDS[entry["kind"]](entry)


def _printed_at(entry: Mapping[str, Any]) -> PrintedAt:
    box = None
    if entry["box"] is not None:
        left, top, right, bottom = map(float, entry["box"])
        box = (left, top, right, bottom)
    return PrintedAt(entry["document"], entry["page"], entry["start"], entry["end"], box)


_KINDS: dict[str, Callable[[Mapping[str, Any]], Provenance]] = {
    "records": lambda entry: Records(entry["register"], entry["query"], entry["rows"]),
    "derivation": lambda entry: Derivation(entry["operation"], tuple(map(Coordinate.parse, entry["inputs"]))),
    "workbook": lambda entry: SheetCell(entry["file"], entry["sheet"], entry["cell"]),
    "printed": _printed_at,
}
