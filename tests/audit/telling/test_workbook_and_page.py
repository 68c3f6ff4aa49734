"""The workbook and the review page tell every finding and mark every figure, and take no text for code."""

from dataclasses import replace
from datetime import date
from pathlib import Path

from openpyxl import load_workbook

from mingzhang.audit.remark import Remark, Repair
from mingzhang.audit.result import Audit
from mingzhang.audit.telling.html import review_page
from mingzhang.audit.telling.words import repairs_in_chinese
from mingzhang.audit.telling.xlsx import write_xlsx
from mingzhang.documents import Document, Metadata, Page, Place
from mingzhang.facts import Verdict

TEXT = "支出<b>占7.2%，合计100万元"
PLACE = Place(1, 6, 10, quote="7.2%")
REMARK = Remark(
    "share", Verdict.CONTRADICTION, "error", "=HYPERLINK(1)", (PLACE,), ("f1",), "7.2%", "7.10%", basis="<i>"
)

AUDIT = Audit(
    "决算.txt",
    remarks=(REMARK,),
    document=Document("决算", Metadata("", 0, "", date(2022, 8, 1)), (), (Page(1, TEXT),)),
)


def test_text_of_a_report_never_becomes_a_formula(tmp_path: Path):
    write_xlsx(tmp_path / "审核.xlsx", AUDIT)
    sheet = load_workbook(tmp_path / "审核.xlsx")["审核意见"]
    row = {head.value: cell for head, cell in zip(sheet[1], sheet[2], strict=True)}
    assert (row["问题"].value, row["问题"].data_type) == ("=HYPERLINK(1)", "s")
    assert (row["级别"].value, row["位置"].value, row["应为"].value) == ("错误", "第1页“7.2%”", "7.10%")


def test_every_finding_links_to_its_mark_and_the_text_is_escaped():
    page = review_page(AUDIT)
    assert 'href="#p1-6"' in page
    assert '<mark id="p1-6" class="place">7.2%</mark>' in page
    assert "<b>" not in page
    assert "<i>" not in page


def test_a_report_without_findings_says_so():
    assert "没有发现互相矛盾的数字" in review_page(replace(AUDIT, remarks=()))


def test_a_repair_of_an_unknown_figure_is_not_told():
    remark = Remark("x", Verdict.TAIL, "notice", "", (), repairs=((Repair("f9", "1"),),))
    assert repairs_in_chinese(remark, {}) == ""
