"""Duties out of class and category, and compliance out of contacts: by hand for known weeks, and whatever the data."""

from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as some
from regime import REGIME, episode

from mingzhang.casework.supervision import (
    Contact,
    Span,
    Standing,
    class_on,
    comply,
    day_standing,
    duties_between,
    span_problems,
)
from mingzhang.casework.supervision.spans import is_juvenile

MONDAY = date(2021, 3, 1)


def due(person, first, last, rule):
    return [
        (duty.since, duty.until, duty.times, duty.amount)
        for duty in duties_between(person, REGIME, first, last)
        if duty.rule == rule
    ]


def test_a_strict_person_reports_every_week():
    assert due(episode(), MONDAY, date(2021, 3, 21), "strict_report") == [
        (MONDAY, date(2021, 3, 7), 1, 0),
        (date(2021, 3, 8), date(2021, 3, 14), 1, 0),
        (date(2021, 3, 15), date(2021, 3, 21), 1, 0),
    ]


def test_hours_of_study_are_asked_by_the_month_and_cut_with_it():
    assert due(episode(since=date(2021, 3, 16)), MONDAY, date(2021, 4, 30), "strict_study") == [
        (date(2021, 3, 16), date(2021, 3, 31), 0, 12 * 16 // 31),
        (date(2021, 4, 1), date(2021, 4, 30), 0, 12),
    ]


def test_a_change_of_class_changes_the_duties_from_its_day():
    person = episode(classes=(Span("严管", MONDAY, date(2021, 5, 2)), Span("普管", date(2021, 5, 3))))
    assert [class_on(person, date(2021, 5, day)) for day in (2, 3)] == ["严管", "普管"]
    assert due(person, date(2021, 4, 26), date(2021, 5, 16), "strict_report") == [
        (date(2021, 4, 26), date(2021, 5, 2), 1, 0)
    ]
    assert [
        until for _, until, _, _ in due(person, date(2021, 4, 26), date(2021, 5, 30), "ordinary_report")
    ] == [
        date(2021, 5, 9),
        date(2021, 5, 23),
    ]
    assert not span_problems(person, REGIME)


def test_a_leave_asks_for_no_report():
    away = Span("请假", date(2021, 3, 8), date(2021, 3, 14))
    person = episode(suspended=(away,))
    assert [since for since, _, _, _ in due(person, MONDAY, date(2021, 3, 21), "strict_report")] == [
        MONDAY,
        date(2021, 3, 15),
    ]
    assert day_standing(person, [], date(2021, 3, 9)) == "中止"
    assert day_standing(person, [], date(2020, 3, 9)) == "不在册"


def test_medical_reviews_are_asked_of_whom_the_law_asks():
    ill = episode(categories=("暂予监外执行", "保外就医"))
    assert [until for _, until, _, _ in due(ill, MONDAY, date(2021, 12, 31), "medical_review")] == [
        date(2021, 5, 31),
        date(2021, 8, 31),
        date(2021, 11, 30),
    ]
    assert not due(ill, MONDAY, date(2021, 12, 31), "strict_service")
    assert not due(episode(), MONDAY, date(2021, 12, 31), "medical_review")


def test_contacts_in_time_late_missing_and_waived():
    person = episode()
    weeks = [
        duty
        for duty in duties_between(person, REGIME, MONDAY, date(2021, 4, 4))
        if duty.rule == "strict_report"
    ]
    contacts = [
        Contact("a", "到所报到", date(2021, 3, 3)),
        Contact("b", "到所报到", date(2021, 3, 16)),
        Contact("c", "到所报到", date(2021, 3, 17)),
        Contact("other", "电话报告", date(2021, 3, 25)),
    ]
    found = comply(weeks, contacts, REGIME, date(2021, 4, 3), exempt=[weeks[3].key])
    assert [(each.standing, each.contacts) for each in found] == [
        (Standing.DONE, ("a",)),
        (Standing.LATE, ("c",)),
        (Standing.DONE, ("b",)),
        (Standing.EXEMPT, ()),
        (Standing.RUNNING, ()),
    ]
    assert [day_standing(person, found, date(2021, 3, day)) for day in (7, 14, 16, 17)] == [
        "齐",
        "欠",
        "欠",
        "齐",
    ]
    assert comply(weeks, contacts, REGIME, date(2021, 5, 1))[3].standing is Standing.MISSED


def test_hours_add_up():
    march = [
        duty
        for duty in duties_between(episode(), REGIME, MONDAY, date(2021, 3, 31))
        if duty.rule == "strict_study"
    ]
    contacts = [Contact(str(day), "教育学习", date(2021, 3, day), 4) for day in (5, 12, 19)]
    [done] = comply(march, contacts, REGIME, date(2021, 4, 1))
    assert (done.standing, done.done_on) == (Standing.DONE, date(2021, 3, 19))
    [short] = comply(march, contacts[:2], REGIME, date(2021, 4, 1))
    assert (short.standing, short.contacts) == (Standing.MISSED, ("5", "12"))


@given(
    start=some.integers(0, 40),
    length=some.integers(1, 120),
    change=some.integers(1, 100),
    cut=some.integers(0, 120),
)
@settings(max_examples=60, deadline=None)
def test_duties_are_the_same_however_they_are_asked_for(start, length, change, cut):
    """Generating a span at once or in two halves gives the same duties, each once, within the episode and with spans of the rule's own that never overlap."""
    since = MONDAY + timedelta(days=start)
    until = since + timedelta(days=length)
    moved = since + timedelta(days=change)
    classes = (Span("严管", since, moved - timedelta(days=1)), Span("普管", moved))
    person = episode(since=since, until=until, classes=classes)
    first, last = MONDAY, until + timedelta(days=5)
    middle = first + timedelta(days=cut)
    whole = duties_between(person, REGIME, first, last)
    halves = duties_between(person, REGIME, first, middle) + duties_between(
        person, REGIME, middle + timedelta(days=1), max(last, middle)
    )
    assert sorted(halves, key=str) == sorted(whole, key=str)
    assert len({duty.key for duty in whole}) == len(whole)
    assert all(since <= duty.since <= duty.until <= until for duty in whole)
    for rule in {duty.rule for duty in whole}:
        own = [duty for duty in whole if duty.rule == rule]
        assert all(before.until < after.since for before, after in pairwise(own))


@given(days=some.lists(some.integers(0, 60), max_size=20), today=some.integers(0, 70))
@settings(max_examples=60, deadline=None)
def test_a_contact_counts_once_and_more_contacts_never_harm(days, today):
    """No contact is counted for two duties of a kind; one more never leaves fewer duties fulfilled."""
    duties = [
        duty
        for duty in duties_between(episode(), REGIME, MONDAY, MONDAY + timedelta(days=60))
        if duty.rule == "strict_report"
    ]
    contacts = [
        Contact(str(number), "到所报到", MONDAY + timedelta(days=day)) for number, day in enumerate(days)
    ]
    asked = MONDAY + timedelta(days=today)
    found = comply(duties, contacts, REGIME, asked)
    counted = [key for each in found for key in each.contacts]
    assert len(counted) == len(set(counted))
    fewer = comply(duties, contacts[:-1], REGIME, asked)
    assert sum(each.done_on is not None for each in found) >= sum(each.done_on is not None for each in fewer)


@pytest.mark.parametrize(
    ("classes", "code"),
    [
        ((), "E-REQ"),
        ((Span("特管", MONDAY),), "E-CODE"),
        ((Span("严管", MONDAY + timedelta(days=1)),), "E-DATE"),
        ((Span("严管", MONDAY, MONDAY - timedelta(days=1)),), "E-DATE"),
        ((Span("严管", MONDAY, date(2021, 5, 3)), Span("普管", date(2021, 5, 3))), "E-ORDER"),
        ((Span("严管", MONDAY), Span("普管", date(2021, 5, 3))), "E-ORDER"),
        ((Span("普管", MONDAY),), "E-GUARD:entrant"),
        ((Span("严管", MONDAY, date(2021, 4, 1)), Span("普管", date(2021, 4, 2))), "E-GUARD:entrant"),
    ],
)
def test_wrong_spans_of_classes_are_told(classes, code):
    problems = span_problems(episode(classes=classes), REGIME)
    assert code in [problem.code for problem in problems]
    assert all(problem.remedy for problem in problems)


def test_minors_are_who_was_under_eighteen_at_the_crime():
    """周岁 counts from the day after the birthday; whoever was born on 29 February has it on the 28th in other years."""
    assert [is_juvenile(date(2004, 2, 29), date(2022, 2, day)) for day in (27, 28)] == [True, True]
    assert not is_juvenile(date(2004, 2, 29), date(2022, 3, 1))
