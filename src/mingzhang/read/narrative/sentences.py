"""Paragraphs → statements: each figure with its subject, its role (actual, budget, change, growth, share …) and sign."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from mingzhang.documents import Page, Text, places
from mingzhang.facts import ACTUAL, Cell, Coordinate, Fact, Measure, PrintedAt, Statement
from mingzhang.numbers import Interval
from mingzhang.read.narrative.contexts import Context
from mingzhang.read.narrative.figures import FigureSpan, figures
from mingzhang.read.narrative.role_words import (
    ADJUSTED,
    AGAIN,
    AGAINST_BUDGET,
    ASIDE,
    AVERAGE,
    BEYOND_BUDGET,
    BUDGET,
    BUDGET_COMPARED,
    COMES_TO,
    COMPLETION,
    EXECUTED,
    GENERAL,
    GOES_ON,
    IN_BUDGET,
    INITIAL,
    LAST_WAS,
    LAST_YEAR,
    LOOSE_WHOLE,
    MANY,
    MOVED,
    OF_ALL,
    OF_YEAR,
    PURPOSE,
    ROLE_TAIL,
    SHARE,
    TOGETHER,
    UNWRITTEN,
    WHOLE_AGAIN,
    YEAR_HEAD,
    YEARLY,
    is_listed,
    last,
    own_name,
    role_words,
)
from mingzhang.read.narrative.state import State
from mingzhang.read.narrative.subjects import THREE_PUBLIC, Named, Namer, local_label

_PROJECT = re.compile(
    r"(?:20\d\d年度)?(?P<name>(?!部门项目|全部项目|本项目|所有项目)[一-龥()A-Za-z0-9]{2,30}?项目)(?=\"?(?:绩效|自评|预算|资金|全年|支出绩效|:))"
)
_PROJECT_HEAD = re.compile(
    r"(?:\A|[。;])(?:\(?[\d一二三四五六七八九十]{1,3}[.、)])?(?P<name>[一-龥()A-Za-z0-9]{2,30}?)(?:项目)?:(?=(?:该?项目)?(?:全年)?预算)"
)
"""A project named before a colon: 1. 社会工作服务经费：项目预算金额为…."""
_LIST_END = 12
"""What closes a list of names (等各项资金共计) stands among so many characters before the figure."""


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
    budget: bool = False
    """Whether it is a budget: what it arranges is then its own figure, compared with the budget of the year before."""

    def said(self, text: Text, context: Context) -> Iterator[Said]:
        """The statements of one paragraph, in order, not yet numbered."""
        if context.kind in ("glossary", "duties"):
            return
        state, before = State(), 0
        for span in figures(text.text):
            gap = state.through_brackets(
                UNWRITTEN.sub("", text.text[before : span.start]),
                lambda words: self.namer.named(words, context, state.parents),
            )
            lead = ASIDE.sub("。", gap)
            before = span.end
            if not span.kind:
                self._compared_with(lead.rpartition("。")[2], state)  # 较上年2.08减少0.03万元
            else:
                yield Said(span, self._statement(text, span, lead, context, state))

    def _statement(
        self, text: Text, span: FigureSpan, lead: str, context: Context, state: State
    ) -> Statement:
        words = lead.rpartition("。")[2]
        if "。" in lead and not GOES_ON.match(words):
            state.base, state.whole, state.head, state.year, state.budgeted = "", None, None, "", False
            state.item, state.pair, state.unit, state.planned, state.periods = "", None, "", None, set()
        if spoken := last(OF_YEAR, words):
            state.year = spoken["year"] if spoken["year"] != str(self.year) else ""
        found = places(text, self.pages, span.start, span.end)
        unnamed = f"未名数{found[0].page}_{found[0].start}"
        self._name(words, lead, span, context, state, unnamed)
        after = text.text[span.end : span.end + 5]
        measure: Measure | None = state.measure
        period, sign = state.year or str(self.year), state.sign
        if not state.of_pair(words):
            period, measure, sign = self._role(words, span, context, state, after)
        if measure is None:
            cell, measure, label = Cell(local_label(words) or "未名数"), ACTUAL, local_label(words)
        elif state.named:
            cell, label = state.named.cell, state.named.label.lstrip("、.,:")
            state.parents.add(cell.concept)
        else:
            label = "" if state.local.startswith("未名数") else state.local
            cell = Cell(state.local or "未名数")
        state.measure, state.sign, state.previous = measure, sign, cell.concept
        state.unit = span.unit if span.kind == "count" else state.unit
        state.periods.add(period)
        interval = span.printed.interval if sign > 0 else -span.printed.interval
        coordinate = Coordinate(cell.concept, cell.dimensions, self.entity, period, measure)
        at = PrintedAt(self.document, found[0].page, found[0].start, found[0].end, found[0].box)
        fact = Fact(coordinate, interval, at, span.printed)
        return Statement("", fact, label, found, "text", context.shown, None, span.approximate)

    # -- subjects --------------------------------------------------------------------------------------------

    def _name(
        self, words: str, lead: str, span: FigureSpan, context: Context, state: State, unnamed: str
    ) -> None:
        """Take up the subject that the words before the figure name; keep the one before where they name none.

        Where a paragraph has named nothing yet, its figures are of one subject of its own, `unnamed`.
        """
        share = SHARE.search(words) if span.kind == "ratio" else None
        whole = lead[: len(lead) - len(words)] + (words[: share.start()] if share else words)
        if project := last(_PROJECT, whole) or last(_PROJECT_HEAD, whole):
            state.named, state.local = (
                None,
                project["name"].rpartition("年度")[2].removesuffix("项目") + "项目",
            )
        many = MANY.search(whole) if span.kind == "money" and "等" in words[-_LIST_END:] else None
        named = self.namer.named(
            whole[: many.start()] if many else whole, context, state.parents, state.previous
        )
        if "其中" in words or words.startswith("("):
            state.head = state.named.cell if state.named else None
        if named and (
            (span.kind == "money" and is_listed(whole[named.end :]))
            or (project and project.end() >= named.end)
            or (span.kind == "count" and span.unit not in named.units)
            or (span.kind in ("money", "score") and named.units)
            or (span.kind == "money" and _names_another(whole[named.end :]))
            or _of_purpose(whole, named.end)
            or _of_all(whole, named)
        ):
            named = None  # 项目支出主要用于：甲经费28.85万元 names 甲经费
        if named and state.of_local(named, words):
            state.named, state.local = None, f"{state.item}{named.label}"
        elif named:
            state.take_up(named, whole)
        elif span.kind in ("count", "score"):
            if not (span.unit == state.unit and _of_the_same(words)):
                state.named, state.local = None, local_label(words)
        elif span.kind == "money":
            kept = state.named
            label = own_name(words) if role_words(words) or LAST_WAS.fullmatch(words) else local_label(words)
            if not label and GOES_ON.match(words):
                label = _part_name(words)
            if label and state.local and words.startswith("(") and AVERAGE.fullmatch(label):
                label = f"{state.local[: -len(label)] if state.local.endswith(label) else state.local}{label}"
            if label:
                state.named, state.local, state.parents = None, label, set()
            elif kept and kept.units:
                state.named, state.local = None, local_label(kept.label)  # 车辆3台，9.88万元
            elif state.named is None and not state.local:
                state.local = unnamed

    # -- roles -----------------------------------------------------------------------------------------------

    def _role(
        self, words: str, span: FigureSpan, context: Context, state: State, after: str
    ) -> tuple[str, Measure | None, int]:
        """Period, measure (None where it cannot be told) and sign."""
        year = state.year or str(self.year)
        state.budgeted = state.budgeted or (not self.budget and bool(BUDGET_COMPARED.search(words)))
        if LAST_WAS.fullmatch(words) and span.kind != "ratio" and not self.budget:
            state.base = str(self.year - 1)
            return state.base, ACTUAL, 1
        compared = self._compared_with(words, state)
        if compared and not state.base:
            return (
                year,
                None,
                1,
            )  # 比上年预算40万元减少4万元 tells of a budget that nothing else in the report is of
        if span.kind != "ratio" and (compared or (_is_base(words, state) and COMES_TO.match(after))):
            return state.base, ACTUAL, 1
        if span.kind == "money" and (found := BEYOND_BUDGET.search(words)):
            base = self._budget(found["kind"], state)
            return year, Measure("change", base), -1 if found["less"] else 1
        moved = last(MOVED, words)
        sign = -1 if moved and moved["down"] and span.printed.value >= 0 else 1
        if span.kind == "ratio":
            return year, self._ratio(words, span, context, state, bool(moved)), sign
        if span.kind == "money" and state.outer and words.startswith("(") and _of_budget(state.measure):
            return year, state.measure, 1  # 预算15万元（其中：一般公共预算支出15万元
        if moved and moved.end() >= len(words) - 2:
            known = state.base and not state.budgeted and state.base != year
            return year, Measure("change", state.base) if known else None, sign
        if span.kind == "money" and (measure := self._budgeted(words, context, state)):
            return year, measure, 1
        return year, ACTUAL, 1

    def _compared_with(self, words: str, state: State) -> bool:
        """Take up the base that words compare with; whether the figure after them is that base itself."""
        budget, past = last(AGAINST_BUDGET, words), last(LAST_YEAR, words)
        if past and (budget is None or past.start() > budget.start()):
            spoken = int(state.year) if state.year and state.periods <= {state.year} else self.year
            base = past["year"] or str(spoken - 1)
            if self.budget and past["final"]:
                return self._compared_elsewhere(past, words, state)  # what last year's budget came to
            state.base = base if base != str(self.year) else ""
            return bool(state.base) and past.end() == len(words) and past[0] != "同比"
        if budget:
            base = budget["year"] or (str(self.year - 1) if budget["past"] else "")
            if not base or base == (state.year or str(self.year)):
                state.base = self._budget(budget["kind"], state)
                return False
            if not self.budget:
                return self._compared_elsewhere(budget, words, state)
            state.base = base
            return budget.end() == len(words)
        return False

    def _compared_elsewhere(self, base: re.Match[str], words: str, state: State) -> bool:
        """Forget the base: the words compare with what the report's own figures are not told against."""
        state.base, state.budgeted = "", True
        return base.end() == len(words)

    def _budgeted(self, words: str, context: Context, state: State) -> Measure | None:
        if self.budget:
            return None
        if "其中" in words or IN_BUDGET.search(words):
            split = _of_budget(state.measure) and "其中" in words
            state.planned = (
                state.measure if split else Measure(state.budget) if IN_BUDGET.search(words) else None
            )
        if INITIAL.search(words):
            state.budget = "initial_budget"
        elif ADJUSTED.search(words):
            state.budget = "adjusted_budget"
        elif not BUDGET.search(words) or re.search(r"涉及预算|采购预算|项目预算\Z", words):
            return None if EXECUTED.search(words) else state.planned
        return Measure(state.budget)

    def _ratio(
        self, words: str, span: FigureSpan, context: Context, state: State, moved: bool
    ) -> Measure | None:
        if span.unit != "percent" or not (state.named or state.local):
            return None
        if words == "的" and _of_budget(state.measure):
            return Measure("completion", state.measure.kind)  # 完成年初预算100万元的90%
        if found := COMPLETION.search(words):
            kind = "adjusted_budget" if found["rate"] else self._budget(found["kind"], state)
            return Measure("completion", kind)
        if found := SHARE.search(words):
            if TOGETHER.search(words):
                return None
            base = self._share_base(found["base"], context, state)
            return Measure("share", base) if base else None
        known = moved and state.base and not state.budgeted and state.base != state.year
        return Measure("growth", state.base) if known else None

    def _budget(self, kind: str | None, state: State) -> str:
        """The budget that words compare with; a bare 预算 is the one printed last in the paragraph."""
        if kind is None:
            return state.budget
        return "initial_budget" if kind == "年初" else "adjusted_budget"

    def _share_base(self, words: str, context: Context, state: State) -> str:
        """The whole that a share is of, named or implied by the section; empty where nobody can say."""
        named = self.namer.named(words, context) if words else None
        own = state.named.cell if state.named else None
        if (
            named
            and own
            and LOOSE_WHOLE.match(named.label)
            and own.concept in THREE_PUBLIC
            and "three_public_spending" in state.parents
        ):
            return str(
                Cell("three_public_spending", own.dimensions)
            )  # 占总支出决算 where only “三公” is spoken of
        if (
            named
            and state.named
            and LOOSE_WHOLE.fullmatch(named.label)
            and state.named.cell.concept in YEARLY
        ):
            return state.named.cell.concept  # 占总支出 of 基本支出 means of 支出合计
        if named is not None and not named.units and (state.named is None or named.cell != state.named.cell):
            return str(named.cell)
        if state.head and state.head != own and WHOLE_AGAIN.fullmatch(words) and _may_split(state.head, own):
            return str(state.head)
        if state.named is None:
            kind = {"revenue": "revenue", "expenditure": "expenditure", "general_budget": "expenditure"}.get(
                context.kind, ""
            )
            return (
                str(Cell(kind).where({"fund": context.fund} if context.fund else {}))
                if kind and not words
                else ""
            )
        dimensions, concept = dict(state.named.cell.dimensions), state.named.cell.concept
        if words or not dimensions:
            return ""
        if context.kind == "three_public":
            whole = Cell("three_public_spending", state.named.cell.dimensions)
            return str(whole) if concept != "three_public_spending" else ""
        if context.kind not in ("revenue", "expenditure", "general_budget"):
            return ""
        return str(Cell(concept).where({"fund": context.fund} if context.fund else {}))


def strict_interval(statement: Statement, decimals: int) -> Interval | None:
    """The narrower reading of a figure in a report that writes this many decimals and drops zeros."""
    printed = statement.printed
    if printed.decimals >= decimals or statement.approximate:
        return None
    inner = replace(printed, decimals=decimals).interval
    return -inner if statement.fact.interval.high <= 0 < printed.interval.high else inner


def _may_split(whole: Cell, part: Cell | None) -> bool:
    """Whether a list of a whole may name the part: one that only the report knows, one of “三公”, or one narrower."""
    if part is None or {part.concept, whole.concept} <= THREE_PUBLIC:
        return True
    return part.concept == whole.concept and set(whole.dimensions) < set(part.dimensions)


def _of_the_same(words: str) -> bool:
    """Whether words before a count name nothing new: they compare with last year, or say how it moved."""
    return bool(words) and (AGAIN.fullmatch(words) or LAST_WAS.fullmatch(words)) is not None


def _part_name(words: str) -> str:
    """The part that 其中 names before role words, where it names one: 其中:初中教育支出预算."""
    phrase = YEAR_HEAD.sub("", local_label(ROLE_TAIL.sub("", words)))
    return phrase if len(phrase) > 2 and not GENERAL.search(phrase) and not role_words(phrase) else ""


def _names_another(after: str) -> bool:
    """Whether the clauses behind a name end in a name of their own: …出国费没有支出;公务用车及运行维护费支出."""
    clause = max(after.rfind(","), after.rfind(";"))
    if clause < 0:
        return False
    words = after[clause + 1 :]
    if own_name(words):
        return True
    phrase = YEAR_HEAD.sub("", local_label(ROLE_TAIL.sub("", words)))
    return after[clause] == ";" and len(phrase) > 1 and not GENERAL.search(phrase) and not role_words(words)


def _of_all(words: str, named: Named) -> bool:
    """Whether a name is the last of several that share what follows: 出国费、用车费和接待费的预算数."""
    return words.startswith("的", named.end) and bool(OF_ALL.search(words, 0, named.end - len(named.label)))


def _of_purpose(words: str, end: int) -> bool:
    """Whether a name that ends here says what something was for, and the figure stands in a clause after that."""
    return bool(PURPOSE.search(words, 0, end)) and re.search("[,;]", words[end:]) is not None


def _of_budget(measure: Measure) -> bool:
    return measure.kind in ("initial_budget", "adjusted_budget")


def _is_base(words: str, state: State) -> bool:
    """Whether words name the past year that something is compared with, and the figure is that year's."""
    past = last(LAST_YEAR, words)
    return (
        bool(state.base)
        and past is not None
        and past["year"] == state.base
        and not MOVED.search(words[past.end() :])
    )
