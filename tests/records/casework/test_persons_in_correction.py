"""Community corrections on the engine: a minor's file is sealed from its first event, an admission needs its team, a leave its level."""

from datetime import date

import pytest

from mingzhang.records.casework.access import CaseAccess
from mingzhang.records.casework.documents import text_of
from mingzhang.records.casework.errors import RefusedError
from mingzhang.records.casework.histories import Past, PastStep, enter_histories
from mingzhang.records.casework.keys import new_key
from mingzhang.records.casework.models import CasePost, Record
from mingzhang.records.casework.opening import open_record
from mingzhang.records.casework.people import add_person
from mingzhang.records.casework.transitions import approve, take
from mingzhang.records.models import User
from mingzhang.records.trail import enter as book
from records.casework.helping import BEGINNING, clean, key, make_district

ON = date(2023, 3, 1)
TODAY = date(2023, 6, 1)


@pytest.fixture
def place(db):
    """The district with two officers of corrections, the second of whom approves."""
    found = make_district()
    for name in ("officer", "second"):
        person = User(username=f"cor_{name}", name=f"矫正{name}")
        person.set_unusable_password()
        book([person])
        book([CasePost(user=person, role="COR", valid_from=BEGINNING)])
        setattr(found, name, person)
    return found


def enter(place, action="notice_in", **more):
    person = add_person(date(1990, 1, 1), {"name": "张某"})
    fields = {
        "person": person.key, "name": "张某", "sex": "女", "born": "1990-05-01", "id_no": "11010519491231002X", "address": "甲社区",
        "category": "缓刑", "decision_org": "某法院", "doc_no": "〔2023〕1号", "effective_on": "2023-02-20", "crime": "盗窃",
        "crime_on": "2022-10-01", "sentence": "有期徒刑一年缓刑一年", "term_from": "2023-02-20", "term_to": "2024-02-19",
        "docs_complete": "是", "area": place.community.code, **more,
    }  # fmt: skip
    return open_record(
        place.officer, "corrections.episode", fields, occurred_on=ON, command_key=key(), action=action, today=TODAY
    )  # fmt: skip


def step(place, record, action, payload, on=ON):
    record = Record.objects.get(pk=record.pk)
    return take(place.officer, record, action, payload, occurred_on=on, command_key=key(), version=record.version, today=TODAY)  # fmt: skip


def sees(user, record):
    return CaseAccess(user, TODAY).records().filter(pk=record.pk).exists()


def test_a_minors_file_is_sealed_by_the_step_that_opens_it(place):
    with pytest.raises(RefusedError) as refused:
        enter(place, born="2005-05-01")
    assert {problem.code for problem in refused.value.problems} == {"E-SEC"}
    minor, adult = enter(place, "notice_in_minor", born="2005-05-01"), enter(place, doc_no="〔2023〕2号")
    assert (minor.secrecy, adult.secrecy) == ("SEALED", "CONFIDENTIAL")
    assert (sees(place.officer, minor), sees(place.east_jo, minor), sees(place.east_jo, adult)) == (
        True,
        False,
        True,
    )
    clean()


def test_a_woman_is_admitted_with_a_woman_in_her_team(place):
    record = step(place, enter(place), "report", {"reported_on": "2023-03-01", "identity_checked": "是"})
    men = [{"name": "甲", "sex": "男", "role": "社区民警"}, {"name": "乙", "sex": "男", "role": "志愿者"}]
    papers = {
        "announced_on": "2023-03-01", "announced_publicly": "是", "team": men,
        "plan": [{"on": "2023-03-01", "text": "每周谈话"}], "classes": [{"managed_as": "严管", "since": "2023-03-01"}],
    }  # fmt: skip
    with pytest.raises(RefusedError) as refused:
        step(place, record, "admit", papers)
    assert [problem.code for problem in refused.value.problems] == ["E-GUARD:team"]
    record = step(place, record, "admit", {**papers, "team": [men[0], {**men[1], "sex": "女"}]})
    assert record.state == "registered"
    assert set(record.deadlines.filter(done_on=None).values_list("family", flat=True)) == {
        "DR10-02c", "DR10-21", "DR10-22", "DR10-27",
    }  # fmt: skip
    with pytest.raises(RefusedError) as refused:
        step(place, record, "change_team", {"team": men})
    assert "E-GUARD:team" in {problem.code for problem in refused.value.problems}


def test_eight_days_are_not_the_offices_to_approve(place):
    episode = enter(place)
    leave = open_record(
        place.officer, "corrections.leave",
        {"episode": episode.key, "person": episode.content["person"], "reason": "就医", "place": "省城", "leaves_on": "2023-03-10",
         "returns_by": "2023-03-17", "proof_checked": "是"},
        occurred_on=ON, command_key=key(), today=TODAY, parent=episode,
    )  # fmt: skip
    with pytest.raises(RefusedError) as refused:
        step(place, leave, "approve_office", {})
    assert [problem.code for problem in refused.value.problems] == ["E-ROLE"]


def leave(place, episode, first, last, **more):
    return open_record(
        place.officer, "corrections.leave",
        {"episode": episode.key, "person": episode.content["person"], "reason": "就医", "place": "省城", "leaves_on": first,
         "returns_by": last, "proof_checked": "是", **more},
        occurred_on=ON, command_key=key(), today=TODAY, parent=episode, reason="另一次",
    )  # fmt: skip


def refusals(place, record, action, payload, on=ON):
    with pytest.raises(RefusedError) as refused:
        step(place, record, action, payload, on)
    return [problem.code for problem in refused.value.problems]


def test_a_leave_over_the_days_of_another_of_the_same_person_is_refused(place):
    one, other = enter(place), enter(place, doc_no="〔2023〕3号")
    step(place, leave(place, one, "2023-03-10", "2023-03-12"), "approve_office", {})
    assert refusals(place, leave(place, one, "2023-03-12", "2023-03-13"), "approve_office", {}) == ["E-DUP"]
    granted = step(place, leave(place, other, "2023-03-12", "2023-03-13"), "approve_office", {})
    assert granted.state == "granted"
    clean()


def violation(place, episode):
    found = open_record(
        place.officer, "corrections.violation",
        {"episode": episode.key, "person": episode.content["person"], "conduct": "违反外出规定", "on": "2023-03-01", "facts": "外出"},
        occurred_on=ON, command_key=key(), today=TODAY, parent=episode,
    )  # fmt: skip
    return found


def sanction(place, episode, *violations, measure="训诫", article="第34条第2项"):
    return open_record(
        place.officer, "corrections.sanction",
        {"episode": episode.key, "person": episode.content["person"], "name": "张某", "category": "缓刑", "measure_taken": measure,
         "articles": [article], "violations": [each.key for each in violations]},
        occurred_on=ON, command_key=key(), today=TODAY, parent=episode,
    )  # fmt: skip


def test_a_sanction_rests_on_verified_violations_of_the_same_person_and_prints_them(place):
    one, other = enter(place), enter(place, doc_no="〔2023〕3号")
    found, anothers = violation(place, one), violation(place, other)
    heard = step(place, sanction(place, one, found), "hear", {"heard_on": "2023-03-01", "statement": "认错"})
    assert refusals(place, heard, "admonish", {}) == ["E-GUARD:verified"]
    proved = {"severity": "情节轻微", "educated": "否", "evidence_list": "谈话笔录"}
    step(place, found, "verify", proved)
    step(place, anothers, "verify", proved)
    step(place, heard, "admonish", {})
    decided = approve(place.second, Record.objects.get(pk=heard.pk), command_key=key(), today=TODAY)
    assert (decided.state, decided.outcome) == ("decided", "训诫")
    assert "违反外出规定" in text_of(decided.documents.get(template="admonition_decision"))
    again = step(place, sanction(place, one, found), "hear", {"heard_on": "2023-03-01", "statement": "认错"})
    assert refusals(place, again, "admonish", {}) == ["E-GUARD:ladder"]
    foreign = step(
        place, sanction(place, one, anothers), "hear", {"heard_on": "2023-03-01", "statement": "认错"}
    )
    assert refusals(place, foreign, "admonish", {}) == ["E-REF"]
    clean()


def test_histories_see_what_was_made_before_them_in_the_same_batch(place):
    """Two leaves of one person over the same days, neither of them written yet."""
    episode = enter(place)

    def past(first, last):
        fields = {"episode": episode.key, "person": episode.content["person"], "reason": "就医", "place": "省城", "leaves_on": first,
                  "returns_by": last, "proof_checked": "是"}  # fmt: skip
        steps = [PastStep("approve_office", ON, place.officer)]
        return Past("corrections.leave", new_key(), ON, place.officer, fields, steps)

    assert len(enter_histories([past("2023-03-10", "2023-03-12"), past("2023-03-13", "2023-03-14")])) == 2
    with pytest.raises(RefusedError) as refused:
        enter_histories([past("2023-03-20", "2023-03-22"), past("2023-03-22", "2023-03-23")])
    assert [problem.code for problem in refused.value.problems] == ["E-DUP"]
    with pytest.raises(RefusedError):
        enter_histories([past("2023-03-14", "2023-03-15")])
