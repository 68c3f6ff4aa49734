"""Downloads of tables (导出): CSV streamed row by row, XLSX written to a file; no cell is ever run as a formula."""

from __future__ import annotations

import csv
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

import xlsxwriter
from django.http import FileResponse, HttpResponse, StreamingHttpResponse
from django.utils.http import content_disposition_header

from mingzhang.portal.access import Here
from mingzhang.write.csv_files import guarded
from mingzhang.write.xlsx_cells import ShortestNumber, cell_text

Cell = str | int | Decimal | None
FORMATS = ("csv", "xlsx")
_MOST_ROWS = 1_000_000
"""A sheet holds 1,048,576 rows."""


def yuan(fen: int | None) -> Decimal | None:
    """Fen as a number of yuan, for a cell."""
    return None if fen is None else Decimal(fen).scaleb(-2)


def download(
    here: Here, name: str, header: Sequence[str], rows: Iterable[Sequence[Cell]], kind: str
) -> HttpResponse | StreamingHttpResponse | FileResponse:
    """The rows as a file of this name; XLSX says in its footer who took it."""
    if kind == "xlsx":
        return _xlsx(here, name, header, rows)
    response = StreamingHttpResponse(_csv(header, rows), content_type="text/csv; charset=utf-8")
    response.headers["Content-Disposition"] = content_disposition_header(True, f"{name}.csv") or ""
    return response


class _Echo:
    """A file that hands back what is written."""

    def write(self, text: str) -> str:
        return text


def _csv(header: Sequence[str], rows: Iterable[Sequence[Cell]]) -> Iterator[str]:
    """Lines with a byte order mark first, without which spreadsheets take Chinese for something else."""
    writer = csv.writer(_Echo(), lineterminator="\r\n")
    yield "\ufeff" + writer.writerow(header)
    for row in rows:
        yield writer.writerow([_plain(cell) for cell in row])


def _plain(cell: Cell) -> str:
    if cell is None:
        return ""
    return guarded(cell) if isinstance(cell, str) else f"{cell:f}" if isinstance(cell, Decimal) else str(cell)


@dataclass(frozen=True, slots=True)
class Sheet:
    """One sheet of a workbook: its name, the header, the rows."""

    name: str
    header: Sequence[str]
    rows: Iterable[Sequence[Cell]]


def _xlsx(here: Here, name: str, header: Sequence[str], rows: Iterable[Sequence[Cell]]) -> FileResponse:
    return workbook(here, name, [Sheet(name, header, rows)])


def workbook(here: Here, name: str, sheets: Iterable[Sheet]) -> FileResponse:
    """Several tables as one XLSX of this name, a sheet each; its footer says who took it."""
    file = tempfile.TemporaryFile()  # noqa: SIM115 (the response closes it)
    options = {
        "constant_memory": True,
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "in_memory": False,
    }
    with xlsxwriter.Workbook(file, options) as book:
        head = book.add_format({"bold": True, "bg_color": "#E6F0EF", "bottom": 1})
        money = book.add_format({"num_format": "#,##0.00;[Red]-#,##0.00"})
        for each in sheets:
            _write_sheet(book.add_worksheet(each.name[:31].translate(_BANNED)), each, here, head, money)
    file.seek(0)
    return FileResponse(file, filename=f"{name}.xlsx", as_attachment=True)


_BANNED = str.maketrans("", "", "[]:*?/\\")
"""What the name of a sheet must not hold."""


def _write_sheet(sheet: Any, table: Sheet, here: Here, head: Any, money: Any) -> None:
    sheet.freeze_panes(1, 0)
    sheet.repeat_rows(0)
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
    sheet.set_footer(f"&L导出人 {here.user.name.replace('&', '&&')}&R&P / &N")
    for column, text in enumerate(table.header):
        sheet.set_column(column, column, max(10, min(40, 2 * len(text) + 4)))
        sheet.write_string(0, column, text, head)
    for place, row in enumerate(table.rows, 1):
        if place > _MOST_ROWS:
            sheet.write_string(place, 0, "一个工作表放不下其余的行，全部内容请导出 CSV。")
            break
        _write_row(sheet, place, row, money)


def _write_row(sheet: Any, place: int, row: Sequence[Cell], money: Any) -> None:
    for column, cell in enumerate(row):
        if isinstance(cell, Decimal):
            sheet.write_number(place, column, ShortestNumber(cell), money)
        elif isinstance(cell, int):
            sheet.write_number(place, column, cell)
        elif cell:
            sheet.write_string(place, column, cell_text(cell))
