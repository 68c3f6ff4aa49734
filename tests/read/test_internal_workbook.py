"""The internal workbook (财决): each sheet feeds the facts it should, budgets and actuals apart, and the rest is said."""

from __future__ import annotations

from fractions import Fraction

import pytest
from openpyxl import Workbook

from mingzhang.catalogue.loading import edition, vocabulary
from mingzhang.catalogue.loading.internal import internal_tables as internal_data
from mingzhang.read.internal_tables import internal_tables
from mingzhang.read.internal_workbook import read_internal_workbook

EDITION = edition("hubei_wuhan_fy2021")
WORDS = vocabulary(2021).with_entities([("bureau", None, "青岚区档案局")])
FUNCTIONAL = [("项目", "支出功能分类科目编码", part) for part in "类款项"] + [("项目", "科目名称")]


class Internal:
    """An internal workbook being put together by hand."""

    def __init__(self) -> None:
        self.book = Workbook()
        self.book.remove(self.book.active)

    def sheet(
        self, name: str, title: str, number: str, headers: list[tuple[str, ...]], rows: list[list[object]]
    ) -> None:
        """One sheet: title, number, unit line, merged header, 栏次, rows."""
        sheet = self.book.create_sheet(name)
        sheet.cell(1, 1, title)
        sheet.cell(2, len(headers), number)
        sheet.cell(3, 1, "编制单位：青岚区档案局")
        sheet.cell(3, 3, "2021年度")
        sheet.cell(3, len(headers), "金额单位：元")
        depth = max(map(len, headers))
        for column, path in enumerate(headers, start=1):
            for level, text in enumerate(path):
                left = column > 1 and headers[column - 2][: level + 1] == path[: level + 1]
                if not left:
                    sheet.cell(4 + level, column, text)
                    self._merge(sheet, headers, column, level, depth)
        sheet.cell(4 + depth, 1, "栏次")
        for column in range(len(headers) - 1):
            sheet.cell(4 + depth, column + 2, column + 1)
        for offset, row in enumerate(rows):
            for column, value in enumerate(row, start=1):
                if value is not None:
                    sheet.cell(5 + depth + offset, column, value)

    @staticmethod
    def _merge(sheet, headers, column: int, level: int, depth: int) -> None:
        path = headers[column - 1]
        right = column
        while right < len(headers) and headers[right][: level + 1] == path[: level + 1]:
            right += 1
        bottom = depth - 1 if level == len(path) - 1 else level
        if (right, bottom) != (column, level):
            sheet.merge_cells(start_row=4 + level, start_column=column, end_row=4 + bottom, end_column=right)

    def read(self, tmp_path):
        path = tmp_path / "部门决算报表.xlsx"
        self.book.save(path)
        store, problems = read_internal_workbook(path, internal_data(), EDITION, WORDS, "bureau", 2021)
        told = [problem for problem in problems if problem.code != "sheet_missing"]
        return {str(fact.coordinate): fact.value for fact in store.statements()}, told


def summary(book: Internal, *, nature: bool = True) -> None:
    """财决01: revenue, expenditure by function and, where wanted, by nature."""
    measures = ("年初预算数", "调整预算数", "决算数")
    headers = [("收入", text) for text in ("项目", "行次", *measures)]
    headers += [("支出", text) for text in ("项目（按功能分类）", "行次", *measures)]
    if nature:
        headers += [("支出", text) for text in ("项目（按支出性质和经济分类）", "行次", *measures)]
    left = [
        ["一、一般公共预算财政拨款收入", 1, 900, 1000, 1000.55],
        ["八、其他收入", 8, None, None, 20],
        ["本年收入合计", 27, 900, 1000, 1020.55],
        ["总计", 30, 900, 1000, 1020.55],
    ]
    middle = [
        ["四、公共安全支出", 34, 900, 1000, 1020.55],
        [None, None, None, None, None],
        ["本年支出合计", 57, 900, 1000, 1020.55],
        ["总计", 60, 900, 1000, 1020.55],
    ]
    right = [
        ["一、基本支出", 61, 500, 500, 500.55],
        ["　　人员经费", 62, 400, 400, 400.5],
        ["二、项目支出", 64, 400, 500, 520],
        ["　　其中：基本建设类项目", 65, None, None, 7],
    ]
    rows = [[*a, *b, *(c if nature else [])] for a, b, c in zip(left, middle, right, strict=True)]
    book.sheet("Z01 收入支出决算总表(财决01表)", "收入支出决算总表", "财决01表", headers, rows)


def test_budgets_and_actuals_of_one_sheet_are_three_measures(tmp_path):
    """年初预算数, 调整预算数 and 决算数 become initial budget, adjusted budget and actual, in yuan."""
    book = Internal()
    summary(book)
    values, problems = book.read(tmp_path)
    assert values["revenue[fund=general_public_budget]@bureau/2021#initial_budget"] == 900
    assert values["revenue[fund=general_public_budget]@bureau/2021#adjusted_budget"] == 1000
    assert values["revenue[fund=general_public_budget]@bureau/2021#actual"] == Fraction("1000.55")
    assert values["expenditure[function=204]@bureau/2021#adjusted_budget"] == 1000
    assert values["expenditure[nature=basic]@bureau/2021#actual"] == Fraction("500.55")
    assert values["expenditure[economic=personnel,nature=basic]@bureau/2021#actual"] == Fraction("400.5")
    assert values["total_uses@bureau/2021#initial_budget"] == 900
    assert [(problem.code, problem.severity) for problem in problems] == [("row_not_public", "notice")]
    assert len(values) == 28


def test_the_block_by_nature_may_be_absent(tmp_path):
    """Without the third block the other two are read the same, and nothing is complained of."""
    book = Internal()
    summary(book, nature=False)
    values, problems = book.read(tmp_path)
    assert problems == []
    assert values["expenditure[function=204]@bureau/2021#actual"] == Fraction("1020.55")
    assert not [name for name in values if "nature" in name]


def test_general_budget_rows_carry_balances_revenue_and_expenditure(tmp_path):
    """财决07: each functional code with opening, revenue, expenditure in detail, and closing."""
    headers = [
        *FUNCTIONAL,
        *(("年初结转和结余", text) for text in ("合计", "基本支出结转", "项目支出结转和结余")),
        *(("本年收入", text) for text in ("合计", "基本支出", "项目支出")),
        ("本年支出", "合计"),
        *(("本年支出", "基本支出", text) for text in ("小计", "人员经费", "日常公用经费")),
        ("本年支出", "项目支出"),
        ("年末结转和结余", "合计"),
        ("年末结转和结余", "基本支出结转"),
        *(
            ("年末结转和结余", "项目支出结转和结余", text)
            for text in ("小计", "项目支出结转", "项目支出结余")
        ),
    ]
    figures = [1, None, 1, 100, 60, 40, 99, 60, 50, 10, 39, 2, None, 2, 2, None]
    rows = [
        ["合计", None, None, None, *figures],
        [204, None, None, "公共安全支出", *figures],
        [204, 6, None, "司法", *figures],
        [204, 6, 1, "行政运行", *figures],
    ]
    book = Internal()
    book.sheet("Z07", "一般公共预算财政拨款收入支出决算表", "财决07表", headers, rows)
    values, problems = book.read(tmp_path)
    assert problems == []
    base = "function=2040601,fund=general_public_budget"
    assert values[f"expenditure[{base},nature=basic]@bureau/2021#actual"] == 60
    assert values[f"expenditure[economic=public,{base},nature=basic]@bureau/2021#actual"] == 10
    assert values[f"opening_balance[{base},nature=project]@bureau/2021#actual"] == 1
    assert values[f"closing_balance[{base}]@bureau/2021#actual"] == 2
    assert values["revenue[fund=general_public_budget]@bureau/2021#actual"] == 100
    assert len(values) == 4 * 12


def test_basic_expenditure_is_read_by_economic_item_under_each_function(tmp_path):
    """财决08-1: a column for each 类 and 款 by name."""
    headers = [
        *FUNCTIONAL,
        ("合计",),
        ("工资福利支出", "小计"),
        ("工资福利支出", "基本工资"),
        ("工资福利支出", "津贴补贴"),
        ("商品和服务支出", "小计"),
        ("商品和服务支出", "办公费"),
        ("商品和服务支出", "公务用车运行维护费"),
        ("资本性支出", "小计"),
        ("资本性支出", "公务用车购置"),
    ]
    rows = [
        ["合计", None, None, None, 100, 60, 40, 20, 30, 25, 5, 10, 10],
        ["2040601", None, None, "行政运行", 100, 60, 40, 20, 30, 25, 5, 10, 10],
    ]
    book = Internal()
    book.sheet("Z08_1", "一般公共预算财政拨款基本支出决算明细表", "财决08-1表", headers, rows)
    values, problems = book.read(tmp_path)
    assert problems == []
    basic = "fund=general_public_budget,nature=basic"
    assert values[f"expenditure[economic=30231,{basic}]@bureau/2021#actual"] == 5
    assert values[f"expenditure[economic=310,{basic}]@bureau/2021#actual"] == 10
    assert (
        values[
            "expenditure[economic=30101,function=2040601,fund=general_public_budget,nature=basic]@bureau/2021#actual"
        ]
        == 40
    )
    assert len(values) == 18


def test_the_operating_sheet_gives_amounts_and_counts(tmp_path):
    """附03: three public expenses with budgets, counts in their own units, assets and procurement on the right."""
    headers = [
        ("项目",),
        ("行次",),
        ("年初预算数",),
        ("全年预算数",),
        ("决算统计数",),
        ("项目",),
        ("行次",),
        ("决算统计数",),
    ]
    rows = [
        ["一、“三公”经费支出", 1, "—", "—", "—", "四、机关运行经费", 23, 500.25],
        ["（一）支出合计", 2, 46, 46, 34.37, "五、国有资产占用情况", 26, "—"],
        ["1.因公出国（境）费", 3, None, None, None, "（一）车辆数合计（辆）", 27, 3],
        ["2.公务用车购置及运行维护费", 4, 46, 46, 34.37, "5.执法执勤用车", 32, 3],
        ["（1）公务用车购置费", 5, None, 25.51, 25.51, "六、政府采购支出信息", 38, "—"],
        ["（2）公务用车运行维护费", 6, 46, 20.49, 8.86, "（一）政府采购支出合计", 39, 120.5],
        ["4.公务用车保有量（辆）", 15, "—", "—", 3, "1.政府采购货物支出", 40, 20.5],
        ["二、会议费", 20, None, None, 1.5, None, None, None],
    ]
    book = Internal()
    book.sheet("F03", "机构运行信息表", "财决附03表", headers, rows)
    values, problems = book.read(tmp_path)
    fund = "[fund=general_public_budget]@bureau/2021"
    assert values[f"official_vehicle_running{fund}#actual"] == Fraction("8.86")
    assert values[f"official_vehicle_running{fund}#initial_budget"] == 46
    assert values[f"three_public_spending{fund}#adjusted_budget"] == 46
    assert values["official_vehicles_kept@bureau/2021#actual"] == 3
    assert values["vehicles[vehicle_kind=law_enforcement]@bureau/2021#actual"] == 3
    assert values["operating_costs@bureau/2021#actual"] == Fraction("500.25")
    assert values["procurement_spending[procurement=goods]@bureau/2021#actual"] == Fraction("20.5")
    assert [problem.code for problem in problems] == ["row_not_public"]
    assert "会议费" in problems[0].what


def test_tables_that_feed_nothing_are_named_and_not_read(tmp_path):
    """财决02 is known: a notice, no facts."""
    book = Internal()
    summary(book)
    book.sheet("Z02", "收入支出决算表", "财决02表", [("项目",), ("金额",)], [["合计", 5]])
    values, problems = book.read(tmp_path)
    assert ("table_not_needed", "notice") in [(problem.code, problem.severity) for problem in problems]
    assert len(values) == 28


def test_every_table_that_is_lacking_is_listed(tmp_path):
    """Of nine tables one is there; eight are missing, each by number and title."""
    book = Internal()
    summary(book)
    path = tmp_path / "决算.xlsx"
    book.book.save(path)
    _, problems = read_internal_workbook(path, internal_data(), EDITION, WORDS, "bureau", 2021)
    missing = [problem.what for problem in problems if problem.code == "sheet_missing"]
    assert len(missing) == 8
    assert any("财决08-1表" in what for what in missing)


@pytest.mark.parametrize("name", ["hubei_wuhan_fy2021", "national_fy2022plus", "shanghai_fy2024"])
def test_every_cell_of_the_data_file_is_in_the_vocabulary(name):
    """No row or column of the internal tables names a concept, dimension or code that does not exist."""
    for table in internal_tables(internal_data(), edition(name), WORDS):
        rows = [row for side in table.sides.values() for row in side]
        cells = [row.cell for row in rows if row.cell] + [
            column.cell for column in table.form.columns if column.cell and column.cell.concept
        ]
        for cell in cells:
            WORDS.check(cell)
