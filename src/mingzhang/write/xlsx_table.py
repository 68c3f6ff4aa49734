"""One table on one sheet of the XLSX: official furniture, merged header, exact numbers, live totals, print settings."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import groupby
from typing import Any

from xlsxwriter.utility import xl_rowcol_to_cell

from mingzhang.documents import Metadata, Table, TableCell
from mingzhang.numbers import add_up
from mingzhang.write.column_fit import wrapped_lines
from mingzhang.write.table_grid import Grid, Placed, grid_of
from mingzhang.write.xlsx_cells import (
    Formats,
    ShortestNumber,
    as_fraction,
    cell_text,
    number_format,
    printed_number,
)

_ALIGNMENTS = frozenset({"left", "center", "right"})
_WIDEST, _NARROWEST = 46.0, 7.0
_LINE, _POINTS_PER_WIDTH = 15.0, 5.6
"""Height of a line of text, and points in one unit of column width."""
_LONGEST_FORMULA = 8000

Parts = Sequence[tuple[int, int, int]]


def write_table(sheet: Any, table: Table, metadata: Metadata, formats: Formats) -> None:
    """Fill a worksheet with one table."""
    grid = grid_of(table)
    columns, header, body = grid.columns, grid.header, grid.body
    widths = _widths(grid)
    for column, width in enumerate(widths):
        sheet.set_column(column, column, width)
    top = _furniture(sheet, table, metadata, columns, formats)
    _block(sheet, header, top, widths, formats, header=True)
    first = top + len(header)
    _block(sheet, body, first, widths, formats, header=False)
    _totals(sheet, table, body, first, formats)
    _notes(sheet, table, first + len(body), columns, widths, formats)
    sheet.freeze_panes(first, _frozen_columns(body))
    _print_settings(sheet, table, metadata, top, first, columns, body)


def _furniture(sheet: Any, table: Table, metadata: Metadata, columns: int, formats: Formats) -> int:
    """Title, number, entity, year and unit; returns the row of the header."""
    last = columns - 1
    _span(
        sheet, 0, 0, last, table.title, formats.get(font_name="黑体", font_size=16, align="center", bold=True)
    )
    sheet.set_row(0, 30)
    sheet.write_string(1, last, cell_text(table.number), formats.get(align="right"))
    if metadata.watermark and last > 0:
        sheet.write_string(1, 0, cell_text(metadata.watermark), formats.get(bold=True, font_color="#C00000"))
    entity = f"编制单位：{table.entity}" if table.entity else ""
    unit = f"{'金额单位' if table.unit.endswith('元') else '计量单位'}：{table.unit}" if table.unit else ""
    if last == 0:
        sheet.write_string(2, 0, cell_text("　".join(filter(None, (entity, unit)))), formats.get())
        return 3
    sheet.write_string(2, 0, cell_text(entity), formats.get())
    if last > 1:
        sheet.write_string(2, (last + 1) // 2, f"{metadata.year}年度", formats.get(align="center"))
    sheet.write_string(2, last, cell_text(unit), formats.get(align="right"))
    return 3


def _block(
    sheet: Any,
    lines: list[list[Placed]],
    top: int,
    widths: Sequence[float],
    formats: Formats,
    *,
    header: bool,
) -> None:
    for index, line in enumerate(lines):
        height = 1
        for placed in line:
            _cell(sheet, placed, top, formats, header=header)
            room = sum(widths[placed.column : placed.column + placed.columns]) * _POINTS_PER_WIDTH
            needed = wrapped_lines(placed.cell.text, placed.cell.indent, room, 10.5)
            height = max(height, -(-needed // placed.rows))
        sheet.set_row(top + index, min(max(18.0, height * _LINE + 3), 400.0))


def _cell(sheet: Any, placed: Placed, top: int, formats: Formats, *, header: bool) -> None:
    cell, row, column = placed.cell, top + placed.row, placed.column
    style = _cell_format(cell, formats, header=header)
    if placed.rows > 1 or placed.columns > 1:
        sheet.merge_range(row, column, row + placed.rows - 1, column + placed.columns - 1, "", style)
    if cell.figure is not None:
        sheet.write_number(row, column, printed_number(cell.figure), style)
    elif cell.text:
        sheet.write_string(row, column, cell_text(cell.text), style)
    else:
        sheet.write_blank(row, column, None, style)


def _cell_format(cell: TableCell, formats: Formats, *, header: bool) -> Any:
    properties: dict[str, object] = {
        "border": 1,
        "align": cell.align if cell.align in _ALIGNMENTS else "left",
    }
    if cell.bold:
        properties["bold"] = True
    if cell.figure is not None:
        properties["num_format"] = number_format(cell.figure, blank_zero=not cell.text)
    else:
        properties |= {"text_wrap": True, "num_format": "@"}
    if cell.indent > 0 and cell.align == "left":
        properties["indent"] = min(cell.indent, 15)
    if header:
        properties["bg_color"] = "#F2F2F2"
    return formats.get(**properties)


# -- live totals -----------------------------------------------------------------------------------------------


def _totals(sheet: Any, table: Table, body: list[list[Placed]], first: int, formats: Formats) -> None:
    """Write totals as formulas with their values, wherever the exact values do add up."""
    cells = {(placed.row, placed.column): placed.cell for line in body for placed in line}
    for (row, column), parts in table.sums.items():
        total = cells.get((row, column))
        if total is None or total.figure is None or not _adds_up(total, parts, cells):
            continue
        formula = total_formula(parts, first)
        if len(formula) <= _LONGEST_FORMULA:
            style = _cell_format(total, formats, header=False)
            value: ShortestNumber = printed_number(total.figure)
            sheet.write_formula(first + row, column, formula, style, value)


def _adds_up(total: TableCell, parts: Parts, cells: Mapping[tuple[int, int], TableCell]) -> bool:
    """Whether the parts are cells of the table in the total's unit, and their exact values make the total."""
    found = [cells.get((row, column)) for row, column, _ in parts]
    named_twice = len({(row, column) for row, column, _ in parts}) < len(parts)
    if not parts or named_twice or any(cell is None for cell in found):
        return False
    figures = [cell.figure if cell else None for cell in found]
    if any(figure and total.figure and figure.unit != total.figure.unit for figure in figures):
        return False
    signed = (sign * as_fraction(figure) for figure, (_, _, sign) in zip(figures, parts, strict=True))
    return add_up(signed, as_fraction(total.figure))


def total_formula(parts: Parts, first: int) -> str:
    """The formula of a total; neighbours in a column or a row become a range.

    >>> total_formula(((0, 2, 1), (1, 2, 1), (2, 2, 1), (5, 2, -1)), 4)
    '=SUM(C5:C7)-C10'
    """
    terms = []
    for sign in (1, -1):
        places = sorted({(row, column) for row, column, own in parts if own == sign})
        ranges = _ranges(places)
        for top, left, bottom, right in ranges:
            start, end = xl_rowcol_to_cell(first + top, left), xl_rowcol_to_cell(first + bottom, right)
            text = start if start == end else f"SUM({start}:{end})"
            terms.append(f"{'+' if sign > 0 else '-'}{text}")
    return "=" + "".join(terms).removeprefix("+")


def _ranges(places: Sequence[tuple[int, int]]) -> list[tuple[int, int, int, int]]:
    """Cover places by vertical runs, and what stays single by horizontal ones."""
    by_column = sorted(places, key=lambda spot: (spot[1], spot[0]))
    vertical = _runs(by_column, lambda number, spot: (spot[1], spot[0] - number))
    ranges = [(run[0][0], run[0][1], run[-1][0], run[-1][1]) for run in vertical if len(run) > 1]
    single = sorted(run[0] for run in vertical if len(run) == 1)
    across = _runs(single, lambda number, spot: (spot[0], spot[1] - number))
    ranges += [(run[0][0], run[0][1], run[-1][0], run[-1][1]) for run in across]
    return sorted(ranges)


def _runs(places: Sequence[tuple[int, int]], key: Any) -> list[list[tuple[int, int]]]:
    return [
        [spot for _, spot in group] for _, group in groupby(enumerate(places), key=lambda pair: key(*pair))
    ]


# -- widths, notes, print --------------------------------------------------------------------------------------


def _widths(grid: Grid) -> list[float]:
    """Column widths in Excel's unit, half an em: numbers whole, labels on one line where that is not too wide."""
    widths = [min(max(demand.wish * 2 + 2.5, _NARROWEST), _WIDEST) for demand in grid.demands]
    if grid.columns == 1:
        return [max(widths[0], 60.0)]
    shortage = 72.0 - sum(widths)
    if shortage > 0:
        widths = [width + shortage / grid.columns for width in widths]
    return widths


def _notes(
    sheet: Any, table: Table, row: int, columns: int, widths: Sequence[float], formats: Formats
) -> None:
    for index, note in enumerate(table.notes):
        style = formats.get(text_wrap=True, valign="top", font_size=10)
        _span(sheet, row + index, 0, columns - 1, note, style)
        lines = wrapped_lines(note, 0, sum(widths) * _POINTS_PER_WIDTH, 10)
        sheet.set_row(row + index, min(lines * _LINE + 3, 400.0))


def _span(sheet: Any, row: int, first: int, last: int, text: str, style: Any) -> None:
    if last > first:
        sheet.merge_range(row, first, row, last, "", style)
    sheet.write_string(row, first, cell_text(text), style)


def _frozen_columns(body: list[list[Placed]]) -> int:
    """Label columns to keep in view: those left of all figures, where no label stands between figures."""
    figures = {placed.column for line in body for placed in line if placed.cell.figure}
    labels = {
        placed.column for line in body for placed in line if placed.cell.text and not placed.cell.figure
    }
    if not figures or any(column > min(figures) for column in labels):
        return 0
    return min(figures)


def _print_settings(
    sheet: Any,
    table: Table,
    metadata: Metadata,
    top: int,
    first: int,
    columns: int,
    body: list[list[Placed]],
) -> None:
    """A4, turned where the table asks for it, one page wide, header rows on every page."""
    sheet.set_paper(9)
    if table.landscape:
        sheet.set_landscape()
    sheet.fit_to_pages(1, 0)
    sheet.set_margins(left=0.6, right=0.6, top=0.75, bottom=0.75)
    sheet.center_horizontally()
    if first > top:
        sheet.repeat_rows(top, first - 1)
    sheet.print_area(0, 0, max(first + len(body) + len(table.notes) - 1, 2), columns - 1)
    if metadata.watermark:
        sheet.set_header(f"&C{_header_text(metadata.watermark)}")
    sheet.set_footer("&C— &P —")


def _header_text(text: str) -> str:
    """Text of a page header, where & gives commands and 255 characters are the limit."""
    return cell_text(text)[:100].replace("&", "&&")
