"""The report in the portal: figures that open, words edited where they stand, the draft audited beside it."""

from __future__ import annotations

import zipfile
from io import BytesIO
from urllib.parse import quote

import pytest
from accounts_made import AT, keep_books, make_ready

from mingzhang.records.live import live
from mingzhang.records.models import Reason, Statement, Text, TrailEntry, WorkPart

pytestmark = pytest.mark.django_db

REPORT, WORDS, AUDIT = f"{AT}/report/", f"{AT}/report/words/", f"{AT}/report/audit/"
HTMX = {"HTTP_HX_REQUEST": "true"}


@pytest.fixture
def books(district):
    keep_books(district)
    return district


def reason_key(district):
    """A reason that the report asks for."""
    missing = (
        live(district.own.department, 2021)
        .composition(district.own.department, "national_fy2022plus")
        .missing
    )
    return next(gap.key for gap in missing if "#change" in gap.key)


def test_the_report_stands_with_its_figures_open(books, logged_in):
    """The heading, the tables, and links from figures to what is behind them."""
    text = logged_in("section").get(REPORT).content.decode()
    assert "示例局2021年度部门决算" in text
    assert f'data-coordinate="expenditure@own/2021#actual" href="{AT}/tables/cell/?at=' in text
    assert 'class="marks">[[' in text


def test_what_is_missing_is_marked_in_place_and_listed(books, logged_in):
    """Each entry of the list jumps to its place."""
    text = logged_in("finance_head").get(REPORT).content.decode()
    key = reason_key(books)
    assert f"key={quote(key)}" in text.replace("%23", "%23")
    assert '<mark class="missing">' in text
    assert '<li><a href="#words-1">' in text
    assert 'id="words-1"' in text


def test_who_may_not_write_is_not_offered_to(books, logged_in):
    """A section reads the report; the form is closed to it."""
    client = logged_in("section")
    assert "report/words" not in client.get(REPORT).content.decode()
    assert client.get(WORDS, {"key": reason_key(books)}).status_code == 403


def test_a_reason_is_written_where_it_is_missing(books, logged_in):
    """The form shows the figures; what is saved stands in the report and in the trail."""
    client, key = logged_in("finance_head"), reason_key(books)
    form = client.get(WORDS, {"key": key}, **HTMX).content.decode()
    assert "本年决算" in form
    assert "增减额" in form
    answer = client.post(WORDS, {"key": key, "version": "0", "body": "人员增加"}, **HTMX)
    assert answer.status_code == 204
    assert answer["HX-Redirect"].startswith(REPORT)
    assert Reason.objects.get(cell=key).author == "部门财务负责人甲"
    assert "人员增加" in client.get(REPORT).content.decode()
    entry = TrailEntry.objects.get(chain__name="own/words")
    assert (entry.action, entry.actor) == ("填写变动原因", "部门财务负责人甲")


def test_the_form_on_a_page_of_its_own_leads_back_to_the_report(books, logged_in):
    """Beside the report htmx sends the form; alone it is sent as it is, and the report follows."""
    client, key = logged_in("finance_head"), reason_key(books)
    assert "hx-post" in client.get(WORDS, {"key": key}, **HTMX).content.decode()
    assert "hx-post" not in client.get(WORDS, {"key": key}).content.decode()
    assert client.post(WORDS, {"key": key, "version": "0", "body": "人员增加"}).url.startswith(REPORT)


def test_the_second_writer_is_told_and_loses_nothing(books, logged_in):
    """Both opened the blank form; the later text comes back with what the other wrote."""
    key = reason_key(books)
    logged_in("finance_head").post(WORDS, {"key": key, "version": "0", "body": "甲说"})
    answer = logged_in("accountant").post(WORDS, {"key": key, "version": "0", "body": "乙说"})
    text = answer.content.decode()
    assert answer.status_code == 422
    assert "已被修改" in text
    assert "甲说" in text
    assert ">乙说</textarea>" in text
    assert Reason.objects.get(cell=key).text == "甲说"
    again = logged_in("accountant").post(WORDS, {"key": key, "version": "1", "body": "乙说"})
    assert again.status_code == 302
    assert Reason.objects.get(cell=key).text == "乙说"


def test_a_text_and_a_missing_figure_are_written_too(books, logged_in):
    """Both kinds of words beside reasons."""
    client = logged_in("accountant")
    client.post(WORDS, {"key": "functions", "version": "0", "body": "负责示例。"})
    assert Text.objects.get(name="functions").body == "负责示例。"
    missing = "three_public_spending[fund=general_public_budget]@own/2021#initial_budget"
    wrong = client.post(WORDS, {"key": missing, "version": "0", "body": "许多"})
    assert wrong.status_code == 422
    client.post(WORDS, {"key": missing, "version": "0", "body": "1.23万元"})
    assert Statement.objects.get(coordinate=missing).value == "12300"


@pytest.mark.parametrize(
    "key", ["", "nonsense", "expenditure@other/2021#initial_budget", "expenditure@own/2019", "result:", "a b"]
)
def test_a_key_that_the_report_does_not_know_does_not_exist(books, logged_in, key):
    """Whatever the address says."""
    assert logged_in("accountant").get(WORDS, {"key": key}).status_code == 404


def test_work_written_in_parts_is_edited_there(books, logged_in):
    """The assembled text would be overwritten by the next approval."""
    WorkPart.objects.create(entity=books.own.department, year=2021, order=1, heading="甲", section="乙")
    answer = logged_in("accountant").post(WORDS, {"key": "key_work", "version": "0", "body": "改写"})
    assert answer.status_code == 422
    assert "重点工作" in answer.content.decode()
    assert not Text.objects.exists()


def test_the_draft_is_audited_beside_it(books, logged_in):
    """A reason that contradicts a table is found, with the figures that it is about."""
    client, key = logged_in("accountant"), "total_resources#change(of=last_year)"
    client.post(WORDS, {"key": key, "version": "0", "body": "2021年度支出合计99.99万元"})
    text = client.get(AUDIT, **HTMX).content.decode()
    assert '<li data-severity="error"' in text
    assert "99.99万元" in text
    assert 'data-coordinate="expenditure@own/2021#actual"' in text


@pytest.mark.parametrize("kind", ["docx", "pdf", "html", "xlsx", "json", "package"])
def test_a_draft_is_downloaded_in_any_format_and_says_that_it_is_one(books, logged_in, kind):
    """Every format, marked."""
    answer = logged_in("accountant").get(f"{REPORT}download/{kind}/")
    content = answer.content
    assert answer.status_code == 200
    assert quote("草稿") in answer["Content-Disposition"]
    if kind == "package":
        assert any(name.endswith(".csv") for name in zipfile.ZipFile(BytesIO(content)).namelist())
    elif kind in ("html", "json"):
        assert "草稿" in content.decode()


def test_an_unknown_format_does_not_exist(books, logged_in):
    """No way to name a file."""
    assert logged_in("accountant").get(f"{REPORT}download/exe/").status_code == 404


def test_the_report_names_no_secret_project(district, logged_in):
    """Ready to be published, read by whoever may: neither code nor name."""
    make_ready(district)
    text = logged_in("finance_head").get(REPORT).content.decode()
    assert "服务经费" in text
    assert "MIMA-1" not in text
    assert "某密码设备" not in text
    assert '还缺什么 <span class="count">0</span>' in text
