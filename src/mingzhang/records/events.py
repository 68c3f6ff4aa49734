"""Vouchers from business events (业务事项 → 凭证): a template, a unit, a day and amounts make both sides.

Where a template leaves a choice, the payment mode, the unit's kind and the line's attributes decide together.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Protocol

from mingzhang.catalogue.loading import voucher_templates
from mingzhang.forms import TemplateLine, VoucherTemplate
from mingzhang.records import codes
from mingzhang.records.drafts import Entry, VoucherDraft

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

_OWN_MONEY = ("V25", "V26", "V28", "V29", "V30")
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


class Bookkeeper(Protocol):
    """What an event needs to know of its unit; `Entity` fits."""

    code: str
    kind: str


@dataclass(frozen=True, slots=True)
class _Event:
    """An event with everything that its lines are chosen by."""

    template: VoucherTemplate
    administrative: bool
    attributes: Entry
    group: str
    payment: str
    accounts: tuple[str, ...]
    back_office: bool
    amounts: dict[str, int] = field(default_factory=dict)


def voucher_from_event(
    template_id: str,
    entity: Bookkeeper,
    on: date,
    amounts: Mapping[str, int] | int,
    *,
    function: str = "",
    economic: str = "",
    nature: str = "",
    fund: str = "",
    project: str = "",
    source: str = "current",
    detail: str = "",
    counterparty: str = "",
    contract: str = "",
    summary: str = "",
    event_key: str = "",
    payment: str = "quota",
    group: str = "",
    accounts: Iterable[str] = (),
    back_office: bool = False,
    kind: str = "ordinary",
    number: str | None = None,
    prepared_by: str = "",
    reviewed_by: str = "",
    approved_by: str = "",
    reason: str = "",
) -> VoucherDraft:
    """Return the voucher of one event.

    `amounts` is one amount in fen, or amounts by the template's names; a single one left out follows from the
    others. `payment` is one of `PAYMENTS`; `group` (`personnel` or `public`) says what basic appropriations are
    for where no economic code does; `accounts` names accounts to take where the template leaves the choice, and
    `back_office` takes 单位管理费用 in institutions. Raises EventError.
    """
    template = voucher_templates().events.get(template_id)
    if template is None:
        raise EventError(f"没有凭证模板“{template_id}”：应为 {'、'.join(voucher_templates().events)}")
    if payment not in PAYMENTS:
        raise EventError(f"没有支付方式“{payment}”：应为 {'、'.join(PAYMENTS)}")
    administrative = entity.kind == "administrative"
    if template.applies_to == ("institution" if administrative else "administrative"):
        raise EventError(f"{template_id} {template.event}不适用于{entity.code}：换用适合本单位的凭证模板")
    own_money = template_id in _OWN_MONEY or (payment in ("bank", "cash") and _may_use_own_money(template))
    attributes = Entry(
        "D", "", 0, function, economic, nature or ("project" if project else "basic"),
        fund or ("other" if own_money else "general_public_budget"), project, source, detail, counterparty, contract,
    )  # fmt: skip
    event = _Event(template, administrative, attributes, group, payment, tuple(accounts), back_office)
    event = replace(event, attributes=_as_template_asks(event), amounts=_amounts(template, amounts))
    financial = _side(event, template.financial, ())
    unpaid = payment == "unpaid"
    budgetary = () if unpaid else _side(event, template.budgetary, [entry.account for entry in financial])
    return VoucherDraft(
        entity.code, on, summary or template.event, financial, budgetary, kind, template_id, event_key, number,
        prepared_by, reviewed_by, approved_by, reason,
    )  # fmt: skip


def quota_cancelled(entity: Bookkeeper, on: date, fen: int, **details: str) -> VoucherDraft:
    """The voucher that cancels unused quota which is neither accrued nor carried over (年末注销额度，不结转).

    It takes the appropriation of V01 back; `details` are those of `voucher_from_event`.
    """
    arrived = voucher_from_event(
        "V01", entity, on, fen, **{"summary": "年末注销未使用额度（不结转）", **details}
    )

    def turned(entries: tuple[Entry, ...]) -> tuple[Entry, ...]:
        return tuple(replace(entry, side="C" if entry.side == "D" else "D") for entry in reversed(entries))

    return replace(
        arrived, template="", financial=turned(arrived.financial), budgetary=turned(arrived.budgetary)
    )


def _may_use_own_money(template: VoucherTemplate) -> bool:
    return any(len(line.accounts) > 1 and "1002" in line.accounts for line in template.financial)


def _as_template_asks(event: _Event) -> Entry:
    """Fill in attributes that the template fixes; refuse those that it does not allow."""
    attributes = event.attributes
    for line in event.template.budgetary:
        for name, allowed in line.codes:
            stated = getattr(attributes, name, None)
            if name == "fund" and "other" in allowed:
                allowed = (*allowed, "nonfiscal_special")
            if stated is None or (name in ("function", "contract") and stated):
                continue
            whole = [code for code in allowed if name != "economic" or len(code) == 5]
            if len(whole) == 1 == len(allowed) and (not stated or name == "source"):
                attributes = replace(attributes, **{name: whole[0]})
            elif not stated or (allowed and not stated.startswith(allowed)):
                wanted = "、".join(allowed) or "具体代码"
                raise EventError(
                    f"{event.template.name} {event.template.event}的{name}“{stated}”不合适：应为{wanted}"
                )
    return attributes


def _amounts(template: VoucherTemplate, given: Mapping[str, int] | int) -> dict[str, int]:
    names = list(dict.fromkeys(line.amount for line in (*template.financial, *template.budgetary)))
    if isinstance(given, int):
        given = {names[0]: given} if len(names) == 1 else {"": given}
    unknown = [name for name in given if name not in names]
    missing = [name for name in names if name not in given]
    if unknown or len(missing) > 1:
        raise EventError(f"{template.name} {template.event}的金额应按 {'、'.join(names)} 分别给出")
    amounts = dict(given)
    for name in missing:
        signs = {"D": 1, "C": -1}
        factor = sum(signs[line.side] for line in template.financial if line.amount == name)
        rest = sum(
            signs[line.side] * given[line.amount] for line in template.financial if line.amount != name
        )
        amounts[name] = -rest // factor
    return amounts


def _side(event: _Event, lines: Iterable[TemplateLine], beside: Iterable[str]) -> tuple[Entry, ...]:
    """Entries of one system; `beside` are the accounts that the other system took. Lines of nothing fall away."""
    entries = []
    for line in lines:
        fen = event.amounts[line.amount]
        if fen:
            account = _detailed(event, _choose(event, line, tuple(beside)))
            entries.append(_with_attributes(event, Entry(line.side, account, fen)))
    return tuple(entries)


def _choose(event: _Event, line: TemplateLine, beside: tuple[str, ...]) -> str:
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


def _applies(event: _Event, account: str) -> bool:
    found = codes.account_named(account)
    return found is None or found.applies_to in (
        "both",
        "administrative" if event.administrative else "institution",
    )


def _detailed(event: _Event, account: str) -> str:
    """The lowest account under one that the template names at a higher level."""
    stated = event.attributes
    if account == "2201":
        return _WAGES.get(stated.economic, "220107")
    if account == "1201":
        return "120102"
    detailed = codes.budgetary_account(account, stated.fund, stated.nature, stated.economic or event.group)
    if codes.has_details(detailed):
        raise EventError(
            f"{event.template.name}不能确定{account}的明细科目：请给出经济科目，或用 group 说明人员经费、公用经费"
        )
    return detailed


def _with_attributes(event: _Event, entry: Entry) -> Entry:
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
