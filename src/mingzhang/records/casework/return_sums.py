"""Sums of returns (月报合计): what reviewed returns tell of a figure, for the organisations and months where returns count."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import NamedTuple

from mingzhang.casework.definitions import Line
from mingzhang.casework.periods import Period
from mingzhang.records.casework.models import Return, ReturnItem

_FEN = {"元": 100, "万元": 1_000_000}


class Stated(NamedTuple):
    """Where a counting is told by returns: the form and the items that add up to it; a blank form where no return tells it."""

    form: str = ""
    items: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ReturnSum:
    """Numerator and base out of returns; `keys` of the returns counted, `waiting` of those not yet reviewed, `cut` of those whose month the period cuts."""

    numerator: Fraction = Fraction(0)
    denominator: Fraction = Fraction(0)
    keys: tuple[int, ...] = ()
    waiting: tuple[int, ...] = ()
    cut: tuple[int, ...] = ()


def return_sum(
    line: Line,
    numerator: Stated,
    base: Stated,
    unit: str,
    period: Period,
    places: Collection[tuple[int, date]],
) -> ReturnSum:
    """Add up the items over the places (organisation, month) where returns count. A month counts whole or not at all; returns that are not reviewed do
    not count and are named.
    """
    if not numerator.form or not places:
        return ReturnSum()
    counted: list[int] = []
    waiting: list[int] = []
    cut: list[int] = []
    whole = [month.first for month in period.months() if month.first in period and month.last in period]
    for report in _returns(line.id, numerator.form, period, places):
        if report.month not in whole:
            cut.append(report.pk)
        elif report.state == Return.State.REVIEWED:
            counted.append(report.pk)
        else:
            waiting.append(report.pk)
    scales = _scales(line, numerator.form, unit)
    return ReturnSum(
        _added(counted, numerator, scales),
        _added(counted, base, scales) if base.form else Fraction(0),
        tuple(counted),
        tuple(waiting),
        tuple(cut),
    )


def _returns(line_id: str, form: str, period: Period, places: Collection[tuple[int, date]]) -> list[Return]:
    """Submitted returns of the places, in order."""
    rows = Return.objects.filter(
        line=line_id, form=form, month__gte=period.first.replace(day=1), month__lte=period.last
    ).exclude(state=Return.State.DRAFT)
    return [row for row in rows.order_by("month", "pk") if (row.organisation_id, row.month) in places]


def _scales(line: Line, form: str, unit: str) -> Mapping[str, int]:
    """How many units of records one unit of an item is: 万人次 is ten thousand; of money, 元 is a hundred fen."""
    money = unit.endswith("元")
    items = line.returns[form].items if form in line.returns else ()
    return {
        name: _FEN.get(own, 100) if money else 10_000 if own.startswith("万") else 1 for name, _, own in items
    }


def _added(reports: list[int], stated: Stated, scales: Mapping[str, int]) -> Fraction:
    rows = ReturnItem.objects.filter(report__in=reports, name__in=stated.items).exclude(value=None)
    return sum(
        (Fraction(value) * scales.get(name, 1) for name, value in rows.values_list("name", "value") if value),
        Fraction(0),
    )
