"""Episodes and classes (矫正期间、管理类别期间): who is under a regime from when to when, and in which class on a day."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from itertools import pairwise

from mingzhang.casework.deadlines import added_months
from mingzhang.casework.supervision.regimes import Regime
from mingzhang.documents import Problem


@dataclass(frozen=True, slots=True)
class Span:
    """A class or another standing from a day to a day, both included; `until` None while it lasts."""

    name: str
    since: date
    until: date | None = None
    reason: str = ""

    def covers(self, day: date) -> bool:
        """Whether the day lies in it."""
        return self.since <= day and (self.until is None or day <= self.until)


@dataclass(frozen=True, slots=True)
class Episode:
    """A person's time under a regime (期间): its category and kinds within it (暂予监外执行, 保外就医), days, classes, and the spans that suspend duties (请假、强制措施)."""

    key: str
    categories: tuple[str, ...]
    since: date
    until: date | None
    classes: tuple[Span, ...]
    suspended: tuple[Span, ...] = field(default=())
    juvenile: bool = False
    """Decided at the crime and the judgment; it stays when the person comes of age (社区矫正法第五十八条)."""

    def open_on(self, day: date) -> bool:
        """Whether the person is under the regime on a day."""
        return self.since <= day and (self.until is None or day <= self.until)


def is_juvenile(born: date, crime_on: date) -> bool:
    """Whether the person was under eighteen at the crime; the eighteenth birthday itself still counts as under (最高人民法院：自生日的第二天起).

    >>> is_juvenile(date(2003, 5, 1), date(2021, 5, 1)), is_juvenile(date(2003, 5, 1), date(2021, 5, 2))
    (True, False)
    """
    return crime_on <= added_months(born, 12 * 18)


def class_on(episode: Episode, day: date) -> str | None:
    """The class on a day; None outside the episode or where none is stated."""
    if not episode.open_on(day):
        return None
    return next((span.name for span in reversed(episode.classes) if span.covers(day)), None)


def span_problems(episode: Episode, regime: Regime) -> list[Problem]:
    """What is wrong with the classes of an episode: unknown, overlapping, with gaps, beyond the episode, an entrant's class left too early."""
    return list(_problems(episode, regime, sorted(episode.classes, key=lambda span: span.since)))


def _problems(episode: Episode, regime: Regime, spans: Sequence[Span]) -> Iterator[Problem]:
    if not spans:
        yield Problem("E-REQ", "没有管理类别", "管理类别", "填写入矫时的管理类别。")
        return
    for span in spans:
        if span.name not in regime.classes:
            yield Problem(
                "E-CODE", f"没有“{span.name}”这个管理类别", "管理类别", f"可用：{'、'.join(regime.classes)}。"
            )
        if span.until is not None and span.until < span.since:
            yield Problem(
                "E-DATE", f"管理类别的止日{span.until}早于起日{span.since}", "管理类别", "核对起止日期。"
            )
    if spans[0].since != episode.since:
        yield Problem(
            "E-DATE",
            f"第一个管理类别从{spans[0].since}起，与入矫日{episode.since}不同",
            "管理类别",
            "从入矫之日起确定管理类别。",
        )
    for before, after in pairwise(spans):
        if before.until is None or after.since != before.until + timedelta(days=1):
            yield Problem(
                "E-ORDER",
                f"管理类别在{after.since}前后重叠或者中断",
                "管理类别",
                f"上一类别应止于{after.since - timedelta(days=1)}。",
            )
    first = regime.classes.get(spans[0].name)
    least = first.entrant_months if first else 0
    entrants = [each.chinese for each in regime.classes.values() if each.entrant_months]
    if entrants and first is not None and not least:
        yield Problem(
            "E-GUARD:entrant",
            f"新入矫的定为“{first.chinese}”",
            "管理类别",
            f"入矫时先定为{'、'.join(entrants)}。",
            "warning",
        )
    elif (
        first is not None
        and spans[0].until is not None
        and len(spans) > 1
        and spans[0].until < added_months(episode.since, least) - timedelta(days=1)
    ):
        yield Problem(
            "E-GUARD:entrant",
            f"“{first.chinese}”不满{least}个月即调整",
            "管理类别",
            f"入矫满{least}个月后再调整。",
            "warning",
        )
