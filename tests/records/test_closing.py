"""Closing months and years."""

import random
from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from mingzhang.records.closing import close_month, close_year
from mingzhang.records.events import quota_cancelled, voucher_from_event
from mingzhang.records.ledger import Entry, VoucherDraft, check, post
from mingzhang.records.models import PeriodLock, Voucher, VoucherKind, VoucherLine
from mingzhang.records.opening import opening_balances
from mingzhang.records.places import Place
from mingzhang.records.sums import EVERYTHING, ledger_sums

AID, ADMIN = "2040607", "2040601"


def book(entity, template, fen, on=date(2021, 5, 20), **details):
    details = {"function": ADMIN, **details}
    return voucher_from_event(template, entity, on, fen, **details)


def accept(*drafts):
    posted = post(drafts)
    assert posted.accepted, [problem.in_chinese() for problem in posted.problems]
    return posted


def balance(entity, year, account, **stated):
    return sum(
        row.fen
        for row in ledger_sums([entity], [year], EVERYTHING)
        if row.stated.account.startswith(account)
        and all(getattr(row.stated, name) == code for name, code in stated.items())
    )


def held(closed):
    assert closed.accepted, closed.in_chinese()
    assert [c.in_chinese() for c in closed.checks if not c.holds] == []
    return closed


def a_year_of_the_office(office):
    """Quota of 1000.00, 600.00 spent, 300.00 accrued as returnable; a gift of 50.00 of which 20.00 spent."""
    return [
        book(office, "V01", 60_000, group="public"),
        book(office, "V01", 40_000, nature="project", project="P1-1"),
        book(office, "V02", 50_000, economic="30201"),
        book(office, "V24", 10_000, economic="30227", project="P1-1", contract="HT-1"),
        book(office, "V26", 5_000, accounts=["4603"]),
        quota_cancelled(office, date(2021, 12, 31), 10_000, function=ADMIN, group="public"),
        book(office, "V34", 30_000, on=date(2021, 12, 31)),
        book(office, "V18", 7_000, economic="30201"),
    ]


def test_a_closed_year_leaves_only_balances_and_opens_the_next(bureau):
    """The sixteen steps empty revenue and expenditure; what is left opens the next year."""
    own_money = book(bureau.office, "V14", 2_000, economic="30201", payment="bank")
    accept(*a_year_of_the_office(bureau.office), own_money)
    closed = held(close_year(bureau.office, 2021))
    assert balance(bureau.office, 2021, "810107") == -30_000
    assert balance(bureau.office, 2021, "810107", project="P1-1") == -30_000
    assert balance(bureau.office, 2021, "820204") == -3_000
    assert balance(bureau.office, 2022, "8001") == 33_000
    assert balance(bureau.office, 2022, "1") == -balance(bureau.office, 2022, "3") == 28_000
    assert closed.opening == "初-2022-01-0001"
    assert Voucher.objects.get(year=2022).kind == VoucherKind.OPENING
    names = [step.name for step, number in closed.steps if number]
    assert [name for name in names if name] == ["Y01", "Y02", "Y03", "Y09", "Y10", "Y12"]
    assert "已结账" in closed.in_chinese()
    assert "不符" not in closed.in_chinese()


def test_cancelled_quota_carries_nothing_over(bureau):
    """Unused quota that is cancelled without accrual is neither revenue nor balance."""
    accept(
        book(bureau.office, "V01", 60_000, group="public"),
        book(bureau.office, "V02", 50_000, economic="30201"),
        quota_cancelled(bureau.office, date(2021, 12, 31), 10_000, function=ADMIN, group="public"),
    )
    closed = held(close_year(bureau.office, 2021))
    assert closed.opening == ""
    assert balance(bureau.office, 2022, "8") == 0
    assert balance(bureau.office, 2022, "1") == 0


def test_a_year_closes_once(bureau):
    """重复结账 is refused and changes nothing."""
    accept(book(bureau.office, "V03", 60_000, economic="30201"))
    held(close_year(bureau.office, 2021))
    before = VoucherLine.objects.count()
    again = close_year(bureau.office, 2021)
    assert [problem.code for problem in again.problems] == ["already_closed"]
    assert VoucherLine.objects.count() == before


def test_an_adjusting_voucher_lets_the_year_close_for_the_difference(bureau):
    """A closed year changes by 调整凭证 only; closing again carries what it left, into the next opening too."""
    accept(*a_year_of_the_office(bureau.office))
    held(close_year(bureau.office, 2021))
    change = book(
        bureau.office, "V31", 4_000, on=date(2021, 12, 30), economic="30201", payment="returned", accounts=["1011", "800101"],
        kind="adjusting", reason="退回多付款项",
    )  # fmt: skip
    accept(change)
    held(close_year(bureau.office, 2021))
    assert balance(bureau.office, 2021, "810107") == -34_000
    assert balance(bureau.office, 2022, "800101") == 4_000
    assert [problem.code for problem in close_year(bureau.office, 2021).problems] == ["already_closed"]


def test_finished_projects_become_surplus(bureau):
    """Y04: carry-over of a finished project goes to 财政拨款结余, never that of basic expenditure."""
    accept(
        book(bureau.office, "V01", 60_000, group="public"),
        book(bureau.office, "V01", 40_000, nature="project", project="P1-1"),
    )
    held(close_year(bureau.office, 2021, finished_projects=["P1-1"]))
    assert balance(bureau.office, 2021, "810107") == -60_000
    assert balance(bureau.office, 2021, "810205", project="P1-1") == -40_000


def test_a_finished_first_level_project_takes_its_sub_projects_along(bureau):
    """The ledger names sub-projects; finishing the first-level project finishes them all. Unknown codes are refused."""
    accept(
        book(bureau.office, "V01", 40_000, nature="project", project="P1-1"),
        book(bureau.office, "V01", 5_000, nature="project", project="P1-2"),
    )
    refused = close_year(bureau.office, 2021, finished_projects=["P1", "P8"])
    assert [problem.code for problem in refused.problems] == ["unknown_project"]
    assert Voucher.objects.count() == 2
    held(close_year(bureau.office, 2021, finished_projects=["P1"]))
    assert balance(bureau.office, 2021, "810205") == -45_000
    assert balance(bureau.office, 2021, "810107") == 0


def test_a_department_has_no_months_to_close(bureau):
    """Only units keep books; a lock on the department would lock nothing."""
    assert [p.code for p in close_month(bureau.department, 2021, 3).problems] == ["entity_without_books"]
    assert PeriodLock.objects.count() == 0


def institution_year(centre):
    return [
        book(centre, "V28", 90_000, function=AID, fund="other"),
        book(centre, "V28", 20_000, function=AID, fund="nonfiscal_special", project="P1-1"),
        book(centre, "V29", 30_000, function=AID, accounts=["4401"]),
        book(centre, "V14", 50_000, function=AID, economic="30201", payment="bank"),
        book(
            centre,
            "V14",
            5_000,
            function=AID,
            economic="30201",
            payment="bank",
            fund="nonfiscal_special",
            project="P1-1",
        ),
        book(centre, "V30", 10_000, function=AID, accounts=["5201"]),
    ]


def test_an_institution_distributes_its_surplus(bureau):
    """Y13–Y15: other and operating surplus over 8701 into special and accumulated surplus."""
    accept(*institution_year(bureau.centre))
    held(close_year(bureau.centre, 2021, special_surplus=12_000))
    assert balance(bureau.centre, 2021, "8301") == -12_000
    assert balance(bureau.centre, 2021, "820204") == -48_000
    assert balance(bureau.centre, 2021, "820105") == -15_000
    assert balance(bureau.centre, 2021, "3101") == -12_000


def test_an_operating_loss_stays_where_it_is(bureau):
    """8401 with a debit balance is not distributed."""
    accept(
        book(bureau.centre, "V28", 90_000, function=AID),
        book(bureau.centre, "V30", 10_000, function=AID, accounts=["5201"]),
    )
    held(close_year(bureau.centre, 2021))
    assert balance(bureau.centre, 2021, "8401") == 10_000
    assert balance(bureau.centre, 2021, "820204") == -90_000
    assert balance(bureau.centre, 2022, "8401") == 10_000


@pytest.mark.parametrize(
    ("unit", "changes", "code"),
    [
        ("office", {"special_surplus": 5}, "no_special_surplus"),
        ("centre", {"special_surplus": 5_000_000}, "special_surplus_too_large"),
        ("department", {}, "entity_without_books"),
    ],
)
def test_a_close_that_cannot_be_is_refused(unit, changes, code, bureau):
    """Refused with a reason in Chinese, nothing posted."""
    accept(*institution_year(bureau.centre))
    before = Voucher.objects.count()
    refused = close_year(getattr(bureau, unit), 2021, **changes)
    assert [problem.code for problem in refused.problems] == [code]
    assert "建议" in refused.in_chinese()
    assert Voucher.objects.count() == before


def test_years_close_in_order(bureau):
    """The year before is closed first, because it opens this one."""
    accept(
        book(bureau.office, "V03", 1_000, economic="30201", on=date(2020, 3, 1)),
        book(bureau.office, "V03", 1_000, economic="30201"),
    )
    assert [problem.code for problem in close_year(bureau.office, 2021).problems] == ["earlier_year_open"]


def test_months_close_in_order_and_once(bureau):
    """A closed month carries its result into 3301 and takes no more vouchers."""
    accept(
        *(book(bureau.office, "V03", 1_000, economic="30201", on=date(2021, month, 9)) for month in (2, 3))
    )
    assert [problem.code for problem in close_month(bureau.office, 2021, 3).problems] == [
        "earlier_month_open"
    ]
    assert close_month(bureau.office, 2021, 2).accepted
    assert [problem.code for problem in close_month(bureau.office, 2021, 2).problems] == ["already_closed"]
    late = book(bureau.office, "V03", 1_000, economic="30201", on=date(2021, 2, 27))
    assert [problem.code for problem in check(late)] == ["closed_period"]
    assert close_month(bureau.office, 2021, 3).accepted
    held(close_year(bureau.office, 2021))
    assert PeriodLock.objects.filter(month=PeriodLock.YEAR).count() == 1


def test_books_that_begin_in_mid_life_start_from_opening_balances(bureau):
    """Opening balances of both systems are one voucher, posted once."""
    draft = opening_balances(
        bureau.office,
        2021,
        {Place("120102"): 8_000, Place("3001"): -8_000},
        {
            Place("800103"): 8_000,
            Place("810107", function=ADMIN, nature="basic", fund="general_public_budget"): -8_000,
        },
    )
    accept(draft)
    assert post([draft]).skipped == 1
    accept(
        book(bureau.office, "V36", 8_000),
        book(bureau.office, "V02", 8_000, economic="30201", source="prior"),
    )
    held(close_year(bureau.office, 2021))
    assert balance(bureau.office, 2022, "8") == 0


EVENTS = (
    ("V01", {"group": "public"}),
    ("V02", {"economic": "30201"}),
    ("V03", {"economic": "30102"}),
    ("V16", {"economic": "31002", "payment": "direct"}),
    ("V26", {}),
    ("V14", {"economic": "30201", "payment": "bank"}),
    ("V24", {"economic": "30227", "contract": "HT-1", "project": "P1-2", "payment": "direct"}),
    ("V18", {"economic": "30201"}),
    ("V05", {"economic": "30101"}),
    ("V10", {"economic": "30201"}),
    ("V25", {"fund": "nonfiscal_special", "project": "P1-2"}),
    ("V33", {"nature": "project", "project": "P1-1"}),
    ("V32", {"payment": "returned", "accounts": ["120101"]}),
    ("V38", {"payment": "returned", "accounts": ["120101"]}),
    ("V39", {"economic": "30201"}),
)
one_event = st.tuples(st.sampled_from(EVENTS), st.integers(1, 10**9), st.integers(1, 12), st.booleans())


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(chosen=st.lists(one_event, min_size=1, max_size=12))
def test_whatever_happened_in_a_year_the_close_leaves_the_invariants(bureau, chosen):
    """Any events: every voucher balanced, every check holds after closing, the next year opens with the balances."""
    from django.db import transaction

    with transaction.atomic():
        for (template, details), fen, month, in_centre in chosen:
            unit = bureau.centre if in_centre else bureau.office
            amounts = {"value": fen, "fee": 10} if template == "V39" else fen
            accept(
                voucher_from_event(
                    template, unit, date(2021, month, 5), amounts, **{"function": AID, **details}
                )
            )
        for unit in (bureau.office, bureau.centre):
            held(close_year(unit, 2021))
            assert balance(unit, 2022, "8") == 0
            assert balance(unit, 2022, "8001") == balance(unit, 2021, "8001")
        transaction.set_rollback(True)


def test_the_same_events_give_the_same_numbers_in_any_order_of_days(bureau):
    """Numbers follow dates, so shuffled input of distinct days gives the same books."""
    drafts = [
        book(bureau.office, "V03", day * 100, economic="30201", on=date(2021, 3, day)) for day in range(1, 20)
    ]
    shuffled = random.Random(4).sample(drafts, len(drafts))
    numbers = accept(*shuffled).numbers
    assert {number: draft.date.day for number, draft in zip(numbers, shuffled, strict=True)} == {
        f"记-2021-03-{day:04d}": day for day in range(1, 20)
    }


def test_reclassifying_needs_one_system_only(bureau):
    """An adjusting voucher between two functional codes touches no cash."""
    stated = {"economic": "30201", "nature": "basic", "fund": "general_public_budget"}
    draft = VoucherDraft(
        "office", date(2021, 6, 1), "更正功能科目",
        budgetary=(Entry("D", "71010101", 100, AID, **stated), Entry("C", "71010101", 100, ADMIN, **stated)),
        kind="adjusting",
    )  # fmt: skip
    assert check(draft) == []
