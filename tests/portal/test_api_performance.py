"""Performance through the API: goals as proposals, values with their source, each mistake told."""

from __future__ import annotations

import pytest
from test_api_work import Program

from mingzhang.records.models import Evaluation, Goals, ReportedValue

pytestmark = pytest.mark.django_db
AT = "/entities/own/2021/performance"


def indicator(name, target, weight, levels, **more):
    first, second = levels.split("/")
    return {"name": name, "target": target, "weight": weight, "first_level": first, "second_level": second, "evidence": "台账"} | more  # fmt: skip


ROWS = [
    indicator("普法活动次数", "≥800次", "40", "产出指标/数量指标"),
    indicator("重新犯罪率", "≤3%", "30", "效益指标/社会效益指标", relative=True),
    indicator("满意度", "≥95%", "10", "满意度指标/服务对象满意度指标", relative=True),
]
GOALS = {"project": "", "form": "hubei", "overall": "做好各项工作", "indicators": ROWS}


@pytest.fixture(autouse=True)
def _data_folder(tmp_path, monkeypatch):
    monkeypatch.setenv("MINGZHANG_HOME", str(tmp_path))


@pytest.fixture
def programs(district):
    return {role: Program(person) for role, person in district.people.items()}


def through(programs, kind, payload, key):
    proposal = programs["performance"].prepare(payload, kind, key, entity="own")
    for role, step in (("performance", "submit"), ("reviewer", "review"), ("approver", "approve")):
        proposal = programs[role].step(proposal, step)
    return proposal


@pytest.fixture
def goals(programs):
    through(programs, "goals", GOALS, "goals-key-1")
    return Goals.objects.get()


def test_goals_and_values_are_read_with_their_source(goals, programs):
    """A reported value with its evidence."""
    stated = {"indicator": "满意度", "on": "2021-12-31", "value": "96", "evidence": "回访记录"}
    assert programs["section"].ask("POST", f"{AT}/{goals.pk}/values", stated)["value"] == "96.0000"
    (found,) = programs["inspector"].ask("GET", AT)
    values = {each["name"]: (each["value"], each["source"]) for each in found["indicators"]}
    assert values["满意度"] == ("96", "填报：回访记录")
    assert values["普法活动次数"] == (None, "还没有填报")


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"value": "很多"}, "not_a_number"),
        ({"value": "120"}, "over_hundred"),
        ({"value": "-1"}, "value_negative"),
        ({"evidence": " "}, "evidence_missing"),
        ({"on": "2020-12-31"}, "before_the_year"),
        ({"on": "2999-01-01"}, "date_in_future"),
    ],
)
def test_a_bad_value_is_told(goals, programs, change, code):
    """Code, what, where, remedy; nothing is kept."""
    stated = {"indicator": "满意度", "on": "2021-12-31", "value": "96", "evidence": "台账"} | change
    answer = programs["section"].ask("POST", f"{AT}/{goals.pk}/values", stated, 422)
    assert [problem["code"] for problem in answer["problems"]] == [code]
    assert all(answer["problems"][0][name] for name in ("what", "where", "remedy"))
    assert not ReportedValue.objects.exists()


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"weight": "50"}, "weights_do_not_add_up"),
        ({"weight": "四十"}, "indicator_unreadable"),
        ({"target": ""}, "indicator_unreadable"),
        ({"target": "≥120%", "name": "参与率"}, "over_hundred"),
        ({"target": "高"}, "not_measurable"),
        ({"metric": "no_such_thing"}, "unknown_metric"),
    ],
)
def test_bad_goals_are_told_and_kept_as_a_draft(programs, change, code):
    """Submitting is refused while an error stands; the draft keeps every word."""
    payload = GOALS | {"indicators": [ROWS[0] | change, *ROWS[1:]]}
    proposal = programs["performance"].prepare(payload, "goals", "goals-key-2", entity="own")
    assert code in {problem["code"] for problem in proposal["problems"]}
    assert proposal["payload"] == payload
    if any(problem["severity"] == "error" for problem in proposal["problems"]):
        programs["performance"].step(proposal, "submit", 422)


def test_an_evaluation_is_frozen_against_editing(goals, programs):
    """A second one needs its reason, the goals cannot change any more."""
    for name, value in (("普法活动次数", "900"), ("重新犯罪率", "1.46"), ("满意度", "97")):
        stated = {"indicator": name, "on": "2021-12-31", "value": value, "evidence": "台账"}
        programs["section"].ask("POST", f"{AT}/{goals.pk}/values", stated)
    payload = {"goals": goals.pk, "reasons": {}, "measures": "保持"}
    through(programs, "evaluation", payload, "evaluation-1")
    again = programs["performance"].prepare(payload, "evaluation", "evaluation-2", entity="own")
    assert "restatement_reason_missing" in {problem["code"] for problem in again["problems"]}
    changed = programs["performance"].prepare(GOALS, "goals", "goals-key-3", entity="own")
    assert [problem["code"] for problem in changed["problems"]] == ["already_evaluated"]
    assert Evaluation.objects.get().total == 100


def test_a_target_in_words_wants_a_level(programs):
    """A number where a judgement belongs is told, with the levels to choose from."""
    rows = [*ROWS[:2], indicator("诉讼及时性", "及时", "10", "满意度指标/服务对象满意度指标")]
    through(programs, "goals", GOALS | {"indicators": rows}, "goals-key-4")
    stated = {"indicator": "诉讼及时性", "on": "2021-12-31", "value": "96", "evidence": "台账"}
    answer = programs["section"].ask("POST", f"{AT}/{Goals.objects.get().pk}/values", stated, 422)
    assert "达成预期指标" in answer["problems"][0]["remedy"]
