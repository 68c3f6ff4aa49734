"""Changes behind a list: 运行经费100万元，其中基本支出40万元，同比增加10万元，增长11.11% may be of the part or of the whole."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from mingzhang.facts import ACTUAL, Statement
from mingzhang.read.narrative.sentences import Said


def attributed(text: str, said: Sequence[Said]) -> list[Said]:
    """The figures of a paragraph, a change with its growth given to the whole of the list where only that can have them.

    The words leave open whose they are; what fits the part that stands before them stays with it.
    """
    found = list(said)
    for place in range(1, len(found) - 1):
        pair = found[place : place + 2]
        kinds = [each.statement.coordinate.measure.kind for each in pair]
        if sorted(kinds) != ["change", "growth"]:
            continue
        change, growth = (pair[kinds.index(kind)].statement for kind in ("change", "growth"))
        own = found[place - 1].statement
        if not (_is_of(change, own) and _is_of(growth, own)) or fits(own, change, growth):
            continue
        sentence = text.rfind("。", 0, found[place].span.start)
        earlier = [each for each in found[: place - 1] if each.span.start > sentence]
        whole = next(
            (
                each.statement
                for each in reversed(earlier)
                if _amount(each.statement)
                and "其中" in text[each.span.end : found[place - 1].span.start]
                and fits(each.statement, change, growth)
            ),
            None,
        )
        if whole is not None:
            found[place : place + 2] = [_given(each, whole) for each in pair]
    return found


def fits(own: Statement, change: Statement, growth: Statement) -> bool:
    """Whether an amount can have changed by so much and grown at such a rate."""
    base = own.fact.interval - change.fact.interval
    return (growth.fact.interval * base).meets(change.fact.interval)


def _amount(statement: Statement) -> bool:
    return statement.coordinate.measure == ACTUAL and statement.printed.unit.kind == "money"


def _is_of(statement: Statement, own: Statement) -> bool:
    at, there = statement.coordinate, own.coordinate
    return _amount(own) and (at.concept, at.dimensions) == (there.concept, there.dimensions)


def _given(said: Said, whole: Statement) -> Said:
    coordinate = replace(whole.coordinate, measure=said.statement.coordinate.measure)
    fact = replace(said.statement.fact, coordinate=coordinate)
    return replace(said, statement=replace(said.statement, fact=fact, label=whole.label))
