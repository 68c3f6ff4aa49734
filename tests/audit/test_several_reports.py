"""Reports of one body meet: this year's implied figures and last year's, budget and final accounts, units and whole."""

from pathlib import Path

import pytest

from mingzhang import pipeline

LAST = """云岭区水务局2021年度部门决算

一、收入支出决算总体情况说明

2021年度收、支总计1000.00万元。与2020年度相比，收、支总计各增加20.00万元，增长2.04%，主要原因是新增项目。
"""
THIS = """云岭区水务局2022年度部门决算

一、收入支出决算总体情况说明

2022年度收、支总计1200.00万元。与2021年度相比，收、支总计各增加200.00万元，增长20.00%，主要原因是新增项目。

二、一般公共预算财政拨款支出决算情况说明

2022年度一般公共预算财政拨款支出年初预算为1000.00万元，支出决算为1050.00万元，完成年初预算的105.00%。
"""
BUDGET = """云岭区水务局2022年部门预算

一、收支预算总体情况说明

2022年一般公共预算财政拨款支出预算1000.00万元，其中：基本支出预算600.00万元，项目支出预算400.00万元。
"""


@pytest.fixture
def file(tmp_path: Path):
    def write(name: str, text: str) -> Path:
        path = tmp_path / f"{name}.txt"
        path.write_text(text, encoding="utf-8")
        return path

    return write


def told(audit):
    return [(each.severity, each.rule) for each in audit.remarks]


def test_last_years_report_agrees_with_what_this_years_implies(file):
    found = pipeline.audit(file("2022", THIS), file("2021", LAST))
    assert told(found) == []
    assert found.undone == ()


def test_a_changed_prior_year_is_one_warning_that_names_both_reports(file):
    prior = file("2021", LAST.replace("1000.00万元。", "1020.00万元。").replace("2.04%", "2.00%"))
    found = pipeline.audit(file("2022", THIS), prior)
    assert told(found) == [("warning", "change")]
    (remark,) = found.remarks
    assert "1020.00万元见《2021》" in remark.message
    assert "追溯调整" in remark.message
    assert {place.quote for place in remark.places} == {"200.00万元", "1200.00万元", "20.00%"}
    assert "other_facts" in found.as_json()


def test_a_prior_report_of_another_body_or_year_is_not_compared(file):
    this = file("2022", THIS)
    other = pipeline.audit(this, file("other", LAST.replace("水务局", "林业局")))
    assert "林业局" in other.undone[0].what
    assert told(other) == []
    early = pipeline.audit(this, file("early", LAST.replace("2021", "2019").replace("2020", "2018")))
    assert "2019年度" in early.undone[0].in_chinese()
    empty = pipeline.audit(this, file("empty", ""))
    assert empty.undone
    assert empty.undone[0].where
    assert told(empty) == []


def test_a_budget_meets_the_final_accounts(file):
    agreeing = pipeline.audit_together([file("2022", THIS), file("budget", BUDGET)])
    assert [told(each) for each in agreeing] == [[], []]
    other = BUDGET.replace("预算1000.00", "预算980.00").replace("预算400.00", "预算380.00")
    (final, budget) = pipeline.audit_together([file("2022", THIS), file("other", other)])
    assert told(final) == [("error", "same")]
    assert "980.00万元见《other》" in final.remarks[0].message
    assert told(budget) == []


def test_a_file_that_cannot_be_read_does_not_stop_the_others(file, tmp_path: Path):
    broken = tmp_path / "坏.pdf"
    broken.write_bytes(b"%PDF-1.7 broken")
    first, second, third = pipeline.audit_together([file("2022", THIS), broken, file("2021", LAST)])
    assert second.error is not None
    assert told(first) == told(third) == []
    assert first.coverage["verified"] >= pipeline.audit(file("2022", THIS)).coverage["verified"]


UNITS = {
    "云岭区水务局本级": "一般公共预算财政拨款支出700.00万元",
    "云岭区水务管理所": "一般公共预算财政拨款支出400.00万元",
}
TABLE = """<h1>{name}2022年度{kind}决算</h1><p>云岭区水务局部门决算由云岭区水务局本级、云岭区水务管理所的决算汇总。</p>
<p>支出决算表</p><table><tr><td>功能分类科目编码</td><td>科目名称</td><td>本年支出合计</td><td>基本支出</td><td>项目支出</td></tr>
<tr><td colspan=2>合计</td><td>{total}</td><td>{basic}</td><td>{project}</td></tr>
<tr><td>213</td><td>农林水支出</td><td>{total}</td><td>{basic}</td><td>{project}</td></tr></table>
<p>一般公共预算财政拨款支出决算表</p><table><tr><td>功能分类科目编码</td><td>科目名称</td><td>小计</td><td>基本支出</td><td>项目支出</td></tr>
<tr><td colspan=2>合计</td><td>{total}</td><td>{basic}</td><td>{project}</td></tr>
<tr><td>213</td><td>农林水支出</td><td>{total}</td><td>{basic}</td><td>{project}</td></tr></table>
"""


def page(tmp_path: Path, name: str, kind: str, basic: int, project: int) -> Path:
    path = tmp_path / f"{name}.html"
    amounts = {"total": f"{basic + project}.00", "basic": f"{basic}.00", "project": f"{project}.00"}
    path.write_text(TABLE.format(name=name, kind=kind, **amounts), encoding="utf-8")
    return path


def test_a_departments_figures_are_its_units_together(tmp_path: Path):
    units = [
        page(tmp_path, "云岭区水务局本级", "单位", 500, 200),
        page(tmp_path, "云岭区水务管理所", "单位", 300, 100),
    ]
    whole = page(tmp_path, "云岭区水务局", "部门", 800, 300)
    agreeing = pipeline.audit_together([whole, *units])
    assert [[each for each in told(one) if each[1] == "units"] for one in agreeing] == [[], [], []]
    wrong = page(tmp_path, "云岭区水务局", "部门", 750, 350)
    (first, *_) = pipeline.audit_together([wrong, *units])
    found = [remark for remark in first.remarks if remark.rule == "units"]
    assert found
    assert all(remark.severity == "error" for remark in found)
    assert "见《云岭区水务管理所》" in found[0].message


BALANCE = """<h1>云岭区水务局{year}年度部门决算</h1><p>收入支出决算总表</p><p>金额单位：万元</p><table>
<tr><td colspan=2>收入</td><td colspan=2>支出</td></tr><tr><td>项目</td><td>决算数</td><td>项目</td><td>决算数</td></tr>
<tr><td>一、一般公共预算财政拨款收入</td><td>100.00</td><td>一、农林水支出</td><td>90.00</td></tr>
<tr><td>本年收入合计</td><td>100.00</td><td>本年支出合计</td><td>90.00</td></tr>
<tr><td>年初结转和结余</td><td>{opening}</td><td>年末结转和结余</td><td>{closing}</td></tr>
<tr><td>总计</td><td>{total}</td><td>总计</td><td>{total}</td></tr></table>"""


@pytest.mark.parametrize(("opening", "found"), [("15.00", []), ("25.00", [("warning", "carried_over")])])
def test_what_was_carried_over_is_there_at_the_beginning(tmp_path: Path, opening: str, found: list):
    def write(year: int, opening: float) -> Path:
        path = tmp_path / f"{year}.html"
        amounts = {
            "opening": f"{opening:.2f}",
            "closing": f"{opening + 10:.2f}",
            "total": f"{opening + 100:.2f}",
        }
        path.write_text(BALANCE.format(year=year, **amounts), encoding="utf-8")
        return path

    seen = pipeline.audit(write(2022, float(opening)), write(2021, 5.00))
    assert [each for each in told(seen) if each[1] == "carried_over"] == found
