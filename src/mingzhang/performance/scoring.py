"""Scores (得分): of one indicator, of the execution of the budget, by the rules that a form states as data.

Every score is a Fraction between nothing and the weight; a printed score is rounded from it (see `printed_score`).
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from mingzhang.performance.indicator import Indicator, Operator, plain

HUNDRED = Fraction(100)


@dataclass(frozen=True, slots=True)
class Level:
    """A level of a qualitative judgement (达成预期指标 …): the shares of the weight it may be given."""

    name: str
    low: Fraction
    high: Fraction


@dataclass(frozen=True, slots=True)
class Rules:
    """What a form says of scoring.

    `execution` is the weight of the budget's execution; `levels` are the qualitative levels, best first.
    `over_achieved` is the excess over the target from which an explanation is demanded (0.3 = 30 %);
    `reduces_excess` whether a score is reduced where a person judges that the target was too low (national form). `explain_below` is the
    execution rate under which a reason is demanded.
    """

    execution: Fraction
    levels: tuple[Level, ...]
    over_achieved: Fraction = Fraction(3, 10)
    reduces_excess: bool = False
    explain_below: Fraction = Fraction(1)


@dataclass(frozen=True, slots=True)
class Actual:
    """What was reached: a number, or a level with a share of its band; both None where nobody knows.

    `share` (0–1 of the weight) may choose within the level's band; without it the band's upper end counts.
    `target_was_low` is a person's judgement that the target was exceeded because it had been set too low.
    """

    value: Fraction | None = None
    level: str = ""
    share: Fraction | None = None
    words: str = ""
    target_was_low: bool = False

    @property
    def is_missing(self) -> bool:
        """Whether there is nothing to judge."""
        return self.value is None and not self.level


class ScoreError(ValueError):
    """An actual value that cannot be scored; the message, in Chinese, says what is wrong and what to do."""


@dataclass(frozen=True, slots=True)
class Score:
    """Points with the formula that gave them, as a form's reader can check it."""

    points: Fraction
    formula: str
    reached: bool
    excess: Fraction = Fraction(0)
    """How far beyond the target, as a share of it; negative where it fell short."""


def execution_score(budget: Fraction, executed: Fraction, rules: Rules) -> Score:
    """Weight × rate, capped: spending beyond the budget earns nothing more and must be explained.

    `budget` is the adjusted budget (全年预算数, carry-over included), both in one unit. Raises ScoreError for a budget of
    nothing with money spent, or amounts below zero.

    >>> rules = Rules(Fraction(20), ())
    >>> float(execution_score(Fraction(145), Fraction("133.3"), rules).points)
    18.386206896551723
    """
    if budget < 0 or executed < 0:
        raise ScoreError("预算数、执行数不能为负数：核对金额")
    if budget == 0:
        if executed:
            raise ScoreError("没有预算却有执行数：先调整预算，再计算执行率")
        return Score(rules.execution, "没有预算，不扣分", True)
    rate = executed / budget
    points = rules.execution * min(rate, Fraction(1))
    return Score(points, f"{plain(rules.execution)}×{_percent(min(rate, Fraction(1)))}", rate >= 1, rate - 1)


def indicator_score(indicator: Indicator, actual: Actual, rules: Rules) -> Score:
    """The points of one indicator. A missing value scores nothing; nothing scores more than the weight.

    Raises ScoreError for a number where a level is asked for, an unknown level, a share outside its level's band.
    """
    target = indicator.target
    if actual.is_missing:
        return Score(Fraction(0), "没有实际完成值，不得分", False, Fraction(-1))
    if target.operator is Operator.QUALITATIVE:
        return _qualitative(indicator, actual, rules)
    if actual.value is None:
        raise ScoreError(f"“{indicator.name}”的目标是数值{target.in_chinese()}：实际完成值也要填数值")
    wanted, value = target.value or Fraction(0), actual.value
    if value < 0 and wanted >= 0:
        raise ScoreError(f"“{indicator.name}”的实际完成值{plain(value)}是负数：核对数值")
    if target.operator is Operator.WITHIN:
        return _within(indicator, value, wanted, target.upper or wanted)
    if target.operator is Operator.EQUAL:
        return _equal(indicator, value, wanted)
    if target.operator.is_reverse:
        return _reverse(indicator, value, wanted)
    return _positive(indicator, actual, value, wanted, rules)


def _positive(indicator: Indicator, actual: Actual, value: Fraction, wanted: Fraction, rules: Rules) -> Score:
    """Weight × B/A, at most the weight; the national form takes off what a target judged too low gave away."""
    weight = indicator.weight
    reached = value > wanted if indicator.target.operator is Operator.MORE_THAN else value >= wanted
    if wanted <= 0:
        return Score(weight if reached else Fraction(0), "目标为0，达到即得满分", reached)
    excess = value / wanted - 1
    if reached:
        beyond = excess - rules.over_achieved
        if rules.reduces_excess and actual.target_was_low and beyond > 0:
            points = weight * max(Fraction(0), 1 - beyond)
            formula = f"{plain(weight)}×（1－（超出{_percent(excess)}－{_percent(rules.over_achieved)}））"
            return Score(points, formula, True, excess)
        return Score(weight, "达到目标，得满分", True, excess)
    if value == wanted:  # a target “more than”, met exactly: not reached, and no proportion says by how much
        return Score(weight, "与目标持平", False, excess)
    return Score(weight * value / wanted, f"{plain(weight)}×{plain(value)}÷{plain(wanted)}", False, excess)


def _reverse(indicator: Indicator, value: Fraction, wanted: Fraction) -> Score:
    """Weight where B ≤ A, else weight × A/B; a target of nothing is met by nothing alone."""
    weight = indicator.weight
    reached = value < wanted if indicator.target.operator is Operator.LESS_THAN else value <= wanted
    excess = 1 - value / wanted if wanted else Fraction(0)
    if reached or value == wanted:
        return Score(weight, "未超过目标，得满分" if reached else "与目标持平", reached, excess)
    if wanted <= 0:
        return Score(Fraction(0), "目标为0，超过即不得分", False, Fraction(-1))
    return Score(weight * wanted / value, f"{plain(weight)}×{plain(wanted)}÷{plain(value)}", False, excess)


def _equal(indicator: Indicator, value: Fraction, wanted: Fraction) -> Score:
    """Weight where equal, else weight × (1 − |B−A|/A)."""
    weight = indicator.weight
    if value == wanted:
        return Score(weight, "等于目标，得满分", True)
    if wanted == 0:
        return Score(Fraction(0), "目标为0，不等即不得分", False, Fraction(-1))
    apart = abs(value - wanted) / abs(wanted)
    points = weight * max(Fraction(0), 1 - apart)
    return Score(points, f"{plain(weight)}×（1－偏差{_percent(apart)}）", False, value / wanted - 1)


def _within(indicator: Indicator, value: Fraction, low: Fraction, high: Fraction) -> Score:
    """Weight inside the interval, outside the ratio to the nearer bound."""
    weight = indicator.weight
    if low <= value <= high:
        return Score(weight, "在区间内，得满分", True)
    if value < low:
        return Score(
            weight * value / low, f"{plain(weight)}×{plain(value)}÷{plain(low)}", False, value / low - 1
        )
    share = high / value
    return Score(weight * share, f"{plain(weight)}×{plain(high)}÷{plain(value)}", False, share - 1)


def _qualitative(indicator: Indicator, actual: Actual, rules: Rules) -> Score:
    """The chosen level's share of the weight."""
    level = next((level for level in rules.levels if level.name == actual.level), None)
    if level is None:
        names = "、".join(level.name for level in rules.levels)
        raise ScoreError(f"“{indicator.name}”是定性指标：请选择{names}")
    share = level.high if actual.share is None else actual.share
    if not level.low <= share <= level.high:
        raise ScoreError(
            f"“{indicator.name}”选了“{level.name}”，得分比例应在{_percent(level.low)}至{_percent(level.high)}之间"
        )
    best = level is rules.levels[0]
    return Score(
        indicator.weight * share,
        f"{level.name}：{plain(indicator.weight)}×{_percent(share)}",
        best,
        share - 1,
    )


def printed_score(points: Fraction, decimals: int = 2) -> Fraction:
    """Points rounded half up, as a row prints them: the total is the sum of what the rows print.

    >>> [str(printed_score(Fraction(text))) for text in ("18.384", "18.385", "20")]
    ['919/50', '1839/100', '20']
    """
    scale = 10**decimals
    return Fraction((points * scale * 2 + 1) // 2, scale)


def _percent(share: Fraction) -> str:
    """A share with two decimals at most.

    >>> _percent(Fraction(9193, 10000))
    '91.93%'
    """
    hundredths = (abs(share) * 20_000 + 1) // 2
    text = f"{hundredths // 100}.{hundredths % 100:02d}".rstrip("0").rstrip(".")
    return f"{'-' if share < 0 else ''}{text}%"
