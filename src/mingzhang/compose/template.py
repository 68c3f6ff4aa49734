"""The slot language of section texts.

A slot stands in braces:

    {year} {last_year} {name} {body} …            words (see `Words`)
    {cell}  {cell:格式}                            a figure; `cell` is `concept[dimension=code]#measure`,
                                                  with `@last_year` for the year before, `@1-11` for
                                                  its months from January to November
    {reason:cell:lead}                            lead and the user's reason, where the cell is not zero
    {budget_reason:cell}                          the same for an actual against its initial budget, with its direction
    {ratio:cell:格式:lead}                         lead and a ratio; nothing where its base is zero
    {names:cell:dimension}                        names of the lowest codes under which the cell is not zero
    {text:name}                                   a short text of the user

In cells, `last_year` may stand for the period before (`#change(of=last_year)`) and `$code` for the code of a
repetition. Formats:

    万元 元 % 人 辆 …   digits and unit (%2: with two decimals)      数      digits alone
    增减               增加X万元 / 减少X万元 / 持平   增长     增长X% / 下降X%, nothing from a zero base
    同比               增减 and 增长 against last year, of an actual
    比预算             增减 against the initial budget, or that none was set
    完成               完成年初预算的X%, or that none was set
    大小               大于 / 小于 / 等于 of a change
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from mingzhang.compose.phrases import Missing, Phrases, TemplateError
from mingzhang.compose.printer import Printer
from mingzhang.documents import Span
from mingzhang.facts import Cell, Coordinate, CoordinateError, Measure

_SLOT = re.compile(r"\{([^{}]+)\}")
_NEAR = re.compile(r"did you mean '([^']+)'")
_CHINESE = re.compile("[，。：]|不|没有")
_MONTHS = re.compile(r"(\d{1,2})-(\d{1,2})")
_USER_SLOTS = ("reason", "budget_reason", "text")
"""Slots that put in words of the user; such words may not use them again."""


@dataclass
class Writer:
    """Renders templates for one entity and year. `missing` collects what the user still has to supply.

    `keyed` lets the user's own words know the key they are kept under, so that they can be edited where they stand.
    """

    printer: Printer
    entity: str
    year: int
    words: Mapping[str, str]
    reasons: Mapping[str, str] = field(default_factory=dict)
    texts: Mapping[str, str] = field(default_factory=dict)
    missing: list[Missing] = field(default_factory=list)
    keyed: bool = False

    @property
    def phrases(self) -> Phrases:
        """The phrases of this writer's year."""
        return Phrases(self.printer, self.year, self.missing)

    def coordinate(self, text: str, code: str = "") -> Coordinate:
        """Read a slot's cell (with `@last_year` and `$code`) as a full coordinate."""
        cell_text, _, period = text.replace("$code", code).partition("@")
        try:
            cell = self.printer.store.vocabulary.check(Cell.parse(cell_text))
            if cell.measure.kind == "share":
                self.printer.store.vocabulary.check(Cell.parse(cell.measure.of))
        except CoordinateError as problem:
            raise TemplateError(str(problem)) from None
        this, last = str(self.year), str(self.year - 1)
        months = _MONTHS.fullmatch(period)
        if months and 1 <= int(months[1]) <= int(months[2]) <= 12:
            return cell.at(self.entity, f"{this}-{int(months[1]):02d}..{this}-{int(months[2]):02d}")
        if period not in ("", "last_year"):
            raise TemplateError(f"“{text}”：@ 之后只能写 last_year，或者起止月份如 1-11")
        if cell.measure.of == "last_year":
            cell = cell.measured(Measure(cell.measure.kind, last))
        return cell.at(self.entity, last if period else this)

    def is_zero(self, text: str, code: str = "") -> bool:
        """Whether the figure of a cell is unknown or prints as zero."""
        return self.printer.prints_nothing(self.coordinate(text, code))

    def render(self, text: str, code: str = "", words: Mapping[str, str] | None = None) -> tuple[Span, ...]:
        """Render a template of the edition to spans. Raises TemplateError for a slot it does not understand."""
        spans: list[Span] = []
        position = 0
        for slot in _SLOT.finditer(text):
            spans.append(Span(text[position : slot.start()]))
            spans.extend(self._slot(slot[1], code, {**self.words, **(words or {})}))
            position = slot.end()
        spans.append(Span(text[position:]))
        return merge(spans)

    def render_user(self, text: str, key: str = "") -> tuple[Span, ...]:
        """Render words of the user: a slot that cannot be understood is shown and noted as missing, never lost."""
        spans: list[Span] = []
        position = 0
        for slot in _SLOT.finditer(text):
            spans.append(Span(text[position : slot.start()]))
            try:
                if slot[1].partition(":")[0] in _USER_SLOTS:
                    raise TemplateError(f"文字里不能再引用{slot[0]}")
                spans.extend(self.render(slot[0]))
            except TemplateError as problem:
                self.missing.append(
                    Missing(f"文字中的数字引用“{slot[0]}”（{_in_chinese(problem)}）", text[:60])
                )
                spans.append(Span(slot[0], missing=True))
            position = slot.end()
        spans.append(Span(text[position:]))
        return merge([replace(span, key=key) for span in spans] if self.keyed and key else spans)

    def names(self, cell: str, dimension: str) -> list[str]:
        """Chinese names of the lowest codes of a dimension under which the cell's printed figure is not zero."""
        coordinate = self.coordinate(cell)
        within = coordinate.get(dimension)
        tree = self.printer.store.vocabulary.dimensions[dimension]
        codes = (
            self.printer.store.codes(coordinate.cell, dimension, self.entity, coordinate.period)
            if within is None
            else tree.leaves(within)
        )
        return [
            tree.label(code)
            for code in codes
            if not tree.children(code)
            and not self.printer.prints_nothing(coordinate.where(**{dimension: code}))
        ]

    def _slot(self, slot: str, code: str, words: Mapping[str, str]) -> list[Span]:
        head, _, rest = slot.partition(":")
        if head in words and not rest:
            return [Span(words[head])]
        if head == "reason":
            cell, _, lead = rest.partition(":")
            return self._reason(cell, lead, code)
        if head == "budget_reason":
            change = f"{rest}#change(of=initial_budget)"
            return self._reason(change, self.phrases.budget_lead(self.coordinate(change, code)), code)
        if head == "ratio":
            cell, style, lead = (*rest.split(":", 2), "", "")[:3]
            return self.phrases.ratio(self.coordinate(cell, code), style, lead)
        if head == "text":
            return list(self.render_user(self.texts.get(rest, "").strip(), rest))
        if head == "names":
            cell, _, dimension = rest.rpartition(":")
            if dimension not in self.printer.store.vocabulary.dimensions:
                raise TemplateError(f"“{slot}”：没有“{dimension}”这个维度")
            return [Span("、".join(self.names(cell, dimension)))]
        return self.phrases.write(self.coordinate(head, code), rest)

    def _reason(self, cell: str, lead: str, code: str) -> list[Span]:
        coordinate = self.coordinate(cell, code)
        if self.printer.prints_nothing(coordinate):
            return []
        key = cell.replace("$code", code)
        reason = self.reasons.get(key, "").strip()
        if reason:
            return [Span(lead), *self.render_user(reason.rstrip("。；;"), key)]
        return [Span(lead), self.phrases.gap("变动原因", coordinate, key)]


def _in_chinese(problem: TemplateError) -> str:
    """What is wrong with a slot, for the user who wrote it."""
    if near := _NEAR.search(str(problem)):
        return f"无法识别，是不是{near[1]}？"
    return str(problem) if _CHINESE.search(str(problem)) else "无法识别"


def merge(spans: list[Span]) -> tuple[Span, ...]:
    """Join neighbouring plain spans, drop empty ones."""
    merged: list[Span] = []
    for span in spans:
        if not span.text:
            continue
        last = merged[-1] if merged else None
        plain = last is not None and not (last.figure or span.figure or last.missing or span.missing)
        if plain and last is not None and (last.bold, last.key) == (span.bold, span.key):
            merged[-1] = Span(last.text + span.text, bold=last.bold, key=last.key)
        else:
            merged.append(span)
    return tuple(merged)
