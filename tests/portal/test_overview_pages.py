"""A department at a glance."""

from __future__ import annotations

import pytest
from accounts_made import AT, keep_books

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
