"""The budgetary lines of SQLite books as journals of beancount and hledger: one transaction a voucher, two postings."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from pathlib import Path

_LINES = """
    SELECT voucher.date, voucher.number, entity.code, classification.account, classification.function,
           classification.economic, line.debit, line.fen
    FROM records_voucherline AS line
    JOIN records_classification AS classification ON classification.id = line.classification_id
    JOIN records_voucher AS voucher ON voucher.id = line.voucher_id
    JOIN records_entity AS entity ON entity.id = line.entity_id
    WHERE classification.system = 'B'
    ORDER BY line.voucher_id, line.sequence
"""
_ROOTS = {"6": "Income", "7": "Expenses", "8": "Assets"}


def beancount_journal(books: Path) -> Path:
    """Write the journal beside the books, unless it is there."""
    target = books.with_suffix(".beancount")
    if not target.exists():
        accounts = sorted({account for _, _, postings in _vouchers(books) for account, _ in postings})
        with target.open("w", encoding="utf-8") as file:
            file.write('option "operating_currency" "CNY"\n')
            file.writelines(f"2021-01-01 open {account} CNY\n" for account in accounts)
            for day, number, postings in _vouchers(books):
                file.write(f'{day} * "{number}"\n')
                file.writelines(f"  {account}  {amount} CNY\n" for account, amount in postings)
    return target


def hledger_journal(books: Path) -> Path:
    """Write the journal beside the books, unless it is there."""
    target = books.with_suffix(".journal")
    if not target.exists():
        with target.open("w", encoding="utf-8") as file:
            for day, number, postings in _vouchers(books):
                file.write(f"{day} * {number}\n")
                file.writelines(f"    {account}  {amount} CNY\n" for account, amount in postings)
                file.write("\n")
    return target


def account_name(unit: str, account: str, function: str, economic: str) -> str:
    """The account that a budgetary line is in: root, unit, and what it states of function and economic item.

    >>> account_name("unit05", "71010101", "2040601", "30201")
    'Expenses:Unit05:2040601:30201'
    """
    stated = (unit.capitalize(), function, economic) if account[0] != "8" else (unit.capitalize(), account)
    return ":".join((_ROOTS[account[0]], *filter(None, stated)))


def _vouchers(books: Path) -> Iterator[tuple[str, str, list[tuple[str, str]]]]:
    """(day, number, [(account, yuan)]) of every voucher."""
    number, day, postings = "", "", []
    with sqlite3.connect(books) as connection:
        for on, name, unit, account, function, economic, debit, fen in connection.execute(_LINES):
            key = f"{unit} {name}"
            if key != number and postings:
                yield day, number, postings
                postings = []
            number, day = key, on
            amount = f"{'' if debit else '-'}{fen // 100}.{fen % 100:02}"
            postings.append((account_name(unit, account, function, economic), amount))
    yield day, number, postings
