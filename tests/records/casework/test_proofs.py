"""What is changed behind the events is found and named."""

from collections import Counter
from datetime import date

import pytest
from django.db import connection

from mingzhang.records.casework.anchoring import anchor_cases
from mingzhang.records.casework.documents import serve
from mingzhang.records.casework.models import Event, Record
from mingzhang.records.casework.transitions import take
from mingzhang.records.models import TrailEntry
from mingzhang.records.verifying import verify_books
from records.casework.helping import TODAY, clean, key


def findings():
    return [problem.in_chinese() for problem in verify_books(Counter())]


def execute(statement, *parameters):
    with connection.cursor() as cursor:
        cursor.execute(statement, parameters)
        assert cursor.rowcount


@pytest.fixture
def record(district, opened):
    made = opened(facts="情况")
    take(
        district.clerk,
        made,
        "hold",
        {"reason": "等"},
        occurred_on=date(2023, 3, 2),
        command_key=key(),
        today=TODAY,
    )
    take(district.clerk, made, "go_on", {}, occurred_on=date(2023, 3, 3), command_key=key(), today=TODAY)
    done = take(
        district.clerk,
        made,
        "refuse",
        {"grounds": "缺件"},
        occurred_on=date(2023, 3, 6),
        command_key=key(),
        today=TODAY,
    )
    document = done.documents.get()
    serve(
        district.clerk,
        document,
        party="王",
        method="direct",
        sent_on=date(2023, 3, 7),
        received_on=date(2023, 3, 7),
        command_key=key(),
    )
    anchor_cases()
    proved = clean()
    assert proved["条业务记录"] == 1
    assert proved["条业务事件"] == 5
    assert proved["个业务链头"] == 1
    return Record.objects.get()


TAMPERINGS = {
    "a column": ("UPDATE casework_record SET outcome = '准予'", "outcome：事件为不准，现为准予"),
    "a day": ("UPDATE casework_record SET closed_on = '2023-03-01'", "closed_on"),
    "the line's own field": (
        'UPDATE casework_record SET content = \'{"item": "换证"}\'',
        "item：事件为补证，现为换证",
    ),
    "the state": ("UPDATE casework_record SET state = 'received'", "state：事件为refused"),
    "a deadline": (
        "UPDATE casework_deadline SET due_on = '2024-01-01', done_on = NULL WHERE family = 'DR07-01'",
        "期限",
    ),
    "a hold": ("UPDATE casework_hold SET reason = '别的'", "中止"),
    "a service": ("UPDATE casework_service SET received_on = '2023-03-20'", "送达"),
    "a document's digest": ("UPDATE casework_document SET digest = 'x'", "文书"),
    "a document's text": ("UPDATE casework_document SET text = 'x'", "文书"),
    "a sealed value": ("UPDATE casework_personal SET sealed = 'AAAA' WHERE path = 'facts'", "个人信息"),
    "a commitment": ("UPDATE casework_personal SET commitment = 'x' WHERE path = 'facts'", "个人信息"),
    "a person involved": ("UPDATE casework_involved SET how = 'owner'", "涉及人员"),
    "an event's reason": ("UPDATE casework_event SET reason = '改' WHERE number = 2", "第2条事件"),
    "an event's payload": ("UPDATE casework_event SET payload = '{}' WHERE number = 3", "第3条事件"),
    "an event's day": ("UPDATE casework_event SET occurred_on = '2023-03-05' WHERE number = 2", "第2条事件"),
    "an event removed": ("DELETE FROM casework_event WHERE number = 2", "缺第2条"),
    "the last event removed": ("DELETE FROM casework_event WHERE number = 5", "事件链末尾与记录不符"),
    "a deadline removed": ("DELETE FROM casework_deadline WHERE family = 'DR07-06'", "期限"),
}


@pytest.mark.parametrize("what", TAMPERINGS)
def test_whatever_is_changed_by_hand_is_named(record, what):
    statement, told = TAMPERINGS[what]
    execute(statement)
    found = findings()
    assert any(told in finding for finding in found), found


def test_an_access_granted_by_hand_is_found(record, district):
    execute(
        "INSERT INTO casework_involved (record_id, user_id, how) VALUES (%s, %s, 'owner')",
        record.pk,
        district.lawyer.pk,
    )
    assert any("涉及人员" in finding and "没有留痕" in finding for finding in findings())


def test_a_record_put_in_or_taken_out_is_found(record):
    copied = Record.objects.get()
    copied.pk, copied.key, copied.number, copied.version, copied.head = None, "x", "", 0, ""
    copied.save()
    assert any("不是经系统录入" in finding for finding in findings())
    with connection.constraint_checks_disabled():
        execute("DELETE FROM casework_record WHERE id = %s", record.pk)
        assert any("链头不符" in finding for finding in findings())
        Event.objects.filter(record_id=record.pk).delete()
        for table in ("deadline", "hold", "personal", "involved"):
            if table == "personal":
                execute(
                    "DELETE FROM casework_index WHERE personal_id IN (SELECT id FROM casework_personal WHERE record_id = %s)",
                    record.pk,
                )
            execute(f"DELETE FROM casework_{table} WHERE record_id = %s", record.pk)
        execute("DELETE FROM casework_service")
        execute("DELETE FROM casework_document")


def test_a_chain_rewritten_to_its_end_is_found_by_the_anchored_head(record):
    """Whoever recomputes every digest of a record cannot reach the head that the trail keeps."""
    from mingzhang.records.casework.events import digest_of, seed_of

    previous = seed_of(record)
    for event in Event.objects.order_by("number"):
        event.reason = "改写"
        event.previous = previous
        event.digest = previous = digest_of(event, record.key)
        event.save()
    Record.objects.update(head=previous)
    found = findings()
    assert len(found) == 1
    assert "链头不符" in found[0]


def test_heads_are_put_down_once(record):
    before = TrailEntry.objects.filter(chain__name="cases").count()
    assert anchor_cases() == 0
    assert TrailEntry.objects.filter(chain__name="cases").count() == before
