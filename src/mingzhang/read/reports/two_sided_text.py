"""Two-sided summary tables in plain text: income left, expenditure right, told apart by their words, not by places.

Extraction tools print such a table a row or a cell a line, leave out blank cells, break heads and names over lines. What
is certain all the same: every name of these forms says where it ends, income and expenditure have names of their own, the
行次 rise on each side, one column of amounts stands left. A table where any of that fails is left as lines, unread.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from mingzhang.documents import Table
from mingzhang.read.reports.lines import Line
from mingzhang.read.reports.pages import cell, table
from mingzhang.read.reports.plain import Piece

_FUNDS = ("一般公共预算财政拨款", "政府性基金预算财政拨款", "国有资本经营预算财政拨款")
_BALANCES = tuple(
    f"{when}{what}"
    for when in ("年初", "年末")
    for what in ("结转和结余", "财政拨款结转和结余", "结转结余", "财政拨款结转结余")
)
_SURPLUS = "使用非财政拨款结余"
_NAMES = (
    *("本年收入合计", "本年支出合计", "总计", "结余分配", "使用专用结余"),
    *(_SURPLUS, f"{_SURPLUS}（含专用结余）", f"{_SURPLUS}(含专用结余)"),
    *(*_BALANCES, *_FUNDS),
)
_LEFT = re.compile(r".*收入\Z|本年收入合计\Z|使用|年初")
_RIGHT = re.compile(r".*支出\Z|本年支出合计\Z|结余分配\Z|年末")
_ORDINAL = re.compile(r"[一二三四五六七八九十]{1,3}、")
_NAME_ENDS = re.compile(r"[一二三四五六七八九十]{1,3}、.+(?:收入|支出|拨款)\Z")
_AMOUNT = re.compile(r"[-－]?(?:\d{1,3}(?:[,，]\d{3})+|\d+)(?:[.．]\d+)?\Z")
_BLANK = re.compile(r"[-—–－]{1,2}\Z")
_LINE_NUMBER = re.compile(r"\d{1,3}\Z")
_TOKEN = re.compile(r"\S+")
_ITEM_HEAD = re.compile(r"项目(?:[（(]按功能分类[)）])?\Z")
_AMOUNT_HEADS = ("金额", "决算数")
_HEAD_LINES = 40
_MOST_LINES = 400


@dataclass(frozen=True, slots=True)
class _Token:
    """A word as it stands; `line` is the number of its line."""

    start: int
    text: str
    line: int

    @property
    def number(self) -> bool:
        """Whether it fills a cell of figures."""
        return bool(_AMOUNT.match(self.text) or _BLANK.match(self.text))


@dataclass(slots=True)
class _Half:
    """One side of a row: its name in pieces and the figures after it."""

    names: list[_Token]
    numbers: list[_Token] = field(default_factory=list)

    @property
    def name(self) -> str:
        """The name in one piece."""
        return "".join(token.text for token in self.names)

    @property
    def in_one_line(self) -> bool:
        """Whether the figures stand behind the name in its own last line."""
        return all(token.line == self.names[-1].line for token in self.numbers)


@dataclass(frozen=True, slots=True)
class _Head:
    """The heads in their order; `numbered` says whether there are columns of 行次, `columns` how many amounts stand right."""

    left: tuple[list[_Token], ...]
    right: tuple[list[_Token], ...]
    numbered: bool
    columns: int


@dataclass(frozen=True, slots=True)
class TwoSided:
    """The lines of a two-sided table from its head to `end` (not included); no rows where they are not certain."""

    rows: tuple[tuple[list[Piece], ...], ...]
    end: int

    def table(self, base: int = 0) -> Table:
        """The raw table."""
        cells = [[cell((base + at, text) for at, text in pieces) for pieces in row] for row in self.rows]
        return table(cells, len(self.rows[0]))


def two_sided(lines: Sequence[Line], at: int) -> TwoSided | None:
    """The two-sided table whose head begins in this line; None where none does."""
    if lines[at].words.split() not in (["收入"], ["收入", "支出"]):
        return None
    tokens = list(_tokens(lines, at))
    body = next((number for number, token in enumerate(tokens) if _ORDINAL.match(token.text)), None)
    if body is None or tokens[body].line - at > _HEAD_LINES or not _headed(tokens[:body]):
        return None
    head, halves = _head(tokens[:body]), _halves(tokens[body:])
    if halves is None:
        ends = [token.line for token in tokens if token.text == "总计"]
        return TwoSided((), ends[1] + 1) if len(ends) > 1 else None
    end = max(token.line for half in halves for token in (*half.names, *half.numbers)) + 1
    rows = _rows(head, halves) if head else None
    return TwoSided(tuple(rows or ()), end)


def _tokens(lines: Sequence[Line], at: int) -> Iterator[_Token]:
    """The words from a line on, to the first line of running text."""
    for number, line in enumerate(lines[at : at + _MOST_LINES], at):
        if "。" in line.text:
            return
        for found in _TOKEN.finditer(line.text):
            yield _Token(line.start + found.start(), found[0], number)


def _headed(tokens: Sequence[_Token]) -> bool:
    """Whether words are the head of a two-sided table at all."""
    words = [token.text for token in tokens]
    return "支出" in words and sum(map(bool, map(_ITEM_HEAD.match, words))) == 2


def _head(tokens: Sequence[_Token]) -> _Head | None:
    """The heads put in their order; None where a word is left over or missing."""
    items = [token for token in tokens if _ITEM_HEAD.match(token.text)]
    numbers = [token for token in tokens if token.text == "行次"]
    amounts = [token for token in tokens if token.text in _AMOUNT_HEADS]
    rest = [
        token
        for token in tokens
        if token not in (*items, *numbers, *amounts)
        and token.text not in ("收入", "支出", "栏次")
        and not _LINE_NUMBER.match(token.text)
    ]
    if len(items) != 2 or len(numbers) not in (0, 2):
        return None
    left = [[items[0]], *([[numbers[0]]] if numbers else []), amounts[:1]]
    right = [[items[1]], *([[numbers[1]]] if numbers else [])]
    if len(amounts) == 2 and not rest:
        return _Head(tuple(left), (*right, amounts[1:]), bool(numbers), 1)
    total = [token for token in rest if token.text == "合计"]
    rest = [token for token in rest if token.text != "合计"]
    if len(amounts) != 1 or len(total) != 1:
        return None
    funds = []
    for name in _FUNDS:
        spelt = _spelt(name, rest)
        if spelt is None:
            return None
        funds.append(spelt)
        rest = [token for token in rest if token not in spelt]
    return None if rest else _Head(tuple(left), (*right, total, *funds), bool(numbers), 1 + len(funds))


def _spelt(name: str, tokens: Sequence[_Token]) -> list[_Token] | None:
    """The words that spell a name, in their order, other words between them; None where they do not."""
    if not name:
        return []
    for number, token in enumerate(tokens):
        if name.startswith(token.text):
            more = _spelt(name.removeprefix(token.text), tokens[number + 1 :])
            if more is not None:
                return [token, *more]
    return None


def _halves(tokens: Sequence[_Token]) -> list[_Half] | None:
    """Names with the figures after them, to the second 总计; None where a name is cut off or unknown."""
    halves: list[_Half] = []
    closed = 0
    for token in tokens:
        last = halves[-1] if halves else None
        if closed == 2 and (not token.number or _stands_apart(token, halves[-1])):
            break
        if token.number:
            if last is None or not _complete(last.name):
                return None
            last.numbers.append(token)
        elif last is not None and not last.numbers and _goes_on(last.name, token.text):
            last.names.append(token)
            closed += last.name == "总计"
        elif (last is None or _complete(last.name)) and _begins(token.text):
            halves.append(_Half([token]))
            closed += token.text == "总计"
        else:
            return None
    return halves if closed == 2 and all(_complete(half.name) for half in halves) else None


def _stands_apart(token: _Token, last: _Half) -> bool:
    """Whether a number behind the last row may be a page's number."""
    written = (last.numbers or last.names)[-1].line
    return token.line != written and bool(last.numbers) and "." not in token.text


def _complete(name: str) -> bool:
    return name in _NAMES or bool(_NAME_ENDS.match(name))


def _begins(word: str) -> bool:
    return bool(_ORDINAL.match(word)) or any(name.startswith(word) for name in _NAMES)


def _goes_on(name: str, word: str) -> bool:
    """Whether a name that has no figures yet goes on in the next word."""
    if _ORDINAL.match(word):
        return False
    if _ORDINAL.match(name):
        return not _complete(name) or (name.endswith("拨款") and word == "收入")
    return any(known.startswith(name + word) for known in _NAMES)


def _rows(head: _Head, halves: Sequence[_Half]) -> list[tuple[list[Piece], ...]] | None:
    """Head and rows as cells; None where a side, a 行次 or a column is not certain."""
    sides = _sides(halves)
    if sides is None or (head.numbered and not _rising(halves, sides)):
        return None
    if not head.numbered and not all(half.in_one_line for half in halves):
        return None
    taken = 1 if head.numbered else 0
    left = [half for half, side in zip(halves, sides, strict=True) if side == "left"]
    amounts = {id(half): half.numbers[taken:] for half in halves}
    if any(len(amounts[id(half)]) > 1 for half in left):
        return None
    if not all(half.in_one_line for half in halves) and not _adds_up(left, amounts):
        return None
    funds = _funds_with_money(left, amounts)
    size = len(head.left) + len(head.right)
    first = halves[0].names[0].start
    rows: list[tuple[list[Piece], ...]] = [tuple(_pieces(each) for each in (*head.left, *head.right))]
    for half, side in zip(halves, sides, strict=True):
        shown = amounts[id(half)]
        placed = [shown] if side == "left" else _placed(shown, head.columns, funds)
        if placed is None:
            return None
        cells = [half.names, *([half.numbers[:1]] if head.numbered else []), *placed]
        blank: list[list[_Token]] = [[]] * (size - len(cells))
        row = [*cells, *blank] if side == "left" else [*blank, *cells]
        rows.append(tuple(_pieces(each) or [(first, "")] for each in row))
    return rows


def _pieces(tokens: Sequence[_Token]) -> list[Piece]:
    return [(token.start, token.text) for token in tokens]


def _sides(halves: Sequence[_Half]) -> list[str] | None:
    """The side of each name; None where names do not tell, or the two 总计 are not the last."""
    sides: list[str] = []
    seen: set[str] = set()
    for number, half in enumerate(halves):
        name = half.name
        if name == "总计":
            if number < len(halves) - 2:
                return None
            sides.append("left" if number == len(halves) - 2 else "right")
        elif _of_funds(name):
            opened = any(each.startswith("年初") for each in seen)
            if any(each.startswith("年末") for each in seen) or (name in seen and not opened):
                return None
            sides.append("left")
        elif _LEFT.match(name):
            sides.append("left")
        elif _RIGHT.match(name):
            sides.append("right")
        else:
            return None
        seen.add(name)
    return sides if sides[-2:] == ["left", "right"] and halves[-1].name == halves[-2].name == "总计" else None


def _of_funds(name: str) -> str:
    """The fund that a row names, without its ordinal; "" for other rows."""
    bare = _ORDINAL.sub("", name, count=1).removesuffix("收入")
    return bare if bare in _FUNDS else ""


def _rising(halves: Sequence[_Half], sides: Sequence[str]) -> bool:
    """Whether every row has its 行次 and they rise on each side, all those on the right above all those on the left."""
    rows: dict[str, list[int]] = {"left": [], "right": []}
    for half, side in zip(halves, sides, strict=True):
        if not half.numbers or not _LINE_NUMBER.match(half.numbers[0].text):
            return False
        rows[side].append(int(half.numbers[0].text))
    together = [*rows["left"], *rows["right"]]
    return together == sorted(set(together)) and together[0] == 1


def _adds_up(left: Sequence[_Half], amounts: dict[int, list[_Token]]) -> bool:
    """Whether the income comes out: only then are amounts in lines of their own certainly those of the names above."""
    summed, total = Decimal(0), Decimal(0)
    for half in left:
        if half.name == "本年收入合计":
            total = sum(map(_value, amounts[id(half)]), Decimal(0))
            break
        summed += sum(map(_value, amounts[id(half)]), Decimal(0))
    return summed == total


def _value(token: _Token) -> Decimal:
    if _BLANK.match(token.text):
        return Decimal(0)
    return Decimal(token.text.replace(",", "").replace("，", "").replace("．", ".").replace("－", "-"))


def _funds_with_money(left: Sequence[_Half], amounts: dict[int, list[_Token]]) -> list[int]:
    """Which funds had any income or opening balance, as numbers of `_FUNDS`."""
    named = {_of_funds(half.name) for half in left if any(map(_value, amounts[id(half)]))}
    return [number for number, fund in enumerate(_FUNDS) if fund in named]


def _placed(amounts: list[_Token], columns: int, funds: Sequence[int]) -> list[list[_Token]] | None:
    """The amounts of a row on the right in their columns; None where blanks between them could stand elsewhere.

    Blanks are certain where the row adds up and has as many parts as funds had money.
    """
    if not amounts:
        return [[]] * columns
    if len(amounts) == columns:
        return [[token] for token in amounts]
    parts = amounts[1:]
    if len(parts) != len(funds) or len(amounts) > columns or sum(map(_value, parts)) != _value(amounts[0]):
        return None
    by_fund = dict(zip(funds, parts, strict=True))
    return [amounts[:1], *([by_fund[fund]] if fund in by_fund else [] for fund in range(len(_FUNDS)))]
