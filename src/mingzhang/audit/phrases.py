"""What a cause says to a reader: the names of figures, the arithmetic of a tie, what would fit instead."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from fractions import Fraction

from mingzhang.audit.constraints import Constraint
from mingzhang.audit.figures import Figure, middle
from mingzhang.audit.linear import FAR
from mingzhang.facts import Statement, Term, Tie, Variable
from mingzhang.numbers import TEN_THOUSAND_YUAN, Interval, Unit, print_value

MEASURES = {
    "initial_budget": "年初预算数",
    "adjusted_budget": "全年预算数",
    "change": "增减额",
    "growth": "增减幅度",
    "share": "占比",
    "completion": "预算完成率",
}
_MOST_TERMS = 8
_MOST_DECIMALS = 6


def named(statement: Statement) -> str:
    """The figure's name: its printed words, with the table or the role that tells it from others."""
    role = MEASURES.get(statement.coordinate.measure.kind, "")
    words = statement.label or "所列数"
    table = statement.context if statement.source == "table" else ""
    return f"{table}“{words}”" + (f"的{role}" if role and role not in words else "")


def shown(value: Fraction, unit: Unit, decimals: int) -> str:
    """A value as it would be printed, without its sign: a decrease says so in words."""
    return f"{print_value(abs(value), unit, decimals=decimals)}{unit.chinese}"


def as_printed(statement: Statement, value: Fraction) -> str:
    """The value as the figure would print it, with its own decimals or as many more as the value has."""
    printed = statement.printed
    signed = value if middle(statement.fact.interval) >= 0 else -value
    decimals = printed.decimals
    while decimals < _MOST_DECIMALS and (signed / printed.unit.scale * 10**decimals).denominator != 1:
        decimals += 1
    return f"{print_value(signed, printed.unit, decimals=decimals)}{printed.unit.chinese}"


def computed(tie: Tie, lookup: Callable[[Variable], Interval], figures: Mapping[Variable, Figure]) -> str:
    """What the tie's leading figure, its ratio or its total, should print; one decimal more where that shows why."""
    lead = leading(tie, figures)
    if lead is None:
        return ""
    unit = lead.first.printed.unit
    decimals = max(lead.first.printed.decimals, 2 if unit.chinese in ("%", "万元") else 0)
    value = _value_of(tie, lookup)
    return "" if value is None else shown(value, unit, decimals)


def leading(tie: Tie, figures: Mapping[Variable, Figure]) -> Figure | None:
    """The printed figure that a tie computes: the ratio, or the total of a sum."""
    name = tie.ratio or tie.terms[0][1]
    return figures.get(name)


def _value_of(tie: Tie, lookup: Callable[[Variable], Interval]) -> Fraction | None:
    if tie.ratio is None:
        factor = tie.terms[0][0]
        rest = sum((each * middle(lookup(name)) for each, name in tie.terms[1:]), Fraction(0))
        return -rest / factor
    (times, own), (divided, base) = tie.terms
    below = divided * middle(lookup(base))
    if not below:
        return None
    return times * middle(lookup(own)) / below - (1 if tie.kind == "growth" else 0)


def equations(constraint: Constraint, figures: Mapping[Variable, Figure]) -> Iterator[str]:
    """The arithmetic of a constraint, one line a tie, implied figures first."""
    lookup = constraint.lookup(lambda name: figures[name].interval)
    hidden = {each.variable: each for each in constraint.definitions}
    for each in constraint.definitions:
        for tie in dict.fromkeys(reversed(each.ties)):
            names = [name for name in tie.variables if name in figures]
            how = "、".join(f"{named(figures[name].first)}{figures[name].first.shown}" for name in names[:4])
            if how and each.tie is tie and each.interval.width < FAR:
                yield f"由{how}推算，基数为{_amount(middle(hidden[each.variable].interval), names, figures)}"
    yield equation(constraint.tie, lookup, figures)


def _amount(value: Fraction, names: Sequence[Variable], figures: Mapping[Variable, Figure]) -> str:
    units = [figures[name].first.printed.unit for name in names]
    unit = next(
        (each for kind in ("money", "count") for each in units if each.kind.startswith(kind)),
        TEN_THOUSAND_YUAN,
    )
    return shown(value, unit, 2 if unit.kind == "money" else 0)


def equation(tie: Tie, lookup: Callable[[Variable], Interval], figures: Mapping[Variable, Figure]) -> str:
    """One tie as arithmetic over the printed digits: 239.14万元÷3369.44万元＝7.10%，印作7.2%."""

    def say(name: Variable) -> str:
        if name in figures:
            return figures[name].first.shown
        return _amount(middle(lookup(name)), [each for each in tie.variables if each in figures], figures)

    lead = leading(tie, figures)
    printed = f"，印作{lead.first.shown}" if lead else ""
    result = computed(tie, lookup, figures)
    if tie.ratio is not None:
        (_, own), (_, base) = tie.terms
        left = f"（{say(own)}－{say(base)}）" if tie.kind == "growth" else say(own)
        return f"{left}÷{say(base)}＝{result or '无意义'}{printed}"
    if tie.terms[0][0] == -1 and tie.comparison == "equals":
        return f"{_side(tie.terms[1:], say, 1)}＝{result}{printed}"
    above = [term for term in tie.terms if term[0] > 0]
    below = [term for term in tie.terms if term[0] < 0]
    sign = "不应大于" if tie.comparison == "at_most" else "应等于"
    return f"{_side(above, say, 1)}{sign}{_side(below, say, -1)}"


def _side(terms: Sequence[Term], say: Callable[[Variable], str], sign: int) -> str:
    """The terms of one side of an equation, their coefficients multiplied with a sign."""
    words = "".join(
        f"{'＋' if factor * sign > 0 else '－'}{say(name)}" for factor, name in terms[:_MOST_TERMS]
    )
    return (words.removeprefix("＋") or "0") + (f"等{len(terms)}项" if len(terms) > _MOST_TERMS else "")


def relation_in_words(tie: Tie, figures: Mapping[Variable, Figure]) -> str:
    """What a tie ties, for figures of which some are not printed: their names with their digits, where printed."""
    words = [
        f"{named(figures[name].first)}{figures[name].first.shown}" if name in figures else "未印出的基数"
        for name in tie.variables[: _MOST_TERMS + 1]
    ]
    if tie.ratio is not None:
        return f"{words[0]}由{words[1]}与{words[2]}算出"
    if tie.terms[0][0] == -1:
        return f"{words[0]}等于{'、'.join(words[1:])}之和"
    return "、".join(words)
