"""Figures of a line for pages and the API (指标查询): counted, frozen, and how a frozen one stands now."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from mingzhang.casework.definitions import Line, Metric
from mingzhang.casework.periods import Period
from mingzhang.records.casework import frozen
from mingzhang.records.casework.metrics import Figure
from mingzhang.records.casework.metrics import figures as count
from mingzhang.records.casework.models import Area, Frozen, Grain, Organisation
from mingzhang.records.models import User

MIXED = "多种来源合计"


@dataclass(frozen=True, slots=True)
class Restated:
    """A frozen figure and the same one now: as printed, and the keys of records that count now and did not, and the reverse."""

    row: Frozen
    now: Figure
    differs: bool
    joined: tuple[str, ...]
    left: tuple[str, ...]
    late: tuple[str, ...]


def figures_of(
    metrics: Iterable[Metric], period: Period, area: Area | None, organisation: Organisation | None
) -> list[Figure]:
    """Figures of a period, of everything, of an area, or of an organisation."""
    return count(metrics, period, area=area, entity=organisation)


def figure_of(
    line: Line, metric: str, period: Period, area: Area | None, organisation: Organisation | None
) -> Figure:
    """One of them; KeyError where the line has no such metric."""
    return figures_of([line.metrics[metric]], period, area, organisation)[0]


def freeze(user: User, figure: Figure, reason: str) -> Frozen:
    """Keep a figure as it is published."""
    return frozen.freeze(figure, user, reason)


def frozen_of(figure: Figure) -> list[Restated]:
    """What was published of this figure for this period and place, the latest first, each with how it stands now."""
    rows = Frozen.objects.filter(
        metric=figure.metric.id,
        from_on=figure.period.first,
        to_on=figure.period.last,
        area=figure.area,
        organisation=figure.organisation,
    )
    found = [frozen.restated(row) for row in rows.select_related("by")]
    return [
        Restated(each.frozen, each.now, each.differs, each.joined, each.left, each.late) for each in found
    ]


def grain_in_words(figure: Figure) -> str:
    """Out of what the figure was made."""
    known = dict(Grain.Kind.choices)
    return str(known.get(figure.grain, MIXED))
