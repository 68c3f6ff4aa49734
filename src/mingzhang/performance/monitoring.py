"""Monitoring (绩效运行监控): on any day, progress against plan, a forecast to the year's end, a light with its reason."""

from __future__ import annotations

from calendar import isleap
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from fractions import Fraction

from mingzhang.performance.indicator import Target, plain


class Light(StrEnum):
    """A traffic light."""

    GREEN = "绿"
    YELLOW = "黄"
    RED = "红"
    GREY = "灰"


@dataclass(frozen=True, slots=True)
class Progress:
    """Where something stands: done so far as a share of the target, the forecast for the year's end, the light, why."""

    share: Fraction | None
    forecast: Fraction | None
    light: Light
    reason: str


@dataclass(frozen=True, slots=True)
class Tolerances:
    """How far behind the calendar is yellow, and how far red, as shares of the year's target."""

    yellow: Fraction = Fraction(10, 100)
    red: Fraction = Fraction(25, 100)


def elapsed(on: date, year: int) -> Fraction:
    """The share of the year that has passed at the end of a day.

    >>> elapsed(date(2021, 6, 30), 2021)
    Fraction(181, 365)
    """
    if on.year < year:
        return Fraction(0)
    if on.year > year:
        return Fraction(1)
    return Fraction((on - date(year, 1, 1)).days + 1, 366 if isleap(year) else 365)


def execution_progress(
    budget: Fraction, executed: Fraction, on: date, year: int, tolerances: Tolerances | None = None
) -> Progress:
    """Money spent against the calendar."""
    limits = tolerances or Tolerances()
    if not budget:
        light = Light.RED if executed else Light.GREY
        return Progress(None, None, light, "没有预算却有支出" if executed else "没有预算")
    share, passed = executed / budget, elapsed(on, year)
    forecast = executed / passed if passed else None
    if share > 1:
        return Progress(share, forecast, Light.RED, f"支出已超过全年预算{_percent(share - 1)}")
    return _against_calendar(share, passed, forecast, limits, "预算执行")


def indicator_progress(
    target: Target,
    value: Fraction | None,
    on: date,
    year: int,
    *,
    cumulative: bool = True,
    tolerances: Tolerances | None = None,
) -> Progress:
    """An indicator's value so far. Counts grow over the year (`cumulative`); rates stand as they are, all year."""
    limits = tolerances or Tolerances()
    if value is None:
        return Progress(None, None, Light.GREY, "还没有数据")
    if not target.operator.is_measured or target.value is None:
        return Progress(None, None, Light.GREY, "定性指标，年终评价")
    passed = elapsed(on, year)
    if target.operator.is_reverse:
        forecast = value / passed if cumulative and passed else value
        share = value / target.value if target.value else None
        if value > target.value:
            return Progress(share, forecast, Light.RED, f"已超过上限{plain(target.value)}{target.unit}")
        if forecast > target.value:
            return Progress(share, forecast, Light.YELLOW, "按目前速度，年底将超过上限")
        return Progress(share, forecast, Light.GREEN, "在上限之内")
    if target.value <= 0:
        return Progress(None, value, Light.GREEN, "目标为0")
    share = value / target.value
    if not cumulative:
        if share >= 1:
            return Progress(share, value, Light.GREEN, "达到目标")
        light = Light.YELLOW if 1 - share <= limits.yellow else Light.RED
        return Progress(share, value, light, f"低于目标{_percent(1 - share)}")
    at_this_pace = value / passed if passed else None
    if share >= 1:
        return Progress(share, at_this_pace, Light.GREEN, "已完成全年目标")
    return _against_calendar(share, passed, at_this_pace, limits, "完成进度")


def _against_calendar(
    share: Fraction, passed: Fraction, forecast: Fraction | None, limits: Tolerances, what: str
) -> Progress:
    behind = passed - share
    stated = f"{what}{_percent(share)}，时间进度{_percent(passed)}"
    if behind > limits.red:
        return Progress(share, forecast, Light.RED, f"{stated}，落后{_points(behind)}个百分点")
    if behind > limits.yellow:
        return Progress(share, forecast, Light.YELLOW, f"{stated}，落后{_points(behind)}个百分点")
    return Progress(share, forecast, Light.GREEN, stated)


def _percent(share: Fraction) -> str:
    return f"{_points(share)}%"


def _points(share: Fraction) -> str:
    tenths = (abs(share) * 2000 + 1) // 2
    return f"{'-' if share < 0 else ''}{tenths // 10}.{tenths % 10}"
