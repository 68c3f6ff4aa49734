"""Budgets that list the same money twice are refused, all others are let in."""

import pytest

from mingzhang.facts import Coordinate
from mingzhang.records.budget_overlaps import budget_overlaps
from mingzhang.records.internal import internal_differences
from mingzhang.records.models import BudgetLine
from mingzhang.records.points import fact_store
from mingzhang.records.publishing import NotReadyError, publish
from records.bookkeeping import ADMIN, AID, accept, book

GENERAL = "general_public_budget"
BASIC = {"function": ADMIN, "economic": "30201", "nature": "basic", "fund": GENERAL}
PROJECT = {"function": ADMIN, "nature": "project", "fund": GENERAL, "project": "P1-1"}
TOTAL = {"function": ADMIN, "nature": "project", "fund": GENERAL}


def line(unit, stated, fen=100_00, **more):
    details = {"stage": "initial", "concept": "expenditure", **stated, **more}
    return BudgetLine.objects.create(entity=unit, year=2021, fen=fen, **details)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (TOTAL, PROJECT),
        ({"function": ADMIN, "fund": GENERAL}, BASIC),
        ({"economic": "30201", "nature": "basic", "fund": GENERAL}, {**BASIC, "economic": ""}),
        ({**PROJECT, "project": "P1"}, PROJECT),
        ({"fund": GENERAL, "concept": "official_vehicle_running"}, {**BASIC, "concept": "official_vehicle_running"}),
        ({"fund": GENERAL, "concept": "three_public_spending"}, {"fund": GENERAL, "concept": "official_vehicle_running"}),
    ],
)  # fmt: skip
def test_the_same_money_along_two_classifications_is_found(one, other, bureau):
    """By function and again by project, a total beside its items: the books cannot tell them apart."""
    line(bureau.office, one)
    assert budget_overlaps([bureau.office], 2021) == []
    line(bureau.office, other)
    [problem] = budget_overlaps([bureau.office], 2021)
    assert problem.code == "budget_listed_twice"
    assert "可能重复计算" in problem.what
    assert problem.where == "示例局本级，2021年度，年初预算"
    assert "只列一次" in problem.remedy


@pytest.mark.parametrize(
    "other",
    [
        PROJECT,
        {**BASIC, "economic": "30101"},
        {**BASIC, "function": AID, "economic": ""},
        {**TOTAL, "stage": "adjustment", "document_number": "3号"},
        {**TOTAL, "concept": "revenue"},
    ],
)
def test_money_of_its_own_is_let_in(other, bureau):
    """What a code sets apart, other documents and other concepts add up as they should."""
    line(bureau.office, BASIC)
    line(bureau.office, {**PROJECT, "project": "P1-2"})
    line(bureau.office, other)
    line(bureau.centre, TOTAL)
    assert budget_overlaps([bureau.office, bureau.centre], 2021) == []


def test_initial_budget_and_adjustments_add_up_along_every_classification(bureau):
    """全年预算 = 年初预算 + 调增 − 调减, in total and by function, economic item and project."""
    line(bureau.office, BASIC, 300_00)
    line(bureau.office, PROJECT, 200_00)
    line(bureau.office, {**PROJECT, "project": "P1-2", "function": AID}, 100_00)
    line(bureau.office, PROJECT, 50_00, stage="adjustment", document_number="1号")
    line(
        bureau.office,
        {**PROJECT, "project": "P1-2", "function": AID},
        -30_00,
        stage="adjustment",
        document_number="2号",
    )
    line(bureau.office, {**BASIC, "economic": "30101"}, 7_00, stage="adjustment", document_number="2号")
    assert budget_overlaps([bureau.office], 2021) == []
    store = fact_store("bureau", [2021])

    def budgets(cell):
        return [
            store.value(Coordinate.parse(f"expenditure{cell}@bureau/2021#{measure}"))
            for measure in ("initial_budget", "adjusted_budget")
        ]

    assert budgets("") == [600, 627]
    assert budgets(f"[function={ADMIN}]") == [500, 557]
    assert budgets(f"[function={AID}]") == [100, 70]
    assert budgets("[economic=30201]") == [300, 300]
    assert budgets("[economic=personnel]") == [0, 7]
    assert budgets("[project=P1]") == [300, 320]
    assert budgets("[nature=project,project=P1-1]") == [200, 250]


def test_a_department_is_not_published_with_double_budgets_or_one_sided_payments(bureau, tmp_path):
    """Both would print wrong totals: 收入总计 and 支出总计 of the department would differ."""
    accept(
        book(bureau.office, "V03", 100_000_00, economic="30101"),
        book(bureau.centre, "V28", 50_000_00, function=AID),
        book(bureau.centre, "V30", 20_000_00, function=AID, counterparty="managed"),
    )
    line(bureau.office, TOTAL)
    line(bureau.office, PROJECT)
    assert len(internal_differences("bureau", 2021)) == 1
    with pytest.raises(NotReadyError) as refused:
        publish(bureau.department, 2021, "national_fy2021", tmp_path)
    assert {"internal_difference", "budget_listed_twice"} <= {
        problem.code for problem in refused.value.problems
    }
