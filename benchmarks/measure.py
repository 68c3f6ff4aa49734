"""Time things side by side and tell of them: medians, ratios with targets, what changed since the last run."""

from __future__ import annotations

import contextlib
import json
import os
import platform
import resource
import subprocess
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from statistics import median

RESULTS = Path(__file__).parent / "results"
NOTABLE = 0.10
"""A ratio that moved by more than this part is named among the changes."""


@dataclass(frozen=True)
class Timing:
    """How long one piece of work took, in seconds, run by run."""

    name: str
    seconds: tuple[float, ...]
    megabytes: float | None = None

    @property
    def median(self) -> float:
        """The median of the runs."""
        return median(self.seconds)


def timed(name: str, work: Callable[[], object], runs: int = 5) -> Timing:
    """Run a piece of work several times."""
    return interleaved({name: work}, runs)[name]


def interleaved(works: Mapping[str, Callable[[], object]], runs: int = 5) -> dict[str, Timing]:
    """Run several pieces of work in turns, so that a busy moment of the machine falls on all of them."""
    seconds: dict[str, list[float]] = {name: [] for name in works}
    for _ in range(runs):
        for name, work in works.items():
            started = time.perf_counter()
            work()
            seconds[name].append(time.perf_counter() - started)
    return {name: Timing(name, tuple(each)) for name, each in seconds.items()}


def process(arguments: Sequence[str | Path]) -> str:
    """Run a command to its end and return what it printed; where it fails, say what it said."""
    command = [str(argument) for argument in arguments]
    done = subprocess.run(command, capture_output=True, text=True)
    if done.returncode:
        raise RuntimeError(f"{command[0]} failed:\n{done.stdout[-2000:]}\n{done.stderr[-2000:]}")
    return done.stdout


def timed_process(name: str, arguments: Sequence[str | Path], runs: int = 3) -> Timing:
    """Run a command several times; the largest memory any of the runs had is kept."""
    seconds, memory = [], 0.0
    for _ in range(runs):
        started = time.perf_counter()
        child = subprocess.Popen(
            [str(argument) for argument in arguments], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        )
        while child.poll() is None:
            memory = max(memory, _megabytes(child.pid))
            with contextlib.suppress(subprocess.TimeoutExpired):
                child.wait(0.05)
        seconds.append(time.perf_counter() - started)
        if child.returncode:
            raise RuntimeError(f"{arguments[0]} failed with status {child.returncode}")
    return Timing(name, tuple(seconds), memory)


def _megabytes(pid: int) -> float:
    """The most memory that a running process and those it started have had, added up."""
    total = 0.0
    with contextlib.suppress(OSError):
        for line in Path(f"/proc/{pid}/status").read_text().splitlines():
            if line.startswith("VmHWM:"):
                total += int(line.split()[1]) / 1024
        for thread in Path(f"/proc/{pid}/task").iterdir():
            for child in (thread / "children").read_text().split():
                total += _megabytes(int(child))
    return total


def peak_megabytes() -> float:
    """The most memory this process has had."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


@dataclass(frozen=True)
class Ratio:
    """How long one thing takes beside another. `target`: `at_most` times as long, or `at_least` times as fast.

    `value` compares medians and is judged; `fastest` compares the fastest runs, which a busy machine disturbs less.
    """

    what: str
    value: float
    fastest: float
    at_most: float | None = None
    at_least: float | None = None

    @property
    def verdict(self) -> str:
        """Whether the target is met; blank without one."""
        if self.at_most is not None:
            return "met" if self.value <= self.at_most else "MISSED"
        if self.at_least is not None:
            return "met" if self.value >= self.at_least else "MISSED"
        return ""

    @property
    def target(self) -> str:
        """The target as printed."""
        if self.at_most is not None:
            return f"≤ {self.at_most:g}×"
        return f"≥ {self.at_least:g}×" if self.at_least is not None else ""


def slower(work: Timing, beside: Timing, at_most: float | None = None, name: str = "") -> Ratio:
    """How many times as long as something else a piece of work takes."""
    best = min(work.seconds) / min(beside.seconds)
    return Ratio(name or f"{work.name} ÷ {beside.name}", work.median / beside.median, best, at_most=at_most)


def faster(work: Timing, beside: Timing, at_least: float | None = None, name: str = "") -> Ratio:
    """How many times as fast as something else a piece of work is."""
    best = min(beside.seconds) / min(work.seconds)
    return Ratio(name or f"{beside.name} ÷ {work.name}", beside.median / work.median, best, at_least=at_least)


@dataclass
class Page:
    """One benchmark's page: what was run on what, the times, the ratios, what changed."""

    name: str
    title: str
    conditions: Sequence[str] = ()
    timings: list[Timing] = field(default_factory=list)
    ratios: list[Ratio] = field(default_factory=list)
    tables: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)

    def add(self, *found: Timing | Ratio) -> None:
        """Take times and ratios."""
        for each in found:
            (self.timings if isinstance(each, Timing) else self.ratios).append(each)  # type: ignore[attr-defined]

    def markdown(self) -> str:
        """The page in Markdown."""
        lines = [f"## {self.title}", "", f"{date.today():%Y-%m-%d} · {machine()}", ""]
        lines += [*(f"- {condition}" for condition in self.conditions), ""]
        lines += ["| work | median | fastest – slowest | runs | memory |", "|---|--:|--:|--:|--:|"]
        lines += [_timing_row(timing) for timing in self.timings]
        if self.ratios:
            lines += ["", "| ratio | medians | fastest runs | target | |", "|---|--:|--:|--:|---|"]
            lines += [
                f"| {r.what} | {r.value:.3g}× | {r.fastest:.3g}× | {r.target} | {r.verdict} |"
                for r in self.ratios
            ]
        for table in self.tables:
            lines += ["", table]
        if self.notes:
            lines += ["", *(f"- {note}" for note in self.notes)]
        return "\n".join(lines) + "\n"

    def finish(self) -> None:
        """Print the page with what changed since the last run, and keep it for the next."""
        print(self.markdown())
        file = RESULTS / f"{self.name}.json"
        before = json.loads(file.read_text(encoding="utf-8")) if file.exists() else None
        print("\n".join(_changes(before, {ratio.what: ratio.value for ratio in self.ratios})), flush=True)
        RESULTS.mkdir(exist_ok=True)
        kept = {
            "date": f"{date.today():%Y-%m-%d}",
            "machine": machine(),
            "conditions": list(self.conditions),
            "seconds": {timing.name: timing.median for timing in self.timings},
            "ratios": {ratio.what: ratio.value for ratio in self.ratios},
        }
        file.write_text(json.dumps(kept, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


def machine() -> str:
    """The machine in one line, with how busy it is."""
    cores = len(os.sched_getaffinity(0))
    return (
        f"{platform.system()} {platform.machine()}, {cores} cores, load {os.getloadavg()[0]:.1f}, "
        f"CPython {platform.python_version()}"
    )


def duration(seconds: float) -> str:
    """A time with three digits.

    >>> duration(0.01234), duration(2.5)
    ('12.3 ms', '2.5 s')
    """
    return f"{seconds * 1000:.3g} ms" if seconds < 0.9995 else f"{seconds:.3g} s"


def growth_table(of: str, sizes: Sequence[str], grown: Mapping[str, Sequence[Timing]]) -> str:
    """A Markdown table of how work grows: a row for each piece of work, a column for each size."""
    lines = [f"| {of} | {' | '.join(sizes)} |", f"|---{'|--:' * len(sizes)}|"]
    for name, timings in grown.items():
        lines.append(f"| {name} | {' | '.join(duration(timing.median) for timing in timings)} |")
    return "\n".join(lines)


def _timing_row(timing: Timing) -> str:
    spread = f"{duration(min(timing.seconds))} – {duration(max(timing.seconds))}"
    memory = f"{timing.megabytes:.0f} MB" if timing.megabytes else ""
    return f"| {timing.name} | {duration(timing.median)} | {spread} | {len(timing.seconds)} | {memory} |"


def _changes(before: Mapping[str, object] | None, now: Mapping[str, float]) -> list[str]:
    if before is None:
        return ["No earlier run to compare with.", ""]
    old = before["ratios"]
    assert isinstance(old, dict)
    moved = [
        f"| {what} | {old[what]:.3g}× | {value:.3g}× |"
        for what, value in now.items()
        if what in old and abs(value / old[what] - 1) > NOTABLE
    ]
    if not moved:
        return [f"No ratio moved by more than {NOTABLE:.0%} since the run of {before['date']}.", ""]
    return [f"| moved since {before['date']} | before | now |", "|---|--:|--:|", *moved, ""]
