"""Figures that no amounts whatever can have: shares and coverage beyond the whole, decreases and increases beyond it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from mingzhang.audit.phrases import named
from mingzhang.audit.remark import Remark
from mingzhang.facts import ACTUAL, Coordinate, Statement, Verdict, comparison_inputs

_OF_A_WHOLE = re.compile(
    r"(?:覆盖|合格|满意|办结|审结|结案|回访|知晓|普及|及时|准确|出庭(?:应诉)?|参与|参会|到场|接待|解答|评查|达标|优良|优秀|通过|"
    r"公开|签约|入驻|建档|调解|化解|纠错|采纳|采用|录用|就业|入学|巩固|到位|受理|响应|完好|合规|成功|发案|重新犯罪|再犯罪)"
    r"(?:率|度)(?:均|都|达到?|约|高)*\Z"
)
"""Rates of a part to its whole, as their names say; growth, completion and execution may go beyond it."""


def beyond_bounds(statements: Sequence[Statement]) -> Iterator[Remark]:
    """Each figure of the text that is beyond what it is a part of, or is changed by more than there was."""
    amounts = {each.coordinate: each for each in reversed(statements) if each.coordinate.measure == ACTUAL}
    for each in statements:
        why = "" if each.approximate else _why(each, amounts)
        if why:
            yield Remark(
                "out_of_bounds",
                Verdict.CONTRADICTION,
                "warning",
                f"{named(each)}印作{each.shown}，{why}",
                each.places,
                (each.id,),
                each.shown,
                remedy="核对该数及其算式，改正错误的一个",
                basis="部分不大于整体，减少的不大于原有的",
            )


def _why(each: Statement, amounts: Mapping[Coordinate, Statement]) -> str:
    at, interval = each.coordinate, each.fact.interval
    if each.printed.unit.kind == "ratio" and interval.low > 1:
        if at.measure.kind == "share":
            return "部分不可能大于整体"
        if each.local and at.measure == ACTUAL and _OF_A_WHOLE.search(each.label):
            return "这一比率不可能超过100%"
    if at.measure.kind == "share" and interval.low > 0 and _of_zero(at, amounts):
        return "但整体为0，没有占比可言"
    own = amounts.get(at.measured(ACTUAL))
    if own is None or at.measure.kind not in ("growth", "change", "completion"):
        return ""
    if own.printed.value == 0 and each.printed.unit.kind == "ratio":
        return _of_nothing(each)
    if own.fact.interval.low < 0 or (
        at.measure.kind == "change" and own.printed.unit.kind != each.printed.unit.kind
    ):
        return ""
    if at.measure.kind == "growth":
        return "下降的幅度不可能超过100%" if interval.high < -1 else ""
    if interval.low > own.fact.interval.high:
        return f"增加的比现有的{own.shown}还多，原有的数不可能是负数"
    return ""


def _of_zero(at: Coordinate, amounts: Mapping[Coordinate, Statement]) -> bool:
    """Whether the whole that a share is of is printed as nothing."""
    base = amounts.get(comparison_inputs(at)[1])
    return base is not None and base.printed.value == 0


def _of_nothing(each: Statement) -> str:
    """What is nothing now was completed by 0 %, and fell by 100 % or was nothing before; 100 % of nothing is custom."""
    interval = each.fact.interval
    if each.coordinate.measure.kind == "completion" and not (interval.contains(0) or interval.contains(1)):
        return "但本年数为0，完成率只能是0"
    if each.coordinate.measure.kind == "growth" and not (
        interval.contains(0) or abs(each.printed.exact) == 1
    ):
        return "但本年数为0，只能是下降100%或持平"
    return ""
