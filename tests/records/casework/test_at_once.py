"""Several officers at once, and a process killed in the middle: the second is told, nothing is half done."""

import os
import signal
import subprocess
import sys
from collections import Counter
from datetime import date
from pathlib import Path
from threading import Barrier, Thread

import pytest
from django.db import connection

from mingzhang.records.casework.errors import ChangedMeanwhileError, RefusedError
from mingzhang.records.casework.models import Event, Record
from mingzhang.records.casework.opening import open_record
from mingzhang.records.casework.transitions import approve, take
from records.casework.helping import LIBRARY, TODAY, clean, key, make_district, request


@pytest.fixture
def crowd(transactional_db, window):
    if connection.vendor != "postgresql":
        pytest.skip("SQLite lets one writer in at a time")
    return make_district()


def at_once(lines, *works):
    """Run works in threads that start together; what each gave or raised."""
    from mingzhang.records.casework.lines import using

    barrier, results = Barrier(len(works)), [None] * len(works)

    def run(place, work):
        try:
            with using(lines):
                barrier.wait()
                results[place] = work()
        except Exception as error:
            results[place] = error
        finally:
            connection.close()

    threads = [Thread(target=run, args=pair) for pair in enumerate(works)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return results


def opening(user, command_key, **stated):
    return lambda: open_record(
        user, "window_service.request", request(**stated), occurred_on=date(2023, 3, 1), command_key=command_key, today=TODAY, reason="另"
    )  # fmt: skip


def test_of_two_officers_at_one_case_the_second_is_told(crowd, window):
    lines = {"window_service": window}
    for _ in range(5):
        record = opening(crowd.clerk, key())()
        ways = [
            lambda user=user, record=record: take(
                user, record, "hold", {"reason": "等"}, occurred_on=date(2023, 3, 2), command_key=key(), version=record.version, today=TODAY
            )
            for user in (crowd.clerk, crowd.second)
        ]  # fmt: skip
        results = at_once(lines, *ways)
        assert sorted(type(result).__name__ for result in results) == ["ChangedMeanwhileError", "Record"], (
            results
        )
        assert record.holds.count() == 1
    clean()


def test_two_approvers_at_once_approve_once(crowd, window):
    record = opening(crowd.clerk, key())()
    drafted = take(
        crowd.clerk,
        record,
        "grant",
        {"fee": "3"},
        occurred_on=date(2023, 3, 2),
        command_key=key(),
        today=TODAY,
    )
    ways = [
        lambda user=user: approve(user, drafted, occurred_on=date(2023, 3, 3), command_key=key(), today=TODAY)
        for user in (crowd.second, crowd.head)
    ]
    results = at_once({"window_service": window}, *ways)
    assert [type(result) for result in sorted(results, key=lambda one: isinstance(one, Exception))] == [
        Record,
        RefusedError,
    ]
    assert drafted.documents.count() == 1
    clean()


def test_a_form_sent_twice_at_once_makes_one_record(crowd, window):
    results = at_once({"window_service": window}, *[opening(crowd.clerk, "same") for _ in range(3)])
    assert {result.pk for result in results} == {Record.objects.get().pk}
    clean()


def test_numbers_given_at_once_have_no_gap_and_no_double(crowd, window):
    results = at_once(
        {"window_service": window},
        *[opening(user, key()) for user in (crowd.clerk, crowd.second, crowd.east_jo) * 3],
    )
    assert sorted(result.number for result in results) == [f"窗〔2023〕{number}号" for number in range(1, 10)]
    clean()


WORK = """
import os, sys
from datetime import date
from pathlib import Path
sys.path.insert(0, {tests!r})
from mingzhang.records.setup import open_books
open_books({books!r})
from mingzhang.lines import read_lines
from mingzhang.records.casework.lines import using
from mingzhang.records.casework.models import Event
from mingzhang.records.casework.opening import open_record
from mingzhang.records.casework.transitions import take
from mingzhang.records.models import User
from records.casework.helping import TODAY, make_district, request
with using(read_lines(Path({library!r}))):
    if not User.objects.exists():
        make_district()
    clerk = User.objects.get(username="clerk")
    for number in range({first}, {last}):
        day = date(2023, 3, 1)
        record = open_record(clerk, "window_service.request", request(facts="甲" * 50), occurred_on=day, command_key=f"open-{{number}}", today=TODAY, reason="另")
        take(clerk, record, "hold", {{"reason": "等"}}, occurred_on=day, command_key=f"hold-{{number}}", today=TODAY)
        take(clerk, record, "go_on", {{}}, occurred_on=date(2023, 3, 4), command_key=f"on-{{number}}", today=TODAY)
        print(number, flush=True)
"""

LOOK = """
from collections import Counter
from mingzhang.records.setup import open_books
open_books({books!r})
from mingzhang.records.casework.models import Event, Record
from mingzhang.records.verifying import verify_books
print([problem.in_chinese() for problem in verify_books(Counter())], Record.objects.count(), Event.objects.count(), Record.objects.values("number").distinct().count())
"""


def test_a_process_killed_in_the_middle_loses_nothing_and_doubles_nothing(tmp_path):
    """What was told as done is there; what was not is whole or absent; sending all commands again completes the rest once."""
    tests, books = str(Path(__file__).parents[2]), str(tmp_path / "books.sqlite3")
    environment = {
        **os.environ,
        "MINGZHANG_HOME": str(tmp_path),
        "DJANGO_SETTINGS_MODULE": "mingzhang.records.settings",
    }
    environment.pop("DATABASE_URL", None)

    def script(text, **stated):
        return [sys.executable, "-c", text.format(tests=tests, books=books, library=str(LIBRARY), **stated)]

    done = -1
    for enough in (3, 7):
        with subprocess.Popen(
            script(WORK, first=0, last=200), env=environment, stdout=subprocess.PIPE, text=True
        ) as worker:
            for line in worker.stdout:
                done = int(line)
                if done >= enough:
                    break
            worker.send_signal(signal.SIGKILL)
    said = subprocess.run(script(LOOK), env=environment, capture_output=True, text=True, check=True).stdout
    problems, records, events, _ = said.rsplit(" ", 3)
    assert problems == "[]"
    assert int(records) >= done + 1
    assert 3 * (done + 1) <= int(events) <= 3 * int(records)
    subprocess.run(script(WORK, first=0, last=12), env=environment, check=True, capture_output=True)
    said = subprocess.run(
        script(LOOK), env=environment, capture_output=True, text=True, check=True
    ).stdout.split()
    assert said[0] == "[]"
    assert int(said[1]) == int(said[3]) == max(12, int(records))


def test_whoever_is_second_on_sqlite_is_told_too(district, opened):
    record = opened()
    stated = {"occurred_on": date(2023, 3, 2), "version": record.version, "today": TODAY}
    take(district.clerk, record, "hold", {"reason": "等"}, command_key=key(), **stated)
    with pytest.raises(ChangedMeanwhileError, match="clerk君"):
        take(district.second, record, "hold", {"reason": "等"}, command_key=key(), **stated)
    assert Event.objects.count() == 2
    assert Counter(Event.objects.values_list("action", flat=True)) == {"receive": 1, "hold": 1}


def test_an_outside_number_enters_once(district, opened):
    opened(source_system="平台", source_ref="A-1")
    with pytest.raises(RefusedError, match="已经登记"):
        opened(item="换证", source_system="平台", source_ref="A-1")
