"""The forms (自评表) as data, and a form filled in: rows, scores, total, grade, what must be explained."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction

from mingzhang.performance.indicator import Indicator, Operator, plain
from mingzhang.performance.scoring import (
    HUNDRED,
    Actual,
    Rules,
    Score,
    execution_score,
    indicator_score,
    printed_score,
)


@dataclass(frozen=True, slots=True)
class Grade:
    """A band of the total: from `low` (included) up to the next better one."""

    name: str
    low: Fraction


@dataclass(frozen=True, slots=True)
class ScoringForm:
    """What a form prescribes: its rules, the tree of levels, the weights of level one where it fixes them, the bands.

    `weights` are those of level one; empty where the unit splits what execution leaves as it likes. `tree` maps each
    level-one name to its level-two names, in order.
    """

    name: str
    chinese: str
    rules: Rules
    tree: Mapping[str, tuple[str, ...]]
    grades: tuple[Grade, ...]
    weights: Mapping[str, Fraction] = field(default_factory=dict)
    source: str = ""

    @property
    def for_indicators(self) -> Fraction:
        """Points that indicators share."""
        return HUNDRED - self.rules.execution

    def grade(self, total: Fraction) -> str:
        """The name of the band of a total, the better one on a border."""
        return next((grade.name for grade in self.grades if total >= grade.low), self.grades[-1].name)


@dataclass(frozen=True, slots=True)
class Row:
    """One indicator as evaluated."""

    indicator: Indicator
    actual: Actual
    score: Score
    reason: str = ""

    @property
    def printed(self) -> Fraction:
        """The points that the form prints."""
        return printed_score(self.score.points)


@dataclass(frozen=True, slots=True)
class Evaluation:
    """A form filled in. Amounts are in yuan; the total is the sum of the printed scores."""

    form: ScoringForm
    budget: Fraction
    executed: Fraction
    execution: Score
    rows: tuple[Row, ...]

    @property
    def rate(self) -> Fraction | None:
        """Executed of the budget; None without a budget."""
        return self.executed / self.budget if self.budget else None

    @property
    def total(self) -> Fraction:
        """The total score, two decimals exact."""
        return printed_score(self.execution.points) + sum((row.printed for row in self.rows), Fraction(0))

    @property
    def grade(self) -> str:
        """优、良、中、差, or the names of the form's place."""
        return self.form.grade(self.total)

    @property
    def unreached(self) -> tuple[Row, ...]:
        """Indicators that missed their target."""
        return tuple(row for row in self.rows if not row.score.reached)

    def must_explain(self) -> list[tuple[str, str]]:
        """(what, why) of everything that the form's rules want a reason for."""
        found: list[tuple[str, str]] = []
        rate, rules = self.rate, self.form.rules
        if rate is not None and rate > 1:
            found.append(("预算执行率", "执行数超过全年预算数"))
        elif rate is not None and rate < rules.explain_below:
            found.append(("预算执行率", "预算没有全部执行"))
        for row in self.rows:
            if row.actual.is_missing:
                found.append((row.indicator.name, "没有实际完成值"))
            elif not row.score.reached:
                found.append((row.indicator.name, "没有达到目标"))
            elif row.score.excess > rules.over_achieved and not row.indicator.target.operator.is_reverse:
                found.append((row.indicator.name, "超过目标较多，目标可能定得过低"))
        return found


def evaluate(
    form: ScoringForm,
    budget: Fraction,
    executed: Fraction,
    indicators: Sequence[Indicator],
    actuals: Mapping[str, Actual],
    reasons: Mapping[str, str] | None = None,
) -> Evaluation:
    """Fill in a form. `actuals` and `reasons` are by the indicator's name. Raises ScoreError."""
    rows = tuple(
        Row(
            indicator,
            actual := actuals.get(indicator.name, Actual()),
            indicator_score(indicator, actual, form.rules),
            (reasons or {}).get(indicator.name, ""),
        )
        for indicator in indicators
    )
    return Evaluation(form, budget, executed, execution_score(budget, executed, form.rules), rows)


@dataclass(frozen=True, slots=True)
class Complaint:
    """Something wrong with a set of goals: the indicator (blank for the whole), what, what to do, how bad."""

    code: str
    indicator: str
    what: str
    remedy: str
    severity: str = "error"


def goal_complaints(
    form: ScoringForm, indicators: Sequence[Indicator], last_year: Mapping[str, Fraction] | None = None
) -> list[Complaint]:
    """What is wrong with goals when they are set (绩效目标审核): completeness, weights, measurability, plausibility.

    `last_year` maps indicators to what was reached the year before: a target that asks for less is questioned.
    """
    found: list[Complaint] = []
    if not indicators:
        return [Complaint("no_indicators", "", "没有一个指标", "产出、效益、满意度至少各列一个指标")]
    total = sum((indicator.weight for indicator in indicators), Fraction(0))
    if total != form.for_indicators:
        found.append(
            Complaint(
                "weights_do_not_add_up",
                "",
                f"指标权重合计{plain(total)}分，应为{plain(form.for_indicators)}分"
                f"（预算执行另占{plain(form.rules.execution)}分）",
                "调整各指标权重",
            )
        )
    found += _level_complaints(form, indicators)
    names = [indicator.name for indicator in indicators]
    for name in dict.fromkeys(name for name in names if names.count(name) > 1):
        found.append(Complaint("indicator_twice", name, "同名指标出现不止一次", "合并，或改名以区分"))
    for indicator in indicators:
        found += _indicator_complaints(indicator, (last_year or {}).get(indicator.name))
    return found


def _level_complaints(form: ScoringForm, indicators: Sequence[Indicator]) -> list[Complaint]:
    found = []
    for first in form.tree:
        own = [indicator for indicator in indicators if indicator.levels[0] == first]
        if not own:
            severity = "warning" if first == "满意度指标" else "error"
            found.append(Complaint("level_empty", "", f"没有{first}", f"至少列一个{first}", severity))
            continue
        weight = sum((indicator.weight for indicator in own), Fraction(0))
        wanted = form.weights.get(first)
        if wanted is not None and weight != wanted:
            found.append(
                Complaint(
                    "level_weight",
                    "",
                    f"{first}权重合计{plain(weight)}分，本表规定{plain(wanted)}分",
                    "调整本级各指标权重",
                )
            )
    for indicator in indicators:
        seconds = form.tree.get(indicator.levels[0])
        if seconds is None or indicator.levels[1] not in seconds:
            found.append(
                Complaint(
                    "unknown_level",
                    indicator.name,
                    f"“{indicator.levels[0]}—{indicator.levels[1]}”不在本表的指标体系中",
                    "从一级、二级指标中选择",
                )
            )
    return found


def _indicator_complaints(indicator: Indicator, reached_before: Fraction | None) -> list[Complaint]:
    found = []
    target, name = indicator.target, indicator.name
    if not 0 < indicator.weight <= HUNDRED:
        found.append(Complaint("weight_out_of_range", name, "权重应大于0、不超过100", "改正权重"))
    if target.operator is Operator.QUALITATIVE:
        if target.words in _VAGUE or not indicator.evidence:
            found.append(
                Complaint(
                    "not_measurable",
                    name,
                    f"目标“{target.words}”不能衡量",
                    "换成台账能取数的数量、比率或时限；确需定性的，写明佐证材料和判断标准",
                    "warning",
                )
            )
    elif target.unit in ("%", "％") and not _may_exceed_hundred(name) and (target.value or 0) > 100:
        found.append(
            Complaint("over_hundred", name, f"目标{target.in_chinese()}超过100%", "核对目标值和单位")
        )
    if not indicator.is_bound and not indicator.evidence and not indicator.reporter:
        found.append(
            Complaint(
                "nobody_answers",
                name,
                "没有台账能取数，也没有写佐证来源和填报人",
                "关联一个台账指标，或写明佐证材料和由谁填报",
            )
        )
    if reached_before is not None and target.value is not None:
        less = (
            target.value > reached_before * 2
            if target.operator.is_reverse
            else target.value * 2 < reached_before
        )
        if less:
            found.append(
                Complaint(
                    "target_too_low",
                    name,
                    f"目标{target.in_chinese()}明显低于上年实际{plain(reached_before)}{target.unit}",
                    "参照上年完成情况调高目标，或说明原因",
                    "warning",
                )
            )
    return found


_VAGUE = frozenset(
    {"高", "较高", "好", "良好", "较好", "提高", "提升", "增强", "改善", "明显", "显著", "有效", "优", "强"}
)
"""Words that say nothing that could be checked."""


def _may_exceed_hundred(name: str) -> bool:
    return "增长" in name or "完成" in name or "比" in name
