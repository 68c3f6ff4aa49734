"""Quality of positions (定位质量): what keeps a position from deciding. All are kept; a flagged one opens no alarm by itself.

What can be said of one position alone stands here; whether a person could have come there since the position before is asked in the order of
events by the evaluator (`fences.machines`).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from enum import IntFlag

from mingzhang.casework.positions.records import Position, Source


class Flag(IntFlag):
    """Why a position does not decide (不作判断依据的原因)."""

    NONE = 0
    COARSE = 1
    """The stated accuracy is worse than the rule's (精度不足)."""
    NETWORK = 2
    """By base stations only (基站定位)."""
    UNSTATED = 4
    """No accuracy is stated (未报精度)."""
    MOCKED = 8
    """The device says that the place was set by a program (模拟定位)."""
    NO_PLACE = 16
    """Not a place: beyond the poles, or 0°, 0° (坐标无效)."""
    CLOCK_AHEAD = 32
    """Later than received (设备时间超前)."""
    CLOCK_OFF = 64
    """The device's clock at the upload differs from ours (设备时钟不准)."""

    @property
    def chinese(self) -> str:
        """The flags as an officer reads them."""
        return "、".join(word for flag, word in FLAG_WORDS.items() if flag in self) or "可作判断依据"


FLAG_WORDS = {
    Flag.COARSE: "精度不足",
    Flag.NETWORK: "基站定位",
    Flag.UNSTATED: "未报精度",
    Flag.MOCKED: "模拟定位",
    Flag.NO_PLACE: "坐标无效",
    Flag.CLOCK_AHEAD: "设备时间超前",
    Flag.CLOCK_OFF: "设备时钟不准",
}
"""Flags with their words."""

UNTIMED = Flag.NO_PLACE | Flag.CLOCK_AHEAD | Flag.CLOCK_OFF
"""With one of these a position has no place or no time in a track: it is kept, and not evaluated at all."""

WEAK = Flag.COARSE | Flag.NETWORK | Flag.UNSTATED
"""With one of these a position may point at something to be looked into (待核), and decides nothing."""


@dataclass(frozen=True, slots=True)
class QualityRules:
    """Limits of quality, all local choices (参): accuracy in metres, how far a clock may run ahead or be off."""

    coarsest: float = 200.0
    ahead: timedelta = timedelta(minutes=5)
    clock_off: timedelta = timedelta(minutes=5)


def flags(position: Position, rules: QualityRules) -> Flag:
    """What is wrong with a position by itself."""
    found = Flag.NONE
    if not (abs(position.longitude) <= 180 and abs(position.latitude) <= 90) or (
        position.longitude == 0 and position.latitude == 0
    ):
        found |= Flag.NO_PLACE
    if position.accuracy is None:
        found |= Flag.UNSTATED
    elif position.accuracy > rules.coarsest:
        found |= Flag.COARSE
    if position.source is Source.LBS:
        found |= Flag.NETWORK
    if position.mocked:
        found |= Flag.MOCKED
    if position.at - position.received_at > rules.ahead:
        found |= Flag.CLOCK_AHEAD
    if position.sent_at and abs(position.received_at - position.sent_at) > rules.clock_off:
        found |= Flag.CLOCK_OFF
    return found
