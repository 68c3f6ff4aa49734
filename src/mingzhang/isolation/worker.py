"""A child that serves one request after another, and is replaced when it had to be killed."""

from __future__ import annotations

import json
import os
import select
import subprocess
from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from time import monotonic
from types import TracebackType
from typing import Any

from mingzhang.documents import Problem
from mingzhang.isolation.limits import (
    Limits,
    broken_off,
    kill,
    limit_processor,
    resident_megabytes,
    spawn,
)

_GLANCE = 0.05
_PIECE = 1 << 16
_LARGEST_ANSWER = 256 * 1024 * 1024
_RETIRE = 0.5
"""A child that keeps this share of the memory limit after a request makes room for a fresh one."""


class Worker:
    """Applies `module:function` to requests in a child process; both are JSON objects.

        with Worker("mingzhang.pipeline:audited") as worker:
            answer = worker.run({"path": "report.pdf"})      # a dict, or a Problem

    One worker is for one thread; several run side by side. `watch` is called many times a second while the child
    works; what it raises ends the child and is raised by `run`.
    """

    def __init__(
        self, function: str, limits: Limits = Limits(), watch: Callable[[], None] = lambda: None
    ) -> None:
        self.function = function
        self.limits = limits
        self.watch = watch
        self.started = 0
        """How many children have been started so far."""
        self.trace = ""
        """Where the last request failed inside the function, for developers."""
        self._child: subprocess.Popen[bytes] | None = None

    def __enter__(self) -> Worker:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, value: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def run(self, request: dict[str, Any], where: str = "") -> dict[str, Any] | Problem:
        """The function's answer, or the problem that the file or the child had. `where` names the file."""
        where = where or str(request.get("path", ""))
        child = self._ready()
        try:
            line = self._exchange(child, json.dumps(request).encode() + b"\n", where)
        except BaseException:
            self.close()
            raise
        if isinstance(line, Problem):
            self.close()
            return line
        answer = json.loads(line)
        if resident_megabytes(child.pid) > _RETIRE * self.limits.megabytes:
            self.close()
        self.trace = answer.get("trace", "")
        if "memory" in answer:
            return self.limits.oversize(where)
        if "problem" in answer:
            problem = Problem(**answer["problem"])
            return problem if problem.where else replace(problem, where=where)
        found: dict[str, Any] = answer["answer"]
        return found

    def close(self) -> None:
        """End the child; the next request starts another."""
        child, self._child = self._child, None
        if child is None:
            return
        kill(child)
        for pipe in (child.stdin, child.stdout):
            if pipe is not None:
                with suppress(OSError):
                    pipe.close()

    def _ready(self) -> subprocess.Popen[bytes]:
        if self._child is not None and self._child.poll() is not None:
            self.close()
        if self._child is None:
            self._child = spawn(
                ["-m", "mingzhang.isolation.child", self.function],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
            )
            for pipe in (self._child.stdin, self._child.stdout):
                assert pipe is not None
                os.set_blocking(pipe.fileno(), False)
            self.started += 1
        return self._child

    def _exchange(self, child: subprocess.Popen[bytes], request: bytes, where: str) -> bytes | Problem:
        """Send a request and wait for its line, with an eye on the clock and the child's memory."""
        assert child.stdin is not None
        assert child.stdout is not None
        reading, writing = child.stdout.fileno(), child.stdin.fileno()
        limit_processor(child.pid, self.limits.seconds, _processor_seconds(child.pid))
        deadline = monotonic() + self.limits.seconds
        received = bytearray()
        unsent = memoryview(request)
        while True:
            self.watch()
            ready, free, _ = select.select([reading], [writing] if unsent else [], [], _GLANCE)
            if ready:
                piece = os.read(reading, _PIECE)
                if not piece:
                    return broken_off(where, child.wait())
                received += piece
                if piece.endswith(b"\n"):
                    return bytes(received)
                if len(received) > _LARGEST_ANSWER:
                    return self.limits.oversize(where)
            if free:
                try:
                    unsent = unsent[os.write(writing, unsent[:_PIECE]) :]
                except BrokenPipeError:
                    return broken_off(where, child.wait())
            if monotonic() > deadline:
                return self.limits.overtime(where)
            if resident_megabytes(child.pid) > self.limits.megabytes:
                return self.limits.oversize(where)


def _processor_seconds(process: int) -> float:
    """Processor time used so far."""
    try:
        with open(f"/proc/{process}/stat", encoding="ascii", errors="replace") as stream:
            fields = stream.read().rpartition(")")[2].split()
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")
    except (OSError, IndexError, ValueError):
        return 0.0
