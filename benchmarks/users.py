"""Many users at once: each a thread with a session, who asks for pages over connections of its own without thinking time."""

from __future__ import annotations

import os
import socket
import statistics
import threading
import time
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

HOST = "127.0.0.1"
_PATIENCE = 120


@dataclass(frozen=True, slots=True)
class Page:
    """A page of the server at a port."""

    port: int
    path: str

    def request(self, cookies: dict[str, str], form: str = "") -> bytes:
        """What a browser sends for it."""
        held = "; ".join(f"{name}={value}" for name, value in cookies.items())
        length = f"Content-Type: application/x-www-form-urlencoded\r\nContent-Length: {len(form)}\r\n"
        return (
            f"{'POST' if form else 'GET'} {quote(self.path, safe='/?=&%:')} HTTP/1.1\r\nHost: {HOST}:{self.port}\r\n"
            f"Cookie: {held}\r\nConnection: close\r\n{length if form else ''}\r\n{form}"
        ).encode()


def ask(page: Page, cookies: dict[str, str], form: str = "") -> tuple[int, str]:
    """One request; its status and the body, with the cookies kept."""
    head, _, body = _sent(page.port, page.request(cookies, form)).partition(b"\r\n\r\n")
    status, *lines = head.decode().split("\r\n")
    for line in lines:
        name, _, value = line.partition(": ")
        if name.lower() == "set-cookie":
            name, _, rest = value.partition("=")
            cookies[name] = rest.partition(";")[0]
    return int(status.split()[1]), body.decode()


def _sent(port: int, request: bytes) -> bytes:
    """The whole answer to a request."""
    with socket.create_connection((HOST, port), timeout=_PATIENCE) as connection:
        connection.sendall(request)
        parts = []
        while part := connection.recv(1 << 16):
            parts.append(part)
    return b"".join(parts)


class Processor:
    """Processor time of the servers and of the PostgreSQL behind them, which waiting for a core does not lengthen."""

    def __init__(self, groups: Iterable[int], url: str) -> None:
        self._groups = set(groups)
        self._database = 0
        if url:
            import psycopg

            with psycopg.connect(url) as connection:
                self._database = _stat(connection.info.backend_pid)[0]

    def seconds(self) -> float:
        """Seconds so far."""
        ticks = 0
        for process in Path("/proc").iterdir():
            if process.name.isdigit() and (stated := _stat(int(process.name))):
                parent, group, own = stated
                ticks += own * (group in self._groups or self._database in (parent, int(process.name)))
        return ticks / os.sysconf("SC_CLK_TCK")


def _stat(process: int) -> tuple[int, int, int] | tuple[()]:
    """(parent, group, ticks of processor) of a process; nothing where it has ended."""
    try:
        fields = Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()
    except OSError:
        return ()
    return int(fields[1]), int(fields[2]), int(fields[11]) + int(fields[12])


@dataclass(frozen=True)
class Load:
    """What came of some pages asked for by all users: seconds of each request, in all, and of the processor a request."""

    seconds: list[float]
    errors: int
    whole: float
    processor: float

    @property
    def rate(self) -> float:
        """Requests a second."""
        return len(self.seconds) / self.whole

    @property
    def late(self) -> float:
        """The 95th percentile, in seconds."""
        return sorted(self.seconds)[int(len(self.seconds) * 0.95)]

    def row(self, name: str) -> str:
        """One line of the table."""
        middle = statistics.median(self.seconds)
        return (
            f"| {name} | {middle * 1000:.0f} | {self.late * 1000:.0f} | {self.late / middle:.2f} | {self.rate:.0f} "
            f"| {self.processor * 1000:.1f} | {self.errors} |"
        )


def loaded(pages: list[Page], sessions: list[dict[str, str]], requests: int, spent: Processor) -> Load:
    """All users at once ask for the pages in turn, each beginning at another; so many requests of each user."""
    seconds: list[float] = []
    errors = [0] * len(sessions)
    asked = [[page.request(cookies) for page in pages] for cookies in sessions]

    def user(number: int) -> None:
        for turn in range(requests):
            which = (number + turn) % len(pages)
            started = time.perf_counter()
            try:
                answer = _sent(pages[which].port, asked[number][which])
                errors[number] += not answer.startswith(b"HTTP/1.1 200")
            except OSError:
                errors[number] += 1
            seconds.append(time.perf_counter() - started)

    threads = [threading.Thread(target=user, args=(number,)) for number in range(len(sessions))]
    before, started = spent.seconds(), time.perf_counter()
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    whole = time.perf_counter() - started
    return Load(seconds, sum(errors), whole, (spent.seconds() - before) / len(seconds))
