"""Goals on any day (运行监控): execution and each indicator with its light, deviations explained or not."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from django.db.models import Q

from mingzhang.documents import Problem
from mingzhang.facts import FactStore
from mingzhang.performance.indicator import plain, target_of
from mingzhang.performance.monitoring import Light, Progress, execution_progress, indicator_progress
from mingzhang.records.definitions import shares
from mingzhang.records.models import Entity, Explanation, GoalIndicator, Goals, Monitoring, User
from mingzhang.records.organisation import Organisation
from mingzhang.records.performance.goals import form_of
from mingzhang.records.performance.money import money_of
from mingzhang.records.performance.values import Found, found_values
from mingzhang.records.sums import REVENUE_AND_EXPENDITURE, ledger_sums
from mingzhang.records.trail import content, record

EXECUTION = "预算执行率"


@dataclass(frozen=True)
class Watched:
    """Goals as they stand on a day. `explained` maps what is behind to its newest explanation."""

    goals: Goals
    on: date
    budget: Fraction
    executed: Fraction
    execution: Progress
    rows: tuple[tuple[GoalIndicator, Found, Progress], ...]
    explained: dict[str, Explanation]

    @property
    def light(self) -> Light:
        """The worst light of all, grey ones aside."""
        lights = {self.execution.light, *(progress.light for _, _, progress in self.rows)}
        return next(
            (light for light in (Light.RED, Light.YELLOW, Light.GREEN) if light in lights), Light.GREY
        )

    def unexplained(self) -> list[str]:
        """What is red or yellow and has no explanation yet."""
        behind = [(EXECUTION, self.execution), *((row.name, progress) for row, _, progress in self.rows)]
        return [
            name
            for name, progress in behind
            if progress.light in (Light.RED, Light.YELLOW) and name not in self.explained
        ]

    def problems(self) -> list[Problem]:
        """Deviations without an explanation, and measures that are overdue."""
        where = str(self.goals)
        found = [
            Problem(
                "deviation_unexplained",
                "偏差没有说明",
                f"{where}，“{name}”",
                "写明原因、措施和期限。",
                "warning",
            )
            for name in self.unexplained()
        ]
        found += [
            Problem(
                "measure_overdue",
                f"整改期限{each.due}已过",
                f"{where}，“{each.about}”",
                "填写落实情况。",
                "warning",
            )
            for each in self.explained.values()
            if each.due and not each.done_on and each.due < self.on
        ]
        return found


def keep_monitoring(seen: Watched, by: User | None = None) -> Monitoring:
    """Keep what was seen on a day for good (监控表): money, every indicator with its light, the explanations given."""
    kept = {
        "budget": str(seen.budget),
        "executed": str(seen.executed),
        "execution": {"light": str(seen.execution.light), "reason": seen.execution.reason},
        "rows": [
            {
                "indicator": row.name,
                "target": row.target,
                "value": None if found.actual.value is None else plain(found.actual.value),
                "level": found.actual.level,
                "source": found.source,
                "light": str(progress.light),
                "reason": progress.reason,
                "forecast": None if progress.forecast is None else plain(progress.forecast),
            }
            for row, found, progress in seen.rows
        ],
        "explained": {
            name: {"reason": each.reason, "measure": each.measure, "due": str(each.due or "")}
            for name, each in seen.explained.items()
        },
    }
    row = Monitoring(goals=seen.goals, on=seen.on, light=str(seen.light), content=kept, by=by)
    row.save()
    record(
        "performance", "运行监控", str(row), entity=seen.goals.entity, of=row, after=content(row)
    )  # fmt: skip
    return row


def watched(goals: Goals, store: FactStore, on: date) -> Watched:
    """Goals on a day: money up to the end of its month, values reported up to it, records as they stand."""
    budget, whole_year = money_of(goals, store)
    executed = spent_by(goals, on) if on.year == goals.year and on < date(goals.year, 12, 31) else whole_year
    values = found_values(goals, store, on)
    rows = tuple(
        (row, values[row.name], _progress(row, values[row.name], goals, on)) for row in goals.indicators.all()
    )
    explained = {each.about: each for each in goals.explanations.filter(on__lte=on).order_by("on", "id")}
    return Watched(
        goals, on, budget, executed, execution_progress(budget, executed, on, goals.year), rows, explained
    )


def _progress(row: GoalIndicator, found: Found, goals: Goals, on: date) -> Progress:
    """A number against its target; a level that was judged as it was judged."""
    if found.actual.level:
        best = found.actual.level == form_of(goals).rules.levels[0].name
        return Progress(None, None, Light.GREEN if best else Light.YELLOW, f"评价为“{found.actual.level}”")
    grows = row.cumulative and not row.relative
    return indicator_progress(target_of(row.target), found.actual.value, on, goals.year, cumulative=grows)


def spent_by(goals: Goals, on: date) -> Fraction:
    """Expenditure from the ledger up to the end of the month of a day, in yuan, internal payments taken out."""
    organisation = Organisation()
    entity: Entity = organisation.named(goals.entity.code)
    units: Sequence[Entity] = entity.units(organisation.entities)
    kinds = {unit.code: unit.kind for unit in units}
    codes = _codes(goals)
    fen = 0
    asked = REVENUE_AND_EXPENDITURE & Q(project__in=codes) if codes else REVENUE_AND_EXPENDITURE
    for unit, _, _, stated, amount, _ in ledger_sums(units, [goals.year], asked, on.month):
        for share in shares(stated, kinds[unit], organisation.departments, unit):
            if share.concept != "expenditure" or (share.credits_only and amount > 0):
                continue
            if not share.eliminates or not entity.keeps_books:
                fen += share.sign * amount
    return Fraction(fen, 100)


def _codes(goals: Goals) -> list[str]:
    """Codes of the project and its sub-projects; none for the whole."""
    if goals.project is None:
        return []
    return [goals.project.code, *goals.project.children.values_list("code", flat=True)]
