"""The vouchers of the sample bureau before they are posted: exact, deterministic, plausible."""

from collections import Counter, defaultdict

import pytest

from mingzhang.sample.planned import YEARS, uses
from mingzhang.sample.vouchers import vouchers
from mingzhang.sample.workdays import is_workday

UNITS = ("bureau", "centre")
YEARS_OF_UNITS = [(unit, year) for unit in UNITS for year in YEARS]


def balances(drafts, digits):
    sums = Counter()
    for draft in drafts:
        for entry in (*draft.financial, *draft.budgetary):
            sums[entry.account[:digits]] += entry.debit_fen
    return sums


@pytest.mark.parametrize(("unit", "year"), YEARS_OF_UNITS)
def test_vouchers_spend_exactly_what_the_plan_says(unit, year):
    """Per function, economic item, project, fund and detail, the budgetary lines add up to the plan's uses."""
    planned, booked = Counter(), Counter()
    for use in uses(year):
        if use.unit == unit:
            planned[use.function, use.economic, use.nature, use.project, use.fund, use.detail] += use.fen
    for draft in vouchers(unit, year):
        for entry in draft.budgetary:
            if entry.account.startswith("7"):
                place = (
                    entry.function,
                    entry.economic,
                    entry.nature,
                    entry.project,
                    entry.fund,
                    entry.detail,
                )
                booked[place] += entry.debit_fen
    assert booked == planned


@pytest.mark.parametrize(("unit", "year"), YEARS_OF_UNITS)
def test_nothing_is_left_over_for_the_next_year(unit, year):
    """Revenue equals expenditure by function and project; money, payables and pay come to zero."""
    result = Counter()
    drafts = vouchers(unit, year)
    for draft in drafts:
        for entry in draft.budgetary:
            if entry.account[0] in "67":
                result[entry.function, entry.nature, entry.project, entry.fund] += entry.debit_fen
    assert set(result.values()) == {0}
    ends = balances(drafts, 4)
    assert {
        account: ends[account] for account in ("1002", "1011", "1214", "2102", "2201", "2307", "8001")
    } == dict.fromkeys(("1002", "1011", "1214", "2102", "2201", "2307", "8001"), 0)


@pytest.mark.parametrize(("unit", "year"), YEARS_OF_UNITS)
def test_quota_and_bank_money_never_fall_below_zero(unit, year):
    """Day by day, money is there before it is spent."""
    balance = Counter()
    for draft in vouchers(unit, year):
        for entry in draft.financial:
            if entry.account in ("1002", "1011", "1302"):
                balance[entry.account] += entry.debit_fen
        assert min(balance.values(), default=0) >= 0, draft


def test_there_are_more_than_five_thousand_vouchers_and_they_are_the_same_every_time():
    """Both years of both units; nothing depends on a clock or on the order of a set."""
    first = [vouchers(unit, year) for unit, year in YEARS_OF_UNITS]
    assert sum(map(len, first)) > 5000
    assert first == [vouchers(unit, year) for unit, year in YEARS_OF_UNITS]


@pytest.mark.parametrize(("unit", "year"), YEARS_OF_UNITS)
def test_vouchers_lie_on_working_days_with_keys_people_and_summaries(unit, year):
    """Only opening balances and what the treasury takes back lie on a fixed day."""
    drafts = vouchers(unit, year)
    assert len({draft.event_key for draft in drafts}) == len(drafts)
    for draft in drafts:
        assert draft.date.year == year
        assert is_workday(draft.date) or draft.kind == "opening" or draft.summary.startswith("年末注销")
        assert all((draft.prepared_by, draft.reviewed_by, draft.approved_by))
        assert draft.prepared_by != draft.reviewed_by != draft.approved_by
        assert "{" not in draft.summary
        assert len(draft.summary) <= 60


def test_summaries_are_as_varied_as_a_real_years():
    """No single text stands on more than a fiftieth of the bureau's vouchers."""
    summaries = Counter(draft.summary for draft in vouchers("bureau", 2021))
    assert len(summaries) > 1200
    assert summaries.most_common(1)[0][1] < 60


def test_mediators_are_paid_street_by_street_from_may_2020():
    """50 mediators: five in each of ten streets, from May to December 2020 and all of 2021."""
    months = defaultdict(int)
    for year in YEARS:
        for draft in vouchers("bureau", year):
            if any(entry.detail == "街乡调解员" for entry in draft.budgetary):
                months[year, draft.date.month] += 5
    assert set(months.values()) == {50}
    assert sorted(months) == [(2020, month) for month in range(5, 13)] + [
        (2021, month) for month in range(1, 13)
    ]
