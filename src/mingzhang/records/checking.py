"""Check vouchers before posting (凭证审核): every problem at once, in Chinese, with the place and what to do."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date

from django.utils import timezone

from mingzhang.documents import Problem
from mingzhang.records import codes
from mingzhang.records.drafts import FUNDS, Entry, VoucherDraft
from mingzhang.records.models import Entity, PeriodLock, Project, VoucherKind

Complain = Callable[..., Problem]
"""Makes a problem of its code, what is wrong and the remedy, at a place it knows."""

NATURES = ("basic", "project")
TEMPORARY = frozenset({"1218", "2307", "2103", "2901", "1891", "2305"})
"""Accounts of money that is not yet, or never, the unit's own budget (暂收暂付、应缴财政、受托代理)."""

MIRRORS = {
    "1011": "800101",
    "1001": "800102",
    "1002": "800102",
    "1021": "800102",
    "1201": "800103",
    "4001": "6001",
}
"""Cash of the financial system and what must move with it in the budgetary system (平行记账)."""

_MIRROR_NAMES = {
    "800101": "零余额账户用款额度",
    "800102": "货币资金",
    "800103": "财政应返还额度",
    "6001": "财政拨款收入",
}
_STARTING_OR_ENDING = (VoucherKind.OPENING, VoucherKind.CLOSING)
_MAY_BE_NEGATIVE = (VoucherKind.ADJUSTING,)
_LONGEST = {"summary": 200, "number": 40, "event_key": 120, "reason": 200}


@dataclass(slots=True)
class Books:
    """What the books already hold that a voucher is checked against; read once for many vouchers."""

    entities: dict[str, Entity] = field(
        default_factory=lambda: {unit.code: unit for unit in Entity.objects.all()}
    )
    projects: set[str] = field(default_factory=lambda: set(Project.objects.values_list("code", flat=True)))
    locks: set[tuple[int, int, int]] = field(
        default_factory=lambda: set(PeriodLock.objects.values_list("entity_id", "year", "month"))
    )
    today: date = field(default_factory=timezone.localdate)

    def is_closed(self, entity: Entity, year: int, month: int) -> bool:
        """Whether the month, or its whole year, is closed."""
        return (entity.pk, year, month) in self.locks or (entity.pk, year, PeriodLock.YEAR) in self.locks


def check(draft: VoucherDraft, books: Books | None = None) -> list[Problem]:
    """Everything that is wrong with a voucher, numbers and keys of other vouchers aside; empty where it may be posted."""
    books = books or Books()
    entity = books.entities.get(draft.entity)
    if entity is None:
        return [
            _problem(
                "unknown_entity", f"没有代码为“{draft.entity}”的单位", draft, "先建立该单位，或改正单位代码"
            )
        ]
    if not entity.keeps_books:
        return [
            _problem("entity_without_books", f"“{entity.name}”不是记账单位", draft, "凭证应记在预算单位账上")
        ]
    problems = [*_check_head(draft), *_check_date(draft, entity, books)]
    year = draft.date.year if isinstance(draft.date, date) else None
    for _, name, entries in draft.sides():
        for place, entry in enumerate(entries, 1):
            problems += _check_entry(entry, draft, entity, year, books, f"{name}第{place}行")
    problems += _check_systems(draft)
    if not any(problem.is_error for problem in problems):
        problems += [*_check_balance(draft), *_check_mirror(draft)]
    return problems


def _problem(
    code: str, what: str, draft: VoucherDraft, remedy: str, place: str = "", severity: str = "error"
) -> Problem:
    name = draft.number or draft.event_key
    stated = (draft.entity, str(draft.date), name, f"“{draft.summary}”" if draft.summary else "", place)
    return Problem(code, what, "，".join(filter(None, stated)), remedy, severity)


def _check_head(draft: VoucherDraft) -> Iterator[Problem]:
    if not draft.summary.strip():
        yield _problem("summary_missing", "没有摘要", draft, "写明经济业务内容")
    for name, longest in _LONGEST.items():
        if len(getattr(draft, name) or "") > longest:
            yield _problem("text_too_long", f"{name}超过{longest}个字符", draft, f"缩短到{longest}个字符以内")
    if draft.kind not in VoucherKind.values:
        yield _problem(
            "unknown_voucher_kind",
            f"凭证类型“{draft.kind}”不存在",
            draft,
            "改为 " + "、".join(VoucherKind.values),
        )
    if not (draft.financial or draft.budgetary):
        yield _problem("empty_voucher", "凭证没有分录", draft, "至少在一个会计体系中填写借贷分录")


def _check_date(draft: VoucherDraft, entity: Entity, books: Books) -> Iterator[Problem]:
    if not isinstance(draft.date, date):
        yield _problem("wrong_date", f"“{draft.date}”不是日期", draft, "按 年-月-日 填写，如 2021-03-31")
        return
    if draft.year is not None and draft.year != draft.date.year:
        yield _problem(
            "date_outside_year", f"日期{draft.date}不在{draft.year}年度内", draft, "改正日期或年度"
        )
    if draft.date > books.today:
        yield _problem("date_in_future", f"日期{draft.date}还没有到", draft, "改正日期")
    if draft.kind != VoucherKind.CLOSING and books.is_closed(entity, draft.date.year, draft.date.month):
        if draft.kind != VoucherKind.ADJUSTING:
            yield _problem(
                "closed_period",
                f"{draft.date.year}年{draft.date.month}月已结账",
                draft,
                "改记到未结账期间，或作调整凭证并写明原因",
            )
        elif not draft.reason.strip():
            yield _problem("adjustment_without_reason", "调整已结账期间没有写明原因", draft, "填写调整原因")


def _check_entry(
    entry: Entry, draft: VoucherDraft, entity: Entity, year: int | None, books: Books, place: str
) -> Iterator[Problem]:
    def problem(code: str, what: str, remedy: str, severity: str = "error") -> Problem:
        return _problem(code, what, draft, remedy, place, severity)

    if entry.side not in ("D", "C"):
        yield problem("wrong_side", f"方向“{entry.side}”无法识别", "填 D（借）或 C（贷）")
    if type(entry.fen) is not int or entry.fen == 0:
        yield problem("wrong_amount", f"金额“{entry.fen}”不是非零的整数（分）", "填写以分为单位的整数")
    elif entry.fen < 0 and draft.kind not in _MAY_BE_NEGATIVE and draft.template != "V31":
        yield problem(
            "negative_amount",
            f"金额{entry.fen / 100:.2f}元为负数",
            "改记到相反方向；红字只用于调整凭证和支出退回",
        )
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
    if year is not None:
        yield from check_codes(entry, year, problem)
    if entry.project and entry.project not in books.projects:
        yield problem("unknown_project", f"没有代码为“{entry.project}”的项目", "先登记项目，或改正项目代码")
    if entry.counterparty and entry.counterparty not in books.entities:
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
        yield problem("unknown_fund", f"资金来源“{entry.fund}”无法识别", "改为 " + "、".join(FUNDS))
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
    missing = [chinese for name, chinese in _required(account).items() if not getattr(entry, name)]
    if missing:
        yield problem("missing_attributes", f"{account}缺少{'、'.join(missing)}", f"补填{'、'.join(missing)}")
        return
    if entry.nature == "project" and not entry.project and account[0] in "67":
        yield problem("project_missing", f"{account}的项目支出没有填写项目", "填写项目代码")
    basic_spending = entry.nature == "basic" and entry.economic and account[0] == "7"
    if basic_spending and codes.economic_group(entry.economic) not in ("personnel", "public"):
        yield problem(
            "economic_not_basic",
            f"经济科目{entry.economic}不用于基本支出",
            "改为项目支出，或改正经济科目",
        )
    if account[:4] == "6001" and not codes.is_fiscal(entry.fund):
        yield problem("fund_mismatch", f"{account}的资金来源应为财政拨款", "改正科目或资金来源")
    elif account[0] == "6" and account[:4] != "6001" and codes.is_fiscal(entry.fund):
        yield problem("fund_mismatch", f"{account}的资金来源不应为财政拨款", "改正科目或资金来源")
    expected = codes.budgetary_account(account[:4], entry.fund, entry.nature, entry.economic or "public")
    if account[:4] in ("7101", "7201") and expected != account:
        yield problem(
            "fund_mismatch", f"科目{account}与资金来源、支出性质不一致", f"按资金来源和支出性质应为{expected}"
        )
    if account[:4] == "6001" and expected[:6] != account[:6]:
        yield problem(
            "fund_mismatch", f"科目{account}与支出性质不一致", f"按支出性质应为{expected[:6]}或其明细"
        )


def _required(account: str) -> dict[str, str]:
    """Attributes that a line of this budgetary account cannot do without."""
    names: dict[str, str] = {}
    if account[0] in "67":
        names = {"fund": "资金来源", "function": "功能分类科目"}
        if account[:4] == "6001":
            names["nature"] = "支出性质"
        if account[:4] in ("7101", "7201", "7901"):
            names |= {"economic": "经济分类科目", "nature": "支出性质"}
    elif account[:4] in ("8101", "8102", "8201"):
        names = {"fund": "资金来源"}
    return names


def _check_systems(draft: VoucherDraft) -> Iterator[Problem]:
    for system, name, entries in draft.sides():
        wanted = "financial" if system == "F" else "budgetary"
        for entry in entries:
            account = codes.account_named(entry.account)
            if account is not None and account.system != wanted:
                yield _problem(
                    "wrong_system",
                    f"{account.code} {account.name}不是{name}科目",
                    draft,
                    "改记到另一会计体系",
                )


def _check_balance(draft: VoucherDraft) -> Iterator[Problem]:
    for _, name, entries in draft.sides():
        difference = sum(entry.debit_fen for entry in entries)
        if difference:
            larger, smaller = ("借方", "贷方") if difference > 0 else ("贷方", "借方")
            yield _problem(
                "unbalanced",
                f"{name}借贷不平，{larger}比{smaller}多{abs(difference) / 100:.2f}元",
                draft,
                "核对各行金额",
                name,
            )


def _check_mirror(draft: VoucherDraft) -> Iterator[Problem]:
    """What moves in cash or in the treasury's payments moves in both systems, temporary money aside."""
    if draft.kind in _STARTING_OR_ENDING or any(entry.account[:4] in TEMPORARY for entry in draft.financial):
        return
    moved: dict[str, int] = defaultdict(int)
    for entry in draft.financial:
        if mirror := MIRRORS.get(entry.account[:4]):
            moved[mirror] += entry.debit_fen
    for entry in draft.budgetary:
        mirror = "6001" if entry.account.startswith("6001") else entry.account
        if mirror in _MIRROR_NAMES:
            moved[mirror] -= entry.debit_fen
    for mirror, difference in moved.items():
        if difference:
            yield _problem(
                "not_mirrored",
                f"{_MIRROR_NAMES[mirror]}在财务会计和预算会计中相差{abs(difference) / 100:.2f}元",
                draft,
                "纳入部门预算的现金收支应同时、等额记入两个会计体系",
            )
