"""Voucher templates: how a business event is booked in both systems (平行记账), and the steps of the year-end close."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class TemplateLine:
    """One line of a template.

    `side` is `D` or `C`. Of several `accounts` an event takes one, a closing step all. `amount` names what is
    booked (`net_pay`, `income_tax`, … or plain `amount`). `codes` says which values or prefixes of a detail the
    line may carry; an empty tuple asks for any code.
    """

    side: str
    accounts: tuple[str, ...]
    amount: str = "amount"
    codes: tuple[tuple[str, tuple[str, ...]], ...] = ()

    def allowed(self, detail: str) -> tuple[str, ...] | None:
        """Values or prefixes allowed for a detail (`economic`, `fund`, …); None where the line does not ask for it."""
        return dict(self.codes).get(detail)


@dataclass(frozen=True, slots=True)
class VoucherTemplate:
    """One business event. `applies_to` is `both`, `administrative` or `institution`."""

    name: str
    event: str
    financial: tuple[TemplateLine, ...]
    budgetary: tuple[TemplateLine, ...]
    applies_to: str = "both"
    note: str = ""
    basis: str = ""
    certain: bool = True

    @property
    def amounts(self) -> tuple[str, ...]:
        """Names of the amounts the event needs, in the order of the lines."""
        return tuple(dict.fromkeys(line.amount for line in (*self.financial, *self.budgetary)))


@dataclass(frozen=True, slots=True)
class ClosingStep:
    """One step of the budgetary year-end close (预算会计年末结账). Lines come in pairs, debit then credit."""

    name: str
    step: str
    lines: tuple[TemplateLine, ...]
    applies_to: str = "both"
    note: str = ""


@dataclass(frozen=True)
class VoucherTemplates:
    """All templates by name, the closing steps in their order, and which budgetary account goes with a financial one."""

    events: dict[str, VoucherTemplate]
    closing: tuple[ClosingStep, ...]
    pairs: dict[str, str]
