"""Bad input is refused with a clear message — what, where, what to do — and nothing in the books changes."""

import zipfile

import pytest
from django.utils import timezone
from import_books import changed, csv_file, grant, purchase, vouchers, xlsx

from mingzhang.records.imports import grids
from mingzhang.records.imports.run import import_file
from mingzhang.records.models import PeriodLock
from mingzhang.records.trail import enter

GOOD = vouchers(purchase())
BUDGET_HEADER = ["年度", "预算阶段", "指标文号", "功能科目", "经济科目", "支出性质", "资金性质", "金额（元）"]
BUDGET = [
    BUDGET_HEADER,
    [2021, "年初预算", "青财预〔2021〕1号", "2040601", "30201", "基本支出", "一般公共预算", 5000],
]
VEHICLES = [["车牌号", "车辆用途", "购置日期", "原值"], ["鄂A·00001", "执法执勤用车", "2019-05-06", 180000]]


def close_march(bureau):
    enter([PeriodLock(entity=bureau.office, year=2021, month=3, closed_at=timezone.now())])


# name: (rows, kind, code, row, column, words of the remedy)
ROWS = {
    "an unbalanced voucher": (changed(GOOD, 1, "借方金额", 99), "vouchers", "unbalanced", 2, "凭证字号", "核对"),
    "an unknown account": (changed(GOOD, 1, "科目编码", "9999"), "vouchers", "unknown_account", 2, "科目编码", "会计科目表"),
    "an account above others": (changed(GOOD, 4, "科目编码", "8001"), "vouchers", "account_not_lowest", 5, "科目编码", "明细"),
    "an unknown functional code": (changed(GOOD, 3, "功能科目", "2047777"), "vouchers", "unknown_function", 4, "功能科目", "项级"),
    "a functional code that is no 项": (changed(GOOD, 3, "功能科目", "20406"), "vouchers", "function_not_lowest", 4, "功能科目", "项级"),
    "an unknown economic code": (changed(GOOD, 3, "部门经济分类", "39988"), "vouchers", "unknown_economic", 4, "部门经济分类", "款级"),
    "an economic code that is no 款": (changed(GOOD, 3, "部门经济分类", "302"), "vouchers", "economic_not_lowest", 4, "部门经济分类", "款级"),
    "a code of the government's economic list": (changed(GOOD, 3, "部门经济分类", "50201"), "vouchers", "government_economic", 4, "部门经济分类", "部门预算支出经济分类"),
    "an unknown project": (changed(GOOD, 3, "项目编码", "P9"), "vouchers", "unknown_project", 4, "项目编码", "导入项目"),
    "an unknown fund": (changed(GOOD, 3, "资金性质", "私房钱"), "vouchers", "unknown_fund", 4, "资金性质", "改为"),
    "a wrong date": (changed(GOOD, 1, "凭证日期", "2021-02-30"), "vouchers", "wrong_date", 2, "凭证日期", "2021-03-31"),
    "a date that has not come": (vouchers(purchase("2095-01-01")), "vouchers", "date_in_future", 2, "凭证日期", "改正日期"),
    "a negative amount": (changed(changed(GOOD, 1, "借方金额", -100), 2, "贷方金额", -100), "vouchers", "negative_amount", 2, "借方金额", "调整"),
    "an amount that is text": (changed(GOOD, 1, "借方金额", "壹佰元"), "vouchers", "wrong_amount", 2, "借方金额", "数字"),
    "an amount finer than a fen": (changed(GOOD, 1, "借方金额", 100.001), "vouchers", "wrong_amount", 2, "借方金额", "两位小数"),
    "debit and credit in one row": (changed(GOOD, 1, "贷方金额", 5), "vouchers", "both_sides", 2, "贷方金额", "拆成两行"),
    "a row without an amount": (changed(GOOD, 1, "借方金额", ""), "vouchers", "wrong_amount", 2, "借方金额", "填写"),
    "a number used twice": (vouchers(purchase(), purchase(number="记-2"), purchase(yuan=7)), "vouchers", "duplicate_number", 10, "凭证字号", "凭证号"),
    "a number used on two days": (vouchers(purchase(), purchase("2021-03-16")), "vouchers", "duplicate_number", 6, "凭证字号", "日期"),
    "a first row without a voucher": (changed(changed(GOOD, 1, "凭证字号", ""), 1, "凭证日期", ""), "vouchers", "value_missing", 2, "凭证字号", "补填"),
    "a negative initial budget": (changed(BUDGET, 1, "金额（元）", -1), "budgets", "negative_amount", 2, "金额", "预算调整"),
    "a budget adjustment without document": (changed(changed(BUDGET, 1, "预算阶段", "调整"), 1, "指标文号", ""), "budgets", "document_missing", 2, "指标文号", "文号"),
    "a budget under 类": (changed(BUDGET, 1, "功能科目", "204"), "budgets", "function_not_lowest", 2, "功能科目", "项级"),
    "a vehicle with negative cost": (changed(VEHICLES, 1, "原值", -1), "vehicles", "negative_amount", 2, "原值", "不能为负"),
    "an unknown kind of vehicle": (changed(VEHICLES, 1, "车辆用途", "火箭"), "vehicles", "unknown_vehicle_kind", 2, "车辆用途", "执法执勤用车"),
}  # fmt: skip


@pytest.mark.parametrize("name", ROWS)
def test_a_bad_row_is_named_with_its_place_and_remedy_and_nothing_changes(name, bureau, row_counts, tmp_path):
    """Row, column, what is wrong and what to do are told; the row counts of all tables stay as they were."""
    rows, kind, code, row, column, remedy = ROWS[name]
    before = row_counts()
    report = import_file(xlsx(tmp_path / "坏.xlsx", rows), kind)
    found = [problem for problem in report.problems if problem.code == code]
    assert found, [problem.in_chinese() for problem in report.problems]
    assert found[0].row == row
    assert column in found[0].column
    assert remedy in found[0].remedy
    assert f"第{row}行" in found[0].in_chinese()
    assert not report.accepted
    assert row_counts() == before


def test_an_expired_code_is_refused(bureau, row_counts, tmp_path):
    """A code may be used only in the years of its validity."""
    from mingzhang.catalogue.loading import functional_classification

    expired = next(
        code.code
        for code in functional_classification().codes.values()
        if code.level == 3 and not code.valid_in(2021)
    )
    before = row_counts()
    report = import_file(xlsx(tmp_path / "坏.xlsx", changed(GOOD, 3, "功能科目", expired)), "vouchers")
    assert [(problem.code, problem.row) for problem in report.problems] == [("expired_function", 4)]
    assert "当年有效" in report.problems[0].remedy
    assert row_counts() == before


def test_a_closed_period_is_refused_and_an_adjusting_voucher_with_a_reason_is_not(
    bureau, row_counts, tmp_path
):
    """A closed month changes only by an adjusting voucher."""
    close_march(bureau)
    before = row_counts()
    report = import_file(xlsx(tmp_path / "三月.xlsx", GOOD), "vouchers")
    assert [(problem.code, problem.row) for problem in report.problems] == [("closed_period", 2)]
    assert "调整凭证" in report.problems[0].remedy
    assert row_counts() == before
    header = [*GOOD[0], "凭证类型", "调整原因"]
    adjusted = [header, *([*row, "调整", "更正三月漏记"] for row in GOOD[1:])]
    assert import_file(xlsx(tmp_path / "调整.xlsx", adjusted), "vouchers").added == 1


def formulas(page):
    page["F2"] = "=50+50"


def merged(page):
    page.merge_cells("A2:A3")


def encrypted(path):
    path.write_bytes(
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600 + "EncryptedPackage".encode("utf-16-le")
    )
    return path


def old_excel(path):
    path.write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 2000)
    return path


def bomb(path):
    good = xlsx(path, GOOD)
    with zipfile.ZipFile(good, "a", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/worksheets/sheet9.xml", b"<a/>" + b" " * (64 << 20))
    return good


def far_cell(page):
    page["AAA399999"] = "在很远的地方"


def written(content, name="坏.csv"):
    def write(path):
        path = path.with_name(name)
        path.write_bytes(content)
        return path

    return write


def csv_with(sign):
    """The good vouchers as CSV, with a sign in the first row's summary."""
    return lambda path: csv_file(path.with_suffix(".csv"), changed(GOOD, 1, "摘要", f"购买{sign}办公用品"))


FILES = {
    "formula cells": (lambda path: xlsx(path, GOOD, prepare=formulas), "formula_cell", "第2行", "选择性粘贴"),
    "merged cells": (lambda path: xlsx(path, GOOD, prepare=merged), "merged_cells", "第2行", "取消合并"),
    "a cell far away": (lambda path: xlsx(path, GOOD, prepare=far_cell), "sheet_too_wide", "坏.xlsx", "删除"),
    "an empty file": (written(b"", "坏.xlsx"), "file_empty", "坏.xlsx", "重新导出"),
    "an empty sheet": (lambda path: xlsx(path, []), "file_empty", "坏.xlsx", "重新导出"),
    "no file": (lambda path: path, "file_missing", "坏.xlsx", "检查"),
    "no header": (lambda path: xlsx(path, [["甲", "乙"], [1, 2]]), "header_missing", "坏.xlsx", "凭证日期"),
    "a missing column": (lambda path: xlsx(path, [row[:3] + row[4:] for row in GOOD]), "column_missing", "第1行", "--map"),
    "missing amounts": (lambda path: xlsx(path, [row[:5] + row[7:] for row in GOOD]), "column_missing", "第1行", "--map"),
    "a zip bomb": (bomb, "zip_bomb", "坏.xlsx", "来历不明"),
    "a password": (encrypted, "workbook_encrypted", "坏.xlsx", "取消密码"),
    "an old workbook": (old_excel, "workbook_old", "坏.xlsx", "另存为"),
    "a PDF": (written(b"%PDF-1.7 ...", "坏.xlsx"), "not_a_workbook", "坏.xlsx", ".xlsx"),
    "a broken workbook": (written(b"PK\x03\x04broken", "坏.xlsx"), "workbook_broken", "坏.xlsx", "另存"),
    "a control character": (csv_with("\x07"), "control_characters", "第2行", "重新输入"),
    "a NUL": (csv_with("\x00"), "control_characters", "第2行", "重新输入"),
    "a CSV full of NULs": (written("凭证日期,凭证号\n2021,1\n".encode("utf-16-le")), "wrong_encoding", "坏.csv", "CSV UTF-8"),
    "a wrong encoding": (written("憑證日期,憑證字號,摘要\n會計,記帳,購買辦公用品\n".encode("big5")), "wrong_encoding", "坏.csv", "CSV UTF-8"),
    "broken bytes": (written("凭证日期,凭证号\n".encode() + b"\xff\xfe\xfd\xff"), "wrong_encoding", "坏.csv", "CSV UTF-8"),
    "a workbook called CSV": (written(b"PK\x03\x04..."), "not_csv", "坏.csv", "扩展名"),
    "an open quote": (written('凭证日期,凭证号\n"2021,1\n'.encode()), "csv_broken", "坏.csv", "另存为"),
}  # fmt: skip


@pytest.mark.parametrize("name", FILES)
def test_a_bad_file_is_refused_with_words_and_nothing_changes(name, bureau, row_counts, tmp_path):
    """What the file is, where, and what to do; the row counts of all tables stay as they were."""
    write, code, where, remedy = FILES[name]
    before = row_counts()
    report = import_file(write(tmp_path / "坏.xlsx"), "vouchers")
    found = [problem for problem in report.problems if problem.code == code]
    assert found, [problem.in_chinese() for problem in report.problems]
    assert where in found[0].where
    assert remedy in found[0].remedy
    assert row_counts() == before


def test_a_file_over_100_mb_is_refused_unread(bureau, row_counts, tmp_path):
    """Size is asked before anything is read."""
    path = tmp_path / "大.xlsx"
    with path.open("wb") as file:
        file.truncate(grids.LIMITS.file_size + 1)
    before = row_counts()
    (problem,) = import_file(path, "vouchers").problems
    assert problem.code == "file_too_large"
    assert "100 MB" in problem.what
    assert "分成几个文件" in problem.remedy
    assert row_counts() == before


def test_every_bad_row_is_reported_at_once(bureau, tmp_path):
    """Not the first problem only: each bad cell of each row."""
    rows = vouchers(purchase(), purchase(number="记-2"), grant(number="记-3"))
    rows = changed(changed(changed(rows, 1, "凭证日期", "昨天"), 7, "功能科目", "99"), 10, "科目编码", "abc")
    found = {
        (problem.row, problem.code) for problem in import_file(xlsx(tmp_path / "坏.xlsx", rows)).problems
    }
    assert {(2, "wrong_date"), (8, "unknown_function"), (11, "unknown_account")} <= found


def test_one_bad_row_keeps_the_good_ones_out(bureau, row_counts, tmp_path):
    """Vouchers go in all or nothing."""
    rows = vouchers(*(purchase(number=f"记-{number}") for number in range(1, 21)))
    before = row_counts()
    report = import_file(xlsx(tmp_path / "坏.xlsx", changed(rows, 80, "贷方金额", 1)))
    assert not report.accepted
    assert row_counts() == before


def test_an_import_that_stops_midway_leaves_nothing(bureau, row_counts, tmp_path, monkeypatch):
    """Writing is one transaction, its batch included."""
    from mingzhang.records.imports import voucher_writing

    monkeypatch.setattr(voucher_writing, "_lines", lambda *_: 1 / 0)
    before = row_counts()
    with pytest.raises(ZeroDivisionError):
        import_file(xlsx(tmp_path / "好.xlsx", GOOD))
    assert row_counts() == before


def test_text_that_looks_like_a_formula_is_kept_as_text(bureau, tmp_path):
    """A summary from a CSV is only text, and stays harmless in the list of problems."""
    from openpyxl import load_workbook

    from mingzhang.records.imports.problem_report import write_problems

    rows = changed(GOOD, 1, "科目编码", "=1+1")
    report = import_file(csv_file(tmp_path / "坏.csv", rows))
    write_problems(report.problems, tmp_path / "问题.xlsx")
    cells = [cell for row in load_workbook(tmp_path / "问题.xlsx").active.iter_rows() for cell in row]
    assert all(cell.data_type != "f" for cell in cells)
    assert any(cell.value == "=1+1" for cell in cells)
    write_problems(report.problems, tmp_path / "问题.csv")
    assert "\n=" not in (tmp_path / "问题.csv").read_text(encoding="utf-8-sig")
