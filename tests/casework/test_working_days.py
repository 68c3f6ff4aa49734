"""The calendar against the State Council's notices: check-sums, make-up days, and two independent packages day by day."""

from datetime import date, timedelta

import holidays
import pytest

from mingzhang.casework.calendar import Calendar, CalendarDay, DayKind
from mingzhang.casework.official_calendar import official_calendar, official_days, official_years

CALENDAR = official_calendar()


def days(first, last):
    return (first + timedelta(number) for number in range((last - first).days + 1))


@pytest.mark.parametrize(
    ("year", "count"), [(2021, 250), (2022, 249), (2023, 249), (2024, 251), (2025, 248), (2026, 248)]
)
def test_a_year_has_its_working_days(year, count):
    assert sum(map(CALENDAR.is_working, days(date(year, 1, 1), date(year, 12, 31)))) == count
    assert CALENDAR.working_days(date(year - 1, 12, 31), date(year, 12, 31)) == count


@pytest.mark.parametrize(
    ("year", "stated"),
    [
        (2021, "02-07 02-20 04-25 05-08 09-18 09-26 10-09"),
        (2025, "01-26 02-08 04-27 09-28 10-11"),
        (2026, "01-04 02-14 02-28 05-09 09-20 10-10"),
    ],
)
def test_make_up_workdays_are_those_of_the_notice(year, stated):
    found = [entry.day for entry in official_days(year) if entry.kind is DayKind.MAKEUP]
    assert [f"{day:%m-%d}" for day in found] == stated.split()


@pytest.mark.parametrize(("year", "count"), [(2021, 50), (2024, 48), (2025, 49), (2026, 50)])
def test_thursdays_on_duty(year, count):
    thursdays = [day for day in days(date(year, 1, 1), date(year, 12, 31)) if day.weekday() == 3]
    assert sum(map(CALENDAR.is_working, thursdays)) == count


def test_a_second_package_agrees_on_every_day_of_2010_to_2026():
    witness = holidays.country_holidays("CN", years=range(2010, 2027))
    differing = [
        day
        for day in days(date(2010, 1, 1), date(2026, 12, 31))
        if witness.is_working_day(day) != CALENDAR.is_working(day)
    ]
    assert differing == []


def test_working_days_after_any_day_of_2021_to_2026_agree_with_the_second_package():
    witness = holidays.country_holidays("CN", years=range(2021, 2028))
    for day in days(date(2021, 1, 1), date(2026, 11, 30)):
        for count in (1, 5, 10):
            assert CALENDAR.after(day, count) == witness.get_nth_working_day(day, count), (day, count)


def test_a_year_stated_in_part_is_not_known():
    whole = list(official_days(2021))
    assert Calendar.of(whole).known == {2021}
    assert Calendar.of(whole[:-1]).known == frozenset()


def test_an_unknown_year_rests_on_weekends_only():
    calendar = Calendar.of(official_days(2021))
    assert calendar.is_working(date(2022, 2, 1))
    assert not calendar.is_working(date(2022, 1, 29))
    assert not calendar.knows(date(2021, 12, 31), date(2022, 1, 1))


def test_a_stated_day_overrides_the_week():
    calendar = Calendar.of([CalendarDay(date(2031, 6, 3), DayKind.HOLIDAY, "端午节")])
    assert not calendar.is_working(date(2031, 6, 3))


def test_the_package_is_asked_for_no_year_that_it_would_guess():
    assert official_years()[0] == 2004
    assert 2026 in official_years()
    assert list(official_days(official_years()[-1] + 1)) == []


def test_holidays_carry_their_names():
    named = {entry.day: entry.name for entry in official_days(2021)}
    assert named[date(2021, 2, 12)] == "春节"
    assert named[date(2021, 3, 8)] == ""
