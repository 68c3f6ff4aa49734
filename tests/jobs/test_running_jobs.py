"""What becomes of a job: done, refused with its report, failed with a problem, passed on, taken up again."""

import errno
import io
import logging
from types import SimpleNamespace

import pytest
from django.db import OperationalError

from imports.import_books import csv_file, purchase, vouchers
from mingzhang.records.jobs import running
from mingzhang.records.jobs.failures import explained, is_full_disk, is_passing
from mingzhang.records.jobs.kind import JobKind
from mingzhang.records.jobs.pulse import STOPPING, LostError, Pulse
from mingzhang.records.jobs.queue import enqueue, queued
from mingzhang.records.jobs.recovery import Recovery
from mingzhang.records.jobs.starting import start
from mingzhang.records.jobs.worker import work, worker_process
from mingzhang.records.models import Job, JobProgress, Voucher


class Trial(JobKind):
    """Does what the test says."""

    name, chinese, action = "trial", "试验", None

    def __init__(self, do):
        self.do, self.runs = do, 0

    def check(self, payload):
        return ()

    def run(self, job, pulse):
        self.runs += 1
        return self.do(job, pulse) or {}


@pytest.fixture
def trial(bureau, monkeypatch):
    """Starts a job that does what it is given; the kind, and a way to look at the job."""

    def begin(do):
        kind = Trial(do)
        monkeypatch.setitem(running.KINDS, "trial", kind)
        job = start("trial", bureau.accountant, bureau.office, {}, "k", "试验")

        def look():
            job.refresh_from_db()
            return job

        return SimpleNamespace(kind=kind, look=look, key=job.key)

    return begin


def import_rows(bureau, rows, owner=None, entity=None, **payload):
    file = csv_file(bureau.folder / "凭证.csv", rows)
    with file.open("rb") as content:
        job = start(
            "import_file", owner or bureau.accountant, entity or bureau.office, payload, file.name, "导入", [(file.name, content)]
        )  # fmt: skip
    work(once=True)
    job.refresh_from_db()
    return job


@pytest.fixture
def bureau(bureau, home):
    bureau.folder = home
    return bureau


def raising(failure):
    def do(job, pulse):
        raise failure

    return do


def test_an_import_ends_with_its_report(bureau):
    job = import_rows(bureau, vouchers(purchase(number="记-1"), purchase(number="记-2")))
    assert (job.state, job.attempts, job.problems) == (Job.State.DONE, 1, [])
    kept = ("kind", "accepted", "added", "unchanged", "before")
    assert {name: job.result[name] for name in kept} == {
        "kind": "vouchers", "accepted": True, "added": 2, "unchanged": 0, "before": "",
    }  # fmt: skip
    assert ["凭证号", "凭证字号（B列）"] in job.result["mapping"]
    assert job.progress.stage == "写入账簿"
    assert Voucher.objects.count() == 2


def test_a_dry_run_reports_and_writes_nothing(bureau):
    job = import_rows(bureau, vouchers(purchase()), dry_run=True)
    assert (job.state, job.result["dry_run"], Voucher.objects.count()) == (Job.State.DONE, True, 0)


def test_a_refused_import_fails_with_every_row_in_its_report(bureau, home):
    rows = vouchers(purchase())
    rows[1][3] = "9999"
    job = import_rows(bureau, rows)
    assert job.state == Job.State.FAILED
    assert job.problems[0]["code"] == job.result["problems"][0]["code"] == "unknown_account"
    assert (job.result["problems"][0]["row"], job.result["problem_count"]) == (2, len(job.result["problems"]))
    assert (home / "uploads" / str(job.pk) / job.result["problems_file"]).stat().st_size > 1000
    assert not Voucher.objects.exists()


def test_a_file_cannot_name_a_unit_that_its_owner_has_no_say_in(bureau):
    """Whoever may import for one unit does not import for another by naming it in a row."""
    rows = [
        [*row, code] for row, code in zip(vouchers(purchase()), ["单位编码", *["other"] * 4], strict=True)
    ]
    job = import_rows(bureau, rows, owner=bureau.clerk)
    assert (job.state, job.problems[0]["code"]) == (Job.State.FAILED, "not_allowed")
    assert not Voucher.objects.exists()


def test_a_project_of_another_unit_cannot_be_taken_over(bureau):
    from mingzhang.records.models import Project

    Project.objects.create(code="P1", name="服务经费", entity=bureau.other)
    rows = [["项目编码", "项目名称", "单位编码"], ["P1", "改名", "office"]]
    job = import_rows(bureau, rows, owner=bureau.clerk, kind="projects")
    assert (job.state, job.problems[0]["code"]) == (Job.State.FAILED, "not_allowed")
    assert Project.objects.get().name == "服务经费"


def test_rights_taken_away_before_the_job_runs_count(bureau):
    file = ("凭证.csv", io.BytesIO(b"x"))
    job = start("import_file", bureau.clerk, bureau.office, {}, "k", "导入", [file])
    bureau.clerk.grants.all().delete()
    work(once=True)
    job.refresh_from_db()
    assert (job.state, job.problems[0]["code"]) == (Job.State.FAILED, "not_allowed")


def test_our_own_mistake_is_told_in_words_and_traced_in_the_log_alone(trial, caplog):
    made = trial(raising(KeyError("secret")))
    with caplog.at_level(logging.WARNING, "mingzhang.jobs"):
        work(once=True)
    job = made.look()
    assert (job.state, job.problems[0]["code"]) == (Job.State.FAILED, "failed")
    assert "secret" not in str(job.problems)
    assert "Traceback" in caplog.text
    assert "secret" in caplog.text


def test_a_full_disk_is_told_as_one(trial):
    made = trial(raising(OSError(errno.ENOSPC, "No space left on device")))
    work(once=True)
    assert [each["what"] for each in made.look().problems] == ["磁盘已满，没有写成"]


def test_what_was_approved_is_retried_and_all_else_handed_in_anew():
    """The words are those of the button: a publication keeps its approval, an import is sent again."""
    full = OSError(errno.ENOSPC, "No space left on device")
    for payload, said, unsaid in (({"proposal": 1}, "重试", "重新提交"), ({}, "重新提交", "重试")):
        (problem,) = explained(full, Job(pk=1, title="试验", payload=payload))
        assert said in problem.remedy
        assert unsaid not in problem.remedy


@pytest.mark.parametrize(
    ("failure", "full", "passing"),
    [
        (OSError(errno.ENOSPC, "x"), True, False),
        (OSError(errno.EACCES, "x"), False, False),
        (OperationalError("database or disk is full"), True, False),
        (OperationalError("could not extend file: No space left on device"), True, False),
        (OperationalError("database is locked"), False, True),
        (ValueError("x"), False, False),
    ],
)
def test_failures_are_told_apart(failure, full, passing):
    wrapped = RuntimeError("writer")
    wrapped.__cause__ = failure
    assert (is_full_disk(failure), is_full_disk(wrapped), is_passing(failure)) == (full, full, passing)
    assert all(problem.remedy for problem in explained(failure, Job(pk=1, title="试验")))


def test_a_database_that_was_away_is_tried_again(trial):
    """The first taking fails, the second does it."""

    def do(job, pulse):
        if job.attempts == 1:
            raise OperationalError("server closed the connection")

    made = trial(do)
    work(once=True)
    assert (made.look().state, made.kind.runs, made.look().attempts) == (Job.State.DONE, 2, 2)


def test_a_database_that_stays_away_ends_the_job_after_three_attempts(trial):
    made = trial(raising(OperationalError("server closed the connection")))
    work(once=True)
    assert (made.look().state, made.kind.runs) == (Job.State.FAILED, 3)
    assert made.look().problems[0]["code"] == "database_away"


def test_a_job_queued_twice_runs_once(trial):
    made = trial(lambda job, pulse: None)
    enqueue(made.key)
    work(once=True)
    assert (made.look().state, made.kind.runs) == (Job.State.DONE, 1)


def test_a_job_that_the_queue_forgot_is_queued_again(trial):
    """A crash between the commit and the queue, or a queue that was lost, loses no job."""
    from django_tasks_db.models import DBTaskResult

    made = trial(lambda job, pulse: None)
    DBTaskResult.objects.all().delete()
    assert queued() == set()
    work(once=True)
    assert made.look().state == Job.State.DONE


def test_a_worker_that_is_to_stop_takes_no_job(trial):
    made = trial(lambda job, pulse: None)
    STOPPING.set()
    try:
        running.run(made.key)
        work()
    finally:
        STOPPING.clear()
    assert (made.look().state, made.kind.runs) == (Job.State.WAITING, 0)


def test_work_gives_itself_back_when_its_worker_is_to_stop(trial):
    def do(job, pulse):
        STOPPING.set()
        pulse.tell("第一步")

    made = trial(do)
    try:
        running.run(made.key)
    finally:
        STOPPING.clear()
    assert (made.look().state, made.look().attempts) == (Job.State.WAITING, 0)


def test_who_lost_the_job_stops_and_changes_nothing_of_it(trial):
    """A worker that was thought dead wakes up: the job is another's by then."""

    def do(job, pulse):
        Job.objects.filter(pk=job.pk).update(attempts=job.attempts + 1)
        JobProgress.objects.filter(key=job.key).update(attempt=job.attempts + 1)
        pulse._beat()
        pulse.check()

    made = trial(do)
    running.run(made.key)
    assert (made.look().state, made.look().attempts) == (Job.State.RUNNING, 2)


def test_a_pulse_whose_row_is_gone_has_lost_its_job(bureau):
    with Pulse(Job(pk=1, key="gone", attempts=1)) as pulse, pytest.raises(LostError):
        pulse.check()


def test_setting_the_clock_kills_no_job(trial, monkeypatch):
    """A running job is judged by beats that its watcher sees, not by the time of day."""
    made = trial(lambda job, pulse: None)
    Job.objects.update(state=Job.State.RUNNING, attempts=1)
    JobProgress.objects.create(key=made.key, attempt=1, beats=1, seen_at="1999-01-01T00:00:00Z")
    now = [100.0]
    monkeypatch.setattr("mingzhang.records.jobs.recovery.monotonic", lambda: now[0])
    recovery = Recovery()
    assert recovery.look() is True
    for beat in range(2, 5):
        now[0] += 14
        JobProgress.objects.filter(key=made.key).update(beats=beat)
        assert recovery.look() is False
    assert made.look().state == Job.State.RUNNING
    now[0] += 16
    recovery.look()
    assert made.look().state == Job.State.WAITING


def test_a_dead_job_that_was_to_be_cancelled_is_not_taken_up(trial, settings):
    made = trial(lambda job, pulse: None)
    Job.objects.update(state=Job.State.RUNNING, attempts=1)
    JobProgress.objects.create(key=made.key, attempt=1, cancel_wanted=True)
    settings.JOB_DEAD_AFTER = 0
    Recovery().look()
    assert made.look().state == Job.State.CANCELLED


def test_the_worker_process_is_the_work_command(bureau):
    assert worker_process()[1:] == ["-m", "mingzhang.cli", "work"]
