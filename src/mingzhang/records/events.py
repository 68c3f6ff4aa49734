"""Vouchers from business events (业务事项 → 凭证): a template, a unit, a day and amounts make both sides.

Where a template leaves a choice, the payment mode, the unit's kind and the line's attributes decide together.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date
from typing import Protocol

from mingzhang.catalogue.loading import voucher_templates
from mingzhang.forms import TemplateLine, VoucherTemplate
from mingzhang.records.drafts import Entry, VoucherDraft
from mingzhang.records.event_accounts import (
    PAYMENTS,
    Event,
    EventError,
    choose,
    detailed,
    with_attributes,
)

__all__ = ["PAYMENTS", "Bookkeeper", "EventError", "quota_cancelled", "voucher_from_event"]

_OWN_MONEY = ("V25", "V26", "V28", "V29", "V30")


class Bookkeeper(Protocol):
    """What an event needs to know of its unit; `Entity` fits."""

    code: str
    kind: str


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
    event = Event(template, administrative, attributes, group, payment, tuple(accounts), back_office)
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
    """Whether a payment through the bank spends own money as a rule: not where fiscal balances themselves move."""
    fiscal = any(account[:4] in ("8101", "8102") for line in template.budgetary for account in line.accounts)
    return not fiscal and any(
        len(line.accounts) > 1 and "1002" in line.accounts for line in template.financial
    )


def _as_template_asks(event: Event) -> Entry:
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


def _side(event: Event, lines: Iterable[TemplateLine], beside: Iterable[str]) -> tuple[Entry, ...]:
    """Entries of one system; `beside` are the accounts that the other system took. Lines of nothing fall away."""
    entries = []
    for line in lines:
        fen = event.amounts[line.amount]
        if fen:
            account = detailed(event, choose(event, line, tuple(beside)))
            entries.append(with_attributes(event, Entry(line.side, account, fen)))
    return tuple(entries)
