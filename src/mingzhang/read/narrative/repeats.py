"""Figures of local subjects that meet: the same words twice, rates beside their numerator and denominator, projects."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from fractions import Fraction
from itertools import combinations, pairwise

from mingzhang.facts import ACTUAL, ADJUSTED_BUDGET, INITIAL_BUDGET, Cell, Coordinate, Statement, Tie
from mingzhang.numbers import Interval
from mingzhang.numbers.digits import nearly_equal
from mingzhang.read.narrative.lists import SaidParagraph, sum_tie
from mingzhang.read.narrative.sentences import Said

_SHORTEST = 3
"""A name of fewer characters (化解, 召开) names nothing."""
_SPENT = re.compile(r"(?<=[一-龥]{2})(?:实际)?(?:执行|支出|使用)(?:数|金额)?\Z")
"""What a name may say besides: 值班经费执行95万元 is of 值班经费."""
_COVERED = re.compile(r"涉及(?:财政)?(?:资金|金额|预算(?:资金|金额)?)\Z")
_LONG = 4
"""Figures of fewer characters are nearly the same by accident."""
_SPENT_OR_BUDGETED = (ACTUAL, INITIAL_BUDGET, ADJUSTED_BUDGET)
_MOST_TOGETHER = 40
"""Of figures under one name no more are held against each other: it names too many things."""


def repeated(statements: Sequence[Statement]) -> Iterator[Tie]:
    """Two figures of one local name, unit and period are one where they are equal or differ by one digit."""
    groups: dict[object, list[Statement]] = defaultdict(list)
    for statement in statements:
        if (
            statement.local
            and len(statement.label) >= _SHORTEST
            and not statement.approximate
            and not (statement.label.startswith("占") and statement.printed.unit.kind == "ratio")
        ):
            at = statement.coordinate
            name = _SPENT.sub("", at.concept) if at.measure == ACTUAL else at.concept
            key = (name, at.period, at.measure, statement.printed.unit)
            groups[key].append(statement)
    for group in groups.values():
        for one, other in combinations(group[:_MOST_TOGETHER], 2):
            long = len(one.printed.text.replace(".", "")) >= 3
            yield from one_figure(one, other, long, f"“{one.label}”前后一致", "同一指标只有一个数")


def one_figure(one: Statement, other: Statement, surely: bool, chinese: str, basis: str) -> Iterator[Tie]:
    """That two figures are one: certain where they are equal, doubted where one digit differs and they are `surely` of one thing."""
    same = one.printed.value == other.printed.value
    if same or (surely and nearly_equal(one.printed, other.printed)):
        yield Tie(
            "same",
            "sum",
            ((Fraction(-1), one.id), (Fraction(1), other.id)),
            certain=same,
            severity="error" if same else "warning",
            chinese=chinese,
            basis=basis,
        )


def same_projects(said: Sequence[Statement]) -> Iterator[Tie]:
    """Amounts of equally many projects in one paragraph (编报目标的项目4个…，自评的项目4个…) that differ by one digit.

    They are likely the same projects: one of the amounts is doubted.
    """
    counted = [
        (count.printed.value, amount)
        for count, amount in pairwise(said)
        if count.printed.unit.chinese == "个"
        and amount.printed.unit.kind == "money"
        and "项目" in amount.label
    ]
    for (many, one), (also, other) in pairwise(counted):
        alike = one.printed.value == other.printed.value or nearly_equal(one.printed, other.printed)
        same_place = one.context == other.context and one.coordinate.measure == other.coordinate.measure
        if many == also and same_place and alike and len(one.printed.text) >= _LONG:
            yield Tie(
                "alike",
                "sum",
                ((Fraction(-1), one.id), (Fraction(1), other.id)),
                certain=False,
                severity="warning",
                chinese=f"同为{many}个项目，涉及的金额一致",
                basis="项目数相同、金额只差一位数字的，疑有一处笔误",
            )


def rates(paragraphs: Sequence[SaidParagraph]) -> Iterator[Tie]:
    """A rate in a sentence of counts: the count just before it over an earlier one of the same sentence.

    The denominator, of this sentence or the one before, is known where it makes a rate of the sentence come out; a sibling rate of the same sentence,
    stated the same way, then has the same denominator.
    """
    for paragraph in paragraphs:
        before: list[Said] = []
        for sentence in _sentences(paragraph):
            yield from _rates(sentence, before)
            before = sentence


def _sentences(paragraph: SaidParagraph) -> Iterator[list[Said]]:
    sentence: list[Said] = []
    for each in paragraph.said:
        if sentence and "。" in paragraph.text[sentence[-1].span.end : each.span.start]:
            yield sentence
            sentence = []
        sentence.append(each)
    yield sentence


def _rates(sentence: Sequence[Said], sentence_before: Sequence[Said]) -> Iterator[Tie]:
    stated: list[tuple[Statement, Statement, list[Statement]]] = []
    for place, each in enumerate(sentence):
        if each.span.unit != "percent" or not each.statement.local or not place:
            continue
        before = sentence[place - 1]
        if before.span.kind == "count" and not before.span.approximate:
            earlier = [
                other.statement
                for other in (*sentence_before, *sentence[: place - 1])
                if other.span.kind == "count" and not other.span.approximate
            ]
            stated.append((each.statement, before.statement, earlier))
    fitting = [
        (rate, own, whole) for rate, own, wholes in stated for whole in wholes if _fits(rate, own, whole)
    ]
    known = {whole.id for _, _, whole in fitting}
    for rate, own, wholes in stated:
        found = [whole for whole in wholes if _fits(rate, own, whole)]
        found = found or [
            whole for whole in wholes if whole.id in known and own.fact.value <= whole.fact.value
        ]
        if found:
            yield Tie(
                "share",
                "ratio",
                ((Fraction(1), own.id), (Fraction(1), found[0].id)),
                ratio=rate.id,
                chinese=f"{rate.label}＝{own.label}÷{found[0].label}",
                basis="比率＝分子÷分母",
            )


def _fits(rate: Statement, own: Statement, whole: Statement) -> bool:
    if whole.fact.value <= 0 or own.fact.value > whole.fact.value:
        return False
    found: Interval = rate.fact.interval
    return found.contains(own.fact.value / whole.fact.value)


def projects(statements: Sequence[Statement]) -> Iterator[Tie]:
    """Budgets and spending of the projects that the report evaluates add up to project expenditure."""
    for kind in ("adjusted_budget", "actual"):
        named: dict[str, Statement] = {}
        for statement in statements:
            at = statement.coordinate
            if (
                at.concept.endswith("项目")
                and at.measure.kind == kind
                and statement.printed.unit.kind == "money"
            ):
                named.setdefault(at.concept, statement)
        wholes = [
            statement
            for statement in statements
            if statement.coordinate.concept == "expenditure"
            and dict(statement.coordinate.dimensions) == {"nature": "project"}
            and statement.coordinate.measure.kind == kind
        ]
        if named and wholes:
            yield from sum_tie(wholes[0], list(named.values()))


def shares_of_known(said: Sequence[Statement], tables: Sequence[Statement]) -> Iterator[Tie]:
    """An amount that only the report knows as a share of one that all know: 资金518.44万元，占项目支出总额的100%.

    What the amount is of is open to the author: it is held to the share where it comes out, or, where the share is the
    whole, misses by one digit; and where the amount is the whole, so is the share.
    """
    known = {str(each.coordinate): each for each in reversed((*tables, *said)) if not each.local}
    for own, share in pairwise(said):
        at = share.coordinate
        if not (own.local and at.measure.kind == "share" and at.concept == own.coordinate.concept):
            continue
        base = known.get(str(Cell.parse(at.measure.of or "").at(at.entity, at.period)))
        if base is None or own.printed.unit != base.printed.unit or own.approximate or base.approximate:
            continue
        holds = (share.fact.interval * base.fact.interval).meets(own.fact.interval)
        same = own.printed.value == base.printed.value
        near = share.fact.interval.contains(1) and nearly_equal(own.printed, base.printed)
        if holds or same or near:
            yield Tie(
                "share",
                "ratio",
                ((Fraction(1), own.id), (Fraction(1), base.id)),
                ratio=share.id,
                certain=holds,
                severity="error" if holds else "warning",
                basis="占比＝部分÷整体",
            )


def evaluated(said: Sequence[Statement], tables: Sequence[Statement]) -> Iterator[Tie]:
    """The money that a self-evaluation covers (涉及资金3149.99万元): all expenditure or all projects', spent or budgeted.

    Which of them is open: it is one that it equals, else the one from which it differs in one digit; that is a doubt.
    """
    wholes = {
        str(each.coordinate): each
        for each in reversed((*tables, *said))
        if each.coordinate.concept == "expenditure"
        and each.coordinate.measure in _SPENT_OR_BUDGETED
        and (each.coordinate.get("nature") or "project") == "project"
        and {name for name, _ in each.coordinate.dimensions} <= {"nature", "fund"}
        and not each.approximate
    }
    for one in said:
        if (
            not (one.local and _COVERED.search(one.label))
            or one.approximate
            or len(one.printed.text) <= _LONG
        ):
            continue
        same = [each for each in wholes.values() if each.printed.exact == one.printed.exact]
        near = [each for each in wholes.values() if nearly_equal(each.printed, one.printed)]
        for whole in same[:1] or near[:1]:
            yield Tie(
                "same",
                "sum",
                ((Fraction(-1), one.id), (Fraction(1), str(whole.coordinate))),
                certain=bool(same),
                severity="error" if same else "warning",
                chinese=f"自评{one.label}与{whole.label}一致",
                basis="自评涉及的资金＝所评支出",
            )


def budgets_of_items(said: Sequence[Statement]) -> Iterator[Tie]:
    """Budgets of the functional items that the text goes through add up to the budget of them all.

    An item may be left out: a sum that does not come out is doubted only where the items' amounts spent add up to all
    that was spent.
    """
    groups: dict[Coordinate, dict[str, Statement]] = defaultdict(dict)
    for each in said:
        code = each.coordinate.get("function")
        if (
            code
            and each.coordinate.concept == "expenditure"
            and each.coordinate.measure in _SPENT_OR_BUDGETED
        ):
            groups[_of_all(each.coordinate)].setdefault(code, each)
    wholes = {each.coordinate: each for each in reversed(said) if not each.local}
    for at, items in groups.items():
        whole, lowest = wholes.get(at), _lowest(items)
        spent = at.measured(ACTUAL)
        if whole and at.measure != ACTUAL and len(lowest) > 1:
            complete = spent in wholes and _adds_up(wholes[spent], _lowest(groups.get(spent, {})))
            yield from (tie for tie in sum_tie(whole, lowest) if tie.certain or complete)


def _of_all(at: Coordinate) -> Coordinate:
    return replace(at, dimensions=tuple(pair for pair in at.dimensions if pair[0] != "function"))


def _lowest(items: Mapping[str, Statement]) -> list[Statement]:
    """The items that no other one lies under: 类 and 项 are told side by side."""
    return [
        each
        for code, each in items.items()
        if not any(other != code and other.startswith(code) for other in items)
    ]


def _adds_up(whole: Statement, items: Sequence[Statement]) -> bool:
    return len(items) > 1 and any(tie.certain for tie in sum_tie(whole, items))
