"""What all tests share: the test database takes its tables from the kept copy of empty books, as new books do."""

from __future__ import annotations

import fcntl
import os
import subprocess
import sys
from pathlib import Path
from unittest.mock import patch

import pytest

SAID = "said.txt"


@pytest.fixture(scope="session")
def demo_folder(tmp_path_factory) -> Path:
    """The folder of `mingzhang demo`, run once for all workers of a run; nobody may change it, `demo_said` is what it said."""
    base = tmp_path_factory.getbasetemp()
    if "PYTEST_XDIST_WORKER" in os.environ:
        base = base.parent
    folder = base / "the-demo"
    with (base / "the-demo.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not (folder / SAID).exists():
            folder.mkdir(exist_ok=True)
            kept_out = ("DATABASE_URL", "DJANGO_SETTINGS_MODULE")
            environment = {name: value for name, value in os.environ.items() if name not in kept_out}
            done = subprocess.run(
                [sys.executable, "-m", "mingzhang.cli", "demo", "--out", str(folder)],
                capture_output=True,
                text=True,
                env=environment | {"PYTHONIOENCODING": "utf-8"},
                cwd=folder,
                check=False,
            )
            assert done.returncode == 0, done.stdout + done.stderr
            (folder / SAID).write_text(done.stdout + done.stderr, encoding="utf-8")
    return folder


@pytest.fixture(scope="session")
def demo_said(demo_folder) -> str:
    """What `mingzhang demo` said."""
    return (demo_folder / SAID).read_text(encoding="utf-8")


@pytest.fixture(scope="session")
def migrating_from_the_copy():
    """Whoever makes the test database asks for the copy before the migrations, which then find nothing to do, and keeps one after them."""
    from django.core.management import call_command

    from mingzhang.records.database import JOBS
    from mingzhang.records.empty_books import is_empty, keep_tables, take_tables
    from mingzhang.records.routing import JOBS_APPS, jobs_stand_apart

    def called(command, *words, **options):
        database = options.get("database")
        if command != "migrate" or database not in ("default", JOBS):
            call_command(command, *words, **options)
        elif database == JOBS and jobs_stand_apart():
            for app in sorted(JOBS_APPS):
                call_command("migrate", app, database=JOBS, verbosity=0, interactive=False)
        else:
            fresh = database == "default" and is_empty(database)
            if fresh:
                take_tables(database)
            call_command(command, *words, **options)
            if fresh:
                keep_tables(database)

    patched = patch("django.core.management.call_command", called)
    patched.start()
    return patched


@pytest.fixture(scope="session")
def django_db_setup(migrating_from_the_copy, django_db_setup):
    """The test database; once it is made, commands are called as ever."""
    migrating_from_the_copy.stop()
