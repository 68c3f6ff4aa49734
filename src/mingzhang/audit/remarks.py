"""Causes, lesser verdicts and repeats → remarks in Chinese, with places, arithmetic and repairs."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from mingzhang.audit.causes import Cause, Change
from mingzhang.audit.constraints import Constraint, rate_of_nothing
from mingzhang.audit.figures import Figure, middle
from mingzhang.audit.phrases import as_printed, computed, equations, leading, named, relation_in_words
from mingzhang.audit.remark import Remark, Repair
from mingzhang.audit.system import Proof
from mingzhang.documents import Place
from mingzhang.documents.problems import rank
from mingzhang.facts import ADJUSTED_BUDGET, INITIAL_BUDGET, Same, Statement, Variable, Verdict
from mingzhang.facts.verdict import step

_REMEDY = "对照凭证和决算报表核对所列各数，改正不符的一个"
_NO_BASE = "决算数和预算数都为0，没有基数，不能计算比率"
_MOST_LINES = 6
_BUDGETS = (INITIAL_BUDGET, ADJUSTED_BUDGET)
_GRAND_TOTALS = {"revenue": "total_resources", "expenditure": "total_uses"}


def remark_of_cause(
    cause: Cause, figures: Mapping[Variable, Figure], level: str, doubtful: bool = False
) -> Remark:
    """One root cause as a remark: the leading constraint in words, all failing ones as arithmetic."""
    lead = min(cause.failing, key=lambda each: (len(each.definitions), len(each.variables)))
    suspects = cause.suspects
    message = _told(lead, figures, suspects, cause)
    severity, kind = level, Verdict.CONTRADICTION
    if without_base(lead, figures):
        message, severity, kind = _no_base(lead, figures), "warning", Verdict.ROUNDING
    elif base := other_base(lead, figures):
        message = f"{message}；若与{named(base.first)}{base.first.shown}相比则相符，可能写错了基数"
        severity = "warning"
    if doubtful and severity == "error":
        severity = "warning"
    first = (
        figures[suspects[0]]
        if len(suspects) == 1
        else leading(lead.tie, figures) or figures[lead.variables[0]]
    )
    lookup = lead.lookup(lambda name: figures[name].interval)
    value = (
        cause.repairs[0][0].value if len(suspects) == 1 and cause.repairs[0][0].value is not None else None
    )
    should = (
        computed(lead.tie, lookup, figures)
        if leading(lead.tie, figures) is first
        else as_printed(first.first, value)
        if value is not None
        else ""
    )
    lines = [line for constraint in cause.failing for line in equations(constraint, figures)]
    several = len(cause.failing) > 1 and not suspects
    return Remark(
        "joint" if several or (lead.definitions and lead.tie.rule == "total") else lead.tie.rule,
        kind,
        severity,
        message,
        _places(cause.variables, figures),
        _ids(cause.variables, figures),
        first.first.shown,
        should,
        "；".join(list(dict.fromkeys(lines))[:_MOST_LINES]),
        _REMEDY,
        lead.tie.basis,
        ()
        if kind is Verdict.ROUNDING
        else tuple(_repair(repair, figures) for repair in cause.repairs if _tellable(repair)),
    )


def remark_of_proof(
    proof: Proof, repairs: Sequence[Sequence[Change]], figures: Mapping[Variable, Figure]
) -> Remark:
    """Figures that only all together cannot be true, with the ties that show it."""
    names = proof.variables
    said = "、".join(
        f"{named(figures[name].first)}{figures[name].first.shown}" for name in names[:_MOST_LINES]
    )
    more = f"等{len(names)}个数" if len(names) > _MOST_LINES else ""
    lines = dict.fromkeys(tie.chinese or relation_in_words(tie, figures) for tie in proof.ties)
    return Remark(
        "joint",
        Verdict.CONTRADICTION,
        "error",
        f"{said}{more}不能同时成立",
        _places(names, figures),
        _ids(names, figures),
        figures[names[0]].first.shown,
        "",
        "；".join(lines),
        _REMEDY,
        "全文各数应有一组真实数值同时满足",
        tuple(_repair(repair, figures) for repair in repairs if _tellable(repair)),
    )


def _told(
    lead: Constraint, figures: Mapping[Variable, Figure], suspects: Sequence[Variable], cause: Cause
) -> str:
    *_, line = equations(lead, figures)
    whole = leading(lead.tie, figures)
    subject = named(
        (figures[suspects[0]] if len(suspects) == 1 else whole or figures[lead.variables[0]]).first
    )
    if lead.tie.chinese:
        return f"应当{lead.tie.chinese}，但数字不符：{line}"
    if len(suspects) == 1 and whole is not figures[suspects[0]]:
        repair = cause.repairs[0][0]
        first = figures[suspects[0]].first
        fitting = f"，应为{as_printed(first, repair.value)}" if repair.value is not None else ""
        return f"{subject}印作{first.shown}，与其他数不符{fitting}：{line}"
    if len(cause.failing) > 1 and not suspects:
        return f"{subject}等{len(cause.variables)}个数不能同时成立：{line}"
    return f"{subject}不符：{line}"


def without_base(constraint: Constraint, figures: Mapping[Variable, Figure]) -> bool:
    """Whether a growth or completion is stated on a base of zero, where only custom says what to print."""
    tie = constraint.tie
    if tie.rule not in ("growth", "completion") or tie.ratio not in figures:
        return False
    base = constraint.lookup(lambda name: figures[name].interval)(tie.terms[1][1])
    stated = middle(figures[tie.ratio].interval) if tie.ratio else None
    return base.contains(0) and stated in (0, 1)


def other_base(constraint: Constraint, figures: Mapping[Variable, Figure]) -> Figure | None:
    """Another sensible base with which a failing rate comes out: the other budget, the total of another fund."""
    tie = constraint.tie
    stated, own, base = (figures.get(name) for name in (tie.ratio or "", tie.terms[0][1], tie.terms[-1][1]))
    if stated is None or own is None or tie.rule not in ("completion", "share"):
        return None
    at = own.first.coordinate
    for other in figures.values():
        there = other.first.coordinate
        if other is own or other is base or other is stated or not other.interval.low > 0:
            continue
        alike = (there.concept, there.entity, there.period) == (at.concept, at.entity, at.period)
        if tie.rule == "completion":
            fits = alike and there.dimensions == at.dimensions and there.measure in _BUDGETS
        else:
            fits = there.measure == at.measure and (
                (alike and set(there.dimensions) < set(at.dimensions))
                or (there.concept == _GRAND_TOTALS.get(at.concept) and not there.dimensions)
            )
        if fits and (stated.interval * other.interval).meets(own.interval):
            return other
    return None


def _no_base(constraint: Constraint, figures: Mapping[Variable, Figure]) -> str:
    tie = constraint.tie
    lead = leading(tie, figures)
    assert lead is not None
    what = "上年数" if tie.rule == "growth" else "预算数"
    return f"{named(lead.first)}印作{lead.first.shown}，但{what}为0，没有基数，不能计算比率"


def remark_of_constraint(constraint: Constraint, kind: Verdict, figures: Mapping[Variable, Figure]) -> Remark:
    """A constraint that fails by rounding only, or whose last digits differ."""
    lead = leading(constraint.tie, figures) or figures[constraint.variables[0]]
    lookup = constraint.lookup(lambda name: figures[name].interval)
    *_, line = equations(constraint, figures)
    nothing = rate_of_nothing(constraint, figures)
    why = "只有截尾或少印小数才能解释" if kind is Verdict.ROUNDING else "末位相差，四舍五入可以解释"
    severity = max(kind.severity or "notice", *(tie.severity for tie in constraint.ties), key=rank)
    return Remark(
        constraint.tie.rule,
        kind,
        severity,
        f"{named(lead.first)}印作{lead.first.shown}，但{_NO_BASE}"
        if nothing
        else f"{named(lead.first)}：{line}，{why}",
        _places(constraint.variables, figures),
        _ids(constraint.variables, figures),
        lead.first.shown,
        computed(constraint.tie, lookup, figures),
        "；".join(equations(constraint, figures)),
        "按四舍五入重新计算，小数位数与全文一致",
        constraint.tie.basis,
    )


def joined(first: Remark, other: Remark) -> Remark:
    """The first remark with the places and figures of another that says the same."""
    return replace(
        first,
        places=tuple(dict.fromkeys((*first.places, *other.places))),
        statements=tuple(dict.fromkeys((*first.statements, *other.statements))),
    )


def remark_of_repeat(figure: Figure) -> Remark | None:
    """What is printed in several ways at one coordinate; None where it is everywhere the same."""
    everything = [*figure.others, *figure.statements]
    kind = _repeat_verdict(everything)
    if kind.severity is None:
        return None
    ways = dict.fromkeys(each.shown for each in everything)
    counts = "、".join(f"{way}（{sum(each.shown == way for each in everything)}处）" for way in ways)
    sides = len({each.shown for each in figure.statements}) == 1 and len(figure.statements) > len(
        figure.others
    )
    suspects = figure.others if figure.others and sides else ()
    return Remark(
        "same",
        kind,
        kind.severity,
        f"{named(everything[0])}前后不一：{counts}",
        tuple(place for each in everything for place in each.places),
        tuple(each.id for each in everything),
        everything[0].shown,
        figure.first.shown if suspects else "",
        "、".join(f"{each.context or '正文'}{each.shown}" for each in everything),
        _REMEDY,
        "同一指标只有一个数",
        _same_repairs(figure),
    )


def _repeat_verdict(everything: Sequence[Statement]) -> Verdict:
    coordinate = everything[0].coordinate
    kind = Same(coordinate, tuple(each.fact for each in everything)).verdict
    if kind in (Verdict.CONSISTENT, Verdict.TAIL):
        narrow = [each.strict or each.fact.interval for each in everything]
        if any(not one.meets(other) for one in narrow for other in narrow) and kind is Verdict.CONSISTENT:
            return Verdict.ROUNDING
    return kind


def _same_repairs(figure: Figure) -> tuple[tuple[Repair, ...], ...]:
    if not figure.others:
        return ()
    finest = min(figure.statements, key=lambda each: step(each.fact))
    aside = min(figure.others, key=lambda each: step(each.fact))
    mend = tuple(Repair(each.id, as_printed(each, middle(finest.fact.interval))) for each in figure.others)
    other = tuple(
        Repair(each.id, as_printed(each, middle(aside.fact.interval))) for each in figure.statements
    )
    ways = [mend] if len(figure.statements) > len(figure.others) else [mend, other]
    return tuple(sorted(ways, key=len))


def _tellable(repair: Sequence[Change]) -> bool:
    return any(change.value is not None for change in repair)


def _repair(repair: Sequence[Change], figures: Mapping[Variable, Figure]) -> tuple[Repair, ...]:
    return tuple(
        Repair(each.id, "" if change.value is None else as_printed(each, change.value))
        for change in repair
        for each in figures[change.variable].statements
    )


def _places(names: Sequence[Variable], figures: Mapping[Variable, Figure]) -> tuple[Place, ...]:
    return tuple(
        dict.fromkeys(place for name in names for each in figures[name].statements for place in each.places)
    )


def _ids(names: Sequence[Variable], figures: Mapping[Variable, Figure]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(each.id for name in names for each in figures[name].statements))
