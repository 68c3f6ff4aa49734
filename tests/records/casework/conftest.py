"""An invented line at an invented district: two streets, a centre, people with posts."""

from datetime import date

import pytest

from records.casework.helping import LIBRARY, TODAY, key, make_district, request

collect_ignore = ["library"]
"""A line's folder is data, not tests."""


@pytest.fixture(autouse=True)
def _data_folder(tmp_path, monkeypatch):
    """Keys and files of a test stand in its own folder."""
    monkeypatch.setenv("MINGZHANG_HOME", str(tmp_path))


@pytest.fixture
def window():
    """The invented line alone."""
    from mingzhang.lines import read_lines
    from mingzhang.records.casework.lines import using

    lines = read_lines(LIBRARY)
    with using(lines):
        yield lines["window_service"]


@pytest.fixture
def district(db, window):
    """Areas, organisations and people with their posts."""
    return make_district()


@pytest.fixture
def opened(district):
    """Opens requests: by whom, on which day, with what."""

    def do(user=None, on=date(2023, 3, 1), today=None, **stated):
        from mingzhang.records.casework.opening import open_record

        fields = request(**stated)
        return open_record(
            user or district.clerk, "window_service.request", fields, occurred_on=on, command_key=key(),
            today=today or TODAY, reason="另一件",
        )  # fmt: skip

    return do
