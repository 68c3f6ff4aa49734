"""Monthly returns by their pages: saved, handed in with evidence, reviewed by another person, sent back; who is missing; the API."""

from __future__ import annotations

import json
from datetime import date

import pytest
from casework_made import client_of
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from portal_tokens import token_for

pytestmark = pytest.mark.django_db

MONTH = "2021-03"
PAGE = "/casework/legal_aid/returns/"


@pytest.fixture(autouse=True)
def _here(tmp_path, monkeypatch, settings):
    monkeypatch.setenv("MINGZHANG_HOME", str(tmp_path))
    settings.SECOND_FACTOR = False


@pytest.fixture
def office(db):
    """A street's office with its own reporter; the centre's two people; a reporter of another office."""
    from types import SimpleNamespace

    from mingzhang.records.casework.models import CasePost
    from mingzhang.records.casework.registries import add_organisation
    from mingzhang.records.models import User

    units = [add_organisation(name, "司法所", date(2021, 1, 1)) for name in ("青石司法所", "竹溪司法所")]
    people = {}
    for name, role, unit in (
        ("own", "JO", units[0]),
        ("other", "JO", units[1]),
        ("centre", "AID", None),
        ("second", "AID", None),
    ):
        people[name] = User.objects.create(username=name, name=f"{name}君", password="!")
        CasePost.objects.create(
            user=people[name], role=role, line="legal_aid", organisation=unit, valid_from=date(2021, 1, 1)
        )
    return SimpleNamespace(unit=units[0], page=f"{PAGE}post_month/{units[0].key}/{MONTH}/", **people)


def test_a_return_is_filled_in_handed_in_and_reviewed(office):
    """Blank numbers are asked for, a file proves it, another person reviews it; until then it is told as missing."""
    own, centre = client_of(office.own), client_of(office.centre)
    listed = centre.get(f"{PAGE}?month={MONTH}").content.decode()
    assert "2个单位的2021年3月月报没有报齐" in listed
    assert "竹溪司法所" not in own.get(f"{PAGE}?month={MONTH}").content.decode()
    wrong = own.post(office.page, {"do": "submit", "item.consultations": "12.5", "item.transferred": ""})
    assert wrong.status_code == 422
    assert "应为整数" in wrong.content.decode()
    file = SimpleUploadedFile("签到.pdf", b"%PDF-1.4 x")
    sent = {"do": "submit", "item.consultations": "12", "item.transferred": "0", "evidence": file}
    text = own.post(office.page, sent, follow=True).content.decode()
    assert "已报送" in text
    page = centre.get(office.page).content.decode()
    assert "签到.pdf" in page
    proof = centre.get(f"{office.page}evidence/{page.partition('evidence/')[2].partition('/')[0]}/")
    assert proof["Content-Disposition"].startswith("attachment")
    assert "审核通过" in page
    assert "审核通过" not in own.get(office.page).content.decode()
    back = {"do": "send_back", "version": "1", "note": "少报"}
    assert centre.post(f"{office.page}review/", back).status_code == 422
    version = page.rpartition('name="version" value="')[2].partition('"')[0]
    text = centre.post(
        f"{office.page}review/", {"do": "review", "version": version}, follow=True
    ).content.decode()
    assert "已审核" in text
    assert "1个单位的2021年3月月报没有报齐" in text


def test_a_foreign_units_return_is_nobodys_business(office):
    """Another office may neither look nor write; a form or unit that is not there is not found."""
    other = client_of(office.other)
    assert other.get(office.page).status_code == 403
    assert other.post(office.page, {"do": "submit", "item.consultations": "1"}).status_code == 403
    for page in (f"{PAGE}nothing/{office.unit.key}/{MONTH}/", f"{PAGE}post_month/nothing/{MONTH}/"):
        assert other.get(page).status_code == 404


def test_the_api_fills_in_a_return(office):
    """Saved and handed in by a program of the office; a program of another may not; the month tells both."""
    address = f"/api/v1/casework/legal_aid/returns/post_month/{MONTH}"
    body = json.dumps({"values": {"consultations": "12", "transferred": "0"}, "submit": True})

    def send(person):
        return Client().put(
            f"{address}/{office.unit.key}", body, content_type="application/json",
            HTTP_AUTHORIZATION=f"Bearer {token_for(person)}",
        )  # fmt: skip

    assert send(office.other).status_code == 403
    answer = send(office.own)
    assert answer.status_code == 200, answer.content.decode()
    assert answer.json()["state"] == "submitted"
    seen = Client().get(address, HTTP_AUTHORIZATION=f"Bearer {token_for(office.centre)}").json()
    assert seen["items"][0]["values"] == {"consultations": "12", "transferred": "0"}
    assert set(seen["missing"].values()) == {"待审核", "逾期未报"}


def test_a_number_far_from_the_months_before_is_told(office):
    """By the unit, the item's name, the number and why."""
    from mingzhang.records.casework.models import Return, ReturnItem

    for month in range(1, 9):
        report = Return.objects.create(
            line="legal_aid", form="post_month", organisation=office.unit, month=date(2021, month, 1), state="reviewed"
        )  # fmt: skip
        for name, value in (("consultations", 900 if month == 8 else 20 + month), ("transferred", month)):
            ReturnItem.objects.create(report=report, name=name, value=value)
    text = client_of(office.centre).get(f"{PAGE}?month=2021-08").content.decode()
    assert "青石司法所“接待咨询”900：是前7个月中位数" in text
