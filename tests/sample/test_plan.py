"""The plan of figures: every printed figure of the source follows from it by exact arithmetic, before any voucher."""

from collections import defaultdict
from fractions import Fraction

import pytest

from mingzhang.numbers import PERCENT, TEN_THOUSAND_YUAN, print_value
from mingzhang.sample.planned import budget, fen, rows, uses

PERSONNEL_ITEMS = {
    "30101", "30102", "30103", "30107", "30108", "30110", "30112", "30113", "30199", "30301", "30302", "30304", "30305", "30399",
}  # fmt: skip
PUBLIC_ITEMS = {
    "30201", "30205", "30206", "30207", "30209", "30211", "30213", "30214", "30226", "30228", "30229", "30231", "30239", "30299", "31002", "31013",
}  # fmt: skip
FUNCTIONS = {
    "2040601", "2040602", "2040607", "2040610", "2040650", "2040699", "2080501", "2080505", "2080506",
    "2101101", "2101102", "2101103", "2210201", "2210202", "2210203",
}  # fmt: skip
PROJECTS = {
    "government-legal-services": "28.85",
    "corrections-2020": "1.62",
    "community-lawyers": "95",
    "central-transfer-2020": "9",
    "corrections-2019": "1.32",
    "central-transfer-2021": "26",
    "provincial-transfer-2021": "3",
    "general-affairs": "89.45",
    "legal-publicity": "15",
    "social-work-service": "249.2",
}


def spent(year, **wanted):
    return sum(
        use.fen
        for use in uses(year)
        if all(str(getattr(use, name)).startswith(value) for name, value in wanted.items())
    )


def fiscal(year, **wanted):
    return spent(year, fund="general_public_budget", **wanted)


def public(year):
    return sum(
        use.fen for use in uses(year) if use.nature == "basic" and use.economic[:3] not in ("301", "303")
    )


def planned(year, initial, **wanted):
    return sum(
        item.fen
        for item in budget(year)
        if (item.stage == "initial" or not initial)
        and all(getattr(item, name).startswith(value) for name, value in wanted.items())
    )


def first_level(code):
    return {row["code"] for row in rows("projects") if row["parent"] == code}


def wan(amount):
    return print_value(Fraction(amount, 100), TEN_THOUSAND_YUAN, strip_zeros=True)


def percent(part, whole, decimals=1):
    return print_value(Fraction(part, whole), PERCENT, decimals=decimals, strip_zeros=True)


def test_totals_and_their_growth_come_out():
    """总计、财政拨款 and what they grew by, against 2020."""
    assert wan(spent(2021)) == "3369.44"
    assert wan(fiscal(2021)) == "3369.44"
    assert wan(spent(2020)) == "3343.61"
    assert wan(fiscal(2020)) == "3335.81"
    assert wan(spent(2020) - fiscal(2020)) == "7.8"
    assert wan(spent(2021) - spent(2020)) == "25.83"
    assert percent(spent(2021) - spent(2020), spent(2020)) == "0.8"
    assert wan(fiscal(2021) - fiscal(2020)) == "33.63"
    assert percent(fiscal(2021) - fiscal(2020), fiscal(2020)) == "1"


def test_nature_and_classes_come_out():
    """基本、项目 and the four 类, with their shares."""
    assert (wan(spent(2021, nature="basic")), wan(spent(2021, nature="project"))) == ("2851", "518.44")
    assert percent(spent(2021, nature="basic"), spent(2021)) == "84.6"
    assert percent(spent(2021, nature="project"), spent(2021)) == "15.4"
    classes = {code: spent(2021, function=code) for code in ("204", "208", "210", "221")}
    assert [wan(amount) for amount in classes.values()] == ["2925.32", "102.34", "102.64", "239.14"]
    assert [percent(amount, spent(2021)) for amount in classes.values()] == ["86.8", "3", "3", "7.1"]
    assert sum(classes.values()) == spent(2021)


def test_initial_budgets_and_completion_come_out():
    """年初预算 by 类, and how far each was completed."""
    assert wan(planned(2021, True)) == "3348.8"
    assert percent(spent(2021), planned(2021, True)) == "100.6"
    expected = {
        "204": ("2905.23", "100.7"),
        "208": ("100.8", "101.5"),
        "210": ("91.23", "112.5"),
        "221": ("251.54", "95.1"),
    }
    for code, (initial, completed) in expected.items():
        assert wan(planned(2021, True, function=code)) == initial
        assert percent(spent(2021, function=code), planned(2021, True, function=code)) == completed


def test_adjusted_budgets_and_their_execution_come_out():
    """全年预算 of the department and of both first-level projects."""
    assert wan(planned(2021, False)) == "3516.88"
    assert percent(spent(2021), planned(2021, False), 2) == "95.81"
    for nature, adjusted, rate in (("basic", "2931.64", "97.25"), ("project", "585.24", "88.59")):
        assert wan(planned(2021, False, nature=nature)) == adjusted
        assert percent(spent(2021, nature=nature), planned(2021, False, nature=nature), 2) == rate
    for code, adjusted, executed, rate in (
        ("social-work", "440.24", "385.14", "87.48"),
        ("administrative-affairs", "145", "133.3", "91.93"),
    ):
        below = first_level(code)
        whole = sum(item.fen for item in budget(2021) if item.project in below)
        done = sum(use.fen for use in uses(2021) if use.project in below)
        assert (wan(whole), wan(done), percent(done, whole, 2)) == (adjusted, executed, rate)
    assert wan(planned(2021, False) - spent(2021)) == "147.44"


def test_the_ten_projects_come_out():
    """Exactly the ten sub-projects that the source lists are not zero."""
    assert {
        code: wan(spent(2021, project=code)) for code in {use.project for use in uses(2021)} - {""}
    } == PROJECTS


def test_personnel_and_public_costs_come_out_with_exactly_their_items():
    """人员经费 in 14 items, 公用经费 in 16, the latter all of the administrative unit."""
    basic = [use for use in uses(2021) if use.nature == "basic"]
    items = {use.economic for use in basic}
    assert items == PERSONNEL_ITEMS | PUBLIC_ITEMS
    assert wan(sum(use.fen for use in basic if use.economic in PERSONNEL_ITEMS)) == "1964.24"
    assert {use.unit for use in basic if use.economic in PUBLIC_ITEMS} == {"bureau"}
    assert (wan(public(2021)), wan(public(2020)), wan(public(2021) - public(2020))) == (
        "886.76",
        "772.21",
        "114.55",
    )
    assert percent(public(2021) - public(2020), public(2020)) == "14.8"


def test_exactly_the_fifteen_functional_subjects_are_used():
    """The glossary's 15 项, no other."""
    assert {use.function for use in uses(2021)} == FUNCTIONS


def test_the_three_public_expenses_come_out():
    """“三公”经费 of both years: 55.4 and 187.8 come out of the fen, not of the printed 万元."""
    purchase, running = spent(2021, economic="31013"), spent(2021, economic="30231")
    assert (wan(purchase), wan(running), wan(purchase + running)) == ("12.39", "13.12", "25.51")
    assert [wan(spent(2021, detail=name)) for name in ("维修费", "保险费", "车辆卫星定位")] == [
        "10.88",
        "1.57",
        "0.67",
    ]
    assert wan(planned(2021, True, economic="30231")) == "46"
    assert planned(2021, True, economic="31013") == 0
    assert percent(purchase + running, 46_000_000) == "55.4"
    assert percent(running, 46_000_000) == "28.5"
    assert wan(46_000_000 - running) == "32.88"
    vehicles_2020, reception_2020 = spent(2020, economic="30231"), spent(2020, economic="30217")
    assert (wan(vehicles_2020 + reception_2020), wan(reception_2020)) == ("8.94", "0.08")
    assert wan(purchase + running - vehicles_2020) == "16.65"
    assert wan(purchase + running - vehicles_2020 - reception_2020) == "16.57"
    assert percent(purchase + running - vehicles_2020, vehicles_2020) == "187.8"
    assert not any(use.economic in ("30212", "30217", "30913") for use in uses(2021))


def test_procurement_comes_out_of_the_contracts():
    """政府采购 by kind; every supplier is small or micro; payments under a contract add up to it."""
    contracts = [row for row in rows("contracts") if row["year"] == "2021"]
    by_kind = defaultdict(int)
    for row in contracts:
        by_kind[row["kind"]] += fen(row["yuan"])
        assert sum(use.fen for use in uses(2021) if use.contract == row["id"]) == fen(row["yuan"])
    assert {kind: wan(amount) for kind, amount in by_kind.items()} == {"goods": "16.21", "services": "102.26"}
    assert wan(sum(by_kind.values())) == "118.47"
    assert {row["supplier_size"] for row in contracts} <= {"small", "micro"}


def test_staff_and_vehicles_come_out_of_the_registers():
    """59 in post, 37 retired, 3 hired, 9 vehicles of which one was bought in 2021."""
    staff = defaultdict(int)
    for row in rows("staff"):
        staff[row["kind"]] += int(row["change"])
    assert dict(staff) == {"administrative": 55, "institution": 4, "veteran": 1, "ordinary": 36}
    assert sum(int(row["change"]) for row in rows("staff") if row["reason"] == "recruited") == 3
    kept = [row for row in rows("vehicles") if not row["disposed_on"]]
    assert sorted(row["kind"] for row in kept) == ["emergency", *["law_enforcement"] * 8]
    assert sum(row["acquired_on"].startswith("2021") for row in kept) == 1
    assert [
        int(row["count"])
        for row in rows("equipment")
        if row["category"] == "general" and fen(row["yuan"]) >= 50_000_000
    ] == [1]


@pytest.mark.parametrize(("year", "months"), [(2020, 8), (2021, 12)])
def test_fifty_mediators_are_paid_by_the_month(year, months):
    """50 街乡调解员 at 5,600 yuan a month: from May to December 2020, in every month of 2021."""
    (pay,) = [use for use in uses(year) if use.detail == "街乡调解员"]
    assert (pay.economic, pay.nature, len(pay.months)) == ("30226", "basic", months)
    assert pay.fen == 50 * 560_000 * months


@pytest.mark.parametrize("year", [2020, 2021])
def test_nothing_is_spent_beyond_the_adjusted_budget(year):
    """Each unit, function, economic item and project stays within its 全年预算."""
    adjusted, done = defaultdict(int), defaultdict(int)
    for item in budget(year):
        adjusted[item.unit, item.function, item.economic, item.project] += item.fen
    for use in uses(year):
        if use.fund == "general_public_budget":
            done[use.unit, use.function, use.economic, use.project] += use.fen
    assert {place for place, amount in done.items() if amount > adjusted[place]} == set()
