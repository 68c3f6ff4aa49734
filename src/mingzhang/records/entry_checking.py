"""Check single entries (分录审核): amount, account, codes of the year, and the attributes that the account asks for."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator
from datetime import date

from mingzhang.documents import Problem
from mingzhang.records import codes
from mingzhang.records.definitions import EXPENDITURE_NATURES
from mingzhang.records.drafts import FUNDS, Entry, VoucherDraft
from mingzhang.records.models import Entity, VoucherKind

Complain = Callable[..., Problem]
"""Makes a problem of its code, what is wrong and the remedy, at a place it knows."""

NATURES = ("basic", "project")
_FISCAL_BALANCES = ("8101", "8102")
_OWN_MONEY = ("6101", "6201", "6301", "6401", "6501", "6601", "6602", "6609", *EXPENDITURE_NATURES, "8201")
"""Accounts of money that is no fiscal appropriation: own revenue, 经营、上缴、补助支出, 非财政拨款结转."""
_LONGEST = 60


def check_entry(
    entry: Entry,
    draft: VoucherDraft,
    entity: Entity,
    projects: Collection[str],
    units: Collection[str],
    problem: Complain,
) -> Iterator[Problem]:
    """Everything wrong with one entry: side, amount, account, codes, project, attributes."""
    if entry.side not in ("D", "C"):
        yield problem("wrong_side", f"方向“{entry.side}”无法识别", "填 D（借）或 C（贷）")
    if entry.fen == 0:
        yield problem("wrong_amount", "金额为零", "填写金额，或删去这一行")
    elif type(entry.fen) is not int:
        yield problem("wrong_amount", f"金额“{entry.fen}”不是以分为单位的整数", "填写以分为单位的整数")
    elif entry.fen < 0 and draft.kind != VoucherKind.ADJUSTING and draft.template != "V31":
        yield problem(
            "negative_amount",
            f"金额{entry.fen / 100:.2f}元为负数",
            "改记到相反方向；红字只用于调整凭证和支出退回",
        )
    for chinese, text in (("费用明细", entry.detail), ("合同编号", entry.contract)):
        if len(text) > _LONGEST:
            yield problem("text_too_long", f"{chinese}超过{_LONGEST}个字符", f"缩短到{_LONGEST}个字符以内")
    account = codes.account_named(entry.account)
    if account is None:
        yield problem("unknown_account", f"没有会计科目{entry.account}", "改用会计科目表中的科目")
        return
    if codes.has_details(entry.account):
        yield problem(
            "account_not_lowest", f"{account.code} {account.name}不是最末级科目", "改用它的明细科目"
        )
    if account.applies_to not in ("both", entity.accounting):
        kind = "行政单位" if account.applies_to == "administrative" else "事业单位"
        yield problem(
            "account_not_applicable",
            f"{account.code} {account.name}只用于{kind}，{entity.name}是{entity.get_kind_display()}",
            "改用适合本单位的科目",
        )
    if isinstance(draft.date, date):
        yield from check_codes(entry, draft.date.year, problem)
    if entry.project and entry.project not in projects:
        yield problem("unknown_project", f"没有代码为“{entry.project}”的项目", "先登记项目，或改正项目代码")
    if entry.counterparty and entry.counterparty not in units:
        yield problem(
            "unknown_counterparty", f"没有代码为“{entry.counterparty}”的往来单位", "改正部门内往来单位代码"
        )
    if account.system == "budgetary":
        yield from _check_attributes(entry, account.code, problem)


def check_codes(entry: Entry, year: int, problem: Complain) -> Iterator[Problem]:
    """Codes that are unknown, not valid in the year, or not at the level that records need."""
    if entry.function:
        function = codes.function_named(entry.function)
        if function is None:
            yield problem(
                "unknown_function",
                f"没有功能分类科目{entry.function}",
                "改用当年政府收支分类科目中的项级科目",
            )
        elif not function.valid_in(year):
            yield problem(
                "expired_function",
                f"{function.code} {function.name_in(year)}在{year}年不使用",
                "改用当年有效的科目",
            )
        elif function.level < 3 and codes.function_is_detailed(function.code):
            yield problem(
                "function_not_lowest",
                f"{function.code} {function.name_in(year)}不是项级科目",
                "改用它下面的项级科目",
            )
        elif function.level < 3:
            yield problem(
                "function_not_detailed",
                f"{function.code} {function.name_in(year)}没有细化到项",
                "有项级科目时请改用",
                "warning",
            )
    if entry.economic:
        economic = codes.economic_named(entry.economic)
        if economic is None:
            yield problem(
                "unknown_economic", f"没有部门预算支出经济分类科目{entry.economic}", "改用款级经济科目"
            )
        elif not economic.valid_in(year):
            yield problem(
                "expired_economic", f"{economic.code} {economic.name}在{year}年不使用", "改用当年有效的科目"
            )
        elif economic.level < 2:
            yield problem(
                "economic_not_lowest", f"{economic.code} {economic.name}不是款级科目", "改用它下面的款级科目"
            )


def _check_attributes(entry: Entry, account: str, problem: Complain) -> Iterator[Problem]:
    if entry.fund and entry.fund not in FUNDS:
        known = "、".join(f"{code}（{chinese}）" for code, chinese in FUNDS.items())
        yield problem("unknown_fund", f"资金来源“{entry.fund}”无法识别", f"改为 {known}")
        return
    if entry.nature and entry.nature not in NATURES:
        yield problem(
            "unknown_nature", f"支出性质“{entry.nature}”无法识别", "改为 basic（基本）或 project（项目）"
        )
        return
    if entry.source not in ("current", "prior"):
        yield problem(
            "unknown_source",
            f"资金年份“{entry.source}”无法识别",
            "改为 current（当年）或 prior（以前年度结转）",
        )
    missing = [
        chinese for name, chinese in _required(account, entry.fund).items() if not getattr(entry, name)
    ]
    if missing:
        yield problem("missing_attributes", f"{account}缺少{'、'.join(missing)}", f"补填{'、'.join(missing)}")
        return
    if entry.nature == "project" and not entry.project and account[0] in "67":
        yield problem("project_missing", f"{account}的项目支出没有填写项目", "填写项目代码")
    basic_spending = entry.nature == "basic" and codes.economic_named(entry.economic) and account[0] == "7"
    if basic_spending and codes.economic_group(entry.economic) not in ("personnel", "public"):
        yield problem(
            "economic_not_basic",
            f"经济科目{entry.economic}不用于基本支出",
            "改为项目支出，或改正经济科目",
        )
    if account[:4] in ("6001", *_FISCAL_BALANCES) and not codes.is_fiscal(entry.fund):
        yield problem("fund_mismatch", f"{account}的资金来源应为财政拨款", "改正科目或资金来源")
    elif account[:4] in _OWN_MONEY and codes.is_fiscal(entry.fund):
        yield problem("fund_mismatch", f"{account}的资金来源不应为财政拨款", "改正科目或资金来源")
    expected = codes.budgetary_account(account[:4], entry.fund, entry.nature, entry.economic or "public")
    if account[:4] in ("7101", "7201") and expected != account and not codes.has_details(account):
        yield problem(
            "fund_mismatch", f"科目{account}与资金来源、支出性质不一致", f"按资金来源和支出性质应为{expected}"
        )
    if account[:4] == "6001" and expected[:6] != account[:6]:
        yield problem(
            "fund_mismatch", f"科目{account}与支出性质不一致", f"按支出性质应为{expected[:6]}或其明细"
        )


def _required(account: str, fund: str) -> dict[str, str]:
    """Attributes that a line of this budgetary account cannot do without.

    Balances of funds that have tables of their own are printed by function; one without would stand in no row.
    """
    names: dict[str, str] = {}
    if account[0] in "67":
        names = {"fund": "资金来源", "function": "功能分类科目"}
        if account[:4] == "6001":
            names["nature"] = "支出性质"
        if account[0] == "7" and account[:4] not in EXPENDITURE_NATURES:
            names |= {"economic": "经济分类科目", "nature": "支出性质"}
    elif account[:4] in _FISCAL_BALANCES and fund in ("government_managed_funds", "state_capital_operations"):
        names = {"fund": "资金来源", "function": "功能分类科目"}
    elif account[:4] in (*_FISCAL_BALANCES, "8201"):
        names = {"fund": "资金来源"}
    return names
