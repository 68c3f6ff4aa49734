"""As a process: balances by unit, function and economic item, as CSV. `balances.py mingzhang BOOKS` or `beancount JOURNAL`."""

from __future__ import annotations

import sys
from collections import defaultdict
from decimal import Decimal
from pathlib import Path


def from_books(books: Path) -> dict[str, Decimal]:
    """Balances of revenue and expenditure from our books."""
    from mingzhang.records.setup import open_books

    open_books(books)
    from journals import account_name
    from mingzhang.records.models import Entity
    from mingzhang.records.sums import REVENUE_AND_EXPENDITURE, ledger_sums

    balances: dict[str, int] = defaultdict(int)
    for row in ledger_sums(list(Entity.objects.all()), [2021], REVENUE_AND_EXPENDITURE):
        stated = row.stated
        balances[account_name(row.entity, stated.account, stated.function, stated.economic)] += row.fen
    return {account: Decimal(fen).scaleb(-2) for account, fen in balances.items()}


def from_journal(journal: Path) -> dict[str, Decimal]:
    """Balances of revenue and expenditure by beancount."""
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


if __name__ == "__main__":
    read = {"mingzhang": from_books, "beancount": from_journal}[sys.argv[1]]
    for account, amount in sorted(read(Path(sys.argv[2])).items()):
        print(f"{account},{amount}")
