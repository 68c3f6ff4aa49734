"""A province of reports on a cluster of this machine: one and two workers, one killed, the run killed and resumed.

    python benchmarks/province.py [--reports 2000] [--sample 96] [--runs 2] [--work /tmp/mingzhang-benchmarks]

All reports are audited by two workers, of which one is killed at a quarter, and the run itself at a half, and resumed:
every report must then be in the tables, once. Then a sample is audited by one worker and by two in turns.
"""

from __future__ import annotations

import argparse
import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Sequence
from pathlib import Path

import duckdb
from distributed import LocalCluster

from measure import Page, Timing, duration, faster, process
from province_reports import reports

WORKERS = (1, 2)
PROVINCE = 100_000


def main() -> None:
    """Measure everything and print the page."""
    options = _options()
    folder = options.work / "province"
    files = list(reports(folder, options.reports))
    page = Page("province", "A province", _conditions(files, options.sample))
    _everything(page, files, folder, options.work / "province-tables")
    seconds: dict[int, list[float]] = {workers: [] for workers in WORKERS}
    for _ in range(options.runs):
        for workers in WORKERS:
            seconds[workers].append(_sample(files[-options.sample :], options.work, workers))
    one, two = (Timing(f"{options.sample} reports, {n} worker(s)", tuple(seconds[n])) for n in WORKERS)
    page.add(one, two, faster(two, one, 1.9))
    page.finish()


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--reports", type=int, default=2000)
    parser.add_argument("--sample", type=int, default=96)
    parser.add_argument("--runs", type=int, default=2)
    parser.add_argument("--work", type=Path, default=Path("/tmp/mingzhang-benchmarks"))
    return parser.parse_args()


def _conditions(files: Sequence[Path], sample: int) -> tuple[str, ...]:
    kinds = [path.suffix[1:] for path in files]
    told = ", ".join(f"{kinds.count(kind)} {kind}" for kind in sorted(set(kinds)))
    size = sum(path.stat().st_size for path in files) / 1e6
    return (
        f"{len(files)} reports ({told}; {size:.0f} MB; the PDF files have 21 pages), see `province_reports.py`",
        f"one and two workers: `mingzhang audit --format parquet --cluster …` over {sample} of them, imports included",
    )


def _command(out: Path, address: str, *paths: Path) -> list[str | Path]:
    options = ["--format", "parquet", "--out", out, "--cluster", address]
    return [sys.executable, "-m", "mingzhang.cli", "audit", *options, *paths]


def _cluster(workers: int) -> LocalCluster:
    return LocalCluster(n_workers=workers, threads_per_worker=1, dashboard_address=":0")


def _sample(files: Sequence[Path], work: Path, workers: int) -> float:
    """Seconds that a cluster takes for some reports."""
    out = work / "province-sample"
    with _cluster(workers) as cluster:
        shutil.rmtree(out, ignore_errors=True)
        started = time.perf_counter()
        done = subprocess.run(
            _command(out, cluster.scheduler_address, *files), capture_output=True, text=True
        )
        spent = time.perf_counter() - started
    if done.returncode > 1:
        raise RuntimeError(done.stdout + done.stderr)
    return spent


def _everything(page: Page, files: Sequence[Path], folder: Path, out: Path) -> None:
    """All reports by two workers, with both kinds of killing."""
    count = len(files)
    shutil.rmtree(out, ignore_errors=True)
    with _cluster(2) as cluster:
        command = _command(out, cluster.scheduler_address, folder)
        started = time.perf_counter()
        run = subprocess.Popen(command, stdout=subprocess.DEVNULL)
        _wait(run, out, count // 4)
        os.kill(cluster.workers[0].pid, signal.SIGKILL)
        _wait(run, out, count // 2)
        run.kill()
        run.wait()
        kept = _rows(out)
        resumed = time.perf_counter()
        told = subprocess.run(command, capture_output=True, text=True)
        ended = time.perf_counter()
        again = subprocess.run(command, capture_output=True, text=True)
        idle = time.perf_counter() - ended
    if told.returncode > 1 or f"本次核对0份，此前已核对{count}份" not in again.stdout:
        raise RuntimeError(told.stdout + told.stderr + again.stdout + again.stderr)
    spent = ended - started
    size = sum(file.stat().st_size for file in out.rglob("*.parquet")) / 1e6
    page.add(
        Timing(f"{count} reports, 2 workers, one of them killed, the run killed and resumed", (spent,)),
        Timing("the same command again: nothing left to do", (idle,)),
        Timing("summary of all tables", (_summary(out),)),
    )
    page.notes += [
        f"a worker killed (SIGKILL) at {count // 4} reports, the run at {kept}; resumed, it audited the other "
        f"{count - kept} in {duration(ended - resumed)}; all {count} are in the tables, each once: {_whole(out, count)}",
        f"{count / spent:.2f} reports a second with both killings; {PROVINCE:,} would take "
        f"{PROVINCE / count * spent / 3600:.1f} hours on two cores, {PROVINCE / count * spent / 3600 / 16:.1f} on 32",
        f"tables: {size:.1f} MB; {PROVINCE:,} reports would fill {size * PROVINCE / count / 1000:.1f} GB",
    ]


def _summary(out: Path) -> float:
    started = time.perf_counter()
    process([sys.executable, "-m", "mingzhang.cli", "summary", out])
    return time.perf_counter() - started


def _wait(run: subprocess.Popen[bytes], out: Path, reports: int) -> None:
    while _rows(out) < reports:
        if run.poll() is not None:
            raise RuntimeError("the run ended too soon")
        time.sleep(1)


def _rows(out: Path) -> int:
    if not any(out.glob("parts/*")):
        return 0
    return int(duckdb.sql(f"SELECT count(*) FROM '{out}/parts/*/reports.parquet'").fetchall()[0][0])


def _whole(out: Path, count: int) -> bool:
    source = f"'{out}/parts/*/reports.parquet'"
    return duckdb.sql(f"SELECT count(*), count(DISTINCT path) FROM {source}").fetchall() == [(count, count)]


if __name__ == "__main__":
    main()
