"""Figures out of records: periods, measures, bases, rounding; every figure opens to the records it counted."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta, timezone
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mingzhang.casework.definitions import Counting, Flavour, Metric
from mingzhang.casework.metrics import figure, printed, split_measure
from mingzhang.casework.periods import Period, as_at, months, year


def metric(numerator, denominator=None, *, flavour="flow", unit="件", decimals=0):
    return Metric("M99-01", "test", "某数", unit, Flavour(flavour), numerator, denominator, decimals=decimals)


def record(key, closed=None, **fields):
    return {"key": key, "kind": "case", "closed_on": date.fromisoformat(closed) if closed else None, **fields}


CASES = Counting(("case",), "closed_on")
RECORDS = [
    record("a", "2021-01-01", outcome="调解", recorded_on=date(2021, 1, 5)),
    record("b", "2021-11-30", outcome="维持", recorded_on=date(2022, 1, 5)),
    record("c", "2021-12-31", outcome="调解"),
    record("d", "2022-01-01", outcome="调解"),
    record("e", outcome=None),
    {"key": "f", "kind": "other", "closed_on": date(2021, 5, 1)},
]


@pytest.mark.parametrize(
    ("period", "keys"),
    [(year(2021), "abc"), (months(2021, 1, 11), "ab"), (months(2021, 12, 12), "c"), (year(2020), "")],
)
def test_a_flow_counts_the_days_of_the_period_both_ends_included(period, keys):
    found = figure(metric(CASES), period, RECORDS)
    assert found.numerator.keys == tuple(keys)
    assert found.value == len(keys)
    assert found.printed == str(len(keys))


def test_records_typed_in_after_the_period_are_told():
    assert figure(metric(CASES), year(2021), RECORDS).numerator.late == ("b",)


def test_a_rate_has_numerator_base_and_half_up_rounding():
    """28 of 112: 25.00%; 28 of 122 printed with one decimal is 23.0, not the cut 22.9."""

    def rate(whole, decimals):
        rows = [record(str(number), "2021-03-01", settled=number < 28) for number in range(whole)]
        asked = metric(
            replace(CASES, where={"settled": True}), CASES, flavour="ratio", unit="%", decimals=decimals
        )
        return figure(asked, year(2021), rows)

    found = rate(112, 2)
    assert (found.numerator.amount, found.denominator.amount, found.printed) == (28, 112, "25.00%")
    assert rate(122, 1).printed == "23.0%"
    assert rate(122, 2).printed == "22.95%"
    assert found.value == 25


def test_a_zero_base_prints_a_dash_never_nought():
    asked = metric(CASES, CASES, flavour="ratio", unit="%")
    found = figure(asked, year(2000), RECORDS)
    assert found.value is None
    assert found.printed == "—"
    assert found.denominator.amount == 0


def test_sums_and_units():
    rows = [
        record("a", "2021-05-01", people=1_059_399, paid=12_345_67),
        record("b", "2021-06-01", people=None),
    ]
    people = metric(replace(CASES, measure="sum:people"), unit="万人次", decimals=2)
    paid = metric(replace(CASES, measure="sum:paid"), unit="万元", decimals=2)
    yuan = metric(replace(CASES, measure="sum:paid"), unit="元", decimals=2)
    assert figure(people, year(2021), rows).printed == "105.94"
    assert figure(paid, year(2021), rows).printed == "1.23"
    assert figure(yuan, year(2021), rows).printed == "12345.67"
    hours = metric(replace(CASES, measure="sum:hours"), unit="小时", decimals=1)
    assert figure(hours, year(2021), [record("a", "2021-05-01", hours=Decimal("1.25"))]).printed == "1.3"


def test_distinct_things_and_distinct_days():
    rows = [
        record("a", "2021-05-01", area="1", who=["x", "y"]),
        record("b", "2021-05-01", area="1"),
        record("c", "2021-05-02", area="2"),
    ]
    assert figure(metric(replace(CASES, measure="distinct:area")), year(2021), rows).value == 2
    assert figure(metric(replace(CASES, distinct_days=True)), year(2021), rows).value == 2


def test_rows_are_counted_by_their_own_day_and_condition():
    rows = [
        record(
            "a",
            visits=[
                {"on": date(2021, 3, 1), "reached": True, "score": 5},
                {"on": date(2021, 4, 1), "reached": False, "score": None},
                {"on": date(2022, 4, 1), "reached": True, "score": 2},
            ],
        ),
        record("b", visits=[{"on": date(2021, 5, 1), "reached": True, "score": 2}]),
    ]
    reached = Counting(("case",), "visits.on", rows="visits", row_where={"reached": True})
    content = replace(reached, row_where={"reached": True, "score": {"ge": 3}})
    found = figure(metric(content, reached, flavour="ratio", unit="%"), year(2021), rows)
    assert (found.numerator.amount, found.denominator.amount, found.printed) == (1, 2, "50%")
    assert found.denominator.keys == ("a", "b")
    total = metric(replace(reached, measure="sum:score"))
    assert figure(total, year(2021), rows).value == 7


def test_deadlines_are_counted_by_their_own_day_or_their_records():
    deadlines = [
        {"record": "a", "family": "DR1", "due_on": date(2021, 3, 1), "standing": "DONE_ON_TIME"},
        {"record": "a", "family": "DR2", "due_on": date(2021, 3, 1), "standing": "DONE_LATE"},
        {"record": "b", "family": "DR1", "due_on": date(2022, 3, 1), "standing": "OVERDUE"},
        {"record": "zzz", "family": "DR1", "due_on": date(2021, 3, 1), "standing": "OVERDUE"},
    ]
    due = Counting(("case",), "due_on", deadlines=("DR1",))
    in_time = replace(due, standings=("DONE_ON_TIME",))
    found = figure(metric(in_time, due, flavour="ratio", unit="%"), year(2021), RECORDS, deadlines)
    assert (found.numerator.amount, found.denominator.amount) == (1, 1)
    closed = Counting(("case",), "closed_on", deadlines=("DR1", "DR2"))
    assert figure(metric(closed), year(2021), RECORDS, deadlines).value == 3


def test_a_stock_is_what_is_there_on_the_last_day():
    rows = [
        record("a", joined=date(2020, 1, 1), left=None),
        record("b", joined=date(2020, 1, 1), left=date(2021, 12, 31)),
        record("c", joined=date(2020, 1, 1), left=date(2021, 12, 30)),
        record("d", joined=date(2022, 1, 1), left=None),
        record("e", joined=None, left=None),
    ]
    stock = metric(Counting(("case",), "joined", "left"), flavour="stock", unit="人")
    assert figure(stock, as_at(date(2021, 12, 31)), rows).numerator.keys == ("a", "b")
    assert figure(stock, year(2021), rows).numerator.keys == ("a", "b")


def test_an_entry_of_a_registry_counts_while_it_is_in_force():
    rows = [
        {"key": "a", "kind": "area", "valid_from": date(2000, 1, 1), "valid_to": None},
        {"key": "b", "kind": "area", "valid_from": date(2000, 1, 1), "valid_to": date(2020, 12, 31)},
        {"key": "c", "kind": "area", "valid_from": date(2022, 1, 1), "valid_to": None},
    ]
    assert figure(metric(Counting(("area",)), flavour="stock"), year(2021), rows).numerator.keys == ("a",)


def test_what_is_not_confirmed_is_left_out():
    rows = [record("a", "2021-05-01", state="draft"), record("b", "2021-05-01", state="confirmed")]
    assert figure(metric(replace(CASES, confirmed_only=True)), year(2021), rows).numerator.keys == ("b",)


def test_durations():
    rows = [
        record(key, closed, accepted_on=date(2021, 3, 1), paused_days=paused)
        for key, closed, paused in [("a", "2021-03-11", 0), ("b", "2021-03-31", 10), ("c", "2021-04-20", 0)]
    ]

    def one(measure, denominator=None):
        asked = replace(CASES, measure=f"{measure}:accepted_on..closed_on")
        return figure(
            metric(asked, denominator, flavour="duration", unit="天", decimals=1), year(2021), rows
        ).printed

    assert one("days") == "90.0"
    assert one("days", CASES) == "30.0"
    assert one("net_days", CASES) == "26.7"
    assert one("median") == "30.0"
    assert one("p90") == "50.0"


def test_minutes_between_moments_and_of_service_time_only():
    """Asked at eight in the evening and answered at half past nine next morning: 810 minutes, of which 120 in service hours."""
    beijing = timezone(timedelta(hours=8))
    asked = [datetime(2021, 3, 5, 20, 0, tzinfo=beijing), datetime(2021, 3, 5, 2, 0, tzinfo=UTC), None]
    answered = [datetime(2021, 3, 6, 1, 30, tzinfo=UTC), datetime(2021, 3, 5, 2, 7, 30, tzinfo=UTC), asked[0]]
    rows = [
        record(str(number), "2021-03-06", asked=start, answered=end)
        for number, (start, end) in enumerate(zip(asked, answered, strict=True))
    ]

    def one(measure):
        counting = replace(CASES, measure=f"{measure}:asked..answered")
        return figure(metric(counting, flavour="duration", unit="分钟", decimals=1), year(2021), rows).printed

    assert one("median_minutes") == "408.8"
    assert one("p90_minutes") == "810.0"
    assert one("median_service_minutes") == "63.8"
    assert one("p90_service_minutes") == "120.0"


def test_a_flag_says_yes_only_where_nothing_is_missing():
    done = replace(CASES, where={"outcome": "调解"})
    assert figure(metric(done, done, flavour="flag", unit=""), year(2021), RECORDS).printed == "是"
    assert figure(metric(done, CASES, flavour="flag", unit=""), year(2021), RECORDS).printed == "否"
    assert figure(metric(done, CASES, flavour="flag", unit=""), year(2000), RECORDS).printed == "—"
    assert figure(metric(done, flavour="flag", unit=""), year(2021), RECORDS).printed == "—"


def test_moments_are_dated_by_their_day():
    rows = [{"key": "a", "kind": "case", "received_at": datetime(2021, 12, 31, 23, 59)}]
    assert figure(metric(Counting(("case",), "received_at")), year(2021), rows).value == 1


@given(st.integers(0, 10**9), st.integers(1, 10**9), st.integers(0, 4))
def test_rounding_is_half_up(part, whole, decimals):
    value = Fraction(part, whole) * 100
    asked = metric(CASES, CASES, flavour="ratio", unit="%", decimals=decimals)
    shown = Fraction(printed(asked, value).rstrip("%"))
    assert abs(shown - value) <= Fraction(1, 2 * 10**decimals)
    assert shown - value > Fraction(-1, 2 * 10**decimals)


@given(st.lists(st.dates(date(2020, 6, 1), date(2022, 6, 1)), max_size=30))
def test_months_add_up_to_the_year(days):
    rows = [{"key": str(place), "kind": "case", "closed_on": day} for place, day in enumerate(days)]
    parts = [figure(metric(CASES), month, rows).value for month in year(2021).months()]
    assert sum(parts) == figure(metric(CASES), year(2021), rows).value


def test_periods():
    assert months(2024, 1, 2).last == date(2024, 2, 29)
    assert [
        period.chinese for period in (months(2021, 3, 3), Period(date(2021, 1, 5), date(2021, 2, 1)))
    ] == [
        "2021年3月",
        "2021-01-05至2021-02-01",
    ]
    assert len(list(months(2021, 2, 11).months())) == 10
    with pytest.raises(ValueError, match="before"):
        Period(date(2021, 2, 1), date(2021, 1, 1))


@pytest.mark.parametrize("measure", ["", "records:x", "sum", "sum:", "mean:x", "days:a", "median:a..b..c"])
def test_what_is_no_measure(measure):
    assert split_measure(measure) is None
