"""Clocks in hours: a question is answered on time or late to the minute; overdue lists, alarms and figures go by the same moments."""

from datetime import date, datetime, timedelta
from itertools import pairwise

import pytest
from django.utils import timezone

from mingzhang.casework.deadlines import Alarm
from mingzhang.casework.periods import year
from mingzhang.records.casework import deadlines
from mingzhang.records.casework.events import replay
from mingzhang.records.casework.histories import Past, PastStep, enter_histories
from mingzhang.records.casework.keys import new_key
from mingzhang.records.casework.lines import line_of
from mingzhang.records.casework.looking import desk
from mingzhang.records.casework.metrics import figure
from mingzhang.records.casework.models import Deadline, Record
from mingzhang.records.casework.opening import open_record
from mingzhang.records.casework.row_states import row_key, row_state
from records.casework.helping import clean, key, make_district

FRIDAY = date(2021, 3, 5)
"""Questions of histories are asked at nine in the morning, so their first answer is due at eleven."""


def at(text):
    return timezone.make_aware(datetime.fromisoformat(f"2021-03-{text}"))


@pytest.fixture
def platform(db):
    """The district with the line of online questions."""
    return make_district()


QUESTION = {
    "nickname": "清风", "phone": "13800000000", "category": "房产", "body": "退租以后房东不退押金怎么办", "urgency": "普通", "anonymous_public": False,
}  # fmt: skip


def answer(by, moment, on=FRIDAY):
    """The step of a first answer at a moment."""
    message = {
        "at": moment,
        "by": "律师",
        "kind": "答复",
        "text": "根据民法典第七百二十一条，押金应当退还，建议先书面催告。",
    }
    return PastStep("answer", on, by, {"first_answer_at": moment, "messages": [message]})


def asked(district, *steps, on=FRIDAY):
    """A question of nine in the morning with its steps."""
    return Past("online_questions.question", new_key(), on, district.east_jo, QUESTION, steps, role="JO", area=district.community, channel="网上")  # fmt: skip


def kept(record, family="DR09-01"):
    return Deadline.objects.get(record=record, family=family)


def running(record, rule_id, moment):
    """A running deadline of the record in hours, started at a moment."""
    row = deadlines.begun(record, rule_id, timezone.localtime(moment).date(), at=moment)
    row.save()
    return row


def test_a_minute_decides_and_the_figure_follows(platform):
    """Answered a minute before, at the due moment, a minute and three hours after, on the next day, withdrawn, not at all."""
    moments = {"05 10:59": True, "05 11:00": True, "05 11:01": False, "05 14:00": False, "06 10:00": False}
    lawyer = platform.lawyer
    records = enter_histories(
        [
            *(asked(platform, answer(lawyer, at(moment), on=date(2021, 3, int(moment[:2])))) for moment in moments),
            asked(platform, PastStep("withdraw", FRIDAY, platform.resident)),
            asked(platform),
        ]
    )  # fmt: skip
    rows = [kept(record) for record in records[: len(moments)]]
    assert {
        f"{timezone.localtime(row.done_at):%d %H:%M}": row.standing == "DONE_ON_TIME" for row in rows
    } == moments
    assert {row.due_at for row in rows} == {at("05 11:00")}
    assert {row.done_on for row in rows} == {FRIDAY, date(2021, 3, 6)}
    shown = figure("M09-03b", year(2021))
    assert shown.printed == "28.6%"
    assert figure("M09-03a", year(2021)).printed == "71.4%"
    clean()


def test_a_follow_up_starts_the_second_clock_at_its_own_moment(platform):
    """Asked again at eight in the evening, four service hours run into Saturday noon."""
    follow_up = {"at": at("05 20:00"), "by": "提问人", "kind": "追问", "text": "房东不接电话，怎么办？"}
    lawyer = platform.lawyer
    first = answer(lawyer, at("05 10:00"))
    again = {
        "at": at("06 11:31"),
        "by": "律师",
        "kind": "答复",
        "text": "可以向社区调解委员会申请调解，或者向法院起诉。",
    }
    said = [*first.payload["messages"], follow_up]
    (record,) = enter_histories(
        [
            asked(
                platform,
                first,
                PastStep("follow_up", FRIDAY, platform.resident, {"messages": said}),
                PastStep("answer_again", date(2021, 3, 6), lawyer, {"messages": [*said, again]}),
            )
        ]
    )
    row = kept(record, "DR09-02")
    assert (row.started_at, row.due_at) == (at("05 20:00"), at("06 11:30"))
    assert (row.done_at, row.standing) == (at("06 11:31"), "DONE_LATE")
    clean()


def test_a_step_taken_now_runs_from_now(platform):
    before = timezone.now()
    record = open_record(
        platform.east_jo, "online_questions.question", QUESTION | {"area": platform.community.code},
        occurred_on=timezone.localdate(before), command_key=key(),
    )  # fmt: skip
    if timezone.localdate() == timezone.localdate(before):
        assert before <= kept(record).started_at <= timezone.now()
    clean()


def test_where_only_the_day_is_known_nobody_is_late_on_it(platform):
    """No moment of asking: the clock runs from the day's end. No moment of the end: the day decides."""
    (record,) = enter_histories([asked(platform)])
    row = deadlines.begun(record, "DR09-02", FRIDAY)
    assert row.due_at == at("06 12:30")
    assert deadlines.end(row, date(2021, 3, 6)).standing == "DONE_ON_TIME"
    assert deadlines.end(row, date(2021, 3, 7)).standing == "DONE_LATE"
    assert (row.done_at, row.done_on) == (None, date(2021, 3, 7))


def test_a_pause_stops_the_clock_to_the_minute(platform):
    """Half an hour was left on Friday evening; it is left on Monday."""
    (record,) = enter_histories([asked(platform)])
    row = running(record, "DR09-01", at("05 18:30"))
    deadlines.stand_still(row, FRIDAY, at("05 20:00"))
    assert row.standing == "PAUSED"
    deadlines.run_on(row, date(2021, 3, 8), at("08 09:00"))
    assert row.due_at == at("08 09:30")
    row.save()
    row.refresh_from_db()
    assert [(each.after, each.until) for each in deadlines.pauses_of(row)] == [(FRIDAY, date(2021, 3, 8))]
    assert deadlines.end(row, date(2021, 3, 8), at("08 09:31")).standing == "DONE_LATE"
    assert deadlines.end(row, date(2021, 3, 8), at("08 09:30")).standing == "DONE_ON_TIME"


def test_a_pause_that_is_open_ends_with_the_duty(platform):
    (record,) = enter_histories([asked(platform)])
    row = deadlines.stand_still(running(record, "DR10-20", at("05 23:00")), FRIDAY, at("05 23:30"))
    deadlines.end(row, date(2021, 3, 7), at("07 00:30"))
    assert (row.due_at, row.standing) == (at("08 00:00"), "DONE_ON_TIME")


@pytest.mark.parametrize(
    ("now", "over", "soon", "alarm"),
    [
        ("05 22:59", False, True, None),
        ("06 11:00", False, True, Alarm.YELLOW),
        ("06 22:59", False, True, Alarm.ORANGE),
        ("06 23:00", False, True, Alarm.ORANGE),
        ("06 23:01", True, False, Alarm.RED),
        ("07 00:01", True, False, Alarm.RED),
    ],
)
def test_overdue_lists_desks_and_alarms_go_by_the_moment(platform, monkeypatch, now, over, soon, alarm):
    """Twenty-four hours from Friday, eleven in the evening: late a minute after that on Saturday, and still on Sunday."""
    (record,) = enter_histories([asked(platform, answer(platform.lawyer, at("05 10:00")))])
    record.deadlines.filter(standing="RUNNING").delete()
    running(record, "DR10-20", at("05 23:00"))
    monkeypatch.setattr(timezone, "now", lambda: at(now))
    today, every, line = timezone.localdate(), Record.objects.all(), line_of("online_questions")
    assert desk.late(every, line, today).exists() == over
    assert desk.due_soon(every, line, today, deadlines.calendar()).exists() == soon
    assert [found.alarm for found in deadlines.alarms(every, today)] == ([alarm] if alarm else [])


def test_no_two_alarms_of_one_duty(platform):
    """Minute by minute from the start to the next day, every duty alarms once at most and never goes back; a clock in hours and one in days side by side."""
    (record,) = enter_histories([asked(platform, answer(platform.lawyer, at("05 10:00")))])
    running(record, "DR09-01", at("05 20:00"))
    running(record, "DR10-20", at("05 23:00"))
    gravity = {None: 0, Alarm.YELLOW: 1, Alarm.ORANGE: 2, Alarm.RED: 3}
    seen = []
    for step in range(0, 30 * 60, 30):
        now = at("05 20:00") + timedelta(minutes=step)
        found = list(deadlines.alarms(Record.objects.all(), timezone.localtime(now).date(), now))
        assert len({each.deadline.pk for each in found}) == len(found)
        seen.append({each.deadline.family: gravity[each.alarm] for each in found})
    for family in ("DR09-01", "DR10-20"):
        heights = [each.get(family, 0) for each in seen]
        assert all(before <= after for before, after in pairwise(heights))
        assert heights[-1] == 3


def test_events_of_before_the_moment_was_kept_still_say_all(platform):
    """A row without the moment states what it always stated, so that old chains are whole."""
    (record,) = enter_histories([asked(platform, answer(platform.lawyer, at("05 10:30")))])
    told = replay(record.key, record.events.order_by("number")).rows["Deadline"]
    states = {row_key(row): row_state(row) for row in record.deadlines.all()}
    assert told == states
    assert {"done_at" in state for state in states.values()} == {True, False}
