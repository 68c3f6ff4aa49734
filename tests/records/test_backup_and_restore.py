"""Backup and restore through the command line, each step in a process of its own, over files as a user has them."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

BOOKS = """
from datetime import UTC, date, datetime
from mingzhang.records.models import *
from mingzhang.records.trail import record
from django_otp.plugins.otp_totp.models import TOTPDevice
top = Entity.objects.create(code="bureau", name="示例局", kind="department")
office = Entity.objects.create(code="office", name="示例局本级", kind="administrative", parent=top)
zhao = User.objects.create_user("zhao", "Sufficient-2021", "赵某")
Grant.objects.create(user=zhao, role="accountant", entity=top)
Token.objects.create(user=zhao, name="数据交换", digest="d" * 64, scopes=["books.view"], expires_at=datetime(2099, 1, 1, tzinfo=UTC))
TOTPDevice.objects.create(user=zhao, name="手机", confirmed=True)
entry = record("ledger", "记账", "一张凭证", entity=office, after={"b": [1, None, "分"], "a": {"z": 1, "y": 2}})
found = Classification.objects.create(kind="ordinary", system="F", account="1001")
voucher = Voucher.objects.create(entity=office, year=2021, month=3, number="记-1", date=date(2021, 3, 5), summary="购“纸”\\n笔", posting=entry)
VoucherLine.objects.create(voucher=voucher, sequence=1, entity=office, year=2021, month=3, classification=found, debit=True, fen=-9_007_199_254_740_993)
Project.objects.create(code="P1-1", name="子项目", entity=office, parent=Project.objects.create(code="P1", name="项目", entity=office))
"""


class Installation:
    """A data folder with its books, and the commands that work on them."""

    def __init__(self, folder: Path, address: str | None = None) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        self.folder = folder
        self.address = address or str(folder / "books.sqlite3")
        kept = {
            name: value for name, value in os.environ.items() if not name.startswith(("DJANGO", "DATABASE"))
        }
        self._environment = kept | {"MINGZHANG_HOME": str(folder), "DATABASE_URL": self.address}

    def _python(self, *words: object) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [sys.executable, *map(str, words)], capture_output=True, text=True, check=False, cwd=self.folder,
            env=self._environment | {"PYTHONIOENCODING": "utf-8"},
        )  # fmt: skip

    def script(self, text: str) -> str:
        """Run Python over the open books."""
        opening = "import os; os.environ['DJANGO_SETTINGS_MODULE'] = 'mingzhang.portal.settings'\n"
        opening += "from mingzhang.records.setup import open_books; open_books()\n"
        done = self._python("-c", opening + text)
        assert done.returncode == 0, done.stderr
        return done.stdout.strip()

    def run(self, *words: object, status: int = 0) -> str:
        """Run a command."""
        done = self._python("-m", "mingzhang.cli", *words)
        said = done.stdout + done.stderr
        assert done.returncode == status, said
        return said


def digests(archive: Path) -> list[tuple[str, int, str]]:
    """Name, rows and SM3 of the tables of a backup."""
    with zipfile.ZipFile(archive) as opened:
        stated = json.loads(opened.read("manifest.json"))
    return [(table["name"], table["rows"], table["sm3"]) for table in stated["tables"]]


@pytest.fixture(scope="module")
def kept(tmp_path_factory) -> Installation:
    """Books with a row of every kind, and a published file."""
    made = Installation(tmp_path_factory.mktemp("kept"))
    made.script(BOOKS)
    published = made.folder / "published" / "bureau" / "2021" / "决算.html"
    published.parent.mkdir(parents=True)
    published.write_text("<p>决算</p>", encoding="utf-8")
    return made


@pytest.fixture(scope="module")
def archive(kept) -> Path:
    """A backup of them."""
    path = kept.folder / "kept.zip"
    said = kept.run("backup", "--out", path)
    assert "受控的介质" in said
    return path


@pytest.fixture
def fresh(tmp_path) -> Installation:
    """An empty data folder."""
    return Installation(tmp_path / "fresh")


def test_a_restored_backup_has_the_same_rows_and_files(kept, archive, fresh):
    """A backup of what was restored has the digests of the first, table by table."""
    said = fresh.run("restore", archive)
    assert "逐一核对一致" in said
    assert "重新登录" in said
    again = fresh.folder / "again.zip"
    fresh.run("backup", "--out", again)
    assert digests(again) == digests(archive)
    assert {name: rows for name, rows, _ in digests(again)}["records.voucherline"] == 1
    restored = fresh.folder / "published" / "bureau" / "2021" / "决算.html"
    assert restored.read_text(encoding="utf-8") == "<p>决算</p>"


def test_restored_books_go_on_where_they_stopped(archive, fresh):
    """New rows get new numbers, the trail is whole and goes on, a password still fits."""
    fresh.run("restore", archive)
    said = fresh.script(
        """
from mingzhang.records.models import *
from mingzhang.records.trail import broken_entries, record
office = Entity.objects.get(code="office")
record("ledger", "记账", "第二张凭证", entity=office)
print(list(broken_entries(TrailChain.objects.get(name="office/ledger"))), TrailEntry.objects.count())
from mingzhang.records.voucher_list import Wanted, voucher_page
print([voucher.number for voucher in voucher_page(Wanted(office, 2021, text="纸")).vouchers])
print(User.objects.get().check_password("Sufficient-2021"), Entity.objects.create(code="n", name="新", kind="institution").pk)
"""
    )
    assert said.splitlines() == ["[] 2", "['记-1']", "True 4"]


def test_a_backup_is_for_its_owner_alone(archive):
    """It holds password hashes: nobody else on the machine may read it."""
    assert archive.stat().st_mode & 0o077 == 0


def test_nothing_is_ever_overwritten(kept, archive, fresh):
    """Neither a file by a backup, nor books or files by a restore."""
    assert "backup_exists" in kept.run("backup", "--out", archive, status=2)
    assert "books_not_empty" in kept.run("restore", archive, status=2)
    other = fresh.folder / "published" / "bureau" / "2021" / "决算.html"
    other.parent.mkdir(parents=True)
    other.write_text("另一个", encoding="utf-8")
    assert "file_in_the_way" in fresh.run("restore", archive, status=2)
    assert other.read_text(encoding="utf-8") == "另一个"
    assert not list(kept.folder.glob(".*.part"))


def _changed(archive: Path, out: Path, change) -> Path:
    """A copy of a backup with its members changed."""
    with zipfile.ZipFile(archive) as source, zipfile.ZipFile(out, "w") as target:
        for name in source.namelist():
            target.writestr(name, change(name, source.read(name)))
    return out


def test_a_damaged_backup_is_refused_before_anything_is_written(archive, fresh):
    """A cut file, a flipped byte, a changed amount, a foreign file: each is told, and the new books stay empty."""
    whole = archive.read_bytes()
    cut = fresh.folder / "cut.zip"
    cut.write_bytes(whole[: len(whole) * 2 // 3])
    flipped = fresh.folder / "flipped.zip"
    with zipfile.ZipFile(archive) as opened:
        member = opened.getinfo("tables/records.voucherline.jsonl")
    middle = member.header_offset + 30 + len(member.filename) + 20 + member.compress_size // 2
    flipped.write_bytes(whole[:middle] + bytes([whole[middle] ^ 255]) + whole[middle + 1 :])
    forged = _changed(
        archive,
        fresh.folder / "forged.zip",
        lambda name, content: content.replace(b"9007199254740993", b"9007199254740992"),
    )
    foreign = fresh.folder / "foreign.zip"
    with zipfile.ZipFile(foreign, "w") as opened:
        opened.writestr("manifest.json", '{"format": "another"}')
    for path, code in (
        (cut, "backup_foreign"),
        (flipped, "backup_damaged"),
        (forged, "backup_damaged"),
        (foreign, "backup_foreign"),
    ):
        said = fresh.run("restore", path, status=2)
        assert code in said
        assert "没有恢复任何内容" in said
    assert not (fresh.folder / "published").exists()
    fresh.run("restore", archive)


def test_a_path_that_leads_out_of_the_data_folder_is_refused(archive, fresh):
    """A forged archive cannot write elsewhere on the machine."""

    def change(name: str, content: bytes) -> bytes:
        return (
            content.replace(b"published/bureau", b"published/../../../x")
            if name == "manifest.json"
            else content
        )

    forged = _changed(archive, fresh.folder / "forged.zip", change)
    assert "backup_foreign" in fresh.run("restore", forged, status=2)


def test_a_backup_of_a_later_version_is_refused(archive, fresh):
    """What this program does not know it does not restore in part."""

    def change(name: str, content: bytes) -> bytes:
        return re.sub(rb'"\d{4}_(\w+)"', rb'"9001_\1"', content) if name == "manifest.json" else content

    later = _changed(archive, fresh.folder / "later.zip", change)
    assert "升级" in fresh.run("restore", later, status=2)


def test_books_used_by_a_later_version_are_not_backed_up(archive, fresh):
    """An older program would leave out the tables that it does not know."""
    fresh.run("restore", archive)
    fresh.script(
        """
from django.db.migrations.recorder import MigrationRecorder
from django.db import connection
MigrationRecorder(connection).record_applied("records", "9999_later")
"""
    )
    assert "books_of_later_version" in fresh.run("backup", status=2)


def test_a_backup_of_an_earlier_version_is_restored_and_brought_up_to_date(fresh):
    """Its tables are made as they were, filled, compared, and then migrated."""
    earlier = fresh.folder / "earlier.zip"
    fresh._python(
        "-c",
        f"""
import os
os.environ["DJANGO_SETTINGS_MODULE"] = "mingzhang.portal.settings"
os.environ["DATABASE_URL"] = {str(fresh.folder / "old.sqlite3")!r}
import django; django.setup()
from mingzhang.records.backup.archive import ArchiveWriter, Manifest, Table
from mingzhang.records.backup.rows import columns, lines
from mingzhang.records.backup.schema import migrate_to
from mingzhang.records.backup.tables import kept_tables
state = {{"people": ["0001_initial"], "records": ["0002_people_trail_proposals"]}}
models = migrate_to(state, "")
Entity = models.get_model("records", "Entity")
Entity.objects.create(code="old", name="旧局", kind="department")
with open({str(earlier)!r}, "wb") as stream, ArchiveWriter(stream) as archive:
    tables = []
    for model in kept_tables(models):
        name = model._meta.label_lower
        rows, _, sm3 = archive.add(f"tables/{{name}}.jsonl", lines(model, "default"))
        tables.append(Table(name, [field.column for field in columns(model)], rows, sm3))
    archive.add_manifest(Manifest("0.1.0", "2026-01-01", "sqlite", state, tables, []))
""",
    )
    assert "逐一核对一致" in fresh.run("restore", earlier)
    said = fresh.script(
        "from mingzhang.records.models import Entity, WorkPart; print(Entity.objects.get().name, WorkPart.objects.count())"
    )
    assert said == "旧局 0"


def test_a_backup_sees_one_moment(kept, tmp_path):
    """Rows written while it is being made are in none of its tables, and nobody waits for it."""
    said = kept.script(
        f"""
import threading
from pathlib import Path
from mingzhang.records.backup import making
from mingzhang.records.models import Entity, Reason
office = Entity.objects.get(code="office")
def write(stage, done, total):
    if done == 1:
        thread = threading.Thread(target=lambda: Reason.objects.create(entity=office, year=2021, cell=stage, text="后写"))
        thread.start(); thread.join(10)
        assert not thread.is_alive()
path, manifest = making.make_backup(Path({str(tmp_path / "moment.zip")!r}), write)
print(Reason.objects.count(), [table.rows for table in manifest.tables if table.name == "records.reason"])
"""
    )
    written, seen = said.split(" ", 1)
    assert int(written) >= 1
    assert seen == "[0]"


def test_every_kept_table_is_in_the_order_of_a_number():
    """Two databases sort numbers alike, and texts not: digests are compared in this order."""
    from django.db import models

    from mingzhang.records.backup.rows import columns
    from mingzhang.records.backup.tables import kept_tables

    known = {
        "BigAutoField", "AutoField", "CharField", "TextField", "BooleanField", "DateField", "DateTimeField", "JSONField",
        "ForeignKey", "OneToOneField", "IntegerField", "BigIntegerField", "SmallIntegerField", "PositiveIntegerField",
        "PositiveSmallIntegerField", "PositiveBigIntegerField", "DecimalField",
    }  # fmt: skip
    for model in kept_tables():
        assert isinstance(model._meta.pk, models.AutoField), model
        for field in columns(model):
            assert field.get_internal_type() in known, (model, field.name)


POSTGRESQL = os.environ.get("MINGZHANG_TEST_DATABASE_URL")


@pytest.mark.skipif(not POSTGRESQL, reason="needs PostgreSQL: scripts/with-postgresql")
def test_books_move_to_postgresql_and_back_unchanged(kept, archive, fresh, tmp_path):
    """SQLite → PostgreSQL → SQLite: the digests of every table stay."""
    import psycopg

    name = f"restored_{os.getpid()}"
    with psycopg.connect(POSTGRESQL, autocommit=True) as connection:
        connection.execute(f"DROP DATABASE IF EXISTS {name}")
        connection.execute(f"CREATE DATABASE {name}")
    there = Installation(tmp_path / "there", POSTGRESQL.rsplit("/", 1)[0] + f"/{name}")
    there.run("restore", archive)
    assert "books_not_empty" in there.run("restore", archive, status=2)
    second = tmp_path / "second.zip"
    there.run("backup", "--out", second)
    assert digests(second) == digests(archive)
    assert (
        there.script(
            "from mingzhang.records.models import Entity; print(Entity.objects.create(code='n', name='新', kind='institution').pk)"
        )
        == "4"
    )
    fresh.run("restore", second)
    third = tmp_path / "third.zip"
    fresh.run("backup", "--out", third)
    assert digests(third) == digests(archive)
    test_a_backup_sees_one_moment(there, tmp_path)
    with psycopg.connect(POSTGRESQL, autocommit=True) as connection:
        connection.execute(f"DROP DATABASE {name} WITH (FORCE)")
