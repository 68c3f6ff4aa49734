"""A worker that takes a register in and is killed with signal 9 between two rows: the next one goes on, nothing is lost or there twice."""

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from records.casework.helping import LIBRARY

pytestmark = pytest.mark.slow

BEGIN = """
import os, signal, sys
from collections import Counter
from pathlib import Path
sys.path.insert(0, {tests!r})
from mingzhang.records.setup import open_books
open_books({books!r})
from mingzhang.lines import read_lines
from mingzhang.records.casework import imports
from mingzhang.records.casework.lines import kind_of, using
from mingzhang.records.casework.models import Event, ImportBatch, Record, Rejected
from mingzhang.records.jobs import running
from mingzhang.records.jobs.case_importing import Wish, begin
from mingzhang.records.models import Job
from mingzhang.records.verifying import verify_books
from records.casework.helping import make_district
lines = read_lines(Path({library!r}))
HEADER = ["事项", "申请人·姓名", "发生日期", "所属街道社区"]
PATHS = ["item", "applicants.0.name", "occurred_on", "area"]
"""

KILLED = """
with using(lines):
    district = make_district()
    path = Path(os.environ["MINGZHANG_HOME"]) / "register.csv"
    rows = ["没有的事项,乙某,2023-03-01,990111001001", *(f"补证,某{number},2023-03-01,990111001001" for number in range(6))]
    path.write_text("\\n".join([",".join(HEADER), *rows]), encoding="utf-8")
    wish = Wish(dict(zip(HEADER, PATHS)))
    job = begin(district.clerk, kind_of("window_service.request"), path, wish, HEADER, name="台账.csv", key="k")
    real, opened = imports.open_record, []
    def fourth_is_killed(*stated, **named):
        opened.append(real(*stated, **named))
        if len(opened) == 4:
            os.kill(os.getpid(), signal.SIGKILL)
        return opened[-1]
    imports.open_record = fourth_is_killed
    running.run(job.key)
"""

AGAIN = """
before = (Job.objects.get().state, Record.objects.count(), ImportBatch.objects.count())
Job.objects.update(state="waiting")
with using(lines):
    running.run("k")
result = Job.objects.get().result
counted = [result[name] for name in ("rows", "accepted", "unchanged", "rejected")]
print(*before, counted, Record.objects.count(), Event.objects.count(), Rejected.objects.count(), [problem.code for problem in verify_books(Counter())])
"""


def test_an_import_that_is_killed_is_finished_by_the_next_worker(tmp_path):
    environment = {
        **os.environ,
        "MINGZHANG_HOME": str(tmp_path),
        "DJANGO_SETTINGS_MODULE": "mingzhang.records.settings",
    }
    environment.pop("DATABASE_URL", None)
    begin = BEGIN.format(
        tests=str(Path(__file__).parents[1]), books=str(tmp_path / "books.sqlite3"), library=str(LIBRARY)
    )

    def run(script):
        command = [sys.executable, "-c", begin + script]
        return subprocess.run(command, env=environment, capture_output=True, text=True)

    killed = run(KILLED)
    assert killed.returncode == -signal.SIGKILL, killed.stderr
    again = run(AGAIN)
    assert again.stdout.strip() == "running 3 0 [7, 6, 0, 1] 6 6 1 []", again.stderr
