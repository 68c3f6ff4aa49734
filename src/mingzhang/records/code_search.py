"""Find codes by what a person types (科目查找): the beginning of a code, or any part of its Chinese name."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache

from mingzhang.catalogue.loading import chart_of_accounts, economic_classification, functional_classification
from mingzhang.forms import Account, Classification
from mingzhang.records import codes
from mingzhang.records.models import Entity

SHOWN = 40
"""So many suggestions fit a list."""


def account_choices(unit: Entity, system: str = "") -> dict[str, str]:
    """Accounts that lines of a unit may be posted to: lowest ones that fit its kind, by code."""
    return {
        account.code: full_account_name(account)
        for account in chart_of_accounts().accounts.values()
        if account.applies_to in ("both", unit.accounting)
        and not codes.has_details(account.code)
        and system in ("", account.system)
    }


def full_account_name(account: Account) -> str:
    """The name with those above it: 行政支出—财政拨款支出—基本支出."""
    accounts = chart_of_accounts().accounts
    names = [account.name]
    while account.parent:
        account = accounts[account.parent]
        names.insert(0, account.name)
    return "—".join(names)


def function_choices(year: int) -> dict[str, str]:
    """Functional codes that a line of a year may state: valid then and detailed as far as the list goes."""
    return _choices(functional_classification(), year, lambda code: not codes.function_is_detailed(code))


def economic_choices(year: int) -> dict[str, str]:
    """Economic codes (款) that a line of a year may state."""
    found = economic_classification()
    return _choices(found, year, lambda code: found.codes[code].level == 2)


def matching(choices: Mapping[str, str], typed: str, limit: int = SHOWN) -> dict[str, str]:
    """Those that fit what was typed, codes that begin so first."""
    typed = typed.strip()
    code = leading_code(typed)
    if code:
        return dict(_first((pair for pair in choices.items() if pair[0].startswith(code)), limit))
    return dict(_first((pair for pair in choices.items() if typed in pair[1]), limit))


def leading_code(typed: str) -> str:
    """The code that a text begins with, blank where it begins with none.

    >>> leading_code("30201 办公费"), leading_code("办公费")
    ('30201', '')
    """
    first = typed.strip().split(" ", 1)[0]
    return first if first.isascii() and first.isalnum() and any(map(str.isdigit, first)) else ""


def code_of(choices: Mapping[str, str], typed: str) -> str:
    """The code that a person means: the code typed, or the only one of that name; else the text itself, to be complained of."""
    typed = typed.strip()
    if code := leading_code(typed):
        return code
    named = [code for code, name in choices.items() if typed and name.rpartition("—")[2] == typed]
    return named[0] if len(named) == 1 else typed


def beginnings(names: Mapping[str, str], typed: str) -> tuple[str, ...] | None:
    """The codes, as beginnings, of what a filter asks for: a code, or all whose name contains the text. None for none."""
    typed = typed.strip()
    if not typed:
        return ()
    if code := leading_code(typed):
        return (code,)
    return tuple(code for code, name in names.items() if typed in name) or None


@lru_cache(maxsize=32)
def all_account_names() -> Mapping[str, str]:
    """Names of all accounts by code."""
    return {code: account.name for code, account in chart_of_accounts().accounts.items()}


@lru_cache(maxsize=32)
def function_names(year: int) -> Mapping[str, str]:
    """Names of all functional codes of a year, higher levels included."""
    return _choices(functional_classification(), year, lambda code: True)


@lru_cache(maxsize=32)
def economic_names(year: int) -> Mapping[str, str]:
    """Names of all economic codes of a year, higher levels included."""
    return _choices(economic_classification(), year, lambda code: True)


def _choices(of: Classification, year: int, wanted) -> dict[str, str]:
    return {
        code: entry.name_in(year) for code, entry in of.codes.items() if entry.valid_in(year) and wanted(code)
    }


def _first(pairs: Iterable[tuple[str, str]], limit: int) -> Iterator[tuple[str, str]]:
    for place, pair in enumerate(pairs):
        if place == limit:
            return
        yield pair
