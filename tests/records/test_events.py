"""Vouchers from business events."""

from datetime import date
from types import SimpleNamespace

import pytest

from mingzhang.catalogue.loading import chart_of_accounts, voucher_templates
from mingzhang.records.events import EventError, quota_cancelled, voucher_from_event
from mingzhang.records.ledger import check

OFFICE = SimpleNamespace(code="office", kind="administrative")
CENTRE = SimpleNamespace(code="centre", kind="institution")
DAY = date(2021, 3, 15)
LEGAL_AID = "2040607"

AMOUNTS = {
    "V06": {"income_tax": 100, "personal_social_insurance": 800, "personal_housing_fund": 1200},
    "V13": {"spent": 9000, "returned": 1000},
    "V15": {"total": 9000, "prepaid": 3000},
    "V39": {"value": 9000, "fee": 500},
    "V40": {"cost": 9000, "depreciation": 8000},
}
OWN = {
    "V09": {"economic": "30113"},
    "V16": {"economic": "31002"},
    "V01": {"group": "public"},
    "V02": {"economic": "30201"},
    "V33": {"group": "personnel"},
    "V35": {"nature": "project", "project": "P1"},
    "V24": {"economic": "30227", "contract": "HT-1"},
    "V27": {},
}
# accounts in the order of the entries: financial | budgetary, for an administrative unit paying by quota
EXPECTED = {
    "V01": "1011 4001 | 800101 60010102",
    "V02": "5001 1011 | 71010101 800101",
    "V03": "5001 4001 | 71010101 60010102",
    "V04": "5001 4001 | 71010101 60010102",
    "V05": "5001 220101 |",
    "V06": "220101 210201 220105 220106 |",
    "V07": "220101 1011 | 71010101 800101",
    "V08": "210201 1011 | 71010101 800101",
    "V09": "220106 1011 | 71010101 800101",
    "V10": "5001 2307 |",
    "V11": "2307 1011 | 71010101 800101",
    "V12": "1218 1011 |",
    "V13": "5001 1002 1218 | 71010101 800101",
    "V14": "1214 1011 | 71010101 800101",
    "V15": "5001 1214 1011 | 71010101 800101",
    "V16": "1601 1011 | 71010101 800101",
    "V17": "1601 1011 | 71010101 800101",
    "V18": "5001 1602 |",
    "V19": "1302 1011 | 71010101 800101",
    "V20": "5001 1302 |",
    "V21": "5001 1011 | 71010101 800101",
    "V22": "5001 1011 | 71010101 800101",
    "V23": "5001 1011 | 71010101 800101",
    "V24": "5001 1011 | 71010101 800101",
    "V25": "1002 4601 | 800102 6601",
    "V26": "1002 4604 | 800102 6609",
    "V27": "1002 2103 2103 1002 |",
    "V28": "1002 4101 | 800102 6101",
    "V29": "1002 4201 | 800102 6201",
    "V30": "5501 1002 | 7501 800102",
    "V31": "1011 5001 | 800101 71010101",
    "V32": "1011 3501 | 800101 810101",
    "V33": "120101 4001 | 800103 60010101",
    "V34": "120102 1011 | 800103 800101",
    "V35": "120102 4001 | 800103 600102",
    "V36": "1011 120102 | 800101 800103",
    "V37": "5001 120101 | 71010101 800103",
    "V38": "3001 1011 | 810104 800101",
    "V39": "1601 3401 1011 | 7901 800101",
    "V40": "5301 1602 1601 |",
    "V41": "1002 2901 |",
    "V42": "1002 2307 |",
}
ADMINISTRATIVE = [
    name for name, event in voucher_templates().events.items() if event.applies_to != "institution"
]


def draft_of(template, entity, **changes):
    economic = {} if template in ("V01", "V33", "V35", "V22", "V21", "V23", "V17") else {"economic": "30201"}
    if template in ("V05", "V07", "V08"):
        economic = {"economic": "30101"}
    if template == "V03":
        economic = {"economic": "30201"}
    details = {"function": LEGAL_AID, **economic, **OWN.get(template, {}), **changes}
    return voucher_from_event(template, entity, DAY, AMOUNTS.get(template, 123456), **details)


def accounts_of(draft):
    return " ".join([*(e.account for e in draft.financial), "|", *(e.account for e in draft.budgetary)])


def test_there_is_an_expectation_for_every_template():
    """All 42 events are tested."""
    assert EXPECTED.keys() == voucher_templates().events.keys()
    assert len(EXPECTED) == 42


@pytest.mark.parametrize("template", ADMINISTRATIVE)
def test_an_administrative_unit_books_an_event_on_the_right_accounts(template, bureau):
    """Quota payment, administrative accounts, both sides balanced, nothing to object."""
    draft = draft_of(template, OFFICE)
    assert accounts_of(draft) == EXPECTED[template]
    assert check(draft) == []


@pytest.mark.parametrize("template", EXPECTED)
def test_an_institution_books_the_same_event_on_its_own_accounts(template, bureau):
    """事业支出 (7201) stands where administrative units have 行政支出 (7101)."""
    draft = draft_of(template, CENTRE)
    assert accounts_of(draft) == EXPECTED[template].replace(" 7101", " 7201")
    assert check(draft) == []


@pytest.mark.parametrize("template", EXPECTED)
@pytest.mark.parametrize("payment", ["direct", "integrated", "bank", "returned"])
def test_the_other_ways_of_paying_move_the_same_money_in_both_systems(template, payment, bureau):
    """Every payment mode either gives a voucher without objection or is refused with the modes that fit."""
    refusal = None
    try:
        draft = draft_of(template, CENTRE, payment=payment)
    except EventError as error:
        refusal = str(error)
    assert "不能用支付方式" in refusal if refusal else check(draft) == []


def test_direct_payment_is_appropriation_and_expenditure_at_once():
    """财政直接支付: 4001 and 6001 arise with the expense."""
    draft = draft_of("V23", OFFICE, payment="direct")
    assert accounts_of(draft) == "5001 4001 | 71010101 60010102"
    spent, received = draft.budgetary
    assert (spent.economic, received.economic) == ("30217", "")


def test_choices_left_open_are_taken_by_name():
    """`accounts` and `back_office` decide where attributes cannot."""
    assert accounts_of(draft_of("V29", CENTRE, accounts=["4401"])) == "1002 4401 | 800102 6401"
    assert accounts_of(draft_of("V30", CENTRE, accounts=["5401"])) == "5401 1002 | 7401 800102"
    assert accounts_of(draft_of("V32", OFFICE, accounts=["810201"])) == "1011 3501 | 800101 810201"
    assert accounts_of(draft_of("V02", CENTRE, back_office=True)) == "5101 1011 | 72010101 800101"
    assert accounts_of(draft_of("V19", OFFICE, payment="unpaid")) == "1302 2302 |"
    assert accounts_of(draft_of("V38", OFFICE, payment="returned")) == "3001 120102 | 810104 800103"


def test_wages_choose_their_payable_by_economic_code():
    """应付职工薪酬 has a detail account for each component of pay."""
    payables = {
        code: draft_of("V05", OFFICE, economic=code).financial[1].account
        for code in ("30102", "30107", "30112")
    }
    assert payables == {"30102": "220102", "30107": "220103", "30112": "220105"}


def test_the_one_amount_left_out_follows_from_the_others():
    """V13 has three amounts of which two are enough."""
    draft = voucher_from_event(
        "V13", OFFICE, DAY, {"spent": 700, "advance": 1000}, function=LEGAL_AID, economic="30211"
    )
    assert [entry.fen for entry in draft.financial] == [700, 300, 1000]


def test_cancelled_quota_takes_the_appropriation_back(bureau):
    """注销 without accrual: no receivable, no carry-over, less revenue."""
    draft = quota_cancelled(OFFICE, DAY, 500, function=LEGAL_AID, group="public")
    assert accounts_of(draft) == "4001 1011 | 60010102 800101"
    assert check(draft) == []


@pytest.mark.parametrize(
    ("template", "entity", "changes", "says"),
    [
        ("V28", OFFICE, {}, "不适用"),
        ("V22", OFFICE, {"economic": "30201"}, "30231"),
        ("V01", OFFICE, {"group": ""}, "group"),
        ("V24", OFFICE, {"contract": ""}, "contract"),
        ("V02", OFFICE, {"payment": "cheque"}, "支付方式"),
    ],
)
def test_an_event_that_cannot_be_booked_says_what_to_give(template, entity, changes, says):
    """Refusals are in Chinese and name what is asked for."""
    with pytest.raises(EventError, match=says):
        draft_of(template, entity, **changes)


def test_detail_accounts_of_the_chart_are_the_ones_used():
    """Every account that events may post to exists."""
    assert all(
        account in chart_of_accounts().accounts
        for row in EXPECTED.values()
        for account in row.replace("|", "").split()
    )
