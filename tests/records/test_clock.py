"""The machine's clock is set forward and back between events: the trail keeps its order, and the proof says so."""

from __future__ import annotations

from collections import Counter
from datetime import UTC, datetime

import pytest

from mingzhang.records.models import TrailEntry
from mingzhang.records.trail import record
from mingzhang.records.verifying import verify_books
from records.bookkeeping import accept, book

pytestmark = pytest.mark.django_db(databases=["default", "jobs"])


def test_the_order_of_the_trail_does_not_hang_on_the_clock(bureau, monkeypatch):
    """2021, then 2035, then 1999: numbered as they happened, nothing found wrong, one entry told as earlier."""
    for year in (2021, 2035, 1999):
        moment = datetime(year, 6, 1, tzinfo=UTC)
        monkeypatch.setattr("django.utils.timezone.now", lambda moment=moment: moment)
        record("clock", "记录", str(year), entity=bureau.office)
        if year > 1999:  # a voucher of a day that has not come is refused
            accept(book(bureau.office, "V03", 100_00, economic="30201"))
    monkeypatch.undo()
    proved = Counter()
    assert list(verify_books(proved)) == []
    own = TrailEntry.objects.filter(chain__book="clock").order_by("number")
    assert [entry.subject for entry in own] == ["2021", "2035", "1999"]
    assert next(count for name, count in proved.items() if "时钟被调慢过" in name) == 1
