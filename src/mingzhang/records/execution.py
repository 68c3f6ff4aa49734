"""Budget execution (预算执行): what was budgeted, what has been spent of it so far, and how that keeps up with the year."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction
from typing import NamedTuple

from django.db.models import Q

from mingzhang.records.definitions import EXPENDITURE_NATURES
from mingzhang.records.models import BUDGETARY, BudgetLine, Entity, VoucherKind
from mingzhang.records.sums import ledger_sums

EXPENDITURE = Q(system=BUDGETARY, account__startswith="7") & ~Q(kind=VoucherKind.CLOSING)
"""Spending of a year as its closing vouchers find it."""

_EXPENDITURE_CONCEPTS = ("", "expenditure")
SLOW, BEHIND = Fraction(1, 10), Fraction(2, 10)
"""So far behind the year's progress spending is worth a look, or a question. A habit of finance offices, no rule of law."""


class Place(NamedTuple):
    """What a budget line and a line of spending are brought together by."""

    unit: str
    function: str
    economic: str
    nature: str
    fund: str
    project: str


class Light(StrEnum):
    """How spending keeps up with its budget (执行提示)."""

    NONE = "none"
    GOOD = "good"
    SLOW = "slow"
    BEHIND = "behind"
    OVER = "over"


LIGHTS = {
    Light.GOOD: "执行进度正常",
    Light.SLOW: "比时间进度慢10至20个百分点",
    Light.BEHIND: "比时间进度慢20个百分点以上",
    Light.OVER: "支出超过预算，或没有预算",
}
"""What each light says."""


@dataclass(slots=True)
class Amounts:
    """Fen of a place: both stages of the budget, the spending, and the part of it paid from carried-over money (上年结转)."""

    initial: int = 0
    adjustment: int = 0
    spent: int = 0
    carried: int = 0

    def add(self, other: Amounts) -> None:
        """Take another place in."""
        self.initial += other.initial
        self.adjustment += other.adjustment
        self.spent += other.spent
        self.carried += other.carried

    @property
    def adjusted(self) -> int:
        """The adjusted budget (全年预算)."""
        return self.initial + self.adjustment

    @property
    def balance(self) -> int:
        """What is left of it."""
        return self.adjusted - self.spent

    def light(self, elapsed: Fraction) -> Light:
        """How the spending keeps up when this share of the year has passed."""
        if not self.adjusted and not self.spent:
            return Light.NONE
        if self.spent > max(self.adjusted, 0):
            return Light.OVER
        behind = elapsed - Fraction(self.spent, self.adjusted)
        return Light.BEHIND if behind > BEHIND else Light.SLOW if behind > SLOW else Light.GOOD


Execution = dict[Place, Amounts]


def execution(units: Iterable[Entity], year: int, up_to_month: int = 12) -> Execution:
    """Budgets and spending of units up to a month, by everything they state."""
    units = list(units)
    found: Execution = {}
    codes = {unit.pk: unit.code for unit in units}
    for line in BudgetLine.objects.filter(entity__in=units, year=year, concept__in=_EXPENDITURE_CONCEPTS):
        place = Place(
            codes[line.entity_id],
            line.function,
            line.economic,
            line.nature,
            line.fund,
            line.project,
        )
        amounts = found.setdefault(place, Amounts())
        if line.stage == BudgetLine.Stage.INITIAL:
            amounts.initial += line.fen
        else:
            amounts.adjustment += line.fen
    for row in ledger_sums(units, [year], EXPENDITURE, up_to_month):
        stated = row.stated
        nature = EXPENDITURE_NATURES.get(stated.account, stated.nature)
        place = Place(
            row.entity,
            stated.function,
            stated.economic,
            nature,
            stated.fund,
            stated.project,
        )
        amounts = found.setdefault(place, Amounts())
        amounts.spent += row.fen
        if stated.source == "prior":
            amounts.carried += row.fen
    return {place: amounts for place, amounts in found.items() if amounts != Amounts()}
