"""Small cells (小数值): a count under five of corrections or resettlement enters a public text as 少量, unless the head released it.

Nought is told: it points at nobody.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from django.utils import timezone

from mingzhang.numbers import round_half_up
from mingzhang.records.casework.access import CaseAccess
from mingzhang.records.casework.errors import refused
from mingzhang.records.casework.lines import line_of
from mingzhang.records.casework.metrics import Figure
from mingzhang.records.casework.models import Release
from mingzhang.records.people.models import User
from mingzhang.records.trail import enter

LINES = frozenset({"10", "11"})
"""Codes of community corrections (社区矫正) and resettlement (安置帮教)."""

FEWEST = 5
FEW = "少量"
_PLACES = 6


@dataclass(frozen=True, slots=True)
class Shown:
    """What a public text may say of a figure, and the release by which it says more than 少量."""

    text: str
    suppressed: bool = False
    release: Release | None = None


def is_small(figure: Figure) -> bool:
    """Whether a figure tells of fewer than five: by its own count, by its numerator, or by what its base leaves beside the numerator."""
    if line_of(figure.metric.line).code not in LINES:
        return False
    told = [figure.numerator]
    if figure.denominator is not None:
        told += [figure.denominator, figure.denominator - figure.numerator]
    return any(_few(count) for count in told)


def public_text(figure: Figure) -> Shown:
    """The figure as a public text prints it, with its unit left to the text."""
    if not is_small(figure):
        return Shown(figure.printed)
    release = released(figure)
    return Shown(figure.printed, release=release) if release else Shown(FEW, suppressed=True)


def released(figure: Figure) -> Release | None:
    """The head's release of this very value; another value needs another one."""
    return Release.objects.filter(
        line=figure.metric.line,
        metric=figure.metric.id,
        from_on=figure.period.first,
        to_on=figure.period.last,
        organisation=figure.organisation,
        area=figure.area,
        value=round_half_up(figure.numerator, _PLACES),
    ).first()


def release(user: User, figure: Figure, reason: str) -> Release:
    """Let a small cell be told: by the head, with the reason. Raises RefusedError."""
    if "HEAD" not in CaseAccess(user).roles(figure.metric.line):
        raise refused("E-ROLE", "只有局领导可以公开小数值", figure.metric.chinese, "请报局领导批准。")
    if not reason.strip():
        raise refused("E-REQ", "公开小数值须写明理由", "理由", "填写理由。")
    if not is_small(figure):
        raise refused("E-STATE", "这个数不受小数值限制", figure.metric.chinese, "可以直接公开。")
    row = Release(
        line=figure.metric.line,
        metric=figure.metric.id,
        from_on=figure.period.first,
        to_on=figure.period.last,
        organisation=figure.organisation,
        area=figure.area,
        value=round_half_up(figure.numerator, _PLACES),
        reason=reason[:200],
        by=user,
        at=timezone.now(),
    )
    return enter(
        [row], "公开小数值", subject=f"{figure.metric.chinese}{figure.period.chinese}", reason=reason
    )[0]


def _few(count: Fraction) -> bool:
    return 0 < count < FEWEST
