"""State tables: what is offered, what is refused and why, and that no path leads around a guard."""

from datetime import date

import pytest
from bookshop_line import bookshop
from hypothesis import given
from hypothesis import strategies as st

from mingzhang.casework.definitions import State, StateTable, Transition
from mingzhang.casework.states import (
    Actor,
    from_state,
    offered,
    refusals,
    state_of,
    table_mistakes,
    transition_for,
)
from mingzhang.documents import Problem
from mingzhang.lines import lines

TABLE = bookshop().kinds["loan"].states
GUARDS = bookshop().guards
CLERK = Actor("甲", frozenset({"PLS"}))
READER = Actor("乙", frozenset({"PUBLIC"}))
TODAY = date(2021, 6, 30)


def codes(action, view, actor=CLERK, payload=None, **stated):
    stated = {"occurred_on": TODAY, "today": TODAY, "guards": GUARDS, **stated}
    return [problem.code for problem in refusals(TABLE, view, action, payload or {}, actor, **stated)]


def test_a_step_is_taken_by_its_role_from_its_state():
    assert codes("ask", {}) == []
    assert codes("lend", {"state": "asked", "deposit": 100}) == []
    assert codes("lend", {"state": "asked"}, payload={"deposit": 100}) == []


@pytest.mark.parametrize("state", ["", "lent", "back", "nowhere"])
def test_a_step_from_another_state_is_refused(state):
    (problem,) = refusals(
        TABLE, {"state": state}, "lend", {}, CLERK, occurred_on=TODAY, today=TODAY, guards=GUARDS
    )
    assert problem.code == "E-STATE"
    assert "借出" in problem.what


def test_an_unknown_action_is_refused():
    assert codes("burn", {"state": "asked"}) == ["E-STATE"]


def test_every_reason_is_told_not_only_the_first():
    found = codes("lend", {"state": "asked"}, READER, occurred_on=date(2021, 7, 1), last_on=date(2021, 7, 2))
    assert found == ["E-ROLE", "E-ORDER", "E-ORDER", "E-GUARD:deposit"]


def test_two_people_are_two_people():
    assert codes("refuse", {"state": "asked"}, drafted_by="甲") == ["E-SELF"]
    assert codes("refuse", {"state": "asked"}, drafted_by="丙") == []
    assert codes("take_back", {"state": "lent"}, drafted_by="甲") == []


@pytest.mark.parametrize(
    ("occurred", "last", "expected"),
    [
        (date(2021, 6, 30), date(2021, 6, 30), []),
        (date(2021, 6, 29), date(2021, 6, 30), ["E-ORDER"]),
        (date(2021, 7, 1), None, ["E-ORDER"]),
        (date(2021, 6, 1), None, []),
    ],
)
def test_days_do_not_run_backwards_nor_ahead(occurred, last, expected):
    assert codes("take_back", {"state": "lent"}, occurred_on=occurred, last_on=last) == expected


def test_what_may_be_done_now_is_offered_with_the_reasons_against_the_rest():
    found = {
        offer.transition.action: offer for offer in offered(TABLE, {"state": "asked"}, CLERK, TODAY, GUARDS)
    }
    assert list(found) == ["lend", "refuse"]
    assert [problem.code for problem in found["lend"].refusals] == ["E-GUARD:deposit"]
    assert found["refuse"].is_open
    assert all(
        offer.refusals[0].code == "E-ROLE"
        for offer in offered(TABLE, {"state": "asked"}, READER, TODAY, GUARDS)
    )


def test_the_nightly_run_is_offered_to_nobody():
    actions = {offer.transition.action for offer in offered(TABLE, {"state": "lent"}, CLERK, TODAY, GUARDS)}
    assert actions == {"mark_damaged", "take_back"}
    assert codes("remind", {"state": "lent"}) == ["E-ROLE"]


def test_rows_of_one_action_are_told_apart_by_their_condition():
    first = Transition("send", "寄出", ("a",), "b", ("PLS",), where={"way": "邮寄"})
    second = Transition("send", "交付", ("a",), "c", ("PLS",))
    table = StateTable(1, (State("a", "甲"),), (first, second))
    assert transition_for(table, "a", "send", {"way": "邮寄"}) is first
    assert transition_for(table, "a", "send", {"way": "到馆"}) is second


@given(st.data())
def test_no_path_leads_around_a_guard(data):
    """Walk at random: whatever was taken before, what a guard refuses is not taken."""
    never = {
        name: (lambda record, payload, today: Problem("E-GUARD:no", "不", "某", "不。")) for name in GUARDS
    }
    state, taken = "", []
    for _ in range(data.draw(st.integers(1, 12))):
        action = data.draw(st.sampled_from([each.action for each in TABLE.transitions]))
        if refusals(TABLE, {"state": state}, action, {}, CLERK, occurred_on=TODAY, today=TODAY, guards=never):
            continue
        transition = transition_for(TABLE, state, action, {"state": state})
        taken.append(action)
        state = transition.target
    assert "lend" not in taken
    assert state in ("", "asked", "refused")


def test_every_row_of_every_line_refuses_what_is_not_its_own():
    """Each step of each table: another state is E-STATE, another role E-ROLE."""
    nobody = Actor("无", frozenset())
    rows = 0
    for line in lines().values():
        passing = dict.fromkeys(line.guards, lambda record, payload, today: None)
        for kind in line.kinds.values():
            for each in kind.states.transitions if kind.states else ():
                rows += 1
                view = {"state": each.sources[0] if each.sources else ""}
                stated = {"occurred_on": TODAY, "today": TODAY, "guards": passing}
                if transition_for(kind.states, view["state"], each.action, view) is each:
                    found = refusals(kind.states, view, each.action, {}, nobody, **stated)
                    assert [problem.code for problem in found] == ["E-ROLE"]
                elsewhere = {"state": "nowhere"}
                found = refusals(kind.states, elsewhere, each.action, {}, nobody, **stated)
                assert [problem.code for problem in found] == ["E-STATE"]
    assert rows > 50


def test_a_sound_table_has_no_mistakes():
    assert list(table_mistakes(TABLE, GUARDS, {"PLS", "JO", "PUBLIC"})) == []


def state(name, **stated):
    return State(name, name, **stated)


def step(action, sources, target, **stated):
    return Transition(action, action, tuple(sources), target, stated.pop("roles", ("PLS",)), **stated)


@pytest.mark.parametrize(
    ("states", "steps", "told"),
    [
        ([state("a", final=True)], [], "没有登记记录的步骤"),
        ([state("a", final=True)], [step("open", [], "b")], "不存在的状态“b”"),
        ([state("a")], [step("open", [], "a")], "没有出路"),
        ([state("a", final=True), state("b", final=True)], [step("open", [], "a")], "没有步骤到达"),
        ([state("a", final=True)], [step("open", [], "")], "没有状态"),
        ([state("a", final=True), state("a")], [step("open", [], "a")], "写了两次"),
        ([state("a", final=True)], [step("open", [], "a"), step("open", [], "a")], "写了两次"),
        ([state("a", final=True)], [step("open", [], "a", guards=("g",))], "没有函数"),
        ([state("a", final=True)], [step("open", [], "a", roles=("BOSS",))], "BOSS"),
        ([state("a", final=True)], [step("open", [], "a", roles=())], "没有岗位"),
        (
            [state("a", final=True), state("b", final=True)],
            [step("open", [], "a"), step("go", ["a"], "b")],
            "终结状态",
        ),
    ],
)
def test_what_does_not_hold_together_is_told(states, steps, told):
    table = StateTable(1, tuple(states), tuple(steps))
    assert any(told in mistake.what for mistake in table_mistakes(table, {}, {"PLS"}))


def test_a_final_state_may_be_reopened_and_may_open_a_child():
    table = StateTable(
        1,
        (state("a"), state("b", final=True)),
        (
            step("open", [], "a"),
            step("end", ["a"], "b"),
            step("reopen", ["b"], "a"),
            step("object", ["b"], "", opens="objection"),
        ),
    )
    assert list(table_mistakes(table, {}, {"PLS"})) == []
    assert [each.action for each in from_state(table, "b")] == ["reopen", "object"]
    assert state_of(table, "b").final
    assert state_of(table, "c") is None
