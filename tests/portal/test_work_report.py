"""The year's work: laid out, written with figures from the records, edited, approved, put into the report."""

from __future__ import annotations

from datetime import date

import pytest

from mingzhang.records.models import StaffChange, Text, WorkPart

pytestmark = pytest.mark.django_db

AT = "/e/own/2021/work/"


@pytest.fixture
def part(district, logged_in):
    StaffChange.objects.create(
        entity=district.own.office, on=date(2020, 1, 1), kind="administrative", change=7, reason="opening"
    )
    person = district.people["section"]
    person.section = "人民调解科"
    person.save()
    logged_in("office").post(AT, {"heading": "多元解纷", "section": "人民调解科"})
    return WorkPart.objects.get()


def write(client, part, body, **more):
    part.refresh_from_db()
    return client.post(
        f"{AT}{part.pk}/", {"heading": part.heading, "body": body, "version": part.version, **more}
    )


def take(client, part, step, **more):
    part.refresh_from_db()
    return client.post(f"{AT}{part.pk}/{step}/", {"version": part.version, **more})


def approved(part, logged_in, body="在职{staff_in_post:人}，化解纠纷12件。"):
    write(logged_in("section"), part, body, submit="1")
    write(logged_in("office"), part, body, submit="1")
    take(logged_in("approver"), part, "approve")
    part.refresh_from_db()
    return part


def test_an_approved_part_stands_in_the_report(part, logged_in):
    """Three people, and the text of the report with its slot still bound."""
    part = approved(part, logged_in)
    assert part.state == "approved"
    assert part.figures == {"{staff_in_post:人}": "7人"}
    assert Text.objects.get(name="key_work").body == "# 一、多元解纷\n在职{staff_in_post:人}，化解纠纷12件。"


def test_a_typed_number_is_marked_and_a_bound_one_is_filled_in(part, logged_in):
    """What no metric answers is seen at once."""
    page = write(logged_in("section"), part, "在职{staff_in_post:人}，化解纠纷12件。", save="1")
    assert page.status_code == 302
    text = logged_in("section").get(f"{AT}{part.pk}/").content.decode()
    assert '<mark class="typed" title="手填的数字，没有与台账或账簿关联">12件</mark>' in text
    assert ">7</mark>人" in text


def test_a_figure_that_moved_marks_the_text_stale(part, district, logged_in):
    """Approved with seven, one more recruited: the list and the part say so."""
    approved(part, logged_in)
    StaffChange.objects.create(
        entity=district.own.office, on=date(2021, 3, 1), kind="administrative", change=1, reason="recruited"
    )
    assert "数字已变" in logged_in("office").get(AT).content.decode()
    assert "审定时 7人，现在 8人" in logged_in("office").get(f"{AT}{part.pk}/").content.decode()


def test_another_section_cannot_write_it(part, district, logged_in):
    """Only people of its section, and the office once it is submitted."""
    person = district.people["section"]
    person.section = "普法科"
    person.save()
    answer = write(logged_in("section"), part, "改写", save="1")
    assert answer.status_code == 422
    part.refresh_from_db()
    assert part.body == ""


def test_what_was_typed_is_not_lost_when_somebody_was_quicker(part, logged_in):
    """The second of two writers sees both."""
    write(logged_in("section"), part, "甲稿", save="1")
    answer = logged_in("section").post(
        f"{AT}{part.pk}/", {"heading": part.heading, "body": "乙稿", "version": 1, "save": "1"}
    )
    assert answer.status_code == 422
    assert "乙稿" in answer.content.decode()
    assert "已被修改" in answer.content.decode()
    part.refresh_from_db()
    assert part.body == "甲稿"


def test_a_returned_part_comes_back_with_its_reason(part, logged_in):
    """退回 needs words."""
    write(logged_in("section"), part, "正文", submit="1")
    take(logged_in("office"), part, "send_back", remark="")
    part.refresh_from_db()
    assert part.state == "submitted"
    take(logged_in("office"), part, "send_back", remark="补充调解成功率")
    part.refresh_from_db()
    assert (part.state, part.remark) == ("returned", "补充调解成功率")


def test_the_order_of_parts_is_the_order_in_the_report(part, logged_in):
    """Moved up, numbered anew."""
    office = logged_in("office")
    office.post(AT, {"heading": "依法行政", "section": "人民调解科"})
    second = WorkPart.objects.get(heading="依法行政")
    approved(part, logged_in, "甲")
    approved(second, logged_in, "乙")
    take(office, second, "up")
    assert Text.objects.get(name="key_work").body == "# 一、依法行政\n乙\n# 二、多元解纷\n甲"
