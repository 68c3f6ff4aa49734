"""A file read in a child process: the same grids and sheets as read here, and a problem where the child must be stopped."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

import pytest
from openpyxl import Workbook

from imports.import_books import csv_file, purchase, vouchers, xlsx
from mingzhang.isolation import Limits
from mingzhang.read.workbook import open_workbook
from mingzhang.records.imports.grid_files import put_down, taken_up
from mingzhang.records.imports.grids import Grid, read_grids
from mingzhang.records.imports.problems import RefusedError
from mingzhang.records.imports.reading import isolated


def seen(grids):
    return [(grid.file, grid.name, [list(row) for row in grid.rows], grid.scan) for grid in grids]


def nothing():
    pass


@pytest.fixture
def folder(tmp_path):
    made = tmp_path / "handed over"
    made.mkdir()
    return made


@pytest.mark.parametrize("write", [xlsx, csv_file], ids=["xlsx", "csv"])
def test_a_file_read_in_a_child_is_the_same_file(tmp_path, folder, write):
    path = write(
        tmp_path / f"凭证.{'csv' if write is csv_file else 'xlsx'}",
        vouchers(purchase(), purchase(number="记-2")),
    )
    assert seen(isolated(folder, nothing).grids(path)) == seen(read_grids(path))


def test_formulas_merged_cells_and_days_come_over(tmp_path, folder):
    book = Workbook()
    sheet = book.active
    sheet.append(["日期", "数", "是"])
    sheet.append([date(2021, 3, 5), "=1+1", True])
    sheet.append([datetime(2021, 3, 5, 8, 30), 2.5, None])
    sheet.merge_cells("A4:B5")
    book.save(tmp_path / "表.xlsx")
    here, there = read_grids(tmp_path / "表.xlsx"), isolated(folder, nothing).grids(tmp_path / "表.xlsx")
    assert seen(there) == seen(here)
    assert there[0].scan.formulas
    assert there[0].scan.merged


def test_values_of_every_sort_come_over(folder):
    """One and true are two values, and so are 1 and 1.0."""
    rows = [
        [1, 1.0, True, "1", None, ""],
        [
            date(2021, 1, 2),
            datetime(2021, 1, 2, 3, 4, 5, 6),
            time(1, 2),
            timedelta(hours=30),
            float("inf"),
            "\ud800",
        ],
    ]
    put_down(
        [Grid("甲", "一", rows), Grid("甲", "二", [["a"], [], ["b", "c"]]), Grid("甲", "三", [])], folder
    )
    one, two, three = taken_up(folder)
    assert [[(type(value), value) for value in row] for row in one.rows] == [
        [(type(value), value) for value in row] for row in rows
    ]
    assert (list(two.rows), list(three.rows)) == ([["a"], [], ["b", "c"]], [])


def test_sheets_of_figures_come_over(tmp_path, folder):
    book = Workbook()
    book.active.append(["收入", 1.5, "=B1*2"])
    book.active.merge_cells("A2:C2")
    book.save(tmp_path / "表.xlsx")
    assert isolated(folder, nothing).sheets(tmp_path / "表.xlsx") == open_workbook(tmp_path / "表.xlsx")


def test_what_is_wrong_with_a_file_is_told_as_here(tmp_path, folder):
    (tmp_path / "坏.xlsx").write_bytes(b"PK not a workbook")
    with pytest.raises(RefusedError) as here:
        read_grids(tmp_path / "坏.xlsx")
    with pytest.raises(RefusedError) as there:
        isolated(folder, nothing).grids(tmp_path / "坏.xlsx")
    assert there.value.problems == here.value.problems


@pytest.mark.parametrize(
    ("limits", "code", "said"),
    [
        (Limits(seconds=0.05), "too_slow", "处理超时"),
        (Limits(megabytes=20), "too_much_memory", "内存超过上限"),
    ],
)
def test_a_file_that_takes_too_much_is_refused_in_words(tmp_path, folder, limits, code, said):
    """What, which file, and that it is to be split; nothing of it was read."""
    path = xlsx(tmp_path / "凭证.xlsx", vouchers(purchase()))
    with pytest.raises(RefusedError) as refused:
        isolated(folder, nothing, limits).grids(path)
    (problem,) = refused.value.problems
    assert (problem.code, problem.where) == (code, "凭证.xlsx")
    assert said in problem.what
    assert "分成几个文件" in problem.remedy
    assert [each.code for each in isolated(folder, nothing, limits).sheets(path)[1]] == [code]


def test_reading_stops_when_the_job_is_cancelled(tmp_path, folder):
    class CancelledError(Exception):
        pass

    def cancelled():
        raise CancelledError

    with pytest.raises(CancelledError):
        isolated(folder, cancelled).grids(xlsx(tmp_path / "凭证.xlsx", vouchers(purchase())))
