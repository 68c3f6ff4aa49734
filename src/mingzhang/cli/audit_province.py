"""`mingzhang audit --format parquet`: very many reports, on this machine or a cluster, into tables; resumed at will."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from time import monotonic

import click

from mingzhang.documents import Problem

_NEEDS = {"duckdb": "parquet", "distributed": "cluster"}
"""Libraries that are installed on request, each with the extra that brings it."""


def audit_into_tables(paths: Sequence[Path], out: Path, jobs: int, cluster: str) -> int:
    """Audit the files into tables below `out`, tell how it went; the exit status of `audit`."""
    try:
        from mingzhang.province.batches import UnfitWorkerError
        from mingzhang.province.run import audit_province

        bar = ProgressBar()
        outcome = audit_province(paths, out, jobs=jobs, cluster=cluster, progress=bar)
    except ModuleNotFoundError as missing:
        click.echo(not_installed(missing).in_chinese(), err=True)
        return 2
    except UnfitWorkerError as unfit:
        click.echo(unfit.problem.in_chinese(), err=True)
        return 2
    except OSError as refused:
        if not cluster or refused.filename:
            raise
        what = f"连接不上集群（{refused or type(refused).__name__}）"
        remedy = "检查调度器的地址；集群用 dask scheduler 和 dask worker 启动"
        click.echo(Problem("no_cluster", what, cluster, remedy).in_chinese(), err=True)
        return 2
    bar.close()
    for problem in outcome.problems:
        click.echo(problem.in_chinese(), err=True)
    click.echo(
        f"共{outcome.asked}份：本次核对{outcome.audited}份，此前已核对{outcome.kept}份；结果在 {out / 'parts'}"
    )
    click.echo(
        f"其中有错误的{outcome.with_errors}份，未能读取的{outcome.unreadable}份；汇总：mingzhang summary {out}"
    )
    return 2 if outcome.problems or outcome.unreadable else int(bool(outcome.with_errors))


def not_installed(missing: ModuleNotFoundError) -> Problem:
    """The message for a library that is installed on request; any other is a fault of the program."""
    name = (missing.name or "").partition(".")[0]
    if name not in _NEEDS:
        raise missing
    return Problem(
        "not_installed", f"没有安装 {name}", sys.prefix, f"运行 pip install 'mingzhang[{_NEEDS[name]}]'，再试"
    )


@dataclass
class ProgressBar:
    """One line on the terminal: how many are done, how fast, how long it will take; nothing where nobody looks."""

    started: float = field(default_factory=monotonic)
    first: int = -1
    shown: bool = False

    def __call__(self, done: int, total: int) -> None:
        """Show how many reports are done."""
        if self.first < 0:
            self.first = done
        if not sys.stderr.isatty():
            return
        spent, fresh = monotonic() - self.started, done - self.first
        width = 30 * done // total if total else 30
        line = f"\r{'█' * width}{'░' * (30 - width)} {done}/{total}份"
        if fresh:
            line += f"　{fresh / spent:.1f}份/秒　约剩{in_words(spent / fresh * (total - done))}　"
        click.echo(line, err=True, nl=False)
        self.shown = True

    def close(self) -> None:
        """End the line."""
        if self.shown:
            click.echo(err=True)


def in_words(seconds: float) -> str:
    """A time to wait.

    >>> in_words(75), in_words(7300)
    ('2分钟', '2.0小时')
    """
    if seconds < 60:
        return f"{seconds:.0f}秒"
    return f"{-(-seconds // 60):.0f}分钟" if seconds < 3600 else f"{seconds / 3600:.1f}小时"
