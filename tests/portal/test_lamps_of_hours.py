"""The light of a deadline in hours: the time left to the minute, the colour of its alarm, and how the moments came about."""

from datetime import date, datetime, timedelta

import pytest
from django.utils import timezone

from mingzhang.casework.calendar import Calendar
from mingzhang.portal.pages.casework.lamps import lamp, shown
from mingzhang.portal.pages.casework.shown import rows_of
from mingzhang.records.casework.deadlines import alarms, begun, end, run_on, stand_still
from mingzhang.records.casework.histories import Past, enter_histories
from mingzhang.records.casework.keys import new_key
from mingzhang.records.casework.models import Deadline, Record
from mingzhang.records.casework.rules import rule_of
from records.casework.helping import make_district

FRIDAY = date(2021, 3, 5)


def at(text):
    return timezone.make_aware(datetime.fromisoformat(f"2021-03-{text}"))


def asked():
    """A question's clock of two service hours, from eight on Friday evening to half past nine on Saturday."""
    return Deadline(
        rule_id="DR09-01", family="DR09-01", started_on=FRIDAY, started_at=at("05 20:00"),
        base_due_on=date(2021, 3, 6), due_on=date(2021, 3, 6), due_at=at("06 09:30"),
    )  # fmt: skip


@pytest.mark.parametrize(
    ("now", "colour", "text"),
    [
        ("05 20:10", "green", "还有13小时20分（2021-03-06 09:30）"),
        ("06 08:50", "yellow", "还有40分钟（2021-03-06 09:30）"),
        ("06 09:30", "orange", "还有0分钟（2021-03-06 09:30）"),
        ("06 09:31", "red", "已超时1分钟（2021-03-06 09:30）"),
        ("06 12:30", "red", "已超时3小时0分（2021-03-06 09:30）"),
    ],
)
def test_the_light_goes_by_the_minute(monkeypatch, now, colour, text):
    monkeypatch.setattr(timezone, "now", lambda: at(now))
    light = lamp(asked(), timezone.localdate(), Calendar())
    assert (light.colour, light.text) == (colour, text)


def test_of_two_duties_of_one_day_the_nearer_stands_first(platform_record):
    """A danger of half an hour before the two hours of an answer, though that was started first."""
    danger = begun(platform_record, "DR09-04", FRIDAY, at=at("05 10:00"))
    danger.save()
    [row] = rows_of([platform_record], FRIDAY, Calendar())
    assert "2021-03-05 10:30" in row.lamp.text
    assert [found.deadline.family for found in alarms(Record.objects.all(), FRIDAY)] == ["DR09-04", "DR09-01"]
    told = shown(list(platform_record.deadlines.all()), {}, FRIDAY, Calendar())
    assert [each.action for each in told] == ["DR09-04", "DR09-01"]


@pytest.fixture
def platform_record(db, tmp_path, monkeypatch):
    """A question of nine in the morning."""
    monkeypatch.setenv("MINGZHANG_HOME", str(tmp_path))
    district = make_district()
    fields = {
        "nickname": "清风", "phone": "13800000000", "category": "房产", "body": "退租以后房东不退押金怎么办", "urgency": "普通", "anonymous_public": False,
    }  # fmt: skip
    past = Past("online_questions.question", new_key(), FRIDAY, district.east_jo, fields, role="JO", area=district.community, channel="网上")  # fmt: skip
    return enter_histories([past])[0]


def test_it_tells_moments_of_start_pause_and_end(db):
    row = asked()
    stand_still(row, FRIDAY, at("05 20:30"))
    run_on(row, date(2021, 3, 6), at("06 12:00"))
    assert row.due_at - at("06 12:00") == timedelta(hours=1, minutes=30)
    end(row, date(2021, 3, 6), at("06 13:31"))
    rules = {"DR09-01": rule_of("DR09-01")}
    [told] = shown([row], rules, date(2021, 3, 8), Calendar())
    assert (told.lamp.colour, told.lamp.text) == ("red", "逾期完成 2021-03-06 13:31")
    assert told.how == "自2021-03-05 20:00起算，2小时，2021-03-05 20:30后暂停至2021-03-06 12:00"
