"""A small department's facts: a few points each of revenue, expenditure, budgets and counts over two years."""

from __future__ import annotations

from fractions import Fraction

from mingzhang.catalogue.loading import vocabulary
from mingzhang.compose import BudgetUnit, Material, ProjectEntry
from mingzhang.facts import FactStore, Point

OFFICE, CENTRE, DEPARTMENT = "office", "centre", "department"
GENERAL = "general_public_budget"

SPENT = {
    # year, entity, function, economic, nature, project: yuan
    (2021, OFFICE, "2040601", "30101", "basic", ""): "6000000",
    (2021, OFFICE, "2040601", "30201", "basic", ""): "1500000.50",
    (2021, OFFICE, "2210201", "30113", "basic", ""): "500000",
    (2021, OFFICE, "2040602", "30227", "project", "law-day"): "800000",
    (2021, CENTRE, "2040607", "30226", "project", "aid"): "1200000",
    (2020, OFFICE, "2040601", "30101", "basic", ""): "5800000",
    (2020, OFFICE, "2040601", "30201", "basic", ""): "1400000",
    (2020, CENTRE, "2040607", "30226", "project", "aid"): "1300000",
}
BUDGETED = {
    (OFFICE, "2040601", "basic", ""): "7600000",
    (OFFICE, "2210201", "basic", ""): "500000",
    (OFFICE, "2040602", "project", "law-day"): "800000",
    (CENTRE, "2040607", "project", "aid"): "1250000",
}


def small_store(scale: int = 1) -> FactStore:
    """The facts; `scale` multiplies every amount."""
    words = vocabulary(2021)
    words = words.with_entities(
        [
            (DEPARTMENT, None, "青岚区档案局"),
            (OFFICE, DEPARTMENT, "青岚区档案局（本级）"),
            (CENTRE, DEPARTMENT, "青岚区查阅中心"),
        ]
    )
    words = words.with_codes("project", [("law-day", None, "档案日宣传"), ("aid", None, "查阅便民服务")])
    words = words.with_codes("detail", [("repair", None, "维修费")])
    store = FactStore(words)
    points = []
    for (year, entity, function, economic, nature, project), yuan in SPENT.items():
        amount = Fraction(yuan) * scale
        codes = {"fund": GENERAL, "function": function, "economic": economic, "nature": nature}
        if project:
            codes["project"] = project
        points.append(Point("expenditure", tuple(sorted(codes.items())), entity, str(year), amount))
        del codes["economic"]
        points.append(Point("revenue", tuple(sorted(codes.items())), entity, str(year), amount))
    for (entity, function, nature, project), yuan in BUDGETED.items():
        codes = {"fund": GENERAL, "function": function, "nature": nature}
        if project:
            codes["project"] = project
        for measure in ("initial_budget", "adjusted_budget"):
            points.append(
                Point(
                    "expenditure",
                    tuple(sorted(codes.items())),
                    entity,
                    "2021",
                    Fraction(yuan) * scale,
                    measure,
                )
            )
    points.append(Point("staff_in_post", (("staff", "administrative"),), OFFICE, "2021", Fraction(12)))
    points.append(Point("staff_in_post", (("staff", "institution"),), CENTRE, "2021", Fraction(3)))
    store.add_points(points)
    for concept in words.concepts.values():
        if concept.name in (
            "total_resources",
            "total_uses",
            "three_public_spending",
            "official_vehicle_spending",
        ):
            continue
        for year in ("2020", "2021"):
            store.cover(concept.name, year)
            store.cover(concept.name, year, "initial_budget")
            store.cover(concept.name, year, "adjusted_budget")
    return store


def small_material(**changes: object) -> Material:
    """What the department says beside its figures."""
    given: dict[str, object] = {
        "entity": DEPARTMENT,
        "name": "青岚区档案局",
        "year": 2021,
        "units": (
            BudgetUnit(OFFICE, "青岚区档案局（本级）", "administrative"),
            BudgetUnit(CENTRE, "青岚区查阅中心", "institution"),
        ),
        "projects": (
            ProjectEntry("law-day", "档案日宣传", effect="市民了解档案"),
            ProjectEntry("aid", "查阅便民服务"),
        ),
        "texts": {
            "functions": "1. 保管全区档案。",
            "key_work": "## 一、窗口服务\n全年支出{expenditure:万元}。\n|序号|事项|\n|1|查阅|",
        },
        "reasons": {"total_resources#change(of=last_year)": "新增档案日宣传项目"},
    }
    return Material(**{**given, **changes})  # type: ignore[arg-type]
