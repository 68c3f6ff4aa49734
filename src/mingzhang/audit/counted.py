"""Counts beside the money that was spent on what they count: receptions without cost, journeys that cost but never were."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from mingzhang.audit.phrases import named
from mingzhang.audit.remark import Remark
from mingzhang.facts import ACTUAL, Statement, Verdict

_COUNTED = (
    ("official_reception_batches", "official_reception_spending", True),
    ("official_reception_guests", "official_reception_spending", True),
    ("overseas_travel_groups", "overseas_travel_spending", False),
    ("overseas_travel_persons", "overseas_travel_spending", True),
    ("official_vehicles_purchased", "official_vehicle_purchase", False),
)
"""Count, money, and whether the count needs the money: cars may be handed over free, journeys paid by who invites."""


def beside_money(statements: Sequence[Statement]) -> Iterator[Remark]:
    """Each count that is 0 where money was spent on it, or is not where none was."""
    actual = [each for each in statements if each.coordinate.measure == ACTUAL and not each.approximate]
    for count, money, needs in _COUNTED:
        counts = [each for each in actual if each.coordinate.concept == count]
        spent = [each for each in actual if each.coordinate.concept == money]
        if not counts or not spent:
            continue
        some = [each for each in counts if each.printed.value > 0]
        paid = [each for each in spent if each.fact.interval.low > 0]
        free = [each for each in spent if each.printed.value == 0]
        if paid and len(paid) == len(spent) and len(some) < len(counts):
            none = next(each for each in counts if each not in some)
            yield _remark(none, paid[0], f"{named(none)}为0，而{named(paid[0])}为{paid[0].shown}")
        elif needs and some and len(free) == len(spent):
            yield _remark(some[0], free[0], f"{named(some[0])}为{some[0].shown}，而{named(free[0])}为0")


def _remark(count: Statement, money: Statement, message: str) -> Remark:
    return Remark(
        "count_without_money",
        Verdict.WORDING,
        "warning",
        message,
        (*count.places, *money.places),
        (count.id, money.id),
        count.shown,
        remedy="核对数量与金额；付以前年度的款或无偿取得的，在说明中写明",
        basis="有支出的应有对应的数量",
    )
