"""Days are yyyy-mm-dd in every language of the browser, typed in any usual way, stepped by keys, picked from a month."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from playwright.sync_api import expect

import mingzhang.portal

pytestmark = [pytest.mark.browser, pytest.mark.slow]

NEW_VOUCHER = "/e/yunling-justice-bureau/2021/vouchers/new/?lines=1"


@pytest.fixture(params=["en-US", "de-DE", "zh-CN"])
def form(request, portal):
    """The form of a voucher in a browser of another language."""
    page = portal.page("accountant", locale=request.param)
    page.goto(portal.address + NEW_VOUCHER)
    return page


def test_a_day_looks_the_same_in_every_language(form):
    """What stands in the field is what the books say."""
    day = form.get_by_label("日期", exact=False).first
    expect(day).to_have_value("2021-12-31")
    expect(day).to_have_attribute("type", "text")
    day.fill("2021年3月5日")
    day.press("Tab")
    expect(day).to_have_value("2021-03-05")
    day.fill("20210306")
    day.press("Tab")
    expect(day).to_have_value("2021-03-06")


def test_keys_step_through_days_and_months_within_the_year(form):
    """Up and down a day, page keys a month; never beyond what the form takes."""
    day = form.locator("[name=date]")
    day.fill("2021-01-31")
    day.press("ArrowUp")
    expect(day).to_have_value("2021-02-01")
    day.press("PageDown")
    expect(day).to_have_value("2021-03-01")
    day.fill("2021-12-31")
    day.press("ArrowUp")
    expect(day).to_have_value("2021-12-31")


def test_a_month_opens_and_a_day_is_picked_without_a_mouse(form):
    """Alt and down opens, arrows walk, Enter takes, Escape leaves everything as it was."""
    day = form.locator("[name=date]")
    day.fill("2021-03-05")
    day.press("Alt+ArrowDown")
    picker = form.get_by_role("dialog", name="选择日期")
    expect(picker).to_contain_text("2021年3月")
    expect(form.locator("[data-day='2021-03-05']")).to_be_focused()
    form.keyboard.press("ArrowDown")
    form.keyboard.press("ArrowRight")
    form.keyboard.press("Enter")
    expect(day).to_have_value("2021-03-13")
    expect(day).to_be_focused()
    expect(picker).to_have_count(0)
    day.press("Alt+ArrowDown")
    form.keyboard.press("PageDown")
    expect(picker).to_contain_text("2021年4月")
    form.keyboard.press("Escape")
    expect(day).to_have_value("2021-03-13")


def test_the_mouse_picks_too_and_a_wrong_day_is_said_in_chinese(form, portal):
    """The button beside the field; 30 February is refused before anything is sent."""
    day = form.locator("[name=date]")
    day.fill("2021-02-30")
    assert "没有这个日期" in day.evaluate("each => each.validationMessage")
    day.fill("2020-02-03")
    assert "2021-01-01 至 2021-12-31" in day.evaluate("each => each.validationMessage")
    day.fill("2021-02-03")
    form.locator(".day-open").first.click()
    form.locator("[data-day='2021-02-10']").click()
    expect(day).to_have_value("2021-02-10")
    assert portal.complaints == []


def test_no_page_has_a_field_of_the_browsers_own_days():
    """So that none comes back."""
    templates = Path(mingzhang.portal.__file__).parent / "templates"
    own = re.compile('<input[^>]*type="date"')
    assert not [path for path in templates.rglob("*.html") if own.search(path.read_text(encoding="utf-8"))]
