"""Sums of returns (月报合计): what reviewed returns tell of a figure, for the organisations and months where returns count."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from django.db.models import QuerySet

from mingzhang.casework.periods import Period
from mingzhang.records.casework.grains import Stated
from mingzhang.records.casework.lines import line_of
from mingzhang.records.casework.models import Area, Grain, Organisation, Return, ReturnItem
from mingzhang.records.casework.registries import area_and_below

_FEN = {"元": 100, "万元": 1_000_000}


@dataclass(frozen=True, slots=True)
class ReturnSum:
    """Numerator and base out of returns; `keys` of the returns counted, `waiting` of those not yet reviewed, `cut` of those whose month the period cuts."""

    numerator: Fraction = Fraction(0)
    denominator: Fraction = Fraction(0)
    keys: tuple[int, ...] = ()
    waiting: tuple[int, ...] = ()
    cut: tuple[int, ...] = ()


def return_sum(
    line_id: str,
    numerator: Stated,
    base: Stated,
    unit: str,
    period: Period,
    organisation: Organisation | None = None,
    area: Area | None = None,
) -> ReturnSum:
    """Add up the items. A month counts whole or not at all; returns that are not reviewed do not count and are named."""
    if not numerator.form:
        return ReturnSum()
    counted: list[int] = []
    waiting: list[int] = []
    cut: list[int] = []
    whole = [month.first for month in period.months() if month.first in period and month.last in period]
    for report in _returns(line_id, numerator.form, period, organisation, area):
        if report.month not in whole:
            cut.append(report.pk)
        elif report.state == Return.State.REVIEWED:
            counted.append(report.pk)
        else:
            waiting.append(report.pk)
    scales = _scales(line_id, numerator.form, unit)
    return ReturnSum(
        _added(counted, numerator, scales),
        _added(counted, base, scales) if base.form else Fraction(0),
        tuple(counted),
        tuple(waiting),
        tuple(cut),
    )


def _returns(
    line_id: str, form: str, period: Period, organisation: Organisation | None, area: Area | None
) -> list[Return]:
    """Submitted returns of the months where returns count, in order."""
    first = period.first.replace(day=1)
    grains = Grain.objects.filter(
        line=line_id, register=form, kind=Grain.Kind.RETURN, month__gte=first, month__lte=period.last
    )
    places = set(grains.values_list("organisation_id", "month"))
    rows: QuerySet[Return] = Return.objects.filter(
        line=line_id, form=form, month__gte=first, month__lte=period.last
    ).exclude(state=Return.State.DRAFT)
    if organisation is not None:
        rows = rows.filter(organisation=organisation)
    if area is not None:
        rows = rows.filter(organisation__area__in=area_and_below(area))
    return [row for row in rows.order_by("month", "pk") if (row.organisation_id, row.month) in places]


def _scales(line_id: str, form: str, unit: str) -> Mapping[str, int]:
    """How many units of records one unit of an item is: 万人次 is ten thousand; of money, 元 is a hundred fen."""
    money = unit.endswith("元")
    return {
        name: _FEN.get(own, 100) if money else 10_000 if own.startswith("万") else 1
        for name, _, own in line_of(line_id).returns[form].items
    }


def _added(reports: list[int], stated: Stated, scales: Mapping[str, int]) -> Fraction:
    rows = ReturnItem.objects.filter(report__in=reports, name__in=stated.items).exclude(value=None)
    total = Fraction(0)
    for name, value in rows.values_list("name", "value"):
        total += Fraction(value if isinstance(value, Decimal) else 0) * scales[name]
    return total
