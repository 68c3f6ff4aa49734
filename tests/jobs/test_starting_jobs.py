"""Starting jobs: once a key, for those who may, queued when the transaction commits; files kept under harmless names."""

import errno
import io
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connections, transaction

from mingzhang.records.jobs.queue import queued
from mingzhang.records.jobs.starting import cancel, start, visible_to, with_progress
from mingzhang.records.models import Job, JobProgress
from mingzhang.records.proposals.kind import RefusedError


def codes(refused):
    return [problem.code for problem in refused.value.problems]


def start_import(bureau, key="k", name="凭证.csv", **other):
    given = {"owner": bureau.accountant, "entity": bureau.office, "payload": {"kind": "vouchers"}} | other
    return start(
        "import_file",
        given["owner"],
        given["entity"],
        given["payload"],
        key,
        "导入",
        [(name, io.BytesIO(b"x"))],
    )


def test_one_key_is_one_job_however_often_it_is_sent(bureau, home):
    """The second sending gives the first job, and keeps no second file."""
    job = start_import(bureau)
    assert start_import(bureau).pk == job.pk
    assert Job.objects.count() == 1
    assert queued() == {"k"}
    assert [path.name for path in (home / "uploads").iterdir()] == [str(job.pk)]
    assert list((home / "staging").iterdir()) == []


@pytest.mark.skipif("connections['default'].vendor == 'sqlite'", reason="one writer at a time there")
def test_one_key_sent_twice_at_once_is_one_job(bureau):
    """Two requests in two threads, as a double click makes them."""

    def send(_):
        try:
            return start_import(bureau).pk
        finally:
            connections.close_all()

    with ThreadPoolExecutor(2) as pool:
        first, second = pool.map(send, range(2))
    assert first == second
    assert Job.objects.count() == 1


def test_a_key_of_somebody_else_is_refused(bureau):
    """Nobody learns of another's job by guessing its key."""
    start_import(bureau)
    with pytest.raises(RefusedError) as refused:
        start_import(bureau, owner=bureau.clerk)
    assert codes(refused) == ["key_taken"]


@pytest.mark.parametrize("key", ["", "k" * 65])
def test_a_submission_without_a_proper_key_is_refused(bureau, key):
    with pytest.raises(RefusedError) as refused:
        start_import(bureau, key)
    assert codes(refused) == ["key_missing"]


def test_a_job_of_a_transaction_that_is_rolled_back_is_never_queued(bureau):
    """No job, nothing in the queue; the same key may then be used."""
    with transaction.atomic():
        start_import(bureau)
        assert queued() == set()
        transaction.set_rollback(True)
    assert not Job.objects.exists()
    assert queued() == set()
    job = start_import(bureau)
    assert queued() == {"k"}
    assert job.payload["files"] == ["凭证.csv"]


@pytest.mark.parametrize(
    ("owner", "entity"), [("reviewer", "office"), ("clerk", "other"), ("keeper", "office")]
)
def test_who_may_not_import_there_cannot_start_an_import(bureau, owner, entity):
    with pytest.raises(RefusedError) as refused:
        start_import(bureau, owner=getattr(bureau, owner), entity=getattr(bureau, entity))
    assert codes(refused) == ["not_allowed"]
    assert not Job.objects.exists()


@pytest.mark.parametrize(
    ("kind", "payload", "code"),
    [
        ("import_file", {"kind": "vouchers"}, "file_missing"),
        ("import_file", {"kind": "poems"}, "unknown_kind"),
        ("publish", {}, "unknown_proposal"),
        ("close", {"proposal": 99}, "unknown_proposal"),
        ("audit", {}, "file_missing"),
        ("audit_many", {"together": True}, "file_missing"),
    ],
)
def test_what_makes_no_sense_is_refused_before_it_waits(bureau, kind, payload, code):
    owner = {"import_file": bureau.accountant, "close": bureau.first, "publish": bureau.first}.get(
        kind, bureau.head
    )
    with pytest.raises(RefusedError) as refused:
        start(kind, owner, bureau.office, payload, "k", "任务")
    assert code in codes(refused)


def test_a_comparison_needs_its_file(bureau):
    with pytest.raises(RefusedError) as refused:
        start("audit", None, None, {"prior": "上年.pdf"}, "k", "审核", [("今年.pdf", io.BytesIO(b"%PDF"))])
    assert codes(refused) == ["file_missing"]


@pytest.mark.parametrize(
    ("name", "kept"),
    [
        ("../../etc/passwd", "passwd"),
        ("C:\\账\\凭证.xlsx", "凭证.xlsx"),
        ("", "文件1"),
        ("..", "文件"),
        ("a\x00\nb.csv", "ab.csv"),
        ("长" * 300 + ".pdf", "长" * 40 + ".pdf"),
    ],
)
def test_files_are_kept_under_names_that_lead_nowhere_else(bureau, home, name, kept):
    job = start_import(bureau, name=name)
    assert job.payload["files"] == [kept]
    assert (home / "uploads" / str(job.pk) / kept).read_bytes() == b"x"


def test_files_of_one_name_are_kept_apart(bureau, home):
    files = [("报告.pdf", io.BytesIO(b"1")), ("报告.pdf", io.BytesIO(b"2"))]
    job = start("audit_many", bureau.head, None, {}, "k", "审核", files)
    assert job.payload["files"] == ["报告.pdf", "2/报告.pdf"]
    assert (home / "uploads" / str(job.pk) / "2" / "报告.pdf").read_bytes() == b"2"


def test_a_waiting_job_is_cancelled_at_once(bureau):
    job = start_import(bureau)
    cancel(bureau.accountant, job)
    job.refresh_from_db()
    assert job.state == Job.State.CANCELLED
    assert job.has_ended
    assert [each["code"] for each in job.problems] == ["cancelled"]


def test_only_the_owner_and_administrators_see_and_cancel_a_job(bureau):
    job = start_import(bureau)
    with pytest.raises(RefusedError) as refused:
        cancel(bureau.clerk, job)
    assert codes(refused) == ["not_allowed"]
    seen = {
        name: visible_to(getattr(bureau, name)).count() for name in ("accountant", "clerk", "head", "keeper")
    }
    assert seen == {"accountant": 1, "clerk": 0, "head": 0, "keeper": 1}
    assert not visible_to(None).exists()
    cancel(bureau.keeper, job)
    job.refresh_from_db()
    assert job.state == Job.State.CANCELLED


def test_a_queue_that_does_not_answer_does_not_fail_the_submission(bureau, monkeypatch):
    """The job is kept; a worker queues it later."""
    monkeypatch.setattr("mingzhang.records.jobs.starting.enqueue", lambda key: 1 / 0)
    assert start_import(bureau).pk
    assert queued() == set()


def test_an_upload_for_which_there_is_no_room_starts_no_job(bureau, home):
    class Full(io.BytesIO):
        def read(self, *_):
            raise OSError(errno.ENOSPC, "No space left on device")

    with pytest.raises(RefusedError) as refused:
        start("audit", None, None, {}, "k", "审核", [("报告.pdf", Full())])
    assert codes(refused) == ["disk_full"]
    assert not Job.objects.exists()
    assert list((home / "staging").iterdir()) == []


def test_jobs_know_how_far_they_are(bureau, django_assert_num_queries):
    jobs = [start_import(bureau, key) for key in ("a", "b")]
    JobProgress.objects.create(key="a", stage="写入账簿", done=1, total=3)
    with django_assert_num_queries(1, connection=connections["jobs"]):
        told = [(job.progress.stage, job.progress.total) for job in with_progress(jobs)]
    assert told == [("写入账簿", 3), ("", 0)]
