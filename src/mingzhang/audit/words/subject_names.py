"""Names of subjects (科目名称) against the codes beside them and the classification of the year."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from functools import cache

from mingzhang.audit.remark import Remark
from mingzhang.audit.words.page import Spot, Words
from mingzhang.audit.words.spelling import distance
from mingzhang.facts import Statement
from mingzhang.forms import Classification
from mingzhang.forms.classification import Code

_PATH = re.compile(
    r"(?P<class>[一-龥]{2,20})\(类\)(?:支出)?\"?(?P<group>(?:[一-龥]|、|\([^类款项()]*\)){2,24})\(款\)\"?"
    r"(?P<item>(?:[一-龥]|、|\([^类款项()]*\)){2,30})\(项\)"
)
_CLASS = re.compile(r"(?<![一-龥])(?P<class>[一-龥]{4,20})(?:支出)?\(类\)")
_SUFFIX = re.compile(r"\([类款项]\)|[^一-龥]")
_COLUMN = re.compile(r"（[^（）]*）\Z")
"""The column that follows a row's name in the label of a figure."""
_MOST = 2
"""Codes and names at odds in more rows than that have slid apart in reading."""


def check(words: Words) -> Iterator[Remark]:
    """Rows of tables whose name belongs to another code, then names in sentences that are misspelt."""
    if words.functional is None or not words.year:
        return
    yield from _rows(words, words.functional)
    yield from _sentences(words, words.functional)
    yield from _outdated(words, words.functional)


def _rows(words: Words, functional: Classification) -> Iterator[Remark]:
    owners = _owners(functional)
    said: dict[tuple[str, str], list[Statement]] = defaultdict(list)
    for each in words.statements:
        code = each.coordinate.get("function")
        if each.source == "table" and code in functional.codes:
            said[code, _row_name(each)].append(each)
    wrong = [
        (functional.codes[code], name, found)
        for (code, name), found in said.items()
        if name not in _names(functional.codes[code])
        and any(len(other) == len(code) and functional.codes[other].certain for other in owners.get(name, ()))
        and functional.codes[code].certain
    ]
    for entry, name, found in wrong if len(wrong) <= _MOST else ():
        yield words.remark(
            "subject_name",
            "warning",
            f"代码{entry.code}的名称是“{entry.name_in(words.year)}”，表中写作“{name}”",
            [],
            "核对代码与名称",
            should_be=entry.name_in(words.year),
            statements=found,
        )


def _sentences(words: Words, functional: Classification) -> Iterator[Remark]:
    """项 of a known 类 and 款 whose name is one or two characters off a known one."""
    owners = _owners(functional)
    for line in words.paragraphs:
        for match in _PATH.finditer(line.plain):
            name = _plain(match["item"])
            groups = [code for code in owners.get(_plain(match["group"]), ()) if len(code) == 5]
            children = [entry for entry in functional.codes.values() if entry.parent in groups]
            if not children or any(name in _names(entry) for entry in children) or _known(owners, name):
                continue
            near = [entry for entry in children if _near(name, _plain(entry.name_in(words.year)))]
            if len(near) == 1:
                yield words.remark(
                    "subject_name",
                    "warning" if near[0].certain else "notice",
                    f"科目名称“{match['item']}”疑有误，应为“{near[0].name_in(words.year)}”",
                    [line.spot(match.start("item"), match.end("item"))],
                    "按政府收支分类科目改正",
                    should_be=near[0].name_in(words.year),
                )


def _outdated(words: Words, functional: Classification) -> Iterator[Remark]:
    """Names that a code bore in other years than the report's."""
    found: dict[str, tuple[Code, list[Spot], list[Statement]]] = {}
    for each in words.statements:
        entry = functional.codes.get(each.coordinate.get("function") or "")
        if each.source == "table" and entry and _of_another_year(words, entry, _row_name(each)):
            found.setdefault(entry.code, (entry, [], []))[2].append(each)
    owners = _owners(functional)
    for line in words.paragraphs:
        for match in _CLASS.finditer(line.plain):
            for code in owners.get(_plain(match["class"]), owners.get(_plain(match["class"]) + "支出", ())):
                entry = functional.codes[code]
                name = _plain(match["class"])
                if len(code) == 3 and any(
                    _of_another_year(words, entry, each) for each in (name, name + "支出")
                ):
                    spot = line.spot(match.start("class"), match.end("class"))
                    found.setdefault(code, (entry, [], []))[1].append(spot)
        for match in _PATH.finditer(line.plain):
            groups = owners.get(_plain(match["group"]), ())
            for code in owners.get(_plain(match["item"]), ()):
                entry = functional.codes[code]
                if entry.parent in groups and _of_another_year(words, entry, _plain(match["item"])):
                    spot = line.spot(match.start("item"), match.end("item"))
                    found.setdefault(code, (entry, [], []))[1].append(spot)
    for entry, spots, statements in found.values():
        name = entry.name_in(words.year)
        yield words.remark(
            "subject_name",
            "notice",
            f"代码{entry.code}在{words.year}年度的名称是“{name}”，所用的是其他年度的名称",
            spots,
            "按当年的政府收支分类科目书写",
            should_be=name,
            statements=statements[:1],
        )


def _of_another_year(words: Words, entry: Code, name: str) -> bool:
    """Whether a dated name is that of other years: neither of the report's own nor of one beside it.

    Places take up a new name a year late, or print their own all along (the edition's names).
    """
    dated = {_plain(each) for _, each in entry.names}
    near = [entry.name_in(words.year + apart) for apart in (-1, 0, 1)]
    printed = words.edition.code_names.get(entry.code, "") if words.edition else ""
    return entry.certain and name in dated and name not in map(_plain, (*near, printed))


def _row_name(statement: Statement) -> str:
    """The name of a figure's row, without its column."""
    return _plain(_COLUMN.sub("", statement.label))


def _known(owners: Mapping[str, tuple[str, ...]], name: str) -> bool:
    return any(len(code) == 7 for code in owners.get(name, ()))


def _near(name: str, other: str) -> bool:
    apart = distance(name, other)
    return apart in (1, 2) and len(other) >= (4, 9)[apart - 1]


@cache
def _owners_of(entries: tuple[Code, ...]) -> dict[str, tuple[str, ...]]:
    found: dict[str, list[str]] = defaultdict(list)
    for entry in entries:
        for name in _names(entry):
            found[name].append(entry.code)
    return {name: tuple(codes) for name, codes in found.items()}


def _owners(functional: Classification) -> Mapping[str, tuple[str, ...]]:
    """The codes of each name, present or former."""
    return _owners_of(tuple(functional.codes.values()))


def _names(entry: Code) -> frozenset[str]:
    return frozenset(map(_plain, (entry.name, *(name for _, name in entry.names), *entry.former_names)))


def _plain(name: str) -> str:
    """A name as it is compared: Chinese characters alone, without its level.

    >>> _plain("归口管理的行政单位离退休（项）")
    '归口管理的行政单位离退休'
    """
    return _SUFFIX.sub("", name.replace("（", "(").replace("）", ")"))
