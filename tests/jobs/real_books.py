"""Books of their own, on SQLite or PostgreSQL, for processes that are killed: workers, and scripts that look at what is left."""

import json
import os
import shutil
import signal
import subprocess
import sys
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit
from uuid import uuid4

SERVER = os.environ.get("MINGZHANG_TEST_DATABASE_URL", "")

_PRELUDE = """
import io, json, sys
from pathlib import Path
from mingzhang.records.setup import open_books
open_books()
from mingzhang.records.models import *
from mingzhang.records.jobs.starting import cancel, start
def tell(value): print(json.dumps(value, ensure_ascii=False, default=str))
def person(name): return User.objects.get(username=name)
department = Entity.objects.filter(kind="department").first()
office = department.units()[0] if department else None
"""

_CRASHING = """
import os, signal
from mingzhang.records.setup import open_books
open_books()
from django.db import connection
from mingzhang.records.jobs.worker import work
left = {times}
def crash(execute, sql, params, many, context):
    global left
    hit = {words!r} in sql
    left -= hit
    if hit and left == 0 and not {afterwards}:
        os.kill(os.getpid(), signal.SIGKILL)
    done = execute(sql, params, many, context)
    if hit and left == 0:
        os.kill(os.getpid(), signal.SIGKILL)
    return done
connection.execute_wrappers.append(crash)
work(once=True)
"""


class Books:
    """One set of books in its data folder."""

    def __init__(self, folder: Path, address: str, **environment: str) -> None:
        self.folder, self.address = folder, address
        kept = {
            name: value for name, value in os.environ.items() if not name.startswith(("DJANGO", "DATABASE"))
        }
        self.environment = kept | {
            "MINGZHANG_HOME": str(folder),
            "DATABASE_URL": address,
            "MINGZHANG_JOB_DEAD_AFTER": "2",
            "PYTHONIOENCODING": "utf-8",
            "PYTHONPATH": os.pathsep.join(path for path in sys.path if path),
        } | environment  # fmt: skip

    @classmethod
    def make(cls, folder: Path) -> "Books":
        """Empty books."""
        folder.mkdir(parents=True, exist_ok=True)
        return cls(folder, _new_database() if SERVER else str(folder / "books.sqlite3"))

    def copy(self, folder: Path) -> "Books":
        """The same books once more, for a test to change."""
        if SERVER:
            folder.mkdir(parents=True, exist_ok=True)
            return Books(folder, _new_database(urlsplit(self.address).path.removeprefix("/")))
        shutil.copytree(self.folder, folder, dirs_exist_ok=True)
        return Books(folder, str(folder / "books.sqlite3"))

    def run(self, script: str, *arguments: object):
        """Run a script over the books in a process of its own; what it told last."""
        done = self._ended(self.started(script, *arguments), 0)
        lines = done.splitlines()
        return json.loads(lines[-1]) if lines else None

    def started(self, script: str, *arguments: object) -> subprocess.Popen:
        """A script under way in a process of its own."""
        return self._python("-c", _PRELUDE + script, *arguments)

    def work(self) -> str:
        """Run a worker until nothing is left to do; what it wrote into its log."""
        return self._ended(self.worker("--once"), 0)

    def worker(self, *words: str) -> subprocess.Popen:
        """A worker in a process of its own."""
        return self._python("-m", "mingzhang.cli", "work", *words)

    def killed_at(self, words: str, times: int = 1, *, afterwards: bool = True) -> None:
        """A worker that is killed with signal 9 at a statement of the database: right after it, or right before."""
        script = _CRASHING.format(words=words, times=times, afterwards=afterwards)
        self._ended(self._python("-c", script), -signal.SIGKILL)

    def jobs(self) -> list[dict]:
        """All jobs, oldest first."""
        return self.run("""
tell([{"kind": job.kind, "state": job.state, "attempts": job.attempts, "result": job.result, "stage": job.progress.stage,
       "done": job.progress.done, "codes": [each["code"] for each in job.problems],
       "said": [each["what"] + each["remedy"] for each in job.problems]} for job in Job.objects.order_by("pk")])
""")  # fmt: skip

    def content(self) -> dict:
        """What the books hold, as far as two runs of the same work must agree; all chains of the trail are whole."""
        return self.run("""
from django.apps import apps
from django.db.models import Count, Sum
from mingzhang.records.trail import broken_entries
assert not [found for chain in TrailChain.objects.all() for found in broken_entries(chain)]
lines = VoucherLine.objects.values_list("entity__code", "year", "classification__account", "debit")
tell({"sums": sorted(list(row) for row in lines.annotate(Sum("fen"), Count("id"))),
      "vouchers": sorted(Voucher.objects.values_list("number", "digest")),
      "locks": sorted(list(row) for row in PeriodLock.objects.values_list("entity__code", "year", "month")),
      "versions": [list(row) for row in Publication.objects.values_list("version", "document_sha256", "sm3", "folder")],
      "batches": ImportBatch.objects.count(),
      "entries": TrailEntry.objects.count()})
""")  # fmt: skip

    def files(self, name: str) -> list[str]:
        """The files under a folder of the data folder."""
        folder = self.folder / name
        return sorted(str(path.relative_to(folder)) for path in folder.rglob("*") if path.is_file())

    def _python(self, *words: object) -> subprocess.Popen:
        return subprocess.Popen(
            [sys.executable, *map(str, words)],
            stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, cwd=self.folder, env=self.environment,
        )  # fmt: skip

    def _ended(self, process: subprocess.Popen, status: int) -> str:
        try:
            said, _ = process.communicate(timeout=120)
        finally:
            process.kill()
        assert process.returncode == status, said
        return said


def _new_database(template: str = "template1") -> str:
    import psycopg

    name = f"jobs_{uuid4().hex[:12]}"
    with psycopg.connect(SERVER, autocommit=True) as connection:
        connection.execute(f'CREATE DATABASE "{name}" TEMPLATE "{template}"')
    return urlunsplit(urlsplit(SERVER)._replace(path=f"/{name}"))
