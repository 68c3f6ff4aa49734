"""Due days: the vectors of the calendar note, the worked example, pauses, extensions, versions, standings, alarms."""

from datetime import date, datetime, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mingzhang.casework.calendar import Calendar
from mingzhang.casework.deadlines import (
    Alarm,
    Due,
    Pause,
    Standing,
    alarm,
    due,
    due_moment,
    in_force,
    merged,
    standing,
)
from mingzhang.casework.definitions import DeadlineRule
from mingzhang.casework.official_calendar import official_calendar, official_days

CALENDAR = official_calendar()


def rule(
    amount, unit, bound="MAX", *, roll=None, rule_id="DR99-01", family="DR99-01", valid=("2000-01-01", "")
):
    return DeadlineRule(
        rule_id=rule_id,
        family=family,
        line="99",
        trigger="收到申请",
        action="决定",
        bound=bound,
        amount=Decimal(amount),
        unit=unit,
        count_from="EXACT" if unit == "H" else "NEXT_DAY",
        roll=(bound == "MAX" and unit in ("D", "M", "Y")) if roll is None else roll,
        pause_extend="",
        basis="",
        sureness="参",
        valid_from=date.fromisoformat(valid[0]),
        valid_to=date.fromisoformat(valid[1]) if valid[1] else None,
    )


def day(text):
    return date.fromisoformat(text)


@pytest.mark.parametrize(
    ("unit", "trigger", "amount", "expected"),
    [
        ("WD", "2021-02-05", 5, "2021-02-18"),
        ("WD", "2021-04-29", 5, "2021-05-10"),
        ("WD", "2021-09-30", 7, "2021-10-15"),
        ("WD", "2024-02-07", 5, "2024-02-20"),
        ("WD", "2024-09-27", 10, "2024-10-16"),
        ("WD", "2025-01-24", 5, "2025-02-07"),
        ("WD", "2026-02-13", 5, "2026-02-27"),
        ("D", "2021-01-13", 30, "2021-02-18"),
        ("D", "2021-08-02", 60, "2021-10-08"),
        ("D", "2024-07-31", 60, "2024-09-29"),
        ("D", "2024-12-01", 60, "2025-02-05"),
        ("D", "2025-12-18", 15, "2026-01-04"),
        ("D", "2021-03-19", 15, "2021-04-06"),
    ],
)
def test_the_thirteen_vectors(unit, trigger, amount, expected):
    assert due(rule(amount, unit), day(trigger), CALENDAR).on == day(expected)


def test_an_extension_is_counted_from_the_unrolled_base():
    """Accepted 2025-08-03, sixty days; the base falls into the October holidays, thirty days more do not start after them."""
    sixty = rule(60, "D")
    assert due(sixty, day("2025-08-03"), CALENDAR) == Due(day("2025-10-02"), day("2025-10-09"))
    assert due(sixty, day("2025-08-03"), CALENDAR, extension=30) == Due(day("2025-11-01"), day("2025-11-03"))


@pytest.mark.parametrize(
    ("unit", "amount", "bound", "started", "expected"),
    [
        ("M", 1, "MAX", "2021-01-31", "2021-03-01"),
        ("M", 3, "MAX", "2021-01-03", "2021-04-06"),
        ("Y", 3, "MAX", "2020-02-29", "2023-02-28"),
        ("Y", 5, "MAX", "2016-05-01", "2021-05-06"),
        ("D", 0, "MAX", "2021-12-04", "2021-12-06"),
        ("D", 30, "MIN", "2021-09-02", "2021-10-02"),
        ("WD", 7, "MIN", "2021-09-28", "2021-10-13"),
        ("D", 3, "BEFORE", "2021-10-11", "2021-10-08"),
        ("WD", 5, "BEFORE", "2021-10-11", "2021-09-28"),
        ("M", 1, "BEFORE", "2021-03-31", "2021-02-28"),
        ("D", 30, "SPAN", "2021-09-02", "2021-10-02"),
    ],
)
def test_months_years_and_the_other_bounds(unit, amount, bound, started, expected):
    assert due(rule(amount, unit, bound), day(started), CALENDAR).on == day(expected)


def test_hours_are_exact_and_never_roll():
    started = datetime(2021, 10, 1, 22, 30)
    assert due_moment(rule(24, "H"), started) == datetime(2021, 10, 2, 22, 30)
    assert due_moment(rule("0.5", "H"), started) == datetime(2021, 10, 1, 23, 0)
    with pytest.raises(ValueError, match="hours"):
        due(rule(24, "H"), started.date(), CALENDAR)
    with pytest.raises(ValueError, match="days"):
        due_moment(rule(1, "D"), started)


def test_a_matter_may_state_its_own_amount():
    assert due(rule(0, "WD"), day("2021-03-01"), CALENDAR, amount=4).on == day("2021-03-05")


class TestPauses:
    def test_the_day_of_the_pause_counts_and_the_day_of_resuming_does_not(self):
        found = due(
            rule(30, "D"), day("2021-03-01"), CALENDAR, pauses=[Pause(day("2021-03-10"), day("2021-03-15"))]
        )
        assert found.base == day("2021-04-05")
        assert found.on == day("2021-04-06")

    def test_working_days_go_on_after_it(self):
        found = due(
            rule(7, "WD"), day("2021-03-01"), CALENDAR, pauses=[Pause(day("2021-03-03"), day("2021-03-20"))]
        )
        assert found.on == day("2021-03-26")

    def test_one_that_began_after_the_last_day_mends_nothing(self):
        late = Pause(day("2021-04-05"), day("2021-05-05"))
        assert due(rule(30, "D"), day("2021-03-01"), CALENDAR, pauses=[late]).on == day("2021-03-31")

    def test_one_that_began_on_a_rest_day_before_the_rolled_day_leaves_that_day(self):
        """Base 10-02, rolled to 10-09 (a make-up Saturday would be 10-11): paused in between, a working day is still to come."""
        paused = Pause(day("2025-10-05"), day("2025-11-20"))
        assert due(rule(60, "D"), day("2025-08-03"), CALENDAR, pauses=[paused]).on == day("2025-11-21")

    def test_an_open_one_counts_up_to_today(self):
        still = [Pause(day("2021-03-10"))]
        paused = due(rule(30, "D"), day("2021-03-01"), CALENDAR, pauses=still, today=day("2021-03-20"))
        assert paused.base == day("2021-04-10")
        assert due(rule(30, "D"), day("2021-03-01"), CALENDAR, pauses=still).base == day("2021-03-31")

    def test_one_from_before_the_start_counts_from_the_start(self):
        early = Pause(day("2021-02-01"), day("2021-03-05"))
        assert due(rule(10, "D"), day("2021-03-01"), CALENDAR, pauses=[early]).base == day("2021-03-15")


SOME_DAYS = st.dates(date(2021, 1, 4), date(2024, 6, 30))
RULES = (
    st.builds(rule, st.integers(1, 90), st.just("WD"))
    | st.builds(rule, st.integers(0, 90), st.just("D"))
    | st.builds(rule, st.integers(0, 6), st.just("M"))
)


@st.composite
def pauses_after(draw, started):
    spans = []
    for _ in range(draw(st.integers(1, 4))):
        after = started + timedelta(draw(st.integers(0, 120)))
        spans.append(Pause(after, after + timedelta(draw(st.integers(0, 60)))))
    return spans


@given(RULES, SOME_DAYS, st.data())
def test_no_deadline_is_lost_by_pausing(kind, started, data):
    """A pause in time never shortens what is left: not earlier than without it, and never before the day of resuming."""
    plain = due(kind, started, CALENDAR)
    spans = data.draw(pauses_after(started))
    paused = due(kind, started, CALENDAR, pauses=spans)
    assert paused.on >= plain.on
    assert CALENDAR.is_working(paused.on)
    for span in merged(spans):
        if span.after <= plain.on:
            assert paused.on >= span.until


@given(RULES, SOME_DAYS, st.data())
def test_what_was_left_when_it_paused_is_left_when_it_resumes(kind, started, data):
    plain = due(kind, started, CALENDAR)
    after = data.draw(st.dates(started, plain.base))
    until = after + timedelta(data.draw(st.integers(1, 60)))
    paused = due(kind, started, CALENDAR, pauses=[Pause(after, until)])
    if kind.unit == "WD":
        left = CALENDAR.working_days(after, plain.base)
        assert left == 0 or CALENDAR.working_days(until, paused.base) == left
    else:
        assert paused.base - until == plain.base - after


@given(RULES, SOME_DAYS, st.integers(0, 30), st.data())
def test_the_order_of_pauses_does_not_matter(kind, started, extension, data):
    spans = data.draw(pauses_after(started))
    shuffled = data.draw(st.permutations(spans))
    doubled = [*shuffled, shuffled[0]]
    first = due(kind, started, CALENDAR, pauses=spans, extension=extension)
    assert due(kind, started, CALENDAR, pauses=doubled, extension=extension) == first


@given(RULES, SOME_DAYS, st.integers(0, 40), st.integers(0, 40))
def test_extensions_add_up_on_the_base(kind, started, first, second):
    once = due(kind, started, CALENDAR, extension=first + second)
    assert once.base >= due(kind, started, CALENDAR, extension=first).base
    if kind.unit != "WD":
        assert once.base == due(kind, started, CALENDAR, extension=first).base + timedelta(second)


@given(st.dates(date(2021, 1, 1), date(2026, 11, 30)), st.integers(1, 15))
def test_a_due_working_day_is_that_many_working_days_away(started, amount):
    on = due(rule(amount, "WD"), started, CALENDAR).on
    assert CALENDAR.working_days(started, on) == amount
    assert CALENDAR.is_working(on)


class TestProvisional:
    CALENDAR = Calendar.of(official_days(2021))

    def test_a_due_day_in_an_unknown_year(self):
        found = due(rule(15, "D"), day("2021-12-25"), self.CALENDAR)
        assert found == Due(day("2022-01-09"), day("2022-01-10"), provisional=True)

    def test_working_days_that_run_into_one(self):
        assert due(rule(5, "WD"), day("2021-12-29"), self.CALENDAR).provisional
        assert not due(rule(2, "WD"), day("2021-12-29"), self.CALENDAR).provisional

    def test_what_needs_no_calendar_is_firm(self):
        assert not due(rule(30, "D", "MIN"), day("2021-12-29"), self.CALENDAR).provisional

    def test_it_becomes_firm_with_the_calendar(self):
        known = Calendar.of([*official_days(2021), *official_days(2022)])
        assert due(rule(30, "D"), day("2022-01-05"), self.CALENDAR) == Due(
            day("2022-02-04"), day("2022-02-04"), True
        )
        assert due(rule(30, "D"), day("2022-01-05"), known) == Due(day("2022-02-04"), day("2022-02-07"))


@pytest.mark.parametrize(
    ("stated", "expected"),
    [
        ({"today": "2021-03-10"}, Standing.RUNNING),
        ({"today": "2021-03-11"}, Standing.OVERDUE),
        ({"today": "2021-03-11", "paused": True}, Standing.PAUSED),
        ({"today": "2021-05-01", "done_on": "2021-03-10"}, Standing.DONE_ON_TIME),
        ({"today": "2021-05-01", "done_on": "2021-03-11"}, Standing.DONE_LATE),
        ({"today": "2021-05-01", "done_on": "2021-03-11", "void": True}, Standing.VOID),
        ({"today": "2021-05-01", "bound": "MIN"}, Standing.RUNNING),
        ({"today": "2021-05-01", "bound": "MIN", "done_on": "2021-03-10"}, Standing.DONE_ON_TIME),
        ({"today": "2021-05-01", "bound": "MIN", "done_on": "2021-03-09"}, Standing.DONE_EARLY),
        ({"today": "2021-03-11", "bound": "SPAN"}, Standing.OVERDUE),
        ({"today": "2021-03-11", "bound": "BEFORE"}, Standing.OVERDUE),
    ],
)
def test_standings(stated, expected):
    dated = {key: day(value) if key in ("today", "done_on") else value for key, value in stated.items()}
    assert standing(day("2021-03-10"), **dated) is expected


def test_alarms_count_working_days():
    """Due on the Monday after the make-up Saturday 2021-05-08: the holidays before it do not count as days left."""
    on = day("2021-05-10")
    seen = {
        text: alarm(on, day(f"2021-{text}"), CALENDAR)
        for text in ("04-30", "05-05", "05-06", "05-07", "05-08", "05-10", "05-11")
    }
    assert seen == {
        "04-30": None,
        "05-05": None,
        "05-06": Alarm.YELLOW,
        "05-07": Alarm.YELLOW,
        "05-08": Alarm.ORANGE,
        "05-10": Alarm.ORANGE,
        "05-11": Alarm.RED,
    }
    assert alarm(day("2022-05-10"), on, CALENDAR) is None


def test_the_version_goes_by_the_matters_day():
    old = rule(7, "WD", rule_id="DR99-01a", valid=("2012-07-01", "2021-12-31"))
    new = rule(7, "D", valid=("2022-01-01", ""))
    assert in_force([new, old], "DR99-01", day("2021-12-31")) is old
    assert in_force([new, old], "DR99-01", day("2022-01-01")) is new
    assert in_force([new, old], "DR99-01", day("2012-06-30")) is None
    assert in_force([new, old], "DR99-02", day("2022-01-01")) is None
