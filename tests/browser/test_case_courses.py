"""Whole cases in Chromium: a resident is helped to the end, a mediator's case to its judicial confirmation, a reconsideration paused and extended."""

from __future__ import annotations

import re
from datetime import date, timedelta

import pytest
from playwright.sync_api import expect
from served import PASSWORD

pytestmark = [pytest.mark.browser, pytest.mark.slow]


def ago(days: int) -> date:
    return date.today() - timedelta(days=days)


def logged_in(portal, username: str, width: int = 1366):
    """A page of one of the sample's people, or of those prepared."""
    page = portal.page_of(username, PASSWORD)
    page.set_viewport_size({"width": width, "height": 900})
    return page


def fill(form, fields: dict[str, object], prefix: str = "f") -> None:
    """Fill a form by the names of its fields: texts, choices, ticks."""
    for name, value in fields.items():
        named = form.locator(f"[name='{prefix}.{name}']").first
        kind = named.evaluate("each => each.type")
        if kind == "select-one":
            text = str(value)
            options = named.evaluate("each => [...each.options].map(one => [one.value, one.label.trim()])")
            named.select_option(next(code for code, label in options if text in (code, label)))
        elif kind == "checkbox":
            form.locator(f"[name='{prefix}.{name}'][value='{value}']").check()
        else:
            named.fill(value.isoformat() if isinstance(value, date) else str(value))


def step(
    page, action: str, on: date | None = None, child: dict[str, object] | None = None, **fields: object
) -> None:
    """Take a step by its form on the record's page."""
    form = page.locator(f"form[action$='/do/{action}/']")
    page.locator("details.step", has=form).locator("summary").first.click()
    fill(
        form,
        {
            **({"occurred_on": on} if on else {}),
            **{name.replace("__", "."): value for name, value in fields.items()},
        },
    )
    if child:
        fill(form, child, "c")
    form.get_by_role("button").last.click()


def approved(page, address: str, on: date | None = None) -> None:
    """Approve what another person drafted, as of a day."""
    page.goto(address)
    if on:
        page.fill("#draft-on", on.isoformat())
    page.get_by_role("button", name="批准", exact=True).click()
    expect(page.locator("main")).to_contain_text("已批准")


def state_is(page, chinese: str) -> None:
    """The record stands there; what stood in the way is told otherwise."""
    expect(page.locator(".facts .tag, .problems").first).to_be_visible()
    refused = page.locator(".problems").first
    said = refused.text_content() if refused.is_visible() else ""
    assert not said, said
    expect(page.locator(".facts .tag").first).to_have_text(chinese)


def complaints_of(portal) -> list[str]:
    """What the browser complained of, refusals aside: they are answered with 422."""
    found = [each for each in portal.complaints if "status of 422" not in each]
    portal.complaints.clear()
    return found


def due_of(page, action: str) -> date:
    """When a running deadline is due, as its lamp says."""
    lamp = page.locator(".deadlines li", has_text=action).locator(".lamp").first
    expect(lamp).to_contain_text(re.compile(r"\d{4}-\d\d-\d\d"))
    return date.fromisoformat(re.search(r"\d{4}-\d\d-\d\d", lamp.inner_text())[0])


def test_a_mediators_case_goes_to_judicial_confirmation_within_thirty_days(case_portal):
    """Registered on a phone, agreed in writing; too late an application is refused with its last day, in time it is confirmed by the court."""
    portal = case_portal
    mediator = logged_in(portal, "mediator", 390)
    mediator.goto(f"{portal.address}/casework/peoples_mediation/records/mediation_case/new/?action=register")
    form = mediator.locator("main form").first
    fill(form, {
        "occurred_on": ago(60), "area": "青石街", "start_way": "当事人申请", "dispute_type": "邻里", "facts": "楼上漏水，赔偿谈不拢。",
        "parties.0.name": "周青", "parties.0.phone": "19900000001",
    })  # fmt: skip
    mediator.get_by_role("button", name="再加一项当事人").click()
    expect(mediator.locator("[name='f.parties.1.name']")).to_have_count(1)
    mediator.fill("[name='f.parties.1.name']", "吴白")
    mediator.locator("main form button.primary").last.click()
    state_is(mediator, "已登记")
    address = mediator.url
    step(
        mediator, "consent_all", ago(58), committee="青石街道办事处人民调解委员会", mediators=first_mediator(mediator),
        parties__0__consents="是", parties__0__consents_on=ago(58), parties__1__consents="是", parties__1__consents_on=ago(58),
    )  # fmt: skip
    state_is(mediator, "调解中")
    step(
        mediator,
        "session",
        ago(50),
        sessions__0__on=ago(50),
        sessions__0__way="现场",
        sessions__0__place="调解室",
    )
    expect(mediator.locator(".timeline")).to_contain_text("登记调解经过")
    agreed = ago(45)
    step(
        mediator, "agree_written", agreed, agreement_content="赔偿三千元，十日内付清。", agreement_amount="3000", performance_way="一次履行",
        performance_due_on=ago(35), signed_on=agreed, sealed="是",
    )  # fmt: skip
    state_is(mediator, "达成协议")
    confirmed = {
        "court": "云岭区人民法院",
        "applied_on": ago(10),
        "effective_on": agreed,
        "both_parties": "是",
    }
    step(mediator, "apply_confirm", ago(10), child=confirmed)
    last = agreed + timedelta(days=30)
    expect(mediator.locator(".problems").first).to_contain_text(f"申请司法确认的期限到{last}，已经超过")
    form = mediator.locator("form[action$='/do/apply_confirm/']")
    fill(form, {"occurred_on": ago(20)})
    fill(form, {"applied_on": ago(20)}, "c")
    form.get_by_role("button").last.click()
    expect(mediator.locator("main")).to_contain_text("云岭区人民法院司法确认")
    office = logged_in(portal, "judicial_office")
    office.goto(address)
    office.get_by_role("link", name="云岭区人民法院司法确认").click()
    state_is(office, "已申请")
    step(office, "court_accepts", ago(18), accepted_on_court=ago(18))
    state_is(office, "法院已受理")
    assert due_of(office, "作出决定") >= ago(3)
    step(office, "ruled", ago(8), court_case_no="（2026）示司确1号", ruled_on=ago(8))
    state_is(office, "已裁定")
    expect(office.locator(".deadlines")).to_contain_text("按期完成")
    assert complaints_of(portal) == []


def first_mediator(page) -> str:
    """A mediator as the form suggests one while it is typed into."""
    form = page.locator("form[action$='/do/consent_all/']")
    page.locator("details.step", has=form).locator("summary").first.click()
    field = form.locator("[name='f.mediators']").first
    field.focus()
    options = form.locator("datalist[id*='mediators'] option")
    expect(options.first).to_have_attribute("value", re.compile(r".+"))
    page.locator("details.step", has=form).locator("summary").first.click()
    return options.first.get_attribute("value")


def test_a_reconsideration_is_paused_extended_and_decided_and_its_deadline_moves(case_portal):
    """Sixty days from acceptance; ten days of suspension and thirty of extension put the day off, by two persons each time."""
    portal = case_portal
    one, two = logged_in(portal, "yinshouzheng"), logged_in(portal, "zhuomingyi")
    one.goto(f"{portal.address}/casework/reconsideration/records/review_case/new/?action=register")
    fill(one.locator("main form").first, {
        "occurred_on": ago(70), "received_at": f"{ago(70)}T09:00", "channel": "窗口", "applicants.0.name": "郑一鸣", "respondent": "云岭区市场监督管理局",
        "under_government": "是", "act_kind": "行政处罚", "field_area": "市场监管", "acts": "1", "act_on": ago(90), "stop_execution": "否",
    })  # fmt: skip
    one.locator("main form button.primary").last.click()
    state_is(one, "已收件")
    address = one.url
    step(
        one,
        "accept",
        ago(68),
        knew_on=ago(88),
        told_rights="是",
        late_reason="没有逾期",
        conditions_met="是",
        procedure="普通程序",
    )
    state_is(one, "已受理")
    first_due = due_of(one, "作出决定")
    step(one, "send_copy", ago(66), copy_received_on=ago(65))
    state_is(one, "待答复")
    step(one, "reply_in", ago(60), reply_on=ago(60), reply_waived="是")
    state_is(one, "审理中")
    step(one, "suspend", ago(58), suspension_ground="进行调解、和解")
    expect(one.locator("main")).to_contain_text("等待批准：中止")
    approved(two, address, ago(58))
    one.goto(address)
    state_is(one, "中止")
    expect(one.locator(".deadlines")).to_contain_text("已暂停计算")
    step(one, "resume", ago(48))
    state_is(one, "审理中")
    paused_due = due_of(one, "作出决定")
    step(one, "extend", ago(40), days="30", extension_reason="案情复杂")
    expect(one.locator("main")).to_contain_text("等待批准：延期审理")
    approved(two, address, ago(40))
    one.goto(address)
    extended_due = due_of(one, "作出决定")
    assert paused_due - first_due >= timedelta(days=4)
    assert first_due < paused_due < extended_due
    expect(one.locator(".deadlines")).to_contain_text(f"{ago(58)}后暂停至{ago(48)}")
    expect(one.locator(".deadlines")).to_contain_text("延长30日")
    step(one, "hear", ago(20), heard__0__party="郑一鸣", heard__0__way="当面", heard__0__on=ago(20))
    expect(one.locator(".timeline")).to_contain_text("听取意见")
    step(one, "decide", ago(5), decision="撤销")
    expect(one.locator("main")).to_contain_text("等待批准：作出复议决定")
    approved(two, address, ago(5))
    one.goto(address)
    state_is(one, "已决定待送达")
    expect(one.locator(".deadlines")).to_contain_text("按期完成")
    step(one, "serve", served_on=ago(3))
    state_is(one, "已生效")
    expect(one.locator("main")).to_contain_text("行政复议决定书")
    assert complaints_of(portal) == []


def test_a_resident_is_helped_to_the_end(case_portal):
    """From application over decision, assignment and closing to the subsidy, which waits for payment, and the follow-up."""
    portal = case_portal
    one, two = portal.page("section"), portal.page("office")
    one.goto(f"{portal.address}/casework/legal_aid/records/aid_case/new/?action=apply")
    fill(one.locator("main form").first, {
        "occurred_on": ago(120), "received_at": f"{ago(120)}T09:00", "channel": "窗口", "area": "梧桐社区", "entry": "申请", "case_type": "民事",
        "matter_item": "赡养费抚养费扶养费", "stage": "一审", "place_ok": "事由发生地", "urgent_first": "否", "facts": "儿子不付赡养费。", "served_on": ago(120),
        "service_way": "窗口", "applicants.0.name": "孙老汉", "applicants.0.id_no": "11010519491231002X",
    })  # fmt: skip
    one.locator("main form button.primary").last.click()
    state_is(one, "已收件")
    address = one.url
    step(one, "grant", ago(117), means="证明")
    expect(one.locator("main")).to_contain_text("等待批准：决定给予援助")
    approved(two, address, ago(116))
    one.goto(address)
    state_is(one, "给予援助待指派")
    lawyer = one.locator("form[action$='/do/assign/'] [name='f.assignments.0.lawyer']")
    one.locator("details.step", has=lawyer).locator("summary").first.click()
    lawyer.focus()
    option = one.locator("datalist[id*='assignments-0-lawyer'] option").first
    expect(option).to_have_attribute("value", re.compile(r".+"))
    named = option.get_attribute("value")
    one.locator("details.step", has=lawyer).locator("summary").first.click()
    step(one, "assign", ago(114), assignments__0__lawyer=named, assignments__0__assigned_on=ago(114))
    state_is(one, "已指派")
    step(one, "begin", ago(110), progress__0__on=ago(110), progress__0__step="会见")
    state_is(one, "办理中")
    step(one, "finish", ago(60), result="胜诉", result_on=ago(60), recovered="12000")
    state_is(one, "已办结待交卷")
    step(one, "submit_file", ago(50), file_submitted_on=ago(50), file_complete="是")
    state_is(one, "审查卷宗")
    step(one, "accept_pay", ago(40), subsidy_standard="民事行政案件", subsidy="2600")
    expect(one.locator("main")).to_contain_text("等待批准：核准补贴")
    approved(two, address, ago(39))
    one.goto(address)
    state_is(one, "补贴已核准")
    step(
        one,
        "follow_up",
        ago(30),
        follow_ups__0__on=ago(30),
        follow_ups__0__reached="是",
        follow_ups__0__satisfaction="5",
    )
    state_is(one, "已回访")
    step(one, "archive", ago(20))
    state_is(one, "已归档")
    accountant = portal.page("accountant")
    accountant.goto(f"{portal.address}/e/yunling-legal-aid/{ago(39).year}/case-payments/")
    expect(accountant.locator("table").first).to_contain_text("2,600.00")
    expect(accountant.locator("main")).not_to_contain_text("孙老汉")
    assert complaints_of(portal) == []
