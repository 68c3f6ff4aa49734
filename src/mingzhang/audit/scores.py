"""Scores of self-evaluation against execution: no score exceeds what the points for execution leave of a hundred.

The Hubei form gives execution 20 points, the national form 10; a project that spent 87.48 % of its budget has at
most 100 − 10 × (1 − 87.48 %) = 98.75 points by either. Only a score beyond the milder form's bound is told.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from fractions import Fraction

from mingzhang.audit.remark import Remark
from mingzhang.facts import Measure, Statement, Verdict
from mingzhang.numbers import print_value
from mingzhang.numbers.units import SCORE

_WEIGHTS = (20, 10)
_SCORE = re.compile(
    r"(?:\d{4}年度|\d{2}年度)?(?P<name>.+?项目)?(?:整体)?(?:支出)?(?:绩效)?(?:自评|评价).*(?:得分|分数|分值|总分)"
)
_RATE = (Measure("completion", "adjusted_budget"), Measure("completion", "initial_budget"))
_APART = 8
"""How many figures may stand between a score and the rate of the same project."""


def beyond_execution(statements: Sequence[Statement]) -> Iterator[Remark]:
    """Scores that the execution rate printed for the same project, in the same sentences, does not allow."""
    texts = [each for each in statements if each.source == "text" and not each.approximate]
    for at, score in enumerate(texts):
        name = _project(score)
        if not name:
            continue
        for rate in texts[at + 1 : at + _APART]:
            if _project(rate):
                break
            if rate.coordinate.measure in _RATE and rate.coordinate.concept.startswith(name):
                yield from _judged(score, rate)
                break


def _project(statement: Statement) -> str:
    """The project whose score this is; empty for other figures."""
    if not statement.local or statement.printed.unit.kind != SCORE.kind:
        return ""
    found = _SCORE.fullmatch(statement.label)
    return (found["name"] or "") if found else ""


def _judged(score: Statement, rate: Statement) -> Iterator[Remark]:
    if not 0 <= rate.fact.interval.high < 1:
        return
    bounds = [100 - weight * (1 - rate.fact.interval.high) for weight in _WEIGHTS]
    if score.fact.interval.low <= max(bounds):
        return
    shown = [print_value(Fraction(bound), SCORE, decimals=2) for bound in bounds]
    yield Remark(
        "score_within_execution",
        Verdict.CONTRADICTION,
        "error",
        f"“{score.label}”印作{score.shown}，但预算执行率只有{rate.shown}：执行率占20分时最高{shown[0]}分，"
        f"占10分时最高{shown[1]}分",
        (*score.places, *rate.places),
        (score.id, rate.id),
        score.shown,
        f"{shown[0]}分",
        f"100－20×（1－{rate.shown}）＝{shown[0]}；100－10×（1－{rate.shown}）＝{shown[1]}",
        "按自评表的权重重新计算执行率得分和总分",
        "项目支出绩效自评表，预算执行率得分＝执行率×权重",
    )
