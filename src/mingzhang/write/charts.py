"""Charts (图): one Vega-Lite specification for every output, drawn offline with the bundled fonts."""

from __future__ import annotations

from fractions import Fraction
from functools import lru_cache
from math import pi
from typing import Any

import vl_convert

from mingzhang.documents import Chart, Figure
from mingzhang.numbers import PERCENT, print_value, unit_named
from mingzhang.write.fonts import FONT_DIRECTORY, SANS
from mingzhang.write.plain_text import number_ems
from mingzhang.write.raster import svg_to_png
from mingzhang.write.ring_labels import LINE, RingLabel, fitting, place_labels, turned

WIDTH, HEIGHT = 480, 280
"""Size of every chart in CSS pixels."""

FONTS = f"{SANS}, Noto Sans CJK SC, Source Han Sans SC, PingFang SC, Microsoft YaHei, sans-serif"
INK, MUTED, RULE = "#1f2933", "#52606d", "#d9dee4"
SERIES_COLOURS = ("#a9bfd6", "#1f4e79", "#c8963e", "#5b7f6b")
"""Earlier years light, the reported year dark: told apart in grey print too."""
SLICE_COLOURS = ("#1f4e79", "#c8963e", "#6f93b8", "#7a3b32", "#a9bfd6", "#5b7f6b", "#e0c48f", "#52606d")
OUTER, INNER = 80, 48
CENTRE = (WIDTH / 2, HEIGHT / 2 - 8)

Specification = dict[str, Any]

vl_convert.register_font_directory(str(FONT_DIRECTORY))


def vega_lite(chart: Chart) -> Specification:
    """The Vega-Lite specification of a chart, complete with its data. Mark descriptions are `mark_label`s."""
    layers = {"bars": _bars, "ring": _ring}[chart.kind](chart)
    return {
        "$schema": "https://vega.github.io/schema/vega-lite/v5.json",
        "description": chart.description or chart.caption,
        "width": WIDTH,
        "height": HEIGHT,
        "padding": 8 if chart.kind == "bars" else 0,
        "autosize": {"type": "fit", "contains": "padding"} if chart.kind == "bars" else "none",
        "background": "white",
        "config": _CONFIG,
        **layers,
    }


@lru_cache(maxsize=64)
def chart_svg(chart: Chart) -> str:
    """The chart as SVG; texts stay texts."""
    svg: str = vl_convert.vegalite_to_svg(vega_lite(chart))
    return svg


@lru_cache(maxsize=64)
def chart_png(chart: Chart, scale: float = 3.0) -> bytes:
    """The chart as PNG, `scale` pixels to a CSS pixel."""
    return svg_to_png(chart_svg(chart), scale)


def mark_label(chart: Chart, series: int, category: int) -> str:
    """What one bar or slice says, for those who cannot see it; unique within a chart."""
    figure = chart.series[series].figures[category]
    name = f"{chart.series[series].name} " if len(chart.series) > 1 else ""
    return f"{name}{chart.categories[category]}：{amount_text(figure)}{figure.unit}"


def amount_text(figure: Figure) -> str:
    """The printed digits; a zero that a table leaves blank is written out."""
    return figure.text or print_value(figure.value, unit_named(figure.unit))


def _amount(figure: Figure) -> float:
    """The length to draw: the exact value in the printed unit."""
    return float(figure.value / unit_named(figure.unit).scale)


_CONFIG: Specification = {
    "font": FONTS,
    "view": {"stroke": None},
    "axis": {
        "labelColor": INK,
        "titleColor": MUTED,
        "labelFontSize": 13,
        "titleFontSize": 12,
        "titleFontWeight": "normal",
        "domainColor": MUTED,
        "gridColor": RULE,
        "ticks": False,
        "labelPadding": 8,
    },
    "legend": {
        "labelColor": INK,
        "labelFontSize": 13,
        "symbolType": "square",
        "symbolSize": 130,
        "layout": {"top": {"anchor": "end"}},
    },
    "text": {"color": INK, "fontSize": 13},
}


# -- bars ----------------------------------------------------------------------------------------------------


def _bars(chart: Chart) -> Specification:
    names = [series.name for series in chart.series]
    rows: list[Specification] = [
        {
            "category": _lines(category, int((WIDTH - 70) / len(chart.categories) / 15)),
            "series": series.name,
            "amount": _amount(series.figures[place]),
            "text": amount_text(series.figures[place]),
            "label": mark_label(chart, number, place),
        }
        for number, series in enumerate(chart.series)
        for place, category in enumerate(chart.categories)
    ]
    amounts = [_amount(figure) for series in chart.series for figure in series.figures]
    negative = min(amounts) < 0
    longest = max(len(row["text"]) for row in rows)
    dense = len(rows) > 4 or _label_size(chart, longest, 0.45) < _LABEL_SIZE
    size = min(
        _LABEL_SIZE - 2 if len(rows) > 6 else _LABEL_SIZE, _label_size(chart, longest, 0.2 if dense else 0.45)
    )
    thousands = any("," in row["text"] for row in rows)
    shared = {
        "x": {
            "field": "category",
            "type": "nominal",
            "sort": None,
            "title": None,
            "scale": {"paddingInner": 0.2 if dense else 0.45, "paddingOuter": 0.1 if dense else 0.3},
            "axis": {
                "labelAngle": 0,
                "labelExpr": "split(datum.label, '\\n')",
                "labelFontSize": 14,
                "labelLimit": 0,
                "domain": not negative,
            },
        },
        "xOffset": {"field": "series", "sort": names, "scale": {"paddingInner": 0.12}},
        "y": {
            "field": "amount",
            "type": "quantitative",
            "title": f"单位：{chart.unit}",
            "scale": {"domain": [min(0, *amounts) * 1.4, max(0, *amounts) * 1.12 or 1], "nice": True},
            "axis": {
                "tickCount": 5,
                "format": ",~f" if thousands else "~f",
                "domain": False,
                "titleAngle": 0,
                "titleAlign": "left",
                "titleAnchor": "end",
                "titleX": -36,
                "titleY": -18,
            },
        },
    }
    colour = {
        "field": "series",
        "scale": {"domain": names, "range": _colours(len(names))},
        "legend": {"orient": "top", "direction": "horizontal", "title": None, "offset": 6}
        if len(names) > 1
        else None,
    }
    return {
        "data": {"values": rows},
        "layer": [
            {
                "mark": {"type": "bar", "aria": True},
                "encoding": {**shared, "color": colour, "description": {"field": "label"}},
            },
            _value_labels(shared, "datum.amount >= 0", "bottom", -5, size),
            _value_labels(shared, "datum.amount < 0", "top", 5, size),
            *([_ZERO_LINE] if negative else []),
        ],
    }


_LABEL_SIZE = 13.0
_SMALLEST_LABEL = 7.5


def _label_size(chart: Chart, longest: int, padding: float) -> float:
    """The largest type for labels of so many characters at which neighbouring bars' labels keep apart."""
    apart = (WIDTH - 80) / len(chart.categories) * (1 - padding) / len(chart.series)
    return round(max(_SMALLEST_LABEL, min(_LABEL_SIZE, apart / (0.56 * max(longest, 1)))), 1)


_ZERO_LINE: Specification = {
    "data": {"values": [{"zero": 0}]},
    "mark": {"type": "rule", "color": MUTED, "aria": False},
    "encoding": {"y": {"field": "zero", "type": "quantitative"}},
}


def _value_labels(shared: Specification, test: str, baseline: str, offset: int, size: float) -> Specification:
    return {
        "transform": [{"filter": test}],
        "mark": {"type": "text", "baseline": baseline, "dy": offset, "fontSize": size, "aria": False},
        "encoding": {**shared, "text": {"field": "text"}},
    }


def _colours(count: int) -> list[str]:
    if count == 1:
        return [SERIES_COLOURS[1]]
    return [SERIES_COLOURS[place % len(SERIES_COLOURS)] for place in range(count)]


def _lines(text: str, width: int) -> str:
    """Break a label into even lines of at most `width` characters, none beginning with a closing mark.

    >>> _lines("因公出国（境）费用", 6).split()
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
    return "\n".join([*lines, text])


# -- ring ----------------------------------------------------------------------------------------------------


def _ring(chart: Chart) -> Specification:
    figures = chart.series[0].figures
    shown = [place for place, figure in enumerate(figures) if figure.value > 0]
    whole = sum((figures[place].value for place in shown), Fraction(0))
    texts = [
        (
            chart.categories[place],
            f"{_share(figures[place].value / whole)}%　{amount_text(figures[place])}{figures[place].unit}",
        )
        for place in shown
    ]
    shares = [float(figures[place].value / whole) for place in shown]
    turn = turned(shares)
    labels = place_labels(shares, texts, CENTRE, OUTER, (WIDTH, HEIGHT - 24), turn)
    slices = [
        {"order": order, "amount": shares[order], "label": mark_label(chart, 0, place)}
        for order, place in enumerate(shown)
    ]
    layers: list[Specification] = [_slices(slices, turn), _leaders(labels), *_label_texts(labels)]
    layers.extend(_centre(chart, figures, whole))
    absent = [
        chart.categories[place] + (f"（{amount_text(figure)}，负数不画）" if figure.value < 0 else "")
        for place, figure in enumerate(figures)
        if figure.value <= 0
    ]
    if absent:
        note = fitting(f"本年无数额：{'、'.join(absent)}", 38)
        layers.append(_fixed_text(note, CENTRE[0], HEIGHT - 12, 12, MUTED))
    return {"layer": layers}


def _slices(slices: list[Specification], turn: float) -> Specification:
    orders = [row["order"] for row in slices]
    return {
        "data": {"values": slices or [{"order": 0, "amount": 1, "label": "本年无数额"}]},
        "mark": {
            "type": "arc",
            "outerRadius": OUTER,
            "innerRadius": INNER,
            "stroke": "white",
            "strokeWidth": 1 if len(slices) > 1 else 0,
            "x": CENTRE[0],
            "y": CENTRE[1],
        },
        "encoding": {
            "theta": {
                "field": "amount",
                "type": "quantitative",
                "stack": True,
                "scale": {"domain": [0, 1], "range": [turn, turn + 2 * pi]},
            },
            "order": {"field": "order", "type": "quantitative"},
            "color": {
                "field": "order",
                "type": "nominal",
                "legend": None,
                "scale": {
                    "domain": orders or [0],
                    "range": [SLICE_COLOURS[order % len(SLICE_COLOURS)] for order in orders] or [RULE],
                },
            },
            "description": {"field": "label"},
        },
    }


def _share(share: Fraction) -> str:
    """A percentage with one decimal, or with as many as keep a part from reading as nothing or as everything."""
    for decimals in (1, 2, 3):
        text = print_value(share, PERCENT, decimals=decimals, strip_zeros=True)
        if share == 1 or text not in ("0", "100"):
            break
    return text


def _place(field: str, size: int, *, down: bool = False) -> Specification:
    """A channel whose field holds pixels."""
    extent = [size, 0] if down else [0, size]
    return {
        "field": field,
        "type": "quantitative",
        "axis": None,
        "scale": {"domain": extent, "nice": False, "zero": False},
    }


def _leaders(labels: list[RingLabel]) -> Specification:
    rows = [
        {"line": order, "step": step, "x": x, "y": y}
        for order, label in enumerate(labels)
        for step, (x, y) in enumerate(label.leader)
    ]
    return {
        "data": {"values": rows},
        "mark": {"type": "line", "stroke": MUTED, "strokeWidth": 0.8, "aria": False},
        "encoding": {
            "x": _place("x", WIDTH),
            "y": _place("y", HEIGHT, down=True),
            "detail": {"field": "line", "type": "nominal"},
            "order": {"field": "step", "type": "quantitative"},
        },
    }


def _label_texts(labels: list[RingLabel]) -> list[Specification]:
    """Names in ink, amounts under them lighter; left and right of the ring."""
    layers: list[Specification] = []
    widest = max((number_ems(label.lines[-1]) for label in labels), default=1.0)
    room = min((label.x if label.align == "right" else WIDTH - label.x for label in labels), default=WIDTH)
    fitted = round(max(_SMALLEST_LABEL, min(12.0, (room - 2) / widest)), 1)
    for align in ("left", "right"):
        own = [label for label in labels if label.align == align]
        names = [(label, line, text) for label in own for line, text in enumerate(label.lines[:-1])]
        amounts = [(label, len(label.lines) - 1, label.lines[-1]) for label in own]
        for texts, size, colour in ((names, 13.0, INK), (amounts, fitted, MUTED)):
            if texts:
                layers.append(_placed_texts(texts, align, size, colour))
    return layers


def _placed_texts(
    texts: list[tuple[RingLabel, int, str]], align: str, size: float, colour: str
) -> Specification:
    return {
        "data": {
            "values": [
                {"x": label.x, "y": label.y + LINE * line, "text": text} for label, line, text in texts
            ]
        },
        "mark": {
            "type": "text",
            "align": align,
            "baseline": "middle",
            "fontSize": size,
            "color": colour,
            "aria": False,
        },
        "encoding": {
            "x": _place("x", WIDTH),
            "y": _place("y", HEIGHT, down=True),
            "text": {"field": "text"},
        },
    }


def _centre(chart: Chart, figures: tuple[Figure, ...], whole: Fraction) -> list[Specification]:
    if not whole:
        return [_fixed_text("本年无数额", *CENTRE, 13, MUTED)]
    decimals = {len(figure.text.partition(".")[2]) for figure in figures}
    total = print_value(
        whole,
        unit_named(chart.unit),
        decimals=max(decimals),
        strip_zeros=len(decimals) > 1,
        thousands=any("," in figure.text for figure in figures),
    )
    size = round(min(17.0, (2 * INNER - 12) / number_ems(total, bold=True)), 1)
    return [
        _fixed_text(f"合计（{chart.unit}）", CENTRE[0], CENTRE[1] - 14, 12, MUTED),
        _fixed_text(total, CENTRE[0], CENTRE[1] + 8, size, INK, bold=True),
    ]


def _fixed_text(
    text: str, x: float, y: float, size: float, colour: str, *, bold: bool = False
) -> Specification:
    return {
        "data": {"values": [{"text": text}]},
        "mark": {
            "type": "text",
            "x": x,
            "y": y,
            "align": "center",
            "baseline": "middle",
            "fontSize": size,
            "fontWeight": "bold" if bold else "normal",
            "color": colour,
            "aria": False,
        },
        "encoding": {"text": {"field": "text"}},
    }
