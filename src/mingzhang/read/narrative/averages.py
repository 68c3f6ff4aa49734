"""Averages beside their count: 值班经费95万元，咨询13817件（平均每件68.76元）; they are the amount over the count."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from fractions import Fraction

from mingzhang.facts import ACTUAL, Statement, Tie
from mingzhang.numbers import Printed
from mingzhang.numbers.digits import one_digit_changed
from mingzhang.read.narrative.lists import SaidParagraph
from mingzhang.read.narrative.role_words import AVERAGE
from mingzhang.read.narrative.sentences import Said

_ALIKE = {"人": "人名次", "车": "辆台", "辆": "辆台"}
_HABIT = 3
"""So many averages must come out for each that does not, before that one is doubted."""


def averages(paragraphs: Sequence[SaidParagraph]) -> Iterator[Tie]:
    """The amount, the count and the average of each count that is followed by its average.

    Which amount was divided is open: one of the paragraph's with which it comes out. Where the report's averages
    nearly all are of the amount before them, one that misses it by one digit is doubted.
    """
    missed, held = [], 0
    for paragraph in paragraphs:
        for place, each in enumerate(paragraph.said):
            if not _is_average(paragraph.said, place):
                continue
            amounts = [other.statement for other in reversed(paragraph.said[:place]) if _is_amount(other)]
            count, average = paragraph.said[place - 1].statement, each.statement
            amount = next((each for each in amounts if _holds(each.printed, count.printed, average)), None)
            if amount:
                held += amount is amounts[0]
                yield _tie(amount, count, average)
            elif amounts:
                missed.append((amounts[0], count, average))
    for amount, count, average in missed if held >= _HABIT * len(missed) else ():
        if _nearly_holds(amount, count, average):
            yield replace(_tie(amount, count, average), certain=False, severity="warning")


def _is_average(said: Sequence[Said], place: int) -> bool:
    """Whether a figure is the average of what the figure before it counts."""
    each, before = said[place], said[place - 1] if place else None
    if before is None or before.span.kind != "count" or each.span.kind != "money" or each.span.approximate:
        return False
    found = AVERAGE.search(each.statement.label)
    if not found or before.span.approximate or before.statement.printed.value <= 0:
        return False
    unit = (found["each"] or found["of"]).removeprefix("万")
    return before.span.unit[-1] in _ALIKE.get(unit[0], unit)


def _is_amount(said: Said) -> bool:
    statement = said.statement
    return (
        said.span.kind == "money"
        and statement.coordinate.measure == ACTUAL
        and not statement.approximate
        and not AVERAGE.search(statement.label)
    )


def _tie(amount: Statement, count: Statement, average: Statement) -> Tie:
    return Tie(
        "average",
        "ratio",
        ((Fraction(1), amount.id), (_per(average), count.id)),
        ratio=average.id,
        chinese=f"{average.label}＝{amount.label}÷{count.label}",
        basis="平均数＝总额÷数量",
    )


def _per(average: Statement) -> Fraction:
    """In how many of the count's base units the average is told: 平均每万份 has 1/10000 of the count for divisor."""
    return Fraction(1, 10000) if re.search(r"每万", average.label) else Fraction(1)


def _holds(amount: Printed, count: Printed, average: Statement, shown: Printed | None = None) -> bool:
    divided = amount.interval.ratio((count.interval).scaled(_per(average)))
    return divided is not None and divided.meets((shown or average.printed).interval)


def _nearly_holds(amount: Statement, count: Statement, average: Statement) -> bool:
    a, c, m = amount.printed, count.printed, average.printed
    return (
        any(_holds(other, c, average) for other in one_digit_changed(a))
        or any(_holds(a, other, average) for other in one_digit_changed(c) if other.value > 0)
        or any(_holds(a, c, average, other) for other in one_digit_changed(m))
    )
