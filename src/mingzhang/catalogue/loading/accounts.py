"""The chart of accounts (会计科目) and the voucher templates (凭证模板)."""

from __future__ import annotations

import json
from functools import cache
from typing import Any

from mingzhang.catalogue.loading.files import CODES, read_rows, split
from mingzhang.forms import (
    Account,
    ChartOfAccounts,
    ClosingStep,
    TemplateLine,
    VoucherTemplate,
    VoucherTemplates,
)


@cache
def chart_of_accounts() -> ChartOfAccounts:
    """All accounts. A detail account carries what the account above it carries, unless its own row says otherwise."""
    accounts: dict[str, Account] = {}
    for row in read_rows(CODES / "accounts.csv"):
        parent = row["parent"] or None
        inherited = accounts[parent].attributes if parent else ()
        accounts[row["code"]] = Account(
            code=row["code"],
            name=row["name"],
            system=row["system"],
            element=row["element"],
            normal=row["normal"],
            parent=parent,
            level=int(row["level"]),
            applies_to=row["applies_to"],
            attributes=split(row["attributes"]) or inherited,
            certain=row["certain"] == "yes",
            note=row["note"],
        )
    return ChartOfAccounts(accounts)


@cache
def voucher_templates() -> VoucherTemplates:
    """The templates of business events, and the steps of the year-end close in their order."""
    data: dict[str, Any] = json.loads((CODES / "voucher_templates.json").read_text(encoding="utf-8"))
    events = [
        VoucherTemplate(
            name=entry["name"],
            event=entry["event"],
            financial=tuple(map(_line, entry["financial"])),
            budgetary=tuple(map(_line, entry["budgetary"])),
            applies_to=entry["applies_to"],
            note=entry["note"],
            basis=entry["basis"],
            certain=entry["certain"],
        )
        for entry in data["events"]
    ]
    closing = tuple(
        ClosingStep(
            entry["name"],
            entry["step"],
            tuple(map(_line, entry["lines"])),
            entry["applies_to"],
            entry["note"],
        )
        for entry in data["closing"]
    )
    return VoucherTemplates({event.name: event for event in events}, closing, data["pairs"])


def _line(entry: dict[str, Any]) -> TemplateLine:
    codes = tuple((detail, tuple(allowed)) for detail, allowed in entry.get("codes", {}).items())
    return TemplateLine(entry["side"], tuple(entry["accounts"]), entry["amount"], codes)
