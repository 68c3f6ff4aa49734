"""The figures of an invented department (示例部门的数): drawn by its code and year, at peace with the rules of accounting."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from random import Random

from mingzhang.catalogue.loading import vocabulary
from mingzhang.facts import FactStore, Point
from mingzhang.sample.district.plan import DepartmentPlan

_GENERAL = "general_public_budget"
_WAN = 10_000
_PAY = {"30101": 58_000, "30102": 46_000, "30103": 21_000, "30107": 12_000, "30302": 9_000}
"""Yuan a head and year by economic item: 基本工资、津贴补贴、奖金、绩效工资、退休费."""
_INSURANCE = {
    ("2080505", "30108"): 19_000, ("2080506", "30109"): 9_500, ("2101101", "30110"): 8_600, ("2210201", "30113"): 17_000,
}  # fmt: skip
"""Yuan a head and year by functional and economic item: 养老、年金、医疗、公积金."""
_SUPPLIES = {"30201": 3_200, "30207": 1_400, "30211": 1_900, "30213": 1_600, "30228": 2_100, "30239": 5_400}
"""Yuan a head and year: 办公费、邮电费、差旅费、维修费、工会经费、其他交通费用."""
_SERVICES = ("30227", "30226", "30299")
"""委托业务费、劳务费、其他商品和服务支出: what projects are spent on."""
_THREE_PUBLIC = {
    "overseas_travel_spending": ("30212", 0),
    "official_vehicle_running": ("30231", 19_000),
    "official_reception_spending": ("30217", 45),
}
"""Economic item, and yuan a vehicle or a head."""
_HEADS_PER_VEHICLE = 22
_DERIVED = ("total_resources", "total_uses", "three_public_spending", "official_vehicle_spending")


def figures(plan: DepartmentPlan, year: int) -> FactStore:
    """A store of everything that the department's disclosure of a year states, the year before included."""
    known = vocabulary(year).with_entities(
        [(plan.code, None, plan.full_name), (f"{plan.code}-office", plan.code, f"{plan.full_name}（本级）")]
    )
    store = FactStore(known)
    for period in (year - 1, year):
        store.add_points(_Year(plan, period).points())
        for concept in known.concepts.values():
            if concept.name not in _DERIVED:
                for measure in ("actual", "initial_budget", "adjusted_budget"):
                    store.cover(concept.name, str(period), measure)
    return store


class _Year:
    """One department in one year. The year's own chances move what the department's constant ones set."""

    def __init__(self, plan: DepartmentPlan, year: int) -> None:
        self._plan, self._year = plan, year
        self._chance = Random(f"{plan.code} {year}")
        self._staff = plan.staff + self._chance.randint(-2, 2)
        self._vehicles = plan.staff // _HEADS_PER_VEHICLE

    def points(self) -> Iterator[Point]:
        """Spending, the revenue behind it, its budgets, and what is told beside it."""
        spent = [*self._basic(), *self._projects()]
        yield from spent
        for point in spent:
            codes = {name: code for name, code in point.dimensions if name != "economic"}
            yield self._at("revenue", point.value, **codes)
            yield self._at("expenditure", self._percent(point.value), "initial_budget", **codes)
            yield self._at("expenditure", point.value, "adjusted_budget", **codes)
        yield from self._beside(spent)

    def _at(self, concept: str, amount: Fraction | int, measure: str = "actual", **codes: str) -> Point:
        office = f"{self._plan.code}-office"
        return Point(
            concept, tuple(sorted(codes.items())), office, str(self._year), Fraction(amount), measure
        )

    def _percent(self, yuan: Fraction | int) -> Fraction:
        """What was budgeted for it at the beginning of the year, to the fen."""
        return Fraction(round(yuan * self._chance.choice((92, 96, 98, 100, 100, 103))), 100)

    def _spent(self, yuan: float, function: str, economic: str, nature: str) -> Point:
        amount = Fraction(round(yuan * self._chance.uniform(0.94, 1.06) * 100), 100)
        return self._at(
            "expenditure", amount, fund=_GENERAL, function=function, economic=economic, nature=nature
        )

    def _basic(self) -> Iterator[Point]:
        office = self._plan.functions[0]
        for economic, each in (_PAY | _SUPPLIES).items():
            yield self._spent(each * self._staff, office, economic, "basic")
        for (function, economic), each in _INSURANCE.items():
            yield self._spent(each * self._staff, function, economic, "basic")
        for economic, each in _THREE_PUBLIC.values():
            heads = self._vehicles if economic == "30231" else self._staff
            if each * heads:
                yield self._spent(each * heads, office, economic, "basic")

    def _projects(self) -> Iterator[Point]:
        items = self._plan.functions[1:]
        for place, function in enumerate(items):
            share = 0.68 if place == 0 else 0.32 / (len(items) - 1)
            economic = _SERVICES[place % len(_SERVICES)]
            yield self._spent(self._plan.projects_wan * _WAN * share, function, economic, "project")

    def _beside(self, spent: list[Point]) -> Iterator[Point]:
        by_item = {dict(point.dimensions)["economic"]: point.value for point in spent}
        for concept, (economic, _) in _THREE_PUBLIC.items():
            amount = Fraction(by_item.get(economic, 0))
            yield self._at(concept, amount, fund=_GENERAL)
            yield self._at(concept, Fraction(round(amount * 108), 100), "initial_budget", fund=_GENERAL)
        yield self._at("official_reception_batches", 2 + self._staff // 12)
        yield self._at("official_reception_guests", 14 + self._staff)
        if self._vehicles:
            yield self._at("official_vehicles_kept", self._vehicles)
            yield self._at("vehicles", self._vehicles, vehicle_kind="emergency")
        public = [
            point.value
            for point in spent
            if dict(point.dimensions)["nature"] == "basic" and dict(point.dimensions)["economic"][:3] == "302"
        ]
        yield self._at("operating_costs", sum(public, Fraction(0)))
        bought = Fraction(round(self._plan.projects_wan * _WAN * self._chance.uniform(0.12, 0.3) * 100), 100)
        yield self._at("procurement_spending", bought, procurement="services")
        yield self._at("sme_contract_amount", bought, procurement="services")
        yield self._at("staff_in_post", self._staff, staff="administrative")
