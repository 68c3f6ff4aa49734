"""What every kind of chart shares: size, colours, words of its marks, and the pieces of an SVG picture."""

from __future__ import annotations

from collections.abc import Iterable

from mingzhang.documents import Chart, Figure
from mingzhang.numbers import print_value, unit_named
from mingzhang.write.fonts import SANS
from mingzhang.write.plain_text import escape

WIDTH, HEIGHT = 480, 280
"""Size of every chart in CSS pixels."""

INK, MUTED, RULE = "#1f2933", "#52606d", "#d9dee4"
SMALLEST_TYPE = 7.5
_FONTS = f"{SANS}, Noto Sans CJK SC, Source Han Sans SC, PingFang SC, Microsoft YaHei, sans-serif"


def mark_label(chart: Chart, series: int, category: int) -> str:
    """What one bar or slice says, for those who cannot see it; unique within a chart."""
    figure = chart.series[series].figures[category]
    name = f"{chart.series[series].name} " if len(chart.series) > 1 else ""
    return f"{name}{chart.categories[category]}：{amount_text(figure)}{figure.unit}"


def amount_text(figure: Figure) -> str:
    """The printed digits; a zero that a table leaves blank is written out."""
    return figure.text or print_value(figure.value, unit_named(figure.unit))


def picture(pieces: Iterable[str]) -> str:
    """The whole SVG, on white."""
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{WIDTH}" height="{HEIGHT}" '
        f'viewBox="0 0 {WIDTH} {HEIGHT}" font-family="{_FONTS}" fill="none">'
        f'<rect width="{WIDTH}" height="{HEIGHT}" fill="white"/>{"".join(pieces)}</svg>'
    )


def words(
    text: str, x: float, y: float, size: float, colour: str, anchor: str = "middle", *, bold: bool = False
) -> str:
    """A text on its baseline; readers of the screen are told by the marks."""
    weight = ' font-weight="bold"' if bold else ""
    return (
        f'<text aria-hidden="true" x="{pixels(x)}" y="{pixels(y)}" text-anchor="{anchor}" '
        f'font-size="{size:g}px"{weight} fill="{colour}">{escape(text)}</text>'
    )


def level_line(x: float, y: float, to: float, colour: str) -> str:
    """A level line one pixel wide."""
    return f'<path aria-hidden="true" d="M{pixels(x)},{pixels(y)}H{pixels(to)}" stroke="{colour}"/>'


def marks(kind: str, shapes: Iterable[tuple[str, str, str]], stroke: str = "") -> str:
    """The marks of a chart: (path, colour, what it says); `kind` is their Chinese name."""
    drawn = "".join(
        f'<path role="graphics-symbol" aria-roledescription="{kind}" aria-label="{escape(label)}" '
        f'd="{path}" fill="{colour}"{stroke}/>'
        for path, colour, label in shapes
    )
    return f'<g role="graphics-object">{drawn}</g>'


def pixels(length: float) -> str:
    """A length or place as written: two decimals, none that say nothing.

    >>> pixels(12.5), pixels(12.0), pixels(1 / 3)
    ('12.5', '12', '0.33')
    """
    return f"{round(length, 2) + 0.0:g}"
