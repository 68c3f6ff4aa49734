"""Invented departments: every figure that a disclosure needs, drawn by a seed and at peace with the rules of accounting."""

from __future__ import annotations

import random
from dataclasses import dataclass, replace
from fractions import Fraction

from mingzhang import pipeline
from mingzhang.catalogue.loading import vocabulary
from mingzhang.compose import BudgetUnit, Material, ProjectEntry
from mingzhang.facts import FactStore, Point

GENERAL = "general_public_budget"
PLACES = ("云岭区", "青岚县", "临溪市", "白榆区", "望湖县")
CITIES = {"hubei": "武汉市", "shanghai": "上海市"}
"""Where an edition is of a place, the report's own words tell it by the place."""
BUREAUX = {
    "水务局": ("2130301", "2130306", "2130314"),
    "档案局": ("2012601", "2012604", "2012699"),
    "司法局": ("2040601", "2040604", "2040607"),
    "文化和旅游局": ("2070101", "2070104", "2070109"),
    "统计局": ("2010501", "2010507", "2010508"),
}
"""Each bureau with the functional items that its own work falls under, the running of the office first."""
ALWAYS = ("2080505", "2080506", "2101101", "2210201")
PERSONNEL = {
    "2080505": "30108",
    "2080506": "30109",
    "2101101": "30110",
    "2210201": "30113",
}
PAY, SUPPLIES = (
    ("30101", "30102", "30103", "30107", "30302", "30305"),
    ("30201", "30207", "30211", "30228", "30239"),
)
THREE = {
    "overseas_travel_spending": "30212",
    "official_vehicle_running": "30231",
    "official_reception_spending": "30217",
}
PROJECTS = ("宣传活动", "信息系统维护", "设施修缮", "专项普查")
DERIVED = ("total_resources", "total_uses", "three_public_spending", "official_vehicle_spending")


@dataclass
class Invented:
    """One department of one year."""

    store: FactStore
    material: Material


def invent(seed: int, edition: str, year: int) -> Invented:
    """A department, its facts of this year and the last, and what it says beside them; reasons for all that is asked."""
    chance = random.Random(seed)
    bureau = chance.choice(list(BUREAUX))
    name = CITIES.get(edition.partition("_")[0], "") + chance.choice(PLACES) + bureau
    units = [BudgetUnit("u1", f"{name}（本级）", "administrative")]
    units += [
        BudgetUnit(f"u{number}", f"{name.removesuffix(bureau)}{word}", "institution")
        for number, word in enumerate(
            chance.sample(("服务中心", "事务所", "监测站"), chance.randint(0, 2)), 2
        )
    ]
    words = vocabulary(year).with_entities(
        [("whole", None, name), *((unit.code, "whole", unit.name) for unit in units)]
    )
    projects = [
        ProjectEntry(f"p{number}", word, effect="完成年度任务")
        for number, word in enumerate(chance.sample(PROJECTS, chance.randint(1, 3)), 1)
    ]
    words = words.with_codes("project", [(each.code, None, each.name) for each in projects])
    store = FactStore(words)
    points = [
        point
        for unit in units
        for period in (year - 1, year)
        for point in _Unit(chance, unit, period, period == year, BUREAUX[bureau], projects).points()
    ]
    store.add_points(points)
    for concept in words.concepts.values():
        if concept.name not in DERIVED:
            for period in (str(year - 1), str(year)):
                for measure in ("actual", "initial_budget", "adjusted_budget"):
                    store.cover(concept.name, period, measure)
    material = Material(
        entity="whole",
        name=name,
        year=year,
        units=tuple(units),
        projects=tuple(projects),
        texts={
            "functions": "1. 承担本领域的管理和服务。",
            "key_work": "## 一、窗口服务\n全年支出{expenditure:万元}。",
        },
    )
    problems = pipeline.disclose(store, edition, material).problems
    asked = [each.where.rpartition("，")[2] for each in problems if each.code == "missing_text"]
    return Invented(store, replace(material, reasons=dict.fromkeys(asked, "按实际工作安排执行")))


@dataclass
class _Unit:
    """One budget unit of one year."""

    chance: random.Random
    unit: BudgetUnit
    year: int
    budgeted: bool
    items: tuple[str, ...]
    projects: list[ProjectEntry]

    def points(self) -> list[Point]:
        """Spending, the revenue behind it, budgets, and the counts and amounts told beside."""
        spent = [*self._basic(), *self._project()]
        return [*spent, *self._revenue(spent), *self._budgets(spent), *self._beside(spent)]

    def _amount(self, thousands: int) -> Fraction:
        return Fraction(self.chance.randint(1, thousands * 100_000), 100)

    def _at(self, concept: str, amount: Fraction | int, measure: str = "actual", **codes: str) -> Point:
        return Point(
            concept, tuple(sorted(codes.items())), self.unit.code, str(self.year), Fraction(amount), measure
        )

    def _basic(self) -> list[Point]:
        office = self.items[0] if self.unit.kind == "administrative" else self.items[1]
        drawn = [(office, each) for each in self.chance.sample(PAY, 4)]
        drawn += [(office, each) for each in self.chance.sample(SUPPLIES, 3)]
        drawn += [(function, PERSONNEL[function]) for function in ALWAYS]
        drawn += [(office, code) for code in THREE.values() if self.chance.random() < 0.5]
        return [
            self._at(
                "expenditure",
                self._amount(20 if code in THREE.values() else 3000),
                fund=GENERAL,
                function=function,
                economic=code,
                nature="basic",
            )
            for function, code in drawn
        ]

    def _project(self) -> list[Point]:
        if self.unit.kind != "administrative":
            return []
        return [
            self._at(
                "expenditure",
                self._amount(2000),
                fund=GENERAL,
                function=self.chance.choice(self.items[1:]),
                economic=self.chance.choice(("30227", "30226", "30299")),
                nature="project",
                project=project.code,
            )
            for project in self.projects
        ]

    def _revenue(self, spent: list[Point]) -> list[Point]:
        return [
            self._at(
                "revenue",
                point.value,
                **{name: code for name, code in point.dimensions if name != "economic"},
            )
            for point in spent
        ]

    def _budgets(self, spent: list[Point]) -> list[Point]:
        if not self.budgeted:
            return []
        rows: dict[tuple[tuple[str, str], ...], Fraction] = {}
        for point in spent:
            codes = tuple(pair for pair in point.dimensions if pair[0] != "economic")
            rows[codes] = rows.get(codes, Fraction(0)) + point.value
        found = []
        for codes, amount in rows.items():
            initial = self.chance.choice((amount, amount + self._amount(20), self._amount(3000), Fraction(0)))
            adjusted = amount + self.chance.choice((Fraction(0), self._amount(10)))
            found.append(self._at("expenditure", initial, "initial_budget", **dict(codes)))
            found.append(self._at("expenditure", adjusted, "adjusted_budget", **dict(codes)))
        return found

    def _beside(self, spent: list[Point]) -> list[Point]:
        found = []
        for concept, economic in THREE.items():
            amount = sum(
                (p.value for p in spent if dict(p.dimensions).get("economic") == economic), Fraction(0)
            )
            found.append(self._at(concept, amount, fund=GENERAL))
            if self.budgeted:
                found.append(self._at(concept, amount + self._amount(5), "initial_budget", fund=GENERAL))
            if amount and concept == "overseas_travel_spending":
                found += [self._at("overseas_travel_groups", 1), self._at("overseas_travel_persons", 3)]
            if amount and concept == "official_reception_spending":
                found += [
                    self._at("official_reception_batches", 4),
                    self._at("official_reception_guests", 31),
                ]
        running = found[2 if self.budgeted else 1].value
        kept = self.chance.randint(1, 6)
        if running:
            found += [
                self._at("official_vehicles_kept", kept),
                self._at("vehicles", kept, vehicle_kind="emergency"),
            ]
        if self.unit.kind == "administrative":
            public = [
                point.value
                for point in spent
                if dict(point.dimensions)["nature"] == "basic"
                and dict(point.dimensions)["economic"].startswith("302")
            ]
            found.append(self._at("operating_costs", sum(public, Fraction(0))))
        bought = self._amount(100)
        found.append(self._at("procurement_spending", bought, procurement="goods"))
        found.append(self._at("sme_contract_amount", bought, procurement="goods"))
        found.append(self._at("staff_in_post", self.chance.randint(3, 60), staff=self.unit.kind))
        return found
