"""Which accounts an event is booked on: the choice that a template leaves, and the lowest account under it."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from mingzhang.catalogue.loading import voucher_templates
from mingzhang.forms import TemplateLine, VoucherTemplate
from mingzhang.records import codes
from mingzhang.records.drafts import Entry

PAYMENTS = {
    "quota": ("1011", "800101"),
    "direct": ("4001", "6001"),
    "integrated": ("4001", "6001"),
    "bank": ("1002", "800102"),
    "cash": ("1001", "800102"),
    "returned": ("1201", "800103"),
    "unpaid": ("2302",),
}
"""How money moves (授权支付、直接支付、一体化、银行、现金、应返还额度、未付款), and the accounts it moves on."""

_WAGES = {
    "30101": "220101",
    "30102": "220102",
    "30103": "220103",
    "30107": "220103",
    "30108": "220105",
    "30109": "220105",
    "30110": "220105",
    "30111": "220105",
    "30112": "220105",
    "30113": "220106",
}
_ASSETS = {"309": "1601", "310": "1601", "31005": "1613", "31006": "1613"}


class EventError(ValueError):
    """An event cannot be booked as asked; the message, in Chinese, says why and what to do."""


@dataclass(frozen=True, slots=True)
class Event:
    """An event with everything that its lines are chosen by."""

    template: VoucherTemplate
    administrative: bool
    attributes: Entry
    group: str
    payment: str
    accounts: tuple[str, ...]
    back_office: bool
    amounts: dict[str, int] = field(default_factory=dict)


def choose(event: Event, line: TemplateLine, beside: tuple[str, ...]) -> str:
    """The account that a line takes, of those the template allows."""
    allowed = [account for account in line.accounts if _applies(event, account)]
    wanted = [account for account in event.accounts if any(account.startswith(other) for other in allowed)]
    if wanted:
        return wanted[0]
    if len(allowed) == 1:
        return allowed[0]
    if line.amount == "returned":
        return "1001" if event.payment == "cash" else "1002"
    pairs = voucher_templates().pairs
    partners = {pairs.get(account) for account in beside} | {pairs.get(account[:4]) for account in beside}
    by_payment = [account for account in allowed if account in PAYMENTS[event.payment]]
    by_partner = [account for account in allowed if account in partners]
    if by_payment or by_partner:
        return (by_payment or by_partner)[0]
    modes = [mode for mode, moved in PAYMENTS.items() if set(moved) & set(allowed)]
    if len(modes) > 1:
        raise EventError(
            f"{event.template.name} {event.template.event}不能用支付方式“{event.payment}”：应为 {'、'.join(modes)}"
        )
    economic = event.attributes.economic
    for prefix in (economic, economic[:3]):
        if _ASSETS.get(prefix) in allowed:
            return _ASSETS[prefix]
    if "220106" in allowed and economic == "30113":
        return "220106"
    return "5101" if event.back_office and "5101" in allowed else allowed[0]


def _applies(event: Event, account: str) -> bool:
    found = codes.account_named(account)
    return found is None or found.applies_to in (
        "both",
        "administrative" if event.administrative else "institution",
    )


def detailed(event: Event, account: str) -> str:
    """The lowest account under one that the template names at a higher level."""
    stated = event.attributes
    if account == "2201":
        return _WAGES.get(stated.economic, "220107")
    if account == "1201":
        return "120102"
    lowest = codes.budgetary_account(account, stated.fund, stated.nature, stated.economic or event.group)
    if codes.has_details(lowest):
        raise EventError(
            f"{event.template.name}不能确定{account}的明细科目：请给出经济科目，或用 group 说明人员经费、公用经费"
        )
    return lowest


def with_attributes(event: Event, entry: Entry) -> Entry:
    """The entry with what its account asks for of the event's attributes."""
    stated = event.attributes
    if entry.account[0] in "67":
        taken = replace(stated, side=entry.side, account=entry.account, fen=entry.fen)
        if entry.account[0] == "6":
            taken = replace(taken, economic="")
        return replace(taken, counterparty="") if entry.account.startswith("6001") else taken
    if entry.account[:4] in ("8101", "8102", "8201"):
        return replace(
            entry, function=stated.function, nature=stated.nature, fund=stated.fund, project=stated.project
        )
    return replace(entry, contract=stated.contract) if entry.account[0] in "15" else entry
