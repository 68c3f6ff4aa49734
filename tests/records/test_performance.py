"""Goals, values, monitoring and self-evaluation over the books."""

from __future__ import annotations

from collections import Counter
from datetime import date
from decimal import Decimal
from fractions import Fraction

import pytest
from bookkeeping import accept, book

from mingzhang.records.models import (
    Evaluation,
    Explanation,
    Goals,
    Grant,
    ReportedValue,
    StaffChange,
    User,
)
from mingzhang.records.performance.evaluating import self_evaluation
from mingzhang.records.performance.monitoring import spent_by, watched
from mingzhang.records.performance.values import found_values
from mingzhang.records.points import fact_store
from mingzhang.records.proposals import flow
from mingzhang.records.proposals.kind import RefusedError
from mingzhang.records.verifying import verify_books

pytestmark = pytest.mark.django_db

BUDGET = {
    "function": "2040601",
    "economic": "30201",
    "nature": "project",
    "fund": "general_public_budget",
    "project": "P1-1",
    "fen": 145_00,
}


@pytest.fixture
def people(bureau):
    made = {}
    for role in ("performance", "accountant", "reviewer", "approver"):
        made[role] = User.objects.create(username=role, name=role)
        Grant.objects.create(user=made[role], role=role, entity=bureau.department)
    return made


def through(people, kind, entity, payload, key, by="performance"):
    proposal = flow.save(people[by], kind, entity, 2021, payload, key)
    proposal = flow.submit(people[by], proposal, proposal.version)
    proposal = flow.review(people["reviewer"], proposal, proposal.version)
    return flow.approve(people["approver"], proposal, proposal.version)


def indicator(
    name="在职人数",
    target="≥7人",
    weight="80",
    metric="staff_in_post",
    level=("产出指标", "数量指标"),
    **more,
):
    return {
        "name": name,
        "target": target,
        "weight": weight,
        "metric": metric,
        "first_level": level[0],
        "second_level": level[1],
    } | more


def three(**changes):
    return [
        indicator(weight="40"),
        indicator(
            "重新犯罪率", "≤3%", "30", "", ("效益指标", "社会效益指标"), evidence="台账", relative=True
        ),
        indicator(
            "群众满意度",
            "≥95%",
            "10",
            "",
            ("满意度指标", "服务对象满意度指标"),
            evidence="回访记录",
            relative=True,
        ),
    ]


@pytest.fixture
def goals(bureau, people):
    budget = {
        "stage": "initial",
        "document_number": "财预〔2021〕1号",
        "approved_on": "2021-01-20",
        "lines": [BUDGET],
    }
    through(people, "budget", bureau.office, budget, "b", by="accountant")
    StaffChange.objects.create(
        entity=bureau.office, on=date(2020, 1, 1), kind="administrative", change=7, reason="opening"
    )
    accept(
        book(
            bureau.office,
            "V24",
            100_00,
            date(2021, 5, 20),
            economic="30201",
            project="P1-1",
            payment="direct",
            contract="HT",
        ),
        book(
            bureau.office,
            "V24",
            33_30,
            date(2021, 9, 20),
            economic="30201",
            project="P1-1",
            payment="direct",
            contract="HT",
        ),
    )
    payload = {"project": "P1", "form": "hubei", "overall": "保障服务", "indicators": three()}
    through(people, "goals", bureau.office, payload, "g")
    return Goals.objects.get()


def report(goals, name, value, on=date(2021, 12, 31), **more):
    return ReportedValue.objects.create(
        indicator=goals.indicators.get(name=name), value=Decimal(value), on=on, evidence="台账", **more
    )


def store():
    return fact_store("bureau", (2020, 2021))


def test_goals_enter_when_three_people_agree(goals):
    """The sub-project's money is the first-level project's."""
    assert [row.name for row in goals.indicators.all()] == ["在职人数", "重新犯罪率", "群众满意度"]
    evaluated = self_evaluation(goals, store()).evaluated
    assert (evaluated.budget, evaluated.executed) == (Fraction(145), Fraction("133.3"))


def test_a_record_answers_before_a_person(goals):
    """And a person who says otherwise is contradicted."""
    report(goals, "在职人数", "9")
    found = found_values(goals, store())["在职人数"]
    assert found.actual.value == 7
    assert found.source.startswith("台账：")
    assert found.contradicted == "填报9人，台账为7人"


def test_the_score_follows_from_the_records(goals):
    """20 × 133.3/145 and full marks: 98.39."""
    report(goals, "重新犯罪率", "1.46")
    report(goals, "群众满意度", "100")
    evaluation = self_evaluation(goals, store())
    assert evaluation.evaluated.total == Fraction("98.39")
    assert [problem.code for problem in evaluation.problems()] == ["reason_missing", "measures_missing"]


def test_an_evaluation_is_frozen_and_restated_beside(goals, people, bureau):
    """What was submitted stays; a second one needs a reason and gets the next number."""
    report(goals, "重新犯罪率", "1.46")
    report(goals, "群众满意度", "100")
    payload = {
        "goals": goals.pk,
        "reasons": {"预算执行率": "合同跨年"},
        "measures": "加快支付",
        "problem": "执行率偏低",
    }
    through(people, "evaluation", bureau.office, payload, "e1")
    report(goals, "群众满意度", "90", on=date(2022, 1, 10))
    first = Evaluation.objects.get()
    assert (first.total, first.grade) == (Decimal("98.39"), "优")
    assert goals.commitments.get().problem == "执行率偏低"
    with pytest.raises(RefusedError) as refused:
        through(people, "evaluation", bureau.office, payload, "e2")
    assert {problem.code for problem in refused.value.problems} == {
        "restatement_reason_missing",
        "reason_missing",
    }
    again = payload | {
        "restated_because": "满意度复核",
        "reasons": {"预算执行率": "合同跨年", "群众满意度": "样本复核"},
    }
    through(people, "evaluation", bureau.office, again, "e3")
    assert list(verify_books(Counter())) == []
    assert [(each.number, each.total) for each in Evaluation.objects.all()] == [
        (1, Decimal("98.39")),
        (2, Decimal("97.86")),
    ]


def test_evaluated_goals_cannot_be_changed(goals, people, bureau):
    """The target is not moved to where the arrow stuck."""
    test_an_evaluation_is_frozen_and_restated_beside(goals, people, bureau)
    payload = {"project": "P1", "form": "hubei", "overall": "", "indicators": three()}
    with pytest.raises(RefusedError) as refused:
        through(people, "goals", bureau.office, payload, "g9")
    assert refused.value.problems[0].code == "already_evaluated"


def test_goals_changed_in_the_year_must_be_explained(goals, people, bureau):
    """A second approval is a change, and values reported stay with indicators of the same name."""
    report(goals, "群众满意度", "100")
    changed = {"project": "P1", "form": "hubei", "overall": "", "indicators": three()}
    through(people, "goals", bureau.office, changed, "g2")
    goals.refresh_from_db()
    assert goals.changed_in_year
    assert ("绩效目标年中调整", "目标在年度中调整过") in self_evaluation(goals, store()).must_explain()
    assert ReportedValue.objects.count() == 1


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"weight": "41"}, "weights_do_not_add_up"),
        ({"weight": "四十"}, "indicator_unreadable"),
        ({"target": ""}, "indicator_unreadable"),
        ({"name": ""}, "indicator_unreadable"),
        ({"metric": "no_such_thing"}, "unknown_metric"),
        ({"first_level": "其他指标"}, "unknown_level"),
        ({"name": "投诉件数", "target": "≥5件"}, "direction_doubtful"),
        ({"target": "9—7人"}, "indicator_unreadable"),
    ],
)
def test_bad_goals_are_told_at_their_row(bureau, people, change, code):
    """What, where, what to do; and what was typed is kept as a draft."""
    payload = {
        "project": "P1",
        "form": "hubei",
        "overall": "",
        "indicators": [three()[0] | change, *three()[1:]],
    }
    proposal = flow.save(people["performance"], "goals", bureau.office, 2021, payload, "g")
    problems = flow.problems_of(proposal)
    assert code in {problem.code for problem in problems}
    assert all(problem.remedy for problem in problems)
    proposal.refresh_from_db()
    assert proposal.payload == payload


def test_money_up_to_a_day_is_that_of_the_ledger(goals):
    """100 by June, 133.3 in the end."""
    assert spent_by(goals, date(2021, 6, 30)) == 100
    assert spent_by(goals, date(2021, 12, 1)) == Fraction("133.3")


def test_what_is_behind_wants_an_explanation(goals):
    """A red light without a reason is a problem, with one it is not, overdue it is again."""
    report(goals, "群众满意度", "60", on=date(2021, 6, 1))
    seen = watched(goals, store(), date(2021, 6, 30))
    assert seen.light == "红"
    assert seen.unexplained() == ["群众满意度"]
    Explanation.objects.create(
        goals=goals,
        about="群众满意度",
        on=date(2021, 6, 10),
        reason="等候时间长",
        measure="增设窗口",
        due=date(2021, 6, 20),
    )
    seen = watched(goals, store(), date(2021, 6, 30))
    assert seen.unexplained() == []
    assert [problem.code for problem in seen.problems()] == ["measure_overdue"]
