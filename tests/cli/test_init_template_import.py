"""A real department's path on the command line: init, template, import, publish — from vouchers or from a workbook."""

import json
from fractions import Fraction
from pathlib import Path

import pytest
from click.testing import CliRunner
from django.conf import settings
from django.db import connections
from openpyxl import Workbook, load_workbook

from mingzhang.cli import main

DEPARTMENT = "青岚区档案局"
INIT = (
    "--name", DEPARTMENT, "--code", "101", "--unit", "101001:青岚区档案局本级:行政单位", "--unit", "101002：青岚区档案馆：事业",
    "--edition", "hubei_wuhan_fy2021", "--year", "2021", "--start", "vouchers", "--yes",
)  # fmt: skip
FUND = "一般公共预算财政拨款"


@pytest.fixture
def run(tmp_path, transactional_db):
    """Runs a command on books of its own; afterwards the tests have their own database again."""
    own, databases = {alias: connections[alias] for alias in connections}, settings.DATABASES
    books = tmp_path / "books.sqlite3"

    def command(*words, status=0, stdin=None):
        done = CliRunner().invoke(main, [*map(str, words), "--books", str(books)], input=stdin)
        assert done.exit_code == status, done.output + repr(done.exception)
        return done.output

    command.folder = tmp_path
    yield command
    connections.close_all()
    settings.DATABASES = databases
    connections.settings = connections.configure_settings(databases)
    for alias, connection in own.items():
        connections[alias] = connection


def fill(path: Path, *rows: dict) -> Path:
    """Fill rows into a template by its headers, as a person would."""
    book = load_workbook(path)
    page = book.worksheets[0]
    headers = [cell.value for cell in page[1]]
    for number, row in enumerate(rows, 2):
        for name, value in row.items():
            page.cell(number, headers.index(name) + 1, value)
    book.save(path)
    return path


def entry(number, day, summary, account, debit=None, credit=None, **more):
    return {"凭证日期": day, "凭证号": number, "摘要": summary, "科目编码": account, "借方金额（元）": debit, "贷方金额（元）": credit, **more}  # fmt: skip


def spent(function, economic, nature="基本支出", project=None):
    return {
        "功能科目": function,
        "经济科目": economic,
        "支出性质": nature,
        "资金性质": FUND,
        "项目编码": project,
    }


def voucher_rows():
    """A year of the office: money comes for what is then paid."""
    income = spent("2040601", None)
    project = {**spent("2040604", None, "项目支出", "P1")}
    rows = []
    for number, (day, yuan, account, funded) in enumerate(
        [("2021-01-05", 800_000, "60010101", income), ("2021-01-06", 200_000, "600102", project)], 1
    ):
        head = (number, day, "财政授权支付额度到账")
        rows += [
            entry(*head, "1011", yuan), entry(*head, "4001", None, yuan),
            entry(*head, "800101", yuan), entry(*head, account, None, yuan, **funded),
        ]  # fmt: skip
    payments = [
        ("2021-03-10", 800_000, "71010101", spent("2040601", "30101")),
        ("2021-05-11", 195_000.50, "71010102", spent("2040604", "30201", "项目支出", "P1")),
        ("2021-06-12", 4_999.50, "71010102", spent("2040604", "30217", "项目支出", "P1")),
    ]
    for number, (day, yuan, account, codes) in enumerate(payments, 1):
        head = (number, day, "支付")
        rows += [
            entry(*head, "5001", yuan), entry(*head, "1011", None, yuan),
            entry(*head, account, yuan, **codes), entry(*head, "800101", None, yuan),
        ]  # fmt: skip
    return rows


def facts(folder: Path) -> dict[str, Fraction]:
    """Exact values by coordinate of a published JSON file."""
    path = next(path for path in folder.glob("*.json") if path.name != "manifest.json")
    content = json.loads(path.read_text(encoding="utf-8"))
    return {entry["coordinate"]: Fraction(entry["fraction"] or entry["value"]) for entry in content["facts"]}


def test_from_vouchers_to_the_published_figures(run):
    """init → template → fill → import → publish: the figures are the sums of what was typed."""
    said = run("init", *INIT)
    assert "mingzhang import" in said
    assert "示例数据" not in said
    out = run.folder / "模板"
    run("template", "all", "--year", 2021, "--out", out)
    fill(
        out / "项目表.xlsx",
        {"单位编码": "101001", "项目编码": "P1", "项目名称": "档案整理", "项目成效": "整理档案"},
    )
    fill(
        out / "预算指标.xlsx",
        {"单位编码": "101001", "年度": 2021, "预算阶段": "年初预算", "指标文号": "青财1号", "金额（元）": 900_000, **spent("2040601", "30101")},
        {"单位编码": "101001", "年度": 2021, "预算阶段": "年初预算", "指标文号": "青财1号", "金额（元）": 10_000, **spent("2040604", "30217", "项目支出", "P1")},
    )  # fmt: skip
    fill(out / "记账凭证.xlsx", *voucher_rows())
    fill(out / "公务接待登记.xlsx", {"单位编码": "101001", "接待日期": "2021-06-12", "接待人数": 12, "接待费用（元）": 4999.5, "接待事由": "调研"})  # fmt: skip
    fill(out / "人员变动.xlsx", {"单位编码": "101001", "变动日期": "2021-01-01", "人员类别": "在职行政人员", "增减人数": 30, "变动原因": "建账"})  # fmt: skip
    run(
        "import", out / "项目表.xlsx", out / "预算指标.xlsx", out / "公务接待登记.xlsx", out / "人员变动.xlsx"
    )
    said = run("import", out / "记账凭证.xlsx", "--entity", "101001")
    assert "导入5张凭证" in said
    assert "没有变化" in run("import", out / "记账凭证.xlsx", "--entity", "101001")
    run("publish", "--draft", "--year", 2021, "--out", run.folder / "公开", "--format", "json")
    found = facts(run.folder / "公开")
    assert found["expenditure@101/2021#actual"] == 1_000_000
    assert found["expenditure[nature=project]@101/2021#actual"] == 200_000
    assert found["total_resources@101/2021#actual"] == 1_000_000
    assert found["three_public_spending[fund=general_public_budget]@101/2021#actual"] == Fraction("4999.50")
    assert found["official_reception_spending[fund=general_public_budget]@101/2021#initial_budget"] == 10_000
    assert found["official_reception_guests@101/2021#actual"] == 12
    assert found["staff_in_post@101/2021#actual"] == 30


def test_words_still_missing_are_listed_filled_in_and_then_no_longer_missing(run):
    """template texts --year lists the keys that publishing misses; imported, they are not missing any more."""
    run("init", *INIT)
    out = run.folder
    run("template", "vouchers", "projects", "--out", out)
    fill(out / "项目表.xlsx", {"单位编码": "101001", "项目编码": "P1", "项目名称": "档案整理"})
    fill(out / "记账凭证.xlsx", *voucher_rows())
    run("import", out / "项目表.xlsx")
    run("import", out / "记账凭证.xlsx", "--entity", "101001")
    run("template", "texts", "--year", 2021, "--out", out)
    path = out / "变动原因与文字说明.xlsx"
    page = load_workbook(path).worksheets[0]
    keys = [page.cell(row, 3).value for row in range(2, page.max_row + 1)]
    assert "functions" in keys
    assert len(keys) == len(set(keys)), "filled in throughout, the file would be refused"
    fill(path, *({"内容": "（一）负责档案工作。"} if key == "functions" else {} for key in keys))
    assert "导入1行" in run("import", path)
    run("template", "texts", "--year", 2021, "--out", out)
    page = load_workbook(path).worksheets[0]
    assert "functions" not in [page.cell(row, 3).value for row in range(2, page.max_row + 1)]


def filled_tables(path: Path, amount: float) -> Path:
    """The empty nine tables with one expenditure filled in, its total as the number an office would have saved."""
    book = load_workbook(path)
    for sheet in book.worksheets:
        for row in sheet.iter_rows():
            for cell in row:
                if cell.data_type == "f":
                    cell.value = None
    sheet = next(sheet for sheet in book.worksheets if sheet.title.startswith("03"))
    total = next(row for row in range(1, 20) if sheet.cell(row, 2).value == "合计")
    for row, code in enumerate((None, "204", "20406", "2040601"), total):
        sheet.cell(row, 1, code)
        sheet.cell(row, 3, amount)
        sheet.cell(row, 4, amount)
    book.save(path)
    return path


def test_from_a_filled_workbook_to_the_published_figures(run):
    """init → nine tables → publish works without a single voucher, with last year's figures beside this year's."""
    run("init", *INIT)
    out = run.folder
    run("template", "nine-tables", "--year", 2021, "--out", out)
    tables = filled_tables(out / f"{DEPARTMENT}2021年度公开表.xlsx", 123.45)
    said = run("import", tables, "--kind", "nine-tables", "--year", 2021)
    assert "个数" in said
    run("template", "nine-tables", "--year", 2020, "--out", out)
    run("import", filled_tables(out / f"{DEPARTMENT}2020年度公开表.xlsx", 100), "--year", 2020)
    run("publish", "--draft", "--year", 2021, "--out", out / "公开", "--format", "json")
    found = facts(out / "公开")
    assert found["expenditure@101/2021#actual"] == 1_234_500
    assert found["expenditure[function=2040601,nature=basic]@101/2021#actual"] == 1_234_500
    assert "一致" in run("compare", "--year", 2021)


def test_the_published_workbook_of_one_set_of_books_gives_the_same_figures_in_another(run):
    """What is published as XLSX, imported as nine tables into other books, publishes the same tables again."""
    from mingzhang.records.setup import open_books

    run("init", *INIT)
    out = run.folder
    run("template", "vouchers", "projects", "--out", out)
    fill(out / "项目表.xlsx", {"单位编码": "101001", "项目编码": "P1", "项目名称": "档案整理"})
    fill(out / "记账凭证.xlsx", *voucher_rows())
    run("import", out / "项目表.xlsx")
    run("import", out / "记账凭证.xlsx", "--entity", "101001")
    run("publish", "--draft", "--year", 2021, "--out", out / "甲", "--format", "json", "--format", "xlsx")
    other = ("--books", out / "other.sqlite3")

    def elsewhere(*words):
        done = CliRunner().invoke(main, [*map(str, words), *map(str, other)])
        assert done.exit_code == 0, done.output + repr(done.exception)

    elsewhere("init", *INIT)
    elsewhere("import", next((out / "甲").glob("*.xlsx")), "--kind", "nine-tables", "--year", 2021)
    elsewhere("publish", "--draft", "--year", 2021, "--out", out / "乙", "--format", "json")
    open_books(run.folder / "books.sqlite3")
    before, after = facts(out / "甲"), facts(out / "乙")
    shared = [each for each in before if before[each] and each.endswith("2021#actual") and each in after]
    assert len(shared) > 30
    assert {each: after[each] for each in shared} == {each: before[each] for each in shared}


def test_a_corrected_workbook_replaces_what_the_first_one_stated(run):
    """The same sheet read again speaks alone; the same file changes nothing."""
    run("init", *INIT)
    out = run.folder
    run("template", "nine-tables", "--year", 2021, "--out", out)
    path = filled_tables(out / f"{DEPARTMENT}2021年度公开表.xlsx", 123.45)
    run("import", path, "--year", 2021)
    assert "没有变化" in run("import", path, "--year", 2021)
    filled_tables(path, 125)
    assert "替换" in run("import", path, "--year", 2021)
    run("publish", "--draft", "--year", 2021, "--out", out / "公开", "--format", "json")
    assert facts(out / "公开")["expenditure@101/2021#actual"] == 1_250_000


def internal_workbook(path: Path) -> Path:
    """财决01 as the compilation system exports it, in yuan, with merged headers."""
    book = Workbook()
    sheet = book.active
    sheet.title = "Z01 收入支出决算总表(财决01表)"
    sheet.append(["收入支出决算总表"])
    sheet.append([*[None] * 9, "财决01表"])
    sheet.append([f"编制单位：{DEPARTMENT}", None, "2021年度", *[None] * 6, "金额单位：元"])
    sheet.append(["收入", *[None] * 4, "支出", *[None] * 4])
    measures = ["行次", "年初预算数", "调整预算数", "决算数"]
    sheet.append(["项目", *measures, "项目（按功能分类）", *measures])
    sheet.append(["栏次", *range(1, 10)])
    sheet.append(
        ["一、一般公共预算财政拨款收入", 1, 900, 1000, 1000.55, "四、公共安全支出", 34, 900, 1000, 1000.55]
    )
    sheet.append(["本年收入合计", 27, 900, 1000, 1000.55, "本年支出合计", 57, 900, 1000, 1000.55])
    sheet.append(["总计", 30, 900, 1000, 1000.55, "总计", 60, 900, 1000, 1000.55])
    sheet.merge_cells("A4:E4")
    sheet.merge_cells("F4:J4")
    book.save(path)
    return path


def test_the_internal_workbook_gives_actuals_and_budgets(run):
    """init → 财决 workbook → publish: the kind is recognised, merged headers and all."""
    run("init", *INIT)
    path = internal_workbook(run.folder / "财决.xlsx")
    assert "部门决算报表（财决）" in run("import", path, "--year", 2021)
    run("publish", "--draft", "--year", 2021, "--out", run.folder / "公开", "--format", "json")
    found = facts(run.folder / "公开")
    assert found["expenditure@101/2021#actual"] == Fraction("1000.55")
    assert found["expenditure[function=204]@101/2021#actual"] == Fraction("1000.55")
    assert found["total_resources@101/2021#actual"] == Fraction("1000.55")


def test_vouchers_beside_a_workbook_show_where_they_differ(run):
    """Differences are listed after the import and by compare; the books speak, the statement stays."""
    run("init", *INIT)
    out = run.folder
    run("template", "nine-tables", "vouchers", "projects", "--year", 2021, "--out", out)
    run("import", filled_tables(out / f"{DEPARTMENT}2021年度公开表.xlsx", 99.99), "--year", 2021)
    fill(out / "项目表.xlsx", {"单位编码": "101001", "项目编码": "P1", "项目名称": "档案整理"})
    run("import", out / "项目表.xlsx")
    fill(out / "记账凭证.xlsx", *voucher_rows())
    said = run("import", out / "记账凭证.xlsx", "--entity", "101001")
    assert "账簿 100万元，填报 99.99万元，相差 0.01万元" in said
    assert "不一致" in run("compare", "--year", 2021, status=1)
    run("publish", "--draft", "--year", 2021, "--out", out / "公开", "--format", "json")
    assert facts(out / "公开")["expenditure@101/2021#actual"] == 1_000_000


def test_last_years_publication_gives_the_comparison(run):
    """facts-json of a published report is taken in as statements, unit codes and all."""
    run("init", *INIT)
    out = run.folder
    run("template", "nine-tables", "--year", 2020, "--out", out)
    run("import", filled_tables(out / f"{DEPARTMENT}2020年度公开表.xlsx", 100), "--year", 2020)
    run("publish", "--draft", "--year", 2020, "--out", out / "公开2020", "--format", "json")
    published = next(path for path in (out / "公开2020").glob("*.json") if path.name != "manifest.json")
    from mingzhang.records.models import Statement

    Statement.objects.all().delete()
    assert "个数" in run("import", published, "--kind", "facts-json", "--year", 2020)
    assert Statement.objects.filter(coordinate="expenditure@101/2020#actual", value="1000000").exists()


def test_init_asks_first_how_the_figures_will_come(run):
    """The interactive path: the workbook is offered first, then department, year, edition and units."""
    answers = "\n".join(
        [
            "1",
            DEPARTMENT,
            "101",
            f"{DEPARTMENT}本级",
            "101001",
            "1",
            "青岚区档案馆",
            "101002",
            "3",
            "",
            "2021",
            "",
            "y",
        ]
    )
    said = run("init", stdin=answers + "\n")
    assert said.index("1 已有填好的决算报表") < said.index("部门名称")
    assert "--kind nine-tables" in said
    from mingzhang.records.models import Entity

    assert list(Entity.objects.filter(kind="institution").values_list("code", flat=True)) == ["101002"]


def test_init_never_touches_books_that_hold_anything(run):
    """A second init is refused and changes nothing."""
    run("init", *INIT)
    from mingzhang.records.models import Entity

    before = list(Entity.objects.values_list("code", "name"))
    assert "没有改动" in run("init", *INIT, status=2)
    assert list(Entity.objects.values_list("code", "name")) == before


@pytest.mark.parametrize(
    ("options", "words"),
    [
        (("--unit", "1:只有两段"), "代码:名称:类别"),
        (("--unit", "1:甲:企业"), "行政单位"),
        (("--unit", "101:与部门同号:行政"), "用了两次"),
        (("--unit", "1:甲:行政", "--edition", "火星版"), "可选"),
        ((), "--unit"),
    ],
)
def test_init_says_what_is_wrong_with_an_option(options, words, run):
    """Each wrong option has its remedy, and no books are made."""
    said = run("init", "--name", DEPARTMENT, "--code", "101", "--year", 2021, "--yes", *options, status=2)
    assert words in said
    assert not (run.folder / "books.sqlite3").exists()


def test_a_refused_import_prints_the_problems_and_writes_them_all_down(run):
    """Fifty are printed, all are in the report; the exit status says that something was refused."""
    run("init", *INIT)
    out = run.folder
    run("template", "vouchers", "--out", out)
    rows = [row | {"科目编码": "9999"} for _ in range(5) for row in voucher_rows()]
    fill(out / "记账凭证.xlsx", *rows)
    said = run("import", out / "记账凭证.xlsx", "--entity", "101001", "--report", out / "问题.xlsx", status=1)
    assert "账簿没有任何变化" in said
    assert "以上是前50个" in said
    page = load_workbook(out / "问题.xlsx").active
    assert page.max_row - 1 >= 100
    assert [cell.value for cell in page[1]][:4] == ["文件", "工作表", "行", "列"]


@pytest.mark.parametrize(
    ("options", "status", "words"),
    [
        (("--special-surplus", "100"), 2, "提取专用结余要逐个单位办理"),
        (("--special-surplus", "多", "--entity", "101002"), 2, "“多”不是金额"),
        (("--special-surplus", "1.005", "--entity", "101002"), 2, "“1.005”不是金额"),
        (("--special-surplus", "100", "--month", "3", "--entity", "101002"), 2, "按月关账不结转项目"),
        (("--special-surplus", "100.00", "--entity", "101002"), 1, "提取专用结余100.00元超过可分配的0.00元"),
        (("--special-surplus", "100", "--entity", "101001"), 1, "行政单位不提取专用结余"),
        (("--finished-project", "P8"), 1, "没有代码为“P8”的项目"),
        ((), 0, "2021年度已结账"),
    ],
)
def test_closing_says_what_it_did_or_why_not(options, status, words, run, capfd):
    """年终结账 takes finished projects and the surplus put aside, and refuses what cannot be."""
    run("init", *INIT)
    output = run("close", "--year", "2021", *options, status=status)
    assert words in output + capfd.readouterr().err
