"""What must hold after a year is closed (结账后核对), each check with its two sides, reported in Chinese."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass

from mingzhang.catalogue.loading import chart_of_accounts
from mingzhang.records.models import FINANCIAL, Entity, VoucherKind
from mingzhang.records.sums import EVERYTHING, LedgerSum, ledger_sums

_CASH = ("1001", "1002", "1011", "1021", "1201")
_BALANCES_OF_THE_BUDGET = ("8101", "8102", "8201", "8202", "8301", "8401")


@dataclass(frozen=True, slots=True)
class Check:
    """One comparison of two amounts in fen; `explanation` lists what a difference consists of."""

    name: str
    chinese: str
    left: int
    right: int
    explanation: str = ""

    @property
    def holds(self) -> bool:
        """Whether both sides are equal."""
        return self.left == self.right

    def in_chinese(self) -> str:
        """The check as users read it."""
        if self.holds:
            return f"  相符  {self.chinese}（{self.left / 100:.2f}元）" + (
                f"；{self.explanation}" if self.explanation else ""
            )
        difference = (
            f"{self.left / 100:.2f}元与{self.right / 100:.2f}元，相差{(self.left - self.right) / 100:.2f}元"
        )
        return f"  不符  {self.chinese}：{difference}" + (f"；{self.explanation}" if self.explanation else "")


def checks_after_closing(entity: Entity, year: int) -> tuple[Check, ...]:
    """Compare the balances after closing as the accounting system asks (资金结存、零余额科目、两个体系的现金、差异表)."""
    sums = list(ledger_sums([entity], [year], EVERYTHING))
    left: dict[str, int] = defaultdict(int)
    for row in sums:
        for length in range(4, len(row.stated.account) + 1):
            left[row.stated.account[:length]] += row.fen
    return (
        Check(
            "cash_of_the_budget",
            "资金结存等于各项预算结转结余",
            left["8001"],
            -sum(left[account] for account in _BALANCES_OF_THE_BUDGET),
        ),
        Check("accounts_closed", "预算收入、预算支出、其他结余、结余分配均无余额", _open_accounts(sums), 0),
        Check(
            "income_and_expense_closed", "收入、费用、本期盈余、本年盈余分配均无余额", _open_results(sums), 0
        ),
        _mirrored("unreturned_quota", "应返还额度在两个体系一致", left["1201"], left["800103"], ""),
        _mirrored(
            "quota", "零余额账户用款额度在两个体系一致", left["1011"], left["800101"], _temporary(left)
        ),
        _mirrored(
            "money",
            "货币资金在两个体系一致（扣除不属于预算的资金）",
            left["1001"] + left["1002"] + left["1021"] + left["2103"] + left["2901"] + left["1891"],
            left["800102"],
            _temporary(left),
        ),
        _results(sums),
    )


def _mirrored(name: str, chinese: str, financial: int, budgetary: int, temporary: str) -> Check:
    return Check(name, chinese, financial, budgetary, temporary if financial != budgetary else "")


def _temporary(left: dict[str, int]) -> str:
    """Advances and deposits, which move cash in the financial system alone."""
    accounts = chart_of_accounts().accounts
    amounts = [f"{accounts[code].name}{left[code] / 100:.2f}元" for code in ("1218", "2307") if left[code]]
    return "核对暂付、暂收款：" + "、".join(amounts) if amounts else "核对只记入一个体系的现金收支"


def _open_accounts(sums: list[LedgerSum]) -> int:
    return _open(sums, lambda account: account[0] in "67" or account in ("8501", "8701"))


def _open_results(sums: list[LedgerSum]) -> int:
    return _open(sums, lambda account: account[0] in "45" or account in ("3301", "3302", "3401", "3501"))


def _open(sums: list[LedgerSum], wanted: Callable[[str], bool]) -> int:
    """The balances, signs aside, that accounts which must be empty still have."""
    balances: dict[tuple[str, ...], int] = defaultdict(int)
    for row in sums:
        if wanted(row.stated.account):
            balances[row.stated[2:]] += row.fen
    return sum(abs(fen) for fen in balances.values())


def _results(sums: list[LedgerSum]) -> Check:
    """本年盈余与预算结余差异表: the year's surplus less the budget's result equals the listed items of accrual."""
    names = chart_of_accounts()
    of_year = [row for row in sums if row.stated.kind not in (VoucherKind.CLOSING, VoucherKind.OPENING)]
    surplus, budget = 0, 0
    items: dict[str, int] = defaultdict(int)
    for row in of_year:
        account, financial = row.stated.account, row.stated.system == FINANCIAL
        if account[0] in "45":
            surplus -= row.fen
        elif account[0] in "67":
            budget -= row.fen
        elif financial and account[:4] not in _CASH:
            items[account[:4]] += row.fen
        elif not financial and not account.startswith("8001"):
            items[account[:4]] -= row.fen
    listed = "、".join(
        f"{names.accounts[account].name}{fen / 100:+.2f}元" for account, fen in sorted(items.items()) if fen
    )
    explanation = f"本年盈余{surplus / 100:.2f}元，预算收支差额{budget / 100:.2f}元"
    return Check(
        "results",
        "本年盈余与预算结余的差异等于所列事项",
        surplus - budget,
        sum(items.values()),
        explanation + (f"；{listed}" if listed else ""),
    )
