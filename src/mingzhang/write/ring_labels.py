"""Where the labels of a ring stand: outside, left or right of their slice, never over each other."""

from __future__ import annotations

from dataclasses import dataclass
from math import cos, pi, sin

LINE = 16
"""Height of one line of a label."""
GAP = 6
"""Clear height between two labels."""


@dataclass(frozen=True, slots=True)
class RingLabel:
    """One label in pixels: its lines, the middle of the first, and the leader line from its slice.

    The last line is the amount, the one or two before it are the name.
    """

    lines: tuple[str, ...]
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
    room = (size[0] / 2 - radius - 28) / 13
    lines = [(*name_lines(name, room), amount) for name, amount in texts]
    heights: dict[int, float] = {}
    for right in (True, False):
        members = [index for index, side in enumerate(sides) if side is right]
        wanted = {index: centre[1] - (radius + 14) * cos(middles[index]) for index in members}
        heights |= _spread(wanted, {index: LINE * len(lines[index]) for index in members}, size[1])
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
        labels.append(
            RingLabel(
                lines[index],
                round(end[0] + sign * 5, 2),
                round(y - LINE * (len(lines[index]) - 1) / 2, 2),
                "left" if right else "right",
                leader,
            )
        )
    return labels


def name_lines(name: str, width: float) -> tuple[str, ...]:
    """A name in one line or in two of about the same length.

    >>> name_lines("其他收入", 10), name_lines("一般公共预算财政拨款收入", 10)
    (('其他收入',), ('一般公共预算', '财政拨款收入'))
    """
    if _width(name) <= width:
        return (name,)
    half = len(name) // 2 + len(name) % 2
    return fitting(name[:half], width), fitting(name[half:], width)


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


def _spread(wanted: dict[int, float], tall: dict[int, float], height: float) -> dict[int, float]:
    """Move the middles of one side's labels as little as needed: down past each other, then up from the edge."""
    order = sorted(wanted, key=lambda index: (wanted[index], index))
    placed: list[float] = []
    edge = 2.0
    for index in order:
        middle = max(wanted[index], edge + tall[index] / 2)
        placed.append(middle)
        edge = middle + tall[index] / 2 + GAP
    edge = height
    for place in range(len(placed) - 1, -1, -1):
        half = tall[order[place]] / 2
        placed[place] = min(placed[place], edge - half)
        edge = placed[place] - half - GAP
    return dict(zip(order, placed, strict=True))
