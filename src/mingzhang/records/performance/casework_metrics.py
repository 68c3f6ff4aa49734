"""Metrics of the business lines (业务线指标, `M07-01`) as answers to indicators: counted over the records, with their keys."""

from __future__ import annotations

import re
from datetime import date
from fractions import Fraction

from mingzhang.casework.definitions import Metric
from mingzhang.casework.periods import Period
from mingzhang.facts import FactStore, Vocabulary
from mingzhang.numbers.units import unit_named
from mingzhang.records.casework.lines import all_lines
from mingzhang.records.casework.metrics import figure
from mingzhang.records.casework.models import Record
from mingzhang.records.models import Entity
from mingzhang.records.performance.answers import Answer


class Casework:
    """A metric of a line, over the year or up to a day of it. Lines are the department's: its units are not told apart."""

    form = re.compile(r"M\d{2}-\d+[a-z]?")

    def is_known(self, metric: str, vocabulary: Vocabulary) -> bool:
        """Whether a line states it."""
        return _card(metric) is not None

    def answer(
        self, metric: str, entity: Entity, year: int, store: FactStore, up_to: date | None
    ) -> Answer | None:
        """Its figure; None at a unit, before the year, over a base of nothing, and while the line keeps no record."""
        card = _card(metric)
        last = min(up_to or date(year, 12, 31), date(year, 12, 31))
        if card is None or entity.keeps_books or last.year < year or not _is_kept(card.line):
            return None
        found = figure(card, Period(date(year, 1, 1), last))
        if found.value is None:
            return None
        rows = tuple(dict.fromkeys((*found.keys, *found.base_keys)))
        source = f"业务台账：{card.chinese}（{found.period.chinese}，{metric}）"
        numerator, denominator = found.numerator, found.denominator
        value = Fraction(found.value) * unit_named(card.unit).scale
        return Answer(value, source, numerator, denominator, rows)


def _card(metric: str) -> Metric | None:
    return next((line.metrics[metric] for line in all_lines().values() if metric in line.metrics), None)


def _is_kept(line: str) -> bool:
    """Whether the line is worked with here: a count of nothing then means nothing happened."""
    return Record.objects.filter(line=line).exists()
