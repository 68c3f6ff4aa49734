"""A self-evaluation from the records (绩效自评): values, scores, what must be explained, and the frozen content."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from itertools import groupby
from typing import Any

from mingzhang.compose.self_evaluation import Goal, Sheet
from mingzhang.documents import Problem
from mingzhang.facts import FactStore
from mingzhang.performance.form import Evaluation as Evaluated
from mingzhang.performance.form import evaluate
from mingzhang.performance.indicator import plain
from mingzhang.performance.scoring import ScoreError
from mingzhang.records.models import Goals
from mingzhang.records.performance.goals import form_of, indicator_of
from mingzhang.records.performance.money import cell_of, money_of, parts_of
from mingzhang.records.performance.values import Found, found_values

EXECUTION = "预算执行率"
TARGET_CHANGED = "绩效目标年中调整"


@dataclass(frozen=True)
class SelfEvaluation:
    """Goals evaluated as the records stand: the arithmetic, where each value came from, the reasons given."""

    goals: Goals
    evaluated: Evaluated
    found: Mapping[str, Found]
    reasons: Mapping[str, str]
    measures: str

    def problems(self) -> list[Problem]:
        """Reasons that are demanded and missing, values without a source, reported values that records contradict."""
        where = str(self.goals)
        problems = [
            Problem(
                "reason_missing", f"{what}：{why}，没有写原因", f"{where}，“{what}”", "写明原因，再提交。"
            )
            for what, why in self.must_explain()
            if not self.reasons.get(what, "").strip()
        ]
        for name, found in self.found.items():
            if found.contradicted:
                problems.append(
                    Problem("value_contradicted", found.contradicted, f"{where}，“{name}”", "以台账为准；确有出入的，先更正台账。", "warning")
                )  # fmt: skip
            if found.actual.is_missing:
                problems.append(
                    Problem("value_missing", "没有实际完成值", f"{where}，“{name}”", "从台账取数或填报并写明佐证；没有的不得分。", "warning")
                )  # fmt: skip
        if self.must_explain() and not self.measures.strip():
            problems.append(
                Problem("measures_missing", "没有写改进措施", where, "写明下一步改进措施和结果应用。")
            )
        return problems

    def must_explain(self) -> list[tuple[str, str]]:
        """What the form's rules want a reason for, a change of target during the year included."""
        found = self.evaluated.must_explain()
        if self.goals.changed_in_year:
            found.append((TARGET_CHANGED, "目标在年度中调整过"))
        return found

    def sheet(self, store: FactStore, filled_on: date | None = None) -> Sheet:
        """The form as it prints."""
        goals = self.goals
        reasons = "；".join(
            f"{what}：{text.rstrip('。')}" for what, text in self.reasons.items() if text.strip()
        )
        return Sheet(
            evaluation=self.evaluated,
            goals=self._goals(),
            department=goals.entity.department().name,
            unit=goals.entity.name,
            year=goals.year,
            filled_on=filled_on,
            project=goals.project.name if goals.project else "",
            ticked={
                "项目类别": "部门预算项目",
                "项目属性": "持续性项目" if _began_before(goals) else "新增性项目",
                "项目类型": "常年性项目" if _goes_on(goals) else "一次性项目",
            }
            if goals.project
            else {},
            funds=parts_of(goals, store),
            reasons=f"{reasons}。" if reasons else "无",
            measures=self.measures,
            entity=goals.entity.code,
            cell=cell_of(goals),
        )

    def _goals(self) -> tuple[Goal, ...]:
        rows = {row.indicator.name: row for row in self.evaluated.rows}
        stated = sorted(self.goals.indicators.all(), key=lambda row: (row.block, row.order))
        return tuple(
            Goal(
                (within := list(group))[0].block_words or (self.goals.overall if number == 1 else ""),
                tuple(rows[row.name] for row in within),
            )
            for number, group in groupby(stated, key=lambda row: row.block)
        )

    def content(self) -> dict[str, Any]:
        """Everything a frozen evaluation keeps, exact."""
        evaluated = self.evaluated
        return {
            "form": evaluated.form.name,
            "budget": str(evaluated.budget),
            "executed": str(evaluated.executed),
            "execution": str(evaluated.execution.points),
            "rows": [
                {
                    "indicator": row.indicator.name,
                    "levels": list(row.indicator.levels),
                    "target": row.indicator.target.in_chinese(),
                    "weight": str(row.indicator.weight),
                    "actual": None if row.actual.value is None else plain(row.actual.value),
                    "level": row.actual.level,
                    "words": row.actual.words,
                    "points": str(row.printed),
                    "formula": row.score.formula,
                    "source": self.found[row.indicator.name].source,
                    "coordinate": self.found[row.indicator.name].coordinate,
                }
                for row in evaluated.rows
            ],
            "total": str(evaluated.total),
            "grade": evaluated.grade,
            "reasons": dict(self.reasons),
            "measures": self.measures,
        }


def self_evaluation(
    goals: Goals, store: FactStore, reasons: Mapping[str, str] | None = None, measures: str = ""
) -> SelfEvaluation:
    """Evaluate goals as the records stand. Raises ScoreError where a value cannot be scored."""
    budget, executed = money_of(goals, store)
    indicators = [indicator_of(row) for row in goals.indicators.all()]
    found = found_values(goals, store)
    actuals = {name: each.actual for name, each in found.items()}
    evaluated = evaluate(form_of(goals), budget, executed, indicators, actuals, reasons)
    return SelfEvaluation(goals, evaluated, found, dict(reasons or {}), measures)


def mean_score(evaluations: Sequence[SelfEvaluation]) -> Fraction | None:
    """The plain mean of the totals; None of none."""
    if not evaluations:
        return None
    return sum((each.evaluated.total for each in evaluations), Fraction(0)) / len(evaluations)


def unscored(goals: Goals, store: FactStore) -> str:
    """Why goals cannot be scored now, in Chinese; empty where they can."""
    try:
        self_evaluation(goals, store)
    except ScoreError as wrong:
        return str(wrong)
    return ""


def _began_before(goals: Goals) -> bool:
    return bool(goals.project and goals.project.year_from and goals.project.year_from < goals.year)


def _goes_on(goals: Goals) -> bool:
    return bool(goals.project and (goals.project.year_to is None or goals.project.year_to > goals.year))
