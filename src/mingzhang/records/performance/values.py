"""What an indicator has reached (完成值): by a metric over the records, else as reported; always with its source."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from fractions import Fraction

from mingzhang.facts import FactStore
from mingzhang.numbers.units import unit_named
from mingzhang.performance.aggregate import Part, together
from mingzhang.performance.indicator import Operator, plain, target_of
from mingzhang.performance.scoring import Actual
from mingzhang.records.models import GoalIndicator, Goals, ReportedValue
from mingzhang.records.performance.answers import Answer
from mingzhang.records.performance.metrics import SUB_PROJECTS, metric
from mingzhang.records.performance.money import money_of


@dataclass(frozen=True, slots=True)
class Found:
    """A value and where it came from. `contradicted` is a reported value that the records say otherwise."""

    actual: Actual
    source: str
    coordinate: str = ""
    reported: ReportedValue | None = None
    contradicted: str = ""
    answer: Answer | None = None
    """What the records answered: a rate's parts, the rows it rests on."""


def found_values(goals: Goals, store: FactStore, up_to: date | None = None) -> dict[str, Found]:
    """The value of every indicator by name, up to a day where one is given for reported ones."""
    rows = list(goals.indicators.all())
    reported = _latest(rows, up_to)
    return {row.name: found_value(row, goals, store, reported.get(row.pk), up_to) for row in rows}


def found_value(
    row: GoalIndicator,
    goals: Goals,
    store: FactStore,
    reported: ReportedValue | None = None,
    up_to: date | None = None,
) -> Found:
    """What a record says goes before what a person reports."""
    by_person = _of_person(reported) if reported else None
    by_record = _of_record(row, goals, store, up_to) if row.metric else None
    if by_record is None:
        if by_person is not None:
            return Found(by_person, f"填报：{reported.evidence}" if reported else "", reported=reported)
        return Found(Actual(), "台账还没有数据" if row.metric else "还没有填报")
    value = by_record.value
    low = bool(reported and reported.target_was_low)
    contradicted = ""
    if by_person is not None and by_person.value is not None and by_person.value != value:
        unit = target_of(row.target).unit
        contradicted = f"填报{plain(by_person.value)}{unit}，台账为{plain(value)}{unit}"
    return Found(
        Actual(value, target_was_low=low),
        by_record.source,
        by_record.coordinate,
        reported,
        contradicted,
        by_record,
    )


def _of_record(row: GoalIndicator, goals: Goals, store: FactStore, up_to: date | None) -> Answer | None:
    """What the records say, in the unit of the target."""
    if row.metric == SUB_PROJECTS:
        return _of_sub_projects(row, goals, store, up_to)
    answer = metric(row.metric, goals.year, goals.entity, store, up_to)
    target = target_of(row.target)
    if answer is None or target.operator is Operator.QUALITATIVE or not target.unit:
        return answer
    return replace(answer, value=answer.value / unit_named(target.unit).scale)


def _of_sub_projects(row: GoalIndicator, goals: Goals, store: FactStore, up_to: date | None) -> Answer | None:
    """What the sub-projects reached of the indicator of the same name: counts added up, rates weighed by funds.

    Sub-projects that ask the same metric share its count: it is not added twice.
    """
    parts: dict[str, Part] = {}
    rows: list[str] = []
    for below in sub_goals(goals):
        same = below.indicators.filter(name=row.name).first()
        if same is None:
            continue
        found = found_value(same, below, store, _latest([same], up_to).get(same.pk), up_to)
        budget, executed = money_of(below, store)
        key = same.metric or f"GoalIndicator:{same.pk}"
        known = parts.get(key)
        if known is not None:
            budget, executed = known.budget + budget, known.executed + executed
        parts[key] = Part(budget, executed, found.actual)
        rows.append(f"GoalIndicator:{same.pk}")
    whole = together(list(parts.values()), relative=row.relative)
    if whole.value is None:
        return None
    return Answer(whole.value, f"下级项目汇总（{len(rows)}个）", rows=tuple(rows))


def sub_goals(goals: Goals) -> list[Goals]:
    """The goals of the sub-projects of a first-level project, in the order of their codes."""
    if goals.project is None:
        return []
    below = Goals.objects.filter(
        entity=goals.entity, year=goals.year, project__parent=goals.project, project__secret=False
    )
    return list(below.select_related("entity", "project", "project__parent").order_by("project__code"))


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
