"""Figures over the books (指标数): counted by their definition card whenever they are asked, with the keys of all records counted.

`frozen.freeze` keeps one as it was published, `frozen.restated` tells the value now beside it.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import Any

from django.db.models import QuerySet
from django.utils import timezone

from mingzhang.casework import metrics as engine
from mingzhang.casework.definitions import Counting, Metric
from mingzhang.casework.periods import Period
from mingzhang.records.casework.errors import refused
from mingzhang.records.casework.grains import MIXED, RECORDS, Counts, counts_of
from mingzhang.records.casework.lines import all_lines
from mingzhang.records.casework.models import Area, Organisation, Record
from mingzhang.records.casework.organisations import and_below
from mingzhang.records.casework.registries import area_and_below
from mingzhang.records.casework.selecting import deadline_views, kinds_of, narrowed, registry_views, views


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure with everything that made it. `keys` and `base_keys` are the records of numerator and denominator, `late` those
    recorded after the period; `returned` the monthly returns (their keys) that stand for records where that grain counts.
    """

    metric: Metric
    period: Period
    value: Fraction | None
    printed: str
    numerator: Fraction
    denominator: Fraction | None
    grain: str
    keys: tuple[str, ...]
    base_keys: tuple[str, ...] = ()
    late: tuple[str, ...] = ()
    returned: tuple[int, ...] = ()
    organisation: Organisation | None = None
    area: Area | None = None

    @property
    def base(self) -> str:
        """The denominator in words."""
        return self.metric.basis


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
    stated = metric_of(metric) if isinstance(metric, str) else metric
    today = today or timezone.localdate()
    scope = _scope(records, entity, area)
    counts = counts_of(stated, period, entity, area)
    numerator = _count(stated, stated.numerator, period, scope, counts, today, area)
    denominator = (
        None
        if stated.denominator is None
        else _count(stated, stated.denominator, period, scope, counts, today, area)
    )
    amount = numerator.amount + counts.returned
    value = engine.value_of(stated, amount, None if denominator is None else denominator.amount)
    return Figure(
        stated, period, value, engine.printed(stated, value), amount, None if denominator is None else denominator.amount,
        _grain(counts, numerator.keys), numerator.keys, denominator.keys if denominator else (),
        tuple(dict.fromkeys((*numerator.late, *(denominator.late if denominator else ())))), counts.returns, entity, area,
    )  # fmt: skip


def _grain(counts: Counts, keys: tuple[str, ...]) -> str:
    found = counts.grains | ({RECORDS} if keys and not counts.grains else set())
    return next(iter(found)) if len(found) == 1 else MIXED if found else RECORDS


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
    metric: Metric,
    counting: Counting,
    period: Period,
    scope: QuerySet[Record],
    counts: Counts,
    today: date,
    area: Area | None,
) -> engine.Counted:
    kinds, registries = kinds_of(metric.line, counting)
    found: list[dict[str, Any]] = []
    deadlines: dict[str, list[Any]] = {}
    for kind in kinds:
        records = narrowed(scope, kind, counting, metric.flavour, period)
        found += [
            {**view, "kind": _named(counting, kind.name)}
            for view in counts.kept(views(records, kind, counting), counting)
        ]
        if counting.deadlines:
            for view in deadline_views(records, counting, today):
                deadlines.setdefault(view["record"], []).append(view)
    for name in registries:
        codes = None if area is None else set(area_and_below(area).values_list("code", flat=True))
        found += [view for view in registry_views(name) if codes is None or view["area"] in codes]
    return engine.count(counting, metric.flavour, period, found, deadlines)


def _named(counting: Counting, name: str) -> str:
    """A kind as the counting calls it: with its line where it states it so."""
    return name if name in counting.kinds else name.partition(".")[2]


def figures(
    wanted: Iterable[Metric | str], period: Period, *, today: date | None = None, **where: Any
) -> list[Figure]:
    """Many figures of one period, in the order asked."""
    return [figure(metric, period, today=today, **where) for metric in wanted]
