"""The general ledger (总账): one account by month, with its turnover so far and its balance."""

from __future__ import annotations

from dataclasses import dataclass

from mingzhang.records.classifications import Selection
from mingzhang.records.models import Entity
from mingzhang.records.monthly_sums import monthly_sums


@dataclass(frozen=True, slots=True)
class Month:
    """One month; balances are debits positive."""

    month: int
    debit: int
    credit: int
    debit_so_far: int
    credit_so_far: int
    balance: int


@dataclass(frozen=True, slots=True)
class GeneralLedger:
    """What stood at the beginning of the year, and the twelve months."""

    opening: int
    months: list[Month]


def general_ledger(unit: Entity, year: int, selection: Selection) -> GeneralLedger:
    """The general ledger of an account, or of whatever is selected."""
    opening, sides = 0, {month: [0, 0] for month in range(1, 13)}
    for row in monthly_sums(unit, year, selection):
        if row.month:
            sides[row.month][not row.debit] += row.fen
        else:
            opening += row.debit_fen
    months, debit_so_far, credit_so_far = [], 0, 0
    for month, (debit, credit) in sides.items():
        debit_so_far, credit_so_far = debit_so_far + debit, credit_so_far + credit
        balance = opening + debit_so_far - credit_so_far
        months.append(Month(month, debit, credit, debit_so_far, credit_so_far, balance))
    return GeneralLedger(opening, months)
