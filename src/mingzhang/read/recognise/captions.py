"""What stands around a table: title, number, unit and entity above it or in its first rows, notes below."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from mingzhang.numbers import HUNDRED_MILLION_YUAN, TEN_THOUSAND_YUAN, YUAN, Unit
from mingzhang.read.recognise.grid import Grid
from mingzhang.read.texts import plain

_UNIT = re.compile(r"(?:金额)?单位[:：]?\(?(?:人民币)?(?P<unit>亿元|万元|元)(?:[,、/].{0,12})?\)?")
_BARE_UNIT = re.compile(r"\((?:单位:)?(?P<unit>亿元|万元|元)\)")
_NUMBER = re.compile(
    r"(?:财决)?公开(?:部门)?\d{1,2}表|财决附?\d{1,2}(?:-\d+)?表|附?表[一二三四五六七八九十\d]{1,3}(?:-\d+)?(?![一-龥])"
)
_ENTITY = re.compile(
    r"(?:公开|编制|填报|预算)?(?:部门|单位)(?:名称|\(单位\))?[:：](?P<name>(?!人民币|[亿万]?元)[一-龥()\d]{2,40}?)"
    r"(?=\d{4}年|金额单位|单位[:：]|公开\d|\Z)"
)
_TITLE = re.compile(r"[^。；;]{4,60}表(?:\([^()]{1,20}\))?\Z")
_NOTE = re.compile(
    r"(?:注|说明|备注|附注)\d?[:：、]|\d[.、]本表|本表反映|本(?:部门|单位).{0,60}(?:本表无数据|空表)"
)
_QUOTED = re.compile(r'"([^"]*)"')
_DATED = re.compile(r"\d{4}年度?(?:\d{1,2}月(?:\d{1,2}日)?)?")
_FIRST = 7
"""Title and unit lines stand within so many rows of a table."""
_LONG = 60
_SHORT = 8
_UNITS: dict[str, Unit] = {unit.chinese: unit for unit in (YUAN, TEN_THOUSAND_YUAN, HUNDRED_MILLION_YUAN)}


@dataclass(frozen=True, slots=True)
class Caption:
    """The furniture of one table; `unit` is None where no unit is printed."""

    title: str = ""
    number: str = ""
    unit: Unit | None = None
    entity: str = ""
    rest: str = ""
    """What else the line says, such as a year."""

    @property
    def empty(self) -> bool:
        """Whether nothing was recognised."""
        return not (self.title or self.number or self.unit or self.entity)

    def over(self, other: Caption) -> Caption:
        """This caption, with what it does not say taken from the other."""
        return Caption(
            self.title or other.title,
            self.number or other.number,
            self.unit or other.unit,
            self.entity or other.entity,
        )

    @property
    def pure(self) -> bool:
        """Whether the line says nothing besides."""
        return not self.empty and (not self.rest or bool(_DATED.fullmatch(self.rest)))


def read_caption(text: str) -> Caption:
    """What one line above a table says; an empty caption where it is no such line.

    >>> read_caption("公开03表 部门：云岭区司法局 金额单位：万元").entity
    '云岭区司法局'
    >>> read_caption("三、支出决算表").title
    '三、支出决算表'
    """
    line = plain(text)
    found = Caption()
    if match := _UNIT.search(line):
        found, line = replace(found, unit=_UNITS[match["unit"]]), line.replace(match[0], "")
    if match := _NUMBER.search(line):
        found, line = replace(found, number=match[0]), line.replace(match[0], "", 1)
    if match := _ENTITY.search(line):
        found, line = replace(found, entity=match["name"]), line.replace(match[0], "")
    line = line.strip(":：,，、()")
    if _TITLE.match(line) and not _NOTE.match(line):
        found = replace(found, title=_QUOTED.sub(r"“\1”", line))
        return found
    if len(line) > (12 if found.empty else 30):
        return Caption()
    return replace(found, rest=line)


def unit_in(texts: Sequence[str]) -> Unit | None:
    """The unit of money that a table's own head states in brackets, where it states one only."""
    stated = {found["unit"] for text in texts for found in _BARE_UNIT.finditer(plain(text))}
    return _UNITS[stated.pop()] if len(stated) == 1 else None


def is_note(text: str) -> bool:
    """Whether a paragraph or a row is a note to the table above it.

    >>> is_note("注：本表反映部门本年度各项支出情况。"), is_note("二、收入决算情况说明")
    (True, False)
    """
    return bool(_NOTE.match(plain(text)))


@dataclass(frozen=True, slots=True)
class Frame:
    """A grid without its furniture: the rows from `top` to `bottom` (not included), and what the others say."""

    top: int
    bottom: int
    caption: Caption
    notes: tuple[str, ...]


def frame(grid: Grid) -> Frame:
    """Part a table's own furniture from its rows: title and unit lines above, notes below."""
    top, bottom, caption = 0, grid.height, Caption()
    for row in range(min(_FIRST, grid.height - 1)):
        said = grid.said(row)
        lines = [read_caption(spot.text) for spot in said]
        if any(spot.figure for spot in said):
            break
        if any(line.pure for line in lines) and all(line.pure or _aside(line) for line in lines):
            top = row + 1
            for line in lines:
                caption = line.over(caption)
        elif len(said) > 1 or not all(_aside(line) for line in lines):
            break
    notes: list[str] = []
    for row in range(grid.height - 1, top, -1):
        said = grid.said(row)
        text = said[0].text if said else ""
        if len(said) > 1 or (said and not (is_note(text) or (len(text) > _LONG and said[0].columns > 1))):
            break
        if said:
            notes.insert(0, said[0].cell.text or text)
            bottom = row
    return Frame(top, bottom, caption, tuple(notes)) if top < bottom else Frame(0, grid.height, caption, ())


def _aside(line: Caption) -> bool:
    """Whether a cell among title and unit lines says nothing of the table: a watermark, a year."""
    return line.empty and len(line.rest) <= _SHORT and line.rest not in ("项目", "收入", "支出")
