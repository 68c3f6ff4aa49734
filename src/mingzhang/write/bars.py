"""Bar charts (柱形图): groups of bars, the printed digits over each, a legend where several years stand together."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from math import ceil

from mingzhang.documents import Chart, Figure
from mingzhang.numbers import unit_named
from mingzhang.write.chart_axis import Axis
from mingzhang.write.chart_parts import (
    HEIGHT,
    INK,
    MUTED,
    RULE,
    SMALLEST_TYPE,
    WIDTH,
    amount_text,
    level_line,
    mark_label,
    marks,
    pixels,
    words,
)
from mingzhang.write.plain_text import number_ems

COLOURS = ("#a9bfd6", "#1f4e79", "#c8963e", "#5b7f6b")
"""Earlier years light, the reported year dark: told apart in grey print too."""

_EDGE, _TOP, _BOTTOM, _LINE = 8, 39, 30, 16
"""Clear edge, height above the plot (unit and legend), below it with one line of names, and of one more line."""
_TYPE, _NAME_TYPE, _UNIT_TYPE = 13.0, 14.0, 12.0
_BETWEEN_BARS = 0.12


def bars(chart: Chart) -> Iterator[str]:
    """The pieces of a bar chart."""
    amounts = [_amount(figure) for series in chart.series for figure in series.figures]
    axis = Axis.around(
        min(Fraction(0), *amounts) * Fraction(7, 5),
        max(Fraction(0), *amounts) * Fraction(28, 25) or Fraction(1),
    )
    texts = [amount_text(figure) for series in chart.series for figure in series.figures]
    labels = {tick: axis.label(tick, thousands=any("," in text for text in texts)) for tick in axis.ticks()}
    names = [_lines(name, int((WIDTH - 70) / len(chart.categories) / 15)) for name in chart.categories]
    left = _EDGE + max(36, 8 + ceil(_TYPE * max(map(number_ems, labels.values()))))
    bottom = HEIGHT - _BOTTOM - _LINE * (max(map(len, names)) - 1)
    plot = _Plot(axis, left, WIDTH - _EDGE, _TOP, bottom)
    yield from _scale(plot, labels, chart.unit)
    groups = _Groups.of(chart, texts, plot)
    for place, lines in enumerate(names):
        for number, line in enumerate(lines):
            middle = groups.left(place) + groups.width / 2
            yield words(line, middle, bottom + 19.5 + _LINE * number, _NAME_TYPE, INK)
    yield from _drawn(chart, plot, groups)
    if axis.low < 0:
        yield level_line(plot.left, plot.y(Fraction(0)), plot.right, MUTED)
    else:
        yield level_line(plot.left, plot.bottom + 0.5, plot.right, MUTED)
    if len(chart.series) > 1:
        yield from _legend([series.name for series in chart.series], plot.right)


def _amount(figure: Figure) -> Fraction:
    """The length to draw: the exact value in the printed unit."""
    return figure.value / unit_named(figure.unit).scale


@dataclass(frozen=True, slots=True)
class _Plot:
    """Where the bars stand."""

    axis: Axis
    left: int
    right: int
    top: int
    bottom: int

    def y(self, value: Fraction) -> float:
        return self.bottom - (self.bottom - self.top) * self.axis.part(value)


@dataclass(frozen=True, slots=True)
class _Groups:
    """The groups of bars: where the first begins, how far apart they are, their width, and the type over the bars."""

    start: float
    apart: float
    width: float
    type: float

    @classmethod
    def of(cls, chart: Chart, texts: list[str], plot: _Plot) -> _Groups:
        """Groups as wide as their labels need: many bars, or long labels, stand closer."""
        longest = max(map(len, texts))
        dense = len(texts) > 4 or _label_type(chart, longest, 0.45) < _TYPE
        between, outside = (0.2, 0.1) if dense else (0.45, 0.3)
        apart = (plot.right - plot.left) / (len(chart.categories) - between + 2 * outside)
        size = min(_TYPE - 2 if len(texts) > 6 else _TYPE, _label_type(chart, longest, between))
        return cls(plot.left + outside * apart, apart, apart * (1 - between), size)

    def left(self, place: int) -> float:
        return self.start + place * self.apart


def _label_type(chart: Chart, longest: int, between: float) -> float:
    """The largest type for labels of so many characters at which neighbouring bars' labels keep apart."""
    apart = (WIDTH - 80) / len(chart.categories) * (1 - between) / len(chart.series)
    return round(max(SMALLEST_TYPE, min(_TYPE, apart / (0.56 * max(longest, 1)))), 1)


def _scale(plot: _Plot, labels: dict[Fraction, str], unit: str) -> Iterator[str]:
    """Level lines with their amounts, and the unit above them."""
    for tick, label in labels.items():
        yield level_line(plot.left, round(plot.y(tick)) + 0.5, plot.right, RULE)
        yield words(label, plot.left - 7.5, plot.y(tick) + 4.5, _TYPE, INK, "end")
    yield words(f"单位：{unit}", _EDGE + 1, plot.top - 20.5, _UNIT_TYPE, MUTED, "start")


def _drawn(chart: Chart, plot: _Plot, groups: _Groups) -> Iterator[str]:
    """The bars, each series in its colour, and the printed digits beyond their ends."""
    count = len(chart.series)
    apart = groups.width / (count - _BETWEEN_BARS) if count > 1 else groups.width
    width = apart * (1 - _BETWEEN_BARS) if count > 1 else groups.width
    shapes, texts, zero = [], [], plot.y(Fraction(0))
    for number, series in enumerate(chart.series):
        for place, figure in enumerate(series.figures):
            amount = _amount(figure)
            left, end = groups.left(place) + number * apart, plot.y(amount)
            path = f"M{pixels(left)},{pixels(zero)}V{pixels(end)}h{pixels(width)}V{pixels(zero)}Z"
            shapes.append((path, _colour(number, count), mark_label(chart, number, place)))
            baseline = (
                end - 5 - round(0.21 * groups.type) if amount >= 0 else end + 5 + round(0.79 * groups.type)
            )
            texts.append(words(amount_text(figure), left + width / 2 + 0.5, baseline, groups.type, INK))
    yield marks("柱", shapes)
    yield from texts


def _colour(number: int, count: int) -> str:
    return COLOURS[number % len(COLOURS)] if count > 1 else COLOURS[1]


def _legend(names: list[str], right: float) -> Iterator[str]:
    """A square and a name for each series, ending at the right edge."""
    x = right - sum(ceil(17 + _TYPE * number_ems(name)) + 10 for name in names) + 10
    for number, name in enumerate(names):
        square = f"M{pixels(x + 0.8)},{_TOP - 18.95}h11.4v11.4h-11.4Z"
        yield f'<path aria-hidden="true" d="{square}" fill="{_colour(number, len(names))}"/>'
        yield words(name, x + 17, _TOP - 9.25, _TYPE, INK, "start")
        x += ceil(17 + _TYPE * number_ems(name)) + 10


def _lines(text: str, width: int) -> list[str]:
    """Break a name into even lines of at most `width` characters, none beginning with a closing mark.

    >>> _lines("因公出国（境）费用", 6)
    ['因公出国', '（境）费用']
    """
    lines: list[str] = []
    wanted = -(-len(text) // max(4, width)) or 1
    width = max(3, -(-len(text) // wanted))  # lines of about one length
    while len(text) > width:
        cut = width
        while cut > 1 and text[cut] in "）、，。；：”》】":
            cut -= 1
        cut -= cut > 1 and text[cut - 1] in "（“《【"
        lines.append(text[:cut])
        text = text[cut:]
    return [*lines, text]
