"""Ring charts (环形图): a slice for each part with its share and amount outside, the whole in the middle."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from itertools import accumulate, pairwise
from math import cos, pi, sin

from mingzhang.documents import Chart, Figure
from mingzhang.numbers import PERCENT, print_value, unit_named
from mingzhang.write.chart_parts import (
    HEIGHT,
    INK,
    MUTED,
    RULE,
    SMALLEST_TYPE,
    WIDTH,
    amount_text,
    mark_label,
    marks,
    pixels,
    words,
)
from mingzhang.write.plain_text import number_ems
from mingzhang.write.ring_labels import LINE, RingLabel, fitting, place_labels, turned

COLOURS = ("#1f4e79", "#c8963e", "#6f93b8", "#7a3b32", "#a9bfd6", "#5b7f6b", "#e0c48f", "#52606d")
OUTER, INNER = 80, 48
CENTRE = (WIDTH / 2, HEIGHT / 2 - 8)
_NAME_TYPE, _AMOUNT_TYPE, _TOTAL_TYPE = 13.0, 12.0, 17.0
_NOTHING = "本年无数额"


def ring(chart: Chart) -> Iterator[str]:
    """The pieces of a ring chart."""
    figures = chart.series[0].figures
    shown = [place for place, figure in enumerate(figures) if figure.value > 0]
    whole = sum((figures[place].value for place in shown), Fraction(0))
    shares = [float(figures[place].value / whole) for place in shown]
    turn = turned(shares)
    yield _slices(shares, [mark_label(chart, 0, place) for place in shown], turn)
    texts = [
        (
            chart.categories[place],
            f"{_share(figures[place].value / whole)}%　{amount_text(figures[place])}{figures[place].unit}",
        )
        for place in shown
    ]
    yield from _labels(place_labels(shares, texts, CENTRE, OUTER, (WIDTH, HEIGHT - 24), turn))
    yield from _centre(chart, figures, whole)
    absent = [
        chart.categories[place] + (f"（{amount_text(figure)}，负数不画）" if figure.value < 0 else "")
        for place, figure in enumerate(figures)
        if figure.value <= 0
    ]
    if absent:
        yield _middled(fitting(f"{_NOTHING}：{'、'.join(absent)}", 38), CENTRE[0], HEIGHT - 12, 12, MUTED)


def _slices(shares: list[float], labels: list[str], turn: float) -> str:
    """Slices clockwise from `turn`, white between them; a pale ring where there is nothing to show."""
    if not shares:
        return marks("扇区", [(_arc(0, 2 * pi), RULE, _NOTHING)])
    ends = [turn + 2 * pi * share for share in accumulate(shares, initial=0.0)]
    shapes = [
        (_arc(start, end), COLOURS[order % len(COLOURS)], label)
        for order, ((start, end), label) in enumerate(zip(pairwise(ends), labels, strict=True))
    ]
    return marks("扇区", shapes, ' stroke="white"' if len(shares) > 1 else "")


def _arc(start: float, end: float) -> str:
    """The outline of a slice between two angles from twelve o'clock; a whole ring is drawn in two halves."""
    if end - start > 2 * pi - 1e-9:
        return _circle(OUTER, 1) + _circle(INNER, 0)
    large = int(end - start > pi)
    return (
        f"M{_point(OUTER, start)}A{OUTER},{OUTER},0,{large},1,{_point(OUTER, end)}"
        f"L{_point(INNER, end)}A{INNER},{INNER},0,{large},0,{_point(INNER, start)}Z"
    )


def _circle(radius: int, sweep: int) -> str:
    top, bottom, half = _point(radius, 0), _point(radius, pi), f"A{radius},{radius},0,1,{sweep},"
    return f"M{top}{half}{bottom}{half}{top}Z"


def _point(radius: float, angle: float) -> str:
    return f"{pixels(CENTRE[0] + radius * sin(angle))},{pixels(CENTRE[1] - radius * cos(angle))}"


def _share(share: Fraction) -> str:
    """A percentage with one decimal, or with as many as keep a part from reading as nothing or as everything."""
    for decimals in (1, 2, 3):
        text = print_value(share, PERCENT, decimals=decimals, strip_zeros=True)
        if share == 1 or text not in ("0", "100"):
            break
    return text


def _labels(labels: list[RingLabel]) -> Iterator[str]:
    """A line from each slice to its label: the name in ink, the amount under it lighter."""
    widest = max((number_ems(label.lines[-1]) for label in labels), default=1.0)
    room = min((label.x if label.align == "right" else WIDTH - label.x for label in labels), default=WIDTH)
    fitted = round(max(SMALLEST_TYPE, min(_AMOUNT_TYPE, (room - 2) / widest)), 1)
    for label in labels:
        leader = "L".join(f"{pixels(x)},{pixels(y)}" for x, y in label.leader)
        yield f'<path aria-hidden="true" d="M{leader}" stroke="{MUTED}" stroke-width="0.8"/>'
        anchor = "end" if label.align == "right" else "start"
        for number, line in enumerate(label.lines):
            is_amount = number == len(label.lines) - 1
            size, colour = (fitted, MUTED) if is_amount else (_NAME_TYPE, INK)
            yield _middled(line, label.x, label.y + LINE * number, size, colour, anchor)


def _centre(chart: Chart, figures: tuple[Figure, ...], whole: Fraction) -> Iterator[str]:
    if not whole:
        yield _middled(_NOTHING, *CENTRE, 13, MUTED)
        return
    decimals = {len(figure.text.partition(".")[2]) for figure in figures}
    total = print_value(
        whole,
        unit_named(chart.unit),
        decimals=max(decimals),
        strip_zeros=len(decimals) > 1,
        thousands=any("," in figure.text for figure in figures),
    )
    size = round(min(_TOTAL_TYPE, (2 * INNER - 12) / number_ems(total, bold=True)), 1)
    yield _middled(f"合计（{chart.unit}）", CENTRE[0], CENTRE[1] - 14, 12, MUTED)
    yield _middled(total, CENTRE[0], CENTRE[1] + 8, size, INK, bold=True)


def _middled(
    text: str, x: float, y: float, size: float, colour: str, anchor: str = "middle", *, bold: bool = False
) -> str:
    """A text whose middle stands at a height."""
    return words(text, x, y + round(0.3 * size), size, colour, anchor, bold=bold)
