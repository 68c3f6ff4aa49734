"""Ten years of records in the lists: pages follow by day and key, each record once; a first page is read off the index, not sorted out of everything."""

from datetime import date, timedelta

import pytest
from django.db import connection
from django.utils import timezone

from mingzhang.portal.paging import PAGE, page_of
from mingzhang.records.casework.access import CaseAccess
from mingzhang.records.casework.lines import kind_of
from mingzhang.records.casework.looking.listing import Wanted, narrowed
from mingzhang.records.casework.models import Involved, Record
from mingzhang.records.casework.searching import find

pytestmark = pytest.mark.django_db
REQUEST = "window_service.request"
FIRST, COUNT = date(2014, 1, 1), 1200


@pytest.fixture
def years(district):
    """A request every three days for ten years, in the two streets by turns; the lawyer is named in every hundredth."""
    areas = [district.community, district.far]
    rows = Record.objects.bulk_create(
        Record(
            line="window_service", kind="request", occurred_on=FIRST + timedelta(days=3 * number), rule_date=FIRST,
            recorded_at=timezone.now(), state="received", area=areas[number % 2], words=f"申请 编号{number:05}",
        )
        for number in range(COUNT)
    )  # fmt: skip
    Involved.objects.bulk_create(
        Involved(record=row, user=district.lawyer, how="handler") for row in rows[::100]
    )
    return rows


def walked(found):
    """The keys of all pages, and how many pages they were."""
    keys, after, pages = [], "", 0
    while True:
        rows, after = page_of(found, "occurred_on", after)
        keys += [row.pk for row in rows]
        pages += 1
        if not after:
            return keys, pages


def test_every_record_stands_on_one_page(district, years):
    newest_first = [row.pk for row in reversed(years)]
    for person, expected in (
        (district.head, newest_first),
        (district.east_jo, [pk for pk in newest_first if years[0].pk % 2 == pk % 2]),
        (district.lawyer, [row.pk for row in reversed(years[::100])]),
        (district.finance, []),
    ):
        access = CaseAccess(person)
        one = narrowed(access.records("window_service"), kind_of(REQUEST), Wanted())
        every = access.records().order_by("-occurred_on", "-pk")
        for found in (one, every):
            keys, pages = walked(found)
            assert keys == expected
            assert pages == max(1, -(-len(expected) // PAGE))
        assert every.count() == len(expected)


def test_days_and_words_narrow_ten_years(district, years):
    scope = CaseAccess(district.east_jo).records("window_service")
    wanted = Wanted(begins=date(2018, 1, 1), ends=date(2018, 12, 31))
    keys, _ = walked(narrowed(scope, kind_of(REQUEST), wanted))
    own = [row.pk for row in years[::2] if row.occurred_on.year == 2018]
    assert sorted(keys) == own
    assert [row.pk for row in find(district.east_jo, "编号00700")] == [years[700].pk]
    assert list(find(district.east_jo, "编号00701")) == []


def test_a_first_page_of_all_lines_is_walked_not_sorted(district, years):
    if connection.vendor != "sqlite":
        pytest.skip("the plan is told in SQLite's words")
    for person in (district.head, district.east_jo):
        records = CaseAccess(person).records()
        for found in (records.order_by("-occurred_on", "-pk"), records.order_by("-pk")):
            assert "TEMP B-TREE" not in found[:PAGE].explain()
