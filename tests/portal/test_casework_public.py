"""The public: applying with a receipt, asking how far it is, kept from asking too much; imports, posts and the calendar for staff."""

from __future__ import annotations

import re
from datetime import date

import pytest
from casework_made import LINE, client_of, invented_line, made
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from mingzhang.portal.pages.applying import views
from mingzhang.portal.pages.applying.receipts import code_of, fits
from mingzhang.portal.throttle import Throttle

pytestmark = pytest.mark.django_db

FORM = f"/apply/{LINE}/request/"
ID = "11010519491231002X"
FILLED = {
    "key": "an-application-of-mine",
    "f.item": "补证",
    "f.area": "990111001001",
    "f.applicants.0.name": "赵小兰",
    "f.applicants.0.id_no": ID,
}


@pytest.fixture(autouse=True)
def _here(tmp_path, monkeypatch, settings):
    monkeypatch.setenv("MINGZHANG_HOME", str(tmp_path))
    settings.SECOND_FACTOR = False
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    monkeypatch.setattr(views, "APPLICATIONS", Throttle(5, 3600))
    monkeypatch.setattr(views, "QUERIES", Throttle(20, 600))
    with invented_line():
        yield


@pytest.fixture
def areas(db):
    from mingzhang.records.casework.registries import load_areas

    rows = [("990111", "示例区"), ("990111001", "东街道"), ("990111001001", "甲社区")]
    return load_areas([{"code": code, "name": name} for code, name in rows], date(2020, 1, 1))


def receipt_in(text: str) -> dict[str, str]:
    """The two numbers of a receipt's page."""
    receipt, code = re.findall(r'class="receipt">([^<]+)<', text)
    return {"receipt": receipt, "code": code}


def test_anybody_applies_and_asks_how_far_it_is(client, areas):
    """One receipt for a form sent twice; the state without a name, a number of a document, or who works on it."""
    from mingzhang.records.casework.models import Record

    assert "申请" in client.get("/apply/").content.decode()
    assert 'name="f.applicants.0.id_no"' in client.get(FORM).content.decode()
    first = receipt_in(client.post(FORM, FILLED).content.decode())
    again = receipt_in(client.post(FORM, FILLED).content.decode())
    assert first == again
    record = Record.objects.get()
    assert (record.channel, record.source_system, record.area.code) == ("网上", "网上申请", "990111001001")
    text = client.post("/apply/state/", first).content.decode()
    assert "已收件" in text
    assert record.number in text
    for secret in ("赵小兰", ID, record.key):
        assert secret not in text
    spaced = {"receipt": f" {first['receipt'].lower()} ", "code": first["code"].lower()}
    assert "已收件" in client.post("/apply/state/", spaced).content.decode()


@pytest.mark.parametrize("wrong", ["code", "receipt", "both", "of another"])
def test_only_both_numbers_tell_anything(client, areas, wrong):
    """A wrong receipt and a wrong code are told alike."""
    own = receipt_in(client.post(FORM, FILLED).content.decode())
    sent = dict(own)
    if wrong in ("code", "both"):
        sent["code"] = "AAAAAAAA"
    if wrong in ("receipt", "both"):
        sent["receipt"] = "ZZZZZZZZZZ"
    if wrong == "of another":
        sent["code"] = code_of("ZZZZZZZZZZ")
    answer = client.post("/apply/state/", sent)
    assert answer.status_code == 404
    assert "回执编号或查询码不对" in answer.content.decode()
    assert "已收件" not in answer.content.decode()
    assert not fits(own["receipt"], "")


def test_a_wrong_application_comes_back_and_programs_are_kept_out(client, areas):
    """Every mistake at once; the field that people do not see must stay empty; nothing is kept of either."""
    from mingzhang.records.casework.models import Record

    answer = client.post(FORM, FILLED | {"f.item": "", "f.applicants.0.id_no": "1101"})
    assert answer.status_code == 422
    text = answer.content.decode()
    assert "没有填写“事项”" in text
    assert 'value="赵小兰"' in text
    assert client.post(FORM, FILLED | {"website": "http://x"}).status_code == 422
    assert not Record.objects.exists()


def test_an_address_applies_and_asks_only_so_often(client, areas):
    """Five applications an hour, twenty questions in ten minutes; then one is told when to come back."""
    for place in range(5):
        client.post(FORM, FILLED | {"key": f"application-number-{place}", "f.item": ""})
    answer = client.post(FORM, FILLED | {"key": "one-too-many-of-them"})
    assert answer.status_code == 422
    assert "分钟后再试" in answer.content.decode()
    statuses = [client.post("/apply/state/", {"receipt": "X", "code": "Y"}).status_code for _ in range(21)]
    assert statuses == [404] * 20 + [429]


def test_an_application_needs_its_csrf_token(areas):
    """A page of another site cannot apply for a visitor."""
    assert Client(enforce_csrf_checks=True).post(FORM, FILLED).status_code == 403


def test_what_is_not_open_to_the_public_is_not_there(client, areas):
    """Kinds that the line keeps to itself, lines that are none; nobody logs in as the public's account."""
    from mingzhang.records.models import User

    for page in (f"/apply/{LINE}/lecture/", f"/apply/{LINE}/nothing/", "/apply/nothing/request/"):
        assert client.get(page).status_code == 404
    client.post(FORM, FILLED)
    assert not User.objects.get(username="public").has_usable_password()


def test_a_register_is_imported_and_its_bad_rows_corrected(db):
    """Columns are guessed and shown; good rows enter, a bad one waits with what to do, is mended, and enters too."""
    from mingzhang.records.casework.models import ImportBatch, Record

    district = made()
    clerk = client_of(district.clerk)
    page = f"/casework/{LINE}/imports/"
    rows = "事项,申请人·姓名,发生日期,所属街道社区\n补证,甲某,2023-03-01,990111001001\n没有的事项,乙某,2023-03-02,990111001001\n"
    file = SimpleUploadedFile("台账.csv", rows.encode())
    assert "没有选择表格文件" in clerk.post(page, {"kind": "request"}).content.decode()
    answer = clerk.post(page, {"kind": "request", "file": file}, follow=True)
    text = answer.content.decode()
    assert "导入2行" in text
    assert re.search(r'value="applicants.0.name" selected', text)
    headers = ["事项", "申请人·姓名", "发生日期", "所属街道社区"]
    sent = {
        "header": headers,
        "field": ["item", "applicants.0.name", "occurred_on", "area"],
        "save_as": "窗口台账",
    }
    where = answer.redirect_chain[-1][0]
    assert client_of(district.second).get(where).status_code == 404
    before = Record.objects.count()
    text = clerk.post(where, sent, follow=True).content.decode()
    assert "1行进入登记，1行待更正" in text
    assert "没有“没有的事项”这一选项" in text
    assert Record.objects.count() == before + 1
    batch = ImportBatch.objects.get()
    row = batch.rejected_rows.get()
    fixed = {"do": "correct", "v.事项": "换证"}
    text = clerk.post(f"{page}{batch.pk}/rows/{row.pk}/", fixed, follow=True).content.decode()
    assert "已进入登记" in text
    assert Record.objects.count() == before + 2
    assert clerk.get(where).status_code == 404


def test_a_list_is_exported_with_a_reason_only(db):
    """The records that the list shows, on the trail; without a reason nothing leaves."""
    from mingzhang.records.models import TrailEntry

    district = made()
    clerk = client_of(district.clerk)
    where = f"/casework/{LINE}/records/request/export/?item=换证"
    assert "导出须写明理由" in clerk.post(where, {"reason": ""}, follow=True).content.decode()
    answer = clerk.post(where, {"reason": "年度归档"})
    assert answer["Content-Disposition"].startswith("attachment")
    entry = TrailEntry.objects.get(action="导出")
    assert (entry.subject, entry.reason) == ("申请1条", "年度归档")


@pytest.fixture
def administrator(db):
    from mingzhang.records.models import Entity, Grant, User

    root = Entity.objects.create(code="own", name="示例局", kind="department", order=1)
    person = User.objects.create_user("keeper", "Sufficient-2021", "管理员甲")
    Grant.objects.create(user=person, role="administrator", entity=root)
    return client_of(person)


def test_posts_are_given_and_ended_by_two_persons(administrator):
    """Every mistake at once; never to oneself; in force once another person approves, who is not the one appointed; each on the trail."""
    from mingzhang.records.casework.models import CasePost, SettingChange
    from mingzhang.records.models import TrailEntry

    district = made()
    page, head = "/casework/posts/", client_of(district.head)

    def decide(client) -> str:
        change = SettingChange.objects.first()
        stated = {"do": "approve", "version": change.version}
        return client.post(f"/casework/changes/{change.pk}/decide/", stated, follow=True).content.decode()

    wrong = administrator.post(page, {"username": "keeper", "role": "X", "valid_from": "x"})
    assert wrong.status_code == 422
    for words in ("不能给自己登记岗位", "没有选择岗位", "没有起始日期"):
        assert words in wrong.content.decode()
    stated = {
        "username": "nobody",
        "role": "AID",
        "line": LINE,
        "valid_from": "2023-01-01",
        "reason": "示例人〔2023〕1号",
    }
    assert "1项待批准" in administrator.post(page, stated, follow=True).content.decode()
    assert "不能批准自己" in decide(administrator)
    assert not CasePost.objects.filter(user=district.nobody).exists()
    told = head.get("/casework/changes/").content.decode()
    assert "业务岗位 nobody君" in told
    assert "登记法律援助中心" in told
    assert "示例人〔2023〕1号" in told
    assert "已生效" in decide(head)
    post = CasePost.objects.get(user=district.nobody)
    assert client_of(district.nobody).get(f"/casework/{LINE}/").status_code == 200
    ended = {"version": post.version, "valid_to": "2023-06-30"}
    assert "1项待批准" in administrator.post(f"{page}{post.pk}/end/", ended, follow=True).content.decode()
    assert (
        "已有一项待批准" in administrator.post(f"{page}{post.pk}/end/", ended, follow=True).content.decode()
    )
    assert "已生效" in decide(head)
    assert client_of(district.nobody).get(f"/casework/{LINE}/").status_code == 403
    assert "之后已被修改" in administrator.post(f"{page}{post.pk}/end/", ended, follow=True).content.decode()
    own = {"username": "head", "role": "AID", "line": LINE, "valid_from": "2023-01-01"}
    administrator.post(page, own)
    assert "不能批准自己的岗位" in decide(head)
    assert {"提出变更", "批准变更", "登记岗位", "结束岗位"} <= set(
        TrailEntry.objects.values_list("action", flat=True)
    )


def test_a_day_of_the_calendar_is_set_by_two_persons_and_deadlines_follow(administrator):
    """A working day that becomes a holiday moves what is due on it, once the head approves; without the notice's name nothing is proposed."""
    from mingzhang.records.casework.models import CalendarDay, SettingChange

    district = made()
    due = district.cases["east"].deadlines.get()
    page = "/casework/days/"
    stated = {"date": due.due_on.isoformat(), "kind": "HOLIDAY", "name": "临时放假"}
    assert "没有写明依据的通知" in administrator.post(page, stated).content.decode()
    text = administrator.post(page, stated | {"source": "示例办〔2023〕1号"}, follow=True).content.decode()
    assert "等局领导或另一位系统管理员批准" in text
    assert not CalendarDay.objects.filter(date=due.due_on).exists()
    decide = f"/casework/changes/{SettingChange.objects.get().pk}/decide/"
    approved = {"do": "approve", "version": "1"}
    assert "不能批准自己" in administrator.post(decide, approved, follow=True).content.decode()
    text = client_of(district.head).post(decide, approved, follow=True).content.decode()
    assert "个期限重新计算" in text
    assert "临时放假" in text
    assert CalendarDay.objects.get(date=due.due_on).kind == "HOLIDAY"
    before = due.due_on
    due.refresh_from_db()
    assert due.due_on > before


def test_the_rules_say_how_sure_they_are(administrator):
    """Every rule with its basis; those that the bureau must still check are marked."""
    text = administrator.get("/casework/rules/?line=07&sure=待核").content.decode()
    assert "DR07-03" in text
    assert "依据待核" in text
    assert "DR07-01<" not in text
