"""Balances by unit, function and economic item, by us or by beancount; as a process it prints them as CSV.

    python benchmarks/balances.py mingzhang BOOKS | beancount JOURNAL [--seconds]

`--seconds` prints only how long the work took once everything was imported.
"""

from __future__ import annotations

import sys
import time
from collections import defaultdict
from collections.abc import Mapping
from decimal import Decimal
from pathlib import Path

from journals import account_name


def from_books() -> Mapping[str, Decimal]:
    """Balances of revenue and expenditure in the open books."""
    from mingzhang.records.models import Entity
    from mingzhang.records.sums import REVENUE_AND_EXPENDITURE, ledger_sums

    units = [entity for entity in Entity.objects.all() if entity.keeps_books]
    balances: dict[str, int] = defaultdict(int)
    for row in ledger_sums(units, [2021], REVENUE_AND_EXPENDITURE):
        stated = row.stated
        balances[account_name(row.entity, stated.account, stated.function, stated.economic)] += row.fen
    return {account: Decimal(fen).scaleb(-2) for account, fen in balances.items()}


def from_journal(journal: Path) -> Mapping[str, Decimal]:
    """Balances of revenue and expenditure in a journal of beancount."""
    from beancount import loader
    from beancount.core.data import Transaction

    entries, errors, _ = loader.load_file(str(journal))
    if errors:
        raise ValueError(errors[0])
    balances: dict[str, Decimal] = defaultdict(Decimal)
    for entry in entries:
        if isinstance(entry, Transaction):
            for posting in entry.postings:
                if not posting.account.startswith("Assets"):
                    balances[posting.account] += posting.units.number
    return balances


def main() -> None:
    """Find the balances and print them, or the seconds it took."""
    if sys.argv[1] == "mingzhang":
        from mingzhang.records.setup import open_books

        open_books(sys.argv[2])
    else:
        import beancount.loader  # noqa: F401
    started = time.perf_counter()
    found = from_books() if sys.argv[1] == "mingzhang" else from_journal(Path(sys.argv[2]))
    if sys.argv[3:] == ["--seconds"]:
        print(time.perf_counter() - started)
        return
    for account, amount in sorted(found.items()):
        print(f"{account},{amount}")


if __name__ == "__main__":
    main()
