"""What a child process may use, and what is said when it uses more."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from mingzhang.documents import Problem

_ONE_THREAD = ("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "MKL_NUM_THREADS", "NUMEXPR_NUM_THREADS")
_PAGE = os.sysconf("SC_PAGE_SIZE") if hasattr(os, "sysconf") else 4096


@dataclass(frozen=True, slots=True)
class Limits:
    """Seconds by the clock (and of processor time, as far as the system counts it) and megabytes held at once."""

    seconds: float = 120.0
    megabytes: int = 1500

    def overtime(self, where: str) -> Problem:
        """The problem of a child that took too long."""
        what = f"处理超时（上限 {self.seconds:g} 秒），已停止"
        return Problem("too_slow", what, where, "文件可能已损坏或过于复杂；另存后再核对，其他文件不受影响")

    def oversize(self, where: str) -> Problem:
        """The problem of a child that took too much memory."""
        what = f"处理所需内存超过上限（{self.megabytes} MB），已停止"
        return Problem("too_much_memory", what, where, "只保留一份决算报告，去掉图片后另存，再核对")


def broken_off(where: str, status: int | None) -> Problem:
    """The problem of a child that ended without an answer."""
    how = f"状态 {status}"
    if status is not None and status < 0:
        with suppress(ValueError):
            how = signal.Signals(-status).name
    what = f"处理程序异常退出（{how}）"
    return Problem("broken_off", what, where, "文件可能已损坏；另存后再核对，其他文件不受影响")


def resident_megabytes(process: int) -> float:
    """What a process holds in memory; 0 where the system does not tell."""
    try:
        fields = Path(f"/proc/{process}/statm").read_text().split()
        return int(fields[1]) * _PAGE / 1024**2
    except (OSError, IndexError, ValueError):
        return 0.0


def spawn(
    arguments: list[str],
    *,
    stdin: int,
    stdout: int,
    stderr: int,
    environment: Mapping[str, str] | None = None,
) -> subprocess.Popen[bytes]:
    """Start `python` with arguments in a group of its own, on one thread, with this process's import path."""
    variables = {**os.environ, **dict.fromkeys(_ONE_THREAD, "1"), "PYTHONIOENCODING": "utf-8"}
    variables["PYTHONPATH"] = os.pathsep.join(path for path in sys.path if path)
    variables.update(environment or {})
    return subprocess.Popen(
        [sys.executable, "-P", *arguments],
        stdin=stdin,
        stdout=stdout,
        stderr=stderr,
        env=variables,
        start_new_session=True,
        bufsize=0,
    )


def limit_processor(process: int, seconds: float, used: float = 0.0) -> None:
    """Let a process use this many more seconds of processor time, where the system can limit that."""
    with suppress(ImportError, AttributeError, OSError, ValueError):
        import resource

        soft = int(used + seconds) + 2
        resource.prlimit(process, resource.RLIMIT_CPU, (soft, resource.RLIM_INFINITY))


def kill(child: subprocess.Popen[bytes]) -> None:
    """End a child and all that it started."""
    with suppress(OSError):
        os.killpg(child.pid, signal.SIGKILL)
    with suppress(OSError):
        child.kill()
    child.wait()
