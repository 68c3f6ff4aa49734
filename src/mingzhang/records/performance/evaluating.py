"""A self-evaluation from the records (绩效自评): values, scores, what must be explained, and the frozen content."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from typing import Any

from mingzhang.compose.project_work import ProjectWork
from mingzhang.compose.self_evaluation import Goal, Money, Sheet
from mingzhang.documents import Problem
from mingzhang.facts import FactStore
from mingzhang.performance.form import Evaluation as Evaluated
from mingzhang.performance.form import evaluate
from mingzhang.performance.indicator import plain
from mingzhang.records.models import Goals
from mingzhang.records.performance.goals import form_of, indicator_of
from mingzhang.records.performance.money import cell_of, money_of, parts_of
from mingzhang.records.performance.values import Found, found_values
from mingzhang.records.performance.work import kept_works, works_below

EXECUTION = "预算执行率"
TARGET_CHANGED = "绩效目标年中调整"


@dataclass(frozen=True)
class SelfEvaluation:
    """Goals evaluated as the records stand: the arithmetic, where each value came from, the reasons given."""

    goals: Goals
    evaluated: Evaluated
    found: Mapping[str, Found]
    funds: tuple[Money, ...]
    reasons: Mapping[str, str]
    measures: str
    works: tuple[ProjectWork, ...] = ()

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

    def sheet(self, filled_on: date | None = None) -> Sheet:
        """The form as it prints."""
        return sheet_of(
            self.goals,
            self.evaluated,
            self._blocks(),
            self.funds,
            self.reasons,
            self.measures,
            filled_on,
            self.works,
        )

    def _blocks(self) -> list[tuple[str, list[str]]]:
        """(words, names of its indicators) of each annual goal."""
        stated = sorted(self.goals.indicators.all(), key=lambda row: (row.block, row.order))
        found = []
        for number, group in groupby(stated, key=lambda row: row.block):
            within = list(group)
            words = within[0].block_words or (self.goals.overall if number == 1 else "")
            found.append((words, [row.name for row in within]))
        return found

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
                    "reached": row.score.reached,
                    "reason": row.reason,
                    "source": self.found[row.indicator.name].source,
                    "coordinate": self.found[row.indicator.name].coordinate,
                }
                for row in evaluated.rows
            ],
            "total": str(evaluated.total),
            "grade": evaluated.grade,
            "blocks": self._blocks(),
            "funds": [
                [money.name, str(money.initial), str(money.budget), str(money.executed), money.cell]
                for money in self.funds
            ],
            "reasons": dict(self.reasons),
            "measures": self.measures,
            "works": kept_works(self.works),
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
    return SelfEvaluation(
        goals,
        evaluated,
        found,
        parts_of(goals, store),
        dict(reasons or {}),
        measures,
        works_below(goals, store),
    )


def sheet_of(
    goals: Goals,
    evaluated: Evaluated,
    blocks: Sequence[tuple[str, Sequence[str]]],
    funds: tuple[Money, ...],
    reasons: Mapping[str, str],
    measures: str,
    filled_on: date | None,
    works: tuple[ProjectWork, ...] = (),
) -> Sheet:
    """What the form of goals prints, of an evaluation just made or of a frozen one."""
    rows = {row.indicator.name: row for row in evaluated.rows}
    said = "；".join(f"{what}：{text.rstrip('。')}" for what, text in reasons.items() if text.strip())
    return Sheet(
        evaluation=evaluated,
        goals=tuple(Goal(words, tuple(rows[name] for name in names)) for words, names in blocks),
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
        funds=funds,
        reasons=f"{said}。" if said else "无",
        measures=measures,
        entity=goals.entity.code,
        cell=cell_of(goals),
        works=works,
    )


def _began_before(goals: Goals) -> bool:
    return bool(goals.project and goals.project.year_from and goals.project.year_from < goals.year)


def _goes_on(goals: Goals) -> bool:
    return bool(goals.project and (goals.project.year_to is None or goals.project.year_to > goals.year))
