"""Whatever a table holds: nothing breaks, every figure is read where it stands, every coordinate can be written."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st
from raw_documents import paragraph, report, understood, with_places

from mingzhang.documents import Table, TableCell, TableRow, Text
from mingzhang.facts import Coordinate
from mingzhang.read.recognise.grid import figure_of
from mingzhang.read.texts import plain

WORDS = [
    "收入",
    "支出",
    "项目",
    "合计",
    "总计",
    "小计",
    "金额",
    "决算数",
    "预算数",
    "行次",
    "栏次",
    "科目编码",
    "科目名称",
    "基本支出",
    "项目支出",
    "204",
    "20406",
    "2040601",
    "30201",
    "2049999",
    "公共安全支出",
    "行政运行",
    "一、一般公共服务支出",
    "其中：教育收费",
    "因公出国（境）费",
    "公务接待费",
    "执行率",
    "得分",
    "总分",
    "项目名称",
    "普法@宣传#（甲）",
    "12.00",
    "3,369.44",
    "0.00",
    "-0.5",
    "（1.2）",
    "95%",
    "7",
    "-",
    "—",
    "无",
    "12.3.4",
    "2021年度",
    "注：说明",
    "单位：万元",
    "支出决算表",
    "坐标",
]
TITLES = (
    "",
    "收入支出决算总表",
    "支出决算表",
    "财政拨款“三公”经费支出决算表",
    "项目自评表",
    "人员情况表",
    "二、收入决算情况",
)
cells = st.builds(
    TableCell,
    st.one_of(st.sampled_from(WORDS), st.text(max_size=6), st.just("")),
    columns=st.integers(1, 3),
    rows=st.integers(1, 3),
)
tables = st.builds(
    lambda rows: Table("", (), tuple(TableRow(tuple(row)) for row in rows), ()),
    st.lists(st.lists(cells, max_size=7), max_size=9),
)


@settings(max_examples=150, deadline=None)
@given(st.sampled_from(TITLES), tables, tables)
def test_any_table_is_read_or_left_but_never_breaks(title, first, second):
    """Each statement stands at a writable coordinate and at the very digits that the page prints."""
    document = with_places(
        report((paragraph("云岭区司法局2021年度部门决算"), paragraph(title), first, second))
    )
    reading, words = understood(document)
    page = document.pages[0].text
    for statement in reading.statements:
        coordinate = statement.coordinate
        assert Coordinate.parse(str(coordinate)) == coordinate
        for name, code in coordinate.dimensions:
            assert code in words.dimensions[name]
        (place,) = statement.places
        assert figure_of(plain(page[place.start : place.end])) == statement.printed.text
    known = {statement.id for statement in reading.statements}
    assert all(variable in known for tie in reading.ties for variable in tie.variables)


def test_hostile_spans_cost_nothing():
    """A cell that claims a million columns and rows is cut down."""
    wide = TableCell("1.00", columns=10**6, rows=10**6, located=Text("1.00", range(4)))
    rows = tuple(TableRow((wide,)) for _ in range(3000))
    understood(report((Table("", (), rows, ()),)))
