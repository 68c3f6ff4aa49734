"""Projects counted by the stages of performance management (各环节项目数): goals, monitoring, grades, problems. Points of the cube."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from fractions import Fraction

from mingzhang.catalogue.loading.performance import scoring_forms
from mingzhang.facts import Point
from mingzhang.records.models import BudgetLine, Entity, Goals, Project

GRADES = ("self_evaluated_excellent", "self_evaluated_good", "self_evaluated_fair", "self_evaluated_poor")
"""Concepts of the bands of grades, the best first."""

STAGES = (
    "performance_goal_projects",
    "performance_goal_amount",
    "performance_monitored_projects",
    "performance_monitored_amount",
    *GRADES,
    "performance_problems",
    "performance_problems_solved",
    "performance_problems_open",
)
"""Everything that is counted here."""


class Stages:
    """The first-level projects of some units that have goals, by year, read once. Secret ones are not counted."""

    def __init__(self, units: Sequence[Entity], years: Sequence[int]) -> None:
        self._codes = {unit.pk: unit.code for unit in units}
        found = Goals.objects.filter(
            year__in=years, project__entity__in=list(self._codes), project__parent=None, project__secret=False
        )
        with_steps = found.select_related("project").prefetch_related(
            "evaluations", "monitorings", "commitments"
        )
        self._goals = list(with_steps) if years else []
        self._evaluated = {
            (goals.project.code, goals.year) for goals in self._goals if goals.evaluations.all()
        }
        self._budgets = self._adjusted(years) if self._goals else {}

    @property
    def years(self) -> list[int]:
        """Years in which goals are kept."""
        return sorted({goals.year for goals in self._goals})

    def was_evaluated(self, code: str, year: int) -> bool:
        """Whether a first-level project was self-evaluated; taken for granted where no goals of the year are kept."""
        return year not in self.years or (code, year) in self._evaluated

    def points(self) -> Iterator[Point]:
        """A point of each count and amount at the unit that has the project."""
        for goals in self._goals:
            for concept, value in self._counted(goals).items():
                if value:
                    yield Point(concept, (), self._codes[goals.project.entity_id], str(goals.year), value)

    def _counted(self, goals: Goals) -> Counter[str]:
        budget = self._budgets.get((goals.project_id, goals.year), Fraction(0))
        promised = goals.commitments.all()
        solved = sum(1 for each in promised if each.done_on is not None)
        found = Counter[str](
            {
                "performance_goal_projects": 1,
                "performance_goal_amount": budget,
                "performance_problems": len(promised),
                "performance_problems_solved": solved,
                "performance_problems_open": len(promised) - solved,
            }
        )
        if goals.monitorings.all():
            found["performance_monitored_projects"], found["performance_monitored_amount"] = 1, budget
        last = max(goals.evaluations.all(), key=lambda each: each.number, default=None)
        if last is not None:
            bands = [grade.name for grade in scoring_forms()[last.content["form"]].grades]
            found[GRADES[bands.index(last.grade)]] = 1
        return found

    @staticmethod
    def _adjusted(years: Sequence[int]) -> dict[tuple[int, int], Fraction]:
        """(first-level project, year) → adjusted budget of it and everything under it, in yuan."""
        above = {each.code: each.parent_id or each.pk for each in Project.objects.all()}
        found: dict[tuple[int, int], Fraction] = defaultdict(Fraction)
        lines = BudgetLine.objects.filter(year__in=years, concept__in=("", "expenditure")).exclude(project="")
        for code, year, fen in lines.values_list("project", "year", "fen"):
            if code in above:
                found[above[code], year] += Fraction(fen, 100)
        return found
