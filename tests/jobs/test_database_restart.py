"""The database server crashes while the portal serves and a job runs: both wait in words, and go on by themselves."""

import glob
import os
import tempfile
import time
from pathlib import Path
from urllib.error import HTTPError
from urllib.request import urlopen

import pytest

from browser.served import free_port, serving, stopped
from imports.import_books import csv_file, purchase, vouchers
from jobs.own_postgresql import Server
from jobs.real_books import Books

pytestmark = [pytest.mark.slow, pytest.mark.soak]
VOUCHERS = 6_000

DEPARTMENT = """
from mingzhang.records.trail import enter
def kept(row):
    enter([row])
    return row
department = kept(Entity(code="bureau", name="示例局", kind="department"))
kept(Entity(code="office", name="示例局本级", kind="administrative", parent=department))
kept(Grant(user=kept(User(username="accountant", name="会计")), role="accountant", entity=department))
"""

IMPORT = """
office = Entity.objects.get(code="office")
start("import_file", person("accountant"), office, {"kind": "vouchers"}, "k", "导入", [("凭证.csv", open("凭证.csv", "rb"))])
"""

PROOF = """
from collections import Counter
from mingzhang.records.verifying import verify_books
tell([str(each) for each in verify_books(Counter())])
"""

UNDER_WAY = """
import time
until = time.monotonic() + 60
while not Job.objects.filter(state="running").exists():
    assert time.monotonic() < until, "the job does not begin"
    time.sleep(0.02)
time.sleep(float(sys.argv[1]))
"""


@pytest.fixture
def server():
    """A PostgreSQL of this test."""
    if not glob.glob("/usr/lib/postgresql/*/bin/initdb"):
        pytest.skip("没有 PostgreSQL")
    with tempfile.TemporaryDirectory(prefix="mingzhang-restart-", ignore_cleanup_errors=True) as folder:
        os.chmod(folder, 0o755)  # the server's own user goes through it
        made = Server(Path(folder) / "cluster", free_port())
        yield made
        made.crash()


def asked(address: str) -> tuple[int, str]:
    """Status and text of a page."""
    try:
        with urlopen(address, timeout=30) as answer:
            return answer.status, answer.read().decode()
    except HTTPError as refused:
        return refused.code, refused.read().decode()


def wait_for(books: Books, state: str) -> dict:
    """The only job, when it has come to a state."""
    until = time.monotonic() + 60
    while time.monotonic() < until:
        (job,) = books.jobs()
        if job["state"] == state:
            return job
        time.sleep(0.5)
    raise AssertionError(job)


@pytest.mark.parametrize("seconds", [0, 1.5], ids=["begun", "in the middle"])
def test_a_crash_of_the_database_server(server, tmp_path, seconds):
    """503 in words while it is away, 200 after; the job is done once; the proof finds nothing."""
    books = Books(tmp_path, server.address)
    csv_file(tmp_path / "凭证.csv", vouchers(*(purchase(number=f"记-{n}") for n in range(1, VOUCHERS + 1))))
    books.run(DEPARTMENT)
    portal, address = serving(tmp_path, with_jobs=True, **books.environment)
    try:
        assert asked(address)[0] == 200
        books.run(IMPORT)
        books.run(UNDER_WAY, seconds)
        server.crash()
        status, text = asked(address)
        assert (status, "数据库暂时没有应答" in text) == (503, True)
        assert asked(f"{address}/health/live")[0] == 200
        time.sleep(3)
        server.start()
        job = wait_for(books, "done")
        assert asked(address)[0] == 200
    finally:
        stopped(portal)
    assert (job["result"]["added"], bool(job["result"]["before"])) in ((VOUCHERS, False), (0, True))
    assert books.run('tell(Voucher.objects.filter(kind="ordinary").count())') == VOUCHERS
    assert books.run(PROOF) == []
