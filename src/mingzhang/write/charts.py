"""Charts (图): one drawing for every output, as SVG in the bundled fonts and as pictures made of it."""

from __future__ import annotations

from functools import lru_cache

from mingzhang.documents import Chart
from mingzhang.write.bars import bars
from mingzhang.write.chart_parts import picture
from mingzhang.write.raster import svg_to_png
from mingzhang.write.ring import ring

_KINDS = {"bars": bars, "ring": ring}


@lru_cache(maxsize=64)
def chart_svg(chart: Chart) -> str:
    """The chart as SVG; texts stay texts, marks carry their `mark_label`."""
    return picture(_KINDS[chart.kind](chart))


@lru_cache(maxsize=64)
def chart_png(chart: Chart, scale: float = 3.0) -> bytes:
    """The chart as PNG, `scale` pixels to a CSS pixel."""
    return svg_to_png(chart_svg(chart), scale)
