"""From vouchers to the nine tables, and the year-end close: beside the raw scan, beancount and hledger, and as books grow.

    python benchmarks/close_and_compile.py [--sizes 10000 100000 1000000] [--work DIR] [--runs 5] [--peers PYTHON]

PostgreSQL is measured too under `scripts/with-postgresql`. `--peers` is a Python that has beancount.
"""

from __future__ import annotations

import argparse
import os
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import postgresql
from balances import from_books
from journals import beancount_journal, hledger_journal
from large_books import DEPARTMENT, SEED, UNITS, YEAR, books_of
from measure import (
    Page,
    Ratio,
    Timing,
    faster,
    growth_table,
    interleaved,
    peak_megabytes,
    process,
    slower,
    timed,
    timed_process,
)

EDITION = "hubei_wuhan_fy2021"
HERE = Path(__file__).parent
SCAN = "SELECT SUM(fen) FROM records_voucherline"
PEER_SIZES = (10_000, 100_000)


def main() -> None:
    """Measure everything and print the page."""
    options = _options()
    page = Page(
        "close_and_compile",
        "Close and compile",
        (
            f"books of {', '.join(f'{size:,}' for size in options.sizes)} vouchers of four lines (two financial, two "
            f"budgetary), one department of {UNITS} units, seed {SEED}",
            f"nine tables of {EDITION}, compiled from the lines each time; SQLite {sqlite3.sqlite_version}",
            "raw scan: SUM over the whole table of lines by `sqlite3` alone, no index",
            "peers: the same budgetary lines as a journal, read and added up by account (unit : function : economic)",
        ),
    )
    grown: dict[str, list[Timing]] = {}
    for size in options.sizes:
        books = books_of(size, options.work)
        scan = _Scan(books)
        found = _measure(f"SQLite, {size:,}", str(books), scan.run, options.runs)
        page.add(*found.values())
        for name, timing in found.items():
            grown.setdefault(name, []).append(timing)
        _compare(page, found, f"SQLite, {size:,}", judged=size >= 1_000_000)
        if size in PEER_SIZES:
            _beside_peers(page, books, size, found, options)
    page.notes.append(f"most memory of the process over all sizes: {peak_megabytes():.0f} MB")
    page.tables.append(growth_table("vouchers", [f"{size:,}" for size in options.sizes], grown))
    if url := postgresql.address():
        _on_postgresql(page, url, max(options.sizes), options)
    else:
        page.notes.append("PostgreSQL was not measured: run under scripts/with-postgresql")
    page.finish()


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--sizes", type=int, nargs="+", default=[10_000, 100_000, 1_000_000])
    parser.add_argument("--work", type=Path, default=Path("/tmp/mingzhang-benchmarks"))
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("--peers", default=sys.executable)
    return parser.parse_args()


class _Scan:
    """The floor: one full scan by sqlite3 alone."""

    def __init__(self, books: Path) -> None:
        self.connection = sqlite3.connect(books)

    def run(self) -> int:
        return self.connection.execute(f"{SCAN} NOT INDEXED").fetchone()[0]


def _measure(where: str, books: str, scan: Callable[[], object], runs: int) -> dict[str, Timing]:
    """Scan, sums and tables of the department and one unit, and the close, taken back each time."""
    from mingzhang.records.setup import open_books

    open_books(books)
    from mingzhang.records.models import Entity
    from mingzhang.records.points import fact_store

    units = Entity.objects.get(code=DEPARTMENT).units()
    average = _average_unit(units)
    works: dict[str, Callable[[], object]] = {
        "raw scan": scan,
        "facts of the department": lambda: fact_store(DEPARTMENT, (YEAR - 1, YEAR)),
        "nine tables": lambda: _nine_tables(DEPARTMENT),
        "balances by account": from_books,
        "facts of one unit": lambda: fact_store(average.code, (YEAR - 1, YEAR)),
        "nine tables of one unit": lambda: _nine_tables(average.code),
    }
    found = interleaved(works, runs)
    found["close one unit"] = timed("", lambda: _close([average]), min(runs, 3))
    found["close all units"] = timed("", lambda: _close(units), min(runs, 3))
    return {name: Timing(f"{name} ({where})", timing.seconds) for name, timing in found.items()}


def _average_unit(units):
    """The unit whose number of vouchers is nearest to one in twenty."""
    total = sum(unit.vouchers.count() for unit in units)
    return min(units, key=lambda unit: abs(unit.vouchers.count() - total / len(units)))


def _nine_tables(entity: str) -> list[object]:
    from mingzhang.catalogue.loading import edition
    from mingzhang.compose import Printer, compose_table
    from mingzhang.records.points import fact_store

    store = fact_store(entity, (YEAR - 1, YEAR))
    form_set = edition(EDITION)
    printer = Printer(store, form_set.style)
    tables = [compose_table(form, printer, entity, YEAR, "示例部门") for form in form_set.forms]
    if len(tables) != 9 or tables[0].empty:
        raise AssertionError("the nine tables were not filled")
    return tables


def _close(units) -> None:
    from django.db import transaction

    from mingzhang.records.closing import close_year

    with transaction.atomic():
        for unit in units:
            closed = close_year(unit, YEAR)
            if not closed.accepted:
                raise AssertionError(closed.in_chinese())
        transaction.set_rollback(True)


def _compare(page: Page, found: dict[str, Timing], where: str, judged: bool) -> None:
    scan = found["raw scan"]
    for name, at_most in (
        ("nine tables", 1.5),
        ("facts of one unit", None),
        ("nine tables of one unit", 0.1),
        ("close one unit", None),
        ("close all units", None),
    ):
        page.add(slower(found[name], scan, at_most if judged else None, f"{name} ÷ raw scan ({where})"))


def _beside_peers(
    page: Page, books: Path, size: int, found: dict[str, Timing], options: argparse.Namespace
) -> None:
    """Balances by account: ours from the books, the peers' from a journal of the same budgetary lines."""
    os.environ["BEANCOUNT_DISABLE_LOAD_CACHE"] = "1"
    script = HERE / "balances.py"
    own = [sys.executable, script, "mingzhang", books]
    ours = timed_process(f"our balances as a process ({size:,})", own, options.runs)
    page.add(ours)
    mine, judged = _balances(own), size == max(PEER_SIZES)
    if _has_beancount(options.peers):
        command = [options.peers, script, "beancount", beancount_journal(books)]
        inside = Timing(f"beancount, imports aside ({size:,})", tuple(_seconds(command) for _ in range(3)))
        page.add(inside, _peer(page, "beancount", command, mine, ours, size))
        page.add(
            faster(
                found["balances by account"],
                inside,
                90 if judged else None,
                f"beancount ÷ our balances ({size:,})",
            )
        )
    if shutil.which("hledger"):
        command = ["hledger", "-f", hledger_journal(books), "balance", "--no-total", "-O", "csv"]
        page.add(_peer(page, "hledger", command, mine, ours, size, 8 if judged else None))


def _peer(
    page: Page, name: str, command: list[object], mine: dict[str, str], ours: Timing, size: int, at_least=None
) -> Ratio:
    """Time a peer as a process after seeing that it finds our balances."""
    if _balances(command) != mine:
        raise AssertionError(f"{name} finds other balances than we do")
    peer = timed_process(f"{name} as a process ({size:,})", command, 3)
    page.add(peer)
    return faster(ours, peer, at_least, f"{name} ÷ ours, both as processes ({size:,})")


def _has_beancount(python: str) -> bool:
    return subprocess.run([python, "-c", "import beancount"], capture_output=True).returncode == 0


def _seconds(command: list[object]) -> float:
    return float(process([*command, "--seconds"]))


def _balances(command: list[object]) -> dict[str, str]:
    """Balances by account that a process prints as CSV, cash aside, in yuan."""
    found = {}
    for line in process(command).splitlines():
        account, _, amount = line.replace('"', "").partition(",")
        if account.startswith(("Income", "Expenses")):
            number = amount.replace("CNY", "").replace(",", "").strip()
            if float(number):
                found[account] = f"{number}.00" if "." not in number else number
    return found


def _on_postgresql(page: Page, url: str, size: int, options: argparse.Namespace) -> None:
    import psycopg

    books = books_of(size, options.work)
    postgresql.copy_books(books, url)
    with psycopg.connect(url, autocommit=True) as connection:
        where = f"PostgreSQL, {size:,}"
        found = _measure(where, url, lambda: connection.execute(SCAN).fetchone(), options.runs)
        version = connection.execute("SHOW server_version").fetchone()[0].split()[0]
    page.add(*found.values())
    _compare(page, found, where, judged=False)
    page.notes.append(
        f"PostgreSQL {version} with its default memory settings, copied and analysed before measuring"
    )


if __name__ == "__main__":
    main()
