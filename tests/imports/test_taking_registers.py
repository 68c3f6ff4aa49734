"""Balances, budgets, projects, registers and words: what they become, and that nothing is doubled."""

from datetime import date
from fractions import Fraction

import pytest
from import_books import changed, xlsx

from mingzhang.records.imports.kinds import KINDS
from mingzhang.records.imports.run import import_file
from mingzhang.records.imports.templates import write_template
from mingzhang.records.models import (
    BudgetLine,
    Equipment,
    OverseasTrip,
    ProcurementContract,
    Project,
    Reason,
    Reception,
    StaffChange,
    Statement,
    Text,
    Vehicle,
    Voucher,
)

BALANCES = [
    ["科目编码", "科目名称", "年初借方", "年初贷方", "功能科目", "支出性质", "资金性质"],
    ["1002", "银行存款", 100, "", "", "", ""],
    ["100201", "工行", 60, "", "", "", ""],
    ["100202", "农行", 40, "", "", "", ""],
    ["3001", "累计盈余", "", 100, "", "", ""],
    ["800102", "货币资金", 100, "", "", "", ""],
    ["810107", "累计结转", "", 100, "2040601", "项目支出", "一般公共预算财政拨款"],
]
BUDGETS = [
    ["年度", "预算阶段", "指标文号", "批复日期", "功能科目", "经济科目", "支出性质", "资金性质", "项目编码", "金额（万元）"],
    [2021, "年初预算", "青财〔2021〕1号", "2021-02-01", "2040601", "30201", "基本支出", "一般公共预算", "", 10],
    [2021, "年初预算", "青财〔2021〕1号", "2021-02-01", "2040601", "30217", "基本支出", "一般公共预算", "", "1.5"],
    [2021, "调整", "青财〔2021〕9号", "2021-09-01", "2040601", "30201", "项目支出", "一般公共预算", "服务经费", -2],
]  # fmt: skip


def taken(path, **options):
    report = import_file(path, **options)
    assert report.accepted, [problem.in_chinese() for problem in report.problems]
    return report


def test_balances_become_the_opening_voucher_and_upper_accounts_are_checked(bureau, tmp_path):
    """Details are taken, sums of them compared and left out; the voucher balances in both systems."""
    report = taken(xlsx(tmp_path / "余额.xlsx", BALANCES), year=2021)
    assert report.kind == "balances"
    voucher = Voucher.objects.get()
    assert (voucher.kind, voucher.date, voucher.event_key) == ("opening", date(2021, 1, 1), "opening-2021")
    assert sorted((line.account, line.debit, line.fen) for line in voucher.lines.all()) == [
        ("1002", True, 4000),
        ("1002", True, 6000),
        ("3001", False, 10000),
        ("800102", True, 10000),
        ("810107", False, 10000),
    ]


def test_balances_again_change_nothing_and_other_balances_are_refused(bureau, row_counts, tmp_path):
    """A year is opened once."""
    taken(xlsx(tmp_path / "余额.xlsx", BALANCES), year=2021)
    before = row_counts()
    again = taken(xlsx(tmp_path / "再.xlsx", [["科目余额表"], *BALANCES]), year=2021)
    assert again.added == 0
    other = changed(changed(BALANCES, 5, "年初借方", 90), 6, "年初贷方", 90)
    report = import_file(xlsx(tmp_path / "改.xlsx", other), year=2021)
    assert [problem.code for problem in report.problems] == ["opening_exists"]
    assert {**row_counts(), "ImportBatch": 0, "ColumnMapping": 0} == {
        **before,
        "ImportBatch": 0,
        "ColumnMapping": 0,
    }


@pytest.mark.parametrize(
    ("row", "column", "value", "code"),
    [
        (2, "年初借方", 61, "details_differ"),
        (4, "年初贷方", 99, "unbalanced"),
        (6, "资金性质", "", "missing_attributes"),
        (6, "功能科目", "204", "function_not_lowest"),
    ],
)
def test_wrong_balances_are_refused(row, column, value, code, bureau, row_counts, tmp_path):
    """Sums, balance and codes of opening balances are held to the same rules."""
    before = row_counts()
    report = import_file(xlsx(tmp_path / "余额.xlsx", changed(BALANCES, row, column, value)), year=2021)
    assert code in {problem.code for problem in report.problems}
    assert row_counts() == before


def test_a_budget_row_is_expenditure_the_revenue_for_it_and_its_three_public_part(bureau, tmp_path):
    """Adjustments keep their document; 万元 come in exactly; the project is found by its name."""
    report = taken(xlsx(tmp_path / "预算.xlsx", BUDGETS))
    assert report.kind == "budgets"
    found = {
        (line.stage, line.concept, line.economic, line.project, line.fen) for line in BudgetLine.objects.all()
    }
    assert found == {
        ("initial", "expenditure", "30201", "", 10_000_000),
        ("initial", "revenue", "", "", 10_000_000),
        ("initial", "expenditure", "30217", "", 1_500_000),
        ("initial", "revenue", "", "", 1_500_000),
        ("initial", "official_reception_spending", "30217", "", 1_500_000),
        ("adjustment", "expenditure", "30201", "P1", -2_000_000),
        ("adjustment", "revenue", "", "P1", -2_000_000),
    }
    more = [
        *BUDGETS,
        [
            2021,
            "调整",
            "青财〔2021〕10号",
            "2021-10-01",
            "2040601",
            "30201",
            "基本支出",
            "一般公共预算",
            "",
            1,
        ],
    ]
    taken(xlsx(tmp_path / "累计.xlsx", more))
    assert BudgetLine.objects.count() == 7 + 2


def test_projects_come_in_two_levels_in_any_order(bureau, tmp_path):
    """A sub-project may stand above its first-level project in the file; three levels are refused."""
    rows = [["项目编码", "项目名称", "一级项目编码"], ["P2-1", "宣传", "P2"], ["P2", "普法经费", ""]]
    assert taken(xlsx(tmp_path / "项目.xlsx", rows)).added == 2
    assert Project.objects.get(code="P2-1").parent.code == "P2"
    deep = [*rows, ["P2-1-1", "更细", "P2-1"]]
    report = import_file(xlsx(tmp_path / "深.xlsx", deep), "projects")
    assert [(problem.code, problem.row) for problem in report.problems] == [("project_too_deep", 4)]


REGISTERS = {
    "vehicles": (Vehicle, [["车牌号", "车辆用途", "购置日期", "原值（万元）", "是否财政拨款开支"], ["鄂A·00001", "执法执勤用车", "2019-05-06", 18, "是"]]),
    "equipment": (Equipment, [["设备名称", "设备类别", "单价", "数量", "购置日期"], ["服务器", "通用", "600,000.00", 2, "2020/1/2"], ["服务器", "通用", "600,000.00", 2, "2020/1/2"]]),
    "contracts": (ProcurementContract, [["合同编号", "合同名称", "采购类别", "供应商", "企业规模", "签订日期", "合同金额", "当年支出"], ["HT-1", "印刷", "服务类", "示例印务", "小型", "2021-04-01", 5000, 5000]]),
    "receptions": (Reception, [["接待日期", "接待人次", "接待费", "事由"], ["2021-05-01", 8, 640, "调研"], ["2021-05-02", 5, 300, "交流"]]),
    "trips": (OverseasTrip, [["出访日期", "人数", "出访国家", "费用"], ["2019-05-01", 3, "示例国", 90000]]),
    "staff": (StaffChange, [["变动日期", "人员类别", "增减人数", "变动原因"], ["2021-01-01", "行政人员", 40, "建账"], ["2021-07-01", "行政", -1, "退休"]]),
}  # fmt: skip


@pytest.mark.parametrize("name", REGISTERS)
def test_registers_are_recognised_by_their_headers_and_never_doubled(name, bureau, tmp_path):
    """The kind is told from the header; the same rows in another file change nothing."""
    model, rows = REGISTERS[name]
    report = taken(xlsx(tmp_path / "表.xlsx", rows))
    assert (report.kind, report.added) == (name, len(rows) - 1)
    again = taken(xlsx(tmp_path / "又.xlsx", [["登记表"], *rows]))
    assert (again.added, again.changed, again.unchanged) == (0, 0, len(rows) - 1)
    assert model.objects.count() == len(rows) - 1


def test_a_register_row_with_a_known_key_is_brought_up_to_date(bureau, tmp_path):
    """A vehicle that went gets its day."""
    _, rows = REGISTERS["vehicles"]
    taken(xlsx(tmp_path / "车.xlsx", rows))
    gone = [[*rows[0], "报废日期"], [*rows[1], "2021-11-30"]]
    report = taken(xlsx(tmp_path / "车2.xlsx", gone))
    assert (report.added, report.changed) == (0, 1)
    assert Vehicle.objects.get().disposed_on == date(2021, 11, 30)


def test_words_go_where_their_keys_say(bureau, tmp_path):
    """A cell is a reason, a name a text, a coordinate a figure; blank rows wait."""
    rows = [
        ["单位编码", "年度", "键", "说明", "内容"],
        ["bureau", 2021, "total_resources#change(of=last_year)", "变动原因", "人员增加"],
        ["bureau", 2021, "functions", "主要职能", "（一）负责示例工作。"],
        ["bureau", 2021, "staff_in_post@bureau/2020#actual", "上年人数", "39人"],
        ["bureau", 2021, "expenditure#change(of=last_year)", "变动原因", ""],
    ]
    assert taken(xlsx(tmp_path / "文字.xlsx", rows)).added == 3
    assert Reason.objects.get().text == "人员增加"
    assert Text.objects.get().name == "functions"
    statement = Statement.objects.get()
    assert (statement.year, Fraction(statement.value), statement.printed) == (2020, 39, "39")
    assert taken(xlsx(tmp_path / "改.xlsx", changed(rows, 1, "内容", "人员和项目增加"))).changed == 1
    assert Reason.objects.get().text == "人员和项目增加"


@pytest.mark.parametrize(
    "key",
    ["functionz", "no_such_concept#change(of=last_year)", "expenditure[colour=red]", "staff_in_post@bureau"],
)
def test_a_key_that_nothing_asks_for_is_refused(key, bureau, row_counts, tmp_path):
    """A mistyped key would be lost silently."""
    before = row_counts()
    rows = [["年度", "键", "内容"], [2021, key, "3人"]]
    report = import_file(xlsx(tmp_path / "文字.xlsx", rows), "texts")
    assert [(problem.code, problem.row) for problem in report.problems] == [("unknown_key", 2)]
    assert row_counts() == before


@pytest.mark.parametrize("name", KINDS)
def test_an_untouched_template_is_recognised_and_holds_no_data(name, bureau, row_counts, tmp_path):
    """Its kind is known from its header; nothing is taken in, kindly."""
    path = write_template(KINDS[name], tmp_path / "模板.xlsx", 2021)
    before = row_counts()
    report = taken(path, year=2021)
    assert report.kind == name
    assert [(problem.code, problem.severity) for problem in report.problems] == [("no_data", "notice")]
    assert row_counts() == before


@pytest.mark.parametrize("name", KINDS)
def test_every_kind_says_how_each_column_is_filled(name):
    """Names are unique, synonyms belong to one column of a kind, and notes fit a spreadsheet's input message."""
    from mingzhang.records.imports.headers import comparable, guess
    from mingzhang.records.imports.templates import how_to_fill

    fields = KINDS[name].fields
    assert len({field.name for field in fields}) == len(fields)
    assert guess([field.chinese for field in fields], fields) == {
        field.name: place for place, field in enumerate(fields)
    }
    assert all(len(field.note) <= 255 and how_to_fill(field) for field in fields)
    assert all(comparable(word) for field in fields for word in (field.chinese, *field.synonyms))


def test_a_budget_listed_by_function_and_again_by_project_is_refused(bureau, row_counts, tmp_path):
    """Within one file and against the books; the row, both readings and the remedy are told, nothing is written."""
    by_project = [2021, "年初预算", "", "", "2040601", "", "项目支出", "一般公共预算", "P1", 100]
    by_function = [*by_project[:8], "", 100]
    before = row_counts()
    report = import_file(xlsx(tmp_path / "两种.xlsx", [BUDGETS[0], by_project, by_function]))
    assert {(problem.code, problem.row) for problem in report.problems} == {("budget_listed_twice", 3)}
    assert (
        "一行填功能科目“2040601”、支出性质“项目支出”、资金性质“一般公共预算财政拨款”、项目“P1”"
        in report.problems[0].what
    )
    assert row_counts() == before
    taken(xlsx(tmp_path / "按项目.xlsx", [BUDGETS[0], by_project]))
    again = import_file(xlsx(tmp_path / "按功能.xlsx", [BUDGETS[0], by_function]))
    assert {(problem.code, problem.row) for problem in again.problems} == {("budget_listed_twice", 2)}
