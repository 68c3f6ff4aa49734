"""Casework in a backup: every table, every file; with the keys at hand the restored books are proved whole."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from records.casework.helping import LIBRARY

pytestmark = pytest.mark.slow

FILL = """
import io, sys
from datetime import date
from pathlib import Path
sys.path.insert(0, {tests!r})
from mingzhang.records.setup import open_books
open_books({books!r})
from mingzhang.lines import read_lines
from mingzhang.records.casework.anchoring import anchor_cases
from mingzhang.records.casework.attachments import attach
from mingzhang.records.casework.lines import using
from mingzhang.records.casework.opening import open_record
from mingzhang.records.casework.transitions import take
from records.casework.helping import TODAY, make_district, request
with using(read_lines(Path({library!r}))):
    district = make_district()
    day = date(2023, 3, 1)
    record = open_record(district.clerk, "window_service.request", request(facts="情况"), occurred_on=day, command_key="1", today=TODAY)
    take(district.clerk, record, "refuse", {{"grounds": "缺"}}, occurred_on=day, command_key="2", today=TODAY)
    attach(district.clerk, record, "说明.txt", 6, io.BytesIO("说明".encode()))
    anchor_cases()
"""

ASK = """
from collections import Counter
from mingzhang.records.setup import open_books
open_books({books!r})
from mingzhang.records.casework.attachments import damaged
from mingzhang.records.casework.documents import text_of
from mingzhang.records.casework.models import Attachment, Document, Event
from mingzhang.records.verifying import verify_books
print([problem.code for problem in verify_books(Counter())], [problem.code for problem in damaged(Attachment.objects.all())], Event.objects.count(), "王小明" in text_of(Document.objects.get()))
"""


def test_casework_comes_back_whole_with_its_keys(tmp_path):
    old, new, tests = tmp_path / "old", tmp_path / "new", str(Path(__file__).parents[2])
    for folder in (old, new):
        folder.mkdir()

    def run(*command, home):
        environment = {
            **os.environ,
            "MINGZHANG_HOME": str(home),
            "DJANGO_SETTINGS_MODULE": "mingzhang.records.settings",
        }
        environment.pop("DATABASE_URL", None)
        return subprocess.run(
            [sys.executable, *command], env=environment, capture_output=True, text=True, check=True, cwd=home
        ).stdout

    books, restored, archive = (
        str(old / "books.sqlite3"),
        str(new / "books.sqlite3"),
        str(tmp_path / "backup.zip"),
    )
    run("-c", FILL.format(tests=tests, books=books, library=str(LIBRARY)), home=old)
    run("-m", "mingzhang.cli", "backup", "--books", books, "--out", archive, home=old)
    run("-m", "mingzhang.cli", "restore", archive, "--books", restored, home=new)
    assert not (new / ".mingzhang-case-keys").exists()
    (new / ".mingzhang-case-keys").write_bytes((old / ".mingzhang-case-keys").read_bytes())
    assert run("-c", ASK.format(books=restored), home=new).split() == ["[]", "[]", "3", "True"]


def test_the_commands_of_the_server(tmp_path):
    """Areas are loaded all or none; the night and its list are told in numbers."""
    file, bad = tmp_path / "areas.csv", tmp_path / "bad.csv"
    file.write_text("code,name\n990111,示例区\n990111001,东街道\n", encoding="utf-8")
    bad.write_text("code,name\n9901,短\n", encoding="utf-8")
    environment = {
        **os.environ,
        "MINGZHANG_HOME": str(tmp_path),
        "DATABASE_URL": str(tmp_path / "books.sqlite3"),
    }

    def run(*command):
        return subprocess.run(
            [sys.executable, "-m", "mingzhang.cli", *command], env=environment, capture_output=True, text=True
        )

    environment["DJANGO_SETTINGS_MODULE"] = "mingzhang.records.settings"
    subprocess.run(
        [sys.executable, "-c", "from mingzhang.records.setup import open_books; open_books()"],
        env=environment,
        check=True,
    )
    assert "载入区划2个" in run("casework", "areas", str(file), "--from", "2020-01-01").stdout
    refused = run("casework", "areas", str(bad))
    assert (refused.returncode, "E-TYPE" in refused.stderr + refused.stdout) == (1, True)
    assert "停滞件0件" in run("casework", "nightly").stdout
    assert "共0件" in run("casework", "stuck").stdout
    assert run("verify").returncode == 0
