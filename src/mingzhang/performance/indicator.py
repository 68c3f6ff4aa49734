"""An indicator (绩效指标): what is to be reached, by which direction it is judged, what it weighs."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction


class Operator(StrEnum):
    """How a value is held against the target. The Chinese names are those of the forms."""

    AT_LEAST = "≥"
    MORE_THAN = ">"
    AT_MOST = "≤"
    LESS_THAN = "<"
    EQUAL = "="
    WITHIN = "区间"
    QUALITATIVE = "定性"

    @property
    def chinese(self) -> str:
        """正向、反向、等值、区间、定性."""
        return _NAMES[self]

    @property
    def is_reverse(self) -> bool:
        """Whether less is better."""
        return self in (Operator.AT_MOST, Operator.LESS_THAN)

    @property
    def is_measured(self) -> bool:
        """Whether its target is a number."""
        return self is not Operator.QUALITATIVE


_NAMES = {
    Operator.AT_LEAST: "正向指标",
    Operator.MORE_THAN: "正向指标",
    Operator.AT_MOST: "反向指标",
    Operator.LESS_THAN: "反向指标",
    Operator.EQUAL: "等值指标",
    Operator.WITHIN: "区间指标",
    Operator.QUALITATIVE: "定性指标",
}


@dataclass(frozen=True, slots=True)
class Target:
    """What is to be reached: a number, two bounds, or words; `unit` is as printed (次, %, 万元 …)."""

    operator: Operator
    value: Fraction | None = None
    upper: Fraction | None = None
    words: str = ""
    unit: str = ""

    def in_chinese(self) -> str:
        """The target as a form prints it.

        >>> Target(Operator.AT_LEAST, Fraction(95), unit="%").in_chinese()
        '≥95%'
        """
        if self.operator is Operator.QUALITATIVE:
            return self.words
        low = plain(self.value or Fraction(0))
        if self.operator is Operator.WITHIN:
            return f"{low}—{plain(self.upper or Fraction(0))}{self.unit}"
        return f"{self.operator}{low}{self.unit}"


class TargetError(ValueError):
    """A text that states no target; the message, in Chinese, says what is wrong and what to write."""


_STATED = re.compile(
    r"(?P<operator>≥|>=|＞=|不低于|不少于|大于等于|>|＞|高于|≤|<=|＜=|不高于|不超过|小于等于|<|＜|低于|=|＝)?\s*"
    r"(?P<value>-?\d[\d,]*(?:\.\d+)?)\s*(?P<unit>[^\d\s—~～-]*)"
    r"(?:\s*[—~～-]\s*(?P<upper>-?\d[\d,]*(?:\.\d+)?)\s*(?P<upper_unit>[^\d\s]*))?"
)
_OPERATORS = {
    "≥": "≥", ">=": "≥", "＞=": "≥", "不低于": "≥", "不少于": "≥", "大于等于": "≥", ">": ">", "＞": ">", "高于": ">",
    "≤": "≤", "<=": "≤", "＜=": "≤", "不高于": "≤", "不超过": "≤", "小于等于": "≤", "<": "<", "＜": "<", "低于": "<", "=": "=", "＝": "=",
}  # fmt: skip


def target_of(text: str, default: Operator = Operator.AT_LEAST) -> Target:
    """Read a target as people write it. A number without a sign gets the `default` direction; words are qualitative.

    >>> target_of("≥800次").in_chinese(), target_of("不超过3%").in_chinese(), target_of("及时").operator.chinese
    ('≥800次', '≤3%', '定性指标')

    Raises TargetError where the text is empty or its bounds are the wrong way round.
    """
    text = text.strip()
    if not text:
        raise TargetError("没有写目标值：写数字和单位（如 ≥95%），确实不能量化的写定性描述（如 及时）")
    found = _STATED.fullmatch(text)
    if found is None:
        return Target(Operator.QUALITATIVE, words=text)
    value = Fraction(found["value"].replace(",", ""))
    unit = found["unit"] or found["upper_unit"] or ""
    if found["upper"]:
        upper = Fraction(found["upper"].replace(",", ""))
        if upper < value:
            raise TargetError(f"区间“{text}”的下限大于上限：小的写在前面")
        return Target(Operator.WITHIN, value, upper, unit=unit)
    operator = Operator(_OPERATORS[found["operator"]]) if found["operator"] else default
    return Target(operator, value, unit=unit)


@dataclass(frozen=True, slots=True)
class Indicator:
    """One indicator of level three. `levels` are its level-one and level-two names, `metric` what record answers it.

    `weight` is in points. `evidence` says where the value can be seen, `reporter` who reports it where no record does.
    """

    name: str
    levels: tuple[str, str]
    target: Target
    weight: Fraction
    metric: str = ""
    evidence: str = ""
    reporter: str = ""

    @property
    def is_bound(self) -> bool:
        """Whether a record answers it."""
        return bool(self.metric)


def plain(value: Fraction) -> str:
    """A value as digits, at most four decimals, without trailing zeros.

    >>> plain(Fraction(146, 100)), plain(Fraction(800)), plain(Fraction(1, 3))
    ('1.46', '800', '0.3333')
    """
    scaled = value * 10_000
    rounded = (abs(scaled) * 2 + 1) // 2
    text = f"{rounded // 10_000}.{rounded % 10_000:04d}".rstrip("0").rstrip(".")
    return f"-{text}" if value < 0 and text != "0" else text
