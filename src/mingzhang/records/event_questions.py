"""What a business event must be told (业务事项要填的内容): only what its template and the unit leave open."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from mingzhang.catalogue.loading import chart_of_accounts
from mingzhang.forms import TemplateLine, VoucherTemplate
from mingzhang.records import codes
from mingzhang.records.code_search import full_account_name
from mingzhang.records.drafts import FISCAL_FUNDS, FUNDS
from mingzhang.records.event_accounts import PAYMENTS
from mingzhang.records.models import Entity

AMOUNTS = {
    "amount": "金额",
    "withheld_total": "代扣合计",
    "income_tax": "个人所得税",
    "personal_social_insurance": "个人负担的社会保险费",
    "personal_housing_fund": "个人负担的住房公积金",
    "net_pay": "实发工资",
    "spent": "报销金额",
    "returned": "退回的余款",
    "advance": "原借款金额",
    "total": "货物或服务总价",
    "prepaid": "此前已预付",
    "rest": "本次支付余款",
    "value_plus_fee": "入账成本（含运费）",
    "value": "资产价值",
    "fee": "运费等费用",
    "net": "账面净值",
    "depreciation": "已提折旧",
    "cost": "原值",
}
"""The amounts of templates in words."""

PAYMENT_NAMES = {
    "quota": "授权支付（零余额账户额度）",
    "direct": "财政直接支付",
    "integrated": "国库集中支付（一体化）",
    "bank": "银行存款",
    "cash": "现金",
    "returned": "财政应返还额度",
    "unpaid": "尚未付款",
}
"""Payment modes in words."""

_ACTIVITY = {"5001", "5101"}
_OWN_CASH = "800102"
_FISCAL = ("8101", "8102")


@dataclass(frozen=True, slots=True)
class Choice:
    """A line whose account is left open: (code, name) of those it may take."""

    side: str
    accounts: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Questions:
    """What the form of an event asks for. Where there is one amount only, it is `("amount", 金额)` or the like."""

    amounts: tuple[tuple[str, str], ...]
    payments: tuple[tuple[str, str], ...]
    funds: tuple[tuple[str, str], ...]
    economics: tuple[str, ...] | None
    """Beginnings of the economic codes allowed, empty for any; None where none is asked."""
    function: bool
    nature: bool
    group: bool
    """Whether basic appropriations must say what they are for (人员经费、公用经费)."""
    back_office: bool
    choices: tuple[Choice, ...]
    contract: bool
    contract_required: bool
    counterparty: bool
    spending: bool
    """Whether money is spent: then carried-over money and a finer use may be stated."""


def questions(template: VoucherTemplate, unit: Entity) -> Questions:
    """The questions of a template at a unit."""
    budgetary, financial = template.budgetary, template.financial
    turnover = [line for line in budgetary if line.accounts[0][0] in "67"]
    spending = [line for line in budgetary if line.accounts[0][0] == "7"]
    balances = [line for line in budgetary if line.accounts[0][:4] in ("8101", "8102", "8201")]
    every = {account for line in (*financial, *budgetary) for account in line.accounts}
    return Questions(
        amounts=tuple((name, AMOUNTS.get(name, name)) for name in template.amounts),
        payments=_payments(template),
        funds=_funds(budgetary, turnover or balances),
        economics=_economics(spending, financial),
        function=bool(turnover or balances),
        nature=bool(turnover or balances),
        group=any(line.accounts == ("6001",) for line in budgetary) and not spending,
        back_office="5101" in every and unit.accounting == "institution",
        choices=tuple(_choices(template, unit)),
        contract=any(account[0] in "15" for line in financial for account in line.accounts),
        contract_required=any(line.allowed("contract") is not None for line in budgetary),
        counterparty=bool(turnover) and _moves(budgetary, _OWN_CASH),
        spending=bool(spending),
    )


def applies(template: VoucherTemplate, unit: Entity) -> bool:
    """Whether units of this kind have such events."""
    return template.applies_to in ("both", unit.accounting)


def _payments(template: VoucherTemplate) -> tuple[tuple[str, str], ...]:
    """The payment modes left open: those that every line with a choice of them allows, the financial lines first."""
    for lines in (template.financial, template.budgetary):
        open_to = [modes for line in lines if line.amount != "returned" and len(modes := _modes(line)) > 1]
        if open_to:
            allowed = set.intersection(*open_to)
            return tuple((mode, name) for mode, name in PAYMENT_NAMES.items() if mode in allowed)
    return ()


def _modes(line: TemplateLine) -> set[str]:
    """The payment modes that move on one of the line's accounts, where there are several accounts."""
    if len(line.accounts) == 1:
        return set()
    return {mode for mode, accounts in PAYMENTS.items() if set(accounts) & set(line.accounts)}


def _funds(budgetary: tuple[TemplateLine, ...], lines: list[TemplateLine]) -> tuple[tuple[str, str], ...]:
    """The funds that lines may state: what the template says, else as the accounts and the cash beside them say."""
    if not lines:
        return ()
    stated = next((line.allowed("fund") for line in lines if line.allowed("fund")), None)
    if stated is not None:
        allowed = (*stated, "nonfiscal_special") if "other" in stated else stated
    elif _moves(budgetary, _OWN_CASH) and not any(line.accounts[0][:4] in _FISCAL for line in lines):
        fiscal_too = any(line.accounts[0][:4] in ("7101", "7901") for line in lines)
        allowed = tuple(FUNDS) if fiscal_too else tuple(fund for fund in FUNDS if fund not in FISCAL_FUNDS)
    else:
        allowed = FISCAL_FUNDS
    return tuple((code, FUNDS[code]) for code in allowed)


def _moves(lines: tuple[TemplateLine, ...], account: str) -> bool:
    return any(account in line.accounts for line in lines)


def _economics(spending: list[TemplateLine], financial: tuple[TemplateLine, ...]) -> tuple[str, ...] | None:
    for line in spending:
        if line.accounts[0] not in ("7301", "7401", "7501"):
            return line.allowed("economic") or ()
    pay = any(line.accounts == ("2201",) for line in financial)
    return ("301", "303") if pay else None


def _choices(template: VoucherTemplate, unit: Entity) -> Iterator[Choice]:
    """Lines of several accounts that neither the payment, nor the codes, nor the unit's kind decide."""
    moved = {account for accounts in PAYMENTS.values() for account in accounts}
    for line in template.financial:
        open_ones = [account for account in line.accounts if account not in moved and _fits(account, unit)]
        if len(set(open_ones) - _ACTIVITY) + bool(set(open_ones) & _ACTIVITY) > 1:
            yield Choice(line.side, _named(open_ones))
    for line in template.budgetary:
        if len(line.accounts) > 1 and line.accounts[0][:4] in _FISCAL:
            yield Choice(line.side, _named(line.accounts))


def _named(accounts: Iterable[str]) -> tuple[tuple[str, str], ...]:
    return tuple((code, full_account_name(chart_of_accounts().accounts[code])) for code in accounts)


def _fits(account: str, unit: Entity) -> bool:
    found = codes.account_named(account)
    return found is None or found.applies_to in ("both", unit.accounting)
