"""Verdicts on relations between printed figures, and what printed digits say under truncation."""

from __future__ import annotations

from collections.abc import Iterable
from enum import Enum
from fractions import Fraction

from mingzhang.facts.fact import Fact
from mingzhang.numbers import Interval, round_half_up


class Verdict(Enum):
    """What figures say of each other; the value is the word a user reads."""

    CONTRADICTION = "矛盾"
    """The intervals are disjoint: no exact values could print so."""
    ROUNDING = "舍入"
    """Explained only by truncation, or by another number of decimals than the report itself uses."""
    WORDING = "文字"
    """Words, names, lists or populations at odds with figures."""
    TAIL = "尾差"
    """The intervals meet, the printed digits differ."""
    UNDECIDED = "无法判断"
    """Not enough is known, or not readable."""
    CONSISTENT = "一致"
    """Equal, or a ratio within its interval."""

    @property
    def severity(self) -> str | None:
        """`error`, `warning`, `notice`, or None where there is no finding."""
        return _SEVERITIES.get(self)


_SEVERITIES = {
    Verdict.CONTRADICTION: "error",
    Verdict.ROUNDING: "warning",
    Verdict.WORDING: "warning",
    Verdict.TAIL: "notice",
}


def step(fact: Fact) -> Fraction:
    """One unit of the fact's last printed digit in base units; 0 for an exact fact."""
    return fact.printed.step if fact.printed and fact.interval.exact is None else Fraction(0)


def if_truncated(fact: Fact) -> Interval:
    """The exact values behind the printed digits, if whoever printed them cut off instead of rounding."""
    last, value = step(fact), fact.value
    return Interval(value if value > 0 else value - last, value if value < 0 else value + last)


def overlap(one: Interval, other: Interval) -> bool:
    """Whether two intervals have more than an end in common; cutting off never reaches the far end."""
    return one.low < other.high and other.low < one.high


def same_digits(one: Fraction, other: Fraction, steps: Iterable[Fraction]) -> bool:
    """Whether two values agree when both are rounded to the coarsest of the steps."""
    coarsest = max(steps)
    if not coarsest:
        return one == other
    return round_half_up(one / coarsest, 0) == round_half_up(other / coarsest, 0)
