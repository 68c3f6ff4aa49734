"""A small department's year by three people, from the first login to the public page: everything in Chromium and by its own commands."""

from __future__ import annotations

import re

import pytest
from openpyxl import load_workbook
from playwright.sync_api import expect
from served import told

pytestmark = [pytest.mark.browser, pytest.mark.slow]

DEPARTMENT, UNIT = "/e/301/2024", "/e/301001/2024"
FUNCTION, LAST_YEAR, BY_HAND = "2012601", "8.00万元", "functions"
OWN_PASSWORD = "Danganju-2024-qinghe"
PEOPLE = {
    "tangwen": ("唐雯", ("accountant", "reviewer")),
    "luyao": ("陆遥", ("reviewer", "confidentiality")),
    "gaoshan": ("高山", ("approver", "finance_head")),
}
"""Who works in the department; the accountant could review as well, only never what is her own."""

PAYMENTS = (("办公费", "30201", "60,000"), ("物业管理费", "30209", "40,000"))


def hired(portal, username: str):
    """Add a person on the machine; their page after the first login, which asks for a password of their own."""
    name, roles = PEOPLE[username]
    grants = [part for role in roles for part in ("--grant", f"{role}@301")]
    said = told(portal.folder, "people", "add", username, "--name", name, *grants)
    once = re.search(r"一次性密码：(\S+?)（", said).group(1)
    page = portal.page_of(username, once)
    page.goto(f"{portal.address}/desk/")
    expect(page.locator("main")).to_contain_text("首次登录")
    for field, value in (("old", once), ("new", OWN_PASSWORD), ("again", OWN_PASSWORD)):
        page.fill(f"[name={field}]", value)
    page.click("main button.primary")
    expect(page.locator("h1")).to_have_text("工作台")
    page.context.close()
    again = portal.page_of(username, OWN_PASSWORD)
    expect(again.locator("h1")).to_have_text("工作台")
    return again


def enter(page, **fields: str) -> None:
    """Fill fields and choose options by their names."""
    for name, value in fields.items():
        found = page.locator(f"[name={name}]")
        if found.evaluate("element => element.tagName") == "SELECT":
            found.select_option(value)
        else:
            found.fill(value)


def submitted(page) -> str:
    """The title of the proposal that was just handed over."""
    expect(page.locator(".state-submitted")).to_have_count(1)
    return page.inner_text("h1").partition("：")[2]


def take(page, portal, title: str, label: str) -> None:
    """Find a matter on one's desk and press a button there."""
    page.goto(f"{portal.address}/desk/")
    page.get_by_role("link", name=title, exact=True).first.click()
    page.get_by_role("button", name=label, exact=True).click()


def finished(page) -> None:
    """Wait for the worker."""
    page.wait_for_url("**/jobs/*/")
    page.wait_for_selector("text=已完成", timeout=60_000)


def passed(portal, reviewer, approver, title: str, *, by_worker: bool = False) -> None:
    """Reviewed by one, approved by another."""
    take(reviewer, portal, title, "复核通过")
    expect(reviewer.locator("main")).to_contain_text("已复核通过")
    take(approver, portal, title, "审批通过")
    if by_worker:
        finished(approver)
    else:
        expect(approver.locator("main")).to_contain_text("已审批通过")


def appropriation(portal, page) -> str:
    """The year's quota arrives."""
    return event(
        portal, page, "额度", "V01", date="2024-01-10", summary="收到全年授权支付额度", function=FUNCTION, group="public", **{"amount-amount": "100,000"},
    )  # fmt: skip


def payment(portal, page, name: str, economic: str, amount: str) -> str:
    """A bill is paid out of the quota."""
    return event(
        portal, page, "用零余额账户", "V02", date="2024-03-15", summary=f"支付{name}", function=FUNCTION, economic=economic, **{"amount-amount": amount},
    )  # fmt: skip


def event(portal, page, words: str, template: str, **fields: str) -> str:
    """A business event, found by plain words, entered and handed over; its title."""
    page.goto(f"{portal.address}{UNIT}/vouchers/new/")
    page.fill("#q", words)
    page.locator(f"#events a[href$='event={template}']").click()
    enter(page, **fields)
    page.wait_for_selector("#preview >> text=可以提交")
    page.click("button[value=submit]")
    return submitted(page)


def budget(portal, page) -> str:
    """The budget of the year's beginning, a line for each payment."""
    page.goto(f"{portal.address}{UNIT}/budgets/new/")
    enter(page, stage="年初预算", document_number="青禾财预〔2024〕1号", approved_on="2024-01-05")
    for place, (_, economic, amount) in enumerate(PAYMENTS):
        line = {"function": FUNCTION, "economic": economic, "nature": "基本支出", "fund": "一般公共预算财政拨款", "fen": amount}  # fmt: skip
        for name, value in line.items():
            field = page.locator(f"[name=line_{name}]").nth(place)
            if name in ("nature", "fund"):
                field.select_option(value)
            else:
                field.fill(value)
    page.click("button[name=submit]")
    return submitted(page)


def year_close(portal, page) -> str:
    """The close of the whole year, its months with it."""
    page.goto(f"{portal.address}{UNIT}/closing/")
    page.get_by_role("button", name="提请年度结账").click()
    return submitted(page)


def words_uploaded(portal, page, folder) -> bool:
    """The workbook of what is missing, filled in but for the text written by hand; whether there was anything to fill in."""
    page.goto(f"{portal.address}{DEPARTMENT}/imports/")
    with page.expect_download() as coming:
        page.click("a[href*='/blank/texts/']")
    path = folder / "texts.xlsx"
    coming.value.save_as(path)
    book = load_workbook(path)
    rows = [row for row in book.worksheets[0].iter_rows(min_row=2) if row[2].value != BY_HAND]
    for row in rows:
        row[4].value = words_for(row[2].value)
    book.save(path)
    if rows:
        page.set_input_files("#file", path)
        page.get_by_role("button", name="上传并核对").click()
        page.wait_for_selector("text=写入账簿", timeout=60_000)
        page.get_by_role("button", name="写入账簿").click()
        finished(page)
    return bool(rows)


def words_for(key: str) -> str:
    """A figure of the year before or of the budget, or the reason of a change."""
    if "@" not in key:
        return "本年增加了物业管理费"
    return "0万元" if re.match("three_public|overseas|official", key) else LAST_YEAR


def text_written(portal, page, body: str) -> None:
    """The one text left is written where it stands in the report."""
    page.goto(f"{portal.address}{DEPARTMENT}/report/")
    page.locator(f"a[href*='key={BY_HAND}']").first.click()
    page.fill("#words-body", body)
    page.get_by_role("button", name="保存", exact=True).click()
    page.wait_for_selector("text=文字和变动原因都已写齐")


def approval_entered(portal, page) -> None:
    """What the finance bureau approved."""
    page.goto(f"{portal.address}{DEPARTMENT}/publishing/")
    enter(
        page, number="青禾财决〔2025〕12号", approved_on="2025-08-20", revenue="100000", expenditure="100000"
    )
    page.get_by_role("button", name="登记批复").click()
    expect(page.locator("main")).to_contain_text("批复已登记")


def confidentiality_signed(portal, page) -> None:
    """A second person has read it and signs."""
    page.goto(f"{portal.address}{DEPARTMENT}/publishing/")
    enter(page, result="不涉及国家秘密，同意公开")
    page.get_by_role("button", name="签署").click()
    expect(page.locator("main")).to_contain_text("保密审查意见已签署")


def publication(portal, page) -> str:
    """The publication is proposed once everything is passed."""
    page.goto(f"{portal.address}{DEPARTMENT}/publishing/")
    expect(page.locator(".key-figures")).to_contain_text("可以公开")
    page.get_by_role("button", name="提交公开").click()
    return submitted(page)


def seen_by_everybody(portal) -> None:
    """Without a login: the report with the figures that were entered, and its files."""
    page = portal.page()
    page.goto(portal.address)
    page.get_by_role("link", name="青禾区档案局", exact=True).click()
    for words in ("青禾区档案局2024年度部门决算", "10.00", "6.00", "4.00", "负责全区档案的接收、保管和利用"):
        expect(page.locator("main")).to_contain_text(words)
    with page.expect_download() as coming:
        page.locator("#files a[download]").first.click()
    assert coming.value.path().stat().st_size > 1_000


def refused_own(page) -> None:
    """One's own matter offers no review, and a request made up for it is refused."""
    expect(page.locator(".state-submitted")).to_have_count(1)
    expect(page.get_by_role("button", name="复核通过")).to_have_count(0)
    page.evaluate(
        "() => { const form = document.querySelector('form[action$=\"/withdraw/\"]');"
        " form.action = form.action.replace('withdraw', 'review'); }"
    )
    page.get_by_role("button", name="撤回", exact=True).click()
    expect(page.locator("main")).to_contain_text("不能")
    expect(page.locator(".state-submitted")).to_have_count(1)


def test_three_people_take_a_department_from_the_first_login_to_the_public_page(new_portal, tmp_path):
    """Appropriation, payments and budget; the year closed; words, approval, confidentiality, publication; what the public sees; the proof."""
    portal = new_portal
    accountant, reviewer, approver = (hired(portal, username) for username in PEOPLE)

    done = [appropriation(portal, accountant)]
    refused_own(accountant)
    done += [payment(portal, accountant, *each) for each in PAYMENTS]
    done.append(budget(portal, accountant))
    for title in done:
        passed(portal, reviewer, approver, title)
    passed(portal, reviewer, approver, year_close(portal, accountant), by_worker=True)
    assert words_uploaded(portal, accountant, tmp_path)  # figures of the year before
    assert words_uploaded(portal, accountant, tmp_path)  # the reasons of the changes that they show
    assert not words_uploaded(portal, accountant, tmp_path)
    text_written(portal, accountant, "负责全区档案的接收、保管和利用。")
    approval_entered(portal, approver)
    confidentiality_signed(portal, reviewer)
    passed(portal, reviewer, approver, publication(portal, accountant), by_worker=True)
    seen_by_everybody(portal)
    assert "全部与留痕一致" in told(portal.folder, "verify")
    assert not portal.complaints, portal.complaints
