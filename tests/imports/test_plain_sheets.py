"""Sheets of the plain shape are read many cells at a time, and exactly as the parser reads them."""

from __future__ import annotations

import zipfile
from datetime import date, datetime, time
from itertools import pairwise
from pathlib import Path

import openpyxl
import pytest
import xlsxwriter
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as some
from python_calamine import CalamineWorkbook

from mingzhang.records.imports.grids import read_grids
from mingzhang.records.imports.plain_sheets import PlainRows, read_plain

_NAMESPACE = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
words = some.text("a甲&<>\"'_x 0　\n", max_size=6)
values = some.one_of(
    some.none(), words, some.integers(-(10**12), 10**12), some.floats(allow_nan=False, allow_infinity=False),
    some.booleans(), some.dates(date(1980, 1, 1), date(2060, 1, 1)), some.datetimes(datetime(1980, 1, 1), datetime(2060, 1, 1)),
    some.times(),
)  # fmt: skip
tables = some.lists(some.lists(values, max_size=30), max_size=12)


def same_as_calamine(path: Path) -> list[bool]:
    """Hold every sheet to what calamine reads; says of each whether it was plain."""
    book = CalamineWorkbook.from_path(path)
    grids = read_grids(path)
    for grid in grids:
        wanted = book.get_sheet_by_name(grid.name).to_python(skip_empty_area=False)
        found = list(grid.rows)
        assert found == wanted
        assert [list(map(type, row)) for row in found] == [list(map(type, row)) for row in wanted]
        assert [grid.rows[place] for place in range(len(grid.rows))] == wanted
        assert grid.rows[1:3] == wanted[1:3]
        for place in range(len(wanted[0]) if wanted else 0):
            assert grid.column(place) == [row[place] for row in wanted]
    return [isinstance(grid.rows, PlainRows) for grid in grids]


@given(rows=tables, calendar=some.booleans())
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_what_a_program_writes_reads_as_the_parser_reads_it(
    tmp_path: Path, rows: list[list[object]], calendar: bool
) -> None:
    """Numbers, texts, days, times and truth values; in either calendar."""
    path = tmp_path / "表.xlsx"
    with xlsxwriter.Workbook(
        str(path), {"date_1904": calendar, "strings_to_formulas": False, "strings_to_urls": False}
    ) as book:
        sheet = book.add_worksheet("凭证")
        formats = [book.add_format({"num_format": each}) for each in ("yyyy-mm-dd", "#,##0.00", "hh:mm")]
        for number, row in enumerate(rows):
            for place, value in enumerate(row):
                if value is None or value == "":
                    sheet.write_blank(number, place, None, formats[1])
                elif isinstance(value, date | time):
                    sheet.write_datetime(number, place, value, formats[2 * isinstance(value, time)])
                else:
                    sheet.write(number, place, value, formats[1])
    same_as_calamine(path)


@given(rows=tables)
@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_what_another_program_writes_does_too(tmp_path: Path, rows: list[list[object]]) -> None:
    """openpyxl writes its attributes in another way."""
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(row)
    book.save(tmp_path / "表.xlsx")
    same_as_calamine(tmp_path / "表.xlsx")


def test_an_export_is_plain(tmp_path: Path) -> None:
    """Texts, days and amounts over more than one piece, with columns beyond Z and merged cells under the table."""
    path = tmp_path / "表.xlsx"
    with xlsxwriter.Workbook(str(path)) as book:
        sheet = book.add_worksheet("凭证")
        days = book.add_format({"num_format": "yyyy-mm-dd"})
        for row in range(9_000):
            for column in range(30):
                sheet.write(row, column, row * column / 100 if column % 3 else f"第{row % 70}号")
            sheet.write_datetime(row, 40, datetime(2021, 1, 1 + row % 28), days)
        sheet.merge_range(9_001, 0, 9_001, 3, "")
    assert same_as_calamine(path) == [True]
    assert read_grids(path)[0].scan.merged == [(9_002, 1, 9_002, 4)]


SHAPES = {
    "plain": '<row r="1"><c r="A1"><v>1</v></c><c r="B1" s="0"/></row>',
    "blank row": '<row r="2" spans="1:1"></row><row r="3"><c r="A3"><v>2.50</v></c></row>',
    "space between": '<row r="1"><c r="A1"><v>1</v></c> <c r="B1"><v>1</v></c></row>',
    "own text": '<row r="1"><c r="A1" t="str"><v>a&amp;b</v></c><c r="B1" t="b"><v>1</v></c></row>',
    "error": '<row r="1"><c r="A1" t="e"><v>#N/A</v></c></row>',
}
OTHER_SHAPES = {
    "more after it": '<row r="1"><c r="A1"><v>1</v></c></row><other/>',
    "blank cell of two tags": '<row r="1"><c r="A1"></c><c r="B1"><v>1</v></c></row>',
    "formula": '<row r="1"><c r="A1"><f>1+1</f><v>2</v></c></row>',
    "text in place": '<row r="1"><c r="A1" t="inlineStr"><is><t>甲</t></is></c></row>',
    "no row": '<row r="1"/><row r="2"><c r="A2"><v>1</v></c></row>',
    "no references": "<row><c><v>1</v></c><c><v>2</v></c></row>",
    "spread over lines": '<row r="1">\n  <c r="A1">\n    <v>1</v>\n  </c>\n</row>\n',
    "comment": '<row r="1"><!-- r --><c r="A1"><v>1</v></c></row>',
    "columns back": '<row r="1"><c r="B1"><v>1</v></c><c r="A1"><v>2</v></c></row>',
    "cell of another row": '<row r="1"><c r="A2"><v>1</v></c></row>',
    "far column": '<row r="1"><c r="AAA1"><v>1</v></c></row>',
    "small letters": '<row r="1"><c r="a1"><v>1</v></c></row>',
    "two values": '<row r="1"><c r="A1"><v>1</v><v>2</v></c></row>',
    "other names": '<row r="1"><c r="A1"><w>1</w></c></row>',
    "no number": '<row r="1"><c r="A1"><v>1_0</v></c></row>',
    "no value": '<row r="1"><c r="A1"><v></v></c></row>',
    "no such text": '<row r="1"><c r="A1" t="s"><v>7</v></c></row>',
    "text far away": '<row r="1"><c r="A1" t="s"><v>123456789</v></c></row>',
    "text without number": '<row r="1"><c r="A1" t="s"><v>0x</v></c></row>',
}


@pytest.mark.parametrize("rows", SHAPES.values(), ids=SHAPES.keys())
def test_a_plain_shape_is_known(tmp_path: Path, rows: str) -> None:
    """What this reader takes reads as calamine reads it."""
    assert same_as_calamine(_workbook(tmp_path, rows)) == [True]


@pytest.mark.parametrize("rows", OTHER_SHAPES.values(), ids=OTHER_SHAPES.keys())
def test_another_shape_is_left_to_the_parser(tmp_path: Path, rows: str) -> None:
    """What the parser reads, or that it cannot read it, is what the file says."""
    from mingzhang.records.imports.problems import RefusedError

    path = _workbook(tmp_path, rows)
    try:
        CalamineWorkbook.from_path(path).get_sheet_by_name("表").to_python(skip_empty_area=False)
    except Exception:
        with pytest.raises(RefusedError):
            read_grids(path)
    else:
        assert same_as_calamine(path) == [False]


def _workbook(folder: Path, rows: str) -> Path:
    path = folder / "表.xlsx"
    openpyxl.Workbook().save(folder / "empty.xlsx")
    with zipfile.ZipFile(folder / "empty.xlsx") as source, zipfile.ZipFile(path, "w") as target:
        for name in source.namelist():
            content = source.read(name)
            if name.startswith("xl/worksheets/"):
                content = (
                    f'<worksheet xmlns="{_NAMESPACE}"><sheetData>{rows}</sheetData></worksheet>'.encode()
                )
            target.writestr(name, content.replace(b'name="Sheet"', 'name="表"'.encode()))
    return path


_NUMBER = some.one_of(
    some.from_regex(r"[0-9]{1,9}(\.[0-9]{1,9})?", fullmatch=True),
    some.floats(allow_nan=False, allow_infinity=False).map(repr),
)


@given(
    numbers=some.lists(_NUMBER, min_size=1, max_size=12), cuts=some.lists(some.integers(0, 900), max_size=4)
)
@settings(deadline=None)
def test_a_sheet_reads_the_same_wherever_its_pieces_end(numbers: list[str], cuts: list[int]) -> None:
    """Pieces end within tags, rows and numbers; every number is what `float` makes of its digits."""
    rows = "".join(
        f'<row r="{row}"><c r="A{row}"><v>{number}</v></c></row>' for row, number in enumerate(numbers, 1)
    )
    xml = f'<worksheet xmlns="{_NAMESPACE}"><sheetData>{rows}</sheetData><x/></worksheet>'.encode()
    ends = [0, *sorted(min(cut, len(xml)) for cut in cuts), len(xml)]
    pieces = [xml[start:end] for start, end in pairwise(ends)]
    found = read_plain(pieces, [], lambda cells: [1.0] * len(cells), 1000)
    assert found is not None
    assert list(found[0]) == [[float(number)] for number in numbers]
    assert found[1] == b"<x/></worksheet>"
