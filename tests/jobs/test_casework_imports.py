"""Registers taken in by jobs: killed or cancelled between rows nothing is lost or there twice; all or none; the file goes when it is over."""

import csv
import shutil
from datetime import date
from io import BytesIO

import pytest

from mingzhang.lines import read_lines
from mingzhang.records.casework.import_columns import guess
from mingzhang.records.casework.imports import correct_row, problems_of
from mingzhang.records.casework.lines import kind_of, using
from mingzhang.records.casework.models import Event, ImportBatch, Record, Rejected
from mingzhang.records.jobs import running
from mingzhang.records.jobs.case_files import forget_case_files
from mingzhang.records.jobs.case_importing import Wish, begin
from mingzhang.records.jobs.folders import uploads
from mingzhang.records.jobs.pulse import CancelledError, LostError, Pulse
from mingzhang.records.jobs.starting import start
from mingzhang.records.models import Job
from mingzhang.records.proposals.kind import RefusedError
from records.casework.helping import LIBRARY, clean, make_district

KIND = "window_service.request"
HEADER = ["事项", "申请人·姓名", "发生日期", "所属街道社区"]
AREA = "990111001001"


@pytest.fixture
def district(transactional_db, home):
    with using(read_lines(LIBRARY)):
        yield make_district()


def rows(good=6, bad=(3,)):
    return [
        ["没有的事项" if number in bad else "补证", f"某{number}", "2023-03-01", AREA]
        for number in range(1, good + len(bad) + 1)
    ]


def asked(district, tmp_path, lines=None, key="k", who="clerk", header=HEADER, **stated):
    path = tmp_path / "register.csv"
    with path.open("w", encoding="utf-8", newline="") as out:
        csv.writer(out).writerows([header, *(lines or rows())])
    kind = kind_of(KIND)
    wish = Wish(guess(kind, header), **stated)
    return begin(getattr(district, who), kind, path, wish, header, name="台账.csv", key=key)


def done(job):
    running.run(job.key)
    job.refresh_from_db()
    return job


def counts(job):
    return tuple(job.result[name] for name in ("rows", "accepted", "unchanged", "rejected"))


def broken_at(monkeypatch, place, raised):
    """The worker's pulse raises at this row, as when the worker is lost, or the job cancelled."""
    tell = Pulse.tell

    def told(self, stage, done=0, total=0):
        tell(self, stage, done, total)
        if (stage, done) == ("写入登记", place):
            raise raised

    monkeypatch.setattr(Pulse, "tell", told)


def test_good_rows_enter_bad_rows_wait_and_the_file_goes(district, tmp_path):
    job = done(asked(district, tmp_path))
    assert (job.state, counts(job)) == ("done", (7, 6, 0, 1)), job.problems
    (waiting,) = Rejected.objects.all()
    assert [each.code for each in problems_of(waiting)] == ["E-CODE"]
    assert uploads(job).is_dir()
    assert forget_case_files() == 1
    assert not uploads(job).exists()
    assert forget_case_files() == 0
    clean()


def test_a_worker_lost_between_two_rows_loses_nothing_and_enters_nothing_twice(
    district, tmp_path, monkeypatch
):
    """What the first attempt entered counts as the import's own; the rows that wait are all there, once."""
    job = asked(district, tmp_path)
    with monkeypatch.context() as patched:
        broken_at(patched, 4, LostError())
        done(job)
    assert (job.state, Record.objects.count(), ImportBatch.objects.count()) == ("running", 3, 0)
    Job.objects.filter(pk=job.pk).update(state=Job.State.WAITING)
    done(job)
    assert (job.state, job.attempts, counts(job)) == ("done", 2, (7, 6, 0, 1))
    assert (Record.objects.count(), Event.objects.count(), Rejected.objects.count()) == (6, 6, 1)
    Job.objects.filter(pk=job.pk).update(state=Job.State.WAITING)
    done(job)
    assert counts(job) == (7, 6, 0, 1)
    assert (Record.objects.count(), ImportBatch.objects.count()) == (6, 1)
    clean()


def test_a_cancelled_import_says_what_entered_and_is_gone_on_with(district, tmp_path, monkeypatch):
    """By somebody else, too."""
    job = asked(district, tmp_path)
    with monkeypatch.context() as patched:
        broken_at(patched, 4, CancelledError())
        done(job)
    assert (job.state, job.problems[0]["what"]) == (
        "cancelled",
        "已按要求停止，此前3行已进入登记，其余没有导入",
    )
    again = done(asked(district, tmp_path, key="again", who="east_jo"))
    assert counts(again) == (7, 3, 3, 1)
    assert Record.objects.count() == 6
    clean()


def test_all_or_none(district, tmp_path, monkeypatch):
    job = done(asked(district, tmp_path, all_or_nothing=True))
    assert (job.state, job.result["problem_count"], Record.objects.count()) == ("failed", 1, 0)
    assert job.problems[0]["where"] == "台账.csv，第4行，事项"
    with monkeypatch.context() as patched:
        broken_at(patched, 4, CancelledError())
        stopped = done(asked(district, tmp_path, rows(bad=()), key="k2", all_or_nothing=True))
    assert (stopped.state, Record.objects.count()) == ("cancelled", 0)
    assert "没有写入任何内容" in stopped.problems[0]["what"]
    whole = done(asked(district, tmp_path, rows(bad=()), key="k3", all_or_nothing=True))
    assert (whole.state, counts(whole)) == ("done", (6, 6, 0, 0))


def test_who_registers_nothing_asks_for_nothing(district, tmp_path):
    for who in ("office", "finance", "admin", "auditor", "nobody"):
        with pytest.raises(RefusedError) as refused:
            asked(district, tmp_path, who=who)
        assert refused.value.problems[0].code == "E-ROLE", who
        with pytest.raises(RefusedError, match="不能登记业务"):
            start("casework_import", getattr(district, who), None, {}, f"key-{who}", "导入")
    payload = {"line": "window_service", "kind": "nothing"}
    with pytest.raises(RefusedError, match="没有“nothing”这种登记"):
        start("casework_import", district.clerk, None, payload, "key", "导入", [("a.csv", BytesIO(b"a"))])
    assert not Job.objects.exists()


ARRIVES_CLOSED = """
[[tables.transitions]]
action = "take_over"
chinese = "补录已办结"
from = []
to = "closed"
roles = ["AID"]
outcome = "准予"
"""


def test_what_an_outside_platform_finished_arrives_closed_where_the_line_has_such_a_step(district, tmp_path):
    """The step is chosen for the file; dates of receipt and end are the file's, no deadline runs."""
    library = tmp_path / "library"
    shutil.copytree(LIBRARY, library)
    states = library / "window_service" / "states.toml"
    before, action, after = states.read_text(encoding="utf-8").partition(
        '[[tables.transitions]]\naction = "receive"'
    )
    states.write_text(before + ARRIVES_CLOSED + action + after, encoding="utf-8")
    header = [*HEADER, "收到时间"]
    good = ["补证", "某一", "2023-03-20", AREA, "2023-03-01"]
    lines = [good, ["没有的事项", "某二", *good[2:]]]
    with using(read_lines(library)):
        with pytest.raises(RefusedError, match="选择：补录已办结、收件"):
            asked(district, tmp_path, lines, header=header)
        with pytest.raises(RefusedError, match="没有说明怎样登记"):
            asked(district, tmp_path, lines, header=header, action="grant")
        job = done(asked(district, tmp_path, lines, header=header, action="take_over"))
        assert (job.state, counts(job)) == ("done", (2, 1, 0, 1)), job.problems
        record = Record.objects.get()
        assert (record.state, record.outcome, record.closed_on) == ("closed", "准予", date(2023, 3, 20))
        assert record.rule_date == date(2023, 3, 1)
        assert not record.deadlines.exists()
        assert [event.action for event in record.events.all()] == ["take_over"]
        mended = correct_row(district.clerk, Rejected.objects.get(), {"事项": "换证"}, action="take_over")
        assert mended.state == "closed"
        clean()
