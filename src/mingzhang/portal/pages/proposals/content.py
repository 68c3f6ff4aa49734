"""What a proposal would do, ready to be shown: the lines of a voucher, of a budget, the period to be closed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from mingzhang.catalogue.loading import chart_of_accounts
from mingzhang.catalogue.loading import edition as edition_named
from mingzhang.records import codes
from mingzhang.records.budget_entry import typed_budget
from mingzhang.records.drafts import FUNDS, Entry
from mingzhang.records.event_accounts import EventError
from mingzhang.records.models import Proposal
from mingzhang.records.proposals.voucher import voucher_draft
from mingzhang.records.publishing import edition_of


@dataclass(frozen=True, slots=True)
class Line:
    """One entry as shown: account and attributes with their names."""

    account: str
    attributes: str
    debit: int | None
    credit: int | None


def content_of(proposal: Proposal) -> dict[str, Any]:
    """What the template of its kind needs."""
    if proposal.kind == "voucher":
        try:
            draft = voucher_draft(proposal.entity, proposal.year, proposal.payload)
        except (EventError, KeyError, TypeError, ValueError):
            return {"systems": [], "note": proposal.payload.get("note", "")}
        return {
            "date": draft.date,
            "note": proposal.payload.get("note", ""),
            "reason": draft.reason,
            "systems": [
                (name, [line_of(entry, proposal.year) for entry in entries])
                for _, name, entries in draft.sides()
                if entries
            ],
        }
    if proposal.kind == "budget":
        head, lines = typed_budget(proposal)
        amounts = [int(line.get("fen") or 0) for line in proposal.payload.get("lines") or ()]
        return {**head, "lines": list(zip(lines, amounts, strict=True))}
    if proposal.kind == "publication":
        chosen = proposal.payload.get("edition") or edition_of(proposal.entity)
        return {**proposal.payload, "edition": edition_named(chosen).chinese}
    return dict(proposal.payload)


def line_of(entry: Entry, year: int) -> Line:
    """An entry with the names of its codes."""
    account = chart_of_accounts().accounts.get(entry.account)
    function = codes.function_named(entry.function) if entry.function else None
    economic = codes.economic_named(entry.economic) if entry.economic else None
    attributes = (
        f"{entry.function} {function.name_in(year)}" if function else entry.function,
        f"{entry.economic} {economic.name_in(year)}" if economic else entry.economic,
        {"basic": "基本支出", "project": "项目支出"}.get(entry.nature, entry.nature),
        FUNDS.get(entry.fund, entry.fund),
        f"项目 {entry.project}" if entry.project else "",
        "上年结转资金" if entry.source == "prior" else "",
        entry.detail,
        f"对方单位 {entry.counterparty}" if entry.counterparty else "",
    )
    return Line(
        f"{entry.account} {account.name}" if account else entry.account,
        "；".join(filter(None, attributes)),
        entry.fen if entry.side == "D" else None,
        entry.fen if entry.side == "C" else None,
    )
