"""Check vouchers before posting (凭证审核): every problem at once, in Chinese, with the place and what to do."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from functools import partial

from django.utils import timezone

from mingzhang.documents import Problem
from mingzhang.records import codes
from mingzhang.records.drafts import VoucherDraft
from mingzhang.records.entry_checking import check_codes, check_entry
from mingzhang.records.models import Entity, PeriodLock, Project, VoucherKind
from mingzhang.records.organisation import Organisation

__all__ = ["MIRRORS", "TEMPORARY", "Books", "check", "check_codes"]

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
_SHOWN = 30
"""So much of a summary says which voucher is meant."""
_LONGEST = {
    "summary": ("摘要", 200),
    "number": ("凭证号", 40),
    "event_key": ("业务标识", 120),
    "reason": ("调整原因", 200),
}


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
    _departments: dict[str, str] = field(default_factory=dict)

    def department_of(self, unit: str) -> str:
        """Code of a unit's department, blank where there is no such unit."""
        if not self._departments:
            self._departments = Organisation().departments
        return self._departments.get(unit, "")

    def is_closed(self, entity: Entity, year: int, month: int) -> bool:
        """Whether the month, or its whole year, is closed."""
        return (entity.pk, year, month) in self.locks or (entity.pk, year, PeriodLock.YEAR) in self.locks

    def closed_after(self, entity: Entity, year: int) -> int | None:
        """The first closed year after this one, None where there is none."""
        years = [of for unit, of, month in self.locks if unit == entity.pk and month == PeriodLock.YEAR]
        return min((of for of in years if of > year), default=None)


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
    for _, name, entries in draft.sides():
        for place, entry in enumerate(entries, 1):
            complain = partial(_problem_at, draft, f"{name}第{place}行")
            problems += check_entry(entry, draft, entity, books.projects, books.entities.keys(), complain)
    problems += [*_check_systems(draft), *_check_internal(draft, books)]
    if not any(problem.is_error for problem in problems):
        problems += [*_check_balance(draft), *_check_mirror(draft)]
    return problems


def _problem(
    code: str, what: str, draft: VoucherDraft, remedy: str, place: str = "", severity: str = "error"
) -> Problem:
    name = draft.number or draft.event_key
    words = draft.summary.strip()
    shown = f"“{words[:_SHOWN]}{'…' if len(words) > _SHOWN else ''}”" if words else ""
    stated = (draft.entity, str(draft.date), name, shown, place)
    return Problem(code, what, "，".join(filter(None, stated)), remedy, severity)


def _problem_at(
    draft: VoucherDraft, place: str, code: str, what: str, remedy: str, severity: str = "error"
) -> Problem:
    return _problem(code, what, draft, remedy, place, severity)


def _check_head(draft: VoucherDraft) -> Iterator[Problem]:
    if not draft.summary.strip():
        yield _problem("summary_missing", "没有摘要", draft, "写明经济业务内容")
    for name, (chinese, longest) in _LONGEST.items():
        if len(getattr(draft, name) or "") > longest:
            yield _problem(
                "text_too_long", f"{chinese}超过{longest}个字符", draft, f"缩短到{longest}个字符以内"
            )
    if draft.kind not in VoucherKind.values:
        yield _problem(
            "unknown_voucher_kind",
            f"凭证类型“{draft.kind}”不存在",
            draft,
            "改为 " + "、".join(f"{code}（{chinese}）" for code, chinese in VoucherKind.choices),
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
        later = books.closed_after(entity, draft.date.year)
        if later:
            yield _problem(
                "later_year_closed",
                f"{later}年度也已结账，不能再调整{draft.date.year}年度",
                draft,
                "在未结账的年度更正，涉及以前年度结转结余的记年初余额调整",
            )
        elif draft.kind != VoucherKind.ADJUSTING:
            yield _problem(
                "closed_period",
                f"{draft.date.year}年{draft.date.month}月已结账",
                draft,
                "改记到未结账期间，或作调整凭证并写明原因",
            )
        elif not draft.reason.strip():
            yield _problem("adjustment_without_reason", "调整已结账期间没有写明原因", draft, "填写调整原因")


def _check_systems(draft: VoucherDraft) -> Iterator[Problem]:
    for system, name, entries in draft.sides():
        wanted = "financial" if system == "F" else "budgetary"
        for place, entry in enumerate(entries, 1):
            account = codes.account_named(entry.account)
            if account is not None and account.system != wanted:
                yield _problem(
                    "wrong_system",
                    f"{account.code} {account.name}不是{name}科目",
                    draft,
                    "改记到另一会计体系",
                    f"{name}第{place}行",
                )


def _check_internal(draft: VoucherDraft, books: Books) -> Iterator[Problem]:
    """Fiscal money is not paid from unit to unit: taken out of the department's tables, its grants would have no use."""
    for place, entry in enumerate(draft.budgetary, 1):
        spends = entry.account[:1] == "7" and codes.is_fiscal(entry.fund) and entry.counterparty
        if spends and books.department_of(entry.counterparty) == books.department_of(draft.entity):
            yield _problem_at(
                draft,
                f"预算会计第{place}行",
                "fiscal_counterparty",
                f"{entry.account}是财政拨款支出，不能列为支付给本部门的{books.entities[entry.counterparty].name}",
                "转拨的财政资金由收款单位直接记财政拨款收入；向本部门单位购买服务的，双方都不填往来单位，部门汇总时不抵销",
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
