"""The tables of a report, each with what stands around it; pieces of one table put together again."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from mingzhang.documents import Block, Heading, Paragraph, Table, TableRow
from mingzhang.forms import Edition
from mingzhang.read.recognise.captions import Caption, Frame, frame, is_note, read_caption
from mingzhang.read.recognise.grid import Grid, grid_of
from mingzhang.read.recognise.kinds import DATA, OTHER, Kind, kind_of_content, kind_of_title
from mingzhang.read.recognise.outline import text_of
from mingzhang.read.recognise.shape import opens_body
from mingzhang.read.texts import plain

_ABOVE = 6
"""A title stands within so many lines above its table."""
_LINE = 60
_PAGE_NUMBER = re.compile(r"[-—–·]*(?:第?\d{1,3}页?)(?:/\d{1,3}|共\d{1,3}页)?[-—–·]*")


@dataclass(frozen=True, slots=True, eq=False)
class Found:
    """One table: the blocks it was in, its grid, frame, caption, notes and kind."""

    members: tuple[int, ...]
    """Numbers of the blocks that are parts of it, the first of them where it begins."""
    table: Table
    grid: Grid
    frame: Frame
    caption: Caption
    notes: tuple[str, ...]
    kind: Kind

    @property
    def texts(self) -> frozenset[str]:
        """Every text of the grid that is no figure."""
        return frozenset(spot.text for row in self.grid.anchored for spot in row if spot.figure is None)


def find_tables(
    blocks: Sequence[Block], editions: Sequence[Edition], known: Callable[[str], bool]
) -> list[Found]:
    """Every table of the blocks in reading order. A piece without title that goes on under the same columns is joined.

    `known` says whether a text names a row of a form.
    """
    found: list[Found] = []
    number = 0
    while number < len(blocks):
        block = blocks[number]
        if isinstance(block, Table):
            members, table = _joined(blocks, number, known)
            found.append(_found(blocks, members, table, editions))
            number = members[-1]
        number += 1
    return found


def _joined(
    blocks: Sequence[Block], first: int, known: Callable[[str], bool]
) -> tuple[tuple[int, ...], Table]:
    table = blocks[first]
    assert isinstance(table, Table)
    members, rows = [first], [*table.header, *table.body]
    for number in range(first + 1, len(blocks)):
        block = blocks[number]
        if _PAGE_NUMBER.fullmatch(text_of(block)):
            continue
        if not isinstance(block, Table):
            break
        more = _continuation(rows, [*block.header, *block.body], known)
        if more is None:
            break
        members.append(number)
        rows += more
    return tuple(members), replace(table, header=(), body=tuple(rows))


def _continuation(
    rows: Sequence[TableRow], more: Sequence[TableRow], known: Callable[[str], bool]
) -> list[TableRow] | None:
    """The rows of the next piece without a repeated head; None where it is a table of its own."""
    upper, lower = Grid(tuple(rows)), Grid(tuple(more))
    if upper.width != lower.width or not more:
        return None
    repeated = 0
    while repeated < min(len(rows), len(more), 8) and _texts(rows[repeated]) == _texts(more[repeated]):
        repeated += 1
    opened = frame(lower)
    if repeated > opened.top:
        return list(more[repeated:])
    starts = next(filter(None, map(lower.said, range(opened.top, lower.height))), [])
    if opened.caption.title or not opens_body(starts, known):
        return None
    return list(more[opened.top :])


def _texts(row: TableRow) -> list[str]:
    return [plain(cell.text) for cell in row.cells]


def _found(
    blocks: Sequence[Block], members: tuple[int, ...], table: Table, editions: Sequence[Edition]
) -> Found:
    grid = grid_of(table)
    inside = frame(grid)
    said = Caption(table.title, table.number, None, table.entity)
    caption = inside.caption.over(said).over(
        _above(blocks, members[0], bool(inside.caption.title or table.title))
    )
    notes = (*inside.notes, *_below(blocks, members[-1]))
    return Found(members, table, grid, inside, caption, notes, _kind(caption, grid, inside, editions))


def _above(blocks: Sequence[Block], start: int, titled: bool) -> Caption:
    caption = Caption()
    for number in range(start - 1, max(start - 1 - _ABOVE, -1), -1):
        block = blocks[number]
        text = text_of(block)
        if not isinstance(block, Heading | Paragraph) or len(text) > _LINE or is_note(text):
            break
        line = read_caption(text)
        if (titled or caption.title) and (line.title or line.empty):
            break
        caption = caption.over(line)
        if isinstance(block, Heading) and not titled:
            return replace(caption, title=text) if not line.title else caption
    return caption


def _below(blocks: Sequence[Block], end: int) -> tuple[str, ...]:
    notes: list[str] = []
    for block in blocks[end + 1 : end + 6]:
        text = text_of(block)
        if not isinstance(block, Paragraph) or not is_note(text):
            break
        notes.append(block.text)
    return tuple(notes)


def _kind(caption: Caption, grid: Grid, inside: Frame, editions: Sequence[Edition]) -> Kind:
    kind = kind_of_title(caption.title, editions) if caption.title else None
    rows = range(inside.top, inside.bottom)
    heads = ["".join(spot.text for spot in grid.said(row)) for row in rows[:8]]
    labels = [spot.text for row in rows for spot in grid.said(row)]
    by_content = kind_of_content(heads, labels)
    if kind is None:
        return by_content
    if by_content is DATA or (kind is OTHER and by_content.layout == "performance"):
        return by_content
    return kind
