"""Figures over the books (指标数): counted by their definition card whenever they are asked, with the keys of all records counted.

`frozen.freeze` keeps one as it was published, `frozen.restated` tells the value now beside it.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction

from django.db.models import QuerySet
from django.utils import timezone

from mingzhang.casework import metrics as engine
from mingzhang.casework.definitions import Counting, Metric
from mingzhang.casework.periods import Period
from mingzhang.records.casework.errors import refused
from mingzhang.records.casework.grains import MIXED, PLATFORM, RECORDS, RETURN, Counts, counts_of
from mingzhang.records.casework.lines import all_lines
from mingzhang.records.casework.models import Area, Organisation, Record
from mingzhang.records.casework.organisations import and_below
from mingzhang.records.casework.read_once import Reading
from mingzhang.records.casework.registries import area_and_below
from mingzhang.records.casework.return_sums import ReturnSum


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure with everything that made it. `keys` and `base_keys` are the records of numerator and denominator, `late` those
    recorded after the period; `returns` the monthly returns that stand for records where that grain counts, those that wait for review, and those
    whose month the period cuts. `grains` are those that made it, `grain` the one, or `mixed`.
    """

    metric: Metric
    period: Period
    value: Fraction | None
    printed: str
    numerator: Fraction
    denominator: Fraction | None
    grains: tuple[str, ...]
    keys: tuple[str, ...]
    base_keys: tuple[str, ...] = ()
    late: tuple[str, ...] = ()
    returns: ReturnSum = field(default_factory=ReturnSum)
    organisation: Organisation | None = None
    area: Area | None = None

    @property
    def base(self) -> str:
        """The denominator in words."""
        return self.metric.basis

    @property
    def grain(self) -> str:
        """The grain that made the figure; of several `mixed`, of none what would have: records."""
        return MIXED if len(self.grains) > 1 else next(iter(self.grains), RECORDS)

    @property
    def returned(self) -> tuple[int, ...]:
        """The keys of the returns counted."""
        return self.returns.keys


def metric_of(metric_id: str) -> Metric:
    """The definition card of an id. Raises RefusedError for one that no line states."""
    for line in all_lines().values():
        if metric_id in line.metrics:
            return line.metrics[metric_id]
    raise refused("E-REF", f"没有指标“{metric_id}”", "指标", "核对指标的编号。")


def figure(
    metric: Metric | str,
    period: Period,
    entity: Organisation | None = None,
    area: Area | None = None,
    *,
    today: date | None = None,
    records: QuerySet[Record] | None = None,
) -> Figure:
    """Count a metric over a period, of one organisation and all under it, or of one area and all under it.

    `records` narrows to what a person may see. Deadlines are counted as they stand today.
    """
    return figures([metric], period, today=today, entity=entity, area=area, records=records)[0]


def figures(
    wanted: Iterable[Metric | str],
    period: Period,
    *,
    today: date | None = None,
    entity: Organisation | None = None,
    area: Area | None = None,
    records: QuerySet[Record] | None = None,
) -> list[Figure]:
    """Many figures of one period, in the order asked; records that several count by the same day are read once for all of them."""
    stated = [metric_of(each) if isinstance(each, str) else each for each in wanted]
    scope = _scope(records, entity, area)
    reading = Reading(scope, period, today or timezone.localdate(), stated, area)
    return [_figure(metric, reading, entity, area) for metric in stated]


def _figure(stated: Metric, reading: Reading, entity: Organisation | None, area: Area | None) -> Figure:
    period = reading.period
    counts = counts_of(stated, period, entity, area)
    platforms = set[str]()
    numerator = _count(stated, stated.numerator, reading, counts, platforms)
    base = (
        None if stated.denominator is None else _count(stated, stated.denominator, reading, counts, platforms)
    )
    sums = counts.returns
    amount = numerator.amount + sums.numerator
    whole = None if base is None else base.amount + sums.denominator
    value = engine.value_of(stated, amount, whole)
    base_keys = base.keys if base else ()
    return Figure(
        stated, period, value, engine.printed(stated, value), amount, whole,
        _grains({*numerator.keys, *base_keys}, platforms, sums), numerator.keys, base_keys,
        tuple(dict.fromkeys((*numerator.late, *(base.late if base else ())))), sums, entity, area,
    )  # fmt: skip


def _grains(keys: set[str], platforms: set[str], sums: ReturnSum) -> tuple[str, ...]:
    there = {RECORDS: keys - platforms, PLATFORM: keys & platforms, RETURN: sums.keys}
    return tuple(grain for grain, found in there.items() if found)


def _scope(
    records: QuerySet[Record] | None, entity: Organisation | None, area: Area | None
) -> QuerySet[Record]:
    scope = Record.objects.all() if records is None else records
    if entity is not None:
        scope = scope.filter(organisation__in=and_below(entity))
    if area is not None:
        scope = scope.filter(area__in=area_and_below(area))
    return scope


def _count(
    metric: Metric, counting: Counting, reading: Reading, counts: Counts, platforms: set[str]
) -> engine.Counted:
    """Count one side of a metric; `platforms` takes up the keys of records that a platform brought."""
    found, deadlines = reading.of(metric, counting)
    platforms |= {view["key"] for view in found if view.get("source_system")}
    admit = counts.admit if counts.decided else engine.everything
    return engine.count(counting, metric.flavour, reading.period, found, deadlines, admit)
