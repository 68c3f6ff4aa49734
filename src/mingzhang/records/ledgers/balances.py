"""The table of balances (科目余额表) with its trial balance (试算平衡), for any span of months."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from mingzhang.catalogue.loading import chart_of_accounts
from mingzhang.forms import Account
from mingzhang.records.classifications import Selection
from mingzhang.records.models import BUDGETARY, FINANCIAL, Entity
from mingzhang.records.monthly_sums import MonthlySum, monthly_sums

SYSTEMS = {FINANCIAL: "财务会计", BUDGETARY: "预算会计"}


@dataclass(slots=True)
class Amounts:
    """Fen of a span: what stood before it, both sides' turnover, and what stands after it; debits positive."""

    opening: int = 0
    debit: int = 0
    credit: int = 0

    @property
    def closing(self) -> int:
        """Opening and turnover."""
        return self.opening + self.debit - self.credit

    @property
    def is_nothing(self) -> bool:
        """Whether nothing stood and nothing moved."""
        return not (self.opening or self.debit or self.credit)

    def add(self, row: MonthlySum, first: int, last: int) -> None:
        """Take in a sum of a month: before the span, within it, or not at all."""
        if row.month < first:
            self.opening += row.debit_fen
        elif row.month <= last:
            if row.debit:
                self.debit += row.fen
            else:
                self.credit += row.fen


@dataclass(slots=True)
class AccountBalance:
    """One account of the table, its details taken together; `level` counts from 1, `parent` is the account above."""

    account: Account
    level: int
    amounts: Amounts = field(default_factory=Amounts)
    has_details: bool = False

    @property
    def parent(self) -> str:
        """Code of the account above, blank at the top."""
        return self.account.parent or ""


@dataclass(frozen=True, slots=True)
class SystemTotal:
    """The trial balance of one system: debit and credit balances before, turnover, balances after."""

    name: str
    opening: tuple[int, int]
    turnover: tuple[int, int]
    closing: tuple[int, int]

    @property
    def balances(self) -> bool:
        """Whether debits equal credits in all three."""
        return all(debit == credit for debit, credit in (self.opening, self.turnover, self.closing))


@dataclass(frozen=True, slots=True)
class System:
    """The accounts of one system in the order of their codes, each before its details, and their trial balance."""

    code: str
    rows: list[AccountBalance]
    total: SystemTotal


def balances(
    unit: Entity, year: int, first: int = 1, last: int = 12, *, closing: bool = True
) -> list[System]:
    """The balances of both systems over a span of months; without `closing`, before the books were closed."""
    by_account: dict[str, dict[str, Amounts]] = {FINANCIAL: {}, BUDGETARY: {}}
    for row in monthly_sums(unit, year, closing=closing):
        of = by_account[row.stated.system].setdefault(row.stated.account, Amounts())
        of.add(row, first, last)
    return [
        System(system, rows, _total(SYSTEMS[system], (row for row in rows if row.level == 1)))
        for system, amounts in by_account.items()
        for rows in [_tree(amounts)]
    ]


def one_account(unit: Entity, year: int, selection: Selection, first: int, last: int) -> Amounts:
    """What stood, moved and stands under a selection of lines."""
    found = Amounts()
    for row in monthly_sums(unit, year, selection):
        found.add(row, first, last)
    return found


def _tree(by_account: dict[str, Amounts]) -> list[AccountBalance]:
    """Every account with something in it, and those above it."""
    accounts = chart_of_accounts().accounts
    found: dict[str, AccountBalance] = {}
    for code, amounts in by_account.items():
        if amounts.is_nothing:
            continue
        step: Account | None = accounts[code]
        while step is not None:
            row = found.setdefault(step.code, AccountBalance(step, step.level))
            row.amounts.opening += amounts.opening
            row.amounts.debit += amounts.debit
            row.amounts.credit += amounts.credit
            row.has_details |= step.code != code
            step = accounts[step.parent] if step.parent else None
    return [found[code] for code in sorted(found)]


def _total(name: str, rows: Iterable[AccountBalance]) -> SystemTotal:
    opening, turnover, closing = [0, 0], [0, 0], [0, 0]
    for row in rows:
        amounts = row.amounts
        turnover[0] += amounts.debit
        turnover[1] += amounts.credit
        for sums, fen in ((opening, amounts.opening), (closing, amounts.closing)):
            sums[fen < 0] += abs(fen)
    return SystemTotal(name, *((pair[0], pair[1]) for pair in (opening, turnover, closing)))
