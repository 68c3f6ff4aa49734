"""A served portal and the sample's people, for the tests in the browser."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import time
from dataclasses import dataclass, field
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

PASSWORD = "Mingzhang-2021"
CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")

PEOPLE = {
    "accountant": "yezhiqiu",
    "reviewer": "jiangmingyuan",
    "approver": "luhuaide",
    "finance_head": "qinsuwen",
    "section": "hekaiyan",
    "office": "baoheqing",
    "bureau": "ningzhijing",
    "inspector": "guanchao",
    "administrator": "admin",
}
"""Login names of the sample's people by role."""


@dataclass
class Portal:
    """A served portal: its address, its data folder, and pages opened in it."""

    address: str
    folder: Path
    browser: object
    complaints: list[str] = field(default_factory=list)
    """What the browser complained of: errors of scripts, refused resources."""

    def page(self, role: str = "", width: int = 1366, height: int = 820, locale: str = "zh-CN"):
        """A fresh page, logged in as the sample's person of a role."""
        page = self._fresh(width, height, locale)
        if role:
            self._log_in(page, PEOPLE[role], PASSWORD)
            assert "/desk/" in page.url, page.content()
        return page

    def page_of(self, username: str, password: str):
        """A fresh page after somebody else's login: the desk, or what the portal asks for first."""
        page = self._fresh(1366, 820)
        self._log_in(page, username, password)
        return page

    def _fresh(self, width: int, height: int, locale: str = "zh-CN"):
        context = self.browser.new_context(viewport={"width": width, "height": height}, locale=locale)
        page = context.new_page()
        page.on(
            "console",
            lambda said: said.type == "error" and self.complaints.append(f"{page.url}: {said.text}"),
        )
        page.on("pageerror", lambda error: self.complaints.append(f"{page.url}: {error}"))
        return page

    def _log_in(self, page, username: str, password: str) -> None:
        page.goto(f"{self.address}/login/")
        page.fill("[name=username]", username)
        page.fill("[name=password]", password)
        page.click("main button.primary")


def free_port() -> int:
    """A port nobody listens on."""
    with socket.socket() as listening:
        listening.bind(("127.0.0.1", 0))
        return listening.getsockname()[1]


def surroundings(folder: Path, **more: str) -> dict[str, str]:
    """The environment of a command over the folder's books."""
    environment = os.environ | {
        "MINGZHANG_HOME": str(folder),
        "DATABASE_URL": str(folder / "books.sqlite3"),
        "MINGZHANG_SECOND_FACTOR": "off",
        "MINGZHANG_LOG_LEVEL": "WARNING",
        **more,
    }
    environment.pop("DJANGO_SETTINGS_MODULE", None)
    return environment


def told(folder: Path, *arguments: str) -> str:
    """What a `mingzhang` command over the folder's books says; it must succeed."""
    done = subprocess.run(
        [sys.executable, "-m", "mingzhang.cli", *arguments],
        capture_output=True,
        text=True,
        env=surroundings(folder),
        cwd=folder,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def serving(folder: Path, *, with_jobs: bool = False, **more: str) -> tuple[subprocess.Popen, str]:
    """Start `mingzhang serve` over the folder's books and wait until it is ready."""
    port = free_port()
    jobs = "--jobs" if with_jobs else "--no-jobs"
    log = (folder / "serve.log").open("ab")
    server = subprocess.Popen(
        [sys.executable, "-m", "mingzhang.cli", "serve", "--port", str(port), jobs],
        env=surroundings(folder, **more),
        cwd=folder,
        stdout=log,
        stderr=log,
        start_new_session=True,
    )
    address = f"http://127.0.0.1:{port}"
    for _ in range(240):
        try:
            with urlopen(f"{address}/health/ready", timeout=2):
                return server, address
        except (URLError, OSError):
            assert server.poll() is None, (folder / "serve.log").read_text()
            time.sleep(0.25)
    server.kill()
    raise AssertionError((folder / "serve.log").read_text())


def stopped(server: subprocess.Popen) -> None:
    """End a served portal and its workers."""
    server.terminate()
    try:
        server.wait(timeout=30)
    except subprocess.TimeoutExpired:
        server.kill()
