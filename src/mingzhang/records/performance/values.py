"""What an indicator has reached (完成值): by a metric over the records, else as reported; always with its source."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from mingzhang.facts import Cell, Coordinate, FactStore
from mingzhang.facts.titles import title_of
from mingzhang.numbers.units import unit_named
from mingzhang.performance.indicator import Operator, plain, target_of
from mingzhang.performance.scoring import Actual
from mingzhang.records.models import GoalIndicator, Goals, ReportedValue


@dataclass(frozen=True, slots=True)
class Found:
    """A value and where it came from. `contradicted` is a reported value that the records say otherwise."""

    actual: Actual
    source: str
    coordinate: str = ""
    reported: ReportedValue | None = None
    contradicted: str = ""


def found_values(goals: Goals, store: FactStore, up_to: date | None = None) -> dict[str, Found]:
    """The value of every indicator by name, up to a day where one is given for reported ones."""
    rows = list(goals.indicators.all())
    reported = _latest(rows, up_to)
    return {row.name: found_value(row, goals, store, reported.get(row.pk)) for row in rows}


def found_value(
    row: GoalIndicator, goals: Goals, store: FactStore, reported: ReportedValue | None = None
) -> Found:
    """What a record says goes before what a person reports."""
    by_person = _of_person(reported) if reported else None
    by_record = _of_record(row, goals, store) if row.metric else None
    if by_record is None:
        if by_person is not None:
            return Found(by_person, f"填报：{reported.evidence}" if reported else "", reported=reported)
        return Found(Actual(), "台账还没有数据" if row.metric else "还没有填报")
    value, coordinate = by_record
    low = bool(reported and reported.target_was_low)
    contradicted = ""
    if by_person is not None and by_person.value is not None and by_person.value != value:
        unit = target_of(row.target).unit
        contradicted = f"填报{plain(by_person.value)}{unit}，台账为{plain(value)}{unit}"
    title = title_of(coordinate, store.vocabulary)
    return Found(Actual(value, target_was_low=low), f"台账：{title}", str(coordinate), reported, contradicted)


def _of_record(row: GoalIndicator, goals: Goals, store: FactStore) -> tuple[Fraction, Coordinate] | None:
    coordinate = Cell.parse(row.metric).at(goals.entity.code, str(goals.year))
    value = store.value(coordinate)
    if value is None:
        return None
    target = target_of(row.target)
    if target.operator is Operator.QUALITATIVE or not target.unit:
        return value, coordinate
    return value / unit_named(target.unit).scale, coordinate


def _of_person(reported: ReportedValue) -> Actual:
    return Actual(
        None if reported.value is None else Fraction(reported.value),
        reported.level,
        None if reported.share is None else Fraction(reported.share),
        reported.words,
        reported.target_was_low,
    )


def _latest(rows: Iterable[GoalIndicator], up_to: date | None) -> dict[int, ReportedValue]:
    """The newest reported value of each indicator."""
    known = ReportedValue.objects.filter(indicator__in=rows).order_by("on", "id")
    if up_to is not None:
        known = known.filter(on__lte=up_to)
    return {value.indicator_id: value for value in known}
