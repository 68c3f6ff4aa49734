"""What the page shows, ready for its template: headings with anchors, tables with header cells, drawn charts."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from itertools import groupby, zip_longest

from markupsafe import Markup

from mingzhang.documents import Chart, Document, Figure, Heading, Paragraph, Table, TableCell, TableRow
from mingzhang.write.chart_parts import amount_text, mark_label
from mingzhang.write.charts import chart_svg
from mingzhang.write.furniture import entity_line, unit_line
from mingzhang.write.table_grid import Placed, grid_of
from mingzhang.write.visible_text import visible

_ANCHOR = re.compile(r"[A-Za-z][A-Za-z0-9_-]{0,60}\Z")


@dataclass(frozen=True, slots=True)
class HeadingView:
    """A heading with its anchor; the title of the page stands one level above all of them."""

    level: int
    text: str
    anchor: str
    kind: str = "heading"


@dataclass(frozen=True, slots=True)
class SpanView:
    """A run of text; `number` is the explanation that it opens, `coordinate` the figure it prints, `key` whose words it is."""

    text: str
    number: int | None
    bold: bool
    missing: bool
    coordinate: str = ""
    key: str = ""


@dataclass(frozen=True, slots=True)
class ParagraphView:
    """A paragraph."""

    style: str
    spans: tuple[SpanView, ...]
    kind: str = "paragraph"

    @property
    def runs(self) -> tuple[tuple[str, tuple[SpanView, ...]], ...]:
        """The spans by the key that neighbours share: the user's own words, and those between."""
        return tuple((key, tuple(spans)) for key, spans in groupby(self.spans, lambda span: span.key))


@dataclass(frozen=True, slots=True)
class CellView:
    """A table cell as an element: `th` with a scope, or `td`."""

    text: str
    tag: str
    scope: str
    columns: int
    rows: int
    classes: str
    number: int | None
    coordinate: str = ""


@dataclass(frozen=True, slots=True)
class RowView:
    """A row of cells."""

    style: str
    cells: tuple[CellView, ...]


@dataclass(frozen=True, slots=True)
class TableView:
    """A table with the lines over and under it."""

    identifier: str
    title: str
    heading: HeadingView | None
    """The heading above, where it names the table: it stands in the table's section."""
    number: str
    entity: str
    unit: str
    wide: bool
    header: tuple[RowView, ...]
    body: tuple[RowView, ...]
    notes: tuple[str, ...]
    kind: str = "table"


@dataclass(frozen=True, slots=True)
class ChartView:
    """A drawn chart, its data as a table, and the explanation that each mark opens."""

    identifier: str
    caption: str
    description: str
    svg: Markup
    unit: str
    series: tuple[str, ...]
    rows: tuple[tuple[str, tuple[SpanView, ...]], ...]
    marks: Markup
    """JSON: the label of each mark with the number of its explanation."""
    places: Markup
    """JSON: the label of each mark with its coordinate."""
    kind: str = "chart"


@dataclass(frozen=True, slots=True)
class ContentsEntry:
    """A line of the contents."""

    text: str
    anchor: str
    children: list[ContentsEntry] = field(default_factory=list)


BlockView = HeadingView | ParagraphView | TableView | ChartView


class View:
    """Everything that the template reads."""

    def __init__(self, document: Document, numbers: Mapping[str, int], charts: Mapping[str, str]) -> None:
        metadata = document.metadata
        published = metadata.published_on
        self.title = visible(document.title)
        self.department = visible(metadata.department)
        self.subtitle = visible(metadata.subtitle)
        self.watermark = visible(metadata.watermark)
        self.language = metadata.language
        self.published = f"{published.year}年{published.month}月{published.day}日"
        self.published_iso = published.isoformat()
        self.version = metadata.version
        self._numbers = numbers
        self._charts = charts
        self._anchors: set[str] = set()
        self.contents: list[ContentsEntry] = []
        self.blocks = tuple(self._blocks(document))
        self.explained = any(figure.coordinate in numbers for figure in document.figures())

    def _blocks(self, document: Document) -> Iterator[BlockView]:
        title: HeadingView | None = None
        for block, following in zip_longest(document.blocks, document.blocks[1:]):
            if isinstance(block, Heading):
                heading = self._heading(block)
                if isinstance(following, Table) and following.title and block.text.endswith(following.title):
                    title = heading
                else:
                    yield heading
            elif isinstance(block, Paragraph):
                spans = (
                    SpanView(
                        visible(span.text),
                        self._number(span.figure),
                        span.bold,
                        span.missing,
                        span.figure.coordinate if span.figure else "",
                        span.key,
                    )
                    for span in block.spans
                )
                yield ParagraphView(block.kind, tuple(spans))
            elif isinstance(block, Table):
                yield self._table(block, title)
                title = None
            elif isinstance(block, Chart):
                yield self._chart(block)

    def _number(self, figure: Figure | None) -> int | None:
        return self._numbers.get(figure.coordinate) if figure else None

    def _anchor(self, wanted: str, otherwise: str) -> str:
        """An anchor used once in the page."""
        anchor = wanted if _ANCHOR.match(wanted) and wanted not in self._anchors else ""
        anchor = anchor or f"{otherwise}-{len(self._anchors) + 1}"
        self._anchors.add(anchor)
        return anchor

    def _heading(self, heading: Heading) -> HeadingView:
        level = min(max(heading.level, 1), 5)
        view = HeadingView(level + 1, visible(heading.text), self._anchor(heading.anchor, "section"))
        entry = ContentsEntry(view.text, view.anchor)
        if level == 1 or (level == 2 and not self.contents):
            self.contents.append(entry)
        elif level == 2:
            self.contents[-1].children.append(entry)
        return view

    # -- tables ----------------------------------------------------------------------------------------------

    def _table(self, table: Table, heading: HeadingView | None) -> TableView:
        grid = grid_of(table)
        return TableView(
            identifier=self._anchor("", "table"),
            title=visible(table.title),
            heading=heading,
            number=visible(table.number),
            entity=entity_line(table),
            unit=unit_line(table),
            wide=table.landscape,
            header=self._rows(table.header, grid.header, header=True),
            body=self._rows(table.body, grid.body, header=False),
            notes=tuple(visible(note) for note in table.notes),
        )

    def _rows(
        self, rows: tuple[TableRow, ...], lines: list[list[Placed]], *, header: bool
    ) -> tuple[RowView, ...]:
        return tuple(
            RowView(
                row.kind,
                tuple(
                    self._cell(placed.cell, placed.rows, placed.columns, header and row.kind == "header")
                    for placed in line
                ),
            )
            for row, line in zip(rows, lines, strict=True)
        )

    def _cell(self, cell: TableCell, rows: int, columns: int, header: bool) -> CellView:
        text = visible(cell.text)
        number = self._number(cell.figure) if text else None
        label = cell.figure is None and bool(text) and not _is_digits(text)
        scope = ("colgroup" if columns > 1 else "col") if header else "row"
        classes = [cell.align if cell.align in ("right", "center") else "left"]
        if cell.figure is not None or _is_digits(text):
            classes.append("whole")
        if cell.bold:
            classes.append("bold")
        if cell.indent > 0:
            classes.append(f"indent-{min(cell.indent, 6)}")
        heads = bool(text) and (header or label)
        return CellView(
            text,
            "th" if heads else "td",
            scope if heads else "",
            columns,
            rows,
            " ".join(classes),
            number,
            cell.figure.coordinate if cell.figure and text else "",
        )

    # -- charts ----------------------------------------------------------------------------------------------

    def _chart(self, chart: Chart) -> ChartView:
        identifier = self._anchor("", "chart")
        svg = self._charts.get(chart.name) or chart_svg(chart)
        rows = tuple(
            (
                visible(category),
                tuple(
                    SpanView(amount_text(figure), self._number(figure), False, False, figure.coordinate)
                    for figure in (series.figures[at] for series in chart.series)
                ),
            )
            for at, category in enumerate(chart.categories)
        )
        labels = [
            (mark_label(chart, series, category), figure)
            for series in range(len(chart.series))
            for category, figure in enumerate(chart.series[series].figures)
        ]
        marks = tuple(
            (label, number) for label, figure in labels if (number := self._number(figure)) is not None
        )
        return ChartView(
            identifier=identifier,
            caption=visible(chart.caption),
            description=visible(chart.description or chart.caption),
            svg=_inline(svg),
            unit=visible(chart.unit),
            series=tuple(visible(series.name) for series in chart.series),
            rows=rows,
            marks=data_block(marks),
            places=data_block([(label, figure.coordinate) for label, figure in labels]),
        )


def data_block(data: object) -> Markup:
    """JSON that may stand inside a script element."""
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":"))
    return Markup(text.replace("<", "\\u003c").replace(">", "\\u003e").replace("&", "\\u0026"))


def _is_digits(text: str) -> bool:
    return bool(text) and all(character in "0123456789.,-−%" for character in text)


def _inline(svg: str) -> Markup:
    """An SVG picture as part of the page; the tab key passes it by."""
    return Markup(svg.replace("<svg ", '<svg focusable="false" ', 1))
