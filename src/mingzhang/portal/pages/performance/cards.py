"""Definition cards behind indicators (指标定义): what the business line's metric counts, and where its records are seen."""

from __future__ import annotations

from dataclasses import dataclass

from mingzhang.casework.definitions import Metric
from mingzhang.casework.periods import Period
from mingzhang.casework.periods import year as whole_year
from mingzhang.portal.access import Here
from mingzhang.portal.environment import url
from mingzhang.records.casework.facts import period_of
from mingzhang.records.casework.lines import line_of
from mingzhang.records.models import Goals
from mingzhang.records.performance.casework_metrics import Casework, card_of


@dataclass(frozen=True, slots=True)
class Card:
    """A metric with its period; linked to the figure for who counts in the line."""

    metric: Metric
    line: str
    period: Period
    address: str


def cards(here: Here, goals: Goals) -> dict[int, Card]:
    """The cards of the goals' indicators that a business line answers, by the indicators' keys."""
    found: dict[int, Card] = {}
    for row in goals.indicators.all():
        metric, named = card_of(row.metric), Casework.form.fullmatch(row.metric)
        if metric is None or named is None:
            continue
        period = period_of(named, goals.year) or whole_year(goals.year)
        query = f"?from={period.first}&to={period.last}"
        opens = here.case.may(metric.line, "S")
        address = url("casework_figure", line=metric.line, metric=metric.id) + query if opens else ""
        found[row.pk] = Card(metric, line_of(metric.line).chinese, period, address)
    return found
