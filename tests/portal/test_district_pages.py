"""The finance bureau's pages: who is how far, what is missing, exports, an audit of everybody; never beyond what one oversees."""

from __future__ import annotations

import io
from datetime import date, timedelta

import pytest
from accounts_made import close_the_year, keep_books
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from openpyxl import load_workbook

from mingzhang.records.jobs.running import run
from mingzhang.records.jobs.starting import start
from mingzhang.records.models import Disclosure, Entity, Grant, Job, Publication, Statement
from mingzhang.records.proposals.kind import RefusedError
from mingzhang.records.trail import enter
from records.bookkeeping import accept, book

pytestmark = pytest.mark.django_db


@pytest.fixture
def books(district):
    keep_books(district)
    return district


def test_the_district_page_shows_those_that_one_oversees(books, logged_in):
    """The bureau of one department does not see the other."""
    text = logged_in("bureau").get("/district/?year=2021").content.decode()
    assert "示例局" in text
    assert "他局" not in text
    assert "17.90" in text


def test_the_totals_follow_the_books(books, logged_in):
    """Kept while nothing moves, summed anew when something does."""
    client = logged_in("bureau")
    assert "17.90" in client.get("/district/?year=2021").content.decode()
    accept(book(books.own.office, "V03", 1_000_00, on=date(2021, 8, 1), economic="30201"))
    assert "18.00" in client.get("/district/?year=2021").content.decode()


def test_a_late_department_is_marked(books, logged_in):
    """Approved long ago, not published."""
    Disclosure.objects.create(entity=books.own.department, year=2021, approved_on=date(2022, 8, 1))
    text = logged_in("bureau").get("/district/?year=2021").content.decode()
    assert "已超" in text


def test_sixty_departments_ask_no_more_queries_than_two(books, logged_in):
    """One query a table; what is summed is kept."""
    government = Entity.objects.create(code="district", name="示例区", kind="government")
    for place in range(60):
        department = Entity.objects.create(
            code=f"d{place}", name=f"第{place}局", kind="department", parent=government
        )
        Entity.objects.create(code=f"d{place}-office", name="本级", kind="administrative", parent=department)
    Grant.objects.create(user=books.people["bureau"], role="bureau", entity=government)
    client = logged_in("bureau")
    client.get("/district/?year=2021")
    with CaptureQueriesContext(connection) as asked:
        text = client.get("/district/?year=2021").content.decode()
    assert "第59局" in text
    assert len(asked) < 30


def row_of(client, name="示例局", query="year=2021"):
    """The row of a department."""
    page = client.get(f"/district/?{query}").content.decode()
    return page.partition(f">{name}</a>")[2].partition("</tr>")[0]


def approved(books, days, **stated):
    """An approval so many days ago."""
    on = timezone.localdate() - timedelta(days=days)
    return Disclosure.objects.create(entity=books.own.department, year=2021, approved_on=on, **stated)


def test_a_department_goes_through_its_stages(books, logged_in):
    """From open books to a publication, each with what is missing."""
    client = logged_in("bureau")
    assert "未年结" in row_of(client)
    assert "2个单位年度结账" in row_of(client)
    close_the_year(books)
    assert "待批复" in row_of(client)
    row = approved(books, 10, approved_revenue_fen=1, approved_expenditure_fen=1)
    assert "还有10天" in row_of(client)
    assert "说明批复数与决算数的差异" in row_of(client)
    Disclosure.objects.filter(pk=row.pk).update(approved_on=timezone.localdate() - timedelta(days=14))
    assert "快到期" in row_of(client)
    Disclosure.objects.filter(pk=row.pk).update(approved_on=timezone.localdate() - timedelta(days=30))
    assert "已超10天" in row_of(client)
    Publication.objects.create(
        entity=books.own.department, year=2021, edition="x", version=1, published_on=timezone.localdate()
    )
    assert "迟10天" in row_of(client)
    assert "已公开" in row_of(client)


def test_figures_of_reports_need_no_close(books, logged_in):
    """A department that only handed in its tables has no books to close."""
    office = Entity.objects.create(code="alone", name="独立局", kind="administrative")
    Grant.objects.create(user=books.people["bureau"], role="bureau", entity=office)
    client = logged_in("bureau")
    assert "未报送" in row_of(client, "独立局")
    enter(
        [
            Statement(entity=office, year=2021, coordinate=concept, value="100000")
            for concept in ("revenue", "expenditure")
        ]
    )
    assert "待批复" in row_of(client, "独立局")
    assert "10.00" in row_of(client, "独立局")


def test_the_list_is_filtered_by_stage_and_name(books, logged_in):
    """What does not answer is not shown; nonsense asks for nothing."""
    client = logged_in("bureau")
    assert row_of(client, query="year=2021&stage=open")
    assert row_of(client, query="year=2021&q=示例&order=urgency")
    assert not row_of(client, query="year=2021&stage=published")
    assert not row_of(client, query="year=2021&q=没有的局")
    assert row_of(client, query="year=2021&stage=%00&order=x&format=exe")


@pytest.mark.parametrize("page", ["", "timeliness/", "totals/"])
def test_every_table_can_be_taken_away(books, logged_in, page):
    """As XLSX, with the departments that one oversees and no other."""
    approved(books, 30)
    answer = logged_in("bureau").get(f"/district/{page}?year=2021&format=xlsx")
    book = load_workbook(io.BytesIO(b"".join(answer.streaming_content)))
    cells = [str(cell.value) for sheet in book for row in sheet for cell in row]
    assert "示例局" in cells
    assert "他局" not in cells


def test_the_totals_are_those_of_the_departments(books, logged_in):
    """By function and by fund; payments between departments stay in."""
    page = logged_in("bureau").get("/district/totals/?year=2021").content.decode()
    assert "公共安全支出" in page
    assert page.count("17.90") >= 3


@pytest.mark.django_db(transaction=True, databases="__all__")
def test_everybody_is_audited_by_one_job(books, logged_in, tmp_path, monkeypatch):
    """The draft of who has not published; the job is seen by who oversees, and started once."""
    monkeypatch.setenv("MINGZHANG_HOME", str(tmp_path))
    client = logged_in("bureau")
    for _ in range(2):
        answer = client.post("/district/audits/?year=2021", {"key": "c" * 32})
    run("c" * 32)
    job = Job.objects.get(kind="audit_district")
    assert job.state == Job.State.DONE, job.problems
    assert [told["department"] for told in job.result["audits"]] == ["示例局"]
    assert "（草稿）" in client.get(answer["Location"]).content.decode()
    assert "看核对结果" in client.get("/district/audits/?year=2021").content.decode()
    assert logged_in("accountant").get("/district/audits/").status_code == 403


def test_who_oversees_one_department_audits_no_other(books, logged_in):
    """Not even by asking for it in a job of one's own."""
    for person, entity in (("accountant", books.own.department), ("bureau", books.other.department)):
        with pytest.raises(RefusedError):
            start(
                "audit_district",
                books.people[person],
                entity,
                {"departments": ["own"], "year": 2021},
                "e" * 32,
                "x",
            )


def test_the_desk_names_who_is_late_and_leads_there(books, logged_in):
    """By name, not by code, with a way to what is to be done."""
    approved(books, 30)
    desk = logged_in("bureau").get("/desk/").content.decode()
    assert '<a href="/e/own/2021/publishing/">示例局</a>' in desk
    assert "已超10天" in desk
