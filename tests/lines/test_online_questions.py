"""The line of online questions: what its guards refuse, and that its clocks and figures are what the platform's rules say."""

from datetime import UTC, date, datetime, timedelta, timezone

import pytest

from mingzhang.casework.metrics import figure
from mingzhang.casework.periods import year
from mingzhang.lines import lines
from mingzhang.lines.online_questions import guards

LINE = lines()["online_questions"]
TODAY = date(2021, 3, 9)
ASKED = datetime(2021, 3, 5, 9, 0, tzinfo=timezone(timedelta(hours=8)))
ANSWER = {"kind": "答复", "by": "律师", "text": "根据民法典第七百二十一条，押金应当退还，建议先书面催告。"}


@pytest.mark.parametrize(
    ("guard", "record", "payload", "code"),
    [
        ("body_is_long_enough", {}, {"body": "房东不退押金"}, "E-RANGE"),
        ("body_is_long_enough", {}, {"body": "问" * 2001}, "E-RANGE"),
        ("body_is_long_enough", {}, {"body": "退租以后房东不退押金怎么办"}, None),
        ("body_is_long_enough", {}, {}, None),
        ("guardian_agreed", {"under_fourteen": True}, {}, "E-GUARD:guardian"),
        ("guardian_agreed", {"under_fourteen": True}, {"guardian_consent": True}, None),
        ("public_copy_is_clean", {"anonymous_public": False}, {"public_copy": "某人问押金。"}, "E-SEC"),
        ("public_copy_is_clean", {"anonymous_public": True}, {"public_copy": "请打13800000000。"}, "E-SEC"),
        ("public_copy_is_clean", {"anonymous_public": True}, {"public_copy": "号码42011119900307291X"}, "E-SEC"),
        ("public_copy_is_clean", {"anonymous_public": True}, {"public_copy": "2021年租金3200元。"}, None),
        ("is_a_real_answer", {}, {"messages": [{**ANSWER, "text": "可以。"}]}, "E-GUARD:quality"),
        ("is_a_real_answer", {}, {"messages": [{**ANSWER, "by": "提问人"}]}, "E-GUARD:quality"),
        ("is_a_real_answer", {}, {}, "E-GUARD:quality"),
        ("is_a_real_answer", {}, {"messages": [ANSWER]}, None),
        ("is_a_follow_up", {}, {"messages": [ANSWER]}, "E-GUARD:follow_up"),
        ("is_a_follow_up", {}, {"messages": [ANSWER, {"kind": "追问", "by": "提问人"}]}, None),
        ("answered_after_asking", {"received_at": ASKED}, {"first_answer_at": datetime(2021, 3, 5, 0, 59, tzinfo=UTC)}, "E-ORDER"),
        ("answered_after_asking", {"received_at": ASKED}, {"first_answer_at": datetime(2021, 3, 5, 8, 59)}, "E-ORDER"),
        ("answered_after_asking", {"received_at": ASKED}, {"first_answer_at": datetime(2021, 3, 5, 9, 5)}, None),
        ("asker_agrees", {}, {"asker_agreed": False}, "E-GUARD:asker"),
        ("quiet_long_enough", {"deadlines": {"DR09-03": TODAY}}, {}, "E-GUARD:quiet"),
        ("quiet_long_enough", {"deadlines": {"DR09-03": TODAY - timedelta(days=1)}}, {}, None),
        ("merged_into_another", {"key": "a"}, {"merged_into": "a"}, "E-GUARD:merge"),
        ("merged_into_another", {"key": "a"}, {"merged_into": "b"}, None),
    ],
)  # fmt: skip
def test_a_guard_refuses_with_its_code_and_a_remedy(guard, record, payload, code):
    problem = getattr(guards, guard)(record, payload, TODAY)
    assert (problem and problem.code) == code
    assert problem is None or problem.remedy


def test_every_way_that_ends_a_question_stops_its_clocks():
    """Of a question that is closed no clock of answering goes on."""
    table = LINE.kinds["question"].states
    final = {state.id for state in table.states if state.final}
    starts = {
        "open": {"DR09-01"},
        "routed": {"DR09-01"},
        "pool": {"DR09-01", "DR09-02"},
        "answered": {"DR09-03"},
        "followed": {"DR09-02"},
    }
    for step in table.transitions:
        for source in step.sources if step.target in final else ():
            assert starts[source] | {"DR09-04"} <= set(step.stops), (step.action, source)


def test_figures_of_a_few_questions_by_hand():
    """Four asked, one merged; two answered after 10 and 90 minutes, ratings 5 and 2."""

    def question(key, minutes=None, **more):
        answered = None if minutes is None else ASKED + timedelta(minutes=minutes)
        return {"key": key, "kind": "question", "received_at": ASKED, "received_on": ASKED.date(), "state": "closed",
                "first_answer_at": answered, **more}  # fmt: skip

    records = [
        question("a", 10, rating=5, rated_on=TODAY),
        question("b", 90, rating=2, rated_on=TODAY),
        question("c", state="pool"),
        question("d", state="merged"),
    ]
    printed = {name: figure(metric, year(2021), records).printed for name, metric in LINE.metrics.items()}
    assert (printed["M09-01"], printed["M09-02a"], printed["M09-02d"]) == ("3", "50", "90")
    assert (printed["M09-03a"], printed["M09-08"]) == ("66.7%", "50.0%")
