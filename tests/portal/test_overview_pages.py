"""A department at a glance, and the district's departments on one page."""

from __future__ import annotations

from datetime import date

import pytest
from accounts_made import AT, keep_books
from django.db import connection
from django.test.utils import CaptureQueriesContext

from mingzhang.records.models import Disclosure, Entity, Grant
from records.bookkeeping import accept, book

pytestmark = pytest.mark.django_db


@pytest.fixture
def books(district):
    keep_books(district)
    return district


def test_units_and_the_whole_stand_in_one_table(books, logged_in):
    """Income, expenditure, last year, “三公” of each."""
    text = logged_in("finance_head").get(f"{AT}/overview/").content.decode()
    assert "内部抵销" in text
    assert text.index("17.30") < text.index("17.90")
    assert "公开之前还缺" in text


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
