"""A self-evaluation form as read: its row of money and its rows of indicators, each number with its cell.

Columns are counted from the right: cells that span rows or columns stand at the left of these forms.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction

from mingzhang.documents import Table, TableCell, TableRow
from mingzhang.numbers import printed
from mingzhang.numbers.printed import Printed
from mingzhang.numbers.units import RATIO, SCORE, TEN_THOUSAND_YUAN, YUAN, Unit

_BUDGET = re.compile(r"^(?:全年预算数|预算数|调整后预算数|全年预算)(?:\(A\))?")
_INITIAL = re.compile(r"^年初预算")
_EXECUTED = re.compile(r"^(?:全年执行数|执行数|实际执行数|全年执行)(?:\(B\))?")
_RATE = re.compile(r"执行率")
_POINTS = re.compile(r"^(?:得分|自评得分|评价得分)")
_WEIGHT = re.compile(r"^(?:分值|权重|标准分)")
_TARGET = re.compile(r"(?:年度指标值|年初目标值|目标值|指标值|绩效目标值)")
_ACTUAL = re.compile(r"(?:实际完成值|实际完成|完成值)")
_NAME = re.compile(r"三级指标")
_REASON = re.compile(r"(?:偏差原因|原因分析|未完成原因|备注)")
_OF_TWENTY = re.compile(r"\((\d{1,2})分")
_TOTAL = re.compile(r"^(?:总分|合计|总计|总得分)")
_WHOLE_MONEY = re.compile(r"(?:年度财政资金总额|年度资金总额|部门整体支出总额|资金总额|支出总额)")
_NUMBER = re.compile(r"-?\d[\d,]*(?:\.\d+)?")
_SIGNED = re.compile(r"^(?P<operator>≥|>=|>|≤|<=|<|=)?(?P<value>-?\d[\d,]*(?:\.\d+)?)(?P<unit>\D*)$")


@dataclass(frozen=True, slots=True)
class Value:
    """A number of the form with its cell."""

    printed: Printed
    cell: TableCell


@dataclass(frozen=True, slots=True)
class Indicator:
    """One row: what of it could be read as numbers. `operator` is blank where the target has no sign."""

    name: str
    operator: str
    target: Value | None
    actual: Value | None
    weight: Value | None
    points: Value | None
    reason: str | None
    """The text of the row's own field for reasons; None where the form has none."""
    cells: tuple[TableCell, ...]

    @property
    def reached(self) -> Fraction | None:
        """Actual of target where the target's direction is stated; 1 or more where it is reached, None where unknown."""
        if self.target is None or self.actual is None or not self.operator:
            return None
        wanted, value = self.target.printed, self.actual.printed
        if wanted.exact <= 0 or value.exact < 0:
            return None
        if self.operator in ("≥", ">"):
            return value.interval.high / wanted.exact
        if self.operator in ("≤", "<"):
            return wanted.exact / value.interval.low if value.interval.low > 0 else Fraction(1)
        return None

    @property
    def is_missed(self) -> bool:
        """Whether its target was surely missed."""
        share = self.reached
        return share is not None and share < 1


@dataclass(frozen=True)
class Sheet:
    """One form."""

    title: str
    budget: Value | None
    executed: Value | None
    rate: Value | None
    execution_weight: int | None
    execution_points: Value | None
    indicators: tuple[Indicator, ...]
    weights_total: Value | None
    total: Value | None
    reasons: str | None
    """The form's own field for reasons; None where it has none."""
    project: str = ""
    """The project's name; blank for a department's form."""
    parts: tuple[tuple[str, Value], ...] = ()
    """What a department's form states of its basic and project expenditure: its nature and the amount."""


def sheets(tables: Sequence[Table]) -> Iterator[Sheet]:
    """The self-evaluation forms among a report's tables; a table without both money and points is none."""
    for table in tables:
        rows = [*table.header, *table.body]
        heads = {kind: at for at, row in enumerate(rows) if (kind := _kind(row))}
        if "money" in heads and "indicators" in heads:
            yield _sheet(table, rows, heads["money"], heads["indicators"])


def _kind(row: TableRow) -> str:
    """`money` or `indicators` where a row is the head of that part."""
    texts = [_plain(cell.text) for cell in row.cells]
    if any(_RATE.search(text) for text in texts) and any(_EXECUTED.match(text) for text in texts):
        return "money"
    if any(_ACTUAL.search(text) for text in texts) and any(_POINTS.match(text) for text in texts):
        return "indicators"
    return ""


def _sheet(table: Table, rows: Sequence[TableRow], money_head: int, head: int) -> Sheet:
    texts = [_plain(cell.text) for cell in rows[money_head].cells]
    columns = _columns(texts, (("initial", _INITIAL), ("budget", _BUDGET), ("executed", _EXECUTED), ("rate", _RATE), ("weight", _WEIGHT), ("points", _POINTS)))  # fmt: skip
    money = next(
        (row for row in rows[money_head + 1 : money_head + 3] if any(_WHOLE_MONEY.search(_plain(cell.text)) for cell in row.cells)),
        None,
    )  # fmt: skip
    unit = YUAN if "(元)" in "".join(texts) else TEN_THOUSAND_YUAN

    def of_money(name: str, unit: Unit) -> Value | None:
        return _value(money, columns.get(name), unit) if money else None

    stated = of_money("weight", SCORE)
    named = _OF_TWENTY.search(
        "".join(text for text in texts if "执行率" in text or "预算执行" in text or "得分" in text)
    )
    weight = int(stated.printed.value) if stated else int(named[1]) if named else None
    last = next(
        (at for at, row in enumerate(rows) if at > head and _TOTAL.match(_plain(row.cells[0].text))), None
    )
    own = _columns(
        [_plain(cell.text) for cell in rows[head].cells],
        (("name", _NAME), ("target", _TARGET), ("actual", _ACTUAL), ("weight", _WEIGHT), ("points", _POINTS), ("reason", _REASON)),
    )  # fmt: skip
    within = [row for row in rows[head + 1 : last] if not _kind(row) and len(row.cells) >= len(own)]
    total = rows[last] if last is not None else None
    return Sheet(
        table.title,
        of_money("budget", unit),
        of_money("executed", unit),
        of_money("rate", RATIO),
        weight,
        of_money("points", SCORE),
        tuple(_indicators(within, own)),
        _value(total, own.get("weight"), SCORE) if total else None,
        _value(total, own.get("points"), SCORE) if total else None,
        _reasons(rows),
        _project(rows),
        tuple(_parts(rows)),
    )


def _project(rows: Sequence[TableRow]) -> str:
    """The name beside 项目名称."""
    for row in rows:
        if len(row.cells) > 1 and _plain(row.cells[0].text) == "项目名称":
            return _plain(row.cells[1].text)
    return ""


def _parts(rows: Sequence[TableRow]) -> Iterator[tuple[str, Value]]:
    """Basic and project expenditure above the money of a department's form."""
    for row in rows:
        head = _plain(row.cells[0].text) if row.cells else ""
        nature = {"基本支出总额": "basic", "项目支出总额": "project"}.get(head)
        if nature and len(row.cells) > 1:
            text = _plain(row.cells[1].text)
            value = _number(
                row.cells[1], YUAN if text.endswith("元") and not text.endswith("万元") else TEN_THOUSAND_YUAN
            )
            if value is not None:
                yield nature, value


def _columns(texts: Sequence[str], wanted: Sequence[tuple[str, re.Pattern[str]]]) -> dict[str, int]:
    """Where each column stands, counted from the right (1 is the last)."""
    found: dict[str, int] = {}
    for at, text in enumerate(texts):
        for name, pattern in wanted:
            if name not in found and pattern.search(text):
                found[name] = len(texts) - at
                break
    return found


def _indicators(rows: Sequence[TableRow], columns: dict[str, int]) -> Iterator[Indicator]:
    for row in rows:
        name = _cell(row, columns.get("name"))
        points = _value(row, columns.get("points"), SCORE)
        if name is None or not _plain(name.text) or points is None:
            continue
        target, actual = _cell(row, columns.get("target")), _cell(row, columns.get("actual"))
        signed = _SIGNED.match(_plain(target.text)) if target else None
        reason = _cell(row, columns.get("reason"))
        yield Indicator(
            _plain(name.text),
            {">=": "≥", "<=": "≤"}.get(signed["operator"] or "", signed["operator"] or "") if signed else "",
            _number(target) if signed else None,
            _number(actual) if actual and _SIGNED.match(_plain(actual.text)) else None,
            _value(row, columns.get("weight"), SCORE),
            points,
            None if reason is None else _plain(reason.text),
            row.cells,
        )


def _reasons(rows: Sequence[TableRow]) -> str | None:
    """What stands beside 偏差大或目标未完成原因分析 below the indicators."""
    for row in rows:
        if len(row.cells) == 2 and re.search(r"(?:偏差|未完成).*原因", _plain(row.cells[0].text)):
            return _plain(row.cells[1].text)
    return None


def _cell(row: TableRow, from_right: int | None) -> TableCell | None:
    return row.cells[-from_right] if from_right and from_right <= len(row.cells) else None


def _value(row: TableRow, from_right: int | None, unit: Unit) -> Value | None:
    cell = _cell(row, from_right)
    return _number(cell, unit) if cell is not None else None


def _number(cell: TableCell | None, unit: Unit = RATIO) -> Value | None:
    """The one number of a cell; a rate keeps its percent as hundredths."""
    if cell is None:
        return None
    text = _plain(cell.text)
    found = _NUMBER.search(text)
    if found is None or len(found[0]) > 20:
        return None
    value = printed(found[0], unit)
    return Value(value, cell)


def _plain(text: str) -> str:
    return re.sub(r"\s", "", text).translate(str.maketrans("（）：＝≧≦", "():=≥≤"))
