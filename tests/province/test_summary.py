"""The summary: years, rules, slips repeated in consecutive years, outliers among peers."""

from pathlib import Path

import openpyxl
import pytest
from click.testing import CliRunner

from mingzhang.catalogue.loading import vocabulary
from mingzhang.cli import main
from mingzhang.facts.coordinate import Cell
from mingzhang.province.peers import RATIOS
from mingzhang.province.summary import Section, summarise
from province.province_reports import made_tables

BODIES = [f"第{number}区水务局" for number in range(9)]


def report(name: str, year: int = 2022, errors: int = 0, **more: object) -> dict:
    counts = {
        "warnings": 0,
        "notices": 0,
        "facts": 10,
        "verified": 8,
        "contradicted": errors,
        "unverified": 2,
    }
    return {"path": f"/{name}{year}", "department": name, "year": year, "errors": errors, **counts, **more}


def finding(name: str, year: int, rule: str = "total", severity: str = "error") -> dict:
    whose = {"path": f"/{name}{year}", "department": name, "year": year}
    return {**whose, "number": 1, "rule": rule, "severity": severity, "message": "=1+1"}


def fact(name: str, cell: str, value: float, year: int = 2022, **more: object) -> dict:
    at = Cell.parse(cell)
    dimensions = ",".join(f"{name}={code}" for name, code in at.dimensions)
    whose = {"path": f"/{name}{year}", "department": name, "year": year, "entity": name, "period": str(year)}
    told = {"concept": at.concept, "dimensions": dimensions, "measure": "actual", "status": "verified"}
    return {**whose, **told, "value": value, **more}


def sections(out: Path, **tables: list[dict]) -> dict[str, Section]:
    return {each.title: each for each in summarise(made_tables(out, **tables))}


def spent(costs: list[float], **more: object) -> list[dict]:
    """Operating costs of the bodies, each of 1,000 of expenditure."""
    return [
        each
        for name, cost in zip(BODIES, costs, strict=False)
        for each in (fact(name, "expenditure", 1000), fact(name, "operating_costs", cost, **more))
    ]


def test_years_rules_and_departments_are_counted(tmp_path: Path):
    found = sections(
        tmp_path,
        reports=[report("甲局", errors=1), report("乙局"), report("", error="file_broken", message="坏了")],
        findings=[finding("甲局", 2022), finding("乙局", 2022, "unit", "notice")],
    )
    assert found["各年度"].rows[0][:6] == ("2022", 3, 3, 1, 1, 0.5)
    assert [row[:7] for row in found["规则"].rows] == [
        ("total", 1, 1, 1, 0, 0, 1),
        ("unit", 1, 1, 0, 0, 1, 1),
    ]
    assert found["部门"].rows[0][:6] == ("甲局", 1, 1, 0, "2022", "total")
    assert found["未能读取"].rows == [("/2022", "坏了", "file_broken")]


def test_a_slip_of_consecutive_years_is_named_and_one_with_a_gap_is_not(tmp_path: Path):
    slips = [("甲局", 2021), ("甲局", 2022), ("甲局", 2023), ("乙局", 2020), ("乙局", 2022)]
    found = sections(
        tmp_path,
        reports=[report(name, year) for name, year in slips],
        findings=[finding(name, year) for name, year in slips],
    )
    assert found["连续年度"].rows == [("甲局", "total", 3, "2021—2022、2022—2023")]


@pytest.mark.parametrize(
    ("costs", "outlier"),
    [
        ([90, 95, 100, 105, 110, 98, 102, 100, 400], True),
        ([90, 95, 100, 105, 110, 98, 102, 100, 140], False),
        ([100] * 8 + [400], True),
        ([90, 95, 100, 105, 110, 98, 400], False),
    ],
)
def test_only_who_is_far_from_eight_peers_is_an_outlier(tmp_path: Path, costs: list[float], outlier: bool):
    found = sections(tmp_path, reports=[report(name) for name in BODIES], facts=spent(costs))
    rows = found["离群"].rows
    assert [row[:3] for row in rows] == ([("机关运行经费占本年支出", 2022, BODIES[8])] if outlier else [])
    assert [row[3:7] for row in rows] == ([pytest.approx((0.4, 0.1, 4, 9))] if outlier else [])


def test_figures_in_conflict_and_of_other_bodies_are_not_compared(tmp_path: Path):
    costs = [90, 95, 100, 105, 110, 98, 102, 100, 400]
    found = sections(
        tmp_path,
        reports=[report(name) for name in BODIES],
        facts=spent(costs, status="contradicted") + spent(costs, entity="所属单位"),
    )
    assert found["离群"].rows == []


def test_growth_is_compared_between_the_reports_of_two_years(tmp_path: Path):
    after = [1000, 1100, 1050, 980, 1020, 1010, 990, 1030, 5000]
    found = sections(
        tmp_path,
        reports=[report(name, year) for name in BODIES for year in (2021, 2022)],
        facts=[
            fact(name, "expenditure", value, year)
            for name, grown in zip(BODIES, after, strict=True)
            for year, value in ((2021, 1000), (2022, grown))
        ],
    )
    assert [row[:3] for row in found["离群"].rows] == [("本年支出与上年之比", 2022, BODIES[8])]
    assert found["离群"].rows[0][3] == pytest.approx(5)


def test_the_ratios_speak_of_cells_that_the_catalogue_knows():
    words = vocabulary(2022)
    for ratio in RATIOS:
        for text in (*ratio.above, *ratio.below):
            cell = Cell.parse(text)
            assert cell.concept in words.concepts
            for dimension, code in cell.dimensions:
                assert code in words.dimensions[dimension]


def test_the_command_tells_the_first_rows_and_writes_a_workbook(tmp_path: Path):
    folder = made_tables(tmp_path, reports=[report("甲局", errors=1)], findings=[finding("甲局", 2022)]).path
    told = CliRunner().invoke(main, ["summary", str(folder)]).output
    assert "部门 甲局　报告 1　错误 1" in told
    assert "例 =1+1" in told
    done = CliRunner().invoke(main, ["summary", str(folder), "--format", "xlsx"])
    assert done.exit_code == 0, done.output
    book = openpyxl.load_workbook(folder / "汇总.xlsx")
    assert book.sheetnames == ["各年度", "规则", "部门", "连续年度", "离群", "未能读取"]
    cells = [cell for row in book["规则"].iter_rows() for cell in row if cell.value == "=1+1"]
    assert [cell.data_type for cell in cells] == ["s"]


def test_the_page_escapes_what_reports_say(tmp_path: Path):
    hostile = report("<script>", errors=1)
    folder = made_tables(tmp_path, reports=[hostile], findings=[finding("<script>", 2022)]).path
    done = CliRunner().invoke(main, ["summary", str(folder), "--format", "html"])
    assert done.exit_code == 0, done.output
    page = (folder / "汇总.html").read_text(encoding="utf-8")
    assert "&lt;script&gt;" in page
    assert "<script" not in page
    assert '<td class="number">80.0%</td>' in page


def test_a_folder_without_tables_is_said_to_hold_none(tmp_path: Path):
    done = CliRunner().invoke(main, ["summary", str(tmp_path)])
    assert done.exit_code == 2
    assert "没有核对结果" in done.output
