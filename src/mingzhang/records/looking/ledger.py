"""The ledger looked through (查账): one voucher, balances of accounts."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from mingzhang.records.codes import account_named
from mingzhang.records.models import Entity, Voucher, VoucherKind
from mingzhang.records.sums import EVERYTHING, ledger_sums


@dataclass(slots=True)
class Balance:
    """An account in fen: what stood at the beginning, what moved, what stands; debits positive."""

    system: str
    account: str
    name: str
    opening_fen: int = 0
    debit_fen: int = 0
    credit_fen: int = 0

    @property
    def closing_fen(self) -> int:
        """What stands."""
        return self.opening_fen + self.debit_fen - self.credit_fen


def voucher_numbered(unit: Entity, year: int, number: str) -> Voucher | None:
    """The voucher of a number."""
    return Voucher.objects.filter(entity=unit, year=year, number=number).first()


def account_balances(units: Iterable[Entity], year: int, up_to_month: int) -> list[Balance]:
    """Every account that was used, by system and code."""
    found: dict[tuple[str, str], Balance] = {}
    for row in ledger_sums(units, [year], EVERYTHING, up_to_month):
        key = (row.stated.system, row.stated.account)
        if key not in found:
            account = account_named(row.stated.account)
            found[key] = Balance(*key, account.name if account else "")
        balance = found[key]
        if row.stated.kind == VoucherKind.OPENING:
            balance.opening_fen += row.fen
        elif row.fen > 0:
            balance.debit_fen += row.fen
        else:
            balance.credit_fen -= row.fen
    return [found[key] for key in sorted(found)]
