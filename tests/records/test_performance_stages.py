"""The stages around goals: metrics, sub-projects rolled up, work and money, ex-ante evaluations, promises, counts."""

from __future__ import annotations

from collections import Counter
from datetime import date
from fractions import Fraction

import pytest
from bookkeeping import accept, book
from test_performance import BUDGET, indicator, people, report, through

from mingzhang.performance.aggregate import Part, together
from mingzhang.performance.scoring import Actual
from mingzhang.records.material import material
from mingzhang.records.models import Evaluation, ExAnte, GoalIndicator, Goals, Project, Text
from mingzhang.records.performance.evaluations import frozen_sheet
from mingzhang.records.performance.ex_ante import budget_problems as ex_ante_of_budget
from mingzhang.records.performance.ex_ante import without_ex_ante
from mingzhang.records.performance.key_work import stated_in_key_work
from mingzhang.records.performance.metrics import is_metric, metric, source_of
from mingzhang.records.performance.promises import BROKEN, KEPT, OPEN, promises
from mingzhang.records.performance.promises import budget_problems as promised_budget
from mingzhang.records.performance.values import found_values
from mingzhang.records.performance.work import rolled_up, works_below
from mingzhang.records.points import fact_store
from mingzhang.records.proposals import flow
from mingzhang.records.trail import enter
from mingzhang.records.verifying import verify_books

__all__ = ["people"]
pytestmark = pytest.mark.django_db

KEY_WORK = "受理查阅1,200件，其中上门受理300件，办结率98.5%，整理档案2.5万份，接待来访4600余人次，一季度回访20件，二季度回访30件。"


@pytest.fixture
def key_work(bureau):
    enter([Text(entity=bureau.office, year=2021, name="key_work", body=KEY_WORK)], "登记")


def level(first, second):
    return (first, second)


def sub_goals_of(people, bureau, key, project, count, metric):
    payload = {
        "project": project,
        "form": "hubei",
        "overall": "",
        "indicators": [
            indicator("受理查阅", "≥1000件", "40", metric),
            indicator("办结率", "≥95%", "30", "work:办结率", ("效益指标", "社会效益指标"), relative=True),
            indicator("满意度", "≥90%", "10", "", ("满意度指标", "服务对象满意度指标"), evidence="问卷", relative=True),
        ],
    }  # fmt: skip
    through(people, "goals", bureau.office, payload, key)
    return Goals.objects.get(project__code=project)


@pytest.fixture
def tree(bureau, people, key_work):
    """A first-level project P1 with P1-1 and P1-3, each with money, goals and counts."""
    parent = Project.objects.get(code="P1")
    enter([Project(code="P1-3", name="二期", entity=bureau.office, parent=parent, year_from=2021)], "登记")
    budget = {
        "stage": "initial",
        "document_number": "财预〔2021〕1号",
        "approved_on": "2021-01-20",
        "lines": [BUDGET, BUDGET | {"project": "P1-3", "fen": 55_00}],
    }
    through(people, "budget", bureau.office, budget, "b", by="accountant")
    accept(
        *(
            book(bureau.office, "V24", fen, date(2021, 5, 20), economic="30201", project=project, payment="direct", contract="HT")
            for project, fen in (("P1-1", 133_30), ("P1-3", 55_00))
        )
    )  # fmt: skip
    first = sub_goals_of(people, bureau, "g1", "P1-1", 1200, "work:受理查阅")
    second = sub_goals_of(people, bureau, "g2", "P1-3", 300, "work:上门受理")
    for goals in (first, second):
        report(goals, "满意度", "96")
    payload = {
        "project": "P1",
        "form": "hubei",
        "overall": "",
        "indicators": [
            indicator("受理查阅", "≥1000件", "40", "sub_projects"),
            indicator("办结率", "≥95%", "30", "sub_projects", ("效益指标", "社会效益指标"), relative=True),
            indicator("满意度", "≥90%", "10", "sub_projects", ("满意度指标", "服务对象满意度指标"), relative=True),
        ],
    }  # fmt: skip
    through(people, "goals", bureau.office, payload, "g0")
    return Goals.objects.get(project__code="P1")


def store(*years):
    return fact_store("bureau", years or (2020, 2021))


@pytest.mark.parametrize(
    ("words", "value"),
    [
        ("受理查阅", 1200),
        ("上门受理", 300),
        ("办结率", Fraction("0.985")),
        ("整理档案", 25_000),
        ("接待来访", None),
        ("没有的事", None),
        ("回访", None),
    ],
)
def test_key_work_answers_what_it_says_exactly_and_once(bureau, key_work, words, value):
    """Counts in base units; “4600余” is no count, and words said twice with other numbers are no answer."""
    found = stated_in_key_work(words, bureau.office, 2021)
    assert (found.value if found else None) == value
    if found:
        assert found.rows == (f"Text:{Text.objects.get(name='key_work').pk}",)


def test_a_department_that_is_silent_is_answered_by_its_units(bureau, key_work):
    """Counts of several units are added, rates are not."""
    enter([Text(entity=bureau.centre, year=2021, name="key_work", body="受理查阅20件，办结率90%。")], "登记")
    assert stated_in_key_work("受理查阅", bureau.department, 2021).value == 1220
    assert stated_in_key_work("办结率", bureau.department, 2021) is None


def test_a_metric_names_its_numerator_and_denominator(bureau, key_work):
    """300 of 1200, and the row that both stand in."""
    found = metric("work:上门受理/受理查阅", 2021, bureau.office, store())
    assert (found.value, found.numerator, found.denominator) == (Fraction(1, 4), 300, 1200)
    assert len(found.rows) == 1


def test_metrics_go_to_who_knows_them(bureau):
    """Key work by its prefix, all else to the cube; the sub-projects by name."""
    words = store().vocabulary
    assert type(source_of("work:受理查阅")).__name__ == "KeyWork"
    assert type(source_of("expenditure[nature=project]")).__name__ == "Cube"
    assert is_metric("sub_projects", words)
    assert is_metric("staff_in_post", words)
    assert not is_metric("M99-nothing", words)


def test_sub_projects_are_rolled_up(tree):
    """Counts add up, rates weigh by funds, funds and scores too; each value says from how many."""
    found = found_values(tree, store())
    assert found["受理查阅"].actual.value == 1500
    assert found["办结率"].actual.value == Fraction("98.5")
    assert found["满意度"].actual.value == 96
    assert found["受理查阅"].source == "下级项目汇总（2个）"
    rolled = rolled_up(tree, store())
    assert rolled.whole.budget == sum(work.budget for work in rolled.below) == 200
    assert rolled.whole.executed == sum(work.executed for work in rolled.below) == Fraction("188.3")
    assert rolled.apart == (0, 0)
    assert rolled.problems() == []
    weighed = [Part(work.budget, work.budget, Actual(work.score)) for work in rolled.below]
    assert rolled.score == together(weighed, relative=True).value
    assert not rolled.whole.costed


def test_sub_projects_that_ask_one_count_share_it(tree):
    """Two projects that served the same persons did not serve twice as many."""
    GoalIndicator.objects.filter(goals__project__code="P1-3", name="受理查阅").update(metric="work:受理查阅")
    assert found_values(tree, store())["受理查阅"].actual.value == 1200


def test_a_sub_project_that_does_not_know_leaves_the_whole_unknown(tree):
    """Nothing is guessed."""
    GoalIndicator.objects.filter(goals__project__code="P1-3", name="受理查阅").update(metric="work:没有的事")
    assert found_values(tree, store())["受理查阅"].actual.is_missing


def test_a_sub_project_without_goals_is_told(tree):
    """Its money is in the sum all the same."""
    Goals.objects.get(project__code="P1-3").indicators.all().delete()
    Goals.objects.get(project__code="P1-3").delete()
    rolled = rolled_up(tree, store())
    assert rolled.apart == (0, 0)
    assert [problem.code for problem in rolled.problems()] == ["sub_project_without_goals"]


def test_a_unit_cost_has_its_named_denominator(tree):
    """133.30 for 1200 is 0.11 each; the work follows into the disclosure, as frozen."""
    first = works_below(tree, store())[1]
    assert [(each.name, each.value, each.unit) for each in first.outputs] == [("受理查阅", 1200, "件")]
    assert first.unit_cost(first.outputs[0]) == Fraction("133.3") / 1200
    assert first.cost_told(first.outputs[0]) == "每件0.11元"


def evaluate_tree(tree, people, bureau, **promise):
    payload = {
        "goals": tree.pk,
        "reasons": {"预算执行率": "尾款", "受理查阅": "目标偏低"},
        "measures": "按季支付",
    }
    through(people, "evaluation", bureau.office, payload | promise, "e")
    return Evaluation.objects.get()


def test_the_frozen_evaluation_keeps_its_work(tree, people, bureau):
    """What is published later is what was submitted, whatever the key work says by then."""
    evaluation = evaluate_tree(tree, people, bureau)
    Text.objects.filter(name="key_work").update(body="受理查阅9件")
    works = frozen_sheet(evaluation).works
    assert [work.code for work in works] == ["P1", "P1-1", "P1-3"]
    own = material(bureau.office, 2021)
    assert own.work("P1-1") == "受理查阅1200件（平均每件0.11元）"
    assert own.work("P1") == "受理查阅1500件"
    assert [sheet.project for sheet, _ in own.evaluated("projects")] == ["服务经费"]


def test_stages_are_counted_from_the_records(tree, people, bureau):
    """First-level projects with goals, monitored, by grade; problems found, solved, open."""
    evaluate_tree(tree, people, bureau, problem="执行慢")
    facts = store()
    asked = {
        "performance_goal_projects": 1,
        "performance_goal_amount": 200,
        "performance_monitored_projects": 0,
        "self_evaluated_projects": 1,
        "self_evaluated_excellent": 1,
        "self_evaluated_poor": 0,
        "performance_problems": 1,
        "performance_problems_open": 1,
    }
    from mingzhang.facts import Cell

    found = {name: facts.value(Cell(name).at(bureau.office.code, "2021")) for name in asked}
    assert found == asked


def test_a_project_with_goals_and_without_evaluation_is_not_counted_as_evaluated(tree, bureau):
    """Where goals are kept, evaluation is what was submitted."""
    from mingzhang.facts import Cell

    assert store().value(Cell("self_evaluated_projects").at(bureau.office.code, "2021")) == 0


def ex_ante(**change):
    names = ("立项必要性", "投入经济性", "绩效目标合理性", "实施方案可行性", "筹资合规性")
    return {
        "project": "P1-3",
        "evaluated_on": "2020-10-20",
        "requested_fen": 60_00,
        "supported_fen": 50_00,
        "aspects": [{"name": name, "points": "18", "words": "有依据"} for name in names],
    } | change


def test_an_ex_ante_evaluation_bounds_the_budget(tree, people, bureau):
    """55 budgeted where 50 were supported; the trail and the books agree."""
    through(people, "ex_ante", bureau.office, ex_ante(), "x")
    row = ExAnte.objects.get()
    assert (row.total, row.conclusion) == (90, "予以支持")
    (problem,) = ex_ante_of_budget(2021, {"P1-3": 55_00}, "预算")
    assert problem.code == "beyond_ex_ante"
    assert list(ex_ante_of_budget(2021, {"P1-3": 50_00}, "预算")) == []
    assert list(verify_books(Counter())) == []


def test_a_large_new_project_without_an_evaluation_is_named(tree, bureau):
    """From the threshold on, where the budget is entered and on the overview."""
    (problem,) = ex_ante_of_budget(2021, {"P1-3": 100_000_000}, "预算")
    assert problem.code == "ex_ante_missing"
    assert list(ex_ante_of_budget(2021, {"P1-3": 99_999_999}, "预算")) == []
    assert without_ex_ante(bureau.department, 2021, store()) == []


def promised(tree, people, bureau, **promise):
    evaluate_tree(tree, people, bureau, problem="指标空泛", **promise)
    return tree.commitments.get()


def next_year(tree, target):
    goals = Goals.objects.create(entity=tree.entity, year=2022, project=tree.project, form="hubei")
    GoalIndicator.objects.create(
        goals=goals, order=1, first_level="产出指标", second_level="数量指标", name="受理查阅", target=target, weight=80
    )  # fmt: skip
    return goals


@pytest.mark.parametrize(("target", "state"), [("≥1000件", BROKEN), ("≥1400件", OPEN)])
def test_a_promise_on_an_indicator_is_held_against_next_years_goals(tree, people, bureau, target, state):
    """As it was: broken; changed: kept, and open until its outcome is told."""
    promised(tree, people, bureau, replaces="受理查阅")
    goals = next_year(tree, target)
    (found,) = promises([goals], tree.entity, 2022, store(2021, 2022), date(2022, 3, 1))
    assert found.state == state
    assert target in found.shown


def test_a_promise_is_kept_when_its_outcome_is_told(tree, people, bureau):
    """Done with an outcome and the indicator replaced."""
    row = promised(tree, people, bureau, replaces="受理查阅")
    row.done_on, row.outcome = date(2022, 2, 1), "已改"
    row.save()
    (found,) = promises([next_year(tree, "≥1400件")], tree.entity, 2022, store(2021, 2022), date(2022, 3, 1))
    assert found.state == KEPT


def test_a_promise_past_its_day_is_broken(tree, people, bureau):
    """Nobody said what came of it."""
    row = promised(tree, people, bureau)
    row.due = date(2022, 6, 30)
    row.save()
    (found,) = promises([], tree.entity, 2022, store(2021, 2022), date(2022, 7, 1))
    assert (found.state, found.shown) == (BROKEN, "期限2022-06-30已过")


def test_a_promise_on_the_budget_is_held_against_next_years_budget(tree, people, bureau):
    """Sub-projects together; told where the budget is entered, and on the overview."""
    promised(tree, people, bureau, budget_at_most_fen=150_00)
    assert list(promised_budget(2022, {"P1-1": 100_00, "P1-3": 50_00}, "预算")) == []
    (problem,) = promised_budget(2022, {"P1-1": 100_00, "P1-3": 60_00}, "预算")
    assert problem.code == "promise_not_kept"
    line = {"stage": "initial", "document_number": "财预〔2022〕1号", "approved_on": "2022-01-20", "lines": [BUDGET | {"fen": 160_00}]}  # fmt: skip
    proposal = flow.save(people["accountant"], "budget", bureau.office, 2022, line, "b22")
    assert "promise_not_kept" in {each.code for each in flow.problems_of(proposal)}


def test_goals_that_break_a_promise_are_told_when_they_are_set(tree, people, bureau):
    """The indicator that was to be replaced, with its measure."""
    promised(tree, people, bureau, replaces="办结率")
    payload = {"project": "P1", "form": "hubei", "overall": "", "indicators": [
        indicator("受理查阅", "≥1400件", "40", "sub_projects"),
        indicator("办结率", "≥95%", "40", "sub_projects", ("效益指标", "社会效益指标"), relative=True),
    ]}  # fmt: skip
    proposal = flow.save(people["performance"], "goals", bureau.office, 2022, payload, "g22")
    assert "promise_not_kept" in {each.code for each in flow.problems_of(proposal)}
