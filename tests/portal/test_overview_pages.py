"""A department at a glance."""

from __future__ import annotations

import pytest
from accounts_made import AT, keep_books

from mingzhang.records.models import Statement
from mingzhang.records.trail import enter

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


@pytest.mark.parametrize(
    ("edition", "fund"),
    [("national_fy2021", "general_public_budget"), ("national_fy2022plus", "fiscal")],
)
def test_three_public_is_what_the_edition_prints(district, logged_in, edition, fund):
    """A department without vouchers states “三公” as its edition's form asks for it, and so it is shown."""
    department = district.own.department
    type(department).objects.filter(pk=department.pk).update(edition=edition)
    cell = f"three_public_spending[fund={fund}]"
    enter(
        Statement(entity=department, year=2021, coordinate=cell + measure, value=yuan, printed="")
        for measure, yuan in (("", "123400"), ("#adjusted_budget", "156700"))
    )
    text = logged_in("finance_head").get(f"{AT}/overview/").content.decode()
    assert text.count(">12.34</a>") == 1
    assert text.count(">15.67</a>") == 1
