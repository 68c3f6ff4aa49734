"""Chart templates × facts → charts."""

from __future__ import annotations

from mingzhang.compose.template import Writer
from mingzhang.documents import Chart, Figure, Series
from mingzhang.forms import ChartTemplate


def compose_chart(template: ChartTemplate, writer: Writer) -> Chart:
    """Fill a chart. Unknown figures are left out together with their category in rings, shown as gaps in bars."""
    series = []
    for name, cells in template.series:
        figures = tuple(_figure(cell, writer) for cell in cells)
        series.append(Series(_words(name, writer), figures))
    return Chart(
        name=template.name,
        caption=_words(template.caption, writer),
        kind=template.kind,
        categories=tuple(_words(category, writer) for category in template.categories),
        series=tuple(series),
        unit=template.unit,
        description="".join(span.text for span in writer.render(template.description)),
    )


def _figure(cell: str, writer: Writer) -> Figure:
    coordinate = writer.coordinate(cell)
    figure = writer.printer.figure(coordinate)
    if figure is None:
        writer.missing.append(f"图表数据（{coordinate}）")
        raise LookupError(str(coordinate))
    return figure


def _words(text: str, writer: Writer) -> str:
    return "".join(span.text for span in writer.render(text))
