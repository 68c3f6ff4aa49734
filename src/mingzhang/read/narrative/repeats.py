"""Figures of local subjects that meet: the same words twice, rates beside their numerator and denominator, projects."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from fractions import Fraction
from itertools import combinations

from mingzhang.facts import Statement, Tie
from mingzhang.numbers import Interval
from mingzhang.read.narrative.lists import SaidParagraph, differ_by_one_digit, sum_tie
from mingzhang.read.narrative.sentences import Said

_SHORTEST = 3
"""A name of fewer characters (化解, 召开) names nothing."""
_MOST_TOGETHER = 40
"""Of figures under one name no more are held against each other: it names too many things."""


def repeated(statements: Sequence[Statement]) -> Iterator[Tie]:
    """Two figures of one local name, unit and period are one where they are equal or differ by one digit."""
    groups: dict[object, list[Statement]] = defaultdict(list)
    for statement in statements:
        if statement.local and len(statement.label) >= _SHORTEST and not statement.approximate:
            key = (statement.coordinate, statement.printed.unit)
            groups[key].append(statement)
    for group in groups.values():
        for one, other in combinations(group[:_MOST_TOGETHER], 2):
            same = one.printed.value == other.printed.value
            long = len(one.printed.text.replace(".", "")) >= 3
            if same or (long and differ_by_one_digit(one.printed.text, other.printed.text)):
                yield Tie(
                    "same",
                    "sum",
                    ((Fraction(-1), one.id), (Fraction(1), other.id)),
                    certain=same,
                    severity="error" if same else "warning",
                    chinese=f"“{one.label}”前后一致",
                    basis="同一指标只有一个数",
                )


def rates(paragraphs: Sequence[SaidParagraph]) -> Iterator[Tie]:
    """A rate in a sentence of counts: the count just before it over an earlier one of the same sentence.

    The denominator is known where it makes a rate of the sentence come out; a sibling rate of the same sentence,
    stated the same way, then has the same denominator.
    """
    for paragraph in paragraphs:
        for sentence in _sentences(paragraph):
            yield from _rates(sentence)


def _sentences(paragraph: SaidParagraph) -> Iterator[list[Said]]:
    sentence: list[Said] = []
    for each in paragraph.said:
        if sentence and "。" in paragraph.text[sentence[-1].span.end : each.span.start]:
            yield sentence
            sentence = []
        sentence.append(each)
    yield sentence


def _rates(sentence: Sequence[Said]) -> Iterator[Tie]:
    stated: list[tuple[Statement, Statement, list[Statement]]] = []
    for place, each in enumerate(sentence):
        if each.span.unit != "percent" or not each.statement.local or not place:
            continue
        before = sentence[place - 1]
        if before.span.kind == "count" and not before.span.approximate:
            earlier = [
                other.statement
                for other in sentence[: place - 1]
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
        if len(named) > 1 and wholes:
            yield from sum_tie(wholes[0], list(named.values()))
