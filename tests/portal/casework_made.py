"""The invented line with a record of each place, and clients of its people; nothing of it knows a real line."""

from __future__ import annotations

from contextlib import contextmanager
from datetime import date, timedelta
from types import SimpleNamespace

from django.test import Client

LINE = "window_service"
ON = date(2023, 3, 1)


@contextmanager
def invented_line():
    """Let the portal know the invented line alone."""
    from mingzhang.lines import read_lines
    from mingzhang.records.casework.lines import using
    from records.casework.helping import LIBRARY

    lines = {name: line for name, line in read_lines(LIBRARY).items() if name == LINE}
    with using(lines):
        yield lines[LINE]


def made() -> SimpleNamespace:
    """The district's people, and `cases`: a request in the east, in the west, of a unit, of a resident, and a lecture."""
    from mingzhang.records.casework.opening import open_record
    from records.casework.helping import key, make_district, request

    district = make_district()

    def opened(person, kind="request", on=ON, **stated):
        fields = request(**stated) if kind == "request" else stated
        return open_record(
            person, f"{LINE}.{kind}", fields, occurred_on=on, command_key=key(), reason="另一件"
        )

    district.cases = {
        "east": opened(district.clerk),
        "west": opened(district.clerk, item="换证", area="990111002001"),
        "unit": opened(district.unit_contact, item="查档", area="990111", organisation=district.unit.key),
        "resident": opened(district.resident, area="990111"),
        "lecture": opened(
            district.clerk, "lecture", date(2023, 3, 8), theme="防骗", place="甲社区", attendance="30", area="990111001001"
        ),
    }  # fmt: skip
    district.opened = opened
    return district


def client_of(person) -> Client:
    """A browser logged in as this person."""
    client = Client()
    client.force_login(person, backend="mingzhang.portal.login.ActiveUsers")
    return client


def address(record, rest: str = "") -> str:
    """The page of a record, or one below it."""
    return f"/casework/{record.line}/records/{record.kind}/{record.key}/{rest}"


def yesterday() -> str:
    """The day before today, as forms send it."""
    return (date.today() - timedelta(days=1)).isoformat()
