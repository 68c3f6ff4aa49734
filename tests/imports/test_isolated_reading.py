"""A file read in a child process: the same grids and sheets as read here, and a problem where the child must be stopped."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from fractions import Fraction

import pytest
from openpyxl import Workbook

from imports.import_books import csv_file, purchase, vouchers, xlsx
from mingzhang.catalogue.loading import vocabulary
from mingzhang.documents import Document, Metadata
from mingzhang.facts import Coordinate, Fact, FactStore, SheetCell
from mingzhang.isolation import Limits
from mingzhang.numbers import Interval
from mingzhang.read.json import FactsFileError, read_facts
from mingzhang.read.workbook import open_workbook
from mingzhang.records.imports.grid_files import put_down, taken_up
from mingzhang.records.imports.grids import Grid, read_grids
from mingzhang.records.imports.problems import RefusedError
from mingzhang.records.imports.reading import isolated
from mingzhang.write.json import facts_text


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


@pytest.fixture
def published_facts(tmp_path):
    """A department's facts as they are published."""
    store = FactStore(vocabulary(2021).with_entities([("own", None, "示例局")]))
    for concept, yuan in (("revenue", 1200), ("expenditure", 1100)):
        coordinate = Coordinate(concept, (), "own", "2021")
        store.state(Fact(coordinate, Interval.of(Fraction(yuan)), SheetCell("表.xlsx", "一", "B3"), None))
    path = tmp_path / "决算公开数据.json"
    document = Document("示例局2021年度部门决算", Metadata("示例局", 2021, "x", date(2022, 9, 15)), ())
    path.write_text(facts_text(document, store.statements(), store.vocabulary), encoding="utf-8")
    return path


def test_facts_come_over(published_facts, folder):
    words = vocabulary(2021)
    here, there = (read(published_facts, words) for read in (read_facts, isolated(folder, nothing).facts))
    assert list(there.statements()) == list(here.statements())
    assert len(list(there.statements())) == 2


@pytest.mark.parametrize(
    "content",
    [
        "[" * 200_000,
        '{"schema": "mingzhang-facts", "schema_version": 1, "entities": [], "facts": [{}]}',
        "{}",
    ],
    ids=["nested", "no fact", "something else"],
)
def test_a_broken_file_of_facts_is_told_as_here(tmp_path, folder, content):
    path = tmp_path / "数据.json"
    path.write_text(content, encoding="utf-8")
    said = []
    for read in (read_facts, isolated(folder, nothing).facts):
        with pytest.raises(FactsFileError) as refused:
            read(path, vocabulary(2021))
        said.append(refused.value.problem)
    assert said[0] == said[1]


def test_facts_that_take_too_much_are_refused_in_words(published_facts, folder):
    with pytest.raises(FactsFileError) as refused:
        isolated(folder, nothing, Limits(megabytes=20)).facts(published_facts, vocabulary(2021))
    problem = refused.value.problem
    assert (problem.code, problem.where) == ("too_much_memory", published_facts.name)
    assert "重新取得原文件" in problem.remedy


def test_reading_stops_when_the_job_is_cancelled(tmp_path, folder):
    class CancelledError(Exception):
        pass

    def cancelled():
        raise CancelledError

    with pytest.raises(CancelledError):
        isolated(folder, cancelled).grids(xlsx(tmp_path / "凭证.xlsx", vouchers(purchase())))
