"""Metrics of the business lines (业务线指标, `M07-01`, of the first months `M01-03@1-11`) as answers to indicators: counted over the records, with their keys."""

from __future__ import annotations

import re
from datetime import date
from fractions import Fraction

from mingzhang.casework.definitions import Metric
from mingzhang.casework.periods import Period
from mingzhang.facts import FactStore, Vocabulary
from mingzhang.numbers.units import unit_named
from mingzhang.records.casework.facts import period_of
from mingzhang.records.casework.lines import all_lines
from mingzhang.records.casework.metrics import figure
from mingzhang.records.casework.models import Record
from mingzhang.records.models import Entity
from mingzhang.records.performance.answers import Answer

_ANY_YEAR = 2000


class Casework:
    """A metric of a line, over the year or up to a day of it. Lines are the department's: its units are not told apart."""

    form = re.compile(r"(?P<metric>M\d{2}-\d+[a-z]?)(?:@(?P<first>\d{1,2})-(?P<last>\d{1,2}))?")

    def is_known(self, metric: str, vocabulary: Vocabulary) -> bool:
        """Whether a line states it, and the year has such months."""
        return card_of(metric) is not None

    def answer(
        self, metric: str, entity: Entity, year: int, store: FactStore, up_to: date | None
    ) -> Answer | None:
        """Its figure; None at a unit, before the period, over a base of nothing, and while the line keeps no record."""
        card, named = card_of(metric), self.form.fullmatch(metric)
        period = period_of(named, year) if named else None
        if card is None or period is None or entity.keeps_books or not _is_kept(card.line):
            return None
        last = min(up_to or period.last, period.last)
        if last < period.first:
            return None
        found = figure(card, Period(period.first, last))
        if found.value is None:
            return None
        rows = tuple(dict.fromkeys((*found.keys, *found.base_keys)))
        source = f"业务台账：{card.chinese}（{found.period.chinese}，{metric}）"
        numerator, denominator = found.numerator, found.denominator
        value = Fraction(found.value) * unit_named(card.unit).scale
        return Answer(value, source, numerator, denominator, rows)


def card_of(metric: str) -> Metric | None:
    """The definition card of a metric's id, of the year or of some months; None where no line states it."""
    named = Casework.form.fullmatch(metric)
    if named is None or period_of(named, _ANY_YEAR) is None:
        return None
    name = named["metric"]
    return next((line.metrics[name] for line in all_lines().values() if name in line.metrics), None)


def _is_kept(line: str) -> bool:
    """Whether the line is worked with here: a count of nothing then means nothing happened."""
    return Record.objects.filter(line=line).exists()
