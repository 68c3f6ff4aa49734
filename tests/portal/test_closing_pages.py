"""Closing in the portal: what comes next, what stands in the way, the close of a month and of a year by three people."""

from __future__ import annotations

from datetime import date

import pytest

from mingzhang.records.closing import close_month
from mingzhang.records.events import voucher_from_event
from mingzhang.records.ledger import post
from mingzhang.records.models import Job, PeriodLock, Project, Proposal

HERE = "/e/own-office/2021/closing/"


@pytest.fixture
def office(district):
    """A unit with vouchers in March and May, one of them for a project that leaves money."""
    unit = district.own.office
    Project.objects.create(code="P1", name="项目一", entity=unit)
    drafts = [
        voucher_from_event("V03", unit, date(2021, month, 20), 100_00, function="2040601", economic="30201")
        for month in (3, 5)
    ]
    drafts.append(
        voucher_from_event(
            "V01", unit, date(2021, 3, 2), 500_00, function="2040602", nature="project", project="P1"
        )
    )
    posted = post(drafts)
    assert posted.accepted, posted.problems
    return unit


@pytest.mark.django_db
def test_months_are_offered_one_after_the_other(logged_in, office):
    """The first with vouchers first; the one prepared already is shown, not offered again."""
    client = logged_in("accountant")
    page = client.get(HERE)
    assert page.context is None
    assert '<input type="hidden" name="month" value="3">' in page.content.decode()
    client.post(HERE + "prepare/", {"month": "3", "key": "k1"})
    proposal = Proposal.objects.get(kind="close")
    assert (proposal.state, proposal.payload) == ("submitted", {"month": 3})
    text = client.get(HERE).content.decode()
    assert '<input type="hidden" name="month" value="3">' not in text
    assert f"/proposals/{proposal.pk}/" in text


@pytest.mark.django_db
def test_a_month_out_of_order_is_refused_with_the_reason(logged_in, office):
    """May before March."""
    answer = logged_in("accountant").post(HERE + "prepare/", {"month": "5", "key": "k1"})
    assert answer.status_code == 422
    assert "3月还没有结账" in answer.content.decode()
    assert not Proposal.objects.filter(state="submitted").exists()


@pytest.mark.django_db
def test_the_same_close_asked_for_twice_is_one_proposal(logged_in, office):
    """Even under different keys."""
    client = logged_in("accountant")
    for key in ("k1", "k2"):
        assert client.post(HERE + "prepare/", {"month": "3", "key": key}).status_code == 302
    assert Proposal.objects.count() == 1


@pytest.mark.django_db
def test_vouchers_that_wait_stand_in_the_way(logged_in, office, district):
    """The checklist names them by month, and the close is refused."""
    Proposal.objects.create(
        kind="voucher", entity=office, year=2021, title="待审凭证", key="v1", state="submitted",
        payload={"date": "2021-03-09"}, prepared_by=district.people["accountant"],
    )  # fmt: skip
    client = logged_in("accountant")
    assert "还有1张：3月1张" in client.get(HERE).content.decode()
    assert client.post(HERE + "prepare/", {"month": "3", "key": "k1"}).status_code == 422


@pytest.mark.django_db
def test_a_wrong_special_surplus_comes_back_as_it_was_typed(logged_in, district):
    """An institution's form, with the amount that is none."""
    unit = district.own.centre
    assert post(
        [voucher_from_event("V03", unit, date(2021, 3, 20), 100_00, function="2040607", economic="30201")]
    ).accepted
    answer = logged_in("accountant").post(
        "/e/own-centre/2021/closing/prepare/", {"month": "13", "key": "k1", "special_surplus": "很多"}
    )
    assert answer.status_code == 422
    assert 'value="很多"' in answer.content.decode()
    assert "“很多”不是金额" in answer.content.decode()


@pytest.mark.django_db(transaction=True)
def test_three_people_close_the_year_and_the_checks_are_shown(logged_in, office, monkeypatch, tmp_path):
    """Prepared with the finished project, reviewed, approved: a job closes it; the page shows both sides of each check."""
    from mingzhang.records.jobs.running import run

    monkeypatch.setenv("MINGZHANG_HOME", str(tmp_path))
    accountant = logged_in("accountant")
    assert "项目一" in accountant.get(HERE).content.decode()
    accountant.post(HERE + "prepare/", {"month": "13", "key": "k1", "finished": ["P1"]})
    proposal = Proposal.objects.get()
    assert proposal.payload["finished_projects"] == ["P1"]
    logged_in("reviewer").post(f"/proposals/{proposal.pk}/review/", {"version": proposal.version})
    proposal.refresh_from_db()
    approver = logged_in("approver")
    answer = approver.post(f"/proposals/{proposal.pk}/approve/", {"version": proposal.version})
    job = Job.objects.get()
    assert answer["Location"] == f"/jobs/{job.pk}/"
    assert not PeriodLock.objects.exists()
    run(job.key)
    job.refresh_from_db()
    assert job.state == "done", job.problems
    assert PeriodLock.objects.get().month == 13
    assert "资金结存等于各项预算结转结余" in approver.get(f"/jobs/{job.pk}/").content.decode()
    text = accountant.get(HERE).content.decode()
    assert "结账后核对" in text
    assert "已年结" in text
    assert "提请年度结账" not in text


@pytest.mark.django_db
def test_a_department_sees_its_units_side_by_side(logged_in, office):
    """Closed, prepared and open months of each."""
    assert close_month(office, 2021, 3).accepted
    logged_in("accountant").post(HERE + "prepare/", {"month": "4", "key": "k1"})
    text = logged_in("finance_head").get("/e/own/2021/closing/").content.decode()
    assert "示例局中心" in text
    assert '<i class="closed" title="3月">' in text
    assert '<i class="waiting" title="4月">' in text


@pytest.mark.django_db
def test_empty_books_say_what_to_do(logged_in, district):
    """No vouchers, nothing to close."""
    assert "没有可结的账" in logged_in("accountant").get(HERE).content.decode()
