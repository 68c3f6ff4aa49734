"""A voucher before it is posted: entries of both systems, plain values without a database."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from mingzhang.records.models.ledger import BUDGETARY, FINANCIAL

FUNDS = {
    "general_public_budget": "一般公共预算财政拨款",
    "government_managed_funds": "政府性基金预算财政拨款",
    "state_capital_operations": "国有资本经营预算财政拨款",
    "nonfiscal_special": "非财政专项资金",
    "other": "其他资金",
}
"""Sources of money that a budgetary line may name (资金来源)."""

FISCAL_FUNDS = ("general_public_budget", "government_managed_funds", "state_capital_operations")


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry (分录): an amount in fen on side `D` (借) or `C` (贷) of an account, with its attributes.

    `counterparty` is the code of the unit of the same department on the other side, for eliminations.
    """

    side: str
    account: str
    fen: int
    function: str = ""
    economic: str = ""
    nature: str = ""
    fund: str = ""
    project: str = ""
    source: str = "current"
    detail: str = ""
    counterparty: str = ""
    contract: str = ""

    @property
    def debit_fen(self) -> int:
        """The amount, negative on the credit side."""
        return self.fen if self.side == "D" else -self.fen


@dataclass(frozen=True, slots=True)
class VoucherDraft:
    """A voucher to be posted. `entity` is the unit's code; `year` may state the fiscal year the date must lie in.

    An `event_key` names the business event: a key that has been posted is not posted again. `reason` says why a
    closed period is adjusted. Without `number` the ledger gives the next one of the month.
    """

    entity: str
    date: date
    summary: str
    financial: tuple[Entry, ...] = ()
    budgetary: tuple[Entry, ...] = ()
    kind: str = "ordinary"
    template: str = ""
    event_key: str = ""
    number: str | None = None
    prepared_by: str = ""
    reviewed_by: str = ""
    approved_by: str = ""
    reason: str = ""
    year: int | None = None

    def __post_init__(self) -> None:
        object.__setattr__(self, "entity", getattr(self.entity, "code", self.entity))

    def sides(self) -> Iterator[tuple[str, str, tuple[Entry, ...]]]:
        """(system, Chinese name, entries) of both systems."""
        yield FINANCIAL, "财务会计", self.financial
        yield BUDGETARY, "预算会计", self.budgetary
