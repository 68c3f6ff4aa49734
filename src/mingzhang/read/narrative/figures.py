"""Figures in running text: digits, unit, and the words just around them; dates, codes and numbering are passed over."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from mingzhang.numbers import Printed, printed, unit_named

_COUNTS = (
    "人次|人/次|万人次|万人|批次|场次|团组|台（套）|台\\(套\\)|台/套|台套|台|套|辆|件次|件|个|家|次|期|场|份|万份|篇|部|名|项|户|起|人|条|"
    "批|支|所|处|只|块|册|幅|本|例|宗|笔|页|天|元/人|平方米|万平方米|公里|亩|吨"
)
_FIGURE = re.compile(
    r"(?<![\d.A-Za-z])(?P<digits>[-−－]?\d[\d,]*(?:\.\d+)?)"
    r"(?P<more>余|多)?(?P<unit>个百分点|%|％|‰|万亿元|亿元|万元|千元|元(?!/)|分(?![之类项别])|"
    rf"{_COUNTS})?(?P<after>余|多|以上|左右)?"
)
_DATE_AFTER = re.compile(r"\s*(?:年|月|日|号|时|点|分钟|周|季度|级|岁|层|楼|世纪|/\d|-\d|—\d|～\d|~\d)")
_DURATION = re.compile(r"月|工作日|小时|年")
_DATE_BEFORE = re.compile(r"(?:〔|\[|第|\d[-—～~/至]|No\.?|[A-Za-z])\Z")
_ROUGHLY = re.compile(r"(?:近|约|超过?|逾|不少于|不低于|不超过|高于|低于|至少|达到?约)\Z")
_BOUND_BEFORE = re.compile(r"[≥≤＞＜≧≦><]\Z")
"""A target (≥95%) says what should be, not what is."""
_BEFORE = 3
"""Characters of the longest word that is looked for before a figure, white space left out."""
_SHARED = re.compile(r"[、,和及与]|、[一-龥]{2,10}")
"""What stands between figures of one unit, which only the last prints."""
_THRESHOLD = re.compile(r"\s*[（(]含[）)]|\s*(?:及)?(?:以上|以下|以内)")


@dataclass(frozen=True, slots=True)
class FigureSpan:
    """A figure in a text: where its digits and its unit stand, what they print."""

    start: int
    end: int
    printed: Printed
    unit: str
    """`money`, `percent`, `point` (percentage points), `score`, a count's unit, or empty where none is printed."""
    approximate: bool = False

    @property
    def kind(self) -> str:
        """`money`, `ratio`, `score`, `count`, or empty."""
        if self.unit in ("money", "score", ""):
            return self.unit
        return "ratio" if self.unit in ("percent", "point") else "count"


def figures(text: str) -> list[FigureSpan]:
    """All figures of a text in order. Thresholds (单价50万元以上), dates and ordinals are none.

    >>> [(each.printed.text, each.unit) for each in figures("2021年支出3,369.44万元，增长0.7%，车辆9辆。")]
    [('3,369.44', 'money'), ('0.7', 'percent'), ('9', '辆')]
    """
    found: list[FigureSpan] = []
    for match in _FIGURE.finditer(text):
        span = _figure(text, match)
        if span is not None:
            if found and span.unit and not found[-1].unit:
                found[-1] = _with_unit_of(span, found[-1], text)
            found.append(span)
    return found


def _with_unit_of(behind: FigureSpan, bare: FigureSpan, text: str) -> FigureSpan:
    """A figure that shares the unit of the one behind it (各增加10.5、20.3万元), else the figure as it is."""
    joined = _SHARED.fullmatch(text, bare.end, behind.start)
    if not joined or behind.unit not in ("money", "percent"):
        return bare
    shared = Printed(bare.printed.text, bare.printed.value, bare.printed.decimals, behind.printed.unit)
    return replace(bare, printed=shared, unit=behind.unit)


def _figure(text: str, match: re.Match[str]) -> FigureSpan | None:
    unit = match["unit"] or ""
    before, end = text[: match.start()].rstrip()[-_BEFORE:], match.end()
    if not unit and (_DATE_AFTER.match(text, end) or "." not in match["digits"]):
        return None
    if (
        _DATE_BEFORE.search(before)
        or _BOUND_BEFORE.search(before)
        or (unit and _THRESHOLD.match(text, end))
        or match["after"] == "以上"
    ):
        return None
    if unit == "个" and _DURATION.match(text, end):
        return None
    if unit in ("分", "元", "点") and text[end : end + 1] in "之/":
        return None
    digits = match["digits"].replace("−", "-").replace("－", "-")
    if digits.count(",") and not re.fullmatch(r"-?\d{1,3}(?:,\d{3})+(?:\.\d+)?", digits):
        return None
    try:
        number = printed(digits, unit_named(_plain_unit(unit)))
    except ValueError:
        return None
    rough = bool(match["more"] or match["after"] or _ROUGHLY.search(before))
    return FigureSpan(match.start(), match.end(), number, _kind(unit), rough)


def _plain_unit(unit: str) -> str:
    return {"％": "%", "台(套)": "台（套）", "台/套": "台（套）", "台套": "台（套）", "人/次": "人次"}.get(
        unit, unit
    )


def _kind(unit: str) -> str:
    if unit in ("%", "％", "‰"):
        return "percent"
    if unit == "个百分点":
        return "point"
    if unit == "分":
        return "score"
    return "money" if unit.endswith("元") else _plain_unit(unit)
