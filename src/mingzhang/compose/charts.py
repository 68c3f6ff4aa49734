"""Chart templates × facts → charts, one specification for every output."""

from __future__ import annotations

from mingzhang.compose.phrases import Missing
from mingzhang.compose.template import Writer
from mingzhang.documents import Chart, Series
from mingzhang.forms import ChartTemplate


def compose_chart(template: ChartTemplate, writer: Writer, number: int) -> Chart | None:
    """Fill a chart; None where every figure prints as zero, or where one is unknown, which is noted as missing.

    `number` stands for `{number}` in the caption: charts are numbered as they come. A part of a whole that is
    negative cannot be a slice: such a ring is drawn as bars.
    """
    caption = _words(template.caption, writer, number)
    series: list[Series] = []
    for name, cells in template.series:
        row = []
        for cell in cells:
            coordinate = writer.coordinate(cell)
            figure = writer.printer.figure(coordinate)
            if figure is None:
                writer.missing.append(Missing(f"“{caption}”的数据", str(coordinate)))
                return None
            row.append(figure)
        series.append(Series(_words(name, writer), tuple(row)))
    figures = [figure for own in series for figure in own.figures]
    if not any(digit in "123456789" for figure in figures for digit in figure.text):
        return None
    negative = any(figure.value < 0 for figure in figures)
    return Chart(
        name=template.name,
        caption=caption,
        kind="bars" if negative else template.kind,
        categories=tuple(_words(category, writer) for category in template.categories),
        series=tuple(series),
        unit=template.unit,
        description=_words(template.description, writer),
    )


def _words(text: str, writer: Writer, number: int = 0) -> str:
    return "".join(span.text for span in writer.render(text, words={"number": str(number)}))
