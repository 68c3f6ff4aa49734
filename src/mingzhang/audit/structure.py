"""Ties that follow from coordinates: totals along dimensions, comparisons with printed or implied bases, relations.

A variable is the written coordinate for a concept of the catalogue, so that a figure printed in five places is one
variable; a figure whose subject only the report itself knows is its own variable, named by its statement's id.
A base that is nowhere printed is a variable all the same: what a change and a growth say of it must agree.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from fractions import Fraction
from itertools import pairwise
from typing import Literal

from mingzhang.facts import (
    ACTUAL,
    Coordinate,
    Derivation,
    Fact,
    Measure,
    Statement,
    Tie,
    Total,
    Variable,
    Vocabulary,
    comparison_inputs,
    relations,
)
from mingzhang.facts.measure import COMPARISONS
from mingzhang.forms.relation import Relation
from mingzhang.numbers import Interval
from mingzhang.numbers.digits import differ_by_one_digit

ONE = Fraction(1)
_LONG = 4
"""Figures of fewer digits are the same, or nearly the same, by accident."""
_COMPLETIONS = (Measure("completion", "initial_budget"), Measure("completion", "adjusted_budget"))
_BASIS = {
    "share": "占比＝部分÷整体",
    "growth": "增减幅度＝增减额÷基数",
    "completion": "完成率＝决算数÷预算数",
    "change": "增减额＝本期数－基数",
}


def variable_of(statement: Statement) -> Variable:
    """The name of the figure's variable: its written coordinate, or its own id where only the report knows it."""
    return statement.id if statement.local else str(statement.coordinate)


def structural_ties(
    statements: Sequence[Statement], vocabulary: Vocabulary, partial_contexts: Collection[str] = ()
) -> list[Tie]:
    """All ties of the coordinates. Tables state rows they do not print as zero, unless they are partly unread."""
    facts: dict[Coordinate, Fact] = {}
    tables: dict[str, dict[Coordinate, Fact]] = defaultdict(dict)
    for statement in statements:
        if not statement.local:
            facts.setdefault(statement.coordinate, statement.fact)
            if statement.source == "table" and statement.context not in partial_contexts:
                tables[statement.context].setdefault(statement.coordinate, statement.fact)
    implied = {
        coordinate: Fact(coordinate, Interval.of(0), Derivation("implied", ()))
        for coordinate in _implied(facts)
    }
    totals = [
        *_totals(list({**implied, **facts}.values()), vocabulary, absent_is_zero=False),
        *(tie for table in tables.values() for tie in _totals(list(table.values()), vocabulary, True)),
    ]
    unique = {tie.terms: tie for tie in reversed(totals)}
    return [
        *reversed(unique.values()),
        *_comparisons(facts),
        *_local_comparisons(statements),
        *_alike_changes(facts),
    ]


def _implied(facts: dict[Coordinate, Fact]) -> Iterator[Coordinate]:
    for coordinate in facts:
        if coordinate.measure.kind in ("change", "growth", "completion"):
            own, base = comparison_inputs(coordinate)
            if own in facts and base not in facts:
                yield base


def _totals(facts: Sequence[Fact], vocabulary: Vocabulary, absent_is_zero: bool) -> Iterator[Tie]:
    for total in relations(facts, vocabulary, absent_is_zero=absent_is_zero):
        if isinstance(total, Total):
            yield Tie(
                "total",
                "sum",
                (
                    (-ONE, str(total.total.coordinate)),
                    *((ONE, str(part.coordinate)) for part in total.parts),
                ),
                basis="合计＝各部分之和",
            )


def _comparisons(facts: dict[Coordinate, Fact]) -> Iterator[Tie]:
    for coordinate in facts:
        if coordinate.measure.kind in COMPARISONS:
            own, base = comparison_inputs(coordinate)
            if own in facts:
                yield comparison(coordinate.measure, str(coordinate), str(own), str(base))


def comparison(measure: Measure, stated: Variable, own: Variable, base: Variable) -> Tie:
    """The tie of a printed change, growth, share or completion with the two figures it compares."""
    basis = _BASIS[measure.kind]
    if measure.kind == "change":
        return Tie("change", "sum", ((-ONE, stated), (ONE, own), (-ONE, base)), basis=basis)
    kind: Literal["growth", "ratio"] = "growth" if measure.kind == "growth" else "ratio"
    return Tie(measure.kind, kind, ((ONE, own), (ONE, base)), ratio=stated, basis=basis)


def _local_comparisons(statements: Sequence[Statement]) -> Iterator[Tie]:
    """Comparisons of what only the report knows with the figures printed just before them: completion, growth, change.

    A growth is held to the change beside it; the base of both is the one printed, or nowhere printed.
    """
    last: dict[tuple[str, str, Measure], Statement] = {}
    for statement in statements:
        at = statement.coordinate
        if not statement.local or statement.approximate:
            continue
        own = last.get((at.concept, at.period, ACTUAL))
        if at.measure in _COMPLETIONS and statement.source == "text" and own:
            base = last.get((at.concept, at.period, Measure(at.measure.of or "")))
            if base:
                yield comparison(at.measure, statement.id, own.id, base.id)
        elif at.measure.kind in ("change", "growth") and statement.source == "text" and own:
            before = last.get((at.concept, at.measure.of or "", ACTUAL))
            base_name = before.id if before else f"{own.id}@{at.measure.of}"
            yield replace(comparison(at.measure, statement.id, own.id, base_name), certain=before is not None)
        elif at.measure == ACTUAL and statement.source == "text" and (later := _compared_with(at, last)):
            yield Tie("base", "sum", ((-ONE, statement.id), (ONE, f"{later.id}@{at.period}")))
        last[at.concept, at.period, at.measure] = statement


def _compared_with(at: Coordinate, last: Mapping[tuple[str, str, Measure], Statement]) -> Statement | None:
    """The figure whose change or growth from this base was told before the base is: 120件,同比增长20%,上年为100件."""
    of_base = [Measure("change", at.period), Measure("growth", at.period)]
    told = [period for concept, period, measure in last if concept == at.concept and measure in of_base]
    return last.get((at.concept, told[-1], ACTUAL)) if told else None


def _alike_changes(facts: dict[Coordinate, Fact]) -> Iterator[Tie]:
    """Changes from last year of figures that are the same this year (收支总计, 财政拨款收支总计, 支出合计).

    They may differ; but where they differ in one digit only, one of them is doubted.
    """
    groups: dict[object, list[Fact]] = defaultdict(list)
    for coordinate, fact in facts.items():
        if coordinate.measure.kind in ("change", "growth") and fact.printed:
            own = facts.get(comparison_inputs(coordinate)[0])
            if own is not None and own.printed and len(own.printed.text.replace(".", "")) >= _LONG:
                groups[coordinate.measure, coordinate.period, own.printed.text].append(fact)
    for group in groups.values():
        for one, other in pairwise(group):
            shown = [each.printed.text for each in (one, other) if each.printed]
            if one.interval.low * other.interval.low > 0 and (
                shown[0] == shown[1] or (min(map(len, shown)) > _LONG and differ_by_one_digit(*shown))
            ):
                yield Tie(
                    "alike",
                    "sum",
                    ((-ONE, str(one.coordinate)), (ONE, str(other.coordinate))),
                    certain=False,
                    severity="warning",
                    chinese="与本年数相同的另一指标增减一致",
                    basis="本年数相同、增减额只差一位数字的，疑有一处笔误",
                )


def relation_ties(
    rules: Iterable[Relation],
    statements: Sequence[Statement],
    vocabulary: Vocabulary,
    entity: str,
    year: int,
) -> Iterator[Tie]:
    """The relations of the catalogue wherever the report prints all their figures.

    Running text may use a term loosely: where no table prints any of the figures, a failure is a warning at most.
    """
    printed = {statement.coordinate for statement in statements if not statement.approximate}
    tabled = {statement.coordinate for statement in statements if statement.source == "table"}
    for rule in rules:
        for one in _for_codes(rule, printed, vocabulary):
            terms = [
                *((Fraction(sign), cell.at(entity, str(year))) for sign, cell in one.terms_left),
                *((Fraction(-sign), cell.at(entity, str(year))) for sign, cell in one.terms_right),
            ]
            if len(terms) > 1 and all(at in printed for _, at in terms):
                severity = (
                    "warning"
                    if one.severity == "error" and not any(at in tabled for _, at in terms)
                    else one.severity
                )
                yield Tie(
                    rule.name,
                    "sum",
                    tuple((factor, str(at)) for factor, at in terms),
                    comparison=one.comparison,
                    severity=severity,
                    chinese=one.chinese,
                    basis=str(one.law),
                )


def _for_codes(rule: Relation, printed: Collection[Coordinate], vocabulary: Vocabulary) -> Iterator[Relation]:
    if not rule.each:
        return iter((rule,))
    concepts = {cell.concept for cell in rule.cells_of_codes}
    codes = {code for at in printed if at.concept in concepts and (code := at.get(rule.each))}
    return rule.of_codes(codes, vocabulary.dimensions[rule.each])
