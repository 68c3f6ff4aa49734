"""Native charts of the XLSX, each beside the numbers it draws."""

from __future__ import annotations

from typing import Any

from mingzhang.documents import Chart
from mingzhang.write.xlsx_cells import HEI, SONG, Formats, cell_text, number_format, printed_number

COLOURS = ("#a9bfd6", "#1f4e79", "#c8963e", "#5b7f6b", "#7a3b32", "#6f93b8")
_CHART_ROWS = 18
_FONT = {"name": SONG, "size": 10}


def write_charts(workbook: Any, sheet: Any, charts: list[Chart], formats: Formats) -> None:
    """Fill the sheet of charts: for each its data and, to the right, the chart drawn from them."""
    sheet.set_column(0, 0, 26)
    sheet.set_column(1, 4, 14)
    row, breaks = 0, []
    for chart in charts:
        _data(sheet, chart, row, formats)
        drawn = (
            _ring(workbook, sheet, chart, row) if chart.kind == "ring" else _bars(workbook, sheet, chart, row)
        )
        drawn.set_title(
            {"name": cell_text(chart.caption), "name_font": {"name": HEI, "size": 12, "bold": False}}
        )
        drawn.set_size({"width": 560, "height": 320})
        described = chart.description or chart.caption
        sheet.insert_chart(
            row + 1, len(chart.series) + 2, drawn, {"description": cell_text(described), "object_position": 2}
        )
        row += max(_CHART_ROWS, len(chart.categories) + 4)
        breaks.append(row)
    sheet.set_paper(9)
    sheet.set_landscape()
    sheet.fit_to_pages(1, 0)
    sheet.set_h_pagebreaks(breaks[1:-1:2])
    sheet.set_footer("&C— &P —")


def _data(sheet: Any, chart: Chart, row: int, formats: Formats) -> None:
    sheet.write_string(row, 0, cell_text(f"{chart.caption}（{chart.unit}）"), formats.get(font_name=HEI))
    head = formats.get(bold=True, border=1, align="center", bg_color="#F2F2F2")
    sheet.write_string(row + 1, 0, "项目", head)
    for column, series in enumerate(chart.series, 1):
        sheet.write_string(row + 1, column, cell_text(series.name), head)
        for index, figure in enumerate(series.figures):
            style = formats.get(border=1, align="right", num_format=number_format(figure))
            sheet.write_number(row + 2 + index, column, printed_number(figure), style)
    for index, category in enumerate(chart.categories):
        sheet.write_string(row + 2 + index, 0, cell_text(category), formats.get(border=1))


def _ranges(sheet: Any, chart: Chart, row: int, column: int) -> dict[str, object]:
    last = row + 1 + max(len(chart.categories), 1)
    return {
        "name": [sheet.get_name(), row + 1, column],
        "categories": [sheet.get_name(), row + 2, 0, last, 0],
        "values": [sheet.get_name(), row + 2, column, last, column],
    }


def _bars(workbook: Any, sheet: Any, chart: Chart, row: int) -> Any:
    drawn = workbook.add_chart({"type": "column"})
    for index in range(len(chart.series)):
        drawn.add_series(
            {
                **_ranges(sheet, chart, row, index + 1),
                "fill": {"color": COLOURS[index % len(COLOURS)]},
                "gap": 90,
                "data_labels": {"value": True, "num_format": "0.00", "font": _FONT},
            }
        )
    drawn.set_x_axis({"num_font": _FONT})
    drawn.set_y_axis(
        {
            "name": cell_text(chart.unit),
            "name_font": _FONT,
            "num_font": _FONT,
            "min": 0,
            "major_gridlines": {"visible": True, "line": {"color": "#D9D9D9"}},
        }
    )
    drawn.set_legend({"position": "bottom", "font": _FONT})
    return drawn


def _ring(workbook: Any, sheet: Any, chart: Chart, row: int) -> Any:
    drawn = workbook.add_chart({"type": "doughnut"})
    points = [
        {"fill": {"color": COLOURS[(index + 1) % len(COLOURS)]}} for index in range(len(chart.categories))
    ]
    drawn.add_series(
        {
            **_ranges(sheet, chart, row, 1),
            "points": points,
            "data_labels": {
                "percentage": True,
                "num_format": "0.0%",
                "font": {**_FONT, "color": "#FFFFFF", "bold": True},
            },
        }
    )
    drawn.set_hole_size(58)
    drawn.set_legend({"position": "right", "font": _FONT})
    return drawn
