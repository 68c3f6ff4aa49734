"""The nightly work of casework as a job: for administrators of everything, its result in numbers, damaged files named, nothing done twice."""

from datetime import date
from io import BytesIO

import pytest

from mingzhang.lines import read_lines
from mingzhang.records.casework.attachments import attach, path_of
from mingzhang.records.casework.lines import using
from mingzhang.records.casework.models import Record
from mingzhang.records.casework.opening import open_record
from mingzhang.records.casework.transitions import take
from mingzhang.records.jobs.starting import start
from mingzhang.records.jobs.worker import work
from mingzhang.records.models import Entity, Grant, Job, User
from mingzhang.records.proposals.kind import RefusedError
from records.casework.helping import LIBRARY, TODAY, key, make_district, request


@pytest.fixture
def keeper(transactional_db, home):
    """An administrator of everything."""
    department = Entity.objects.create(code="bureau", name="示例局", kind="department")
    person = User.objects.create(username="keeper", name="管理员")
    Grant.objects.create(user=person, role="administrator", entity=department)
    return person


@pytest.fixture
def held(keeper):
    """A record held since long ago, with a file."""
    with using(read_lines(LIBRARY)):
        district, on = make_district(), date(2023, 3, 1)
        record = open_record(
            district.clerk, "window_service.request", request(), occurred_on=on, command_key=key(), today=TODAY
        )  # fmt: skip
        take(district.clerk, record, "hold", {"reason": "等"}, occurred_on=on, command_key=key(), today=TODAY)
        yield record, attach(district.clerk, record, "说明.pdf", 6, BytesIO(b"%PDF-1"), occurred_on=on)


def night(keeper, name):
    job = start("casework_nightly", keeper, None, {}, name, "业务每夜处理")
    work(once=True)
    job.refresh_from_db()
    return job


def test_the_job_does_the_night_once(keeper, held):
    record, file = held
    first = night(keeper, "first")
    assert (first.state, first.result["taken"], first.result["damaged"]) == (Job.State.DONE, 1, [])
    assert Record.objects.get(pk=record.pk).state == "lapsed"
    path_of(file.sm3).unlink()
    second = night(keeper, "second")
    counts = {name: second.result[name] for name in ("taken", "moved", "days", "anchored")}
    assert counts == dict.fromkeys(counts, 0)
    assert "说明.pdf" in second.result["damaged"][0]


def test_only_who_administers_everything_may_ask_for_it(bureau):
    with pytest.raises(RefusedError, match="每夜处理涉及全部业务"):
        start("casework_nightly", bureau.accountant, bureau.office, {}, "k", "业务每夜处理")
