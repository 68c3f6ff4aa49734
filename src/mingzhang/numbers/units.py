"""Units of measure (计量单位): what a figure counts, and how many base units one of it is.

A unit belongs to a *kind*; only figures of one kind may be added or compared. The base units are yuan (元),
the plain ratio (1), the point (分), and for counts the thing counted itself (人, 辆, 件 …).
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction


@dataclass(frozen=True, slots=True)
class Unit:
    """One unit of measure.

    `scale` is the number of base units in one of this unit: 万元 has scale 10000, % has scale 1/100.
    `decimals` is how many decimals official reports print by default.
    """

    name: str
    chinese: str
    kind: str
    scale: Fraction
    decimals: int = 0

    def __str__(self) -> str:
        return self.chinese


def _count(name: str, chinese: str, kind: str | None = None, scale: int = 1, decimals: int = 0) -> Unit:
    return Unit(name, chinese, kind or f"count:{chinese}", Fraction(scale), decimals)


YUAN = Unit("yuan", "元", "money", Fraction(1), 2)
TEN_THOUSAND_YUAN = Unit("ten_thousand_yuan", "万元", "money", Fraction(10_000), 2)
HUNDRED_MILLION_YUAN = Unit("hundred_million_yuan", "亿元", "money", Fraction(100_000_000), 2)
RATIO = Unit("ratio", "", "ratio", Fraction(1), 4)
PERCENT = Unit("percent", "%", "ratio", Fraction(1, 100), 1)
PERCENTAGE_POINT = Unit("percentage_point", "个百分点", "ratio", Fraction(1, 100), 1)
SCORE = Unit("score", "分", "score", Fraction(1), 1)
PERSON = _count("person", "人")
PERSON_TIMES = _count("person_times", "人次")
TEN_THOUSAND_PERSON_TIMES = _count("ten_thousand_person_times", "万人次", "count:人次", 10_000, 2)
VEHICLE = _count("vehicle", "辆")
CASE = _count("case", "件")
PIECE = _count("piece", "个")
SET = _count("set", "台（套）")
BATCH = _count("batch", "批次")

UNITS: dict[str, Unit] = {
    unit.chinese: unit
    for unit in (
        YUAN,
        TEN_THOUSAND_YUAN,
        HUNDRED_MILLION_YUAN,
        Unit("thousand_yuan", "千元", "money", Fraction(1_000), 2),
        Unit("million_yuan", "百万元", "money", Fraction(1_000_000), 2),
        Unit("ten_million_yuan", "千万元", "money", Fraction(10_000_000), 2),
        Unit("trillion_yuan", "万亿元", "money", Fraction(10**12), 2),
        RATIO,
        PERCENT,
        Unit("per_mille", "‰", "ratio", Fraction(1, 1000), 1),
        PERCENTAGE_POINT,
        SCORE,
        PERSON,
        PERSON_TIMES,
        TEN_THOUSAND_PERSON_TIMES,
        VEHICLE,
        CASE,
        PIECE,
        SET,
        BATCH,
        _count("ten_thousand_persons", "万人", "count:人", 10_000, 2),
        _count("thousand_persons", "千人", "count:人", 1_000, 2),
        _count("ten_thousand_cases", "万件", "count:件", 10_000, 2),
        _count("ten_thousand_copies", "万份", "count:份", 10_000, 2),
        _count("copy", "份"),
        _count("session", "场次"),
        _count("occasion", "次"),
        _count("ten_thousand_occasions", "万次", "count:次", 10_000, 0),
        _count("event", "场"),
        _count("incident", "起"),
        _count("article", "篇"),
        _count("film", "部"),
        _count("pennant", "面"),
        _count("member", "名"),
        _count("day", "天"),
        _count("issue", "期"),
        _count("team", "团组"),
        _count("household", "户"),
        _count("firm", "家"),
    )
}
"""Every known unit by its Chinese name."""


def unit_named(chinese: str) -> Unit:
    """Return the unit with this Chinese name; an unknown name is a count of that thing.

    >>> unit_named("万元").scale
    Fraction(10000, 1)
    >>> unit_named("锦旗").kind
    'count:锦旗'
    """
    known = UNITS.get(chinese)
    return known if known is not None else Unit(chinese, chinese, f"count:{chinese}", Fraction(1))
