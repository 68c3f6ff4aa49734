"""A child that hangs, grows, crashes or babbles costs one file an error message and the others nothing."""

from __future__ import annotations

import os
import threading
import time
from pathlib import Path

import pytest

from mingzhang.documents import Problem
from mingzhang.isolation import Limits, Worker, run_isolated

QUICK = Limits(seconds=20, megabytes=300)


@pytest.fixture(autouse=True)
def _importable(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.syspath_prepend(str(Path(__file__).parent))


def worker(limits: Limits = QUICK) -> Worker:
    return Worker("strange_work:work", limits)


def test_one_child_answers_many_requests_whatever_it_prints():
    with worker() as child:
        answers = [child.run({"do": "double", "number": number}) for number in range(5)]
    assert [answer["twice"] for answer in answers] == [0, 2, 4, 6, 8]
    assert answers[0]["text"] == "明账\ud800"
    assert len({answer["process"] for answer in answers}) == child.started == 1
    assert answers[0]["process"] != os.getpid()


@pytest.mark.parametrize(
    ("deed", "limits", "code"),
    [
        ("sleep", Limits(0.6, 300), "too_slow"),
        ("spin", Limits(0.6, 300), "too_slow"),
        ("eat", Limits(20, 200), "too_much_memory"),
        ("die", QUICK, "broken_off"),
        ("leave", QUICK, "broken_off"),
        ("fail", QUICK, "failed"),
        ("recurse", QUICK, "too_deep"),
        ("refuse", QUICK, "file_broken"),
    ],
)
def test_a_child_that_misbehaves_is_a_problem_and_the_next_file_is_read(deed: str, limits: Limits, code: str):
    with worker(limits) as child:
        problem = child.run({"do": deed, "path": "乙.pdf"})
        assert isinstance(problem, Problem)
        assert (problem.code, problem.where) == (code, "甲.pdf" if deed == "refuse" else "乙.pdf")
        assert problem.remedy
        child.limits = QUICK
        assert child.run({"do": "double", "number": 4})["twice"] == 8


def test_long_requests_and_answers_pass():
    with worker() as child:
        assert len(child.run({"do": "long", "number": 10**6, "also": "题" * 10**6})["text"]) == 10**6


def test_workers_run_side_by_side():
    found: list[int] = []

    def serve(number: int) -> None:
        with worker() as child:
            found.append(child.run({"do": "double", "number": number})["twice"])

    threads = [threading.Thread(target=serve, args=(number,)) for number in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(found) == [0, 2, 4]


def test_nothing_is_left_running():
    with worker(Limits(0.6, 300)) as child:
        process = child.run({"do": "double", "number": 1})["process"]
        assert Path(f"/proc/{process}").exists()
        child.run({"do": "sleep"})
    assert not Path(f"/proc/{process}").exists()


@pytest.mark.parametrize(
    ("deed", "seconds", "megabytes", "code"),
    [("sleep", 0.6, 300, "too_slow"), ("eat", 20, 200, "too_much_memory"), ("die", 20, 300, "broken_off")],
)
def test_one_command_is_limited_too(deed: str, seconds: float, megabytes: int, code: str):
    outcome = run_isolated(["strange_work", deed], seconds=seconds, megabytes=megabytes)
    assert outcome.problem is not None
    assert outcome.problem.code == code
    assert outcome.output == b""


def test_one_command_gives_what_it_prints():
    outcome = run_isolated(["strange_work", "say"], seconds=20, megabytes=300)
    assert outcome.output.decode() == "明账\n"
    assert outcome.problem is None
    assert "noise" in outcome.errors
    assert 0 < outcome.megabytes < 300


def test_who_watches_may_end_a_child_at_once():
    """A cancelled job does not wait for the child: what the watch raises ends it, and the next request is answered."""
    started = time.monotonic()

    def watch() -> None:
        if 0.5 < time.monotonic() - started < 5:
            raise InterruptedError

    with Worker("strange_work:work", QUICK, watch) as child:
        with pytest.raises(InterruptedError):
            child.run({"do": "sleep"})
        assert time.monotonic() - started < 4
        started -= 5
        assert child.run({"do": "double", "number": 2})["twice"] == 4
        assert child.started == 2
