"""Workers as processes: two at once, stopped in the middle, and jobs cancelled while they run."""

import signal

import pytest

from imports.import_books import csv_file, purchase, vouchers
from jobs.real_books import Books

pytestmark = [pytest.mark.slow, pytest.mark.soak]
AUDITS = 30

MANY = f"""
text = "示例局2021年度部门决算\\n" + "收入总计100.00万元，支出总计100.00万元。\\n" * 40
files = [(f"{{n}}.txt", io.BytesIO(text.encode())) for n in range({AUDITS})]
start("audit_many", person("accountant"), department, {{}}, "many", "批量审核", files)
"""


UNDER_WAY = """
import time
until = time.monotonic() + 60
while not JobProgress.objects.filter(done__gt=0).exists():
    assert time.monotonic() < until, "the job does not begin"
    time.sleep(0.05)
"""
"""Waits until the first audits are done."""


APPROVE = """
from mingzhang.records.jobs.approving import approve_by_job
from mingzhang.records.proposals.kind import RefusedError
row = Proposal.objects.get()
try:
    approve_by_job(person(sys.argv[1]), row, 3)
    tell("approved")
except RefusedError as refused:
    tell(refused.problems[0].code)
"""


def test_two_workers_at_once_never_run_one_job_twice(books):
    """Twelve imports, two workers: each is taken once, each voucher is there once."""
    for number in range(12):
        csv_file(
            books.folder / f"{number}.csv", vouchers(purchase(day="2022-03-15", number=f"记-{number + 1}"))
        )
    books.run("""
for n in range(12):
    name = f"{n}.csv"
    start("import_file", person("accountant"), office, {"kind": "vouchers"}, name, name, [(name, open(name, "rb"))])
""")
    patient = Books(books.folder, books.address, MINGZHANG_JOB_DEAD_AFTER="60")
    workers = [patient.worker("--once") for _ in range(2)]
    said = [worker.communicate(timeout=120)[0] for worker in workers]
    assert [worker.returncode for worker in workers] == [0, 0], said
    assert {(job["state"], job["attempts"], job["result"]["added"]) for job in books.jobs()} == {
        ("done", 1, 1)
    }
    assert sum(text.count("begins") for text in said) == 12
    assert books.run('tell(Voucher.objects.filter(year=2022, kind="ordinary").count())') == 12


def test_of_two_who_approve_a_close_at_once_one_wins_and_the_other_is_told(books):
    """One job, and the year is closed once; the second approver learns that the proposal changed meanwhile."""
    books.run("""
from mingzhang.records.proposals import flow
from mingzhang.records.events import voucher_from_event
from mingzhang.records.ledger import post
from datetime import date
assert post([voucher_from_event("V03", office, date(2022, 5, 20), 10000, function="2040601", economic="30201")]).accepted
row = flow.save(person("accountant"), "close", office, 2022, {"month": 13}, "proposal")
row = flow.submit(person("accountant"), row, row.version)
row = flow.review(person("reviewer"), row, row.version)
""")
    approvers = [books.started(APPROVE, name) for name in ("first", "second")]
    said = sorted(approver.communicate(timeout=60)[0].split()[-1] for approver in approvers)
    assert said == ['"approved"', '"changed_meanwhile"']
    workers = [books.worker("--once") for _ in range(2)]
    told = [worker.communicate(timeout=120)[0] for worker in workers]
    assert [worker.returncode for worker in workers] == [0, 0], told
    (job,) = books.jobs()
    assert (job["state"], job["codes"]) == ("done", [])
    assert books.run("tell(PeriodLock.objects.filter(year=2022).count())") == 1


def test_a_running_job_that_is_cancelled_stops_and_says_so(books):
    """It ends within a few beats, keeps nothing, and its worker goes on to the next job."""
    books.run(MANY)
    worker = books.worker("--once")
    books.run(UNDER_WAY + 'cancel(person("accountant"), Job.objects.get())')
    said, _ = worker.communicate(timeout=60)
    assert worker.returncode == 0, said
    (job,) = books.jobs()
    assert (job["state"], job["codes"]) == ("cancelled", ["cancelled"])
    assert 0 < job["done"] < AUDITS
    assert books.files("audits") == books.files("staging") == []


def test_a_worker_that_is_asked_to_stop_gives_its_job_back(books):
    """SIGTERM in the middle: the job waits again, and the next worker does all of it at its first counted attempt."""
    books.run(MANY)
    worker = books.worker()
    books.run(UNDER_WAY)
    worker.send_signal(signal.SIGTERM)
    said, _ = worker.communicate(timeout=30)
    assert worker.returncode == 0, said
    (job,) = books.jobs()
    assert (job["state"], job["attempts"]) == ("waiting", 0)
    books.work()
    (job,) = books.jobs()
    assert (job["state"], job["attempts"], len(job["result"]["audits"])) == ("done", 1, AUDITS)
    assert {path.split("/")[1] for path in books.files("audits")} == {str(n + 1) for n in range(AUDITS)}


def test_a_worker_killed_in_the_middle_of_audits_leaves_no_folder_behind(books):
    """Signal 9 from outside; the next worker audits them all and sweeps what was half made."""
    books.run(MANY)
    worker = books.worker()
    books.run(UNDER_WAY)
    worker.kill()
    worker.communicate(timeout=30)
    assert books.files("staging")
    books.work()
    (job,) = books.jobs()
    assert (job["state"], job["attempts"], len(job["result"]["audits"])) == ("done", 2, AUDITS)
    assert books.files("staging") == []
