"""Goals between the database, the payload of their proposal, and the arithmetic (绩效目标)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal, InvalidOperation
from fractions import Fraction
from typing import Any

from mingzhang.catalogue.loading.performance import scoring_forms
from mingzhang.documents import Problem
from mingzhang.facts import Vocabulary
from mingzhang.performance.form import ScoringForm, goal_complaints
from mingzhang.performance.indicator import Indicator, TargetError, target_of
from mingzhang.records.models import GoalIndicator, Goals
from mingzhang.records.performance.metrics import is_metric
from mingzhang.records.trail import content, record
from mingzhang.records.trail.kept import seal_of

REVERSE_WORDS = ("犯罪率", "成本", "差错", "投诉", "损坏", "超期", "逾期", "用时", "事故", "能耗")
"""Words of a name that make a target without a sign one that should not be passed: asked about, never assumed."""

FIELDS = ("first_level", "second_level", "name", "target", "metric", "evidence", "reporter")
_LONGEST = {"name": 80, "target": 80, "metric": 300, "evidence": 200, "reporter": 60}


def indicator_of(row: GoalIndicator) -> Indicator:
    """The arithmetic's indicator of a row."""
    return Indicator(
        row.name,
        (row.first_level, row.second_level),
        target_of(row.target),
        Fraction(row.weight),
        row.metric,
        row.evidence,
        row.reporter,
    )


def payload_of(goals: Goals) -> dict[str, Any]:
    """Approved goals as the payload of a proposal to change them."""
    return {
        "project": goals.project.code if goals.project else "",
        "form": goals.form,
        "overall": goals.overall,
        "indicators": [
            {
                **{name: getattr(row, name) for name in FIELDS},
                "weight": str(row.weight),
                "block": row.block,
                "block_words": row.block_words,
                "cumulative": row.cumulative,
                "relative": row.relative,
            }
            for row in goals.indicators.all()
        ],
    }


def goal_problems(
    payload: Mapping[str, Any], where: str, vocabulary: Vocabulary, last_year: Mapping[str, Fraction]
) -> list[Problem]:
    """Everything that is wrong with goals, each at its indicator."""
    form = scoring_forms().get(str(payload.get("form") or ""))
    if form is None:
        names = "、".join(each.chinese for each in scoring_forms().values())
        return [Problem("unknown_form", "没有选择自评表", where, f"从{names}中选择。")]
    problems: list[Problem] = []
    indicators = []
    for place, stated in enumerate(payload.get("indicators") or (), 1):
        at = f"{where}，第{place}行“{stated.get('name') or ''}”"
        problems += _metric_problems(stated, at, vocabulary)
        try:
            indicators.append(_indicator(stated))
        except ValueError as wrong:
            what, _, remedy = str(wrong).partition("：")
            problems.append(Problem("indicator_unreadable", what, at, remedy or "改正后再保存。"))
    if problems and len(indicators) < len(payload.get("indicators") or ()):
        return problems
    for complaint in goal_complaints(form, indicators, last_year):
        place = f"{where}，“{complaint.indicator}”" if complaint.indicator else where
        problems.append(
            Problem(complaint.code, complaint.what, place, f"{complaint.remedy}。", complaint.severity)
        )
    return problems + _direction_problems(payload, where)


def _indicator(stated: Mapping[str, Any]) -> Indicator:
    """Raises ValueError, in Chinese, where a row states no indicator."""
    name = str(stated.get("name") or "").strip()
    if not name:
        raise ValueError("没有指标名称：填写三级指标的名称")
    for field, longest in _LONGEST.items():
        if len(str(stated.get(field) or "")) > longest:
            raise ValueError(f"“{field}”超过{longest}字：缩短后再保存")
    try:
        weight = Decimal(str(stated.get("weight") or ""))
    except InvalidOperation:
        raise ValueError(f"权重“{stated.get('weight') or ''}”不是数字：填写分数，如 10") from None
    if not weight.is_finite():
        raise ValueError("权重不是数字：填写分数，如 10")
    levels = (str(stated.get("first_level") or ""), str(stated.get("second_level") or ""))
    return Indicator(
        name,
        levels,
        target_of(str(stated.get("target") or "")),
        Fraction(weight),
        str(stated.get("metric") or ""),
        str(stated.get("evidence") or ""),
        str(stated.get("reporter") or ""),
    )


def _metric_problems(stated: Mapping[str, Any], where: str, vocabulary: Vocabulary) -> list[Problem]:
    """A metric that no record of this installation answers."""
    metric = str(stated.get("metric") or "")
    if not metric:
        return []
    if not is_metric(metric, vocabulary):
        return [
            Problem(
                "unknown_metric",
                f"没有“{metric}”这个台账指标",
                where,
                "从台账指标中选择，或改为由人填报并写明佐证。",
            )
        ]
    return []


def _direction_problems(payload: Mapping[str, Any], where: str) -> list[Problem]:
    """Targets of names that sound reverse and were given the positive direction."""
    found = []
    for stated in payload.get("indicators") or ():
        name, target = str(stated.get("name") or ""), str(stated.get("target") or "")
        try:
            operator = target_of(target).operator
        except TargetError:
            continue
        if operator.is_measured and not operator.is_reverse and any(word in name for word in REVERSE_WORDS):
            found.append(
                Problem(
                    "direction_doubtful",
                    f"目标{target}是越大越好，名称像是越小越好",
                    f"{where}，“{name}”",
                    "确为上限的写成 ≤，如 ≤3%。",
                    "warning",
                )
            )
    return found


def form_of(goals: Goals) -> ScoringForm:
    """The form that goals are scored by."""
    return scoring_forms()[goals.form]


def write_goals(goals: Goals, stated: Sequence[Mapping[str, Any]], before: Any = None) -> list[GoalIndicator]:
    """Put the indicators of a payload in place of those there were, and record it with the goals as they now are.

    Values reported stay with indicators of the same name; those of indicators that fall away go with them.
    """
    known = {row.name: row for row in goals.indicators.all()}
    kept = []
    for order, each in enumerate(stated, 1):
        row = known.pop(str(each["name"]).strip(), None) or GoalIndicator(goals=goals)
        for name in FIELDS:
            setattr(row, name, str(each.get(name) or "").strip())
        row.order, row.weight = order, Decimal(str(each["weight"]))
        row.block, row.block_words = int(each.get("block") or 1), str(each.get("block_words") or "")[:300]
        row.cumulative, row.relative = bool(each.get("cumulative", True)), bool(each.get("relative", False))
        row.save()
        kept.append(row)
    removed = []
    for row in known.values():
        removed += [seal_of(each, removed=True) for each in (*row.values.all(), row)]
        row.delete()
    record(
        "performance",
        "批复绩效目标",
        str(goals),
        entity=goals.entity,
        of=goals,
        before=before,
        after={**content(goals), **payload_of(goals)},
        touched=list(goals.indicators.all()),
        removed=removed,
    )
    return kept
