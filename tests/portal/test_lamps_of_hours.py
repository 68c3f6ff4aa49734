"""The light of a deadline in hours: the time left to the minute, the colour of its alarm, and how the moments came about."""

from datetime import date, datetime, timedelta

import pytest
from django.utils import timezone

from mingzhang.casework.calendar import Calendar
from mingzhang.portal.pages.casework.lamps import lamp, shown
from mingzhang.records.casework.deadlines import end, run_on, stand_still
from mingzhang.records.casework.models import Deadline
from mingzhang.records.casework.rules import rule_of

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
