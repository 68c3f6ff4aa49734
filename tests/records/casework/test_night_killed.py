"""The nightly run killed in the middle of a step loses nothing and does nothing twice: the next night goes on where it stood."""

import os
import subprocess
import sys
from pathlib import Path

from records.casework.helping import LIBRARY

BEGIN = """
import os, sys
from collections import Counter
from datetime import date
from pathlib import Path
sys.path.insert(0, {tests!r})
from mingzhang.records.setup import open_books
open_books({books!r})
from django.db import transaction
from mingzhang.lines import read_lines
from mingzhang.records.casework import nightly
from mingzhang.records.casework.lines import using
from mingzhang.records.casework.models import Event, Record
from mingzhang.records.casework.opening import open_record
from mingzhang.records.casework.transitions import take
from mingzhang.records.verifying import verify_books
from records.casework.helping import TODAY, make_district, request
lines = read_lines(Path({library!r}))
night = date(2023, 5, 10)
"""

FILL = """
with using(lines):
    district = make_district()
    for number in range(3):
        record = open_record(district.clerk, "window_service.request", request(), occurred_on=date(2023, 3, 1), command_key=f"open {number}", today=TODAY, reason="另一件")
        take(district.clerk, record, "hold", {"reason": "等"}, occurred_on=date(2023, 3, 2), command_key=f"hold {number}", today=TODAY)
"""

KILLED = """
real, taken = nightly.take_automatically, []
def second_is_killed(record, action, *, today):
    with transaction.atomic():
        real(record, action, today=today)
        taken.append(record)
        if len(taken) == 2:
            os._exit(9)
nightly.take_automatically = second_is_killed
with using(lines):
    nightly.run(night)
"""

STOOD = """
print(Record.objects.filter(state="lapsed").count(), [problem.code for problem in verify_books(Counter())])
"""

AGAIN = """
with using(lines):
    first, second = nightly.run(night), nightly.run(night)
lapses = Event.objects.filter(action="lapse").values_list("record", flat=True)
print(first.taken, first.anchored > 0, second.taken, second.moved, second.days, second.anchored, len(lapses), len(set(lapses)), [problem.code for problem in verify_books(Counter())])
"""


def test_a_night_that_is_killed_is_finished_by_the_next(tmp_path):
    environment = {
        **os.environ,
        "MINGZHANG_HOME": str(tmp_path),
        "DJANGO_SETTINGS_MODULE": "mingzhang.records.settings",
    }
    environment.pop("DATABASE_URL", None)
    begin = BEGIN.format(
        tests=str(Path(__file__).parents[2]), books=str(tmp_path / "books.sqlite3"), library=str(LIBRARY)
    )

    def run(script):
        return subprocess.run(
            [sys.executable, "-c", begin + script], env=environment, capture_output=True, text=True
        )

    assert run(FILL + STOOD).stdout.split() == ["0", "[]"]
    assert run(KILLED).returncode == 9
    assert run(STOOD).stdout.split() == ["1", "[]"]
    assert run(AGAIN).stdout.split() == ["2", "True", "0", "0", "0", "0", "3", "3", "[]"]
