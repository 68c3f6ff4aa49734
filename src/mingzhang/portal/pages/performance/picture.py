"""The picture of goals and progress (目标进度图): one line for each, as wide as a hundred points, lights as colours.

A bar shows the money spent against the budget with a mark where the calendar stands; beside it each indicator is a
block as wide as its weight, in the colour of its light.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace
from fractions import Fraction

from mingzhang.performance.indicator import target_of
from mingzhang.performance.monitoring import elapsed
from mingzhang.records.performance.monitoring import Watched

_CLASSES = {"绿": "green", "黄": "yellow", "红": "red", "灰": "grey"}
_WIDTH = 100_00
"""Units of the drawings' width: hundredths of a percent."""


@dataclass(frozen=True, slots=True)
class Block:
    """One indicator: where it begins and how wide it is in `_WIDTH`, its colour, what it says."""

    left: int
    width: int
    colour: str
    title: str


@dataclass(frozen=True, slots=True)
class Line:
    """One set of goals as drawn."""

    watched: Watched
    money: int
    calendar: int
    colour: str
    light: str
    blocks: tuple[Block, ...]
    below: tuple[Line, ...] = ()
    """The lines of its sub-projects."""


def lines(watched: Sequence[Watched]) -> list[Line]:
    """What the template draws: the whole, then first-level projects, each above its sub-projects."""
    below: dict[int, list[Line]] = defaultdict(list)
    tops = []
    shown = {each.goals.project_id for each in watched}
    for each in watched:
        above = each.goals.project.parent_id if each.goals.project else None
        if above in shown and above is not None:
            below[above].append(_line(each))
        else:
            tops.append(each)
    tops.sort(key=lambda each: each.goals.project is not None)
    return [replace(_line(each), below=tuple(below.get(each.goals.project_id or 0, ()))) for each in tops]


def _line(watched: Watched) -> Line:
    share = watched.execution.share or Fraction(0)
    return Line(
        watched,
        min(int(share * _WIDTH), _WIDTH),
        int(elapsed(watched.on, watched.goals.year) * _WIDTH),
        _CLASSES[watched.execution.light],
        _CLASSES[watched.light],
        tuple(_blocks(watched)),
    )


def _blocks(watched: Watched) -> list[Block]:
    whole = sum((Fraction(row.weight) for row, _, _ in watched.rows), Fraction(0)) or Fraction(1)
    blocks, left = [], 0
    for row, found, progress in watched.rows:
        width = int(Fraction(row.weight) / whole * _WIDTH)
        value = "—" if found.actual.value is None else f"{float(found.actual.value):g}"
        unit = target_of(row.target).unit
        title = f"{row.name}：目标{target_of(row.target).in_chinese()}，现为{value}{unit}。{progress.reason}"
        blocks.append(Block(left, width, _CLASSES[progress.light], title))
        left += width
    return blocks
