"""A claim: words that compare a figure with a base — 大于, 小于, 持平, 增加, 减少 — with their place."""

from __future__ import annotations

from dataclasses import dataclass

from mingzhang.documents import Place
from mingzhang.facts.coordinate import Coordinate


@dataclass(frozen=True, slots=True)
class Claim:
    """What words say about the direction of a difference.

    `base` is `initial_budget`, `adjusted_budget`, `budget` (unnamed: 预算数), or the period compared with (`2023`).
    `direction` is 1 (大于, 增加, 增长), −1 (小于, 减少, 下降) or 0 (持平); `roughly` where the words say 基本持平.
    `reason` is the printed reason, `reason_direction` what its own words suggest (减少支付 → −1), None where open.
    `own` and `other` are the ids of the statements compared in the same sentence, where they are printed.
    """

    coordinate: Coordinate
    base: str
    direction: int
    word: str
    label: str
    places: tuple[Place, ...]
    roughly: bool = False
    reason: str = ""
    reason_direction: int | None = None
    own: str | None = None
    other: str | None = None
