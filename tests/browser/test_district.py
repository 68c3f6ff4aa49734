"""The finance bureau over a small district in Chromium: who is how far, who is late, totals, an audit of everybody, the public's comparison."""

from __future__ import annotations

import io
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from crawl import faults_of
from openpyxl import load_workbook
from playwright.sync_api import expect
from served import Portal, serving, stopped, surroundings

pytestmark = [pytest.mark.browser, pytest.mark.slow]

LATE = "云岭区委宣传部"
"""The department of the plan that is overdue, and whose total was mistyped."""


@pytest.fixture(scope="module")
def district(chromium, sample_folder, tmp_path_factory):
    """A portal over the sample bureau and five more departments, its worker running beside it."""
    folder = tmp_path_factory.mktemp("district") / "own"
    shutil.copytree(sample_folder, folder)
    prepare = Path(__file__).with_name("prepare_district.py")
    done = subprocess.run(
        [sys.executable, str(prepare)], env=surroundings(folder), capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    server, address = serving(folder, with_jobs=True)
    yield Portal(address, folder, chromium)
    stopped(server)


@pytest.fixture(scope="module")
def bureau(district):
    """The finance bureau's page."""
    page = district.page("bureau")
    yield page
    page.context.close()


def taken(page, name):
    """The rows of the workbook that a link gives."""
    with page.expect_download() as download:
        page.get_by_role("link", name=name).click()
    book = load_workbook(io.BytesIO(Path(download.value.path()).read_bytes()))
    return {sheet.title: list(sheet.iter_rows(values_only=True)) for sheet in book}


def test_the_bureau_sees_who_is_how_far_and_whom_to_call(district, bureau):
    """Chips filter, the urgent come first, each row says what is missing and who answers; the table can be taken away."""
    bureau.goto(f"{district.address}/district/")
    rows = bureau.locator("table.district tbody tr")
    expect(rows).to_have_count(6)
    bureau.get_by_label("排列").select_option("urgency")
    expect(rows.first).to_contain_text(LATE)
    expect(rows.first).to_contain_text("已超7天")
    expect(rows.first).to_contain_text("保密审查、提交公开")
    expect(rows.first).to_contain_text("内线3022")
    bureau.get_by_label("按进度筛选").get_by_role("link", name="已公开").click()
    expect(rows).to_have_count(3)
    (sheet,) = taken(bureau, "导出 XLSX").values()
    assert len(sheet) == 4
    assert sheet[0][:3] == ("部门代码", "部门", "进度")


def test_the_bureau_ranks_timeliness_and_adds_up(district, bureau):
    """Twenty days from the approval; the totals of the tables are those of the departments."""
    bureau.goto(f"{district.address}/district/")
    bureau.get_by_role("link", name="公开时效").click()
    expect(bureau.locator("table.district tbody tr").nth(3)).to_contain_text("未公开，已超7天")
    bureau.get_by_role("link", name="汇总表").click()
    expect(bureau.get_by_role("heading", name="支出按功能分类")).to_be_visible()
    sheets = taken(bureau, "导出 XLSX")
    assert list(sheets) == ["各部门", "支出按功能分类", "收支按资金来源"]
    *departments, whole = sheets["各部门"][1:]
    for column in (2, 4, 5):
        assert whole[column] == pytest.approx(sum(row[column] for row in departments), abs=0.001)


def test_an_audit_of_everybody_finds_what_was_mistyped(district, bureau):
    """One button audits reports and drafts with progress; the mistyped total is found, and its department leads to the proof."""
    bureau.goto(f"{district.address}/district/audits/")
    bureau.get_by_role("button", name="核对全部部门").click()
    expect(bureau.get_by_role("heading", name="正在核对")).to_be_visible()
    expect(bureau.locator("main table.rows tbody tr")).to_have_count(5, timeout=120_000)
    bureau.goto(f"{district.address}/district/audits/")
    row = bureau.locator("table.district tbody tr", has_text=LATE)
    expect(row.locator("td[data-label=错误] .tag.error")).to_have_text("1")
    expect(bureau.locator("td[data-label=错误] .tag.error")).to_have_count(1)
    row.get_by_role("link", name="看核对结果").click()
    expect(bureau.locator(".finding.grade-error").first).to_contain_text("1349.84")


def test_the_bureau_opens_one_department(district, bureau):
    """From the list to its comparison, from there to its tables, whose figures open to the workbook's cells."""
    bureau.goto(f"{district.address}/district/")
    bureau.get_by_role("link", name="云岭区委组织部").click()
    expect(bureau.get_by_role("heading", name="汇总比较")).to_be_visible()
    bureau.locator(".actions").get_by_role("link", name="决算表").click()
    bureau.locator("main table.rows a").first.click()
    bureau.locator("main a.figure").first.click()
    expect(bureau.locator("#side .derivation")).to_contain_text("决算公开表.xlsx")


def test_the_public_compares_the_departments(district):
    """Those that published stand beside each other."""
    page = district.page()
    page.goto(f"{district.address}/departments/")
    expect(page.locator("table.compare thead")).to_contain_text("云岭区委办公室")
    expect(
        page.locator("table.compare tbody tr", has_text=re.compile("“三公”经费支出")).first
    ).to_contain_text(".")
    page.context.close()


def test_the_pages_of_the_district_are_readable_by_everybody(district, bureau):
    """On the office screen and on a phone: nothing serious for axe-core, nothing too wide, nothing that shifts."""
    faults = faults_of(bureau, district, f"{district.address}/district/", "/district/")
    assert not faults, "\n".join(faults)
    assert not district.complaints
