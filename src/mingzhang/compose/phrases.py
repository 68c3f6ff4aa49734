"""Phrases around a figure: amounts with units, directions, comparisons with last year and with the budget."""

from __future__ import annotations

from dataclasses import dataclass

from mingzhang.compose.printer import Printer
from mingzhang.documents import Span
from mingzhang.facts import ACTUAL, INITIAL_BUDGET, Coordinate, Measure
from mingzhang.facts.store import comparison_inputs
from mingzhang.facts.titles import title_of
from mingzhang.numbers import PERCENT, unit_named

MORE_OR_LESS = ("增加", "减少")
UP_OR_DOWN = ("增长", "下降")
LEVEL = "持平"


class TemplateError(ValueError):
    """A slot of a section text cannot be understood."""


@dataclass(frozen=True, slots=True)
class Missing:
    """Something the user still has to supply: what, in Chinese, and the key it is kept under."""

    what: str
    key: str


@dataclass(frozen=True, slots=True)
class Phrases:
    """Writes figures in words, each figure as a span of its own; what is unknown is shown and added to `missing`."""

    printer: Printer
    year: int
    missing: list[Missing]

    def write(self, coordinate: Coordinate, style: str) -> list[Span]:
        """The figure at a coordinate in a style of the slot language (a unit where it is none of the words)."""
        match style:
            case "同比":
                return self._compared(coordinate, str(self.year - 1))
            case "比预算":
                return self._against_budget(coordinate)
            case "完成":
                return self._completed(coordinate)
            case "增减":
                base = (
                    coordinate.during(coordinate.measure.of)
                    if coordinate.measure.of.isdigit()
                    else coordinate
                )
                return self._direction(coordinate, MORE_OR_LESS) or [
                    self.gap("对比数", base.measured(ACTUAL))
                ]
            case "增长":
                return self._direction(coordinate, UP_OR_DOWN)
            case "大小":
                value = self.printer.store.value(coordinate) or 0
                zero = self.printer.prints_nothing(coordinate)
                return [Span("等于" if zero else "大于" if value > 0 else "小于")]
            case "数":
                return self._amount(coordinate, "")[:1]
        return self._amount(coordinate, style)

    def budget_lead(self, change: Coordinate) -> str:
        """The words before the reason why an actual differs from its initial budget."""
        word = "大于" if (self.printer.store.value(change) or 0) > 0 else "小于"
        return f"，支出决算数{word}年初预算数的主要原因是"

    def gap(self, kind: str, coordinate: Coordinate, key: str = "") -> Span:
        """A marked place for what the user still has to supply."""
        what = f"{kind}：{title_of(coordinate, self.printer.store.vocabulary)}"
        self.missing.append(Missing(what, key or str(coordinate)))
        return Span(f"【待填写{what}】", missing=True, key=key or str(coordinate))

    def _amount(self, coordinate: Coordinate, style: str) -> list[Span]:
        decimals = int(style[-1]) if style[-1:].isdigit() else None
        name = style.rstrip("0123456789")
        wanted = unit_named(name) if name else None
        own = self.printer.unit_of(coordinate)
        if name and (wanted is None or wanted.kind != own.kind):
            if own.kind in ("money", PERCENT.kind) or (
                wanted is not None and wanted.kind in ("money", PERCENT.kind)
            ):
                raise TemplateError(
                    f"“{title_of(coordinate, self.printer.store.vocabulary)}”不能写作“{name}”"
                )
            wanted = None  # a count under another classifier: 9 辆 printed as 9 台
        figure = self.printer.figure(coordinate, unit=wanted, decimals=decimals)
        if figure is None:
            return [self.gap("数字", coordinate)]
        return [Span(figure.text, figure), Span(name or own.chinese)]

    def _direction(self, coordinate: Coordinate, words: tuple[str, str], *, level: bool = True) -> list[Span]:
        """Direction and size; where the size prints as zero, 持平, or for not `level` the direction all the same."""
        figure = self.printer.figure(coordinate, magnitude=True)
        if figure is None:
            return []
        if level and self.printer.prints_nothing(coordinate):
            return [Span(LEVEL)]
        return [Span(words[figure.value < 0]), Span(figure.text, figure), Span(figure.unit)]

    def _compared(self, coordinate: Coordinate, base: str) -> list[Span]:
        change = coordinate.measured(Measure("change", base))
        if self.printer.store.value(change) is None:
            return [self.gap("对比数", coordinate.during(base))]
        if self.printer.prints_nothing(change):
            return [Span(LEVEL)]
        spans = self._direction(change, MORE_OR_LESS)
        before = self.printer.store.value(coordinate.during(base)) or 0
        if before <= 0:
            return [*spans, Span(f"（上年为{'负数' if before else '0'}，不计算增幅）")]
        growth = coordinate.measured(Measure("growth", base))
        return [*spans, Span("，"), *self._direction(growth, UP_OR_DOWN, level=False)]

    def _against_budget(self, coordinate: Coordinate) -> list[Span]:
        change = coordinate.measured(Measure("change", "initial_budget"))
        if self.printer.store.value(change) is None:
            return [self.gap("数字", coordinate.measured(INITIAL_BUDGET))]
        if not self.printer.store.value(coordinate.measured(INITIAL_BUDGET)):
            more = [] if self.printer.prints_nothing(change) else self._direction(change, MORE_OR_LESS)
            return [Span("年初未安排预算"), *([Span("，比年初预算"), *more] if more else [])]
        if self.printer.prints_nothing(change):
            return [Span(f"与年初预算{LEVEL}")]
        return [Span("比年初预算"), *self._direction(change, MORE_OR_LESS)]

    def ratio(self, coordinate: Coordinate, style: str, lead: str) -> list[Span]:
        """A ratio after its lead; nothing where what it is measured by prints as zero or is negative."""
        if self.printer.unit_of(coordinate) is not PERCENT:
            raise TemplateError(f"“{coordinate}”不是占比或完成率")
        _, base = comparison_inputs(coordinate)
        if self.printer.store.value(base) is None:
            return [Span(lead), self.gap("数字", base)]
        if self.printer.prints_nothing(base) or (self.printer.store.value(base) or 0) < 0:
            return []
        return [Span(lead), *self._amount(coordinate, style)]

    def _completed(self, coordinate: Coordinate) -> list[Span]:
        budget = self.printer.store.value(coordinate.measured(INITIAL_BUDGET))
        if budget is None:
            return [self.gap("数字", coordinate.measured(INITIAL_BUDGET))]
        if budget == 0:
            return [Span("年初未安排预算")]
        figure = self.printer.figure(coordinate.measured(Measure("completion", "initial_budget")))
        return [Span("完成年初预算的"), Span(figure.text, figure), Span("%")] if figure else []
