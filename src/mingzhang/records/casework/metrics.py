"""Metrics of the books (指标数): each figure counted from records, a platform's rows or returns, whichever counts; published ones frozen.

A figure opens to the records and returns that made it. Nothing is kept but what was published, with its definition.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, field
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Any

from django.db import transaction
from django.utils import timezone

from mingzhang.casework import metrics as counting
from mingzhang.casework.definitions import Line, Metric
from mingzhang.casework.metrics import everything
from mingzhang.casework.periods import Period
from mingzhang.numbers import round_half_up
from mingzhang.records.casework.errors import refused
from mingzhang.records.casework.grains import Stated, admitting, grains, stated_by_returns
from mingzhang.records.casework.lines import all_lines, kind_of, line_of
from mingzhang.records.casework.metric_views import (
    countings,
    deadline_views,
    is_registry,
    record_views,
    registry_views,
)
from mingzhang.records.casework.models import Area, Frozen, Grain, Organisation
from mingzhang.records.casework.return_sums import ReturnSum, return_sum
from mingzhang.records.people.models import User
from mingzhang.records.trail import enter, sm3

_PLACES = 6
"""Decimals of what is frozen."""


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure with everything that made it. Amounts are in the units of records (money in fen); `value` and `printed` in the metric's unit."""

    metric: Metric
    period: Period
    value: Fraction | None
    printed: str
    numerator: Fraction
    denominator: Fraction | None
    keys: tuple[str, ...]
    """Keys of the records counted by the numerator; `base_keys` by the base."""
    base_keys: tuple[str, ...]
    late: tuple[str, ...]
    """Keys of those that were recorded after the period had ended."""
    returns: ReturnSum = field(default_factory=ReturnSum)
    organisation: Organisation | None = None
    area: Area | None = None
    grains: tuple[str, ...] = ()
    """The grains that made it (records, platform, return), each once."""

    @property
    def grain(self) -> str:
        """The grains in Chinese."""
        return "、".join(str(Grain.Kind(each).label) for each in self.grains) or str(Grain.Kind.RECORDS.label)

    @property
    def base(self) -> str:
        """The base in words."""
        return self.metric.basis


def metric_of(metric_id: str) -> Metric:
    """The metric of an id. Raises RefusedError for one that no line has."""
    for line in all_lines().values():
        if metric_id in line.metrics:
            return line.metrics[metric_id]
    raise refused("E-REF", f"没有指标“{metric_id}”", "指标", "核对指标编号。")


def figure(
    metric_id: str,
    period: Period,
    *,
    organisation: Organisation | None = None,
    area: Area | None = None,
    today: date | None = None,
) -> Figure:
    """One figure, of the whole bureau, of an organisation or of an area with what lies below it."""
    metric = metric_of(metric_id)
    return figures([metric], period, organisation=organisation, area=area, today=today)[metric_id]


def figures(
    metrics: Iterable[Metric],
    period: Period,
    *,
    organisation: Organisation | None = None,
    area: Area | None = None,
    today: date | None = None,
) -> dict[str, Figure]:
    """Several figures at once: the records of each kind are read once."""
    today = today or timezone.localdate()
    found: dict[str, Figure] = {}
    by_line: dict[str, list[Metric]] = {}
    for metric in metrics:
        by_line.setdefault(metric.line, []).append(metric)
    for line_id, own in by_line.items():
        found |= _of_line(line_of(line_id), own, period, organisation, area, today)
    return found


def freeze(
    user: User | None, figure: Figure, reason: str, definition: Mapping[str, Any] | None = None
) -> Frozen:
    """Keep a figure as it is published: value, numerator, base, records, definition."""
    keys, base = list(figure.keys), list(figure.base_keys)
    row = Frozen(
        line=figure.metric.line,
        metric=figure.metric.id,
        definition_version=figure.metric.version,
        definition=dict(definition or card(figure.metric)),
        from_on=figure.period.first,
        to_on=figure.period.last,
        organisation=figure.organisation,
        area=figure.area,
        value=_kept(figure.value),
        numerator=_kept(figure.numerator),
        denominator=_kept(figure.denominator),
        grain="+".join(figure.grains)[:20],
        keys=keys,
        base_keys=base,
        keys_digest=sm3("\n".join([*keys, "", *base, "", *map(str, figure.returns.keys)])),
        at=timezone.now(),
        by=user,
        reason=reason[:200],
    )
    return enter([row], "公开", subject=f"{figure.metric.chinese}{figure.period.chinese}", reason=reason)[0]


@dataclass(frozen=True, slots=True)
class Restated:
    """A published figure beside the same figure as the records say it now."""

    frozen: Frozen
    now: Figure
    added: tuple[str, ...]
    removed: tuple[str, ...]

    @property
    def has_changed(self) -> bool:
        """Whether value, numerator, base or the records differ."""
        before = (self.frozen.value, self.frozen.numerator, self.frozen.denominator)
        after = (_kept(self.now.value), _kept(self.now.numerator), _kept(self.now.denominator))
        return before != after or bool(self.added or self.removed)


def restated(frozen: Frozen, today: date | None = None) -> Restated:
    """The published figure computed anew by today's definition, with records that came in and those that left; the published one stays."""
    now = figure(
        frozen.metric,
        Period(frozen.from_on, frozen.to_on),
        organisation=frozen.organisation,
        area=frozen.area,
        today=today,
    )
    before, after = dict.fromkeys(frozen.keys), dict.fromkeys(now.keys)
    return Restated(
        frozen,
        now,
        tuple(key for key in after if key not in before),
        tuple(key for key in before if key not in after),
    )


def card(metric: Metric) -> dict[str, Any]:
    """The definition card as plain JSON: who is in, who is out, which day, which base."""
    stated = asdict(metric)
    return {name: _plain(value) for name, value in stated.items()}


def _of_line(
    line: Line,
    metrics: list[Metric],
    period: Period,
    organisation: Organisation | None,
    area: Area | None,
    today: date,
) -> dict[str, Figure]:
    views, deadlines = _read(line, metrics, period, organisation, area, today)
    told = {metric.id: stated_by_returns(metric, line) for metric in metrics}
    declared = grains(
        line.id,
        {each.form for pair in told.values() for each in pair if each.form},
        period.first,
        period.last,
    )
    found: dict[str, Figure] = {}
    with transaction.atomic():
        for metric in metrics:
            numerator, base = told[metric.id]
            admit = admitting(declared[numerator.form]) if numerator.form else everything
            counted = counting.figure(metric, period, views, deadlines, (admit, admit))
            sums = return_sum(line.id, numerator, base, metric.unit, period, organisation, area)
            found[metric.id] = _figure(metric, period, counted, sums, numerator, organisation, area, views)
    return found


def _read(
    line: Line,
    metrics: list[Metric],
    period: Period,
    organisation: Organisation | None,
    area: Area | None,
    today: date,
) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    asked = [(each, metric.flavour) for metric in metrics for each in countings(metric)]
    kinds = sorted({name for each, _ in asked for name in each.kinds})
    views: list[dict[str, Any]] = []
    deadlines: list[dict[str, Any]] = []
    for name in kinds:
        if is_registry(name):
            views += registry_views(name)
            continue
        kind = kind_of(f"{line.id}.{name}")
        views += record_views(kind, asked, period, organisation=organisation, area=area, today=today)
        families = {family for each, _ in asked if name in each.kinds for family in each.deadlines}
        if families:
            deadlines += deadline_views(kind, families, today)
    return views, deadlines


def _figure(
    metric: Metric,
    period: Period,
    counted: counting.Figured,
    sums: ReturnSum,
    told: Stated,
    organisation: Organisation | None,
    area: Area | None,
    views: list[dict[str, Any]],
) -> Figure:
    numerator = counted.numerator.amount + sums.numerator
    denominator = None if counted.denominator is None else counted.denominator.amount + sums.denominator
    value = counting.value_of(metric, numerator, denominator)
    base_keys = counted.denominator.keys if counted.denominator else ()
    return Figure(
        metric=metric,
        period=period,
        value=value,
        printed=counting.printed(metric, value),
        numerator=numerator,
        denominator=denominator,
        keys=counted.numerator.keys,
        base_keys=base_keys,
        late=counted.numerator.late,
        returns=sums,
        organisation=organisation,
        area=area,
        grains=_grains({*counted.numerator.keys, *base_keys}, sums, told, views),
    )


def _grains(keys: set[str], sums: ReturnSum, told: Stated, views: list[dict[str, Any]]) -> tuple[str, ...]:
    platforms = {view["key"] for view in views if view.get("source_system")} if told.form else set()
    return tuple(
        kind.value
        for kind, there in (
            (Grain.Kind.RECORDS, bool(keys - platforms)),
            (Grain.Kind.PLATFORM, bool(keys & platforms)),
            (Grain.Kind.RETURN, bool(sums.keys)),
        )
        if there
    )


def _kept(value: Fraction | None) -> Decimal | None:
    return None if value is None else round_half_up(value, _PLACES)


def _plain(value: Any) -> Any:
    if isinstance(value, Mapping):
        return {str(name): _plain(own) for name, own in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(own) for own in value]
    return value.isoformat() if isinstance(value, date) else value
