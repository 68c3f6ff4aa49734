"""Books for the portal's benchmark: of any size, with a person who may look at everything, and the index of the search."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

from large_books import books_of

PERSON, PASSWORD = "load", "Benchmark-2021"
_PERSON = f"""
from mingzhang.records.setup import open_books; open_books()
from mingzhang.records.models import Entity, Grant, User
from mingzhang.records.trail import enter
person = User(username='{PERSON}', name='压力测试')
person.set_password('{PASSWORD}')
enter([person])
top = Entity.objects.get(kind='department')
enter(Grant(user=person, role=role, entity=top) for role in ('accountant', 'finance_head', 'inspector'))
"""
_INDEX = """
from mingzhang.records.setup import open_books; open_books()
from mingzhang.records.search import catch_up; catch_up()
"""
_NAMES = """
from mingzhang.records.setup import open_books; open_books()
from mingzhang.records.models import Entity
top = Entity.objects.get(kind='department'); print(top.units()[0].code, top.code)
"""


def prepared(vouchers: int, work: Path, url: str) -> str:
    """The address of books of that size with a person who may look at everything; on PostgreSQL where a URL is given."""
    made = books_of(vouchers, work)
    if url:
        from postgresql import copy_books

        copy_books(made, url)
        address = url
    else:
        address = str(work / f"portal-{vouchers}.sqlite3")
        for old in work.glob(f"portal-{vouchers}*.sqlite3*"):
            old.unlink()
        shutil.copy(made, address)
    migrate = [sys.executable, "-m", "mingzhang.cli", "migrate", "--books", address]
    subprocess.run(migrate, check=True, stdout=subprocess.DEVNULL)
    _in_books(address, _PERSON)
    return address


def index_for_search(address: str) -> None:
    """Take every voucher into the index of the search."""
    _in_books(address, _INDEX)


def names_of(address: str) -> tuple[str, str]:
    """Codes of the first unit, which is the largest, and of the department."""
    unit, department = _in_books(address, _NAMES).split()
    return unit, department


def _in_books(address: str, script: str) -> str:
    """Run a script in a process of its own with these books; what it printed."""
    environment = os.environ | {"DATABASE_URL": address}
    command = [sys.executable, "-c", script]
    return subprocess.run(command, check=True, env=environment, stdout=subprocess.PIPE, text=True).stdout
