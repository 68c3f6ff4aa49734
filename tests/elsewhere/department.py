"""A department invented for reports of other provinces: exact amounts in fen, and how reports print them."""

from __future__ import annotations

import random
from dataclasses import dataclass, field
from decimal import ROUND_HALF_UP, Decimal
from functools import cached_property

from mingzhang.catalogue.loading import vocabulary

WAN, YUAN = Decimal(1_000_000), Decimal(100)
BUREAUX = {
    "农业农村局": ("2130101", "2130106", "2130135"),
    "水利局": ("2130301", "2130306", "2130314"),
    "统计局": ("2010501", "2010507", "2010508"),
    "医疗保障局": ("2101501", "2101504", "2101505"),
}
ALWAYS = ("2080505", "2080506", "2101101", "2210201")
PLACES = ("青岚县", "临溪市", "白榆区", "望湖县", "云岭区")
PAY = {"30101": "基本工资", "30102": "津贴补贴", "30103": "奖金", "30107": "绩效工资", "30305": "生活补助"}
OF_ITEM = {
    "2080505": ("30108", "机关事业单位基本养老保险缴费"),
    "2080506": ("30109", "职业年金缴费"),
    "2101101": ("30110", "职工基本医疗保险缴费"),
    "2210201": ("30113", "住房公积金"),
}
SUPPLIES = {
    "30201": "办公费",
    "30202": "印刷费",
    "30206": "电费",
    "30207": "邮电费",
    "30211": "差旅费",
    "30228": "工会经费",
    "30239": "其他交通费用",
}


def shown(fen: int, unit: Decimal = WAN, separators: bool = False) -> str:
    """An amount as a report prints it: two decimals, half up."""
    value = (Decimal(fen) / unit).quantize(Decimal("0.01"), ROUND_HALF_UP)
    return f"{value:,}" if separators else str(value)


def percent(part: int, whole: int, trimmed: bool = False) -> str:
    """A share as a report prints it; 0 where there is no whole."""
    if not whole:
        return "0%"
    value = (Decimal(part) * 100 / whole).quantize(Decimal("0.01"), ROUND_HALF_UP)
    text = str(value)
    return (text.rstrip("0").rstrip(".") if trimmed else text) + "%"


@dataclass(frozen=True)
class Item:
    """One functional item: basic and project expenditure and the initial budget, in fen."""

    code: str
    names: tuple[str, str, str]
    basic: int
    project: int
    budget: int

    @property
    def total(self) -> int:
        return self.basic + self.project


@dataclass
class Amount:
    """Budget, this year's and last year's amount of one of the “三公” expenses, in fen."""

    budget: int
    actual: int
    prior: int

    def __add__(self, other: Amount) -> Amount:
        return Amount(self.budget + other.budget, self.actual + other.actual, self.prior + other.prior)


@dataclass
class Department:
    """Everything that a report of one year says, in fen and counts."""

    name: str
    place: str
    year: int
    items: list[Item]
    fund: Item | None
    business: int
    other: int
    opening: int
    surplus: int
    closing: int
    prior_total: int
    prior_fiscal: int
    prior_general: int
    economic: dict[str, tuple[str, int]]
    travel: Amount
    purchase: Amount
    running: Amount
    reception: Amount
    vehicles: dict[str, int]
    batches: int
    guests: int
    operating: int
    prior_operating: int
    goods: int
    works: int
    services: int
    sme: int
    small: int
    staff: tuple[int, int]
    retired: tuple[int, int]
    extra: int = field(default=0)

    @cached_property
    def general(self) -> int:
        """General public budget expenditure."""
        return sum(item.total for item in self.items)

    @property
    def basic(self) -> int:
        return sum(item.basic for item in self.items)

    @property
    def general_project(self) -> int:
        return sum(item.project for item in self.items)

    @property
    def fund_total(self) -> int:
        return self.fund.total if self.fund else 0

    @property
    def fiscal(self) -> int:
        return self.general + self.fund_total

    @property
    def spent(self) -> int:
        """Expenditure of the year, of all money."""
        return self.fiscal + self.extra

    @property
    def project(self) -> int:
        return self.spent - self.basic

    @property
    def revenue(self) -> int:
        return self.fiscal + self.business + self.other

    @property
    def total(self) -> int:
        return self.revenue + self.opening + self.surplus

    @property
    def vehicle(self) -> Amount:
        return self.purchase + self.running

    @property
    def three(self) -> Amount:
        return self.travel + self.vehicle + self.reception

    @property
    def personnel(self) -> int:
        return sum(fen for code, (_, fen) in self.economic.items() if code[:3] in ("301", "303"))

    @property
    def public(self) -> int:
        return self.basic - self.personnel

    @property
    def procurement(self) -> int:
        return self.goods + self.works + self.services

    @property
    def budget(self) -> int:
        return sum(item.budget for item in self.items)


def invented(seed: int) -> Department:
    """A department drawn by a seed; its sums come out to the fen."""
    chance = random.Random(seed)
    bureau = chance.choice(list(BUREAUX))
    year = chance.choice((2019, 2020, 2021, 2022, 2023))
    tree = vocabulary(year).dimensions["function"]

    def names(code: str) -> tuple[str, str, str]:
        return tree.label(code[:3]), tree.label(code[:5]), tree.label(code)

    def money(low: int, high: int) -> int:
        return chance.randint(low * 100, high * 100)

    running, *projects = BUREAUX[bureau]
    economic: dict[str, tuple[str, int]] = {}
    items = []
    office = {code: (name, money(200_000, 4_000_000)) for code, name in PAY.items()}
    supplies = {code: (name, money(10_000, 600_000)) for code, name in SUPPLIES.items()}
    travel = Amount(0, 0, 0)
    if chance.random() < 0.3:
        travel = Amount(money(60_000, 90_000), money(10_000, 50_000), money(10_000, 90_000))
    car = Amount(money(90_000, 160_000), money(20_000, 80_000), money(20_000, 150_000))
    reception = Amount(money(20_000, 60_000), money(3_000, 19_000), money(3_000, 60_000))
    buys = chance.random() < 0.3
    purchase = Amount(18_000_000, money(150_000, 179_000), 0) if buys else Amount(0, 0, 0)
    supplies |= {"30217": ("公务接待费", reception.actual), "30231": ("公务用车运行维护费", car.actual)}
    if travel.actual:
        supplies["30212"] = ("因公出国（境）费用", travel.actual)
    economic |= office | dict(sorted(supplies.items()))
    items.append((running, sum(fen for _, fen in (*office.values(), *supplies.values())), 0))
    for code in ALWAYS:
        fen = money(50_000, 900_000)
        economic[OF_ITEM[code][0]] = (OF_ITEM[code][1], fen)
        items.append((code, fen, 0))
    items += [(code, 0, money(300_000, 9_000_000) + purchase.actual) for code in projects]
    made = []
    for code, basic, project in sorted(items):
        budget = (basic + project) * chance.choice((80, 93, 100, 100, 104, 130)) // 100
        made.append(Item(code, names(code), basic, project, budget))
    fund = None
    if chance.random() < 0.4:
        fund = Item("2120804", names("2120804"), 0, money(200_000, 5_000_000), 0)
    business, other = (money(100_000, 800_000), money(1_000, 90_000)) if chance.random() < 0.5 else (0, 0)
    opening = money(10_000, 900_000) if chance.random() < 0.7 else 0
    extra = (business + other + opening) * chance.randint(10, 100) // 100
    closing = business + other + opening - extra
    goods, works, services = (
        money(10_000, 900_000),
        chance.choice((0, money(10_000, 90_000))),
        money(1, 900_000),
    )
    sme = (goods + works + services) * chance.choice((60, 85, 100)) // 100
    fiscal = sum(item.total for item in made) + (fund.total if fund else 0)
    factor = chance.randint(70, 130)
    public = sum(fen for _, fen in supplies.values())
    return Department(
        name=chance.choice(PLACES) + bureau,
        place="",
        year=year,
        items=made,
        fund=fund,
        business=business,
        other=other,
        opening=opening,
        surplus=0,
        closing=closing,
        prior_total=(fiscal + business + other + opening) * factor // 100,
        prior_fiscal=fiscal * factor // 101,
        prior_general=sum(item.total for item in made) * factor // 101,
        economic=dict(sorted(economic.items())),
        travel=travel,
        purchase=purchase,
        running=car,
        reception=reception,
        vehicles={"其他用车": chance.randint(0, 3), "应急保障用车": chance.randint(1, 3)},
        batches=chance.randint(5, 20),
        guests=chance.randint(30, 200),
        operating=public,
        prior_operating=public * chance.randint(80, 120) // 100,
        goods=goods,
        works=works,
        services=services,
        sme=sme,
        small=sme * chance.choice((40, 100)) // 100,
        staff=(chance.randint(10, 40), chance.randint(3, 20)),
        retired=(chance.randint(0, 2), chance.randint(4, 30)),
        extra=extra,
    )
