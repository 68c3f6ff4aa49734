"""The pages of ledgers and balances: they open, drill down, print and download."""

from __future__ import annotations

from datetime import date

import pytest

from mingzhang.records.events import voucher_from_event
from mingzhang.records.ledger import post

pytestmark = pytest.mark.django_db

YEAR = "/e/own-office/2021/"


@pytest.fixture
def office(district):
    """Quota, two payments in March and April."""
    unit = district.own.office
    stated = {"function": "2040601"}
    posted = post(
        [
            voucher_from_event("V01", unit, date(2021, 3, 1), 9_000_00, group="public", **stated),
            voucher_from_event("V02", unit, date(2021, 3, 2), 100_00, economic="30202", **stated),
            voucher_from_event("V02", unit, date(2021, 4, 2), 300_00, economic="30201", **stated),
        ]
    )
    assert posted.accepted
    return unit


def test_the_table_of_balances_proves_both_systems_and_leads_to_the_ledger(logged_in, office):
    """试算平衡 twice, amounts of the span, a way to each account's lines."""
    text = logged_in("inspector").get(f"{YEAR}balances/?first=4&last=4").content.decode()
    assert text.count("试算平衡") == 2
    assert "8,900.00" in text
    assert "8,600.00" in text
    assert f"{YEAR}ledgers/detail/?account=1011&amp;first=4&amp;last=4" in text
    only_first = logged_in("inspector").get(f"{YEAR}balances/?level=1").content.decode()
    assert 'data-code="7101"' in only_first
    assert "71010101" not in only_first


def test_books_without_vouchers_say_what_to_do(logged_in, district):
    """Empty states of all four pages."""
    client = logged_in("accountant")
    for page in ("balances/", "ledgers/", "ledgers/detail/", "ledgers/columns/", "vouchers/"):
        text = client.get(YEAR + page).content.decode()
        assert "录入" in text.partition("<main")[2], page


def test_from_the_general_ledger_to_the_lines_to_the_voucher(logged_in, office):
    """总账 → 明细账 → 凭证, each with the balance after it."""
    client = logged_in("reviewer")
    general = client.get(f"{YEAR}ledgers/?account=1011").content.decode()
    assert "8,600.00" in general
    assert "account=1011&amp;first=4&amp;last=4" in general
    detail = client.get(f"{YEAR}ledgers/detail/?account=1011&first=4&last=4").content.decode()
    assert "期初余额" in detail
    assert "4月合计" in detail
    assert "%E8%AE%B0-2021-04-0001" in detail
    narrowed = client.get(f"{YEAR}ledgers/detail/?account=7101&economic=30202").content.decode()
    assert "100.00" in narrowed
    assert "300.00" not in narrowed


def test_columns_part_spending_by_economic_code(logged_in, office):
    """多栏账 with a way to the lines of each code."""
    text = logged_in("accountant").get(f"{YEAR}ledgers/columns/?account=7101").content.decode()
    assert "30202 印刷费" in text
    assert "economic=30201" in text
    assert "400.00" in text
    revenue = logged_in("accountant").get(f"{YEAR}ledgers/columns/?account=6001&by=fund").content.decode()
    assert "一般公共预算财政拨款" in revenue
    assert "9,000.00" in revenue  # revenue stands in its own direction


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
@pytest.mark.parametrize(
    "page",
    ["balances/?", "ledgers/?account=1011", "ledgers/detail/?account=1011", "ledgers/columns/?account=7101"],
)
def test_every_ledger_downloads(logged_in, office, page, kind):
    """CSV and XLSX of what the page shows."""
    answer = logged_in("accountant").get(f"{YEAR}{page}&format={kind}")
    body = b"".join(answer.streaming_content)
    assert f".{kind}" in answer["Content-Disposition"]
    if kind == "csv":
        assert "8600.00" in body.decode("utf-8-sig") or "400.00" in body.decode("utf-8-sig")
    else:
        assert body[:2] == b"PK"


@pytest.mark.parametrize(
    "query",
    [
        "account=9999",
        "account=x'",
        "account=1011&first=99&last=-1",
        "account=1011&after=2021-13-01 1 x",
        "by=x",
    ],
)
def test_a_strange_address_shows_a_page_all_the_same(logged_in, office, query):
    """What cannot be understood is passed over."""
    for page in ("ledgers/", "ledgers/detail/", "ledgers/columns/", "balances/"):
        assert logged_in("accountant").get(f"{YEAR}{page}?{query}").status_code == 200
