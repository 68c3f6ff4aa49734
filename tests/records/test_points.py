"""From the records to the cube."""

from datetime import date
from fractions import Fraction

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from mingzhang.facts import Coordinate
from mingzhang.records.closing import close_year
from mingzhang.records.models import (
    BudgetLine,
    Entity,
    Equipment,
    OverseasTrip,
    ProcurementContract,
    Project,
    Reception,
    StaffChange,
    Statement,
    Vehicle,
)
from mingzhang.records.points import fact_store
from records.bookkeeping import ADMIN, AID, accept, at_bureau, book, chosen_events, drafts_of, fill, opened


def figures(*texts, code="bureau", years=(2021,)):
    store = fact_store(code, years)
    found = [store.value(at_bureau(text)) for text in texts]
    return found[0] if len(found) == 1 else found


def test_revenue_and_expenditure_add_up_along_every_dimension(bureau):
    """A total is the sum of its vouchers by fund, function, economic item, nature, project, detail and unit."""
    fill(bureau)
    assert figures("revenue", "revenue[fund=fiscal]", "revenue[fund=business]") == [494, 444, 50]
    assert figures("expenditure", "expenditure@centre/2021", "expenditure[fund=general_public_budget]") == [
        464,
        80,
        444,
    ]
    assert figures("expenditure[nature=project]", "expenditure[project=P1]", "expenditure[project=P1-1]") == [
        42,
        42,
        40,
    ]
    assert figures(
        "expenditure[function=204]", "expenditure[function=2040607]", "expenditure[function=205]"
    ) == [464, 80, 0]
    assert figures(
        "expenditure[economic=public,fund=general_public_budget,nature=basic]",
        "expenditure[economic=personnel,fund=general_public_budget,nature=basic]",
        "official_vehicle_running[detail=维修费]",
        "three_public_spending[fund=fiscal]",
    ) == [302, 100, 30, 235]


def test_operating_costs_leave_ordinary_institutions_out(bureau):
    """机关运行经费: public costs of 行政单位 and 参公单位 only."""
    fill(bureau)
    assert figures("operating_costs", "operating_costs@centre/2021", "operating_costs@managed/2021") == [
        242,
        0,
        7,
    ]


def test_self_evaluated_projects_count_once_and_secret_ones_never(bureau):
    """First-level projects with expenditure."""
    fill(bureau)
    Project.objects.create(code="S", name="涉密", entity=bureau.office, secret=True)
    Project.objects.create(code="N", name="未执行", entity=bureau.office)
    accept(book(bureau.centre, "V03", 9_00, economic="30201", function=AID, project="P1-2"))
    accept(book(bureau.office, "V03", 11_00, economic="30201", project="S"))
    assert figures("self_evaluated_projects", "self_evaluated_amount") == [1, 51]


def test_units_pay_each_other_and_the_department_does_not_count_it(bureau):
    """Consolidation: what has its counterparty inside the department is taken out on both sides."""
    accept(
        book(bureau.centre, "V30", 100_00, function=AID, counterparty="managed"),
        book(bureau.managed, "V29", 100_00, function=AID, accounts=["4201"], counterparty="centre"),
        book(bureau.managed, "V03", 3_00, economic="30227"),
    )
    assert figures("revenue", "expenditure") == [3, 3]
    assert figures("revenue@managed/2021", "expenditure@managed/2021", "expenditure@centre/2021") == [
        103,
        3,
        100,
    ]
    assert figures("expenditure@bureau-eliminations/2021") == -100


def test_a_counterparty_outside_the_department_is_not_eliminated(bureau):
    """Only payments inside one department cancel out."""
    other = Entity.objects.create(code="other", name="另一局", kind="department")
    Entity.objects.create(code="other-unit", name="另一局本级", kind="administrative", parent=other)
    accept(book(bureau.office, "V03", 100_00, economic="30227", counterparty="other-unit"))
    assert figures("expenditure", "expenditure@bureau-eliminations/2021") == [100, 0]


def test_a_unit_sees_its_own_books_only(bureau):
    """A store of one unit knows neither its neighbours nor the eliminations."""
    fill(bureau)
    store = fact_store("centre", [2021])
    assert store.value(Coordinate.parse("expenditure@centre/2021")) == 80
    assert {point.entity for point in store.points()} == {"centre"}
    assert store.value(Coordinate.parse("expenditure@office/2021")) is None


BALANCES = (
    "opening_balance",
    "closing_balance",
    "closing_balance[fund=fiscal]",
    "closing_balance[fund=nonfiscal]",
    "surplus_distribution",
    "use_of_nonfiscal_surplus",
)


def test_balances_are_the_same_before_and_after_closing(bureau):
    """The closing balance is what the close will leave, and then what it left."""
    accept(
        opened(bureau.office),
        book(bureau.office, "V36", 8_000),
        book(bureau.office, "V02", 6_000, economic="30201", source="prior"),
        book(bureau.office, "V26", 1_000, accounts=["4603"]),
        book(bureau.office, "V32", 700, payment="returned", accounts=["120101"]),
    )
    before = figures(*BALANCES)
    assert before == [Fraction(137), Fraction(87), Fraction(27), Fraction(60), 0, 0]
    assert close_year(bureau.office, 2021).accepted
    assert figures(*BALANCES) == before
    assert figures("opening_balance@bureau/2022", years=(2021, 2022)) == 87


@pytest.mark.parametrize(
    ("earned", "spent", "distribution", "use"),
    [(90_00, 50_00, 40, 0), (50_00, 90_00, 0, 40), (50_00, 50_00, 0, 0)],
)
def test_an_institution_distributes_or_uses_its_surplus(earned, spent, distribution, use, bureau):
    """结余分配 where other money is left over, 使用非财政拨款结余 where it is short; neither is carried over."""
    accept(
        book(bureau.centre, "V28", earned, function=AID),
        book(bureau.centre, "V14", spent, function=AID, economic="30201", payment="bank"),
    )
    for _ in range(2):
        assert figures("surplus_distribution", "use_of_nonfiscal_surplus", "closing_balance") == [
            distribution,
            use,
            0,
        ]
        close_year(bureau.centre, 2021)


def test_finished_special_projects_leave_the_carry_over(bureau):
    """Y08: an institution's surplus of a finished special project is distributed, not carried over."""
    accept(book(bureau.centre, "V28", 20_00, function=AID, fund="nonfiscal_special", project="P1-1"))
    assert figures("surplus_distribution", "closing_balance") == [0, 20]
    assert close_year(bureau.centre, 2021, finished_projects=["P1-1"]).accepted
    assert figures("surplus_distribution", "closing_balance", "total_uses", "total_resources") == [
        20,
        0,
        20,
        20,
    ]


@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(chosen=chosen_events, seed=st.randoms(use_true_random=False))
def test_the_order_of_vouchers_does_not_matter_and_both_sides_are_equal(bureau, chosen, seed):
    """Any events in any order, closed or not: the same points, and 收入总计 equals 支出总计 for every unit."""
    from django.db import transaction

    found = []
    for shuffled in (False, True):
        with transaction.atomic():
            drafts = drafts_of(bureau, chosen)
            if shuffled:
                seed.shuffle(drafts)
            accept(*drafts)
            store = fact_store("bureau", [2021])
            found.append({(p.concept, p.dimensions, p.entity): p.value for p in store.points() if p.value})
            for unit in (bureau.office, bureau.centre, bureau.managed):
                assert close_year(unit, 2021).accepted
            closed = fact_store("bureau", [2021])
            found.append({(p.concept, p.dimensions, p.entity): p.value for p in closed.points() if p.value})
            for entity in ("bureau", "office", "centre", "managed"):
                place = f"@{entity}/2021"
                assert closed.value(Coordinate.parse(f"total_resources{place}")) == closed.value(
                    Coordinate.parse(f"total_uses{place}")
                )
            transaction.set_rollback(True)
    assert all(points == found[0] for points in found)


def test_a_year_without_vouchers_is_unknown_and_one_with_vouchers_is_complete(bureau):
    """What is absent is zero where books were kept, and unknown elsewhere."""
    fill(bureau)
    assert figures(
        "expenditure[function=229]", "official_reception_spending", "vehicles", years=(2020, 2021)
    ) == [0, 0, 0]
    assert figures("expenditure@bureau/2020", "vehicles@bureau/2020", "expenditure#initial_budget", years=(2020, 2021)) == [
        None, None, None,
    ]  # fmt: skip


def test_budgets_are_initial_and_adjusted(bureau):
    """全年预算 is 年初预算 plus the adjustments; “三公” budgets stand on their own."""

    def line(stage, fen, concept="", entity=bureau.office, **stated):
        BudgetLine.objects.create(entity=entity, year=2021, stage=stage, fen=fen, concept=concept, **stated)

    gpb = {"fund": "general_public_budget"}
    line("initial", 100_00, function=ADMIN, economic="30101", nature="basic", **gpb)
    line("initial", 40_00, function=ADMIN, nature="project", project="P1-1", **gpb)
    line("adjustment", -15_00, function=ADMIN, nature="project", project="P1-1", **gpb)
    line("initial", 140_00, "revenue", function=ADMIN, **gpb)
    line("initial", 46_00, "official_vehicle_running", **gpb)
    assert figures(
        "expenditure#initial_budget", "expenditure#adjusted_budget", "revenue#adjusted_budget"
    ) == [140, 125, 140]
    assert figures(
        "expenditure[project=P1]#adjusted_budget",
        "expenditure[nature=basic]#initial_budget",
        "three_public_spending[fund=fiscal]#initial_budget",
        "official_vehicle_purchase[fund=fiscal]#initial_budget",
    ) == [25, 100, 46, 0]


def test_a_three_public_budget_in_one_sum_is_a_figure_of_its_own(bureau):
    """Some offices approve “三公” as one amount, without its items."""
    BudgetLine.objects.create(
        entity=bureau.office,
        year=2021,
        stage="initial",
        fen=46_00,
        concept="three_public_spending",
        fund="general_public_budget",
    )
    assert figures("three_public_spending[fund=fiscal]#initial_budget") == 46


def test_registers_are_counted_at_the_end_of_the_year_or_in_it(bureau):
    """Vehicles and staff stand on 31 December; purchases, receptions and contracts belong to the year."""
    office, centre = bureau.office, bureau.centre
    for plate, kind, came, went, cost in (
        ("A1", "law_enforcement", date(2015, 1, 1), None, 0),
        ("A2", "law_enforcement", date(2015, 1, 1), date(2021, 12, 31), 0),
        ("A3", "emergency", date(2021, 6, 1), None, 12_39),
        ("A4", "emergency", date(2022, 1, 1), None, 10_00),
    ):
        Vehicle.objects.create(
            entity=office, plate=plate, kind=kind, acquired_on=came, disposed_on=went, cost_fen=cost
        )
    Equipment.objects.create(
        entity=office, name="机", category="general", unit_price_fen=50_000_000, acquired_on=date(2020, 1, 1)
    )
    Equipment.objects.create(
        entity=office, name="仪", category="special", unit_price_fen=99_999_999, acquired_on=date(2020, 1, 1)
    )
    for unit, on, kind, change, reason in (
        (office, date(2019, 1, 1), "administrative", 52, "opening"),
        (office, date(2021, 9, 1), "administrative", 3, "recruited"),
        (centre, date(2019, 1, 1), "institution", 4, "opening"),
        (office, date(2021, 9, 1), "administrative", -1, "retired"),
        (office, date(2021, 9, 1), "ordinary", 1, "retired"),
        (office, date(2022, 1, 1), "administrative", 1, "recruited"),
    ):
        StaffChange.objects.create(entity=unit, on=on, kind=kind, change=change, reason=reason)
    Reception.objects.create(entity=office, on=date(2021, 3, 1), guests=7)
    Reception.objects.create(entity=office, on=date(2021, 3, 2), guests=2, foreign=True)
    OverseasTrip.objects.create(entity=office, on=date(2021, 3, 2), persons=3, destination="某国")
    for number, kind, size, reserved in (
        ("1", "goods", "micro", "small_micro"),
        ("2", "services", "medium", ""),
        ("3", "works", "large", "sme"),
    ):
        ProcurementContract.objects.create(
            entity=office, number=number, name="合同", kind=kind, supplier="公司", supplier_size=size, signed_on=date(2021, 2, 2),
            amount_fen=100_00, spending_fen=90_00, reserved_for=reserved, reserved_budget_fen=110_00 if reserved else 0,
        )  # fmt: skip
    expected = {
        "vehicles": 2,
        "vehicles[vehicle_kind=emergency]": 1,
        "official_vehicles_kept": 2,
        "official_vehicles_purchased": 1,
        "general_equipment_50": 1,
        "special_equipment_100": 0,
        "equipment_100": 0,
        "staff_in_post": 58,
        "staff_in_post[staff=institution]": 4,
        "staff_recruited": 3,
        "retired_staff[retirement=ordinary]": 1,
        "official_reception_batches": 1,
        "official_reception_guests": 7,
        "foreign_reception_guests": 2,
        "overseas_travel_groups": 1,
        "overseas_travel_persons": 3,
        "procurement_spending": 270,
        "procurement_spending[procurement=goods]": 90,
        "sme_contract_amount": 200,
        "small_micro_contract_amount": 100,
        "reserved_sme_budget": 220,
        "reserved_small_micro_budget": 110,
        "reserved_sme_won": 100,
        "other_sme_won": 100,
        "budget_units": 3,
        "budget_units[unit_kind=administrative]": 1,
        "subordinate_units": 2,
    }
    store = fact_store("bureau", [2021])
    assert {text: store.value(Coordinate.parse(f"{text}@bureau/2021")) for text in expected} == expected


def state(entity, coordinate, value, printed=""):
    return Statement.objects.create(
        entity=entity,
        year=2021,
        coordinate=coordinate,
        value=value,
        printed=printed,
        file="财决.xlsx",
        sheet="01",
        cell="C5",
    )


def test_stated_figures_stand_where_no_vouchers_are(bureau):
    """A filled workbook is enough for tables and text; its cell is the provenance."""
    state(bureau.department, "revenue[fund=fiscal]", "33694400", "3369.44")
    store = fact_store("bureau", [2021])
    fact = store.get(Coordinate.parse("revenue[fund=fiscal]@bureau/2021"))
    assert fact.value == 33694400
    assert (fact.provenance.file, fact.provenance.cell, fact.printed.unit.chinese) == (
        "财决.xlsx",
        "C5",
        "万元",
    )
    assert fact.interval.width == 100
    assert store.value(Coordinate.parse("vehicles@bureau/2021")) is None


def test_vouchers_and_stated_figures_are_compared_never_merged(bureau):
    """Where both speak, the vouchers' figure is used and the difference is listed."""
    fill(bureau)
    state(bureau.department, "expenditure@bureau/2021", "465")
    state(bureau.department, "revenue", "494")
    state(bureau.department, "vehicles", "9")
    store = fact_store("bureau", [2021])
    [(own, stated)] = store.differences()
    assert (str(own.coordinate), own.value, stated.value) == ("expenditure@bureau/2021#actual", 464, 465)
    assert store.value(Coordinate.parse("vehicles@bureau/2021")) == 9
