"""Figures: the variables of a report, each with the statements that print it and the intervals their digits allow."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property

from mingzhang.audit.structure import variable_of
from mingzhang.facts import Statement, Variable
from mingzhang.facts.verdict import step
from mingzhang.numbers import Interval


@dataclass(frozen=True)
class Figure:
    """One variable that is printed: `statements` agree on it, `others` print something else at the same coordinate.

    `interval` is what the digits allow, `strict` the narrower reading that the report's habits support,
    `truncated` what they would mean if whoever printed them cut off.
    """

    name: Variable
    statements: tuple[Statement, ...]
    interval: Interval
    strict: Interval
    truncated: Interval
    others: tuple[Statement, ...] = ()

    @property
    def first(self) -> Statement:
        """The statement that stands for the figure in messages."""
        return self.statements[0]

    @cached_property
    def value(self) -> Fraction:
        """The printed value in base units, negative for a decrease, of the most precise statement."""
        return middle(min(self.statements, key=lambda each: step(each.fact)).fact.interval)

    @cached_property
    def step(self) -> Fraction:
        """One unit of the last digit of the most precise statement, in base units; 0 for counts."""
        return min(step(each.fact) for each in self.statements)


def figure(name: Variable, agreeing: Sequence[Statement], others: Sequence[Statement] = ()) -> Figure:
    """The figure that agreeing statements print.

    Statements with fewer digits narrow nothing; of those in the finest digits, a last digit that differs widens.
    """
    leading = _finest(agreeing)
    interval = _hull(each.fact.interval for each in leading)
    return Figure(
        name,
        tuple(agreeing),
        interval,
        _hull(each.strict or each.fact.interval for each in leading),
        _hull(_cut_off(each) for each in leading),
        tuple(others),
    )


def _finest(statements: Sequence[Statement]) -> Sequence[Statement]:
    """Those printed with the most digits."""
    if len(statements) == 1:
        return statements
    steps = [step(each.fact) for each in statements]
    finest = min(steps)
    return [each for each, own in zip(statements, steps, strict=True) if own == finest]


def clusters(statements: Sequence[Statement]) -> list[list[Statement]]:
    """Statements of one coordinate in groups that can be one number; the group with most statements first."""
    if len(statements) == 1:
        return [list(statements)]
    groups: list[list[Statement]] = []
    for statement in sorted(statements, key=lambda each: step(each.fact)):
        fitting = next(
            (
                group
                for group in groups
                if all(each.fact.interval.meets(statement.fact.interval) for each in group)
            ),
            None,
        )
        if fitting is None:
            groups.append([statement])
        else:
            fitting.append(statement)
    return sorted(groups, key=len, reverse=True)


def by_variable(statements: Iterable[Statement]) -> dict[Variable, list[Statement]]:
    """The statements of each variable; those printed as approximate take no part."""
    found: dict[Variable, list[Statement]] = defaultdict(list)
    for statement in statements:
        if not statement.approximate:
            found[variable_of(statement)].append(statement)
    return found


def middle(interval: Interval) -> Fraction:
    """The number in the middle: of an interval around printed digits, the printed number itself."""
    return interval.middle


def _cut_off(statement: Statement) -> Interval:
    value = middle(statement.fact.interval)
    last = statement.strict.width if statement.strict else step(statement.fact)
    return Interval(value if value > 0 else value - last, value if value < 0 else value + last)


def _hull(intervals: Iterable[Interval]) -> Interval:
    found = list(intervals)
    if len(found) == 1:
        return found[0]
    return Interval(min(each.low for each in found), max(each.high for each in found))
