"""Forms are filled cell by cell; totals are live where they are true; tails are announced."""

from dataclasses import replace
from fractions import Fraction

from hypothesis import given, settings
from hypothesis import strategies as st
from small_department import DEPARTMENT, small_store

from mingzhang.compose import Printer, compose_table
from mingzhang.compose.tables import TAIL_NOTE
from mingzhang.documents import Table
from mingzhang.facts import Cell, FactStore, Point
from mingzhang.forms import Column, Form, Row
from mingzhang.forms.edition import NumberStyle

FUNCTIONAL = Form(
    name="expenditure",
    title="支出决算表",
    layout="functional",
    number="公开03表",
    code_header="功能分类科目编码",
    column_numbers=True,
    columns=(
        Column("total", ("本年支出合计",), Cell.parse("expenditure"), number=1),
        Column("basic", ("本年支出", "基本支出"), Cell.parse("expenditure[nature=basic]"), number=2),
        Column("project", ("本年支出", "项目支出"), Cell.parse("expenditure[nature=project]"), number=3),
    ),
)
SUMMARY = Form(
    name="summary",
    title="收入支出决算总表",
    layout="two_sided",
    columns=(
        Column("l", ("收入", "项目"), role="label", side="left"),
        Column("la", ("收入", "金额"), side="left", number=1),
        Column("r", ("支出", "项目"), role="label", side="right"),
        Column("ra", ("支出", "金额"), side="right", number=2),
    ),
    rows=(
        Row("一、财政拨款收入", Cell.parse("revenue[fund=fiscal]")),
        Row("本年收入合计", Cell.parse("revenue"), style="subtotal"),
        Row("总计", Cell.parse("total_resources"), style="total"),
    ),
    right_rows=(
        Row("一、公共安全支出", Cell.parse("expenditure[function=204]")),
        Row("二、教育支出", Cell.parse("expenditure[function=205]")),
        Row("三、住房保障支出", Cell.parse("expenditure[function=221]")),
        Row("本年支出合计", Cell.parse("expenditure"), style="subtotal"),
        Row("总计", Cell.parse("total_uses"), style="total"),
    ),
)


def filled(form: Form, store=None, year: int = 2021, **style: bool) -> Table:
    return compose_table(
        form, Printer(store or small_store(), NumberStyle(**style)), DEPARTMENT, year, "青岚区档案局"
    )


def texts(table: Table) -> list[list[str]]:
    return [[cell.text for cell in row.cells] for row in table.body]


def test_a_functional_form_prints_every_code_that_is_not_zero_under_its_total():
    assert texts(filled(FUNCTIONAL)) == [
        ["合计", "1000.00", "800.00", "200.00"],
        ["204", "公共安全支出", "950.00", "750.00", "200.00"],
        ["20406", "司法", "950.00", "750.00", "200.00"],
        ["2040601", "行政运行", "750.00", "750.00", ""],
        ["2040602", "一般行政管理事务", "80.00", "", "80.00"],
        ["2040607", "公共法律服务", "120.00", "", "120.00"],
        ["221", "住房保障支出", "50.00", "50.00", ""],
        ["22102", "住房改革支出", "50.00", "50.00", ""],
        ["2210201", "住房公积金", "50.00", "50.00", ""],
    ]


def test_zero_cells_are_blank_or_zero_as_the_edition_says():
    assert texts(filled(FUNCTIONAL, blank_zero_cells=False))[3] == [
        "2040601",
        "行政运行",
        "750.00",
        "750.00",
        "0.00",
    ]


def test_headers_join_equal_neighbours_and_short_columns_reach_down():
    top, below = filled(FUNCTIONAL).header[:2]
    assert [(cell.text, cell.columns, cell.rows) for cell in top.cells] == [
        ("项目", 2, 1),
        ("本年支出合计", 1, 2),
        ("本年支出", 2, 1),
    ]
    assert [cell.text for cell in below.cells] == ["功能分类科目编码", "科目名称", "基本支出", "项目支出"]


def test_every_total_of_a_table_is_a_live_sum_of_exact_values():
    table = filled(FUNCTIONAL)
    values = {}
    for line, row in enumerate(table.body):
        column = 0
        for cell in row.cells:
            if cell.figure:
                values[line, column] = cell.figure.value
            column += cell.columns
    assert table.sums[0, 2] == ((1, 2, 1), (6, 2, 1))
    assert {(0, 2), (0, 3), (1, 2), (2, 2), (3, 2)} <= set(table.sums)
    for place, parts in table.sums.items():
        assert values[place] == sum(sign * values[row, column] for row, column, sign in parts)


def test_closing_rows_of_two_sides_stand_level():
    rows = texts(filled(SUMMARY))
    assert rows[-1] == ["总计", "1000.00", "总计", "1000.00"]
    assert rows[-2] == ["本年收入合计", "1000.00", "本年支出合计", "1000.00"]
    assert rows[1] == ["", "", "二、教育支出", ""]


def test_a_tail_difference_is_announced_and_a_clean_table_is_silent():
    assert TAIL_NOTE not in filled(FUNCTIONAL).notes
    store = small_store()
    more = (("economic", "30101"), ("fund", "general_public_budget"), ("nature", "basic"))
    store.add_points(
        Point("expenditure", (*more[:1], ("function", code), *more[1:]), "office", "2021", Fraction(49))
        for code in ("2050101", "2070101")
    )
    assert TAIL_NOTE in filled(FUNCTIONAL, store).notes


def test_an_empty_form_carries_its_statement():
    form = Form(
        name="gf",
        title="政府性基金",
        layout="functional",
        code_header="编码",
        empty_statement="{部门}没有政府性基金。",
        columns=(Column("t", ("合计",), Cell.parse("expenditure[fund=government_managed_funds]")),),
    )
    table = filled(form)
    assert table.empty
    assert table.notes == ("青岚区档案局没有政府性基金。",)


@given(amounts=st.lists(st.integers(-3, 10**9), min_size=2, max_size=6), unknown=st.booleans())
@settings(deadline=None, max_examples=25)
def test_a_plan_used_before_fills_like_a_new_one(amounts, unknown):
    """Other figures, more or fewer rows, an unknown figure: a table never shows what another one left behind."""
    codes = ("2040601", "2040602", "2210201", "2050101", "2040607", "2049999")
    words = small_store().vocabulary
    lately, anew = FactStore(words), FactStore(replace(words))
    for store in (lately, anew):
        store.add_points(
            Point(
                "expenditure",
                (("function", code), ("nature", "basic")),
                DEPARTMENT,
                "2021",
                Fraction(fen, 100),
            )
            for code, fen in zip(codes, amounts, strict=False)
        )
        if not unknown:
            store.cover("revenue", "2021")
    for form in (FUNCTIONAL, SUMMARY):
        for style in ({"blank_zero_cells": True}, {"blank_zero_cells": False}):
            assert filled(form, lately, **style) == filled(form, anew, **style)
