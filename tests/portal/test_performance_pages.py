"""Goals set, values reported, deviations explained, evaluations submitted: through the pages."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from mingzhang.records.models import Evaluation, Explanation, GoalIndicator, Goals, Proposal, ReportedValue

pytestmark = pytest.mark.django_db

AT = "/e/own/2021/performance/"


def row(place, levels, name, target, weight, **more):
    stated = {"levels": levels, "name": name, "target": target, "weight": weight, "evidence": "台账"} | more
    return {f"{key}-{place}": value for key, value in stated.items()}


FORM = {
    "project": "",
    "form": "hubei",
    "overall": "做好各项工作",
    "key": "k1",
    **row(0, "产出指标/数量指标", "普法活动次数", "≥800次", "40"),
    **row(1, "效益指标/社会效益指标", "重新犯罪率", "≤3%", "30", relative="on"),
    **row(2, "满意度指标/服务对象满意度指标", "满意度", "≥95%", "10", relative="on"),
}


@pytest.fixture
def goals(district, logged_in):
    logged_in("performance").post(f"{AT}goals/new/", FORM | {"submit": "1"})
    proposal = Proposal.objects.get()
    for role, step in (("reviewer", "review"), ("approver", "approve")):
        proposal.refresh_from_db()
        logged_in(role).post(f"/proposals/{proposal.pk}/{step}/", {"version": proposal.version})
    return Goals.objects.get()


def report(client, goals, name, value, **more):
    indicator = GoalIndicator.objects.get(name=name)
    form = {"indicator": indicator.pk, "on": "2021-12-31", "value": value, "evidence": "台账"} | more
    return client.post(f"{AT}{goals.pk}/value/", form)


def test_goals_set_on_the_page_are_approved_by_two_others(goals):
    """The rows as typed, in order."""
    assert [(each.name, each.target, each.weight) for each in goals.indicators.all()] == [
        ("普法活动次数", "≥800次", Decimal(40)),
        ("重新犯罪率", "≤3%", Decimal(30)),
        ("满意度", "≥95%", Decimal(10)),
    ]


def test_wrong_goals_come_back_with_everything_typed(district, logged_in):
    """422, the problem, and the form as it was."""
    answer = logged_in("performance").post(f"{AT}goals/new/", FORM | {"weight-0": "50", "submit": "1"})
    text = answer.content.decode()
    assert answer.status_code == 422
    assert "指标权重合计90分，应为80分" in text
    assert 'value="普法活动次数"' in text
    assert Proposal.objects.get().state == "draft"


@pytest.mark.parametrize(
    ("name", "value", "more", "said"),
    [
        ("普法活动次数", "很多", {}, "不是数字"),
        ("满意度", "120", {}, "超过100%"),
        ("普法活动次数", "-1", {}, "负数"),
        ("普法活动次数", "3", {"evidence": " "}, "没有写佐证"),
        ("普法活动次数", "3", {"on": "2020-12-31"}, "早于2021年度"),
        ("普法活动次数", "3", {"on": "2999-01-01"}, "还没有到"),
    ],
)
def test_a_bad_value_is_told_and_nothing_is_lost(goals, logged_in, name, value, more, said):
    """What, where, what to do; the value stands in the form still."""
    answer = report(logged_in("section"), goals, name, value, **more)
    text = answer.content.decode()
    assert answer.status_code == 422
    assert said in text
    assert f'value="{value}"' in text
    assert not ReportedValue.objects.exists()


def test_an_evaluation_demands_its_reasons_and_is_then_frozen(goals, logged_in):
    """Missing target: a reason; three people; the score stands."""
    client = logged_in("performance")
    for name, value in (("普法活动次数", "900"), ("重新犯罪率", "1.46"), ("满意度", "90")):
        assert report(client, goals, name, value).status_code == 302
    page = client.get(f"{AT}{goals.pk}/").content.decode()
    assert "满意度：没有达到目标" in page
    form = {"reason:满意度": "", "measures": "加派人手", "key": "e1"}
    assert client.post(f"{AT}{goals.pk}/evaluation/", form).status_code == 422
    form = {"reason:满意度": "等候时间长", "measures": "加派人手", "key": "e2"}
    assert client.post(f"{AT}{goals.pk}/evaluation/", form).status_code == 302
    proposal = Proposal.objects.get(key="e2")
    for role, step in (("reviewer", "review"), ("approver", "approve")):
        proposal.refresh_from_db()
        logged_in(role).post(f"/proposals/{proposal.pk}/{step}/", {"version": proposal.version})
    assert Evaluation.objects.get().total == Decimal("99.47")


def test_a_deviation_is_explained_and_its_measure_done(goals, logged_in):
    """With a day; and only once."""
    client = logged_in("section")
    form = {"about": "满意度", "reason": "等候时间长", "measure": "增设窗口", "due": ""}
    assert client.post(f"{AT}{goals.pk}/explanation/", form).status_code == 422
    client.post(f"{AT}{goals.pk}/explanation/", form | {"due": "2021-09-30"})
    row = Explanation.objects.get()
    assert row.due == date(2021, 9, 30)
    for _ in range(2):
        client.post(f"{AT}promise/explanation/{row.pk}/", {"version": 1, "outcome": "已增设"})
    row.refresh_from_db()
    assert (row.outcome, row.version) == ("已增设", 2)


@pytest.mark.parametrize("form", ["docx", "pdf", "xlsx", "html"])
def test_the_form_can_be_taken_away_in_every_format(goals, logged_in, form):
    """A draft while nothing is submitted."""
    answer = logged_in("inspector").get(f"{AT}{goals.pk}/file/{form}/")
    assert answer.status_code == 200
    assert len(answer.content) > 2_000


def test_the_picture_shows_every_goal_with_its_light(goals, logged_in):
    """Grey without data, with a reason in words for who does not see colours."""
    text = logged_in("bureau").get(f"{AT}?on=2021-06-30").content.decode()
    assert "普法活动次数：目标≥800次，现为—次。还没有数据" in text
