"""Statements of one report → remarks: one coordinate printed twice, comparisons with printed or implied bases."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction

from mingzhang.audit.remark import Remark
from mingzhang.facts import (
    Comparison,
    Coordinate,
    Derivation,
    Fact,
    Measure,
    Same,
    Statement,
    Total,
    Verdict,
    Vocabulary,
    comparison_inputs,
    relations,
)
from mingzhang.numbers import TEN_THOUSAND_YUAN, print_value

_CHINESE = {"share": "占比", "growth": "增减幅度", "completion": "预算完成率", "change": "增减额"}
_BASIS = {
    "share": "占比＝部分÷整体",
    "growth": "增减幅度＝增减额÷基数",
    "completion": "完成率＝决算数÷预算数",
    "change": "增减额＝本期数－基数",
}


@dataclass(frozen=True, slots=True)
class Examination:
    """What was found in one report, and for each statement `verified`, `contradicted` or `unverified`."""

    remarks: tuple[Remark, ...]
    status: dict[str, str]


@dataclass(frozen=True, slots=True)
class _Check:
    """One comparison that could be made: the statements of its proof, suspected first, and its verdict."""

    rule: str
    statements: tuple[Statement, ...]
    verdict: Verdict
    remark: Remark | None


def examine(statements: Sequence[Statement], vocabulary: Vocabulary) -> Examination:
    """Compare whatever the coordinates tie together. Verdicts are exact; figures printed as approximate take no part."""
    known: dict[Coordinate, list[Statement]] = defaultdict(list)
    for statement in statements:
        if not statement.approximate:
            known[statement.coordinate].append(statement)
    checks = [*_repeated(known), *_comparisons(known), *_totals(known, vocabulary)]
    status = {statement.id: "unverified" for statement in statements}
    for check in checks:
        if check.verdict in (Verdict.CONSISTENT, Verdict.TAIL):
            status.update({each.id: "verified" for each in check.statements})
    for check in checks:
        if check.verdict is Verdict.CONTRADICTION:
            status[check.statements[0].id] = "contradicted"
    return Examination(tuple(_once(check.remark for check in checks if check.remark)), status)


def _once(remarks: Iterable[Remark]) -> Iterator[Remark]:
    """Each root cause once: remarks that suspect the same figure for the same reason keep all their places."""
    joined: dict[tuple[str, str], Remark] = {}
    for remark in remarks:
        key = (remark.rule, remark.statements[0])
        if key in joined:
            first = joined[key]
            extra = tuple(place for place in remark.places if place not in first.places)
            joined[key] = replace(first, places=first.places + extra)
        else:
            joined[key] = remark
    return iter(joined.values())


def _repeated(known: dict[Coordinate, list[Statement]]) -> Iterator[_Check]:
    for coordinate, group in known.items():
        if len(group) < 2 or not _global(coordinate):
            continue
        verdict = _graver(
            Same(coordinate, tuple(each.fact for each in group)).verdict,
            Same(coordinate, tuple(map(_narrow, group))).verdict,
        )
        counted = sorted(group, key=lambda each: sum(each.shown == other.shown for other in group))
        remark = None
        if verdict.severity:
            shown = "、".join(dict.fromkeys(each.shown for each in group))
            message = f"“{group[0].label}”在文中前后不一：{shown}"
            remark = _remark("same", verdict, counted, message, "", "同一指标只有一个数")
        yield _Check("same", tuple(counted), verdict, remark)


def _totals(known: dict[Coordinate, list[Statement]], vocabulary: Vocabulary) -> Iterator[_Check]:
    """Totals whose members are all printed: what running text does not mention is unknown, not zero."""
    first = {coordinate: group[0] for coordinate, group in known.items() if _global(coordinate)}
    for total in relations((each.fact for each in first.values()), vocabulary):
        if not isinstance(total, Total):
            continue
        figures = tuple(first[fact.coordinate] for fact in total.facts)
        narrow = Total(_narrow(figures[0]), tuple(map(_narrow, figures[1:])), total.dimension)
        verdict = _graver(total.verdict, narrow.verdict)
        remark = None
        if verdict.severity:
            whole, *parts = figures
            unit = whole.printed.unit
            added = print_value(
                sum((part.value for part in total.parts), Fraction(0)), unit, decimals=_most(figures)
            )
            shown = "＋".join(part.shown for part in parts)
            message = f"“{whole.label}”印作{whole.shown}，各部分之和为{added}{unit.chinese}（{shown}）"
            remark = _remark("total", verdict, figures, message, f"{added}{unit.chinese}", "合计＝各部分之和")
        yield _Check("total", figures, verdict, remark)


def _most(figures: Sequence[Statement]) -> int:
    return max(figure.printed.decimals for figure in figures)


def _comparisons(known: dict[Coordinate, list[Statement]]) -> Iterator[_Check]:
    for coordinate, group in known.items():
        if not coordinate.measure.of or not _global(coordinate):
            continue
        own_at, base_at = comparison_inputs(coordinate)
        own = known.get(own_at, [])
        if not own:
            continue
        base = known.get(base_at, []) or _implied(known, own[0], base_at, coordinate)
        if not base:
            continue
        for stated in group:
            yield _compared(stated, own[0], base[0])


def _implied(
    known: dict[Coordinate, list[Statement]], own: Statement, base_at: Coordinate, coordinate: Coordinate
) -> list[Statement]:
    """The base that a printed change implies: own figure less change. A change itself implies nothing about itself."""
    measure = coordinate.measure
    if measure.kind not in ("growth", "completion"):
        return []
    changes = known.get(own.coordinate.measured(Measure("change", measure.of)), [])
    if not changes:
        return []
    change = changes[0]
    interval = own.fact.interval - change.fact.interval
    fact = Fact(base_at, interval, Derivation("difference", (own.coordinate, change.coordinate)))
    return [replace(change, fact=fact, strict=None)]


def _compared(stated: Statement, own: Statement, base: Statement) -> _Check:
    kind = stated.coordinate.measure.kind
    comparison = Comparison(stated.fact, own.fact, base.fact)
    verdict = comparison.verdict
    if verdict is Verdict.CONSISTENT:
        verdict = _graver(verdict, Comparison(_narrow(stated), _narrow(own), _narrow(base)).verdict)
    figures = (stated, own, base)
    if not verdict.severity:
        return _Check(kind, figures, verdict, None)
    computed = _computed(stated, own.fact, base.fact)
    arithmetic = f"{_amount(own.fact)}与{_amount(base.fact)}相比"
    message = f"“{own.label}”的{_CHINESE[kind]}印作{stated.shown}，按{arithmetic}应为{computed}"
    return _Check(kind, figures, verdict, _remark(kind, verdict, figures, message, computed, _BASIS[kind]))


def _computed(stated: Statement, own: Fact, base: Fact) -> str:
    difference = own.value - base.value
    kind = stated.coordinate.measure.kind
    exact = difference if kind == "change" else (difference if kind == "growth" else own.value) / base.value
    unit = stated.printed.unit
    decimals = max(stated.printed.decimals, 2 if unit.chinese in ("%", "万元") else 0)
    return f"{print_value(abs(exact), unit, decimals=decimals)}{unit.chinese}"


def _amount(fact: Fact) -> str:
    if fact.printed is not None:
        return f"{fact.printed.text}{fact.printed.unit.chinese}"
    return f"{print_value(fact.value, TEN_THOUSAND_YUAN)}万元（由增减额推算）"


def _narrow(statement: Statement) -> Fact:
    return replace(statement.fact, interval=statement.strict) if statement.strict else statement.fact


def _graver(wide: Verdict, narrow: Verdict) -> Verdict:
    """The verdict on the digits as printed; where only the narrower reading fails, it is a matter of rounding."""
    if wide in (Verdict.CONSISTENT, Verdict.TAIL) and narrow in (Verdict.CONTRADICTION, Verdict.ROUNDING):
        return Verdict.ROUNDING
    return wide


def _global(coordinate: Coordinate) -> bool:
    """Whether the concept is one of the catalogue: local ones are Chinese words, compared with nothing."""
    return coordinate.concept.isascii()


def _remark(
    rule: str, verdict: Verdict, figures: Sequence[Statement], message: str, computed: str, basis: str
) -> Remark:
    return Remark(
        rule,
        verdict,
        verdict.severity or "notice",
        message,
        tuple(place for figure in figures for place in figure.places),
        tuple(dict.fromkeys(figure.id for figure in figures)),
        figures[0].shown,
        computed,
        remedy="核对所列各数，改正与凭证不符的一个",
        basis=basis,
    )
