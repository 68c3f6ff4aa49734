"""Ex-ante evaluation (事前绩效评估): points by aspect, their total, what follows for the money. No database.

Source: 中发〔2018〕34号: 立项必要性、投入经济性、绩效目标合理性、实施方案可行性、筹资合规性.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction

from mingzhang.performance.form import Complaint, Grade
from mingzhang.performance.indicator import plain


@dataclass(frozen=True, slots=True)
class Aspect:
    """Something that is looked at, and the points it may get."""

    name: str
    weight: Fraction


@dataclass(frozen=True, slots=True)
class ExAnteRules:
    """What an ex-ante evaluation looks at; `threshold` is the amount in yuan from which a new project needs one."""

    aspects: tuple[Aspect, ...]
    conclusions: tuple[Grade, ...]
    threshold: Fraction
    source: str = ""

    def conclusion(self, total: Fraction) -> str:
        """What follows from a total: 予以支持, 部分支持, 不予支持."""
        return next(each.name for each in self.conclusions if total >= each.low)

    @property
    def refusal(self) -> str:
        """The conclusion that gives nothing."""
        return self.conclusions[-1].name


@dataclass(frozen=True, slots=True)
class Judged:
    """An aspect as judged: its points, and the words that bear them out."""

    points: Fraction
    words: str


def total_of(judged: Mapping[str, Judged]) -> Fraction:
    """The sum of the points."""
    return sum((each.points for each in judged.values()), Fraction(0))


def ex_ante_complaints(
    rules: ExAnteRules, judged: Mapping[str, Judged], requested: Fraction, supported: Fraction
) -> list[Complaint]:
    """What is wrong with an evaluation: aspects left out or over their weight, no grounds, money at odds with the conclusion.

    Amounts are in yuan.
    """
    return [*_aspect_complaints(rules, judged), *_money_complaints(rules, judged, requested, supported)]


def _aspect_complaints(rules: ExAnteRules, judged: Mapping[str, Judged]) -> Iterator[Complaint]:
    for aspect in rules.aspects:
        own = judged.get(aspect.name)
        if own is None:
            yield Complaint("aspect_missing", aspect.name, "没有评分", f"填写0至{plain(aspect.weight)}分")
            continue
        if not 0 <= own.points <= aspect.weight:
            yield Complaint(
                "points_out_of_range",
                aspect.name,
                f"评分{plain(own.points)}不在0至{plain(aspect.weight)}之间",
                "改正评分",
            )
        if not own.words.strip():
            yield Complaint("grounds_missing", aspect.name, "没有写评分依据", "写明依据的材料和理由")
    for name in judged.keys() - {aspect.name for aspect in rules.aspects}:
        yield Complaint("unknown_aspect", name, "不是事前绩效评估的内容", "从规定的内容中选择")


def _money_complaints(
    rules: ExAnteRules, judged: Mapping[str, Judged], requested: Fraction, supported: Fraction
) -> Iterator[Complaint]:
    if requested <= 0:
        yield Complaint("amount_missing", "", "没有申请金额", "填写项目申请的预算金额")
    if supported < 0 or supported > requested:
        yield Complaint(
            "supported_out_of_range", "", "建议支持金额不在0至申请金额之间", "核对申请金额和建议支持金额"
        )
    refused = rules.conclusion(total_of(judged)) == rules.refusal
    if refused and supported > 0:
        yield Complaint(
            "refused_but_supported",
            "",
            f"总分{plain(total_of(judged))}，结论为“{rules.refusal}”，却建议支持资金",
            "建议支持金额改为0，或核对评分",
        )
    if not refused and supported == 0 < requested:
        yield Complaint(
            "supported_with_nothing",
            "",
            f"总分{plain(total_of(judged))}，应予支持，建议支持金额却为0",
            "填写建议支持金额，或核对评分",
        )
