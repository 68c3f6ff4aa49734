"""A record from opening to its end: steps, holds, deadlines, documents, two persons, corrections."""

from datetime import date

import pytest

from mingzhang.records.casework.correcting import correct
from mingzhang.records.casework.documents import serve, text_of
from mingzhang.records.casework.errors import ChangedMeanwhileError, RefusedError
from mingzhang.records.casework.lines import kind_of_record
from mingzhang.records.casework.models import Deadline, Event, Record
from mingzhang.records.casework.opening import open_record
from mingzhang.records.casework.transitions import approve, offered, send_back, take
from mingzhang.records.casework.views import view_of
from records.casework.helping import TODAY, clean, key, request


def step(user, record, action, on, **payload):
    return take(user, record, action, payload, occurred_on=on, command_key=key(), today=TODAY)


def codes(refused):
    return sorted(problem.code for problem in refused.value.problems)


def test_a_request_is_numbered_titled_and_has_its_deadline(district, opened):
    record = opened()
    assert record.number == "窗〔2023〕1号"
    assert record.title == "王*：补证"
    assert record.area == district.community
    assert opened(item="换证").number == "窗〔2023〕2号"
    [deadline] = record.deadlines.all()
    assert (deadline.rule_id, deadline.due_on, deadline.standing) == ("DR07-01", date(2023, 3, 8), "RUNNING")
    clean()


def test_personal_values_stand_nowhere_in_clear(district, opened):
    """Neither in the record, its events, the trail nor the search words; the engine itself still reads them."""
    record = opened(facts="家里的情况")
    stored = "".join(
        [str(vars(row)) for table in (Record, Event) for row in table.objects.all()]
        + [str(vars(row)) for row in record.personal.all()]
    )
    assert "王小明" not in stored
    assert "11010519491231002X" not in stored
    assert "家里" not in stored
    values = view_of(record, kind_of_record(record))
    assert values["applicants"][0]["name"] == "王小明"
    assert values["facts"] == "家里的情况"
    clean()


def test_a_key_sent_twice_makes_one_record(district):
    same = {"occurred_on": date(2023, 3, 1), "command_key": "form-1", "today": TODAY}
    first = open_record(district.clerk, "window_service.request", request(), **same)
    assert open_record(district.clerk, "window_service.request", request(), **same) == first
    assert Record.objects.count() == 1
    done = [
        take(
            district.clerk,
            first,
            "hold",
            {"reason": "等材料"},
            occurred_on=date(2023, 3, 2),
            command_key="form-2",
            today=TODAY,
        )
        for _ in range(2)
    ]
    assert done[0].version == done[1].version == 2
    with pytest.raises(RefusedError) as refused:
        take(
            district.second,
            first,
            "go_on",
            {},
            occurred_on=date(2023, 3, 3),
            command_key="form-2",
            today=TODAY,
        )
    assert codes(refused) == ["E-DUP"]


def test_everything_that_is_wrong_is_told_at_once(district):
    with pytest.raises(RefusedError) as refused:
        open_record(
            district.clerk, "window_service.request", {"item": "没有的", "applicants": [{"id_no": "110105194912310021"}]},
            occurred_on=date(2024, 3, 1), command_key=key(), today=TODAY,
        )  # fmt: skip
    assert codes(refused) == ["E-CODE", "E-IDNO", "E-ORDER", "E-REQ"]
    assert not Record.objects.exists()


def test_a_second_entry_of_one_fact_asks_for_a_reason(district):
    stated = {"occurred_on": date(2023, 3, 1), "today": TODAY}
    open_record(district.clerk, "window_service.request", request(), command_key=key(), **stated)
    with pytest.raises(RefusedError) as refused:
        open_record(district.clerk, "window_service.request", request(), command_key=key(), **stated)
    assert codes(refused) == ["E-DUP"]
    open_record(
        district.clerk, "window_service.request", request(), command_key=key(), reason="又丢了一次", **stated
    )


def test_a_hold_has_its_reason_and_end_and_the_deadline_loses_no_day(district, opened):
    record = opened(on=date(2023, 3, 1))
    record = step(district.clerk, record, "hold", date(2023, 3, 3), reason="等材料", until="2023-03-20")
    [hold] = record.holds.all()
    assert (hold.reason, hold.from_on, hold.until_on, hold.to_on) == (
        "等材料",
        date(2023, 3, 3),
        date(2023, 3, 20),
        None,
    )
    assert record.deadlines.get().standing == Deadline.Standing.PAUSED
    record = step(district.clerk, record, "go_on", date(2023, 3, 13))
    assert record.holds.get().to_on == date(2023, 3, 13)
    deadline = record.deadlines.get()
    assert (deadline.base_due_on, deadline.due_on, deadline.standing) == (
        date(2023, 3, 18),
        date(2023, 3, 20),
        "RUNNING",
    )
    record = step(district.clerk, record, "prolong", date(2023, 3, 14), days=5)
    assert record.deadlines.get().base_due_on == date(2023, 3, 23)
    record = step(district.clerk, record, "refuse", date(2023, 3, 24), grounds="材料不全")
    assert record.deadlines.get().standing == Deadline.Standing.DONE_LATE
    assert (record.state, record.outcome, record.closed_on) == ("refused", "不准", date(2023, 3, 24))
    clean()


def test_a_step_of_two_persons_waits_for_the_second(district, opened):
    record = opened()
    drafted = step(district.clerk, record, "grant", date(2023, 3, 3), fee="12.50", facts="情况如此")
    assert (drafted.state, drafted.draft["action"]) == ("received", "grant")
    assert all(offer.refusals for offer in offered(district.clerk, drafted, TODAY))
    for person, code in (
        (district.clerk, "E-SELF"),
        (district.east_jo, "E-ROLE"),
        (district.lawyer, "E-AREA"),
    ):
        with pytest.raises(RefusedError) as refused:
            approve(person, drafted, command_key=key(), today=TODAY)
        assert codes(refused) == [code]
    done = approve(district.second, drafted, occurred_on=date(2023, 3, 4), command_key=key(), today=TODAY)
    assert (done.state, done.draft, done.content["fee"], done.content["decision"]) == (
        "granted",
        {},
        1250,
        "准予",
    )
    assert done.content["decided_on"] == "2023-03-04"
    assert view_of(done, kind_of_record(done))["facts"] == "情况如此"
    assert [row.path for row in done.personal.all()] == ["applicants.0.name", "applicants.0.id_no", "facts"]
    assert sorted(done.deadlines.values_list("family", "standing")) == [
        ("DR07-01", "DONE_ON_TIME"),
        ("DR07-02", "RUNNING"),
    ]
    clean()


def test_a_draft_sent_back_leaves_the_record_as_it_was(district, opened):
    record = opened()
    drafted = step(district.clerk, record, "grant", date(2023, 3, 3), fee="0", facts="说明")
    done = send_back(district.head, drafted, "费用不对", command_key=key(), today=TODAY)
    assert (done.state, done.draft, "fee" in done.content) == ("received", {}, False)
    assert not done.personal.filter(path="facts").exists()
    assert not done.personal.filter(path__startswith="draft:").exists()
    clean()


def test_a_document_is_numbered_frozen_and_its_service_starts_a_deadline(district, opened):
    record = step(district.clerk, opened(), "refuse", date(2023, 3, 3), grounds="材料不全")
    [document] = record.documents.all()
    assert document.number == "窗决〔2023〕1号"
    text = text_of(document)
    assert "申请人王小明申请补证，现作出决定：不准。理由：材料不全。" in text
    assert "王小明" not in document.text
    served = {
        "party": "王小明",
        "method": "post",
        "sent_on": date(2023, 3, 6),
        "received_on": date(2023, 3, 9),
        "command_key": "serve-1",
    }
    service = serve(district.clerk, document, **served)
    assert serve(district.clerk, document, **served) == service
    deadline = record.deadlines.get(family="DR07-06")
    assert (deadline.started_on, deadline.party) == (date(2023, 3, 9), "王小明")
    correct(district.clerk, record, {"grounds": "材料缺一份"}, "笔误", today=TODAY)
    assert text_of(document) == text
    clean()


def test_a_correction_is_a_new_event_that_names_the_old_one(district, opened):
    record = step(district.clerk, opened(), "hold", date(2023, 3, 2), reason="等")
    fixed = correct(
        district.clerk, record, {"item": "查档", "occurred_on": "2023-02-28"}, "录错了", today=TODAY
    )
    event = fixed.events.last()
    assert (event.action, event.corrects, event.reason) == ("correct", 1, "录错了")
    assert event.payload["content"] == {"item": "查档"}
    assert (fixed.occurred_on, fixed.title) == (date(2023, 2, 28), "王*：查档")
    for changes, reason, code in (
        ({"item": "查档"}, "再改", "E-REQ"),
        ({"item": "补证"}, " ", "E-REQ"),
        ({"fee": "-1"}, "改", "E-NEG"),
    ):
        with pytest.raises(RefusedError) as refused:
            correct(district.clerk, fixed, changes, reason, today=TODAY)
        assert codes(refused) == [code]
    clean()


def test_masked_rows_keep_what_they_could_not_send_back(district, opened):
    record = opened()
    fixed = correct(
        district.clerk,
        record,
        {"applicants": [{"sex": "男", "id_no": ""}, {"name": "李四"}]},
        "补录",
        today=TODAY,
    )
    rows = view_of(fixed, kind_of_record(fixed))["applicants"]
    assert rows == [{"name": "王小明", "sex": "男"}, {"name": "李四"}]
    clean()


def test_whoever_comes_second_is_told(district, opened):
    record = opened()
    step(district.clerk, record, "hold", date(2023, 3, 2), reason="等")
    with pytest.raises(ChangedMeanwhileError):
        take(
            district.second,
            record,
            "prolong",
            {"days": 3},
            occurred_on=date(2023, 3, 3),
            command_key=key(),
            version=1,
            today=TODAY,
        )


def test_a_child_record_points_at_its_parent(district, opened):
    record = step(district.clerk, opened(), "refuse", date(2023, 3, 3), grounds="材料不全")
    step(district.clerk, record, "object", date(2023, 3, 10), child={"grounds": "不服"})
    child = Record.objects.get(kind="objection")
    assert (child.parent, child.content["against"], child.number) == (record, record.key, "异〔2023〕1号")
    with pytest.raises(RefusedError) as refused:
        step(district.clerk, record, "object", date(2023, 3, 11))
    assert codes(refused) == ["E-REQ"]
    assert Record.objects.filter(kind="objection").count() == 1
    clean()


def test_a_step_writes_only_what_it_asks_for(district, opened):
    """No path around a step's guard: a decision is not written by another step."""
    record = opened()
    with pytest.raises(RefusedError) as refused:
        step(district.clerk, record, "hold", date(2023, 3, 2), decision="准予")
    assert codes(refused) == ["E-TYPE"]
    with pytest.raises(RefusedError) as refused:
        step(district.clerk, record, "close", date(2023, 3, 2))
    assert codes(refused) == ["E-STATE"]
    with pytest.raises(RefusedError) as refused:
        step(district.clerk, record, "grant", date(2023, 3, 2))
    assert codes(refused) == ["E-GUARD:fee"]
    with pytest.raises(RefusedError) as refused:
        step(district.clerk, record, "lapse", date(2023, 3, 2))
    assert "E-STATE" in codes(refused)
