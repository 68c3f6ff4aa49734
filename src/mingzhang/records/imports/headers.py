"""The header (表头) of a table and which column holds what: guessed from synonyms, remembered, or said by the user."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from mingzhang.documents import Problem
from mingzhang.records.imports.fields import Field, Kind
from mingzhang.records.imports.grids import Grid
from mingzhang.records.imports.problems import RefusedError
from mingzhang.records.imports.values import written
from mingzhang.records.models import ColumnMapping

HEADER_ROWS = 20
"""A header begins within so many rows."""

NOT_DATA = ("填写说明", "代码表")
"""Sheets of our own templates that hold no data."""

_UNIT = re.compile(r"[(（【\[](?:单位[:：]?)?(万元|元)[)）】\]]")
_UNIT_LINE = re.compile(r"单位[:：]\s*(?:人民币)?(万元|元)")
_NOISE = re.compile(r"[\s*＊:：_\-/\\、.()（）\[\]【】<>《》\"“”]")


@dataclass(slots=True)
class Header:
    """A recognised header: its row (from 1), its texts, the column of each field (from 0), and units of 万元."""

    row: int
    texts: list[str]
    columns: dict[str, int] = field(default_factory=dict)
    in_ten_thousand: frozenset[int] = frozenset()

    @property
    def hash(self) -> str:
        """What remembers a header: the hash of its texts."""
        return hashlib.sha256("\x1f".join(map(comparable, self.texts)).encode()).hexdigest()

    def named(self) -> dict[str, str]:
        """Header texts by field."""
        return {name: self.texts[place] for name, place in self.columns.items()}

    def unused(self) -> list[str]:
        """Header texts that no field takes."""
        taken = set(self.columns.values())
        return [text for place, text in enumerate(self.texts) if text and place not in taken]


def comparable(text: str) -> str:
    """A header text in one width, without spaces, brackets, marks and its unit of money.

    >>> comparable("借方 金额（元）*") == comparable("借方金额")
    True
    """
    without_unit = _UNIT.sub("", unicodedata.normalize("NFKC", text))
    return _NOISE.sub("", without_unit).lower()


def guess(texts: Iterable[str], fields: Iterable[Field]) -> dict[str, int]:
    """The column of each field whose name or synonym is a header text; each column serves one field.

    Fields are asked in turn by the rank of the synonym, so that the best words win: 科目编码 over 科目.
    """
    names = [comparable(text) for text in texts]
    first: dict[str, int] = {}
    for place, name in enumerate(names):
        if name:
            first.setdefault(name, place)
    columns: dict[str, int] = {}
    wanted = {entry.name: [comparable(word) for word in (entry.chinese, *entry.synonyms)] for entry in fields}
    for rank in range(max(map(len, wanted.values()), default=0)):
        for name, words in wanted.items():
            if name in columns or rank >= len(words) or words[rank] not in first:
                continue
            if first[words[rank]] not in columns.values():
                columns[name] = first[words[rank]]
    return columns


def find_header(grid: Grid, kind: Kind, given: Mapping[str, str] | None = None) -> Header | None:
    """The row of a grid whose texts name most of the kind's columns; None where none names two of them.

    `given` says header texts by field (name or Chinese), a blank one that no column holds it; those override what is
    remembered and what is guessed.
    """
    best: Header | None = None
    for number, row in enumerate(grid.rows[:HEADER_ROWS], 1):
        texts = [written(value) if isinstance(value, str) else "" for value in row]
        columns = guess(texts, kind.fields)
        named = sum(1 for word in (given or {}).values() if _place(texts, word) is not None)
        if max(len(columns), named) >= 2 and (best is None or len(columns) + named > len(best.columns)):
            best = Header(number, texts, columns)
    if best is None:
        return None
    _remembered(best, kind)
    if given:
        _given(best, kind, given, grid)
    best.in_ten_thousand = _ten_thousands(grid, best)
    return best


def _remembered(header: Header, kind: Kind) -> None:
    found = ColumnMapping.objects.filter(kind=kind.name, header_hash=header.hash).first()
    if found is None:
        return
    known = {entry.name for entry in kind.fields}
    header.columns = {
        name: place for name, text in found.mapping.items()
        if name in known and (place := _place(header.texts, text)) is not None
    }  # fmt: skip


def _given(header: Header, kind: Kind, given: Mapping[str, str], grid: Grid) -> None:
    for name, text in given.items():
        entry = next((each for each in kind.fields if name in (each.name, each.chinese)), None)
        if entry is None:
            known = "、".join(each.chinese for each in kind.fields)
            raise RefusedError(
                Problem("unknown_field", f"{kind.chinese}没有字段“{name}”", "--map", f"可用的字段：{known}")
            )
        if not text:
            header.columns.pop(entry.name, None)
            continue
        place = _place(header.texts, text)
        if place is None:
            known = "、".join(filter(None, header.texts))
            raise RefusedError(
                Problem(
                    "unknown_column",
                    f"表头中没有“{text}”这一列",
                    f"{grid.file}，第{header.row}行",
                    f"表头是：{known}",
                )
            )
        header.columns = {other: at for other, at in header.columns.items() if at != place}
        header.columns[entry.name] = place


def _place(texts: list[str], wanted: str) -> int | None:
    goal = comparable(wanted)
    return next((place for place, text in enumerate(texts) if goal and comparable(text) == goal), None)


def missing_fields(header: Header, kind: Kind) -> list[Field]:
    """Required fields without a column, those aside that the file may leave out."""
    return [
        entry
        for entry in kind.fields
        if entry.required and not entry.absent and entry.name not in header.columns
    ]


def remember(header: Header, kind: Kind) -> None:
    """Keep which column of a file with these headers holds what."""
    ColumnMapping.objects.update_or_create(
        kind=kind.name, header_hash=header.hash, defaults={"mapping": header.named()}
    )


def _ten_thousands(grid: Grid, header: Header) -> frozenset[int]:
    """Columns whose amounts are in 万元: by their own header, else by the line above the table."""
    whole = False
    for row in grid.rows[: header.row - 1]:
        for value in row:
            if isinstance(value, str) and (stated := _UNIT_LINE.search(value)):
                whole = stated[1] == "万元"
    own = {place: _UNIT.search(text) for place, text in enumerate(header.texts)}
    return frozenset(place for place, stated in own.items() if (stated[1] == "万元" if stated else whole))


def letter(place: int) -> str:
    """The letter of a column, from 0.

    >>> letter(0), letter(27)
    ('A', 'AB')
    """
    name = ""
    place += 1
    while place:
        place, rest = divmod(place - 1, 26)
        name = chr(65 + rest) + name
    return name


def is_blank(row: list[Any]) -> bool:
    """Whether a row holds nothing."""
    return not any(value not in ("", None) and written(value) for value in row)
