"""What a proposal would do, ready to be shown: the lines of a voucher, of a budget, the period to be closed."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Protocol

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
    return Line(
        f"{entry.account} {account.name}" if account else entry.account,
        attributes_of(entry, year),
        entry.fen if entry.side == "D" else None,
        entry.fen if entry.side == "C" else None,
    )


class Coded(Protocol):
    """What an entry and a classification state alike."""

    function: str
    economic: str
    nature: str
    fund: str
    project: str
    source: str
    detail: str
    counterparty: str


def attributes_of(stated: Coded, year: int) -> str:
    """What is stated beside the account, with the names of its codes."""
    return _attributes(
        stated.function,
        stated.economic,
        stated.nature,
        stated.fund,
        stated.project,
        stated.source,
        stated.detail,
        stated.counterparty,
        year,
    )


@lru_cache(maxsize=8_192)
def _attributes(
    function_code: str,
    economic_code: str,
    nature: str,
    fund: str,
    project: str,
    source: str,
    detail: str,
    counterparty: str,
    year: int,
) -> str:
    function = codes.function_named(function_code) if function_code else None
    economic = codes.economic_named(economic_code) if economic_code else None
    told = (
        f"{function_code} {function.name_in(year)}" if function else function_code,
        f"{economic_code} {economic.name_in(year)}" if economic else economic_code,
        {"basic": "基本支出", "project": "项目支出"}.get(nature, nature),
        FUNDS.get(fund, fund),
        f"项目 {project}" if project else "",
        "上年结转资金" if source == "prior" else "",
        detail,
        f"对方单位 {counterparty}" if counterparty else "",
    )
    return "；".join(filter(None, told))
