"""The chart of accounts (会计科目) of government accounting, as data."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Account:
    """One account. `system` is `financial` (财务会计) or `budgetary` (预算会计); `normal` is `D` or `C`.

    `applies_to` is `both`, `administrative` or `institution`; `attributes` are the details its lines must carry.
    """

    code: str
    name: str
    system: str
    element: str
    normal: str
    parent: str | None
    level: int
    applies_to: str = "both"
    attributes: tuple[str, ...] = ()
    certain: bool = True
    note: str = ""


@dataclass(frozen=True)
class ChartOfAccounts:
    """Accounts by code."""

    accounts: dict[str, Account]

    def first_level(self, code: str) -> Account:
        """The first-level account (四位一级科目) above a code."""
        account = self.accounts[code]
        while account.parent is not None:
            account = self.accounts[account.parent]
        return account
