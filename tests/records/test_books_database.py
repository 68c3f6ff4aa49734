"""Opening the books: databases, migrations, and the index that sums are made from."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from mingzhang.records.database import DatabaseAddressError, database_settings
from mingzhang.records.models import Entity


def run(script: str, home: Path, **environment: str) -> list[str]:
    kept = {
        name: value
        for name, value in os.environ.items()
        if not name.startswith(("DJANGO", "DATABASE", "MINGZHANG"))
    }
    done = subprocess.run(
        [sys.executable, "-c", script],
        env=kept | {"MINGZHANG_HOME": str(home)} | environment,
        capture_output=True, text=True, check=True,
    )  # fmt: skip
    return done.stdout.split()


def test_books_open_without_a_project_in_the_data_folder(tmp_path):
    """One call configures Django, makes the tables, and sets SQLite up for two readers and a writer."""
    script = """
from mingzhang.records.setup import open_books
open_books(); open_books()
from django.conf import settings
from django.db import connection
from mingzhang.records.models import Entity
print(Entity.objects.count(), len(str(settings.SECRET_KEY)) > 40)
with connection.cursor() as cursor:
    for name in ("journal_mode", "foreign_keys", "busy_timeout"):
        print(cursor.execute(f"PRAGMA {name}").fetchone()[0])
"""
    assert run(script, tmp_path) == ["0", "True", "wal", "1", "20000"]
    assert (tmp_path / "mingzhang.sqlite3").exists()
    key = tmp_path / ".mingzhang-secret-key"
    assert key.stat().st_mode & 0o077 == 0
    assert run(script, tmp_path)[:2] == ["0", "True"]


def test_one_process_can_turn_to_other_books(tmp_path):
    """A path chooses the books, whatever was open before; DATABASE_URL is the default."""
    script = f"""
from mingzhang.records.setup import open_books
from pathlib import Path
open_books()
from mingzhang.records.models import Entity
Entity.objects.create(code="a", name="甲", kind="department")
open_books(Path({str(tmp_path)!r}) / "deeper" / "other.sqlite3")
print(Entity.objects.count())
open_books()
print(Entity.objects.count())
"""
    assert run(script, tmp_path, DATABASE_URL=f"sqlite:///{tmp_path}/first.sqlite3") == ["0", "2"]
    assert (tmp_path / "first.sqlite3").exists()


def test_database_addresses_are_read_or_refused():
    """Path, sqlite:/// and postgres:// with everything a URL may escape."""
    assert database_settings(":memory:")["NAME"] == ":memory:"
    postgres = database_settings("postgres://keeper:p%40ss@db.example:6543/books?sslmode=require")
    assert (postgres["USER"], postgres["PASSWORD"], postgres["HOST"], postgres["PORT"], postgres["NAME"]) == (
        "keeper", "p@ss", "db.example", "6543", "books",
    )  # fmt: skip
    assert postgres["OPTIONS"] == {"sslmode": "require"}
    with pytest.raises(DatabaseAddressError, match="无法识别"):
        database_settings("mysql://localhost/books")


def test_no_migration_is_missing(db):
    """The committed migrations make the tables that the models describe."""
    from django.core.management import call_command

    call_command("makemigrations", "records", "casework", "streams", check=True, dry_run=True, verbosity=0)


def test_a_department_has_its_eliminations(bureau):
    """The entity that takes internal payments out comes with the department, last in its tree."""
    assert [code for code, _, _ in bureau.department.tree()] == [
        "bureau",
        "office",
        "centre",
        "managed",
        "bureau-eliminations",
    ]
    assert not Entity.objects.get(code="bureau-eliminations").keeps_books
    assert [unit.code for unit in bureau.department.units()] == ["office", "centre", "managed"]
    assert [unit.accounting for unit in bureau.department.units()] == [
        "administrative",
        "institution",
        "institution",
    ]
