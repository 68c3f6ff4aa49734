"""Coverage: for each figure, whether the rest of the report would notice that it is wrong."""

from __future__ import annotations

from fractions import Fraction

from mingzhang.audit.causes import Evidence
from mingzhang.audit.figures import Figure
from mingzhang.facts import Statement, Variable
from mingzhang.numbers import Interval

_NEAR = Fraction(5, 100)
"""How far off, in printed units (万元, percentage points), an amount or a rate has to be noticed."""


def guarded(evidence: Evidence) -> set[str]:
    """The ids of the statements whose figures the rest pins down."""
    found: set[str] = set()
    for name, figure in evidence.figures.items():
        told = {
            statement.id
            for statement in figure.statements
            if any(each is not statement and _tells_apart(each, statement) for each in figure.statements)
        }
        if len(told) < len(figure.statements) and _pinned(name, figure, evidence):
            told.update(each.id for each in figure.statements)
        found |= told
    return found


def distance(statement: Statement) -> Fraction:
    """The change of the figure, in base units, that has to be noticed.

    One in the last digit of a count, one in the first decimal of an amount with two, else ±0.05 or twice the step.
    """
    printed = statement.printed
    if statement.fact.interval.exact is not None:
        return Fraction(1)
    if printed.unit.kind == "money":
        return max(
            10 * printed.step if printed.decimals > 1 else 2 * printed.step, _NEAR * printed.unit.scale
        )
    return max(_NEAR * printed.unit.scale, 2 * printed.step)


def _tells_apart(other: Statement, statement: Statement) -> bool:
    """Whether another print of the same number contradicts this one moved either way."""
    far = distance(statement)
    mine = statement.fact.interval
    return not any(other.fact.interval.meets(mine + Interval.of(shift)) for shift in (far, -far))


def _pinned(name: Variable, figure: Figure, evidence: Evidence) -> bool:
    """Whether the constraints leave no room for the figure moved either way."""
    room = evidence.room(name)
    if room is None:
        return True
    far, mine = distance(figure.first), evidence.at(name)
    return not any(room.meets(mine + Interval.of(shift)) for shift in (far, -far))
