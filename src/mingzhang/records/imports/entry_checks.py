"""Checking entries as the ledger would, each distinct combination once: the ledger's own words, the file's own places."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from mingzhang.documents import Problem
from mingzhang.records import codes
from mingzhang.records.checking import check
from mingzhang.records.drafts import Entry, VoucherDraft
from mingzhang.records.imports.context import Context
from mingzhang.records.imports.fields import CellError
from mingzhang.records.imports.rows import Table, read_cell

ATTRIBUTES = ("account", "function", "economic", "nature", "fund", "project", "source", "detail", "counterparty", "contract")  # fmt: skip
"""Columns that say what an entry is, beside its side and amount."""

_DETAILED = ("6001", "7101", "7201")
_NATURE_BY_ENDING = {"01": "basic", "02": "project"}
_OF_THE_VOUCHER = frozenset({"unbalanced", "not_mirrored"})
_OF_THE_DATE = frozenset({"closed_period", "later_year_closed", "adjustment_without_reason", "date_outside_year", "date_in_future", "wrong_date"})  # fmt: skip
_COLUMNS = {
    "function": "function", "economic": "economic", "project": "project", "counterparty": "counterparty", "fund": "fund",
    "nature": "nature", "source": "source", "account": "account", "system": "account", "negative": "amount",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Line:
    """What an entry is, side and amount aside; the errors of its attributes, by field."""

    entry: Entry
    budgetary: bool
    wrong: tuple[tuple[str, CellError], ...] = ()


def read_line(raw: dict[str, Any], table: Table, context: Context) -> Line:
    """The entry that the raw values of a row describe, with everything that cannot be read."""
    values: dict[str, str] = {}
    wrong: list[tuple[str, CellError]] = []
    for name in ATTRIBUTES:
        if name not in raw:
            continue
        entry = table.kind.field(name)
        try:
            values[name] = read_cell(raw[name], entry.read, entry, context)
        except CellError as bad:
            wrong.append((name, bad))
    if "counterparty" in values:
        other = context.entity_named(values["counterparty"])
        values["counterparty"] = other.code if other else ""
    entry = completed(Entry("D", values.pop("account", ""), 1, **values))
    account = codes.account_named(entry.account)
    return Line(entry, account is not None and account.system == "budgetary", tuple(wrong))


def completed(entry: Entry) -> Entry:
    """The entry with what its account and attributes say of each other.

    7101 with fund and nature is the detail account that they call for; a detail account says the nature.
    """
    first = entry.account[:4]
    if first not in _DETAILED:
        return entry
    if not entry.nature and len(entry.account) >= 8 and first != "6001":
        return replace(entry, nature=_NATURE_BY_ENDING.get(entry.account[6:8], ""))
    if not entry.nature and first == "6001" and len(entry.account) >= 6:
        return replace(entry, nature=_NATURE_BY_ENDING.get(entry.account[4:6], ""))
    if codes.has_details(entry.account) and entry.fund and entry.nature:
        detail = codes.budgetary_account(first, entry.fund, entry.nature, entry.economic)
        if detail.startswith(entry.account) and not codes.has_details(detail):
            return replace(entry, account=detail)
    return entry


def line_problems(
    line: Line, entity: str, day: date, kind: str, context: Context
) -> Iterator[tuple[str, Problem]]:
    """(field, problem) of one entry under a unit and a day's codes, as the ledger finds them."""
    sides = {"budgetary" if line.budgetary else "financial": (line.entry,)}
    draft = VoucherDraft(entity, day, "-", kind=kind, reason="-", **sides)
    for problem in check(draft, context.books):
        if problem.code not in _OF_THE_VOUCHER | _OF_THE_DATE:
            yield _field(problem.code, line.entry), problem


def date_problems(entity: str, day: date, kind: str, reason: str, context: Context) -> list[Problem]:
    """What is wrong with a voucher's day: it lies in a closed period, another year or the future."""
    draft = VoucherDraft(entity, day, "-", kind=kind, reason=reason, year=context.year)
    return [problem for problem in check(draft, context.books) if problem.code in _OF_THE_DATE]


def _field(code: str, entry: Entry) -> str:
    if code == "missing_attributes":
        names = ("fund", "function", "economic", "nature")
        return next((name for name in names if not getattr(entry, name)), "account")
    if code == "project_missing":
        return "project"
    if code == "fund_mismatch":
        return "fund"
    return next((name for word, name in _COLUMNS.items() if word in code), "account")
