"""Payroll (工资): accrue, withhold, pay, and pay over taxes, insurance and housing fund, month by month."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from datetime import date

from mingzhang.records.drafts import VoucherDraft
from mingzhang.sample.desk import Desk, attributes, merged
from mingzhang.sample.events.headcount import headcount
from mingzhang.sample.planned import Use
from mingzhang.sample.shares import split
from mingzhang.sample.workdays import workday_from, workdays

FUNDS = {
    "30108": "基本养老保险费",
    "30110": "基本医疗保险费",
    "30112": "其他社会保险费",
    "30113": "住房公积金",
}
TAX_PERMILLE = 25
"""Income tax withheld, per mille of the month's gross pay."""

_Month = dict[int, list[tuple[Use, int]]]


def pay_staff(desk: Desk, uses: Iterable[Use]) -> None:
    """Book everything about the pay of a unit's staff in the year."""
    uses = [use for use in uses if use.event in ("payroll", "bonus", "contribution")]
    wages, bonuses, contributions = (
        _by_month(desk, uses, event) for event in ("payroll", "bonus", "contribution")
    )
    for month in range(1, 13):
        _pay_month(desk, month, wages[month], contributions[month])
        for use, fen in bonuses[month]:
            _pay_bonus(desk, month, use, fen)


def _by_month(desk: Desk, uses: Iterable[Use], event: str) -> _Month:
    """What each use comes to in each month, by the staff in post."""
    months: _Month = defaultdict(list)
    for use in uses:
        if use.event == event:
            weights = [headcount(desk.name, desk.year, month) for month in use.months]
            for month, fen in zip(use.months, split(use.fen, weights), strict=True):
                months[month].append((use, fen))
    return months


def _pay_month(
    desk: Desk, month: int, wages: list[tuple[Use, int]], contributions: list[tuple[Use, int]]
) -> None:
    days = workdays(desk.year, month)
    accrued, paid, paid_over = days[4], days[6], days[10]
    desk.put(merged((_accrual(desk, accrued, use, fen) for use, fen in wages), f"计提{month}月职工工资"))
    desk.put(
        merged(
            (_accrual(desk, accrued, use, fen) for use, fen in contributions),
            f"计提{month}月社会保险费、住房公积金",
        )
    )
    withheld = _withheld(wages, contributions)
    desk.book("V06", accrued, withheld, f"{month}月代扣个人所得税、社会保险费、住房公积金", economic="30101")
    basic_pay = next(use for use, _ in wages if use.economic == "30101")
    net = []
    for use, fen in wages:
        net.append(
            _payment(desk, "V07", paid, use, fen - (withheld["withheld_total"] if use is basic_pay else 0))
        )
    desk.put(merged(net, f"发放{month}月工资（实发数）"))
    desk.put(
        _payment(desk, "V08", paid_over, basic_pay, withheld["income_tax"], f"缴纳{month}月代扣个人所得税")
    )
    own_share = _payment(
        desk, "V09", paid_over, basic_pay, withheld["personal_social_insurance"],
        f"缴纳{month}月社会保险费（个人部分）", accounts=("220105",),
    )  # fmt: skip
    desk.put(own_share)
    for use, fen in contributions:
        parts = [_payment(desk, "V09", paid_over, use, fen)]
        what = f"缴纳{month}月{FUNDS[use.economic]}（单位部分）"
        if use.economic == "30113":
            own = withheld["personal_housing_fund"]
            parts.append(_payment(desk, "V09", paid_over, basic_pay, own, accounts=("220106",)))
            what = f"缴存{month}月住房公积金（单位和个人部分）"
        elif use.economic == "30112":
            what = use.summary.format(month=month)
        desk.put(merged(parts, what))


def _pay_bonus(desk: Desk, month: int, use: Use, fen: int) -> None:
    day = workday_from(workdays(desk.year, month)[8])
    summary = use.summary.format(month=month)
    desk.put(merged([_accrual(desk, day, use, fen)], f"计提{summary}"))
    desk.put(_payment(desk, "V07", day, use, fen, f"发放{summary}"))


def _withheld(wages: list[tuple[Use, int]], contributions: list[tuple[Use, int]]) -> dict[str, int]:
    """What is kept back from basic pay: tax, half of the unit's pension and a quarter of its medical share, housing fund alike."""
    unit_share: dict[str, int] = defaultdict(int)
    for use, fen in contributions:
        unit_share[use.economic] += fen
    amounts = {
        "income_tax": sum(fen for _, fen in wages) * TAX_PERMILLE // 100_000 * 100,
        "personal_social_insurance": unit_share["30108"] // 2 + unit_share["30110"] // 4,
        "personal_housing_fund": unit_share["30113"],
    }
    return {"withheld_total": sum(amounts.values()), **amounts}


def _accrual(desk: Desk, day: date, use: Use, fen: int) -> VoucherDraft:
    return desk.voucher("V05", day, fen, "计提职工薪酬", **attributes(use))


def _payment(
    desk: Desk,
    template: str,
    day: date,
    use: Use,
    fen: int,
    summary: str = "支付职工薪酬",
    accounts: tuple[str, ...] = (),
) -> VoucherDraft:
    return desk.voucher(template, day, fen, summary, payment="direct", accounts=accounts, **attributes(use))
