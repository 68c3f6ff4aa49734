"""Paragraphs → statements: each figure with its subject, its role (actual, budget, change, growth, share …) and sign."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from mingzhang.documents import Page, Text, places
from mingzhang.facts import ACTUAL, Cell, Coordinate, Fact, Measure, PrintedAt, Statement
from mingzhang.numbers import Interval
from mingzhang.read.narrative.contexts import Context
from mingzhang.read.narrative.figures import FigureSpan, figures
from mingzhang.read.narrative.subjects import Named, Namer, local_label

_UP, _DOWN = "增加|增长|上升|提高|增多|多支出|超支", "减少|下降|降低|减幅|节约|少支出|压减"
_MOVED = re.compile(rf"(?P<up>{_UP})|(?P<down>{_DOWN})")
_SHARE = re.compile(r"占比?(?P<base>[^,;。]{0,30}?)(?:的)?(?:比重|比例)?(?:为)?\Z")
_COMPLETION = re.compile(
    r"(?:完成(?P<kind>年初|全年|调整)?预算(?:数)?的?(?:比例)?(?:为)?|(?P<rate>执行率|预算完成率)(?:为|达)?)\Z"
)
_INITIAL = re.compile(r"年初预算(?:数)?(?:为|是|安排)?\Z")
_ADJUSTED = re.compile(r"(?:(?:全年|调整后?)预算(?:数)?|预算(?:总额|金额))(?:为|是)?\Z")
_BUDGET = re.compile(r"预算(?:数|安排)?(?:为|是)?\Z")
_EXECUTED = re.compile(
    r"(?:支出决算(?:数)?|决算(?:数)?|实际(?:执行|使用|支出)(?:总额|金额|数)?|执行数)(?:为|是)?\Z"
)
_AGAINST_BUDGET = re.compile(r"(?:比|较|与)(?:20\d\d年度?)?(?P<kind>年初|全年|调整)?预算(?:数)?(?:相比)?")
_LAST_YEAR = re.compile(
    r"(?:与|比|较)(?:(?P<year>20\d\d)年度?|上年度?|去年|上一年度?)(?:决算数?)?(?:相比)?|同比"
)
_BEYOND_BUDGET = re.compile(
    r"(?:(?P<more>大于|高于|超过?|多于)|(?P<less>小于|低于|少于))(?P<kind>年初|全年|调整)?预算(?:数)?\Z"
)
_ASIDE = re.compile(r"(?:主要用于|用于|原因)[^。]*。")
"""A whole sentence of purpose or reason: what it names is not what the next figure is of."""
_UNWRITTEN = re.compile(r"[【\[]待填写[^】\]]*[】\]]")
"""The mark of what a draft still lacks: it says what is to be written there, not what the next figure is of."""
_LISTED = re.compile(r":(?!其中)[^,;:]*[一-龥]{3,}[^,;:]*\Z")
"""A list opened by a colon, with a name of its own before the figure."""
_PROJECT = re.compile(
    r"(?:20\d\d年度)?(?P<name>(?!部门项目|全部项目|本项目|所有项目)[一-龥()A-Za-z0-9]{2,30}?项目)(?=\"?(?:绩效|自评|预算|资金|全年|支出绩效|:))"
)
_PROJECT_HEAD = re.compile(
    r"(?:\A|[。;])(?:\(?[\d一二三四五六七八九十]{1,3}[.、)])?(?P<name>[一-龥()A-Za-z0-9]{2,30}?)(?:项目)?:(?=(?:该?项目)?(?:全年)?预算)"
)
"""A project named before a colon: 1. 社会工作服务经费：项目预算金额为…."""


@dataclass(slots=True)
class _State:
    """What a paragraph has named so far."""

    named: Named | None = None
    local: str = ""
    base: str = ""
    budget: str = "initial_budget"
    parents: set[str] = field(default_factory=set)


@dataclass(frozen=True, slots=True)
class Said:
    """One figure of a paragraph and the statement made with it."""

    span: FigureSpan
    statement: Statement


@dataclass(frozen=True, slots=True)
class Reader:
    """Reads paragraphs of one report: who reports, for which year, and how words are named."""

    namer: Namer
    pages: tuple[Page, ...]
    document: str
    entity: str
    year: int

    def said(self, text: Text, context: Context) -> Iterator[Said]:
        """The statements of one paragraph, in order, not yet numbered."""
        if context.kind in ("glossary", "duties"):
            return
        state, before = _State(), 0
        for span in figures(text.text):
            lead = _ASIDE.sub("。", _UNWRITTEN.sub("", text.text[before : span.start]))
            before = span.end
            if not span.kind:
                self._compared_with(lead.rpartition("。")[2], state)  # 较上年2.08减少0.03万元
            else:
                yield Said(span, self._statement(text, span, lead, context, state))

    def _statement(
        self, text: Text, span: FigureSpan, lead: str, context: Context, state: _State
    ) -> Statement:
        words = lead.rpartition("。")[2]
        if "。" in lead:
            state.base = ""
        self._name(words, lead, span, context, state)
        period, measure, sign = self._role(words, span, context, state)
        if measure is None:
            cell, measure, label = Cell(local_label(words) or "未名数"), ACTUAL, local_label(words)
        elif state.named:
            cell, label = state.named.cell, state.named.label.lstrip("、.,:")
            state.parents.add(cell.concept)
        else:
            cell, label = Cell(state.local or "未名数"), state.local
        interval = span.printed.interval if sign > 0 else -span.printed.interval
        found = places(text, self.pages, span.start, span.end)
        coordinate = Coordinate(cell.concept, cell.dimensions, self.entity, period, measure)
        at = PrintedAt(self.document, found[0].page, found[0].start, found[0].end, found[0].box)
        fact = Fact(coordinate, interval, at, span.printed)
        return Statement("", fact, label, found, "text", context.shown, None, span.approximate)

    # -- subjects --------------------------------------------------------------------------------------------

    def _name(self, words: str, lead: str, span: FigureSpan, context: Context, state: _State) -> None:
        """Take up the subject that the words before the figure name; keep the one before where they name none."""
        share = _SHARE.search(words) if span.kind == "ratio" else None
        whole = lead[: len(lead) - len(words)] + (words[: share.start()] if share else words)
        if project := _last(_PROJECT, whole) or _last(_PROJECT_HEAD, whole):
            state.named, state.local = (
                None,
                project["name"].rpartition("年度")[2].removesuffix("项目") + "项目",
            )
        named = self.namer.named(whole, context, state.parents)
        if named and (
            (span.kind == "money" and _LISTED.search(whole[named.end :]))
            or (project and project.end() >= named.end)
            or (span.kind == "count" and span.unit not in named.units)
            or (span.kind in ("money", "score") and named.units)
        ):
            named = None  # 项目支出主要用于：甲经费28.85万元 names 甲经费
        if named:
            state.named, state.local = named, ""
        elif span.kind in ("count", "score"):
            state.named, state.local = None, local_label(words)
        elif span.kind == "money" and not _role_words(words) and (label := local_label(words)):
            state.named, state.local = None, label

    # -- roles -----------------------------------------------------------------------------------------------

    def _role(
        self, words: str, span: FigureSpan, context: Context, state: _State
    ) -> tuple[str, Measure | None, int]:
        """Period, measure (None where a ratio's cannot be told) and sign."""
        year = str(self.year)
        if self._compared_with(words, state) and span.kind != "ratio":
            return state.base, ACTUAL, 1
        if span.kind == "money" and (found := _BEYOND_BUDGET.search(words)):
            base = self._budget(found["kind"], state)
            return year, Measure("change", base), -1 if found["less"] else 1
        moved = _last(_MOVED, words)
        sign = -1 if moved and moved["down"] and span.printed.value >= 0 else 1
        if span.kind == "ratio":
            return year, self._ratio(words, span, context, state, bool(moved)), sign
        if moved and moved.end() >= len(words) - 2:
            return year, Measure("change", state.base) if state.base else None, sign
        if span.kind == "money" and (measure := self._budgeted(words, context, state)):
            return year, measure, 1
        return year, ACTUAL, 1

    def _compared_with(self, words: str, state: _State) -> bool:
        """Take up the base that words compare with; whether the figure after them is that base itself."""
        budget, past = _last(_AGAINST_BUDGET, words), _last(_LAST_YEAR, words)
        if past and (budget is None or past.start() > budget.start()):
            base = past["year"] or str(self.year - 1)
            state.base = base if base != str(self.year) else ""
            return bool(state.base) and past.end() == len(words) and past[0] != "同比"
        if budget:
            state.base = self._budget(budget["kind"], state)
        return False

    def _budgeted(self, words: str, context: Context, state: _State) -> Measure | None:
        if _INITIAL.search(words):
            state.budget = "initial_budget"
        elif _ADJUSTED.search(words):
            state.budget = "adjusted_budget"
        elif not _BUDGET.search(words) or re.search(r"涉及预算|采购预算|项目预算\Z", words):
            return None
        return Measure(state.budget)

    def _ratio(
        self, words: str, span: FigureSpan, context: Context, state: _State, moved: bool
    ) -> Measure | None:
        if span.unit != "percent" or not (state.named or state.local):
            return None
        if found := _COMPLETION.search(words):
            kind = "adjusted_budget" if found["rate"] else self._budget(found["kind"], state)
            return Measure("completion", kind)
        if found := _SHARE.search(words):
            base = self._share_base(found["base"], context, state)
            return Measure("share", base) if base else None
        return Measure("growth", state.base) if moved and state.base else None

    def _budget(self, kind: str | None, state: _State) -> str:
        """The budget that words compare with; a bare 预算 is the one printed last in the paragraph."""
        if kind is None:
            return state.budget
        return "initial_budget" if kind == "年初" else "adjusted_budget"

    def _share_base(self, words: str, context: Context, state: _State) -> str:
        """The whole that a share is of, named or implied by the section; empty where nobody can say."""
        named = self.namer.named(words, context) if words else None
        if named is not None and not named.units and (state.named is None or named.cell != state.named.cell):
            return str(named.cell)
        if state.named is None:
            return ""
        dimensions, concept = dict(state.named.cell.dimensions), state.named.cell.concept
        if words or not dimensions:
            return ""
        if context.kind == "three_public":
            whole = Cell("three_public_spending", state.named.cell.dimensions)
            return str(whole) if concept != "three_public_spending" else ""
        if context.kind not in ("revenue", "expenditure", "general_budget"):
            return ""
        return str(Cell(concept).where({"fund": context.fund} if context.fund else {}))


def _last(pattern: re.Pattern[str], words: str) -> re.Match[str] | None:
    return max(pattern.finditer(words), key=lambda found: found.end(), default=None)


def _role_words(words: str) -> bool:
    ends = re.search(rf"(?:{_UP}|{_DOWN}|预算数?)\Z", words)
    past = _last(_LAST_YEAR, words)
    return (
        ends is not None
        or (past is not None and past.end() == len(words))
        or any(each.search(words) for each in (_INITIAL, _ADJUSTED, _BUDGET, _EXECUTED))
    )


def strict_interval(statement: Statement, decimals: int) -> Interval | None:
    """The narrower reading of a figure in a report that writes this many decimals and drops zeros."""
    printed = statement.printed
    if printed.decimals >= decimals or statement.approximate:
        return None
    inner = replace(printed, decimals=decimals).interval
    return -inner if statement.fact.interval.high <= 0 < printed.interval.high else inner
