"""Opening a record and taking a step ask the database no more than they must: what stands below a record is read once, and written once."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from mingzhang.records.casework.calendars import calendar
from mingzhang.records.casework.correcting import correct
from mingzhang.records.casework.opening import open_record
from mingzhang.records.casework.transitions import approve, take
from records.casework.helping import TODAY, key, request

pytestmark = pytest.mark.django_db
MARCH = [date(2023, 3, day) for day in range(1, 6)]


def statements(work, *args, **stated):
    """What some work gives, and how many statements it sends, savepoints aside."""
    with CaptureQueriesContext(connection) as told:
        found = work(*args, **stated)
    return found, sum("SAVEPOINT" not in each["sql"] for each in told.captured_queries)


def test_a_course_needs_few_statements(district):
    """Each step reads record, event key, posts, scope, and five tables below it once; then writes what changed."""
    calendar()
    record, opening = statements(
        open_record, district.clerk, "window_service.request", request(), occurred_on=MARCH[0], command_key=key(), today=TODAY
    )  # fmt: skip
    counts = {"open": opening}
    steps = (("hold", {"reason": "等"}), ("go_on", {}), ("grant", {"fee": "3"}))
    for on, (action, payload) in zip(MARCH[1:], steps, strict=False):
        record, counts[action] = statements(
            take, district.clerk, record, action, payload, occurred_on=on, command_key=key(), today=TODAY
        )
    record, counts["approve"] = statements(approve, district.second, record, command_key=key(), today=TODAY)
    _, counts["correct"] = statements(
        correct, district.clerk, record, {"item": "换证"}, "写错", command_key=key(), today=TODAY
    )
    most = {"open": 23, "hold": 13, "go_on": 14, "grant": 11, "approve": 22, "correct": 12}
    assert {name: (found, most[name]) for name, found in counts.items() if found > most[name]} == {}
