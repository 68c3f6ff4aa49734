"""Whatever is killed, no report is lost and none is there twice: the child that reads, the run, a cluster's worker."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from mingzhang.province.batches import UnfitWorkerError, program
from province.province_reports import rows, text_report

REPORTS = 24


@pytest.fixture
def reports(tmp_path: Path) -> Path:
    for number in range(REPORTS):
        text_report(tmp_path / "reports", f"第{number}区水务局", wrong=number % 6 == 0)
    return tmp_path / "reports"


def started(reports: Path, out: Path, *more: str) -> subprocess.Popen:
    command = ["-m", "mingzhang.cli", "audit", "--format", "parquet", "--out", str(out), *more, str(reports)]
    variables = {**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, sys.path))}
    return subprocess.Popen([sys.executable, *command], env=variables, stdout=subprocess.PIPE, text=True)


def wait_for(what: Callable[[], object], seconds: float = 120) -> object:
    until = time.monotonic() + seconds
    while not (found := what()):
        assert time.monotonic() < until
        time.sleep(0.01)
    return found


def parts(out: Path) -> int:
    return len(list(out.glob("parts/*")))


def children(process: int) -> list[int]:
    return [
        int(child)
        for told in Path(f"/proc/{process}/task").glob("*/children")
        for child in told.read_text().split()
    ]


def test_a_run_that_is_killed_goes_on_where_it_stopped(reports: Path, tmp_path: Path):
    out = tmp_path / "out"
    run = started(reports, out)
    wait_for(lambda: parts(out) >= 2)
    run.send_signal(signal.SIGKILL)
    run.wait()
    kept = len(rows(out, "reports"))
    assert 0 < kept < REPORTS
    again = started(reports, out)
    told, _ = again.communicate()
    assert f"此前已核对{kept}份" in told
    assert again.returncode == 1
    assert len(set(rows(out, "reports", "path"))) == len(rows(out, "reports")) == REPORTS
    assert len(rows(out, "findings")) == REPORTS // 6


@pytest.mark.skipif(not Path("/proc/self/task").exists(), reason="needs /proc")
def test_a_child_that_is_killed_is_replaced_and_its_report_audited(reports: Path, tmp_path: Path):
    out = tmp_path / "out"
    run = started(reports, out)
    child = wait_for(lambda: children(run.pid))[0]
    wait_for(lambda: parts(out) >= 1)
    os.kill(child, signal.SIGKILL)
    told, _ = run.communicate()
    assert f"本次核对{REPORTS}份" in told
    assert "未能读取的0份" in told
    assert len(rows(out, "findings")) == REPORTS // 6


@pytest.fixture
def cluster():
    import distributed

    with distributed.LocalCluster(n_workers=2, threads_per_worker=1, dashboard_address=":0") as made:
        yield made


def test_a_worker_of_a_cluster_that_is_killed_loses_nothing(reports: Path, tmp_path: Path, cluster):
    from mingzhang.province.cluster import on_cluster

    out = tmp_path / "out"
    run = started(reports, out, "--cluster", cluster.scheduler_address)
    wait_for(lambda: parts(out) >= 2)
    os.kill(cluster.workers[0].pid, signal.SIGKILL)
    told, _ = run.communicate()
    assert run.returncode == 1
    assert f"本次核对{REPORTS}份" in told
    assert len(set(rows(out, "reports", "path"))) == len(rows(out, "reports")) == REPORTS
    assert len(rows(out, "findings")) == REPORTS // 6
    again = started(reports, out, "--cluster", cluster.scheduler_address)
    assert f"此前已核对{REPORTS}份" in again.communicate()[0]
    with pytest.raises(UnfitWorkerError, match="另一个版本"):
        list(on_cluster(cluster.scheduler_address, [[str(reports / "a.txt")]], str(out), "another"))
    with pytest.raises(UnfitWorkerError, match="看不到写结果的文件夹"):
        list(on_cluster(cluster.scheduler_address, [["a.txt"]], str(tmp_path / "elsewhere"), program()))
