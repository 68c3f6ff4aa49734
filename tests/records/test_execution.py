"""Budgets beside spending (预算执行): amounts, progress, lights, the tree along different levels."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

import pytest

from mingzhang.records.budget_documents import budget_documents
from mingzhang.records.events import voucher_from_event
from mingzhang.records.execution import Amounts, Light, execution
from mingzhang.records.execution_tree import VIEWS, Names, tree_of
from mingzhang.records.ledger import post
from mingzhang.records.models import BudgetLine
from mingzhang.records.organisation import Organisation
from mingzhang.records.project_spending import project_rows

pytestmark = pytest.mark.django_db
FUND = "general_public_budget"


def budget(unit, fen, *, stage="initial", function="2040601", nature="basic", project="", **more):
    return BudgetLine.objects.create(
        entity=unit, year=2021, stage=stage, function=function, nature=nature, fund=FUND, project=project,
        concept=more.get("concept", "expenditure"), fen=fen, document_number=more.get("number", ""),
        approved_on=more.get("on"),
    )  # fmt: skip


def spend(unit, on, fen, *, function="2040601", nature="basic", project=""):
    stated = {"project": project} if project else {}
    drafts = [
        voucher_from_event(
            "V14", unit, on, fen, function=function, economic="30201", payment="bank", nature=nature, **stated
        )
    ]
    posted = post(drafts)
    assert posted.accepted, posted.problems


def test_budget_adjustment_and_spending_meet_at_one_place(bureau):
    """全年预算 is initial plus adjustments; spending up to a month leaves later months out; revenue budgets are none."""
    budget(bureau.office, 1000_00)
    budget(bureau.office, 200_00, stage="adjustment", number="调1")
    budget(bureau.office, 1200_00, concept="revenue")
    spend(bureau.office, date(2021, 3, 5), 300_00)
    spend(bureau.office, date(2021, 9, 5), 100_00)
    year, june = (sum_of(execution([bureau.office], 2021, month)) for month in (12, 6))
    assert (year.initial, year.adjusted, year.spent, year.balance) == (1000_00, 1200_00, 400_00, 800_00)
    assert june.spent == 300_00


def sum_of(found):
    total = Amounts()
    for amounts in found.values():
        total.add(amounts)
    return total


@pytest.mark.parametrize(
    ("adjusted", "spent", "elapsed", "light"),
    [
        (100, 50, Fraction(1, 2), Light.GOOD),
        (100, 40, Fraction(1, 2), Light.GOOD),
        (100, 39, Fraction(1, 2), Light.SLOW),
        (100, 29, Fraction(1, 2), Light.BEHIND),
        (100, 101, Fraction(1), Light.OVER),
        (0, 1, Fraction(1), Light.OVER),
        (0, 0, Fraction(1), Light.NONE),
    ],
)
def test_a_light_compares_spending_with_the_time_that_has_passed(adjusted, spent, elapsed, light):
    """Ten points behind is still good, beyond that slow, beyond twenty behind; more than the budget is over."""
    assert Amounts(adjusted, 0, spent).light(elapsed) is light


def test_subtotals_of_the_tree_add_up(bureau):
    """类 over 款 over 项, nature, first-level over second-level project: each row is the sum of what stands under it."""
    budget(bureau.office, 1000_00)
    budget(bureau.office, 500_00, function="2040602", nature="project", project="P1-1")
    budget(bureau.office, 300_00, function="2040602", nature="project", project="P1-2")
    spend(bureau.office, date(2021, 3, 5), 200_00)
    spend(bureau.office, date(2021, 3, 6), 450_00, function="2040602", nature="project", project="P1-1")
    organisation = Organisation()
    found = execution([bureau.office], 2021)
    for _, levels in VIEWS.values():
        tree = tree_of(found, levels, Names(organisation, 2021), Fraction(1))
        for node in tree.rows(len(levels)):
            if node.children:
                parts = Amounts()
                for child in node.children.values():
                    parts.add(child.amounts)
                assert parts == node.amounts
        assert (tree.amounts.adjusted, tree.amounts.spent) == (1800_00, 650_00)


def test_a_row_states_what_its_vouchers_state(bureau):
    """The row of a sub-project leads to its vouchers under the 项 and the money above it; that of the 项 to all of its."""
    budget(bureau.office, 500_00, function="2040602", nature="project", project="P1-1")
    _, levels = VIEWS["function"]
    tree = tree_of(execution([bureau.office], 2021), levels, Names(Organisation(), 2021), Fraction(1))
    rows = list(tree.rows(len(levels)))
    assert rows[-1].stated == {"fund": FUND, "function": "2040602", "nature": "project", "project": "P1-1"}
    item = next(row for row in rows if row.code == "2040602")
    assert item.stated == {"fund": FUND, "function": "2040602"}


def test_spending_of_sub_projects_under_one_budget_is_not_called_unbudgeted(bureau):
    """A budget on the first-level project covers what its sub-projects spend, until they spend more than it."""
    budget(bureau.office, 500_00, function="2040602", nature="project", project="P1")
    spend(bureau.office, date(2021, 3, 6), 450_00, function="2040602", nature="project", project="P1-1")
    (row,) = project_rows(Organisation(), [bureau.office], 2021, Fraction(1))
    assert row.light is Light.GOOD
    assert [child.light for child in row.children] == [Light.NONE, Light.NONE]
    spend(bureau.office, date(2021, 3, 7), 100_00, function="2040602", nature="project", project="P1-1")
    (row,) = project_rows(Organisation(), [bureau.office], 2021, Fraction(1))
    assert row.light is Light.OVER
    assert {child.project.code: child.light for child in row.children}["P1-1"] is Light.OVER


def test_lines_of_a_year_stand_under_their_documents(bureau):
    """One document is one row, with the expenditure and the revenue it adds up to."""
    budget(bureau.office, 1000_00, number="预1", on=date(2021, 1, 5))
    budget(bureau.office, 1000_00, number="预1", on=date(2021, 1, 5), concept="revenue")
    budget(bureau.office, -50_00, number="调1", on=date(2021, 6, 5), stage="adjustment")
    first, second = budget_documents([bureau.office], 2021)
    assert (first.number, first.expenditure, first.revenue, len(first.lines)) == ("预1", 1000_00, 1000_00, 2)
    assert (second.chinese, second.expenditure) == ("预算调整", -50_00)
