"""Payments (付款): how each use of the plan is spread over days, places and firms, and booked by its kind of event."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from random import Random

from mingzhang.sample.desk import Desk
from mingzhang.sample.planned import Use, fen, rows, settings
from mingzhang.sample.shares import split, varied
from mingzhang.sample.workdays import workday_from, workdays

_TEMPLATES = {"30217": "V23", "30231": "V22", "31013": "V17"}
OFFICE_WEIGHT = 6
"""The bureau's own office uses about as much water and power as six judicial offices."""


@dataclass(frozen=True, slots=True)
class Payment:
    """One payment of a use."""

    on: date
    fen: int
    summary: str


def pay_uses(desk: Desk, uses: Iterable[Use]) -> None:
    """Book every use that is not payroll."""
    cases = _case_numbers(desk.year)
    for use in uses:
        book = BOOKINGS.get(use.event)
        if book is not None:
            for payment in payments(desk, use, cases):
                book(desk, use, payment)


def payments(desk: Desk, use: Use, cases: Iterator[str]) -> list[Payment]:
    """The payments of a use: they add up to it exactly."""
    random = desk.random(use.place)
    if use.event == "receptions":
        return [
            Payment(
                workday_from(date.fromisoformat(row["on"])),
                fen(row["yuan"]),
                f"公务接待费：{row['occasion']}",
            )
            for row in rows("receptions")
            if row["on"].startswith(str(desk.year))
        ]
    slots = list(_SPREADS[use.spread](desk, use, random))
    weights = [weight for _, weight, _ in slots]
    amounts = varied(use.fen, weights, use.vary, random) if use.vary else split(use.fen, weights)
    found = []
    for (day, _, words), amount in zip(slots, amounts, strict=True):
        names = {"month": day.month, **_random_words(desk, random, day), **words}
        if "{case}" in use.summary:
            names["case"] = next(cases)
        found.append(Payment(day, amount, use.summary.format(**names)))
    return found


# -- spreading -----------------------------------------------------------------------------------------------

_Slot = tuple[date, int, dict[str, str]]


def _monthly(desk: Desk, use: Use, random: Random) -> Iterator[_Slot]:
    for month in use.months:
        yield _day(desk, month, random), 1, {}


def _sites(desk: Desk, use: Use, random: Random) -> Iterator[_Slot]:
    for month in use.months:
        for place, site in enumerate(sites()):
            yield _day(desk, month, random), 1 if place else OFFICE_WEIGHT, {"site": site}


def _streets(desk: Desk, use: Use, random: Random) -> Iterator[_Slot]:
    for month in use.months:
        for street in settings()["places"]["streets"]:
            yield _day(desk, month, random), 1, {"street": street}


def _firms(desk: Desk, use: Use, random: Random) -> Iterator[_Slot]:
    for month in use.months:
        for firm in settings()["places"]["firms"]:
            yield _day(desk, month, random), 1, {"firm": firm}


def _dates(desk: Desk, use: Use, random: Random) -> Iterator[_Slot]:
    days = [day for month in use.months for day in workdays(desk.year, month)[3:-2]]
    for day in sorted(random.choice(days) for _ in range(use.count)):
        yield day, 1, {}


def _vehicles(desk: Desk, use: Use, random: Random) -> Iterator[_Slot]:
    for month in use.months:
        day = _day(desk, month, random)
        for plate in plates(day):
            yield day, 1, {"plate": plate}


_SPREADS: dict[str, Callable[[Desk, Use, Random], Iterator[_Slot]]] = {
    "monthly": _monthly,
    "sites": _sites,
    "streets": _streets,
    "firms": _firms,
    "dates": _dates,
    "vehicles": _vehicles,
}


def sites() -> list[str]:
    """The bureau's office, then its judicial offices (司法所), one in each street."""
    places = settings()["places"]
    return [places["office"], *(f"{street}司法所" for street in places["streets"])]


def plates(day: date) -> list[str]:
    """Plates of the vehicles on the books on a day."""
    return [
        row["plate"]
        for row in rows("vehicles")
        if date.fromisoformat(row["acquired_on"]) <= day
        and not (row["disposed_on"] and date.fromisoformat(row["disposed_on"]) <= day)
    ]


def _day(desk: Desk, month: int, random: Random) -> date:
    return random.choice(workdays(desk.year, month)[3:-2])


def _random_words(desk: Desk, random: Random, day: date) -> dict[str, str]:
    places = settings()["places"]
    return {
        "site": random.choice(sites()),
        "street": random.choice(places["streets"]),
        "firm": random.choice(places["firms"]),
        "person": random.choice(places["people"]),
        "plate": random.choice(plates(day)),
    }


def _case_numbers(year: int) -> Iterator[str]:
    number = 0
    while True:
        number += 1
        yield f"〔{year}〕云援字第{number:04d}号"


# -- booking -------------------------------------------------------------------------------------------------


def _plain(desk: Desk, use: Use, payment: Payment) -> None:
    if use.fund == "general_public_budget":
        desk.pay(use, _TEMPLATES.get(use.economic, "V02"), payment.on, payment.fen, payment.summary)
        return
    desk.pay(use, "V14", payment.on, payment.fen, f"预付{payment.summary}", payment="bank")
    received = {"prepaid": payment.fen, "rest": 0}
    desk.book(
        "V15",
        payment.on,
        received,
        f"验收{payment.summary}",
        payment="bank",
        economic=use.economic,
        fund=use.fund,
    )


def _benefit(desk: Desk, use: Use, payment: Payment) -> None:
    desk.pay(use, "V03", payment.on, payment.fen, payment.summary, payment="direct")


def _card(desk: Desk, use: Use, payment: Payment) -> None:
    """An official card (公务卡): the expense when it is approved, the payment a few days later in the same month."""
    desk.book("V10", payment.on, payment.fen, payment.summary)
    later = [day for day in workdays(payment.on.year, payment.on.month) if day > payment.on]
    desk.pay(use, "V11", later[min(2, len(later) - 1)], payment.fen, f"公务卡还款：{payment.summary}")


def _stock(desk: Desk, use: Use, payment: Payment) -> None:
    desk.pay(use, "V19", payment.on, payment.fen, payment.summary)
    desk.book(
        "V20",
        workdays(payment.on.year, payment.on.month)[-1],
        payment.fen,
        f"{payment.on.month}月领用复印纸、硒鼓",
    )


def _asset(desk: Desk, use: Use, payment: Payment) -> None:
    desk.pay(use, _TEMPLATES.get(use.economic, "V16"), payment.on, payment.fen, payment.summary)


def _contract(desk: Desk, use: Use, payment: Payment) -> None:
    signed = next(row for row in rows("contracts") if row["id"] == use.contract)
    template = _TEMPLATES.get(use.economic, "V24")
    summary = f"{payment.summary}（{signed['supplier']}）"
    desk.pay(
        use,
        template,
        max(payment.on, date.fromisoformat(signed["signed_on"])),
        payment.fen,
        summary,
        contract=signed["number"],
    )


BOOKINGS: dict[str, Callable[[Desk, Use, Payment], None]] = {
    "plain": _plain,
    "receptions": _plain,
    "benefit": _benefit,
    "card": _card,
    "stock": _stock,
    "asset": _asset,
    "contract": _contract,
}
