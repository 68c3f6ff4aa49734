"""Workbooks: what each sheet shows, digit for digit."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import Workbook

from mingzhang.documents import Document, Paragraph, Table, places
from mingzhang.read.reports.number_format import as_printed
from mingzhang.read.reports.xlsx import read_xlsx
from read.reports.office_files import xlsx


def tables(document: Document) -> list[list[list[str]]]:
    return [
        [[cell.text for cell in row.cells] for row in block.body]
        for block in document.blocks
        if isinstance(block, Table)
    ]


@pytest.mark.parametrize(
    ("value", "code", "shown"),
    [
        (3369.4400000001, "0.00", "3369.44"),
        (3369.4400000001, "General", "3369.44"),
        (1234567.895, "#,##0.00", "1,234,567.90"),
        (2.675, "0.00", "2.68"),
        (-3.25, "0.0_ ;[Red]-0.0 ", "-3.3"),
        (-3.25, "#,##0.00;(#,##0.00)", "(3.25)"),
        (-0.001, "0.00", "0.00"),
        (0, '#,##0.00;-#,##0.00;"-"', "-"),
        (0, "#.##", ""),
        (0.0713, "0.0%", "7.1%"),
        (0.5, "0%", "50%"),
        (28510000, "#,##0.00,", "28,510.00"),
        (123456, '0!.0,"万元"', "12.3万元"),
        (33694400, "0!.0000", "3369.4400"),
        (12.5, '0.00"万元"', "12.50万元"),
        (5, "00000", "00005"),
        (1e15, "General", "1000000000000000"),
        (100 / 3, "General", "33.33333333"),
        (2050101, "General", "2050101"),
        (3, '[>100]0;[<=100]0.0"小"', "3.0小"),
        ("甲", "0.00", "甲"),
        (True, "General", "是"),
    ],
)
def test_number_formats_print_as_spreadsheets_do(value: object, code: str, shown: str):
    assert as_printed(value, code) == shown


@given(st.decimals(-(10**9), 10**9, places=2))
def test_two_decimals_survive_the_detour_over_floats(amount: Decimal):
    """Money typed with two decimals prints with the same digits."""
    assert Decimal(as_printed(float(amount), "0.00")) == amount
    assert Decimal(as_printed(float(amount), "#,##0.00").replace(",", "")) == amount


def test_sheets_are_pages_and_merged_cells_are_spans():
    def fill(book: Workbook) -> None:
        first = book.active
        first.title = "公开01表"
        first.append(["收入决算表", None, None])
        first.append(["项目", "金额", None])
        first.append([None, "预算", "决算"])
        first.append(["合计", 1.5, 2])
        first["B4"].number_format = first["C4"].number_format = "0.00"
        first.merge_cells("A1:C1")
        first.merge_cells("A2:A3")
        first.merge_cells("B2:C2")
        second = book.create_sheet("说明")
        second["A1"], second["A2"] = "一、收入情况", "本年收入2万元。"

    document = read_xlsx(xlsx(fill))
    (table,) = document.tables()
    assert [[(cell.text, cell.columns, cell.rows) for cell in row.cells] for row in table.body] == [
        [("收入决算表", 3, 1)],
        [("项目", 1, 2), ("金额", 2, 1)],
        [("预算", 1, 1), ("决算", 1, 1)],
        [("合计", 1, 1), ("1.50", 1, 1), ("2.00", 1, 1)],
    ]
    assert [page.name for page in document.pages] == ["公开01表", "说明"]
    said = [block for block in document.blocks if isinstance(block, Paragraph)]
    assert [block.text for block in said] == ["一、收入情况", "本年收入2万元。"]
    (place,) = places(said[1].located, document.pages, 4, 5)
    assert (place.page, document.pages[1].text[place.start]) == (2, "2")


def test_hidden_things_are_left_out_and_said():
    def fill(book: Workbook) -> None:
        sheet = book.active
        for row in (["甲", 1, 9], ["乙", 2, 9], ["丙", 3, 9]):
            sheet.append(row)
        sheet.row_dimensions[2].hidden = True
        sheet.column_dimensions["C"].hidden = True
        book.create_sheet("底稿").append(["x", 1])
        book["底稿"].sheet_state = "hidden"

    document = read_xlsx(xlsx(fill), "表.xlsx")
    assert tables(document) == [[["甲", "1"], ["丙", "3"]]]
    assert sorted(problem.code for problem in document.problems) == [
        "cells_hidden",
        "cells_hidden",
        "sheet_hidden",
    ]


def test_a_formula_without_a_value_is_unreadable_not_zero():
    def fill(book: Workbook) -> None:
        for row in (["甲", 1], ["乙", 2], ["合计", "=SUM(B1:B2)"]):
            book.active.append(row)

    document = read_xlsx(xlsx(fill), "表.xlsx")
    assert tables(document) == [[["甲", "1"], ["乙", "2"], ["合计", ""]]]
    (problem,) = document.problems
    assert problem.code == "formula_without_value"
    assert "B3" in problem.what


def test_several_tables_of_a_sheet_are_parted_but_blank_rows_within_one_are_not():
    def fill(book: Workbook) -> None:
        rows = [
            ["收入决算表"],
            ["项目", "金额"],
            ["甲", 1],
            [],
            ["合计", 1],
            [],
            ["支出决算表"],
            ["项目", "金额"],
            ["乙", 2],
        ]
        for row in rows:
            book.active.append(row)

    assert tables(read_xlsx(xlsx(fill))) == [
        [["收入决算表", ""], ["项目", "金额"], ["甲", "1"], ["", ""], ["合计", "1"]],
        [["支出决算表", ""], ["项目", "金额"], ["乙", "2"]],
    ]
