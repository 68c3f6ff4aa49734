"""The nightly run, stuck records, the calendar edited, registries."""

from datetime import date

import pytest

from mingzhang.records.casework.calendars import calendar, set_days
from mingzhang.records.casework.deadlines import alarms, recompute
from mingzhang.records.casework.errors import RefusedError
from mingzhang.records.casework.models import Area, Record
from mingzhang.records.casework.nightly import run
from mingzhang.records.casework.registries import (
    area_and_below,
    area_on,
    load_areas,
    succeed,
)
from mingzhang.records.casework.stuck import stuck_records
from mingzhang.records.casework.transitions import take
from records.casework.helping import TODAY, clean, key


def codes_of(found):
    return {(stuck.record.key, stuck.code) for stuck in found}


def test_stuck_records_are_listed_with_their_reason(district, opened):
    silent, paused, ended = opened(), opened(item="换证"), opened(item="查档")
    take(
        district.clerk,
        silent,
        "hold",
        {"reason": "等"},
        occurred_on=date(2023, 3, 2),
        command_key=key(),
        today=TODAY,
    )
    take(district.clerk, silent, "go_on", {}, occurred_on=date(2023, 3, 3), command_key=key(), today=TODAY)
    silent.deadlines.update(standing="VOID")
    take(
        district.clerk,
        paused,
        "hold",
        {"reason": "等", "until": "2023-03-20"},
        occurred_on=date(2023, 3, 2),
        command_key=key(),
        today=TODAY,
    )
    take(
        district.clerk,
        ended,
        "refuse",
        {"grounds": "缺"},
        occurred_on=date(2023, 3, 2),
        command_key=key(),
        today=TODAY,
    )
    ended.deadlines.update(standing="RUNNING")
    far = date(2027, 1, 1)
    assert codes_of(stuck_records(far)) == {
        (silent.key, "silent"),
        (paused.key, "hold"),
        (ended.key, "deadline"),
    }
    district.second.is_active = False
    district.second.save()
    Record.objects.filter(pk=paused.pk).update(owner=district.second)
    assert (paused.key, "owner") in codes_of(stuck_records(far))
    assert codes_of(stuck_records(far, Record.objects.filter(pk=ended.pk))) == {(ended.key, "deadline")}


def test_a_night_takes_automatic_steps_and_twice_is_once(district, opened):
    record = opened()
    take(
        district.clerk,
        record,
        "hold",
        {"reason": "等"},
        occurred_on=date(2023, 3, 2),
        command_key=key(),
        today=TODAY,
    )
    assert run(date(2023, 4, 1)).taken == 0
    first, second = run(date(2023, 5, 10)), run(date(2023, 5, 10))
    assert (first.taken, second.taken, second.anchored) == (1, 0, 0)
    done = Record.objects.get()
    assert (done.state, done.outcome, done.closed_on) == ("lapsed", "视为撤回", date(2023, 5, 10))
    assert done.holds.get().to_on == date(2023, 5, 10)
    assert done.events.last().actor is None
    clean()


def test_an_edited_calendar_moves_open_deadlines_with_an_event(district, opened):
    """Due on Wednesday 2023-03-08; the day becomes a holiday, so it rolls."""
    record = opened(on=date(2023, 3, 1))
    set_days({date(2023, 3, 8): ("HOLIDAY", "临时放假")}, "某通知")
    assert recompute([2023]) == 1
    assert recompute([2023]) == 0
    assert record.deadlines.get().due_on == date(2023, 3, 9)
    assert record.events.last().action == "recompute"
    clean()


def test_deadlines_beyond_the_known_calendar_are_provisional_until_it_is_known(district, opened):
    last = max(calendar().known)
    record = opened(on=date(last, 12, 31), today=date(last + 1, 6, 1))
    assert record.deadlines.get().provisional
    set_days({date(last + 1, 1, 1): ("HOLIDAY", "元旦"), date(last + 1, 1, 7): ("HOLIDAY", "试")}, "某通知")
    assert recompute() == 1
    deadline = record.deadlines.get()
    assert not deadline.provisional
    assert deadline.due_on > date(last + 1, 1, 7)


def test_alarms_are_given_for_records_in_scope(district, opened):
    record = opened(on=date(2023, 3, 1))
    colours = {
        day: [str(found.alarm) for found in alarms(Record.objects.all(), date(2023, 3, day))]
        for day in (1, 6, 7, 9)
    }
    assert colours == {1: [], 6: ["YELLOW"], 7: ["ORANGE"], 9: ["RED"]}
    assert list(alarms(Record.objects.exclude(pk=record.pk), date(2023, 3, 9))) == []


def test_areas_are_loaded_merged_and_split(district):
    with pytest.raises(RefusedError) as refused:
        load_areas(
            [
                {"code": "99", "name": "短"},
                {"code": "990111009001", "name": "没有上级"},
                {"code": "990111003", "name": ""},
            ],
            date(2023, 1, 1),
        )
    assert [problem.code for problem in refused.value.problems] == ["E-TYPE", "E-REQ", "E-REF"]
    [new] = load_areas([{"code": "990111003", "name": "新街道"}], date(2023, 7, 1))
    succeed([district.east, district.west], [new], date(2023, 6, 30), "合并")
    district.east.refresh_from_db()
    assert area_on(district.east, date(2023, 6, 30)) == [district.east]
    assert area_on(district.east, date(2023, 7, 1)) == [new]
    codes = set(area_and_below(new).values_list("code", flat=True))
    assert {"990111003", "990111001", "990111001001", "990111002001"} <= codes
    with pytest.raises(RefusedError):
        succeed([district.east], [new], date(2023, 8, 1), "再合并")
    assert Area.objects.filter(valid_to=None).count() == 4
    clean()
