"""The slot language of section texts.

A slot stands in braces:

    {year} {last_year} {name} {body} …            words (see `Words`)
    {cell}  {cell:格式}                            a figure; `cell` is `concept[dimension=code]#measure`,
                                                  with `@last_year` for the year before
    {reason:cell:lead}                            lead and the user's reason, where the cell is not zero
    {budget_reason:cell}                          the same for an actual against its initial budget, with its direction
    {names:cell:dimension}                        names of the lowest codes under which the cell is not zero
    {text:name}                                   a short text of the user

In cells, `last_year` may stand for the period before (`#change(of=last_year)`) and `$code` for the code of a
repetition. Formats:

    万元 元 % 人 辆 …   digits and unit (%2: with two decimals)      数      digits alone
    增减               增加X万元 / 减少X万元 / 持平   增长     增长X% / 下降X%, nothing from a zero base
    同比               增减 and 增长 against last year, of an actual
    比预算             增减 against the initial budget   完成   完成年初预算的X%, or that none was set
    大小               大于 / 小于 / 等于 of a change
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from mingzhang.compose.printer import Printer
from mingzhang.compose.titles import title_of
from mingzhang.documents import Span
from mingzhang.facts import INITIAL_BUDGET, Cell, Coordinate, CoordinateError, Measure
from mingzhang.numbers import unit_named

_SLOT = re.compile(r"\{([^{}]+)\}")


class TemplateError(ValueError):
    """A slot of a section text cannot be understood."""


@dataclass(frozen=True, slots=True)
class Missing:
    """Something the user still has to supply: what, in Chinese, and the key it is kept under."""

    what: str
    key: str


@dataclass
class Writer:
    """Renders templates for one entity and year. `missing` collects what the user still has to supply."""

    printer: Printer
    entity: str
    year: int
    words: Mapping[str, str]
    reasons: Mapping[str, str] = field(default_factory=dict)
    texts: Mapping[str, str] = field(default_factory=dict)
    missing: list[Missing] = field(default_factory=list)

    # -- coordinates -----------------------------------------------------------------------------------------

    def coordinate(self, text: str, code: str = "") -> Coordinate:
        """Read a slot's cell (with `@last_year` and `$code`) as a full coordinate."""
        cell_text, _, period = text.replace("$code", code).partition("@")
        try:
            cell = self.printer.store.vocabulary.check(Cell.parse(cell_text))
        except CoordinateError as problem:
            raise TemplateError(str(problem)) from None
        if period not in ("", "last_year"):
            raise TemplateError(f"“{text}”：@ 之后只能写 last_year")
        this, last = str(self.year), str(self.year - 1)
        if cell.measure.of == "last_year":
            cell = cell.measured(Measure(cell.measure.kind, last))
        return cell.at(self.entity, last if period else this)

    def is_zero(self, text: str, code: str = "") -> bool:
        """Whether the figure of a cell is unknown or prints as zero."""
        figure = self.printer.figure(self.coordinate(text, code))
        return figure is None or not any(digit in "123456789" for digit in figure.text)

    # -- rendering -------------------------------------------------------------------------------------------

    def render(self, text: str, code: str = "", words: Mapping[str, str] | None = None) -> tuple[Span, ...]:
        """Render a template to spans."""
        spans: list[Span] = []
        position = 0
        for slot in _SLOT.finditer(text):
            spans.append(Span(text[position : slot.start()]))
            spans.extend(self._slot(slot[1], code, {**self.words, **(words or {})}))
            position = slot.end()
        spans.append(Span(text[position:]))
        return merge(spans)

    def _slot(self, slot: str, code: str, words: Mapping[str, str]) -> list[Span]:
        head, _, rest = slot.partition(":")
        if head in words and not rest:
            return [Span(words[head])]
        if head == "reason":
            cell, _, lead = rest.partition(":")
            return self._reason(cell, lead, code)
        if head == "budget_reason":
            return self._budget_reason(rest, code)
        if head == "text":
            return list(self.render(self.texts.get(rest, "").strip()))
        if head == "names":
            cell, _, dimension = rest.rpartition(":")
            return [Span("、".join(self.names(cell, dimension)))]
        return self._figure(head, rest, code)

    def _figure(self, cell: str, style: str, code: str) -> list[Span]:
        coordinate = self.coordinate(cell, code)
        if style == "同比":
            return self._compare(coordinate, str(self.year - 1))
        if style == "比预算":
            return self._against_budget(coordinate)
        if style == "完成":
            return self._completed(coordinate)
        if style == "增减":
            return self._direction(coordinate, ("增加", "减少"), "持平")
        if style == "增长":
            return self._direction(coordinate, ("增长", "下降"), "持平")
        if style == "大小":
            value = self.printer.store.value(coordinate) or 0
            return [Span("等于" if self._prints_zero(coordinate) else "大于" if value > 0 else "小于")]
        if style == "数":
            return self._number(coordinate, unit=False)
        return self._number(coordinate, style)

    def _number(self, coordinate: Coordinate, style: str = "", *, unit: bool = True) -> list[Span]:
        decimals = int(style[-1]) if style[-1:].isdigit() else None
        style = style.rstrip("0123456789")
        wanted = unit_named(style) if style else None
        own = self.printer.unit_of(coordinate)
        if wanted is not None and wanted.kind != own.kind:
            wanted, shown = own, style  # a count under another classifier: 9 辆 printed as 9 台
        else:
            shown = (wanted or own).chinese
        figure = self.printer.figure(coordinate, unit=wanted, decimals=decimals)
        if figure is None:
            return [self._gap(f"数字：{self._title(coordinate)}", str(coordinate))]
        return [Span(figure.text, figure), Span(shown if unit else "")]

    def _direction(self, coordinate: Coordinate, words: tuple[str, str], level: str) -> list[Span]:
        figure = self.printer.figure(coordinate, magnitude=True)
        if figure is None:
            return []
        if self._prints_zero(coordinate):
            return [Span(level)]
        return [
            Span(words[0] if figure.value > 0 else words[1]),
            Span(figure.text, figure),
            Span(figure.unit),
        ]

    def _compare(self, coordinate: Coordinate, base: str) -> list[Span]:
        change = coordinate.measured(Measure("change", base))
        if self.printer.store.value(change) is None:
            return [
                self._gap(f"对比数：{self._title(coordinate.during(base))}", str(coordinate.during(base)))
            ]
        if self._prints_zero(change):
            return [Span("持平")]
        spans = self._direction(change, ("增加", "减少"), "持平")
        growth = self._direction(coordinate.measured(Measure("growth", base)), ("增长", "下降"), "增长0%")
        return [*spans, Span("，"), *growth] if growth else [*spans, Span("（上年为0，不计算增幅）")]

    def _against_budget(self, coordinate: Coordinate) -> list[Span]:
        change = coordinate.measured(Measure("change", "initial_budget"))
        if self.printer.store.value(change) is None:
            return [self._no_budget(coordinate.measured(INITIAL_BUDGET))]
        if self._prints_zero(change):
            return [Span("与年初预算持平")]
        return [Span("比年初预算"), *self._direction(change, ("增加", "减少"), "")]

    def _completed(self, coordinate: Coordinate) -> list[Span]:
        budget = self.printer.store.value(coordinate.measured(INITIAL_BUDGET))
        if budget is None:
            return [self._no_budget(coordinate.measured(INITIAL_BUDGET))]
        if budget == 0:
            return [Span("年初未安排预算")]
        figure = self.printer.figure(coordinate.measured(Measure("completion", "initial_budget")))
        return [Span("完成年初预算的"), Span(figure.text, figure), Span("%")] if figure else []

    def _prints_zero(self, coordinate: Coordinate) -> bool:
        figure = self.printer.figure(coordinate)
        return figure is not None and not any(digit in "123456789" for digit in figure.text)

    # -- the user's words ------------------------------------------------------------------------------------

    def _reason(self, cell: str, lead: str, code: str) -> list[Span]:
        coordinate = self.coordinate(cell, code)
        if self.printer.store.value(coordinate) is None or self._prints_zero(coordinate):
            return []
        key = cell.replace("$code", code)
        reason = self.reasons.get(key, "").strip()
        if reason:
            return [Span(lead), *self.render(reason.rstrip("。；;"))]
        return [Span(lead), self._gap(f"变动原因：{self._title(coordinate)}", key)]

    def _budget_reason(self, cell: str, code: str) -> list[Span]:
        change = f"{cell}#change(of=initial_budget)"
        value = self.printer.store.value(self.coordinate(change, code))
        if value is None:
            return []
        word = "大于" if value > 0 else "小于"
        return self._reason(change, f"，支出决算数{word}年初预算数的主要原因是", code)

    def _no_budget(self, budget: Coordinate) -> Span:
        return self._gap(f"数字：{self._title(budget)}", str(budget))

    def _title(self, coordinate: Coordinate) -> str:
        return title_of(coordinate, self.printer.store.vocabulary)

    def _gap(self, what: str, key: str) -> Span:
        self.missing.append(Missing(what, key))
        return Span(f"【待填写{what}】", missing=True)

    def names(self, cell: str, dimension: str) -> list[str]:
        """Chinese names of the lowest codes of a dimension under which the cell's printed figure is not zero."""
        coordinate = self.coordinate(cell)
        within = coordinate.get(dimension)
        tree = self.printer.store.vocabulary.dimensions[dimension]
        codes = (
            self.printer.store.codes(coordinate.cell, dimension, self.entity, coordinate.period)
            if within is None
            else [
                code
                for code in tree.leaves(within)
                if not self._prints_zero_or_unknown(coordinate.where(**{dimension: code}))
            ]
        )
        return [tree.label(code) for code in codes if not tree.children(code)]

    def _prints_zero_or_unknown(self, coordinate: Coordinate) -> bool:
        return self.printer.store.value(coordinate) is None or self._prints_zero(coordinate)


def merge(spans: list[Span]) -> tuple[Span, ...]:
    """Join neighbouring plain spans, drop empty ones."""
    merged: list[Span] = []
    for span in spans:
        if not span.text:
            continue
        last = merged[-1] if merged else None
        plain = last is not None and not (last.figure or span.figure or last.missing or span.missing)
        if plain and last is not None and last.bold == span.bold:
            merged[-1] = Span(last.text + span.text, bold=last.bold)
        else:
            merged.append(span)
    return tuple(merged)
