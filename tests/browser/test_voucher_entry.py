"""Entering vouchers in Chromium: by event with a live preview, by lines with the keyboard; and what is printed."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

pytestmark = [pytest.mark.browser, pytest.mark.slow]

BOOKS = "/e/yunling-justice-bureau/2022/vouchers"


def enter(page, **fields):
    """Fill fields by their names."""
    for name, value in fields.items():
        page.fill(f"[name={name.replace('_', '-')}]", value)


def test_an_event_is_found_by_plain_words_previewed_and_submitted(own_portal):
    """加油 leads to the event; the preview follows the typing; one click hands it over."""
    page = own_portal.page("accountant")
    page.goto(f"{own_portal.address}{BOOKS}/new/")
    page.fill("#q", "加油")
    expect(page.locator("#events li:visible")).to_have_count(1)
    page.keyboard.press("Enter")
    page.wait_for_url("**event=V22")
    enter(page, date="2022-01-05", summary="警车加油", amount_amount="1,234.5", function="2040601")
    page.wait_for_selector("#preview >> text=1,234.50")
    page.wait_for_selector("#preview >> text=30231 公务用车运行维护费")
    page.fill("[name=function]", "204")
    page.wait_for_selector("#preview >> text=不是项级科目")
    page.fill("[name=function]", "2040601")
    page.wait_for_selector("#preview >> text=可以提交")
    page.click("button[value=submit]")
    expect(page.locator("h1")).to_have_text("记账凭证：警车加油")
    expect(page.locator(".state-submitted")).to_have_count(1)
    assert not own_portal.complaints


def test_lines_are_entered_by_keyboard(own_portal):
    """Enter goes on, F7 copies the line above, = balances, Ctrl+Enter adds a line; the sums are shown meanwhile."""
    page = own_portal.page("accountant")
    page.goto(f"{own_portal.address}{BOOKS}/new/?lines=1")
    enter(page, date="2022-01-07", summary="购入办公用品")
    page.locator("[name=financial-account]").first.fill("5001")
    page.keyboard.press("Enter")
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.name") == "financial-debit"
    page.keyboard.type("500")
    expect(page.locator("[data-system=financial] .difference")).to_contain_text("借方多 500.00")
    page.locator("[name=financial-account]").nth(1).fill("零余额账户用款额度")
    page.locator("[name=financial-credit]").nth(1).press("=")
    assert page.locator("[name=financial-credit]").nth(1).input_value() == "500.00"
    expect(page.locator("[data-system=financial] .difference")).to_have_text("平衡")
    for name, value in (
        ("account", "71010101"),
        ("function", "2040601"),
        ("economic", "办公费"),
        ("debit", "500"),
    ):
        page.locator(f"[name=budgetary-{name}]").first.fill(value)
    page.locator("[name=budgetary-nature]").first.select_option("basic")
    page.locator("[name=budgetary-fund]").first.select_option("general_public_budget")
    page.locator("[name=budgetary-account]").nth(1).press("F7")
    assert page.locator("[name=budgetary-function]").nth(1).input_value() == "2040601"
    for name, value in (("account", "800101"), ("function", ""), ("economic", "")):
        page.locator(f"[name=budgetary-{name}]").nth(1).fill(value)
    page.locator("[name=budgetary-nature]").nth(1).select_option("")
    page.locator("[name=budgetary-fund]").nth(1).select_option("")
    page.locator("[name=budgetary-credit]").nth(1).press("=")
    page.keyboard.press("Control+Enter")
    expect(page.locator("[data-system=budgetary] tbody tr")).to_have_count(3)
    page.wait_for_selector("#preview >> text=可以提交")
    page.click("button[value=submit]")
    expect(page.locator("h1")).to_have_text("记账凭证：购入办公用品")
    assert not own_portal.complaints


def test_a_voucher_prints_on_half_a_page_without_the_menu(portal):
    """Two vouchers on one sheet of A4; the frame of the page stays away."""
    page = portal.page("accountant")
    numbers = "number=记-2021-03-0010&number=记-2021-03-0011"
    page.goto(f"{portal.address}{BOOKS.replace('2022', '2021')}/print/?{numbers}")
    page.emulate_media(media="print")
    expect(page.locator(".sheet")).to_have_count(2)
    assert not page.locator(".side").is_visible()
    assert not page.locator("h1").is_visible()
    assert page.pdf(format="A4").count(b"/Type /Page\n") == 1
