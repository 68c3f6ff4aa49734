"""From figures down to vouchers, and from vouchers up to figures."""

from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings

from mingzhang.facts import Coordinate
from mingzhang.records.closing import close_year
from mingzhang.records.definitions import LEDGER_CONCEPTS
from mingzhang.records.models import BudgetLine, Project, Statement, Vehicle, Voucher
from mingzhang.records.points import fact_store
from mingzhang.records.trace import moved_by, vouchers_of
from records.bookkeeping import AID, accept, at_bureau, book, chosen_events, drafts_of, fill, opened


def total(rows):
    return sum(row.value for row in rows)


@pytest.mark.parametrize(
    "text",
    [
        "revenue",
        "expenditure",
        "expenditure@centre/2021",
        "expenditure[function=204,nature=basic]",
        "expenditure[economic=public,fund=general_public_budget]",
        "expenditure[project=P1]",
        "official_vehicle_running[detail=维修费,fund=fiscal]",
        "operating_costs",
        "closing_balance",
        "surplus_distribution",
        "self_evaluated_amount",
    ],
)
def test_the_vouchers_of_a_figure_add_up_to_it(text, bureau):
    """Down and up are one definition: the rows found sum to the exact value."""
    fill(bureau)
    coordinate = at_bureau(text)
    rows = vouchers_of(coordinate)
    assert total(rows) == fact_store("bureau", [2021]).value(coordinate)
    assert rows
    assert all(row.register == "账簿" and row.number.startswith("记-2021-05-") for row in rows)


def test_a_row_says_where_it_stands(bureau):
    """Number, day, words, unit and amount of the line."""
    accept(book(bureau.office, "V22", 30_00, payment="direct", summary="车辆维修", detail="维修费"))
    [row] = vouchers_of(at_bureau("three_public_spending[fund=fiscal]"))
    assert (row.number, row.date, row.summary, row.entity, row.fen) == (
        "记-2021-05-0001", date(2021, 5, 20), "车辆维修", "office", 3000,
    )  # fmt: skip


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(chosen=chosen_events)
def test_every_ledger_figure_is_the_sum_of_its_vouchers(bureau, chosen):
    """Any events, before and after closing, at every unit: the rows of a concept sum to its value."""
    from django.db import transaction

    with transaction.atomic():
        accept(*drafts_of(bureau, chosen))
        for closed in (False, True):
            store = fact_store("bureau", [2021])
            for concept in LEDGER_CONCEPTS:
                for entity in ("bureau", "centre"):
                    coordinate = Coordinate.parse(f"{concept}@{entity}/2021")
                    assert total(vouchers_of(coordinate)) == store.value(coordinate), coordinate
            if not closed:
                assert all(
                    close_year(unit, 2021).accepted for unit in (bureau.office, bureau.centre, bureau.managed)
                )
        transaction.set_rollback(True)


def test_internal_payments_show_at_their_unit_and_cancel_in_the_department(bureau):
    """Eliminated lines are no part of consolidated figures."""
    accept(
        book(bureau.centre, "V30", 100_00, function=AID, counterparty="managed"),
        book(bureau.managed, "V29", 100_00, function=AID, accounts=["4201"], counterparty="centre"),
    )
    assert total(vouchers_of(at_bureau("expenditure@centre/2021"))) == 100
    assert vouchers_of(at_bureau("expenditure")) == []
    assert total(vouchers_of(at_bureau("expenditure@bureau-eliminations/2021"))) == -100
    number = Voucher.objects.get(entity=bureau.centre).number
    figures = {"expenditure@centre/2021": "", "expenditure@bureau/2021": "", "revenue@bureau/2021": ""}
    assert [str(c) for c in moved_by(f"centre:{number}", figures)] == ["expenditure@centre/2021#actual"]


FIGURES = {
    "expenditure@bureau/2021#actual": "464",
    "expenditure@bureau/2021#growth(of=2020)": "",
    "expenditure[function=2040601]@bureau/2021#share(of=expenditure)": "",
    "expenditure[function=2040607]@bureau/2021#actual": "",
    "expenditure[function=2040607]@bureau/2021#share(of=expenditure)": "",
    "expenditure@bureau/2021#completion(of=initial_budget)": "",
    "expenditure@bureau/2021#initial_budget": "",
    "expenditure@centre/2021#actual": "",
    "revenue[fund=fiscal]@bureau/2021#actual": "",
    "revenue[fund=business]@bureau/2021#actual": "",
    "three_public_spending[fund=fiscal]@bureau/2021#actual": "",
    "official_vehicle_running[detail=保险费]@bureau/2021#actual": "",
    "official_vehicle_running[detail=维修费]@bureau/2021#actual": "",
    "closing_balance@bureau/2021#actual": "",
    "total_uses@bureau/2021#actual": "",
    "self_evaluated_amount@bureau/2021#actual": "",
    "operating_costs@bureau/2021#actual": "",
    "expenditure@bureau/2020#actual": "",
    "vehicles@bureau/2021#actual": "",
}


def test_a_voucher_names_every_figure_it_moves_and_no_other(bureau):
    """Its own figures, totals, shares and growth; what it leaves alone stays out."""
    accept(book(bureau.office, "V22", 30_00, payment="direct", detail="维修费"))
    moved = {str(coordinate) for coordinate in moved_by("记-2021-05-0001", FIGURES)}
    assert FIGURES.keys() - moved == {
        "expenditure[function=2040607]@bureau/2021#actual",
        "expenditure@bureau/2021#initial_budget",
        "expenditure@centre/2021#actual",
        "revenue[fund=business]@bureau/2021#actual",
        "official_vehicle_running[detail=保险费]@bureau/2021#actual",
        "closing_balance@bureau/2021#actual",
        "self_evaluated_amount@bureau/2021#actual",
        "expenditure@bureau/2020#actual",
        "vehicles@bureau/2021#actual",
    }


def test_taking_a_voucher_away_changes_exactly_the_figures_it_was_said_to_move(bureau):
    """The proof of moved_by: compare the stores with and without the voucher."""
    fill(bureau)
    voucher = Voucher.objects.get(lines__classification__account="71010102", lines__contract="HT-1")
    before = fact_store("bureau", [2020, 2021])
    figures = {text: "" for text in FIGURES if "2020" not in text and "budget" not in text}
    moved = moved_by(f"office:{voucher.number}", figures)
    voucher.delete()
    after = fact_store("bureau", [2020, 2021])
    changed = [c for c in map(Coordinate.parse, figures) if before.value(c) != after.value(c)]
    assert moved == changed


def test_budgets_registers_and_statements_are_traced_too(bureau):
    """Whatever a figure rests on: budget documents, register rows, cells of a workbook."""
    office = bureau.office
    common = {"entity": office, "year": 2021, "function": "2040601", "fund": "general_public_budget"}
    BudgetLine.objects.create(**common, stage="initial", fen=100_00, document_number="1号")
    BudgetLine.objects.create(**common, stage="adjustment", fen=-5_00, document_number="2号")
    Vehicle.objects.create(entity=office, plate="示A1", kind="emergency", acquired_on=date(2021, 1, 1))
    Statement.objects.create(
        entity=bureau.department,
        year=2021,
        coordinate="revenue",
        value="7",
        file="表.xlsx",
        sheet="1",
        cell="B2",
    )
    assert [row.number for row in vouchers_of(at_bureau("expenditure[function=204]#initial_budget"))] == [
        "1号"
    ]
    assert total(vouchers_of(at_bureau("expenditure#adjusted_budget"))) == 95
    assert [row.number for row in vouchers_of(at_bureau("vehicles[vehicle_kind=emergency]"))] == ["示A1"]
    assert vouchers_of(at_bureau("vehicles[vehicle_kind=leader]")) == []
    assert [row.number for row in vouchers_of(at_bureau("revenue"))] == ["表.xlsx，1，B2"]


def test_carried_over_money_is_traced_to_the_opening_voucher(bureau):
    """年初结转 rests on the voucher that opened the year."""
    accept(opened(bureau.office))
    [one, other] = vouchers_of(at_bureau("opening_balance"))
    assert (one.number, total([one, other])) == ("初-2021-01-0001", 130)


def test_secret_projects_are_not_traced_as_evaluated(bureau):
    """涉密项目 are no part of the self-evaluation."""
    Project.objects.create(code="S", name="涉密", entity=bureau.office, secret=True)
    accept(book(bureau.office, "V03", 11_00, economic="30201", project="S"))
    assert vouchers_of(at_bureau("self_evaluated_amount")) == []
    assert moved_by("记-2021-05-0001", {"self_evaluated_amount@bureau/2021": "0"}) == []
