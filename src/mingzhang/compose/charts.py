"""Chart templates × facts → charts, one specification for every output."""

from __future__ import annotations

from mingzhang.compose.phrases import Missing
from mingzhang.compose.template import Writer
from mingzhang.documents import Chart, Series
from mingzhang.forms import ChartTemplate


def compose_chart(template: ChartTemplate, writer: Writer) -> Chart | None:
    """Fill a chart; None where a figure is unknown, which is noted as missing: a chart with gaps misleads."""
    caption = _words(template.caption, writer)
    series = []
    for name, cells in template.series:
        figures = []
        for cell in cells:
            coordinate = writer.coordinate(cell)
            figure = writer.printer.figure(coordinate)
            if figure is None:
                writer.missing.append(Missing(f"“{caption}”的数据", str(coordinate)))
                return None
            figures.append(figure)
        series.append(Series(_words(name, writer), tuple(figures)))
    return Chart(
        name=template.name,
        caption=caption,
        kind=template.kind,
        categories=tuple(_words(category, writer) for category in template.categories),
        series=tuple(series),
        unit=template.unit,
        description=_words(template.description, writer),
    )


def _words(text: str, writer: Writer) -> str:
    return "".join(span.text for span in writer.render(text))
