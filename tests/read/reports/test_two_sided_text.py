"""Two-sided tables as tools print them in plain text come back at the coordinates of the PDF's own table, or not at all."""

from __future__ import annotations

import shutil
import subprocess
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pypdfium2
import pytest
from small_department import small_material, small_store

from mingzhang import pipeline
from mingzhang.catalogue.loading import editions
from mingzhang.documents import Document, Table
from mingzhang.read.reports.txt import read_txt

TITLES = ("收入支出决算总表", "财政拨款收入支出决算总表")
HEAD = "一、收入支出决算总表\n金额单位：万元\n收入 支出\n"
ROWS = (
    "一、一般公共预算财政拨款收入 1 90.00 一、一般公共服务支出 5",
    "二、其他收入 2 10.00 二、国防支出 6 70.00",
    "三、教育支出 7 30.00",
    "本年收入合计 3 100.00 本年支出合计 8 100.00",
    "总计 4 100.00 总计 9 100.00",
)
CELLS = {("一、一般公共预算财政拨款收入", "90.00"), ("二、其他收入", "10.00"), ("二、国防支出", "70.00")}


def table_figures(document: Document) -> Counter[tuple[str, str, str]]:
    """(title, coordinate without entity, digits) of every figure in the two-sided tables."""
    reading, _ = pipeline.understand(document)
    return Counter(
        (each.context, str(replace(each.coordinate, entity="")), each.printed.text)
        for each in reading.statements
        if each.context.endswith(TITLES)
    )


def extracted(pdf: Path) -> Iterator[tuple[str, str]]:
    """The text of a PDF in the manners of the tools at hand."""
    with pypdfium2.PdfDocument(pdf) as opened:
        yield "pdfium", "\f".join(page.get_textpage().get_text_range() for page in opened)
    if tool := shutil.which("pdftotext"):
        for manner in ("-layout", "-raw"):
            told = subprocess.run([tool, manner, pdf, "-"], capture_output=True, check=True)
            yield manner, told.stdout.decode()


@pytest.mark.parametrize("name", editions())
def test_extracted_text_is_read_as_the_pdf_is(name, tmp_path):
    pipeline.publish(small_store(), name, tmp_path, small_material(), formats=("pdf",))
    (pdf,) = tmp_path.glob("*.pdf")
    printed = table_figures(pipeline.read(pdf))
    assert len(printed) == 18
    for manner, text in extracted(pdf):
        assert table_figures(read_txt(text.encode())) == printed, manner


def read(*rows: str, head: str = "项目 行次 金额 项目 行次 金额") -> list[Table]:
    text = "\n".join([HEAD + head, *rows, "注：本表反映本年度收支情况。"])
    return list(read_txt(text.encode()).tables())


def cells(table: Table) -> set[tuple[str, str]]:
    """(name, amount) of each side that has an amount."""
    sides = (tuple(cell.text for cell in row.cells) for row in table.body)
    return {(side[0], side[-1]) for row in sides for side in (row[:3], row[3:]) if side[-1]}


def test_half_empty_rows_broken_names_and_cells_a_line_are_the_same_table():
    broken = ["一、一般公共预算财政\n拨款收入 1 90.00 一、一般公共\n服务支出 5", *ROWS[1:]]
    spread = "\n".join(ROWS).replace(" ", "\n").split("\n")
    tabs = [row.replace(" ", "\t") for row in ROWS]
    wide = [row.replace(" ", "      ").replace("总计", "总 计") for row in ROWS]
    for manner in (ROWS, broken, spread, tabs, wide):
        (table,) = read(*manner)
        assert cells(table) >= CELLS
        assert [len(row.cells) for row in table.body] == [6] * 10


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("三、教育支出 7", "三、教育支出 3"),  # the 行次 fall
        ("二、国防支出 6", "二、国防费 6"),  # a name whose side and end are unknown
        ("二、其他收入 2 10.00", "二、其他收入 2 10.00 12.00"),  # more amounts than columns
        ("总计 9", "共有 9"),
        ("二、其他收入 2", "二、其他收入"),
    ],
)
def test_what_is_not_certain_stays_unread(old: str, new: str):
    assert any(old in row for row in ROWS)
    assert read(*(row.replace(old, new) for row in ROWS)) == []


def test_amounts_in_lines_of_their_own_are_read_only_where_the_income_comes_out():
    spread = "\n".join(ROWS).replace(" ", "\n")
    assert read(*spread.replace("90.00", "91.00").split("\n")) == []


FISCAL = (
    "一、一般公共预算财政拨款 90.00 一、一般公共服务支出",
    "二、政府性基金预算财政拨款 {fund} 二、教育支出 {row}",
    "三、国有资本经营预算财政拨款 三、其他支出",
    "本年收入合计 {sum} 本年支出合计 {row}",
    "总计 {sum} 总计 {row}",
)
FUND_HEAD = "项目 决算数 项目 合计 一般公共预算财政\n拨款 政府性基金预算财\n政拨款 国有资本经营预算\n财政拨款"


def test_parts_by_fund_are_read_where_blanks_can_stand_nowhere_else():
    def fiscal(fund: str, total: str, row: str) -> list[Table]:
        return read(*(each.format(fund=fund, sum=total, row=row) for each in FISCAL), head=FUND_HEAD)

    (one,) = fiscal("", "90.00", "90.00 90.00")
    (two,) = fiscal("10.00", "100.00", "100.00 90.00 10.00")
    (marked,) = fiscal("10.00", "100.00", "100.00 - 100.00 -")
    rows = [[cell.text for cell in row.cells][2:] for table in (one, two, marked) for row in table.body[4:5]]
    assert rows == [
        ["二、教育支出", "90.00", "90.00", "", ""],
        ["二、教育支出", "100.00", "90.00", "10.00", ""],
        ["二、教育支出", "100.00", "-", "100.00", "-"],
    ]
    assert fiscal("10.00", "100.00", "100.00 100.00") == []
    assert fiscal("", "90.00", "90.00") == []
