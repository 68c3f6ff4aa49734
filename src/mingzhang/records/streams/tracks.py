"""Tracks (轨迹): where a person under corrections was; the one door to positions. Asks who may, takes a purpose, writes every look down.

Source: 社区矫正法 第二十九条 (strictly secret, for corrections alone), 第三十四条 (no more than needed).
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import NamedTuple

from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from mingzhang.casework.positions import Flag
from mingzhang.casework.positions.tables import milliseconds, moment
from mingzhang.records.casework.access import CaseAccess, out_of_scope
from mingzhang.records.casework.errors import refused
from mingzhang.records.casework.models import ReadLog, Record
from mingzhang.records.people.models import User
from mingzhang.records.streams.models.positions import PositionRow
from mingzhang.records.trail import enter

PURPOSES = {
    "alarm": "核查告警",
    "supervision": "监督管理",
    "lost": "查找失去联系的对象",
    "complaint": "核实本人或者他人反映",
    "organ": "依公函提供有关机关",
}
"""Why a track may be looked at; the log keeps the word."""

ORGANS = ("人民法院", "人民检察院", "公安机关", "监狱管理机关、监狱")
"""Who may be given a track, with the number of their request."""

LONGEST = timedelta(days=31)
"""A look at a longer span is several looks."""

_COLUMNS = (
    "at", "longitude", "latitude", "accuracy", "source", "flags", "speed", "battery", "worn", "late", "device__number",
)  # fmt: skip


class Point(NamedTuple):
    """A position as people see it: degrees of WGS-84, accuracy in metres (None: not stated), speed in metres a second, battery in percent."""

    at: datetime
    longitude: float
    latitude: float
    accuracy: float | None
    source: str
    flags: Flag
    speed: float | None
    battery: int | None
    worn: bool | None
    late: bool
    device: str


@dataclass(frozen=True, slots=True)
class Track:
    """A person's positions from a moment (included) to a moment (not included), in the order of time."""

    episode: Record
    since: datetime
    until: datetime
    points: tuple[Point, ...]


def open_track(user: User, episode: Record, since: datetime, until: datetime, purpose: str) -> Track:
    """The track of a span of at most 31 days, for a purpose of `PURPOSES`; the look is logged before anything is shown.

    Raises RefusedError: E-AREA outside the person's scope, E-SEC for who may not write there, E-REQ without a purpose, E-RANGE for the span.
    """
    if purpose not in PURPOSES:
        raise refused("E-REQ", "没有选择查看目的", "轨迹", f"请选择：{'、'.join(PURPOSES.values())}。")
    _must_look(user, episode)
    _check_span(since, until)
    return _looked(user, episode, since, until, PURPOSES[purpose])


def open_track_for_organ(
    user: User, episode: Record, since: datetime, until: datetime, organ: str, request: str
) -> Track:
    """The track to be handed to court, procuratorate, police or prison by their numbered request, which the log keeps. Raises RefusedError."""
    if organ not in ORGANS or not request.strip():
        raise refused(
            "E-SEC",
            "没有公函不能导出轨迹",
            "轨迹导出",
            f"填写{'、'.join(ORGANS)}的公函文号（社区矫正法第二十九条）。",
        )
    _must_look(user, episode)
    _check_span(since, until)
    return _looked(
        user, episode, since, until, f"{PURPOSES['organ']}：{organ}{request.strip()}"[:200], "轨迹导出"
    )


def last_spoken(episodes: Iterable[Record]) -> dict[int, datetime]:
    """When a device of each person last spoke, by the episode's row; no place is told, so nothing is logged. The caller's records are in scope already."""
    found = PositionRow.objects.filter(episode__in=list(episodes)).values_list("episode").annotate(Max("at"))
    return {episode: moment(at) for episode, at in found.order_by()}


def may_look(user: User, episode: Record) -> bool:
    """Whether the person could look at the track, given a purpose."""
    access = CaseAccess(user)
    return access.may_over(episode, "W") or access.may_over(episode, "A")


def _must_look(user: User, episode: Record) -> None:
    if not CaseAccess(user).may_see(episode):
        raise out_of_scope(episode)
    if not may_look(user, episode):
        raise refused(
            "E-SEC",
            "轨迹只对承办人员开放",
            str(episode),
            "请向承办人员了解（社区矫正法第二十九条）。",
        )


def _check_span(since: datetime, until: datetime) -> None:
    if not since < until <= since + LONGEST:
        raise refused("E-RANGE", f"查看时段应在{LONGEST.days}日以内", "时段", "缩短时段，分次查看。")


def _looked(
    user: User, episode: Record, since: datetime, until: datetime, why: str, what: str = "轨迹"
) -> Track:
    local = timezone.localtime
    span = f"{local(since):%Y-%m-%d %H:%M}至{local(until):%Y-%m-%d %H:%M}"
    log = ReadLog(
        user=user, record=episode, path=f"{what} {span}", privacy="P2", purpose=why, at=timezone.now()
    )
    with transaction.atomic():
        enter([log], "查阅", subject=f"{episode.number or episode.key}·{what} {span}", reason=why)
        rows = PositionRow.objects.filter(
            episode=episode, at__gte=milliseconds(since), at__lt=milliseconds(until)
        )
        found = rows.order_by("at", "pk").values_list(*_COLUMNS)
        points = tuple(
            Point(moment(at), longitude, latitude, accuracy, source, Flag(flags), *rest)
            for at, longitude, latitude, accuracy, source, flags, *rest in found.iterator(chunk_size=5000)
        )
    return Track(episode, since, until, points)
