"""One command in one child: `python -m …` with limits."""

from __future__ import annotations

import subprocess
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from time import monotonic

from mingzhang.documents import Problem
from mingzhang.isolation.limits import (
    Limits,
    broken_off,
    kill,
    limit_processor,
    resident_megabytes,
    spawn,
)

_GLANCE = 0.02
_LARGEST_OUTPUT = 256 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a child printed, or the problem that ended it; its highest memory as far as it was seen."""

    output: bytes = b""
    problem: Problem | None = None
    status: int | None = None
    megabytes: float = 0.0
    seconds: float = 0.0
    errors: str = ""


def run_isolated(args: Sequence[str], *, seconds: float, megabytes: int, where: str = "") -> Outcome:
    """Run `python -m args…`; a child that is too slow, too large or breaks off gives a problem, never an exception.

    `where` names what was worked on, for the message.
    """
    limits = Limits(seconds, megabytes)
    where = where or " ".join(args)
    with tempfile.TemporaryFile() as output, tempfile.TemporaryFile() as errors:
        started = monotonic()
        child = spawn(["-m", *args], stdin=subprocess.DEVNULL, stdout=output.fileno(), stderr=errors.fileno())
        limit_processor(child.pid, seconds)
        peak, problem = 0.0, None
        try:
            while child.poll() is None and problem is None:
                peak = max(peak, resident_megabytes(child.pid))
                if peak > megabytes or output.seek(0, 2) > _LARGEST_OUTPUT:
                    problem = limits.oversize(where)
                elif monotonic() - started > seconds:
                    problem = limits.overtime(where)
                else:
                    _wait(child)
        finally:
            kill(child)
        spent = monotonic() - started
        if problem is None and child.returncode != 0:
            problem = broken_off(where, child.returncode)
        output.seek(0)
        errors.seek(max(errors.seek(0, 2) - 4000, 0))
        told = errors.read().decode(errors="replace")
        said = b"" if problem else output.read()
        return Outcome(said, problem, child.returncode, peak, spent, told)


def _wait(child: subprocess.Popen[bytes]) -> None:
    try:
        child.wait(_GLANCE)
    except subprocess.TimeoutExpired:
        return
