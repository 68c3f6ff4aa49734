"""Casework in Chromium: the public applies and asks, staff work on it, and every page is readable, wide and narrow."""

from __future__ import annotations

from datetime import date

import pytest
from crawl import faults_of
from playwright.sync_api import expect

pytestmark = [pytest.mark.browser, pytest.mark.slow]

AID = "/casework/legal_aid"


def applied(portal) -> tuple[str, str]:
    """A resident applies on a phone; the two numbers of the receipt."""
    page = portal.page(width=390)
    page.goto(f"{portal.address}/apply/")
    page.get_by_role("link", name="法律援助案件").click()
    for name, value in (
        ("entry", "申请"), ("case_type", "民事"), ("matter_item", "抚恤金"), ("stage", "一审"), ("place_ok", "事由发生地"),
        ("urgent_first", "否"), ("area", "990111001001"),
    ):  # fmt: skip
        page.select_option(f"[name='f.{name}']", value)
    page.fill("[name='f.facts']", "丈夫因公去世，抚恤金没有发放。")
    page.fill("[name='f.served_on']", date.today().isoformat())
    page.check("[name='f.service_way'][value='网上']")
    page.fill("[name='f.applicants.0.name']", "周小燕")
    page.fill("[name='f.applicants.0.id_no']", "110105199003078211")
    page.get_by_role("button", name="提交申请").last.click()
    expect(page.locator("h1")).to_have_text("已收到申请")
    receipt, code = page.locator(".receipt").all_inner_texts()
    return receipt, code


def test_a_resident_applies_and_is_answered(case_portal):
    """Applied on a phone; found by staff by the name, opened for a purpose, asked to supplement; the resident sees how far it is."""
    portal = case_portal
    receipt, code = applied(portal)
    staff = portal.page("section")
    staff.goto(f"{portal.address}{AID}/records/aid_case/?q=周小燕")
    expect(staff.locator("table.rows tbody tr")).to_have_count(1)
    expect(staff.locator("main")).not_to_contain_text("周小燕")
    staff.locator("table.rows tbody a").first.click()
    name = staff.locator(".open-field", has_text="周*")
    name.locator("summary").click()
    name.locator("select").select_option("handling")
    name.get_by_role("button").click()
    expect(staff.locator("#cell-applicants-0-name")).to_have_text("周小燕")
    staff.locator("summary", has_text="通知补充材料").click()
    staff.get_by_role("button", name="通知补充材料", exact=True).click()
    expect(staff.locator(".facts")).to_contain_text("待补充")
    expect(staff.locator(".deadlines")).to_contain_text("已暂停计算")
    page = portal.page(width=390)
    page.goto(f"{portal.address}/apply/")
    page.fill("[name=receipt]", receipt)
    page.fill("[name=code]", code)
    page.get_by_role("button", name="查询").click()
    expect(page.locator("main")).to_contain_text("待补充")
    expect(page.locator("main")).not_to_contain_text("周")
    assert not portal.complaints, portal.complaints


def test_rows_are_added_in_place(case_portal):
    """By htmx only the rows are exchanged: what was typed elsewhere, and a file chosen, stay."""
    page = case_portal.page("section")
    page.goto(f"{case_portal.address}{AID}/records/aid_case/new/?action=apply")
    page.fill("[name='f.facts']", "先写在这里")
    page.fill("[name='f.applicants.0.name']", "郑一")
    page.get_by_role("button", name="再加一项申请人").click()
    expect(page.locator("[name='f.applicants.1.name']")).to_have_count(1)
    expect(page.locator("[name='f.applicants.0.name']")).to_have_value("郑一")
    expect(page.locator("[name='f.facts']")).to_have_value("先写在这里")
    page.get_by_role("button", name="去掉申请人（受援人）第1项").click()
    expect(page.locator("[name='f.applicants.1.name']")).to_have_count(0)
    assert not case_portal.complaints, case_portal.complaints


@pytest.mark.parametrize("role", ["section", "office"])
def test_every_page_of_casework_is_readable(case_portal, role):
    """No error, nothing serious for axe-core, nothing wider than the screen; also on a phone."""
    portal = case_portal
    portal.complaints.clear()
    page = portal.page(role)
    faults = faults_of(page, portal, f"{portal.address}/casework/", within="/casework/")
    assert not faults, "\n".join(faults)
    assert not portal.complaints, "\n".join(portal.complaints)
