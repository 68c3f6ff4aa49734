"""Paragraphs → statements: each figure with its subject, its role (actual, budget, change, growth, share …) and sign."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from mingzhang.documents import Page, Text, places
from mingzhang.facts import ACTUAL, Cell, Coordinate, Fact, Measure, PrintedAt, Statement
from mingzhang.numbers import Interval
from mingzhang.read.narrative.contexts import Context
from mingzhang.read.narrative.figures import FigureSpan, figures
from mingzhang.read.narrative.subjects import Named, Namer, local_label

_UP, _DOWN = r"增加|增长|上升|提高|增多|多支出|超支", r"减少|下降|降低|减幅|节约|少支出"
_MOVED = re.compile(rf"(?P<up>{_UP})|(?P<down>{_DOWN})")
_SHARE = re.compile(r"占(?:比|(?P<base>[^，；。]{0,30}?)(?:的)?(?:比重|比例)?(?:为)?)\Z")
_COMPLETION = re.compile(
    r"(?:完成(?P<kind>年初|全年|调整)?预算(?:数)?的?(?:比例)?(?:为)?|(?P<rate>执行率|预算完成率)(?:为|达)?)\Z"
)
_INITIAL = re.compile(r"年初预算(?:数)?(?:为|是|安排)?\Z")
_ADJUSTED = re.compile(r"(?:全年|调整后?)预算(?:数)?(?:为|是)?\Z|预算(?:总额|金额)(?:为)?\Z")
_EXECUTED = re.compile(
    r"(?:支出决算(?:数)?|决算(?:数)?|实际(?:执行|使用|支出)(?:总额|金额|数)?|执行数)(?:为|是)?\Z"
)
_AGAINST_BUDGET = re.compile(r"(?:比|较)(?P<kind>年初|全年|调整)?预算")
_ASIDE = re.compile(r"(?:主要用于|用于|原因)[^。]*。")
"""A whole sentence of purpose or reason: what it names is not what the next figure is of."""
_LISTED = re.compile(r":(?!其中)[^,;:]*[一-龥]{3,}[^,;:]*\Z")
"""A list opened by a colon, with a name of its own before the figure."""
_LAST_YEAR = re.compile(r"(?:与|比|较)(?:(?P<year>20\d\d)年度?|上年度?|去年|上一年度?)|同比")


@dataclass(slots=True)
class _State:
    """What a paragraph has named so far."""

    named: Named | None = None
    local: str = ""
    base: str = ""
    last: list[Statement] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Reader:
    """Reads paragraphs of one report: who reports, for which year, and how words are named."""

    namer: Namer
    pages: tuple[Page, ...]
    document: str
    entity: str
    year: int

    def statements(self, text: Text, context: Context, prefix: str) -> Iterator[Statement]:
        """The statements of one paragraph, in order; ids are the prefix and a number."""
        state, before = _State(), 0
        for number, span in enumerate(figures(text.text)):
            lead = _ASIDE.sub("。", text.text[before : span.start])
            statement = self._statement(text, span, lead, context, state)
            before = span.end
            if statement is not None:
                yield _renamed(statement, f"{prefix}.{number}")

    def _statement(
        self, text: Text, span: FigureSpan, lead: str, context: Context, state: _State
    ) -> Statement | None:
        words = lead.rpartition("。")[2] or lead
        if span.kind == "" or context.kind in ("glossary", "duties"):
            return None
        self._name(words, lead, span, context, state)
        measure, sign = self._role(words, span, context, state)
        if measure is None:
            return None
        cell = state.named.cell if state.named else Cell(state.local or "未名数")
        if span.kind != "ratio" and (not state.named and not state.local):
            return None
        printed = span.printed
        interval = printed.interval if sign > 0 else -printed.interval
        found = places(text, self.pages, span.start, span.end)
        coordinate = Coordinate(cell.concept, cell.dimensions, self.entity, str(self.year), measure)
        at = PrintedAt(self.document, found[0].page, found[0].start, found[0].end, found[0].box)
        label = state.named.label if state.named else state.local
        return Statement(
            "",
            Fact(coordinate, interval, at, printed),
            label,
            found,
            "text",
            context.shown,
            None,
            span.approximate,
        )

    def _name(self, words: str, lead: str, span: FigureSpan, context: Context, state: _State) -> None:
        """Take up the subject that the words before the figure name; keep the one before where they name none."""
        base = _SHARE.search(words)
        searched = words[: base.start()] if base else words
        whole = lead[: len(lead) - len(words)] + searched
        named = self.namer.named(whole, context)
        counts = span.kind == "count"
        if named is not None and span.kind == "money" and _LISTED.search(whole[named.end :]):
            named = None  # 项目支出主要用于：甲经费28.85万元 names 甲经费
        fits = named is not None and (span.kind == "ratio" or bool(named.units) == counts)
        if fits and named is not None and (not counts or span.unit in named.units):
            state.named, state.local = named, ""
            return
        if counts or span.kind == "score":
            state.named, state.local = None, local_label(words)
        elif span.kind == "money" and not _role_words(words):
            label = local_label(words)
            if label:
                state.named, state.local = None, label

    def _role(
        self, words: str, span: FigureSpan, context: Context, state: _State
    ) -> tuple[Measure | None, int]:
        if found := _AGAINST_BUDGET.search(words):
            state.base = _budget(found["kind"])
        elif found := _LAST_YEAR.search(words):
            state.base = found["year"] or str(self.year - 1)
        moved = list(_MOVED.finditer(words))
        sign = -1 if moved and moved[-1]["down"] else 1
        if span.kind == "ratio":
            return self._ratio(words, span, context, state, sign, bool(moved))
        if span.kind in ("money", "count") and moved and state.base and moved[-1].end() >= len(words) - 2:
            return Measure("change", state.base), sign
        if span.kind == "money" and _INITIAL.search(words):
            return Measure("initial_budget"), 1
        if span.kind == "money" and _ADJUSTED.search(words):
            return Measure("adjusted_budget"), 1
        return ACTUAL, 1

    def _ratio(
        self, words: str, span: FigureSpan, context: Context, state: _State, sign: int, moved: bool
    ) -> tuple[Measure | None, int]:
        if span.unit != "percent" or (not state.named and not state.local):
            return None, 1
        if found := _COMPLETION.search(words):
            return Measure("completion", "adjusted_budget" if found["rate"] else _budget(found["kind"])), 1
        if found := _SHARE.search(words):
            base = self._share_base(found["base"] or "", context, state)
            return (Measure("share", base), 1) if base else (None, 1)
        if moved and state.base:
            return Measure("growth", state.base), sign
        return None, 1

    def _share_base(self, words: str, context: Context, state: _State) -> str:
        """The whole that a share is of, named or implied by the section; empty where nobody can say."""
        if state.named is None:
            return ""
        named = self.namer.named(words, context) if words else None
        if named is not None and not named.units:
            return str(named.cell)
        dimensions = dict(state.named.cell.dimensions)
        concept = state.named.cell.concept
        if words or context.kind not in ("revenue", "expenditure", "general_budget"):
            return ""
        fund = {"fund": context.fund} if context.fund and "fund" in dimensions else {}
        return str(Cell(concept).where(fund)) if dimensions else ""


def _role_words(words: str) -> bool:
    return any(each.search(words) for each in (_INITIAL, _ADJUSTED, _EXECUTED)) or bool(
        re.search(rf"(?:{_UP}|{_DOWN})\Z", words)
    )


def _budget(kind: str | None) -> str:
    return "adjusted_budget" if kind in ("全年", "调整") else "initial_budget"


def _renamed(statement: Statement, name: str) -> Statement:
    return Statement(
        name,
        statement.fact,
        statement.label,
        statement.places,
        statement.source,
        statement.context,
        statement.strict,
        statement.approximate,
    )


def strict_interval(statement: Statement, decimals: int) -> Interval | None:
    """The narrower reading of a figure in a report that writes this many decimals and drops zeros."""
    printed = statement.printed
    if printed.decimals >= decimals or statement.approximate:
        return None
    half = printed.unit.scale / (2 * 10**decimals)
    middle = printed.exact
    inner = Interval.of(middle - half, middle + half)
    return inner if statement.fact.interval.high > 0 or middle <= 0 else -inner
