"""What a ledger line is worth to the final accounts (决算口径): the figures it adds to, decided by its classification.

One place says it for both directions: `points` adds lines up by it, `trace` finds the lines of a figure by it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import NamedTuple, Protocol

from mingzhang.records import codes
from mingzhang.records.models import BUDGETARY, Entity, VoucherKind

Dimensions = tuple[tuple[str, str], ...]

REVENUE_FUNDS = {
    "6101": "business",
    "6201": "superior_subsidy",
    "6301": "affiliate_remittance",
    "6401": "operating",
}
"""Sources of revenue by account; 6001 states its own, all others are 其他收入."""

EXPENDITURE_NATURES = {"7301": "operating", "7401": "remittance_to_superior", "7501": "subsidy_to_affiliates"}
"""Nature of expenditure by account; the others state their own."""

THREE_PUBLIC = {
    "30212": "overseas_travel_spending",
    "31013": "official_vehicle_purchase",
    "30913": "official_vehicle_purchase",
    "30231": "official_vehicle_running",
    "30217": "official_reception_spending",
}
"""The “三公” items by economic code."""

OTHER_RESULT, OPERATING_RESULT, INCOME_TAX = "result of other money", "operating result", "income tax"
RESULTS = (OTHER_RESULT, OPERATING_RESULT, INCOME_TAX)
"""Not figures themselves: what an institution's distribution and closing balance are reckoned from (`distributed`)."""

LEDGER_CONCEPTS = (
    "revenue",
    "expenditure",
    "opening_balance",
    "closing_balance",
    "use_of_nonfiscal_surplus",
    "surplus_distribution",
    "operating_costs",
    *dict.fromkeys(THREE_PUBLIC.values()),
)
"""Concepts that a year's vouchers cover completely."""

_COSTLY = (Entity.Kind.ADMINISTRATIVE, Entity.Kind.CIVIL_SERVANT_MANAGED)


class Classified(Protocol):
    """What is asked of a line: `Classification`, `LedgerSum` and `VoucherLine` fit."""

    kind: str
    system: str
    account: str
    function: str
    economic: str
    nature: str
    fund: str
    project: str
    detail: str
    counterparty: str


class Share(NamedTuple):
    """A figure a line adds to: its debits times `sign`.

    `eliminates`: at the department's eliminations, not the unit; `credits_only`: a debit line does not count.
    """

    concept: str
    dimensions: Dimensions
    sign: int
    eliminates: bool = False
    credits_only: bool = False


def shares(line: Classified, unit_kind: str, departments: Mapping[str, str], unit: str) -> Iterator[Share]:
    """All figures that a line of a unit adds to. `departments` maps units to their department's code."""
    if line.system != BUDGETARY:
        return
    first = line.account[:1]
    if first == "8" and not line.account.startswith("8001"):
        yield from _balance_shares(line, unit_kind)
    elif first in ("6", "7") and line.kind != VoucherKind.CLOSING:
        concept, sign, stated = (
            ("revenue", -1, _revenue(line)) if first == "6" else ("expenditure", 1, _expenditure(line))
        )
        yield Share(concept, stated, sign)
        inside = departments.get(line.counterparty)
        if inside is not None and inside == departments.get(unit) and not line.account.startswith("6001"):
            yield Share(concept, stated, -sign, eliminates=True)
        yield from _closing_shares(line, unit_kind, dict(stated))
        if first == "7":
            yield from _memo_shares(line, unit_kind, dict(stated))


def fund_of_expenditure(fund: str) -> str:
    """The fund of the cube: fiscal funds as they are, all own money as 非财政拨款."""
    return fund if codes.is_fiscal(fund) else "nonfiscal"


def _revenue(line: Classified) -> Dimensions:
    fund = line.fund if line.account.startswith("6001") else REVENUE_FUNDS.get(line.account, "other")
    return _stated(function=line.function, fund=fund, nature=line.nature, project=line.project)


def _expenditure(line: Classified) -> Dimensions:
    return _stated(
        detail=line.detail,
        economic=line.economic,
        function=line.function,
        fund=fund_of_expenditure(line.fund),
        nature=EXPENDITURE_NATURES.get(line.account, line.nature),
        project=line.project,
    )


def _stated(**dimensions: str) -> Dimensions:
    """The dimensions that have a code; named in alphabetical order, as coordinates keep them."""
    return tuple([(name, code) for name, code in dimensions.items() if code])


def _memo_shares(line: Classified, unit_kind: str, stated: dict[str, str]) -> Iterator[Share]:
    """Figures that are a view of expenditure: “三公” and 机关运行经费."""
    if line.account[:4] not in ("7101", "7201", "7901"):
        return
    if concept := THREE_PUBLIC.get(line.economic):
        names = ("detail", "fund") if concept == "official_vehicle_running" else ("fund",)
        yield Share(concept, _stated(**{name: stated.get(name, "") for name in names}), 1)
    basic = line.nature == "basic" and line.fund == "general_public_budget"
    if unit_kind in _COSTLY and basic and codes.economic_group(line.economic) == "public":
        yield Share("operating_costs", (), 1)


def _balance_shares(line: Classified, unit_kind: str) -> Iterator[Share]:
    """Balances before closing: opening with the year's adjustments, and so much of the closing balance."""
    if line.kind == VoucherKind.CLOSING:
        if line.account == "820203" and unit_kind != Entity.Kind.ADMINISTRATIVE:
            yield Share("surplus_distribution", (), -1, credits_only=True)
            yield Share("closing_balance", (("fund", "nonfiscal"),), 1, credits_only=True)
        return
    account = line.account[:4]
    if account in ("8101", "8102", "8201") or (account == "8202" and unit_kind == Entity.Kind.ADMINISTRATIVE):
        fund = line.fund if account in ("8101", "8102") else "nonfiscal"
        stated = _stated(function=line.function, fund=fund, nature=line.nature)
        yield Share("opening_balance", stated, -1)
        yield Share("closing_balance", stated, -1)
    elif line.account == "820204" and line.kind != VoucherKind.OPENING:
        yield Share(INCOME_TAX, (), 1)
    elif account == "8401":
        yield Share("opening_balance", (("fund", "nonfiscal"),), -1)
        yield Share(OPERATING_RESULT, (), -1)


def _closing_shares(line: Classified, unit_kind: str, stated: dict[str, str]) -> Iterator[Share]:
    """Revenue and expenditure on their way into balances: carried over, or distributed by institutions."""
    if line.account in ("6401", "7301"):
        yield Share(OPERATING_RESULT, (), -1)
    elif (
        unit_kind == Entity.Kind.ADMINISTRATIVE
        or codes.is_fiscal(line.fund)
        or line.fund == "nonfiscal_special"
    ):
        fund = line.fund if codes.is_fiscal(line.fund) else "nonfiscal"
        nature = stated.get("nature", "") if stated.get("nature") in ("basic", "project") else ""
        yield Share("closing_balance", _stated(function=line.function, fund=fund, nature=nature), -1)
    else:
        yield Share(OTHER_RESULT, (), -1)


def distributed(other_fen: int, operating_fen: int, tax_fen: int) -> Iterator[tuple[str, Dimensions, int]]:
    """What an institution's results come to: distribution or use of surplus; an operating loss is carried over.

    The law has income tax paid from accumulated surplus (8202), into which the year's own surplus goes at its end.
    So the year's distribution contains the tax: tax, special surplus and the rest together are the result. Tax that
    the result does not cover was distributed all the same, and used up surplus of earlier years.
    """
    result = other_fen + max(0, operating_fen)
    distribution = max(0, result, tax_fen)
    yield "surplus_distribution", (), distribution
    yield "use_of_nonfiscal_surplus", (), distribution - result
    yield "closing_balance", (("fund", "nonfiscal"),), min(0, operating_fen)


def results_behind(concept: str, other_fen: int, operating_fen: int, tax_fen: int) -> dict[str, int]:
    """The same read backwards: with which sign each result counts for the figure, those left out that do not."""
    if concept == "closing_balance":
        return {OPERATING_RESULT: 1} if operating_fen < 0 else {}
    result = other_fen + max(0, operating_fen)
    distribution = max(0, result, tax_fen)
    tax = {INCOME_TAX: 1} if distribution == tax_fen > 0 else {}
    year = {OTHER_RESULT: 1, **({OPERATING_RESULT: 1} if operating_fen > 0 else {})}
    if concept == "surplus_distribution":
        return tax or (year if distribution else {})
    return {**tax, **dict.fromkeys(year, -1)} if distribution > result else {}
