"""The command line as a user runs it, in a process of its own, over the demo's books."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest


class CommandLine:
    """Runs `mingzhang …` and keeps what it said."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.books = folder / "books.sqlite3"

    def run(self, *words: object, status: int = 0) -> str:
        """Run a command; its exit status must be as expected. Both streams are returned together."""
        environment = {name: value for name, value in os.environ.items() if name != "DATABASE_URL"}
        done = subprocess.run(
            [sys.executable, "-m", "mingzhang.cli", *map(str, words)],
            capture_output=True,
            text=True,
            cwd=self.folder,
            env=environment | {"PYTHONIOENCODING": "utf-8"},
            check=False,
        )
        said = done.stdout + done.stderr
        assert done.returncode == status, said
        return said

    def with_books(self, *words: object, status: int = 0) -> str:
        """Run a command on the demo's books."""
        return self.run(*words, "--books", self.books, status=status)


@pytest.fixture(scope="session")
def demo(demo_folder, demo_said, tmp_path_factory) -> tuple[CommandLine, str]:
    """The demo, run once: a copy of its folder, and what it said."""
    folder = tmp_path_factory.mktemp("demo") / "own"
    shutil.copytree(demo_folder, folder)
    return CommandLine(folder), demo_said


@pytest.fixture
def demo_copy(demo, tmp_path) -> CommandLine:
    """A copy of the demo's folder that a test may change."""
    shutil.copytree(demo[0].folder, tmp_path / "demo")
    return CommandLine(tmp_path / "demo")
