"""What the chart of accounts and the code lists say, prepared for quick questions about single lines."""

from __future__ import annotations

from functools import cache

from mingzhang.catalogue.loading import chart_of_accounts, economic_classification, functional_classification
from mingzhang.forms import Account, Code
from mingzhang.records.drafts import FISCAL_FUNDS


@cache
def account_named(code: str) -> Account | None:
    """The account, None where the chart has none of that code."""
    return chart_of_accounts().accounts.get(code)


@cache
def has_details(code: str) -> bool:
    """Whether the account has detail accounts, so that nothing may be posted to it directly."""
    return code in _parents()


@cache
def _parents() -> frozenset[str]:
    return frozenset(account.parent for account in chart_of_accounts().accounts.values() if account.parent)


@cache
def function_named(code: str) -> Code | None:
    """The functional code, None where the list has none."""
    return functional_classification().codes.get(code)


@cache
def function_is_detailed(code: str) -> bool:
    """Whether the list details this functional code further."""
    return functional_classification().has_children(code)


@cache
def economic_named(code: str) -> Code | None:
    """The economic code, None where the list has none."""
    return economic_classification().codes.get(code)


@cache
def economic_group(code: str) -> str:
    """`personnel` or `public` (人员经费、公用经费) or another group; of a 类, 款 or the group itself; blank if unknown."""
    if code in ("personnel", "public"):
        return code
    found = economic_named(code)
    return found.group if found else ""


def is_fiscal(fund: str) -> bool:
    """Whether the money is a fiscal appropriation (财政拨款)."""
    return fund in FISCAL_FUNDS


def budgetary_account(first_level: str, fund: str, nature: str, economic: str) -> str:
    """The detail account that stands for 6001, 7101 or 7201 under a line's attributes; others stand for themselves.

    >>> budgetary_account("7101", "general_public_budget", "project", "30201")
    '71010102'
    >>> budgetary_account("6001", "general_public_budget", "basic", "30101")
    '60010101'
    """
    if first_level == "6001":
        if nature == "project":
            return "600102"
        return {"personnel": "60010101", "public": "60010102"}.get(economic_group(economic), "600101")
    if first_level in ("7101", "7201"):
        purse = "01" if is_fiscal(fund) else "02" if fund == "nonfiscal_special" else "03"
        return first_level + purse + ("02" if nature == "project" else "01")
    return first_level
