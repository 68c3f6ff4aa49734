"""Payments inside a department (部门内部往来): what one unit books as paid, the other must book as received."""

from __future__ import annotations

from collections import defaultdict
from typing import NamedTuple

from django.db.models import Q

from mingzhang.documents import Problem
from mingzhang.numbers import YUAN, print_value, yuan_from_fen
from mingzhang.records.definitions import shares
from mingzhang.records.models import Entity
from mingzhang.records.organisation import Organisation
from mingzhang.records.sums import REVENUE_AND_EXPENDITURE, ledger_sums


class Difference(NamedTuple):
    """What one unit books as paid to another, and what the other books as received, in fen."""

    payer: Entity
    payee: Entity
    paid: int
    received: int

    def as_problem(self, where: str) -> Problem:
        """The difference as users read it."""
        return Problem(
            "internal_difference",
            f"{self.payer.name}列支付给{self.payee.name}{_yuan(self.paid)}元，"
            f"{self.payee.name}列收到{_yuan(self.received)}元",
            where,
            "核对双方凭证的金额与往来单位，补记或改正一方",
        )


def internal_differences(department_code: str, year: int) -> list[Problem]:
    """Pairs of units whose books disagree on what one paid the other; eliminating them would unbalance the total."""
    department = Organisation().named(department_code)
    where = f"{department.name}，{year}年度，部门内部往来"
    return [found.as_problem(where) for found in differing_pairs(department_code, year)]


def differing_pairs(department_code: str, year: int) -> list[Difference]:
    """The same, pair by pair."""
    organisation = Organisation()
    department = organisation.named(department_code)
    units = {unit.code: unit for unit in department.units(organisation.entities)}
    paid: dict[tuple[str, str], int] = defaultdict(int)
    received: dict[tuple[str, str], int] = defaultdict(int)
    for row in ledger_sums(units.values(), [year], REVENUE_AND_EXPENDITURE & ~Q(counterparty="")):
        other = row.stated.counterparty
        for share in shares(row.stated, units[row.entity].kind, organisation.departments, row.entity):
            if share.eliminates and share.concept == "expenditure":
                paid[row.entity, other] += row.fen
            elif share.eliminates:
                received[other, row.entity] -= row.fen
    return [
        Difference(units[payer], units[payee], paid[payer, payee], received[payer, payee])
        for payer, payee in sorted(paid.keys() | received.keys())
        if paid[payer, payee] != received[payer, payee]
    ]


def _yuan(fen: int) -> str:
    return print_value(yuan_from_fen(fen), YUAN, thousands=True)
