"""Where the labels of a ring stand: outside, left or right of their slice, never over each other."""

from __future__ import annotations

from dataclasses import dataclass
from math import cos, pi, sin

LINE = 16
"""Height of one line of a label; a label has two."""
GAP = 6
"""Clear height between two labels."""


@dataclass(frozen=True, slots=True)
class RingLabel:
    """One label in pixels: its lines, the place of the first, and the leader line from its slice."""

    lines: tuple[str, str]
    x: float
    y: float
    align: str
    leader: tuple[tuple[float, float], ...]


def place_labels(
    shares: list[float],
    texts: list[tuple[str, str]],
    centre: tuple[float, float],
    radius: float,
    size: tuple[float, float],
    turn: float = 0.0,
) -> list[RingLabel]:
    """Labels of slices that begin at `turn` from twelve o'clock and go clockwise, in the order of the slices.

    `shares` add up to one. Labels of one side keep at least their height from each other and stay inside `size`.
    """
    middles, start = [], 0.0
    for share in shares:
        middles.append((turn + 2 * pi * (start + share / 2)) % (2 * pi))
        start += share
    sides = _sides(middles)
    heights: dict[int, float] = {}
    for right in (True, False):
        members = [index for index, side in enumerate(sides) if side is right]
        heights |= _spread(
            {index: centre[1] - (radius + 14) * cos(middles[index]) for index in members}, size[1]
        )
    labels = []
    for index, (angle, right) in enumerate(zip(middles, sides, strict=True)):
        sign = 1 if right else -1
        y = heights[index]
        edge = (centre[0] + radius * sin(angle), centre[1] - radius * cos(angle))
        beyond = abs(y - centre[1]) > radius and abs(sin(angle)) < 0.6
        reach = max(sign * (radius + 10) * sin(angle), radius * 0.35) if beyond else radius + 12
        elbow = (centre[0] + sign * reach, y)
        end = (centre[0] + sign * (radius + 20), y)
        leader = tuple((round(x, 2), round(y, 2)) for x, y in (edge, elbow, end))
        first, second = texts[index]
        name = fitting(first, (size[0] / 2 - radius - 28) / 13)
        labels.append(
            RingLabel(
                (name, second),
                round(end[0] + sign * 5, 2),
                round(y - LINE / 2, 2),
                "left" if right else "right",
                leader,
            )
        )
    return labels


def fitting(text: str, width: float) -> str:
    """A text cut to a width in Chinese characters; letters and digits take a little over half of one.

    >>> fitting("其他收入", 4), fitting("其他收入", 3), fitting("item 10", 4)
    ('其他收入', '其他…', 'item 10')
    """
    if _width(text) <= width:
        return text
    while text and _width(text) + 1 > width:
        text = text[:-1]
    return f"{text}…"


def _width(text: str) -> float:
    return sum(0.57 if character.isascii() else 1 for character in text)


SMALL = 0.05
"""Slices below this share crowd together."""


def turned(shares: list[float]) -> float:
    """How far to turn a ring so that its crowd of small slices lies at three o'clock; 0 where none are crowded."""
    small = [index for index, share in enumerate(shares) if share < SMALL]
    if len(small) < 2:
        return 0.0
    before, crowd = sum(shares[: small[0]]), sum(shares[small[0] : small[-1] + 1])
    return pi / 2 - 2 * pi * (before + crowd / 2) if crowd < 0.35 else 0.0


def _sides(middles: list[float]) -> list[bool]:
    """Whether each label stands on the right: by the half of its middle, evened out where one side is crowded."""
    sides = [angle <= pi for angle in middles]
    most = 6
    while sides.count(True) > most:
        sides[max(index for index, side in enumerate(sides) if side)] = False
    while sides.count(False) > most:
        sides[min(index for index, side in enumerate(sides) if not side)] = True
    return sides


def _spread(wanted: dict[int, float], height: float) -> dict[int, float]:
    """Move labels of one side as little as needed: down past each other, then up from the lower edge."""
    step = 2 * LINE + GAP
    order = sorted(wanted, key=lambda index: (wanted[index], index))
    placed: list[float] = []
    for index in order:
        lowest = placed[-1] + step if placed else LINE
        placed.append(max(wanted[index], lowest))
    limit = height - LINE
    for place in range(len(placed) - 1, -1, -1):
        placed[place] = min(placed[place], limit)
        limit = placed[place] - step
    return dict(zip(order, placed, strict=True))
