"""New books take their tables from a kept copy: the same tables, made once a release, whoever opens them first."""

import sqlite3
import subprocess
import sys

import pytest

OPEN = "import sys; from mingzhang.records.setup import open_books, pending; open_books(sys.argv[1]); assert not pending()"


def opened(path, cache):
    """Start opening books in a process of its own."""
    environment = {
        "XDG_CACHE_HOME": str(cache),
        "PATH": "/usr/bin",
        "PYTHONPATH": ":".join(filter(None, sys.path)),
    }
    return subprocess.Popen([sys.executable, "-c", OPEN, str(path)], env=environment)


def tables(path):
    """Everything that the schema says."""
    with sqlite3.connect(path) as connection:
        return connection.execute("SELECT type, name, sql FROM sqlite_master ORDER BY 1, 2").fetchall()


@pytest.mark.slow
def test_books_from_the_copy_are_those_that_migrations_make(tmp_path):
    """The first process runs the migrations and keeps a copy, the next takes it; a cache that cannot be written costs only time."""
    cache = tmp_path / "cache"
    assert opened(tmp_path / "first.sqlite3", cache).wait() == 0
    copies = sorted(each.name.split("-")[1] for each in (cache / "mingzhang").iterdir())
    assert copies == ["default", "jobs"]
    assert opened(tmp_path / "second.sqlite3", cache).wait() == 0
    assert tables(tmp_path / "first.sqlite3") == tables(tmp_path / "second.sqlite3")


@pytest.mark.slow
def test_two_who_open_new_books_at_once_open_the_same_books(tmp_path):
    """Neither takes the other's file away."""
    cache = tmp_path / "cache"
    assert opened(tmp_path / "first.sqlite3", cache).wait() == 0
    both = [opened(tmp_path / "both.sqlite3", cache) for _ in range(2)]
    assert [process.wait() for process in both] == [0, 0]
    assert tables(tmp_path / "both.sqlite3") == tables(tmp_path / "first.sqlite3")
