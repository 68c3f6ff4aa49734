"""Close months and years: carry balances forward, lock the period, open the next year (结账)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from mingzhang.documents import Problem
from mingzhang.records.closing_checks import Check, checks_after_closing
from mingzhang.records.drafts import VoucherDraft
from mingzhang.records.financial_close import FinancialClose
from mingzhang.records.ledger import post
from mingzhang.records.models import BUDGETARY, FINANCIAL, Entity, PeriodLock, Project, Voucher, VoucherKind
from mingzhang.records.opening import open_next_year, still_missing
from mingzhang.records.places import Balances, Place, Step
from mingzhang.records.sums import ledger_sums
from mingzhang.records.trail import content, record
from mingzhang.records.year_end import YearEnd


@dataclass(frozen=True, slots=True)
class Closed:
    """What a close did: its steps with the numbers of their vouchers, the opening of the next year, the checks."""

    entity: str
    period: str
    steps: tuple[tuple[Step, str], ...] = ()
    opening: str = ""
    checks: tuple[Check, ...] = ()
    problems: tuple[Problem, ...] = ()

    @property
    def accepted(self) -> bool:
        """Whether the period is closed now."""
        return not any(problem.is_error for problem in self.problems)

    def in_chinese(self) -> str:
        """The report of the close as users read it."""
        if not self.accepted:
            return "\n".join(problem.in_chinese() for problem in self.problems)
        done = [f"  {number}  {step.name or '财务'}  {step.chinese}" for step, number in self.steps if number]
        opening = [f"  {self.opening}  年初余额"] if self.opening else []
        return "\n".join(
            [
                f"{self.entity} {self.period}已结账",
                *done,
                *opening,
                *(check.in_chinese() for check in self.checks),
            ]
        )


def close_month(entity: Entity, year: int, month: int) -> Closed:
    """Carry the month's income and expense into 本期盈余 and lock the month. Months close in order, once."""
    period = f"{year}年{month}月"
    if refusal := month_refusal(entity, year, month):
        return Closed(entity.name, period, problems=(refusal,))
    with transaction.atomic():
        balances = _balances(entity, year, FINANCIAL, month)
        steps = [FinancialClose(balances).month()]
        done, problems = _post_steps(entity, _last_day(year, month), steps, FINANCIAL)
        if not problems:
            _lock(entity, year, month)
    return Closed(entity.name, period, done, problems=problems)


def month_refusal(entity: Entity, year: int, month: int) -> Problem | None:
    """Why the month cannot be closed now, None where it can."""
    period = f"{year}年{month}月"
    if not entity.keeps_books:
        return _without_books(entity, period)
    if _is_locked(entity, year, month):
        return _refusal(
            entity, period, "already_closed", f"{period}已经结账", "需要更正时作调整凭证，写明原因"
        )
    unclosed = open_months_before(entity, year, month)
    if unclosed:
        what = f"{unclosed[0]}月还没有结账"
        return _refusal(entity, period, "earlier_month_open", what, "按月份顺序结账")
    return None


def open_months_before(entity: Entity, year: int, month: int) -> list[int]:
    """Earlier months that must be closed first: those not closed since the first that has vouchers."""
    locked = set(PeriodLock.objects.filter(entity=entity, year=year).values_list("month", flat=True))
    first = (
        Voucher.objects.filter(entity=entity, year=year)
        .exclude(kind=VoucherKind.OPENING)
        .order_by("month")
        .first()
    )
    if first is None or PeriodLock.YEAR in locked:
        return []
    return [earlier for earlier in range(first.month, month) if earlier not in locked]


def close_year(
    entity: Entity, year: int, *, special_surplus: int = 0, finished_projects: Collection[str] = ()
) -> Closed:
    """Close a year: financial close, the sixteen budgetary steps, lock, next year's opening, checks.

    `special_surplus` fen are put aside by an institution (提取专用结余); `finished_projects` are codes of projects
    whose unspent money becomes surplus, a first-level one with all its sub-projects. A closed year is closed again only for adjusting vouchers
    posted since, and then only what they left is carried.
    """
    period = f"{year}年度"
    if refusal := year_refusal(entity, year, special_surplus):
        return Closed(entity.name, period, problems=(refusal,))
    projects = {
        project.code: project.parent.code if project.parent else ""
        for project in Project.objects.select_related("parent")
    }
    if unknown := [code for code in finished_projects if code not in projects]:
        what = f"没有代码为“{unknown[0]}”的项目"
        refusal = _refusal(entity, period, "unknown_project", what, "核对已完成项目的代码")
        return Closed(entity.name, period, problems=(refusal,))
    finished = {code for code, above in projects.items() if {code, above} & set(finished_projects)}
    with transaction.atomic():
        financial = FinancialClose(_balances(entity, year, FINANCIAL), special_funds=special_surplus)
        budgetary = YearEnd(
            _balances(entity, year, BUDGETARY),
            administrative=entity.accounting == "administrative",
            special_surplus=special_surplus,
            finished_projects=finished,
        )
        last_day = date(year, 12, 31)
        done, problems = _post_steps(entity, last_day, financial.year(), FINANCIAL)
        if not problems:
            more, problems = _post_steps(entity, last_day, budgetary.run(), BUDGETARY)
            done += more
        opening = ""
        if not problems:
            _lock(entity, year, PeriodLock.YEAR)
            opening, problems = open_next_year(entity, year)
        if problems:
            transaction.set_rollback(True)
            return Closed(entity.name, period, problems=problems)
    return Closed(entity.name, period, done, opening, checks_after_closing(entity, year))


def year_refusal(entity: Entity, year: int, special_surplus: int = 0) -> Problem | None:
    """Why the year cannot be closed now, None where it can."""
    period = f"{year}年度"
    if not entity.keeps_books:
        return _without_books(entity, period)
    if special_surplus and entity.accounting == "administrative":
        return _refusal(entity, period, "no_special_surplus", "行政单位不提取专用结余", "去掉提取金额")
    if _is_locked(entity, year, PeriodLock.YEAR) and not left_to_close(entity, year):
        return _refusal(
            entity, period, "already_closed", f"{period}已经结账", "需要更正时作调整凭证，再结账一次"
        )
    earlier = Voucher.objects.filter(entity=entity, year=year - 1).exists()
    if earlier and not _is_locked(entity, year - 1, PeriodLock.YEAR):
        return _refusal(
            entity, period, "earlier_year_open", f"{year - 1}年度还没有结账", f"先结{year - 1}年度的账"
        )
    if special_surplus:
        trial = YearEnd(_balances(entity, year, BUDGETARY), administrative=False)
        result = sum(
            entry.fen
            for step in trial.run()
            if step.name == "Y15"
            for entry in step.entries
            if entry.side == "D" and entry.account == "8701"
        )
        if special_surplus > result:
            return _refusal(
                entity, period, "special_surplus_too_large",
                f"提取专用结余{special_surplus / 100:.2f}元超过可分配的{result / 100:.2f}元", "减少提取金额",
            )  # fmt: skip
    return None


def carried_over_projects(entity: Entity, year: int) -> dict[str, int]:
    """Fen that the close of the year would carry over for each project (项目结转), by its code."""
    trial = YearEnd(_balances(entity, year, BUDGETARY), administrative=entity.accounting == "administrative")
    trial.run()
    found: dict[str, int] = defaultdict(int)
    for place, fen in trial.balances.items():
        if place.account in ("810107", "820105") and place.project and fen < 0:
            found[place.project] -= fen
    return dict(found)


def left_to_close(entity: Entity, year: int) -> bool:
    """Whether adjusting vouchers have left something that a close would carry."""
    financial = FinancialClose(_balances(entity, year, FINANCIAL))
    budgetary = YearEnd(
        _balances(entity, year, BUDGETARY), administrative=entity.accounting == "administrative"
    )
    steps = [*financial.year(), *budgetary.run()]
    return any(step.entries for step in steps) or bool(still_missing(entity, year))


def _balances(entity: Entity, year: int, system: str, up_to_month: int = 12) -> Balances:
    balances: Balances = defaultdict(int)
    for row in ledger_sums([entity], [year], Q(system=system), up_to_month):
        balances[Place(*row.stated[2:])] += row.fen
    return {place: fen for place, fen in balances.items() if fen}


def _post_steps(
    entity: Entity, on: date, steps: Iterable[Step], system: str
) -> tuple[tuple[tuple[Step, str], ...], tuple[Problem, ...]]:
    """Post a voucher for every step that has entries; return the steps with the numbers of their vouchers."""
    steps = list(steps)
    drafts = [
        VoucherDraft(
            entity.code,
            on,
            step.chinese,
            step.entries if system == FINANCIAL else (),
            step.entries if system == BUDGETARY else (),
            kind=VoucherKind.CLOSING,
            template=step.name,
        )
        for step in steps
        if step.entries
    ]
    posted = post(drafts, action="结账")
    errors = tuple(problem for problem in posted.problems if problem.is_error)
    if errors:
        return (), errors
    numbers = iter(posted.numbers)
    return tuple((step, next(numbers) if step.entries else "") for step in steps), ()


def _lock(entity: Entity, year: int, month: int) -> None:
    """Lock a period that is not locked yet; a year closed again stays locked as it was."""
    lock, is_new = PeriodLock.objects.get_or_create(
        entity=entity, year=year, month=month, defaults={"closed_at": timezone.now()}
    )
    if is_new:
        period = f"{year}年度" if month == PeriodLock.YEAR else f"{year}年{month}月"
        record("closing", "结账", period, entity=entity, of=lock, after=content(lock))


def _is_locked(entity: Entity, year: int, month: int) -> bool:
    return PeriodLock.objects.filter(entity=entity, year=year, month__in=(month, PeriodLock.YEAR)).exists()


def _last_day(year: int, month: int) -> date:
    return date(year, 12, 31) if month == 12 else date.fromordinal(date(year, month + 1, 1).toordinal() - 1)


def _without_books(entity: Entity, period: str) -> Problem:
    return _refusal(
        entity, period, "entity_without_books", f"“{entity.name}”不是记账单位", "对预算单位逐一结账"
    )


def _refusal(entity: Entity, period: str, code: str, what: str, remedy: str) -> Problem:
    return Problem(code, what, f"{entity.name}，{period}", remedy)
