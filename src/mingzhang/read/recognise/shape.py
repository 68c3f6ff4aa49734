"""The shape of a table: which rows are its head, and its bands, each a run of label columns and then of value columns."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from itertools import pairwise

from mingzhang.read.recognise.grid import Grid, Spot
from mingzhang.read.recognise.wording import meaning_of, term
from mingzhang.read.rows import join_codes

HEAD_ROWS = 9
"""No head is higher."""

TOTALS = frozenset({"合计", "总计", "本年合计", "共计"})
_CODE = re.compile(r"\d{3}(?:\d\d){0,2}\Z")
_NUMBERED = re.compile(
    r"(?:其中[:：]?)?(?:[一二三四五六七八九十]{1,3}、|\([一二三四五六七八九十\d]{1,3}\)|\d{1,2}[.、](?!\d))"
)
_LINE = re.compile(r"(?:行次|序号|编号)\Z")
_LABEL = re.compile(
    r"(?:项目|类|款|项|科目|名称|指标|内容|单位|支出项目|收入项目)\Z|.*(?:科目|编码|代码|分类|名称)\Z|项目\(.*\)\Z|项目按.*分类\Z"
)
_CODED = re.compile(r"(?:科目编码|科目代码|科目名称)\Z")
_REMARK = re.compile(r"(?:备注|说明|公开说明)\Z")
_STRIPPED = re.compile(r"[类款项]\Z")


@dataclass(frozen=True, slots=True)
class Labels:
    """What stands before the values of a row in a band: a code from one cell or three, a name, a 行次."""

    code: str
    name: str
    shown: str
    line: str = ""

    @property
    def total(self) -> bool:
        """Whether the row is the table's total."""
        return not self.code and term(self.name) in TOTALS


@dataclass(frozen=True, slots=True)
class Band:
    """A run of columns read together. `paths` are the heads over each value column, from the top down."""

    labels: tuple[int, ...]
    lines: tuple[int, ...]
    values: tuple[int, ...]
    paths: dict[int, tuple[str, ...]]
    heads: tuple[str, ...] = ()
    """The heads over the label columns."""


@dataclass(frozen=True, slots=True)
class Shape:
    """Head rows from `top`, body rows from `body` to `bottom` (not included); `numbers` are rows of 栏次."""

    top: int
    body: int
    bottom: int
    numbers: frozenset[int]
    bands: tuple[Band, ...]


def shape(grid: Grid, top: int, bottom: int, known: Callable[[str], bool]) -> Shape:
    """Find head, body and bands of a grid. `known` says whether a text names a row of a form."""
    body, numbers = _body(grid, top, bottom, known)
    return Shape(top, body, bottom, numbers, _bands(grid, top, body, bottom, numbers))


def _body(grid: Grid, top: int, bottom: int, known: Callable[[str], bool]) -> tuple[int, frozenset[int]]:
    numbers: set[int] = set()
    last_said = top
    for row in range(top, min(bottom, top + HEAD_ROWS)):
        said = grid.said(row)
        if _counts(said):
            numbers.add(row)
            last_said = row + 1
            continue
        if numbers and said:
            return row, frozenset(numbers)
        if any(spot.figure for spot in said) or _labelled(said, known):
            return row, frozenset(numbers)
        if said:
            last_said = row + 1
    return (last_said if last_said < bottom else bottom), frozenset(numbers)


def _counts(said: list[Spot]) -> bool:
    """Whether a row only numbers the columns: 栏次 1 2 3."""
    texts = [spot.text for spot in said]
    words = [text for text in texts if not text.isdigit()]
    numbers = [int(text) for text in texts if text.isdigit() and len(text) < 3]
    rising = len(numbers) > 1 and all(late == early + 1 for early, late in pairwise(numbers))
    if any("栏次" in word for word in words):
        return bool(numbers)
    return rising and numbers[0] == 1 and all(_STRIPPED.match(word) or word in "-—" for word in words)


def opens_body(said: list[Spot], known: Callable[[str], bool]) -> bool:
    """Whether a row can only be a body row: it holds a figure, a code, a numbered or known label, or a total.

    The row of 栏次 is none.
    """
    if not said or _counts(said):
        return False
    return any(spot.figure for spot in said) or _labelled(said, known)


def _labelled(said: list[Spot], known: Callable[[str], bool]) -> bool:
    """Whether a row without figures is a body row by what its labels say."""
    labels = [spot for spot in said if not _STRIPPED.match(spot.text)]
    if not labels:
        return False
    first = labels[0].text
    if len(labels) == 1 and term(first) in TOTALS:
        return True
    if _CODE.match(first) or known(first):
        return all(meaning_of(spot.text) is None or known(spot.text) for spot in labels)
    return bool(_NUMBERED.match(first))


def _bands(grid: Grid, top: int, body: int, bottom: int, numbers: frozenset[int]) -> tuple[Band, ...]:
    heads = {column: _path(grid, column, top, body, numbers) for column in range(grid.width)}
    roles = {column: _role(grid, column, heads[column], body, bottom) for column in range(grid.width)}
    _settle_codes(grid, roles, body, bottom)
    bands: list[Band] = []
    labels: list[int] = []
    lines: list[int] = []
    values: list[int] = []
    for column in range(grid.width + 1):
        role = roles.get(column, "label")
        if role != "value" and values:
            bands.append(_band(labels, lines, values, heads))
            labels, lines, values = [], [], []
        {"label": labels, "line": lines, "value": values, "remark": []}[role].append(column)
    return tuple(bands)


def _band(labels: list[int], lines: list[int], values: list[int], heads: dict[int, tuple[str, ...]]) -> Band:
    over = tuple(dict.fromkeys(text for column in labels for text in heads[column]))
    return Band(
        tuple(labels), tuple(lines), tuple(values), {column: heads[column] for column in values}, over
    )


def _path(grid: Grid, column: int, top: int, body: int, numbers: frozenset[int]) -> tuple[str, ...]:
    path: list[str] = []
    for row in range(top, body):
        if row in numbers:
            continue
        text = grid.text(row, column) or _carried(grid, row, column, top)
        if text and (not path or path[-1] != text):
            path.append(text)
    return tuple(path)


def _carried(grid: Grid, row: int, column: int, top: int) -> str:
    """The text of an unmerged head to the left, where a blank cell beside it has heads of its own below."""
    spot = grid.at(row, column)
    if row != top or (spot is not None and spot.columns > 1):
        return ""
    own = [grid.text(below, column) for below in range(row + 1, row + 3)]
    if not any(own):
        return ""
    for left in range(column - 1, -1, -1):
        beside = grid.at(row, left)
        if beside is not None and beside.text:
            unmerged = beside.columns == 1 and beside.rows == 1 and bool(grid.text(row + 1, left))
            return beside.text if unmerged else ""
    return ""


def _role(grid: Grid, column: int, path: tuple[str, ...], body: int, bottom: int) -> str:
    last = path[-1] if path else ""
    if _LINE.match(term(last)):
        return "line"
    if last and _REMARK.search(last):
        return "remark"
    if last and _LABEL.match(term(last) or last) and "绩效" not in last:
        return "label"
    if any(_CODED.search(text) for text in path):
        return "label"
    said = [spot for spot in grid.column(column, body, bottom) if not spot.blank]
    figures = sum(spot.figure is not None for spot in said)
    if not last and not said:
        return "label" if column == 0 else "value"
    if last and meaning_of(last) not in (None,) and figures * 2 >= len(said):
        return "value"
    return "label" if figures * 2 < len(said) else "value"


def _settle_codes(grid: Grid, roles: dict[int, str], body: int, bottom: int) -> None:
    """Columns of bare codes before a name belong to the labels, whatever stands over them."""
    for column in range(grid.width - 1):
        said = [spot.text for spot in grid.column(column, body, bottom) if not spot.blank]
        coded = bool(said) and all(re.fullmatch(r"\d{2,7}|[类款项合计总]+", text) for text in said)
        if roles[column] == "value" and coded and "label" in (roles[column + 1], roles.get(column + 2)):
            if not any(text.isdigit() and len(text) in (3, 5, 7) for text in said) and column == 0:
                continue
            roles[column] = "label"


def labels_of(grid: Grid, row: int, band: Band, reach: bool = False) -> Labels:
    """Read the label cells of a row. Codes may fill one cell (2040601) or three (204｜06｜01), or lead the name."""
    pieces: list[str] = []
    names: list[str] = []
    seen: set[int] = set()
    for column in band.labels:
        spot = grid.at(row, column)
        if spot is None or id(spot) in seen or spot.blank or _STRIPPED.match(spot.text):
            continue
        seen.add(id(spot))
        glued = re.match(r"(\d{3,7})([一-龥].*)\Z", spot.text)
        if spot.text.isdigit():
            pieces.append(spot.text)
        elif glued and _CODE.match(glued[1]):
            pieces.append(glued[1])
            names.append(glued[2])
        else:
            names.append(spot.text)
    if reach and not pieces and not names and band.labels:
        left = (grid.text(row, column) for column in range(band.labels[0] - 1, -1, -1))
        nearest = next(filter(None, left), "")
        names = [nearest] if nearest and not re.search(r"\d", nearest) else []
    line = "".join(grid.text(row, column) for column in band.lines)
    code = join_codes(pieces)
    return Labels(
        code if _CODE.match(code) else "", names[-1] if names else "", " ".join([*pieces, *names]), line
    )
