"""Goals set, values reported, deviations explained, evaluations submitted: through the pages."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from mingzhang.records.models import (
    Commitment,
    Evaluation,
    ExAnte,
    Explanation,
    GoalIndicator,
    Goals,
    Monitoring,
    Project,
    Proposal,
    ReportedValue,
)

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


ASPECTS = {f"points-{place}": "18" for place in range(5)} | {
    f"words-{place}": "材料齐全" for place in range(5)
}
EX_ANTE = {
    "project": "new",
    "evaluated_on": "2020-10-20",
    "requested": "1500000",
    "supported": "1200000",
    "key": "x1",
    **ASPECTS,
}


@pytest.fixture
def new_project(district):
    return Project.objects.create(code="new", name="查阅便民", entity=district.own.office, year_from=2021)


def test_a_new_project_is_evaluated_beforehand_by_three_people(new_project, logged_in):
    """Points add up, the conclusion follows, the overview shows it; a second one replaces it and the trail keeps both."""
    for key, supported in (("x1", "1200000"), ("x2", "1000000")):
        form = EX_ANTE | {"key": key, "supported": supported, "submit": "1"}
        assert logged_in("performance").post(f"{AT}ex-ante/new/", form).status_code == 302
        proposal = Proposal.objects.get(key=key)
        for role, step in (("reviewer", "review"), ("approver", "approve")):
            proposal.refresh_from_db()
            logged_in(role).post(f"/proposals/{proposal.pk}/{step}/", {"version": proposal.version})
    row = ExAnte.objects.get()
    assert (row.total, row.conclusion, row.supported_fen, row.version) == (
        Decimal(90),
        "予以支持",
        100_000_000,
        2,
    )
    assert "查阅便民" in logged_in("bureau").get(AT).content.decode()


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"points-0": "21"}, "评分21不在0至20之间"),
        ({"points-0": "很高"}, "不是数字"),
        ({"points-0": ""}, "没有评分"),
        ({"words-0": ""}, "没有写评分依据"),
        ({"supported": "1600000"}, "不在0至申请金额之间"),
        ({"requested": "一百五十万"}, "不是金额"),
        ({"evaluated_on": ""}, "没有写评估日期"),
        ({"evaluated_on": "2999-01-01"}, "还没有到"),
        ({"project": "nothing"}, "没有选择项目"),
        ({f"points-{place}": "5" for place in range(5)}, "却建议支持资金"),
        ({"supported": "0"}, "建议支持金额却为0"),
    ],
)
def test_a_bad_ex_ante_evaluation_is_told_and_nothing_is_lost(new_project, logged_in, change, said):
    """What, where, what to do; what was typed stands in the form."""
    answer = logged_in("performance").post(f"{AT}ex-ante/new/", EX_ANTE | change | {"submit": "1"})
    text = answer.content.decode()
    assert answer.status_code == 422
    assert said in text
    assert "材料齐全" in text
    assert not ExAnte.objects.exists()


def evaluated(client, goals, logged_in, **more):
    """Submit and approve the evaluation; the proposal."""
    for name, value in (("普法活动次数", "900"), ("重新犯罪率", "1.46"), ("满意度", "96")):
        report(client, goals, name, value)
    form = {"measures": "加派人手", "key": "e1"} | more
    answer = client.post(f"{AT}{goals.pk}/evaluation/", form)
    if answer.status_code != 302:
        return answer
    proposal = Proposal.objects.get(key="e1")
    for role, step in (("reviewer", "review"), ("approver", "approve")):
        proposal.refresh_from_db()
        logged_in(role).post(f"/proposals/{proposal.pk}/{step}/", {"version": proposal.version})
    return answer


def test_what_an_evaluation_promises_is_shown_in_the_next_year(goals, logged_in):
    """With its day and its ceiling; next year's overview says how it stands, and it is done once."""
    promised = {
        "problem": "等候偏长",
        "due": "2999-12-31",
        "replaces": "满意度",
        "budget_at_most": "120000.00",
    }
    assert evaluated(logged_in("performance"), goals, logged_in, **promised).status_code == 302
    row = Commitment.objects.get()
    assert (row.problem, row.replaces, row.budget_at_most_fen) == ("等候偏长", "满意度", 12_000_000)
    text = logged_in("performance").get("/e/own/2022/performance/").content.decode()
    assert "承诺2022年预算不超过12.00万元，预算还没有下达" in text
    assert "待落实" in text


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"problem": "慢", "budget_at_most": "很少"}, "不是金额"),
        ({"problem": "慢", "due": "2022-01-01"}, "已过"),
        ({"problem": "", "due": "2999-01-01"}, "没有写问题"),
        ({"problem": "慢", "replaces": "没有的指标"}, "没有“没有的指标”这个指标"),
    ],
)
def test_a_bad_promise_is_told(goals, logged_in, change, said):
    """Nothing is frozen with it."""
    answer = evaluated(logged_in("performance"), goals, logged_in, **change)
    assert answer.status_code == 422
    assert said in answer.content.decode()
    assert not Evaluation.objects.exists()


def test_submitted_goals_and_evaluations_cannot_be_edited(goals, logged_in):
    """Neither the goals nor the evaluation: the message says what to do."""
    client = logged_in("performance")
    assert evaluated(client, goals, logged_in).status_code == 302
    answer = client.post(f"{AT}goals/new/", FORM | {"key": "k9", "submit": "1"})
    assert answer.status_code == 422
    assert "已经提交自评，目标不能再改" in answer.content.decode()
    answer = client.post(f"{AT}{goals.pk}/evaluation/", {"measures": "x", "key": "e9"})
    assert "没有写重新自评的原因" in answer.content.decode()
    assert Evaluation.objects.count() == 1


def test_monitoring_is_kept_once_a_day_and_only_with_its_explanations(goals, logged_in):
    """A red light wants its reason first."""
    client = logged_in("section")
    report(client, goals, "满意度", "60", on="2021-06-01")
    form = {"on": "2021-06-30"}
    answer = client.post(f"{AT}{goals.pk}/monitoring/", form)
    assert answer.status_code == 422
    assert "偏差没有说明" in answer.content.decode()
    for on, said in (("2999-01-01", "还没有到"), ("2020-06-30", "不在2021年度")):
        assert said in client.post(f"{AT}{goals.pk}/monitoring/", {"on": on}).content.decode()
    Explanation.objects.create(goals=goals, about="满意度", on=date(2021, 6, 2), reason="等候时间长")
    assert client.post(f"{AT}{goals.pk}/monitoring/", form).status_code == 302
    assert "已经监控过" in client.post(f"{AT}{goals.pk}/monitoring/", form).content.decode()
    assert Monitoring.objects.get().light == "红"


def test_work_and_money_page_names_what_has_no_goals(goals, logged_in):
    """Nothing to show yet, said so."""
    assert "今年还没有一级项目的绩效目标" in logged_in("bureau").get(f"{AT}work/").content.decode()
